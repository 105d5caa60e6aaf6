//! Rules about building in one stage and shipping another.

pub mod build_tools_in_final_stage;
pub mod copy_build_workspace;
pub mod copy_whole_filesystem;
pub mod dev_dependencies_in_final_stage;
pub mod scratch_missing_runtime_files;
pub mod sdk_base_in_final_stage;
pub mod single_stage_build;
pub mod stage_referenced_by_index;
pub mod unreachable_stage;
