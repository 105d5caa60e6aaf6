//! Every FROM of real Dockerfiles gets an answer, or is said to be unknown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod folder;

use folder::{other_peoples_dockerfiles, texts};
use layerwise_engine::image::{Entry, Kind, Known};
use layerwise_engine::{Date, Input, check};
use std::collections::BTreeMap;

/// With `--nocapture` it prints every answer.
#[test]
fn every_from_gets_an_answer_or_is_said_to_be_unknown() {
    let Some(folder) = other_peoples_dockerfiles() else { return };
    let today = Date::parse("2026-08-22");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, text) in texts(&folder) {
        let report = check(&Input { today, ..Input::new(&text) });
        for stage in &report.stages {
            let known = stage.known(today);
            assert_eq!(known.image.is_some(), stage.start.image().is_some(), "{}", stage.base);
            if known.kind == Kind::Known {
                let image = stage.start.image().unwrap();
                assert!(Entry::of(&image.repository).is_some() || known.system.is_some(), "{}", stage.base);
            }
            *counts.entry(known.kind.id()).or_default() += 1;
            println!("{}", answer(&stage.base, &known));
        }
    }
    println!("{counts:?}");
}

fn answer(written: &str, known: &Known) -> String {
    let release = |cycle: &Option<layerwise_engine::image::Cycle>| match cycle {
        Some(cycle) => format!("{} {:?}", cycle.title(), cycle.end),
        None => "-".to_owned(),
    };
    let smaller: Vec<&str> = known.smaller.iter().map(|smaller| smaller.reference.as_str()).collect();
    format!(
        "{written}\t{}\t{}\t{}\tlisted {:?}\trolling {:?}\tsame {:?}\tnewer {:?}\tsmaller {smaller:?}",
        known.kind.id(),
        release(&known.line),
        release(&known.system),
        known.is_listed,
        known.is_rolling,
        known.same,
        known.newer,
    )
}
