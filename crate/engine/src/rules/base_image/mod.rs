//! Rules about the base image: minimal, suited, maintained, pinned.

pub mod no_blanket_upgrade;
pub mod pin_base_image_tag;
