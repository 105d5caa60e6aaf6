//! Matters of taste.

pub mod definition_comment;
pub mod formatting;
pub mod inline_suppression;
pub mod instruction_casing;
pub mod label_grouping;
pub mod max_lines;
pub mod redundant_target_platform;
pub mod runtime_instructions_last;
pub mod stage_name_casing;
