//! What `plan` may be told.

use crate::options::BuildOptions;
use crate::source::Source;
use anyhow::{Result, bail};
use clap::Args;
use layerwise_engine::BuildPlan;
use layerwise_engine::simulate::{Change, Place};
use layerwise_syntax::TextRange;

/// What `plan` may be told.
#[derive(Args)]
pub struct PlanOptions {
    #[command(flatten)]
    pub build: BuildOptions,
    /// A changed file, by its path in the build context; `DIR/` for anything in a folder, `.` for anything at all, or an address that ADD downloads
    #[arg(long = "change", value_name = "PATH")]
    files: Vec<String>,
    /// An ARG that is given another value
    #[arg(long = "arg", value_name = "NAME")]
    args: Vec<String>,
    /// An image that changed, or a build context given by name
    #[arg(long = "base", value_name = "IMAGE")]
    images: Vec<String>,
    /// The line of an instruction whose text changed
    #[arg(long = "line", value_name = "LINE")]
    lines: Vec<u32>,
}

impl PlanOptions {
    /// What changed, as far as a plan knows it.
    pub fn change(&self, plan: &BuildPlan, source: &Source) -> Result<Change> {
        let mut change = Change {
            files: self.files.clone(),
            args: self.args.clone(),
            images: self.images.clone(),
            texts: Vec::new(),
        };
        for &line in &self.lines {
            let is_there = |range: TextRange| {
                let (first, last) = source.places(range);
                (first.line..=last.line).contains(&line)
            };
            // The default of an ARG before the first FROM is all that its text comes to.
            let globals = plan.global_args.iter().filter(|arg| is_there(arg.range));
            let before = change.args.len();
            change.args.extend(globals.map(|arg| arg.name.clone()));
            match place_at(plan, &is_there) {
                Some(place) => change.texts.push(place),
                None if change.args.len() > before => {}
                None => bail!("no instruction of a build stands in line {line} of {}", source.title()),
            }
        }
        Ok(change)
    }
}

fn place_at(plan: &BuildPlan, is_there: &dyn Fn(TextRange) -> bool) -> Option<Place> {
    for (stage, planned) in plan.stages.iter().enumerate() {
        if !planned.range.is_empty() && is_there(planned.range) {
            return Some(Place { stage, step: None });
        }
        if let Some(step) = planned.steps.iter().position(|step| is_there(step.range)) {
            return Some(Place { stage, step: Some(step) });
        }
    }
    None
}
