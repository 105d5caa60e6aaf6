//! Rules about files that do not build, or images that do not do what they seem to.

pub mod assume_yes;
pub mod bashism_without_bash;
pub mod bundler_deprecated_flags;
pub mod checksum_line_spaces;
pub mod circular_stage_dependency;
pub mod configure_build_flag;
pub mod copy_from_unknown_stage;
pub mod errors_ignored_in_run;
pub mod gpg_unattended;
pub mod install_from_lockfile;
pub mod invalid_json_form;
pub mod invalid_onbuild_trigger;
pub mod legacy_key_value;
pub mod malformed_instruction;
pub mod npm_cache_clean_force;
pub mod parser_directive_mistake;
pub mod pin_language_packages;
pub mod pin_os_packages;
pub mod pipefail;
pub mod robust_downloads;
pub mod starts_with_from;
pub mod unknown_instruction;
pub mod useless_command_in_run;
pub mod workdir_absolute_path;
