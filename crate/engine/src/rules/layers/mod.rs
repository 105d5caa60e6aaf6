//! Rules about layers: related steps share one.

pub mod combine_adjacent_instructions;
