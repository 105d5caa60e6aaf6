//! The stages of a file, and what is known of what they start from.

use crate::source::Source;
use layerwise_engine::image::{Cycle, Known, Smaller};
use layerwise_engine::{Date, Report, StageSummary};
use serde::Serialize;

#[derive(Serialize)]
pub struct StageJson<'a> {
    name: Option<&'a str>,
    base: &'a str,
    line: u32,
    ships: bool,
    known: KnownJson,
}

#[derive(Serialize)]
struct KnownJson {
    kind: &'static str,
    image: Option<String>,
    line: Option<ReleaseJson>,
    system: Option<ReleaseJson>,
    listed: Option<bool>,
    rolling: Option<bool>,
    same: Vec<String>,
    newer: Option<String>,
    smaller: Vec<SmallerJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReleaseJson {
    title: String,
    ends: Option<String>,
    has_ended: bool,
}

#[derive(Serialize)]
struct SmallerJson {
    image: String,
    lacks: &'static str,
}

pub fn stage<'a>(stage: &'a StageSummary, report: &Report, source: &Source) -> StageJson<'a> {
    StageJson {
        name: stage.name.as_deref(),
        base: &stage.base,
        line: source.place(stage.range.start()).line,
        ships: stage.ships,
        known: known(stage.known(report.today), report.today),
    }
}

fn known(known: Known, today: Option<Date>) -> KnownJson {
    let release = |cycle: Cycle| ReleaseJson {
        title: cycle.title(),
        ends: cycle.last_day().map(|day| day.to_string()),
        has_ended: cycle.has_ended(today),
    };
    let smaller = |Smaller { reference, lacks }| SmallerJson { image: reference, lacks };
    KnownJson {
        kind: known.kind.id(),
        image: known.image,
        line: known.line.map(release),
        system: known.system.map(release),
        listed: known.is_listed,
        rolling: known.is_rolling,
        same: known.same,
        newer: known.newer,
        smaller: known.smaller.into_iter().map(smaller).collect(),
    }
}
