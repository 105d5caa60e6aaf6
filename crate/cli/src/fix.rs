//! `layerwise fix`.

use crate::options::{Loaded, Options};
use crate::settings::{hint, names_of_rules};
use crate::source::Source;
use crate::{Outcome, complain, source};
use anyhow::{Context, Result, bail};
use layerwise_engine::fix::apply;
use layerwise_engine::{Applicability, FixRun, Reason, fix_where};
use similar::TextDiff;
use std::fs;
use std::io::{Write, stdout};
use std::ops::Range;

/// What to fix, and what to do with the result.
pub struct Plan {
    /// Show what would change, and write nothing.
    pub diff: bool,
    /// Only tell whether something would change, and write nothing.
    pub check: bool,
    /// Take the fixes that want review too.
    pub review: bool,
    /// Only those of these rules; empty for all.
    pub only: Vec<String>,
}

pub fn run(files: &[String], plan: &Plan, options: &Options) -> Result<Outcome> {
    for name in &plan.only {
        if !names_of_rules().any(|id| id == name) {
            bail!("there is no rule `{name}`{}", hint(name, names_of_rules()));
        }
    }
    let loaded = options.load()?;
    let mut outcome = Outcome::Clean;
    for name in files {
        match fix(name, plan, &loaded) {
            Ok(run) if plan.check && run.applied.is_empty() => {}
            Ok(_) if plan.check => outcome = outcome.max(Outcome::Findings),
            Ok(run) => outcome = outcome.max(Outcome::of(&run.report, options.fail_on())),
            Err(error) => {
                complain(&error);
                outcome = Outcome::Trouble;
            }
        }
    }
    Ok(outcome)
}

fn fix(name: &str, plan: &Plan, loaded: &Loaded<'_>) -> Result<FixRun> {
    let source = Source::read(name)?;
    // Writing the file back would lose what its text does not show.
    anyhow::ensure!(source.is_exact, "{} is not UTF-8 text, so it is left as it is", source.title());
    let run = loaded.with_input(&source, |input| {
        fix_where(input, &|finding| {
            let is_allowed =
                finding.fix.as_ref().is_some_and(|fix| plan.review || fix.applicability == Applicability::Safe);
            is_allowed && (plan.only.is_empty() || plan.only.iter().any(|rule| rule == finding.rule))
        })
    })?;
    if plan.diff {
        print_reasons(&source, &run)?;
        print_diff(&source, &run.text)?;
    } else if plan.check {
        // What would be done is said below.
    } else if name == "-" {
        stdout().write_all(run.text.as_bytes())?;
    } else if run.text != source.text {
        fs::write(name, &run.text).with_context(|| format!("{name} cannot be written"))?;
    }
    describe(&source, &run, plan);
    Ok(run)
}

/// Prints why the parts of large changes are there, above the diff, where tools that read diffs skip it.
fn print_reasons(source: &Source, run: &FixRun) -> Result<()> {
    let mut text = source.text.clone();
    for round in &run.rounds {
        for edit in round.iter().filter(|edit| !edit.why.is_empty()) {
            let gone = text.get(Range::<usize>::from(edit.range)).unwrap_or_default();
            let (sign, shown) = if edit.text.trim().is_empty() { ('-', gone) } else { ('+', edit.text.as_str()) };
            let first = shown.trim().lines().next().unwrap_or_default();
            writeln!(stdout(), "# {sign} {first}\n#   {}", edit.why)?;
        }
        text = apply(&text, round).unwrap_or(text);
    }
    Ok(())
}

/// Prints what would change, as `patch` and `git apply` read it.
fn print_diff(source: &Source, after: &str) -> Result<()> {
    let diff = TextDiff::from_lines(source.text.as_str(), after);
    let name = if source.name == "-" { "Dockerfile" } else { source.name.trim_start_matches('/') };
    let mut unified = diff.unified_diff();
    unified.header(&format!("a/{name}"), &format!("b/{name}"));
    write!(stdout(), "{unified}")?;
    Ok(())
}

/// Says on standard error what was done, or would be; standard output is for the text.
fn describe(source: &source::Source, run: &FixRun, plan: &Plan) {
    for fix in &run.applied {
        anstream::eprintln!("{}:{}: {} [{}]", source.title(), fix.line, fix.title, fix.rule);
    }
    for fix in run.left.iter().filter(|fix| fix.reason.is_harm()) {
        let reason = fix.reason.sentence();
        anstream::eprintln!("{}:{}: left: {}. {reason} [{}]", source.title(), fix.line, fix.title, fix.rule);
    }
    let score =
        run.report.score.as_ref().map_or_else(|| "no score".to_owned(), |score| format!("{} of 100", score.total));
    let fixes = if run.applied.len() == 1 { "1 fix".to_owned() } else { format!("{} fixes", run.applied.len()) };
    let done = if plan.check || plan.diff { "to apply" } else { "applied" };
    let review = match run.left.iter().filter(|fix| fix.reason == Reason::NeedsReview).count() {
        0 => String::new(),
        count => format!(" ({count} with a fix to review)"),
    };
    anstream::eprintln!("{}: {fixes} {done}, {} left{review}, {score}", source.title(), run.report.findings.len());
}
