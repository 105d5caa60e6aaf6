//! Matters of taste.

pub mod definition_comment;
pub mod inline_suppression;
pub mod instruction_casing;
pub mod redundant_target_platform;
pub mod stage_name_casing;
