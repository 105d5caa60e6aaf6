//! What a build of a Dockerfile does: which stages it goes through, what each step reads and produces, and the image that comes out.
//!
//! A plan is plain data, made from a [`Document`]. Two plans can be compared, which is how a change of the text is known to leave the image as
//! it is; and a plan tells which steps a changed file or value reaches.

mod command;
mod config;
mod global_arg;
mod inputs;
mod origin;
mod output;
mod reach;
mod stage;
mod step;
#[cfg(test)]
mod tests;
mod value;

pub use command::PlannedCommand;
pub use config::{Entry, Environment, Healthcheck, ImageConfig, Program};
pub use global_arg::GlobalArg;
pub use inputs::{Destination, Files, Inputs, Mounted, VariablesRead};
pub(crate) use inputs::{is_address, names_commit};
pub use origin::Origin;
pub use output::{Output, Variable};
pub use stage::StagePlan;
pub use step::{PlannedStep, Setting};
pub use value::Value;

use crate::document::Document;

/// What a build does.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildPlan {
    /// Every stage, in the order of the file. A fragment has one, which starts from something unknown.
    pub stages: Vec<StagePlan>,
    /// The `ARG`s before the first `FROM`, in order.
    pub global_args: Vec<GlobalArg>,
    /// The stage that becomes the image: the one that is asked for, or the last. `None` where there is no stage.
    pub target: Option<usize>,
    /// What the file sets for containers of the image. What it leaves alone is that of the base image.
    pub config: ImageConfig,
}

impl BuildPlan {
    /// Makes the plan of a document. Takes time in proportion to the file.
    pub fn of(document: &Document<'_>) -> BuildPlan {
        let mut stages: Vec<StagePlan> = Vec::new();
        let mut ends = Vec::new();
        for stage in document.stages() {
            let start = stage.parent.and_then(|parent| ends.get(parent).cloned()).unwrap_or_default();
            let (stage, end) = StagePlan::of(document, stage, start);
            stages.push(stage);
            ends.push(end);
        }
        let target = document.target().map(|stage| stage.index);
        reach::mark(&mut stages, target);
        let config = document.target().map(|stage| ImageConfig::of(document, stage)).unwrap_or_default();
        BuildPlan { stages, global_args: GlobalArg::all(document), target, config }
    }

    /// The steps that the image needs, in the order of the file; `ONBUILD` triggers, which run in other builds, are left out.
    pub fn needed_steps(&self) -> impl Iterator<Item = &PlannedStep> {
        let needed = self.stages.iter().filter(|stage| stage.is_needed);
        needed.flat_map(|stage| &stage.steps).filter(|step| !step.is_trigger)
    }

    /// A stage and those that it is built on, the lowest first.
    pub fn chain(&self, stage: usize) -> Vec<usize> {
        let mut chain = vec![stage];
        let mut at = stage;
        while let Some(below) = self.stages.get(at).and_then(|stage| stage.base.stage()).filter(|below| *below < at) {
            chain.push(below);
            at = below;
        }
        chain.reverse();
        chain
    }

    /// The `ONBUILD` triggers of the stage that a stage starts from: they run before its own steps.
    pub fn triggers(&self, stage: &StagePlan) -> impl Iterator<Item = &PlannedStep> {
        let parent = stage.base.stage().and_then(|index| self.stages.get(index));
        parent.into_iter().flat_map(|parent| &parent.steps).filter(|step| step.is_trigger)
    }

    /// The commands that the image needs run, in order.
    pub fn needed_commands(&self) -> impl Iterator<Item = &str> {
        self.needed_steps().flat_map(|step| &step.commands).map(|command| command.text.as_str())
    }
}
