//! What the page receives. Its TypeScript types are generated from these.
//!
//! Every position is an offset in UTF-16 code units into the text that was checked; every line is 1-based.

use layerwise_wasm_common::Range;
use serde::Serialize;
use tsify::Tsify;

/// Everything the page shows about one Dockerfile.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The text has no `FROM`: it is a snippet, such as guides show.
    pub fragment: bool,
    /// `null` when BuildKit would refuse the file; `problems` then says why.
    pub score: Option<Score>,
    /// What BuildKit would refuse.
    pub problems: Vec<Problem>,
    /// In the order of the file.
    pub findings: Vec<Finding>,
    /// Findings that a comment in the file silences.
    pub suppressed: Vec<Finding>,
    /// The lines on which scripts begin that the shell checks did not get through: they are too long, or nested too deeply.
    pub unread_scripts: Vec<u32>,
    /// In the order of the file.
    pub stages: Vec<Stage>,
    /// How fresh the facts about base images are.
    pub image_facts: ImageFacts,
    /// Coloured ranges as triples: start, end, index into the list that `tokenKinds()` returns.
    pub tokens: Vec<u32>,
    /// How long the check took. Browsers round it, some to a whole millisecond.
    pub milliseconds: f64,
}

/// The score, with a bar for each practice category.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// 0 to 100.
    pub total: u32,
    /// `A+`, `A`, `B`, `C`, `D`, `E` or `F`.
    pub grade: String,
    /// What keeps the grade below that of the total; `null` where nothing does.
    pub cap: Option<Cap>,
    /// Always the same list in the same order.
    pub categories: Vec<CategoryScore>,
}

/// Why a grade is lower than its total makes it.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Cap {
    /// The finding that caps it, by its place in the report's list.
    pub finding: usize,
    /// The grade of the total alone.
    pub from: String,
}

/// One bar.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct CategoryScore {
    /// Such as `base-image`.
    pub id: String,
    /// What people read, such as `Base image`.
    pub title: String,
    /// 0 to 100.
    pub total: u32,
    /// False when the file gives this category nothing to judge.
    pub applies: bool,
}

/// A reason for which BuildKit would refuse the file.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// One sentence.
    pub message: String,
    /// Where.
    pub range: Range,
    /// The line on which `range` starts.
    pub line: u32,
}

/// How much a finding weighs.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Breaks the build, leaks a secret or does harm at run time.
    Error,
    /// Worth mending before the image ships.
    Warning,
    /// Good advice.
    Info,
    /// A matter of taste; weighs nothing.
    Style,
}

/// One thing that holds the file back.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The rule's id; its texts are in `rules.json`.
    pub rule: String,
    /// The rule's case, or an empty string when it has none.
    pub case: String,
    /// What other tools call this finding.
    pub codes: Vec<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// The id of a category of the score.
    pub category: String,
    /// One sentence about this place.
    pub message: String,
    /// Where.
    pub range: Range,
    /// The line on which `range` starts.
    pub line: u32,
    /// The line of the instruction that the finding is about.
    pub instruction_line: u32,
    /// Points of the score that mending it would win back: its share of what is missing to 100.
    pub points: u32,
    /// How to mend it, where the engine knows.
    pub fix: Option<Fix>,
    /// The comment that silences it; `null` where none does.
    pub silenced_by: Option<Range>,
    /// The pattern in `patterns.json` that shows how this is done, where there is one and no fix does it; or an empty string.
    pub pattern: &'static str,
}

/// Whether a fix may be applied without a look at it.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// The image changes only as the rule intends.
    Safe,
    /// Good advice that a person must look at first.
    Review,
}

/// A change of the text that mends a finding.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Fix {
    /// Whether it may be applied in bulk.
    pub applicability: Applicability,
    /// An imperative, such as `Replace ADD with COPY`.
    pub title: String,
    /// In order, without overlap.
    pub edits: Vec<Edit>,
}

/// Put `text` in the place of `range`.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// What goes; may be empty.
    pub range: Range,
    /// What comes; may be empty.
    pub text: String,
    /// Why, for a part of a large change; empty where the title of the fix says it.
    pub why: &'static str,
}

/// One `FROM` and what follows it.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// The name after `AS`.
    pub name: Option<String>,
    /// The image, or the earlier stage, that it starts from, as written.
    pub base: String,
    /// The line of its `FROM`.
    pub line: u32,
    /// Whether its bytes reach the image.
    pub ships: bool,
    /// What is known of what it starts from.
    pub known: Known,
}

/// How fresh the facts about base images are.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct ImageFacts {
    /// Their day, as `YYYY-MM-DD`.
    pub as_of: String,
    /// They are older than half a year: people should hear of it, once.
    pub are_old: bool,
}

/// What is known of what a stage starts from.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// `official` for one of Docker Hub's official images, `known` for another of which something is known, `other` for one of which
    /// nothing is; `stage`, `scratch`, or `unknown` for an image that the file does not tell.
    pub kind: String,
    /// The image with its tag, in one spelling.
    pub image: Option<String>,
    /// The release of what is in it.
    pub line: Option<Release>,
    /// The release of the operating system below.
    pub system: Option<Release>,
    /// Whether its tag was published on the day of the facts. That it was not proves little: older tags stay.
    pub listed: Option<bool>,
    /// Whether its tag goes on to new versions.
    pub rolling: Option<bool>,
    /// The other tags that named the same image on that day.
    pub same: Vec<String>,
    /// A tag of the same variant that is supported for longer.
    pub newer: Option<String>,
    /// Smaller images that run the same, the nearest first.
    pub smaller: Vec<Smaller>,
}

/// A release that is looked after for some time.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    /// Such as `Python 3.9`.
    pub title: String,
    /// The last day of its support, as `YYYY-MM-DD`, where one is known.
    pub ends: Option<String>,
    /// Whether its support has ended.
    pub has_ended: bool,
}

/// A smaller image that runs the same.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct Smaller {
    /// The whole reference.
    pub image: String,
    /// What it does without, in words.
    pub lacks: String,
}

/// The outcome of applying every safe fix until none is left.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct FixRun {
    /// Each round's edits count in the text that the round before it left.
    pub rounds: Vec<Vec<Edit>>,
    /// What was done, in order.
    pub applied: Vec<AppliedFix>,
    /// What was not done and could be, in the order of the text at the end.
    pub left: Vec<LeftFix>,
    /// The report of the text after the last round.
    pub report: Report,
}

/// One fix that was applied.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct AppliedFix {
    /// The rule whose finding it mended.
    pub rule: String,
    /// What that finding said.
    pub message: String,
    /// The fix's title.
    pub title: String,
    /// The line on which it stood when it was applied.
    pub line: u32,
}

/// One fix that was left.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct LeftFix {
    /// The rule whose finding it would mend.
    pub rule: String,
    /// The fix's title.
    pub title: String,
    /// The line on which its finding stands in the text at the end.
    pub line: u32,
    /// Why, in a sentence without a full stop.
    pub reason: String,
    /// It would have done harm, or may have; another may be applied after a look at it.
    pub is_harm: bool,
}
