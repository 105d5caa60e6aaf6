//! Real Dockerfiles: every promise holds on each of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod promises;

use std::fs;
use std::path::{Path, PathBuf};

fn dockerfiles(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "Dockerfile"))
        .collect();
    files.sort();
    files
}

#[test]
fn promises_hold_on_our_own_dockerfiles() {
    let files = dockerfiles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
    assert!(files.len() >= 20, "the corpus is there: {}", files.len());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        promises::hold(&path.display().to_string(), &text);
    }
}

/// A larger collection of other people's Dockerfiles, where there is one: in the folder that `LAYERWISE_CORPUS` names.
#[test]
fn promises_hold_on_other_peoples_dockerfiles() {
    let Some(folder) = std::env::var_os("LAYERWISE_CORPUS") else { return };
    let files = dockerfiles(Path::new(&folder));
    assert!(!files.is_empty(), "{} holds files named *.Dockerfile", Path::new(&folder).display());
    for path in files {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        promises::hold(&path.display().to_string(), &text);
    }
}

#[test]
fn one_of_our_own_dockerfiles_is_clean_and_one_is_bad() {
    let score = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(format!("{name}.Dockerfile"));
        promises::hold(name, &fs::read_to_string(path).unwrap()).score.expect("a score").total
    };
    assert_eq!(score("go-distroless"), 100);
    assert!(score("ubuntu-legacy") < 50);
}
