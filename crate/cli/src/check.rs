//! `layerwise check`.

use crate::source::{Source, today};
use crate::{Format, Outcome, json, text};
use anyhow::Result;
use layerwise_engine::{Input, check};
use std::io::{BufWriter, Write, stdout};

pub fn run(files: &[String], format: Format) -> Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut reports = Vec::new();
    let mut summary = text::Summary::default();
    for name in files {
        let Some(source) = Source::read_or_complain(name) else {
            outcome = outcome.max(Outcome::Trouble);
            continue;
        };
        let report = check(&Input { today: today(), ..Input::new(&source.text) });
        outcome = outcome.max(Outcome::of(&report));
        match format {
            Format::Text => summary += text::print(&source, &report)?,
            Format::Json => reports.push(json::report(&source, &report)),
        }
    }
    match format {
        Format::Text => summary.print()?,
        Format::Json => {
            let mut out = BufWriter::new(stdout().lock());
            serde_json::to_writer_pretty(&mut out, &reports)?;
            writeln!(out)?;
            out.flush()?;
        }
    }
    Ok(outcome)
}
