//! `layerwise check`.

use crate::options::Options;
use crate::output::Output;
use crate::source::Source;
use crate::{CheckFormat, Outcome};
use anyhow::Result;
use layerwise_engine::check;

pub fn run(files: &[String], format: CheckFormat, options: &Options) -> Result<Outcome> {
    let loaded = options.load()?;
    let mut outcome = Outcome::Clean;
    let mut output = Output::of_files(format);
    for name in files {
        let checked = Source::read(name).and_then(|source| Ok((loaded.with_input(&source, check)?, source)));
        match checked {
            Ok((report, source)) => {
                outcome = outcome.max(Outcome::of(&report, options.fail_on()));
                output.report(source, report)?;
            }
            Err(error) => {
                anstream::eprintln!("layerwise: {error:#}");
                outcome = Outcome::Trouble;
            }
        }
    }
    output.finish()?;
    Ok(outcome)
}
