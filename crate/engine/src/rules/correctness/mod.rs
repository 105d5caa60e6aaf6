//! Rules about files that do not build, or images that do not do what they seem to.

pub mod assume_yes;
pub mod legacy_key_value;
pub mod workdir_absolute_path;
