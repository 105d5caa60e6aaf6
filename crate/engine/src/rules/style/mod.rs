//! Matters of taste.

pub mod apt_get_not_apt;
pub mod definition_comment;
pub mod formatting;
pub mod inline_suppression;
pub mod instruction_casing;
pub mod label_grouping;
pub mod max_lines;
pub mod readable_run_script;
pub mod redundant_target_platform;
pub mod runtime_instructions_last;
pub mod sort_package_list;
pub mod stage_name_casing;
pub mod use_workdir_not_cd;
pub mod wget_progress;
