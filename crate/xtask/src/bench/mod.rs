//! `cargo xtask bench`: what the engine costs, beside other linters, in a browser, and in instructions.

mod baseline;
mod browser;
mod callgrind;
mod counts;
mod peers;
mod program;
mod verdict;

use crate::compare::files::dockerfiles;
use crate::layout;
use crate::tally::Tally;
use anyhow::{Result, ensure};
use std::path::PathBuf;

pub use browser::in_browser;
pub use counts::accept;

/// Measures the work on the Dockerfiles of some folders, or of our own, with a clock; then what other linters take for the same files.
pub fn bench(folders: &[PathBuf]) -> Result<()> {
    let files = dockerfiles(&or_own(folders))?;
    program::measure(&files)?;
    peers::compare(&files)
}

/// Counts the instructions of every case and holds them to the baseline.
pub fn counts() -> Result<()> {
    let tally = counts::hold()?;
    ensure!(tally.failed == 0, "The engine takes more instructions than its baseline allows.");
    Ok(())
}

/// The same as a part of the tests, where there is a valgrind; elsewhere a sentence.
pub fn hold_if_possible() -> Result<Tally> {
    if callgrind::is_there() {
        return counts::hold();
    }
    println!("{} The counts are not tested.", callgrind::MISSING);
    Ok(Tally::default())
}

/// Our own Dockerfiles, where no folder is named.
fn or_own(folders: &[PathBuf]) -> Vec<PathBuf> {
    if folders.is_empty() { vec![layout::root().join("tests/corpus")] } else { folders.to_vec() }
}
