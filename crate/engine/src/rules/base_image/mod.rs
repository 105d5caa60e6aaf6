//! Rules about the base image: minimal, suited, maintained, pinned.

pub mod allowed_registries;
pub mod deprecated_base_image;
pub mod distroless_candidate;
pub mod duplicate_runtime;
pub mod eol_base_image;
pub mod from_platform_constant;
pub mod language_runtime_on_os_image;
pub mod misspelt_image_tag;
pub mod no_blanket_upgrade;
pub mod pin_base_image_digest;
pub mod pin_base_image_tag;
pub mod prefer_slim_base_image;
