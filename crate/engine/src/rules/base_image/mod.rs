//! Rules about the base image: minimal, suited, maintained, pinned.

pub mod pin_base_image_tag;
