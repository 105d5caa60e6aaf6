//! `cargo xtask compare --fixes`: what hadolint and BuildKit's checks find in files as they are, after our fixes, and after tally's.

mod instructions;
mod judge;
mod table;
mod version;

use super::files;
use super::peer::Peer;
use anyhow::Result;
use judge::Verdict;
use std::path::PathBuf;
use version::{Version, Versions};

/// Mends copies of the files, lets the peers judge them, and prints what is left; for one code, the places where it is left or new.
pub fn compare_fixes(folders: &[PathBuf], show: Option<&str>) -> Result<()> {
    let files = files::dockerfiles(folders)?;
    let (hadolint, buildkit, tally) = (Peer::Hadolint.install()?, Peer::Buildkit.install()?, Peer::Tally.install()?);
    let versions = Versions::make(files, &tally)?;
    let verdicts =
        [(Peer::Hadolint, Verdict::of(&hadolint, &versions)?), (Peer::Buildkit, Verdict::of(&buildkit, &versions)?)];
    if let Some(code) = show {
        for (_, verdict) in &verdicts {
            verdict.show(code, &versions);
        }
        return Ok(());
    }
    let [(_, by_hadolint), (_, by_buildkit)] = &verdicts;
    table::print(&[by_hadolint, by_buildkit]);
    for (peer, verdict) in &verdicts {
        verdict.print_refused(peer.name(), &versions);
        verdict.print_new(peer.name());
    }
    for version in [Version::OursSafe, Version::OursReview] {
        instructions::print(version, &versions)?;
    }
    println!("\nThe five versions of each file are in {}.", versions.folder.display());
    Ok(())
}
