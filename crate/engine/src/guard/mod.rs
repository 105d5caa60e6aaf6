//! What a change of the text changes in the build, and whether that is more than it was meant to.
//!
//! Two plans are compared: their stages, what runs and is copied in each, in order, and what containers start with. Each difference is one
//! that a rule may declare ([`Change`]), or one that no safe fix may make.

mod align;
mod command;
mod config;
mod event;
mod stage;
#[cfg(test)]
mod tests;

use crate::plan::BuildPlan;
use crate::rules::{Change, Changes};

/// Something that is not the same in two builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What a rule declares whose fix may make it; `None` for what no safe fix may.
    pub change: Option<Change>,
    /// What it is, to be read behind "would change".
    pub what: &'static str,
}

impl Difference {
    fn allowed(change: Change, what: &'static str) -> Difference {
        Difference { change: Some(change), what }
    }

    fn never(what: &'static str) -> Difference {
        Difference { change: None, what }
    }
}

/// How a build differs from the one before.
pub fn differences(before: &BuildPlan, after: &BuildPlan) -> Vec<Difference> {
    if before.stages.len() != after.stages.len() || before.target != after.target {
        return vec![Difference::never("the stages")];
    }
    let mut found = Vec::new();
    for (was, is) in before.stages.iter().zip(&after.stages) {
        stage::compare(was, is, &mut found);
    }
    config::compare(&before.config, &after.config, &mut found);
    found
}

/// The first difference that is not among what may change.
pub fn unintended(before: &BuildPlan, after: &BuildPlan, intended: Changes) -> Option<&'static str> {
    let mut found = differences(before, after).into_iter();
    found.find(|difference| difference.change.is_none_or(|change| !intended.contain(change))).map(|found| found.what)
}
