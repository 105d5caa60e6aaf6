//! The report for programs.
//!
//! Typed, and borrowed from the report: a tree of values in between took half as long as the checks.

mod place;
mod stage;

pub use place::{Span, range};

use crate::markdown::Checked;
use crate::source::Source;
use layerwise_engine::image::data_as_of;
use layerwise_engine::{Applicability, Edit, Finding, Fix, Report, Score};
use layerwise_syntax::Problem;
use serde::Serialize;
use stage::{StageJson, stage};

/// What was found in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportJson<'a> {
    file: &'a str,
    /// Of a Dockerfile in Markdown.
    #[serde(flatten)]
    snippet: Option<SnippetJson<'a>>,
    fragment: bool,
    score: Option<ScoreJson>,
    problems: Vec<ProblemJson<'a>>,
    findings: Vec<FindingJson<'a>>,
    suppressed: Vec<FindingJson<'a>>,
    /// Their lines.
    unread_scripts: Vec<u32>,
    stages: Vec<StageJson<'a>>,
    image_facts: ImageFactsJson,
}

/// Where a Dockerfile in Markdown stands, and what its author expects.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SnippetJson<'a> {
    line: u32,
    broken_expectations: &'a [String],
    expected: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct ScoreJson {
    total: u32,
    grade: &'static str,
    cap: Option<CapJson>,
    categories: Vec<CategoryJson>,
}

#[derive(Serialize)]
struct CapJson {
    finding: usize,
    from: &'static str,
}

#[derive(Serialize)]
struct CategoryJson {
    id: &'static str,
    total: u32,
    applies: bool,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    message: &'a str,
    range: Span,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingJson<'a> {
    rule: &'a str,
    case: &'a str,
    codes: Vec<&'a str>,
    severity: &'static str,
    category: &'static str,
    message: &'a str,
    instruction_line: u32,
    range: Span,
    points: u32,
    fix: Option<FixJson<'a>>,
    silenced_by: Option<Span>,
    pattern: &'static str,
}

#[derive(Serialize)]
struct FixJson<'a> {
    applicability: &'static str,
    title: &'a str,
    edits: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct EditJson<'a> {
    range: Span,
    text: &'a str,
    why: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ImageFactsJson {
    as_of: &'static str,
    are_old: bool,
}

pub fn report<'a>(source: &'a Source, report: &'a Report) -> ReportJson<'a> {
    ReportJson {
        file: &source.name,
        snippet: None,
        fragment: report.file.is_fragment,
        score: report.score.as_ref().map(score),
        problems: report.problems().iter().map(|found| problem(found, source)).collect(),
        findings: report.findings.iter().map(|found| finding(found, source)).collect(),
        suppressed: report.suppressed.iter().map(|found| finding(found, source)).collect(),
        unread_scripts: report.unread_scripts.iter().map(|script| source.place(script.start()).line).collect(),
        stages: report.stages.iter().map(|found| stage(found, report, source)).collect(),
        image_facts: ImageFactsJson { as_of: data_as_of(), are_old: report.has_old_facts() },
    }
}

/// A Dockerfile in Markdown: the same, with where it stands and what its author expects.
pub fn snippet<'a>(source: &'a Source, snippet: &'a Checked) -> ReportJson<'a> {
    let said = SnippetJson {
        line: source.place(snippet.fence.start()).line,
        broken_expectations: &snippet.broken,
        expected: snippet.expected.iter().map(|found| finding(found, source)).collect(),
    };
    ReportJson { snippet: Some(said), ..report(source, &snippet.report) }
}

fn score(score: &Score) -> ScoreJson {
    let bars = score.categories.iter();
    let bars = bars.map(|bar| CategoryJson { id: bar.category.id(), total: bar.total, applies: bar.applies });
    ScoreJson {
        total: score.total,
        grade: score.grade.letter(),
        cap: score.cap.as_ref().map(|cap| CapJson { finding: cap.finding, from: cap.from.letter() }),
        categories: bars.collect(),
    }
}

fn problem<'a>(problem: &'a Problem, source: &Source) -> ProblemJson<'a> {
    ProblemJson { message: &problem.message, range: range(problem.range, source) }
}

fn finding<'a>(finding: &'a Finding, source: &Source) -> FindingJson<'a> {
    FindingJson {
        rule: finding.rule,
        case: finding.case,
        codes: finding.codes.iter().map(|code| code.code).collect(),
        severity: finding.severity.id(),
        category: finding.category.id(),
        message: &finding.message,
        instruction_line: source.place(finding.instruction.start()).line,
        range: range(finding.range, source),
        points: finding.points,
        fix: finding.fix.as_ref().map(|found| fix(found, source)),
        silenced_by: finding.silenced_by.map(|comment| range(comment, source)),
        pattern: finding.pattern(),
    }
}

fn fix<'a>(fix: &'a Fix, source: &Source) -> FixJson<'a> {
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Review => "review",
    };
    let edit = |edit: &'a Edit| EditJson { range: range(edit.range, source), text: &edit.text, why: edit.why };
    FixJson { applicability, title: &fix.title, edits: fix.edits.iter().map(edit).collect() }
}
