//! Rules about building in one stage and shipping another.

pub mod single_stage_build;
