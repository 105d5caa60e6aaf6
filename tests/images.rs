//! Every FROM of real Dockerfiles gets an answer, or is said to be unknown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

use layerwise_engine::image::{Entry, Kind, Known};
use layerwise_engine::{Date, Input, check};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The Dockerfiles are those of the folder that `LAYERWISE_CORPUS` names. With `--nocapture` it prints every answer.
#[test]
fn every_from_gets_an_answer_or_is_said_to_be_unknown() {
    let Some(folder) = std::env::var_os("LAYERWISE_CORPUS") else { return };
    let today = Date::parse("2026-08-22");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in fs::read_dir(Path::new(&folder)).unwrap().flatten() {
        let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
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
