//! `layerwise plan`.

mod json;
mod text;

use crate::options::BuildOptions;
use crate::source::Source;
use crate::{Format, Outcome};
use anyhow::Result;
use layerwise_engine::{BuildPlan, Document};
use layerwise_syntax::parse;
use std::io::{BufWriter, Write, stdout};

/// Shows what a build of a Dockerfile does.
pub fn run(name: &str, format: Format, options: &BuildOptions) -> Result<Outcome> {
    let source = Source::read(name)?;
    let file = parse(&source.text);
    let plan = options.with_input(&source, |input| BuildPlan::of(&Document::new(&file, input)))?;
    let mut out = BufWriter::new(stdout().lock());
    match format {
        Format::Text => text::print(&mut out, &plan, &source)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &json::plan(&plan, &source))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(if file.problems.is_empty() { Outcome::Clean } else { Outcome::Findings })
}
