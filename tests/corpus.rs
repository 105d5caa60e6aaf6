//! Real Dockerfiles: every promise holds on each of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

mod mutate;
mod promises;

use mutate::{mutate, mutation};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
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

/// Holds what becomes of the files of a folder when some of their lines are lost, moved or doubled. Always the same cases.
fn hold_mutated(folder: &Path, cases: u32) {
    let texts: Vec<String> =
        dockerfiles(folder).iter().map(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()).collect();
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = (prop::sample::select(texts), prop::collection::vec(mutation(), 1..6));
    let outcome = runner.run(&strategy, |(text, mutations)| {
        let text = mutate(&text, &mutations);
        promises::hold(&format!("mutated:\n{text}\nmutated"), &text);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn promises_hold_on_our_own_dockerfiles_damaged() {
    hold_mutated(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), 300);
}

#[test]
fn promises_hold_on_other_peoples_dockerfiles_damaged() {
    let Some(folder) = std::env::var_os("LAYERWISE_CORPUS") else { return };
    hold_mutated(Path::new(&folder), 3_000);
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
