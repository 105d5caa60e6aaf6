//! Holding two readers of the same texts against each other, over a folder of Dockerfiles.

use crate::folder::texts;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

/// What a comparison comes to: both agree, they differ for a known reason, or nobody knows why they differ.
pub type Verdict<Reason> = Result<Option<Reason>, String>;

/// Compares what stands in every file of a folder, and fails where a difference is not explained. Gives the number of agreements.
pub fn compare_folder<Reason: Ord + Debug>(folder: &Path, compare: impl Fn(&str) -> Vec<Verdict<Reason>>) -> usize {
    let mut agreed = 0;
    let mut explained: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for (path, text) in texts(folder) {
        for verdict in compare(&text) {
            match verdict {
                Ok(None) => agreed += 1,
                Ok(Some(reason)) => *explained.entry(reason).or_insert(0) += 1,
                Err(difference) => unexplained.push(format!("{}: {difference}", path.display())),
            }
        }
    }
    assert!(unexplained.is_empty(), "{} differences:\n{}", unexplained.len(), unexplained.join("\n"));
    println!("{agreed} agree; explained: {explained:?}");
    agreed
}
