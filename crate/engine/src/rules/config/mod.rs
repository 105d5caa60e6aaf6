//! Rules about environment and configuration.

pub mod build_only_env_persists;
pub mod config_file_baked_in;
pub mod development_mode;
pub mod environment_specific_env;
pub mod exec_form_cmd;
pub mod expose_format;
pub mod gpu_settings_hardcoded;
pub mod hand_written_provenance_label;
pub mod healthcheck_missing;
pub mod install_at_container_start;
pub mod label_key;
pub mod label_schema;
pub mod label_value;
pub mod log_to_file;
pub mod maintainer_deprecated;
pub mod one_concern_per_container;
pub mod package_manager_as_main_process;
pub mod removed_jvm_flags;
pub mod runtime_environment_defaults;
pub mod state_baked_into_image;
pub mod stopsignal;
pub mod telemetry_opt_out;
