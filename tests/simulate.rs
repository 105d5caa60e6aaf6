//! What changes rebuild of every Dockerfile in `corpus`, as snapshots that a person can read.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test -p layerwise-tests --test simulate`, and read the diff.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod folder;
mod simulation;

use folder::{hold_to_snapshots, other_peoples_dockerfiles, own_dockerfiles, texts};
use layerwise_engine::dockerignore::Dockerignore;
use layerwise_engine::plan::BuildPlan;
use layerwise_engine::simulate::{Because, Candidates, Change, Outcome, State};
use layerwise_engine::{Document, Input, simulate};
use layerwise_syntax::{TextRange, TextSize, parse};
use std::fmt::Write;

/// Files that say which packages a program needs.
const MANIFESTS: [&str; 9] = [
    "package.json",
    "requirements.txt",
    "go.mod",
    "Cargo.toml",
    "pom.xml",
    "composer.json",
    "Gemfile",
    "pyproject.toml",
    "package-lock.json",
];

#[test]
fn what_changes_rebuild_of_our_own_dockerfiles() {
    hold_to_snapshots("snapshots/simulate", |name, text| insta::assert_snapshot!(name, answers(text)));
}

#[test]
fn simulations_of_our_own_dockerfiles_agree_with_each_other() {
    for (path, text) in texts(&own_dockerfiles()) {
        simulation::hold(&path.display().to_string(), &text, None, "src/app.js");
    }
}

#[test]
fn simulations_of_other_peoples_dockerfiles_agree_with_each_other() {
    let Some(folder) = other_peoples_dockerfiles() else { return };
    for (path, text) in texts(&folder) {
        simulation::hold(&path.display().to_string(), &text, Some("*.md\n.git\n"), "src/app.js");
    }
}

/// The answers for no change, a source file, a manifest, the base images, and the arguments.
fn answers(text: &str) -> String {
    let file = parse(text);
    let plan = BuildPlan::of(&Document::new(&file, &Input::new(text)));
    let may = Candidates::of(&plan);
    let mut out = String::new();
    let mut answer = |title: &str, change: &Change| write_answer(&mut out, title, &plan, text, change);
    answer("no change", &Change::default());
    let file = |name: &str| Change { files: vec![name.to_owned()], ..Change::default() };
    answer("src/app.js", &file("src/app.js"));
    if let Some(manifest) = MANIFESTS.into_iter().find(|manifest| may.files.iter().any(|named| named == manifest)) {
        answer(manifest, &file(manifest));
    }
    answer("anything in the context", &file("."));
    if !may.images.is_empty() {
        let title = format!("image {}", may.images.join(", "));
        answer(&title, &Change { images: may.images, ..Change::default() });
    }
    if !may.args.is_empty() {
        let title = format!("argument {}", may.args.join(", "));
        answer(&title, &Change { args: may.args, ..Change::default() });
    }
    out
}

fn write_answer(out: &mut String, title: &str, plan: &BuildPlan, text: &str, change: &Change) {
    let simulation = simulate(plan, None::<&Dockerignore>, change);
    let line = |offset: TextSize| {
        let before = text.bytes().take(usize::from(offset)).filter(|byte| *byte == b'\n').count();
        u32::try_from(before).unwrap() + 1
    };
    writeln!(out, "{title}: {}", simulation.counts(plan).spoken()).unwrap();
    let mut row = |outcome: &Outcome, range: TextRange, keyword: &str| {
        // Of what stays as it is the first answer tells all there is.
        let is_news = !matches!(outcome.because, Because::Same | Because::SetsOnly | Because::NotNeeded);
        if change.is_none() || (is_news && !matches!(outcome.because, Because::Mounts(_))) {
            let because = if is_news { outcome.because.sentence(plan, &line) } else { String::new() };
            let state = if outcome.state == State::Metadata { "no layer" } else { outcome.state.name() };
            let row = format!("  {:>3} {keyword:<11} {state:<8} {because}", line(range.start()));
            writeln!(out, "{}", row.trim_end()).unwrap();
        }
    };
    for (stage, outcome) in plan.stages.iter().zip(&simulation.stages) {
        row(&outcome.from, stage.range, "FROM");
        for (step, outcome) in plan.triggers(stage).zip(&outcome.triggers) {
            row(outcome, step.range, &format!("(on {})", step.kind.name()));
        }
        for (step, outcome) in stage.steps.iter().zip(&outcome.steps) {
            row(outcome, step.range, if step.is_trigger { "ONBUILD" } else { step.kind.name() });
        }
    }
    for note in &simulation.notes {
        writeln!(out, "  {}", note.sentence()).unwrap();
    }
}
