//! Rules about files that do not build, or images that do not do what they seem to.

pub mod assume_yes;
pub mod circular_stage_dependency;
pub mod copy_from_unknown_stage;
pub mod copy_ignored_file;
pub mod invalid_json_form;
pub mod invalid_onbuild_trigger;
pub mod legacy_key_value;
pub mod malformed_instruction;
pub mod parser_directive_mistake;
pub mod pipefail;
pub mod starts_with_from;
pub mod unknown_instruction;
pub mod workdir_absolute_path;
