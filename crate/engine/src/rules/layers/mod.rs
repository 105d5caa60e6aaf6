//! Rules about layers: related steps share one.

pub mod cleanup_in_later_layer;
pub mod combine_adjacent_instructions;
pub mod let_add_extract_archives;
pub mod redundant_mkdir_before_workdir;
pub mod set_mode_and_owner_in_copy;
