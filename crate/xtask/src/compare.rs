//! `cargo xtask compare`: what another linter says about the same Dockerfiles, code by code.
//!
//! Both sides run as programs over the same files. A finding is compared by its file, its code and the instruction that it is about; files that
//! the other tool cannot read are left out.

mod agreement;
mod batches;
mod files;
mod fixes;
mod ours;
mod peer;
mod place;
mod pypi;
mod table;

pub use fixes::compare_fixes;
pub use peer::Peer;

use anyhow::Result;
use place::Texts;
use std::path::PathBuf;

/// Compares our findings with those of a peer, and prints how well they agree; for one code, every place where they do not.
pub fn compare(peer: Peer, folders: &[PathBuf], show: Option<&str>) -> Result<()> {
    let files = files::dockerfiles(folders)?;
    let program = peer.install()?;
    let texts = Texts::read(&files);
    let theirs = program.run(&files, &texts)?;
    let read: Vec<PathBuf> = files.iter().filter(|file| !theirs.refused.contains(*file)).cloned().collect();
    let ours = ours::run(peer, &read, &texts)?;
    let counts = table::Counts::of(&theirs.places, &ours);
    match show {
        Some(code) => table::show(peer, code, &theirs.places, &ours, &texts),
        None => {
            counts.print(peer);
            println!("\n{} files compared; {} cannot read {} more.", read.len(), peer.name(), theirs.refused.len());
            agreement::print(peer, &program)?;
        }
    }
    Ok(())
}
