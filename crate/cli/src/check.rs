//! `layerwise check`.

use crate::options::Options;
use crate::output::Output;
use crate::source::Source;
use crate::{CheckFormat, Outcome, complain};
use anyhow::Result;
use layerwise_engine::check;

pub fn run(files: &[String], format: CheckFormat, options: &Options) -> Result<Outcome> {
    let loaded = options.load()?;
    let mut outcome = Outcome::Clean;
    let mut output = Output::of_files(format);
    for name in files {
        let checked = Source::read(name).and_then(|source| Ok((loaded.with_input(&source, check)?, source)));
        let Ok((report, source)) = checked.inspect_err(complain) else {
            outcome = outcome.max(Outcome::Trouble);
            continue;
        };
        outcome = outcome.max(Outcome::of(&report, options.fail_on()));
        output.report(source, report)?;
    }
    output.finish()?;
    Ok(outcome)
}
