//! Which program a container's first process is.

use super::{Document, Stage, Step};
use crate::shell::Command;

/// They run one other program, pass signals on and reap what it leaves.
pub(crate) const INITS: &str = "tini tini-static dumb-init catatonit docker-init gosu";

impl<'a> Document<'a> {
    /// The command that a container of a stage starts with, and the instruction that names it: `ENTRYPOINT`, or `CMD` where there is
    /// none. `None` where the file does not tell, or a script of more than one command is run.
    pub fn main_process(&self, stage: &Stage<'a>) -> Option<(&Step<'a>, &Command)> {
        let step = self.entrypoint(stage).or_else(|| self.cmd(stage))?;
        only_command(step).map(|command| (step, command))
    }

    /// The instruction that a container of a stage starts with: `CMD`, or `ENTRYPOINT` where there is none.
    pub fn start(&self, stage: &Stage<'a>) -> Option<&Step<'a>> {
        self.cmd(stage).or_else(|| self.entrypoint(stage))
    }

    /// Whether an init stands in front of the program that a container of a stage starts with.
    pub fn starts_with_init(&self, stage: &Stage<'a>) -> bool {
        let starts = |step: &Step<'a>| only_command(step).is_some_and(|command| command.is_one_of(INITS));
        self.entrypoint(stage).is_some_and(starts) || self.cmd(stage).is_some_and(starts)
    }

    /// Where lines that describe how a container starts go in a stage: in front of its first `ENTRYPOINT` or `CMD`.
    pub fn first_start(&self, stage: &'a Stage<'a>) -> Option<&'a Step<'a>> {
        stage.own_steps().find(|step| step.start_command().is_some())
    }
}

/// The command of an instruction that runs just one.
fn only_command<'s>(step: &'s Step<'_>) -> Option<&'s Command> {
    let [run] = &step.scripts[..] else { return None };
    match &run.script.commands[..] {
        [command] => Some(command),
        _ => None,
    }
}
