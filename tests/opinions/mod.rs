//! Holding two readers of the same texts against each other, over a folder of Dockerfiles.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

/// What a comparison comes to: both agree, they differ for a known reason, or nobody knows why they differ.
pub type Verdict<Reason> = Result<Option<Reason>, String>;

/// Compares what stands in every file of a folder, and fails where a difference is not explained. Gives the number of agreements.
pub fn compare_folder<Reason: Ord + Debug>(folder: &Path, compare: impl Fn(&str) -> Vec<Verdict<Reason>>) -> usize {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut agreed = 0;
    let mut explained: BTreeMap<Reason, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for path in files {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
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

/// Our own Dockerfiles.
pub fn own_dockerfiles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A larger collection of other people's Dockerfiles, where there is one: the folder that `LAYERWISE_CORPUS` names.
pub fn other_peoples_dockerfiles() -> Option<PathBuf> {
    std::env::var_os("LAYERWISE_CORPUS").map(PathBuf::from)
}
