//! `layerwise check --markdown`: the Dockerfiles in the fenced blocks of documentation, each with what its author expects of it.

mod blocks;
mod expectation;
mod files;
mod info;
mod places;

use crate::options::{Loaded, Options};
use crate::output::Output;
use crate::source::Source;
use crate::target::ensure_stage;
use crate::{CheckFormat, Outcome};
use anyhow::Result;
use blocks::{Block, blocks};
use expectation::Expectation;
use info::Said;
use layerwise_engine::{Config, Finding, Input, Report, check};
use layerwise_syntax::TextRange;
use std::rc::Rc;

/// A block that was checked. All ranges are those of the Markdown file.
pub struct Checked {
    /// The line of its opening fence.
    pub fence: TextRange,
    /// What was found and not expected.
    pub report: Report,
    /// What was found as its author expects.
    pub expected: Vec<Finding>,
    /// What its author says of it and does not hold, or cannot be read, each in a sentence.
    pub broken: Vec<String>,
}

/// Checks every Dockerfile in Markdown files, and in those of folders.
pub fn run(paths: &[String], format: CheckFormat, options: &Options) -> Result<Outcome> {
    let loaded = options.load()?;
    let mut outcome = Outcome::Clean;
    let mut output = Output::of_snippets(format);
    for path in paths {
        let Some(files) = files::below_or_complain(path) else {
            outcome = outcome.max(Outcome::Trouble);
            continue;
        };
        for name in files {
            let Some(source) = Source::read_or_complain(&name) else {
                outcome = outcome.max(Outcome::Trouble);
                continue;
            };
            output.looked_through();
            let source = Rc::new(source);
            for block in blocks(&source.text) {
                let snippet = snippet(block, &source, &loaded);
                let fails = if snippet.broken.is_empty() { Outcome::Clean } else { Outcome::Findings };
                outcome = outcome.max(fails).max(Outcome::of(&snippet.report, options.fail_on()));
                output.snippet(&source, snippet)?;
            }
        }
    }
    output.finish()?;
    Ok(outcome)
}

fn snippet(block: Block, file: &Source, loaded: &Loaded<'_>) -> Checked {
    let Block { text, places, fence, said } = block;
    let mut report = loaded.with_text(&text, |input| check_as_said(&said, input));
    let no_stage = said.target.as_ref().and_then(|target| ensure_stage(target, &report.file).err());
    places.put_into(&mut report, &file.text);
    let Expectation { claims, mut broken } = Expectation::read(&said);
    if said.is_whole && report.file.is_fragment {
        broken.push("it should be a whole Dockerfile, and has no `FROM`".to_owned());
    }
    broken.extend(no_stage.map(|error| error.to_string()));
    broken.extend(expectation::broken(&claims, &report, |finding| file.place(finding.range.start()).line));
    let (expected, findings) =
        std::mem::take(&mut report.findings).into_iter().partition(|finding| expectation::expects(&claims, finding));
    report.findings = findings;
    Checked { fence, report, expected, broken }
}

/// Checks a block. What its author says of it goes before what was said of all.
fn check_as_said(said: &Said, input: &Input<'_>) -> Report {
    fn more<'s>(set: &[&'s str], said: &'s [String]) -> Vec<&'s str> {
        set.iter().copied().chain(said.iter().map(String::as_str)).collect()
    }
    let (enable, ignore) = (more(input.config.enable, &said.enable), more(input.config.ignore, &said.ignore));
    let config = Config { enable: &enable, ignore: &ignore, ..input.config };
    check(&Input { target: said.target.as_deref().or(input.target), config, ..*input })
}

#[cfg(test)]
mod tests;
