//! What is advised for our own Dockerfiles, and what their lines are explained with, as snapshots that a person can read.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test -p layerwise-tests --test advice`, and read the diff.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod folder;

use folder::{hold_to_snapshots, own_dockerfiles, texts};
use layerwise_engine::advice::{Advised, advise};
use layerwise_engine::explain::explain_at;
use layerwise_engine::{Input, check};
use layerwise_syntax::{TextSize, parse};
use std::fmt::Write;

/// Those whose whole text is of interest; the others are made from the same settings.
const SHOWN: [&str; 4] = ["build-image", "run-image", "write-a-dockerignore", "mount-config"];

#[test]
fn advice_for_our_own_dockerfiles() {
    hold_to_snapshots("snapshots/advice", |name, text| {
        let input = Input::new(text);
        let counsel = advise(&input, &check(&input), "Dockerfile");
        let mut out = counsel.silence.unwrap_or_default().to_owned();
        let ids: Vec<&str> = counsel.advised.iter().map(|advised| advised.id).collect();
        writeln!(out, "{}", ids.join(" ")).unwrap();
        for Advised { id, listings, notes, .. } in counsel.advised.iter().filter(|advised| SHOWN.contains(&advised.id))
        {
            writeln!(out, "\n{id}").unwrap();
            for listing in listings {
                writeln!(out, "{}", listing.text).unwrap();
            }
            for note in notes {
                writeln!(out, "; {note}").unwrap();
            }
        }
        insta::assert_snapshot!(name, out);
    });
}

#[test]
fn explanations_of_our_own_dockerfiles() {
    hold_to_snapshots("snapshots/explain", |name, text| {
        let mut out = String::new();
        for instruction in &parse(text).instructions {
            let explanation = explain_at(&Input::new(text), instruction.range.start()).unwrap();
            assert_eq!(explanation.range, instruction.range);
            writeln!(out, "{}", explanation.title).unwrap();
            for fact in explanation.facts {
                writeln!(out, "  {:5} {}", fact.topic.title(), fact.text).unwrap();
            }
        }
        insta::assert_snapshot!(name, out);
    });
}

#[test]
fn no_place_of_a_file_is_too_odd_to_explain() {
    for (path, text) in texts(&own_dockerfiles()) {
        for offset in (0..=text.len()).step_by(11) {
            let offset = TextSize::try_from(offset).unwrap();
            if let Some(explanation) = explain_at(&Input::new(&text), offset) {
                assert!(
                    explanation.range.end() <= TextSize::of(&*text) && !explanation.title.is_empty(),
                    "{}",
                    path.display()
                );
            }
        }
    }
}
