//! `layerwise check`.

use crate::options::Options;
use crate::source::Source;
use crate::{CheckFormat, Outcome, json, sarif, text};
use anyhow::Result;
use layerwise_engine::check;
use serde_json::Value;
use std::io::{BufWriter, Write, stdout};

pub fn run(files: &[String], format: CheckFormat, options: &Options) -> Result<Outcome> {
    let loaded = options.load()?;
    let mut outcome = Outcome::Clean;
    let mut reports = Vec::new();
    let mut summary = text::Summary::default();
    for name in files {
        let Some(source) = Source::read_or_complain(name) else {
            outcome = outcome.max(Outcome::Trouble);
            continue;
        };
        let report = loaded.with_input(&source, check);
        outcome = outcome.max(Outcome::of(&report, options.fail_on()));
        match format {
            CheckFormat::Text => summary += text::print(&source, &report)?,
            CheckFormat::Json => reports.push(json::report(&source, &report)),
            CheckFormat::Sarif => reports.extend(sarif::results(&source, &report)),
        }
    }
    finish(format, &summary, reports)?;
    Ok(outcome)
}

/// Prints what stands behind all reports: the summary, or as one value all that was to be said.
pub fn finish(format: CheckFormat, summary: &text::Summary, values: Vec<Value>) -> Result<()> {
    match format {
        CheckFormat::Text => summary.print(),
        CheckFormat::Json => print(&Value::Array(values)),
        CheckFormat::Sarif => print(&sarif::log(values)),
    }
}

/// Prints JSON.
pub fn print(value: &Value) -> Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()?;
    Ok(())
}
