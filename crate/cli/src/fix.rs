//! `layerwise fix`.

use crate::source::{Source, today};
use crate::{Outcome, source};
use anyhow::{Context, Result};
use layerwise_engine::{Input, fix_all};
use std::fs;
use std::io::{Write, stdout};

pub fn run(files: &[String]) -> Result<Outcome> {
    let mut outcome = Outcome::Clean;
    for name in files {
        match fix(name) {
            Ok(one) => outcome = outcome.max(one),
            Err(error) => {
                anstream::eprintln!("layerwise: {error:#}");
                outcome = Outcome::Trouble;
            }
        }
    }
    Ok(outcome)
}

fn fix(name: &str) -> Result<Outcome> {
    let source = Source::read(name)?;
    // Writing the file back would lose what its text does not show.
    anyhow::ensure!(source.is_exact, "{} is not UTF-8 text, so it is left as it is", source.title());
    let run = fix_all(&Input { today: today(), ..Input::new(&source.text) });
    if name == "-" {
        stdout().write_all(run.text.as_bytes())?;
    } else if run.text != source.text {
        fs::write(name, &run.text).with_context(|| format!("{name} cannot be written"))?;
    }
    describe(&source, &run);
    Ok(Outcome::of(&run.report))
}

/// Says on standard error what was done; standard output is for the text.
fn describe(source: &source::Source, run: &layerwise_engine::FixRun) {
    for fix in &run.applied {
        anstream::eprintln!("{}:{}: {} [{}]", source.title(), fix.line, fix.title, fix.rule);
    }
    let score =
        run.report.score.as_ref().map_or_else(|| "no score".to_owned(), |score| format!("{} of 100", score.total));
    let fixes = if run.applied.len() == 1 { "1 fix".to_owned() } else { format!("{} fixes", run.applied.len()) };
    anstream::eprintln!("{}: {fixes} applied, {} left, {score}", source.title(), run.report.findings.len());
}
