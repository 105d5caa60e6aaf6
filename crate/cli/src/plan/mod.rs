//! `layerwise plan`.

mod after;
mod change;
mod dot;
mod json;
mod text;

pub use change::PlanOptions;

use crate::source::Source;
use crate::{Outcome, PlanFormat};
use anyhow::Result;
use layerwise_engine::{BuildPlan, Document, simulate};
use layerwise_syntax::parse;
use std::io::{BufWriter, Write, stdout};

/// Shows what a build of a Dockerfile does, or what it does again after a change.
pub fn run(name: &str, format: PlanFormat, options: &PlanOptions) -> Result<Outcome> {
    let source = Source::read(name)?;
    let file = parse(&source.text);
    let (plan, dockerignore, today) = options.build.with_input(&source, |input| {
        let document = Document::new(&file, input);
        (BuildPlan::of(&document), document.dockerignore, input.today)
    })?;
    let change = options.change(&plan, &source)?;
    let simulation = simulate(&plan, dockerignore.as_ref(), &change);
    let mut out = BufWriter::new(stdout().lock());
    match format {
        PlanFormat::Text if change.is_none() => text::print(&mut out, &plan, &source, today)?,
        PlanFormat::Text => after::print(&mut out, &plan, &simulation, &source)?,
        PlanFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &json::plan(&plan, &simulation, &change, &source))?;
            writeln!(out)?;
        }
        PlanFormat::Dot => dot::print(&mut out, &plan, (!change.is_none()).then_some(&simulation))?,
    }
    out.flush()?;
    Ok(if file.problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
