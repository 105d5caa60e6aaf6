//! `cargo xtask compare`: what another linter says about the same Dockerfiles, code by code.
//!
//! Both sides run as programs over the same files. A finding is compared by its file, its code and the instruction that it is about; files that
//! the other tool cannot read are left out. With ShellCheck the scripts in the files are compared, to the character.

mod agreement;
pub mod batches;
pub mod files;
mod fixes;
pub mod ours;
pub mod peer;
mod place;
pub mod pypi;
mod scripts;
mod table;

pub use fixes::compare_fixes;

use anyhow::Result;
use clap::ValueEnum;
use peer::Peer;
use place::Texts;
use std::path::PathBuf;

/// A linter to compare with.
#[derive(Clone, Copy, ValueEnum)]
pub enum With {
    Hadolint,
    /// BuildKit's build checks, as tally runs them without Docker
    Buildkit,
    Tally,
    /// ShellCheck, over the scripts in the files
    Shellcheck,
}

/// Compares our findings with those of another linter, and prints how well they agree; for one code, every place where they do not.
pub fn compare(with: With, folders: &[PathBuf], show: Option<&str>) -> Result<()> {
    match with {
        With::Hadolint => compare_files(Peer::Hadolint, folders, show),
        With::Buildkit => compare_files(Peer::Buildkit, folders, show),
        With::Tally => compare_files(Peer::Tally, folders, show),
        With::Shellcheck => scripts::compare(folders, show),
    }
}

fn compare_files(peer: Peer, folders: &[PathBuf], show: Option<&str>) -> Result<()> {
    let files = files::dockerfiles(folders)?;
    let program = peer.install()?;
    let texts = Texts::read(&files);
    let theirs = program.run(&files, &texts)?;
    let read: Vec<PathBuf> = files.iter().filter(|file| !theirs.refused.contains(*file)).cloned().collect();
    let mut ours = ours::run(peer, &read, &texts)?;
    if peer == Peer::Hadolint {
        peer::one_of_shellcheck_each(&theirs.places, &mut ours);
    }
    let counts = table::Counts::of(&theirs.places, &ours);
    match show {
        Some(code) => table::show(peer, code, &theirs.places, &ours, &texts),
        None => {
            counts.print(peer.name());
            println!("\n{} files compared; {} cannot read {} more.", read.len(), peer.name(), theirs.refused.len());
            agreement::print(peer, &program)?;
        }
    }
    Ok(())
}
