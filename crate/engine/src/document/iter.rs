//! What is gone through most often, each with a type of its own: the adapters of the standard library are compiled anew for every rule that asks
//! something of them, and a page would load kilobytes of them.

use super::{RunScript, Stage, Step};
use crate::shell::Command;
use std::slice::Iter;

/// The commands of several scripts.
pub struct Commands<'d> {
    scripts: Iter<'d, RunScript>,
    commands: Iter<'d, Command>,
}

impl<'d> Commands<'d> {
    pub(super) fn of(scripts: &'d [RunScript]) -> Commands<'d> {
        Commands { scripts: scripts.iter(), commands: [].iter() }
    }
}

impl<'d> Iterator for Commands<'d> {
    type Item = &'d Command;

    fn next(&mut self) -> Option<&'d Command> {
        loop {
            if let Some(command) = self.commands.next() {
                return Some(command);
            }
            self.commands = self.scripts.next()?.script.commands.iter();
        }
    }
}

/// The steps of several stages.
pub struct Steps<'d, 'a> {
    stages: Iter<'d, Stage<'a>>,
    steps: Iter<'d, Step<'a>>,
}

impl<'d, 'a> Steps<'d, 'a> {
    pub(super) fn of(stages: &'d [Stage<'a>]) -> Steps<'d, 'a> {
        Steps { stages: stages.iter(), steps: [].iter() }
    }
}

impl<'d, 'a> Iterator for Steps<'d, 'a> {
    type Item = &'d Step<'a>;

    fn next(&mut self) -> Option<&'d Step<'a>> {
        loop {
            if let Some(step) = self.steps.next() {
                return Some(step);
            }
            self.steps = self.stages.next()?.steps.iter();
        }
    }
}

/// The steps of one stage, `ONBUILD` triggers left out.
pub struct OwnSteps<'d, 'a> {
    steps: Iter<'d, Step<'a>>,
}

impl<'d, 'a> OwnSteps<'d, 'a> {
    pub(super) fn of(steps: &'d [Step<'a>]) -> OwnSteps<'d, 'a> {
        OwnSteps { steps: steps.iter() }
    }
}

impl<'d, 'a> Iterator for OwnSteps<'d, 'a> {
    type Item = &'d Step<'a>;

    fn next(&mut self) -> Option<&'d Step<'a>> {
        self.steps.find(|step| !step.is_trigger)
    }
}

impl DoubleEndedIterator for OwnSteps<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.steps.rfind(|step| !step.is_trigger)
    }
}
