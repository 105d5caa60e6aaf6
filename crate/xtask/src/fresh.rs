//! Whether something made is still good, as `make` would tell it.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Whether `made` is there, and none of its sources was written after it.
pub fn is_up_to_date(made: &Path, sources: &[&Path]) -> bool {
    let made = modified(made);
    made.is_some() && sources.iter().all(|source| modified(source) <= made)
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
