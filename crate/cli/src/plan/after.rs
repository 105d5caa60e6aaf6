//! What a change rebuilds, for people.

use super::text::{instruction, origin, title};
use crate::source::Source;
use anyhow::Result;
use layerwise_engine::BuildPlan;
use layerwise_engine::plan::{Origin, StagePlan};
use layerwise_engine::simulate::{Because, Outcome, Simulation, State};
use layerwise_syntax::TextSize;
use std::io::Write;

pub fn print(out: &mut impl Write, plan: &BuildPlan, simulation: &Simulation, source: &Source) -> Result<()> {
    let line = |offset: TextSize| source.place(offset).line;
    let row = |out: &mut dyn Write, outcome: &Outcome, at: TextSize, text: &str| -> Result<()> {
        writeln!(out, "  {:8} {:>4}  {text}", word(outcome.state), line(at))?;
        if says_something(outcome) {
            writeln!(out, "                 {}", outcome.because.sentence(plan, &line))?;
        }
        Ok(())
    };
    for (index, (stage, outcome)) in plan.stages.iter().zip(&simulation.stages).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", title(plan, index, stage))?;
        if !stage.is_needed {
            continue;
        }
        if !stage.range.is_empty() {
            row(out, &outcome.from, stage.range.start(), &format!("FROM {}", base(plan, stage)))?;
        }
        for (trigger, outcome) in plan.triggers(stage).zip(&outcome.triggers) {
            row(out, outcome, trigger.range.start(), &instruction(trigger))?;
        }
        for (step, outcome) in stage.steps.iter().zip(&outcome.steps) {
            row(out, outcome, step.range.start(), &instruction(step))?;
        }
    }
    writeln!(out)?;
    for note in &simulation.notes {
        writeln!(out, "{}", note.sentence())?;
    }
    writeln!(out, "{}", simulation.counts(plan).spoken())?;
    Ok(())
}

fn base(plan: &BuildPlan, stage: &StagePlan) -> String {
    match &stage.base {
        Origin::Stage(index) => match plan.stages.get(*index).and_then(|stage| stage.name.clone()) {
            Some(name) => name,
            None => index.to_string(),
        },
        Origin::Scratch => "scratch".to_owned(),
        Origin::Unknown(written) => written.clone(),
        other => origin(plan, other),
    }
}

/// A state in a word.
fn word(state: State) -> &'static str {
    match state {
        State::Metadata => "no layer",
        state => state.name(),
    }
}

fn says_something(outcome: &Outcome) -> bool {
    !matches!(outcome.because, Because::Same | Because::SetsOnly)
}
