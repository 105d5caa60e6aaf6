//! Real Dockerfiles: every promise holds on each of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

mod folder;
mod mutate;
mod promises;
mod shell_checks;
mod simulation;

use folder::{other_peoples_dockerfiles, own_dockerfiles, texts};
use layerwise_engine::{Finding, Input, check, fix_all};
use mutate::{mutate, mutation};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use shell_checks::Shell;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

#[test]
fn promises_hold_on_our_own_dockerfiles() {
    let files = texts(&own_dockerfiles());
    assert!(files.len() >= 20, "the corpus is there: {}", files.len());
    hold(files);
}

/// Holds files to all promises, with the shell checks and without. Those are not optimised here, and then want a large stack.
fn hold(files: Vec<(PathBuf, String)>) {
    with_large_stack(|| {
        let shell = Shell::default();
        for (path, text) in files {
            promises::hold(&path.display().to_string(), &text, None);
            promises::hold(&path.display().to_string(), &text, Some(&shell));
            hold_moves(&path.display().to_string(), &text);
        }
    });
}

fn with_large_stack(work: impl FnOnce() + Send) {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(32 << 20).spawn_scoped(scope, work).unwrap();
        if let Err(panic) = worker.join() {
            resume_unwind(panic);
        }
    });
}

#[test]
fn promises_hold_on_other_peoples_dockerfiles() {
    let Some(folder) = other_peoples_dockerfiles() else { return };
    hold(texts(&folder));
}

/// Safe fixes do not stand in the way of the fix that installs before the source is copied: what they join or add costs no cache.
fn hold_moves(name: &str, text: &str) {
    let offers = |text: &str| {
        let report = check(&Input::new(text));
        let is_move = |finding: &&Finding| finding.rule == "install-after-source-copy" && finding.fix.is_some();
        report.findings.iter().filter(is_move).count()
    };
    let after = fix_all(&Input::new(text)).text;
    assert!(offers(&after) >= offers(text), "{name}: an install can still go before the source:\n{after}");
}

/// Holds what becomes of the files of a folder when some of their lines are lost, moved or doubled. Always the same cases.
fn hold_mutated(folder: &Path, cases: u32) {
    let texts: Vec<String> = texts(folder).into_iter().map(|(_, text)| text).collect();
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = (prop::sample::select(texts), prop::collection::vec(mutation(), 1..6));
    with_large_stack(|| {
        let shell = Shell::default();
        let outcome = runner.run(&strategy, |(text, mutations)| {
            let text = mutate(&text, &mutations);
            let name = format!("mutated:\n{text}\nmutated");
            promises::hold(&name, &text, Some(&shell));
            simulation::hold(&name, &text, None, "package.json");
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    });
}

#[test]
fn promises_hold_on_our_own_dockerfiles_damaged() {
    hold_mutated(&own_dockerfiles(), 300);
}

#[test]
fn promises_hold_on_other_peoples_dockerfiles_damaged() {
    let Some(folder) = other_peoples_dockerfiles() else { return };
    hold_mutated(&folder, 3_000);
}

#[test]
fn one_of_our_own_dockerfiles_is_clean_and_one_is_bad() {
    let score = |name: &str| {
        let path = own_dockerfiles().join(format!("{name}.Dockerfile"));
        promises::hold(name, &fs::read_to_string(path).unwrap(), None).score.expect("a score").total
    };
    assert_eq!(score("go-distroless"), 100);
    assert!(score("ubuntu-legacy") < 50);
}
