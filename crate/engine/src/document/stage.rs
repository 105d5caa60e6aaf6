//! Stages.

use super::iter::OwnSteps;
use super::system::System;
use super::{Base, InForce, Step};
use crate::shell::Command;
use crate::table::Listed;
use layerwise_syntax::{FromArguments, Instruction, TextSize};
use std::cell::OnceCell;

/// One `FROM` and everything up to the next.
#[derive(Debug)]
pub struct Stage<'a> {
    /// Its number, counted from 0.
    pub index: usize,
    /// Its `FROM`; a fragment has none.
    pub from: Option<(&'a Instruction, &'a FromArguments)>,
    /// The name after `AS`, as written.
    pub name: Option<&'a str>,
    /// What it starts from.
    pub base: Base,
    /// The earlier stage that it starts from.
    pub parent: Option<usize>,
    /// The first stage of its chain: the one that it starts from, through others; itself where it starts from no stage.
    pub(super) root: usize,
    /// Its instructions after `FROM`, in order.
    pub steps: Vec<Step<'a>>,
    /// Whether its bytes reach the image: it is the final stage, or one that this is built from, or one that is copied whole.
    pub ships: bool,
    /// Whether its name says that it is for development, tests or documentation.
    pub is_dev: bool,
    /// Whether it is a Windows stage, where rules about Unix tools have nothing to say.
    pub is_windows: bool,
    /// What is in force at its end.
    pub end: InForce<'a>,
    /// What is known of the image that it is the first to be built on.
    pub(super) system: OnceCell<System>,
    /// What [`Document::start_commands`](super::Document::start_commands) has found.
    pub(super) start_commands: OnceCell<Vec<Command>>,
}

impl<'a> Stage<'a> {
    /// Where it begins.
    pub fn start(&self) -> TextSize {
        match self.from {
            Some((instruction, _)) => instruction.lines.start(),
            None => TextSize::new(0),
        }
    }

    /// Whether it ends up in an image that runs: it ships, and is not for development or tests.
    pub fn is_shipped(&self) -> bool {
        self.ships && !self.is_dev
    }

    /// The instructions of one kind that take effect in this stage, `ONBUILD` triggers left out.
    pub fn own_steps(&self) -> OwnSteps<'_, 'a> {
        OwnSteps::of(&self.steps)
    }
}

/// Whether a stage's name says that it is not for shipping.
pub(super) fn is_dev_name(name: &str) -> bool {
    const DEV: &str = "dev devel development devcontainer test tests testing lint ci debug e2e bench docs";
    let lower = name.to_ascii_lowercase();
    // `e2e` holds a digit, on which the other names are split.
    lower
        .split(['-', '_', '.'])
        .any(|part| part == "e2e" || part.split(|c: char| c.is_ascii_digit()).any(|part| part.is_one_of(DEV)))
}

#[cfg(test)]
mod tests {
    use super::is_dev_name;

    #[test]
    fn stages_for_development_are_known_by_whole_words() {
        for name in ["dev", "app-test", "test2", "e2e", "node_ci", "Debug"] {
            assert!(is_dev_name(name), "{name}");
        }
        for name in ["device", "build", "contest", "circle", "prod"] {
            assert!(!is_dev_name(name), "{name}");
        }
    }
}
