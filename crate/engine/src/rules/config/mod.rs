//! Rules about environment and configuration.

pub mod config_file_baked_in;
pub mod exec_form_cmd;
pub mod expose_format;
pub mod install_at_container_start;
pub mod maintainer_deprecated;
pub mod removed_jvm_flags;
