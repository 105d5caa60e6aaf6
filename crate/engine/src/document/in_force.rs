//! What earlier instructions have set for the ones after them.

use super::{Document, Step, is_root};
use layerwise_syntax::{ExecForm, Word};
use std::sync::Arc;

/// What is in force at a step, or at the end of a stage, stages that it is built from included.
#[derive(Debug, Clone, Default)]
pub struct InForce<'a> {
    /// The last `SHELL`.
    pub shell: Option<&'a ExecForm>,
    /// The last `USER`.
    pub user: Option<&'a Word>,
    /// The working directory, absolute and clean, where this file tells it.
    pub workdir: Option<Arc<str>>,
}

/// Who runs a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// Surely root.
    Root,
    /// Surely somebody else.
    Other,
    /// This file does not tell.
    Unknown,
}

impl<'a> Document<'a> {
    /// What is in force after a step.
    pub fn in_force_after(&self, step: &Step<'a>) -> Option<&InForce<'a>> {
        let stage = self.stage_of(step)?;
        Some(stage.steps.get(step.index + 1).map_or(&stage.end, |next| &next.in_force))
    }

    /// Who runs a step.
    pub fn runner(&self, step: &Step<'a>) -> Runner {
        let Some(user) = step.in_force.user else {
            return if self.system_at(step).is_root { Runner::Root } else { Runner::Unknown };
        };
        match self.value_at(user, step) {
            Some(name) if is_root(&name) => Runner::Root,
            Some(_) => Runner::Other,
            None => Runner::Unknown,
        }
    }
}
