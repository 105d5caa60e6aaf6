//! Rules about files that do not build, or images that do not do what they seem to.

pub mod assume_yes;
pub mod circular_stage_dependency;
pub mod copy_destination_unclear;
pub mod copy_from_unknown_stage;
pub mod duplicate_stage_name;
pub mod empty_continuation_line;
pub mod env_self_reference;
pub mod from_arg_problem;
pub mod invalid_json_form;
pub mod invalid_onbuild_trigger;
pub mod legacy_key_value;
pub mod malformed_instruction;
pub mod multi_source_dest_slash;
pub mod parser_directive_mistake;
pub mod pipefail;
pub mod repeated_single_use_instruction;
pub mod reserved_stage_name;
pub mod starts_with_from;
pub mod undefined_variable;
pub mod unknown_instruction;
pub mod use_shell_instruction;
pub mod workdir_absolute_path;
