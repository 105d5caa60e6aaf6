//! The report for programs. Lines and columns count from 1, columns in Unicode characters; ends are exclusive.

use crate::markdown::Checked;
use crate::source::{Place, Source};
use layerwise_engine::image::{Cycle, Known, Smaller, data_as_of};
use layerwise_engine::{Applicability, Date, Edit, Finding, Fix, Report, Score, StageSummary};
use layerwise_syntax::{Problem, TextRange};
use serde_json::{Value, json};

pub fn report(source: &Source, report: &Report) -> Value {
    json!({
        "file": source.name,
        "fragment": report.file.is_fragment,
        "score": report.score.as_ref().map(score),
        "problems": report.problems().iter().map(|found| problem(found, source)).collect::<Vec<_>>(),
        "findings": report.findings.iter().map(|found| finding(found, source)).collect::<Vec<_>>(),
        "suppressed": report.suppressed.iter().map(|found| finding(found, source)).collect::<Vec<_>>(),
        "unreadScripts": report.unread_scripts.iter().map(|script| source.place(script.start()).line).collect::<Vec<_>>(),
        "stages": report.stages.iter().map(|found| stage(found, report, source)).collect::<Vec<_>>(),
        "imageFacts": { "asOf": data_as_of(), "areOld": report.has_old_facts() },
    })
}

/// A Dockerfile in Markdown: the same, with where it stands and what its author expects.
pub fn snippet(source: &Source, snippet: &Checked) -> Value {
    let mut value = report(source, &snippet.report);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("line".into(), source.place(snippet.fence.start()).line.into());
        fields.insert("brokenExpectations".into(), json!(snippet.broken));
        fields.insert("expected".into(), snippet.expected.iter().map(|found| finding(found, source)).collect());
    }
    value
}

fn score(score: &Score) -> Value {
    let categories = score
        .categories
        .iter()
        .map(|bar| json!({ "id": bar.category.id(), "total": bar.total, "applies": bar.applies }));
    let cap = score.cap.map(|cap| json!({ "finding": cap.finding, "from": cap.from.letter() }));
    json!({
        "total": score.total,
        "grade": score.grade.letter(),
        "cap": cap,
        "categories": categories.collect::<Vec<_>>(),
    })
}

fn problem(problem: &Problem, source: &Source) -> Value {
    json!({ "message": problem.message, "range": range(problem.range, source) })
}

fn finding(finding: &Finding, source: &Source) -> Value {
    json!({
        "rule": finding.rule,
        "case": finding.case,
        "codes": finding.codes.iter().map(|code| code.code).collect::<Vec<_>>(),
        "severity": finding.severity.id(),
        "category": finding.category.id(),
        "message": finding.message,
        "instructionLine": source.place(finding.instruction.start()).line,
        "range": range(finding.range, source),
        "points": finding.points,
        "fix": finding.fix.as_ref().map(|found| fix(found, source)),
        "silencedBy": finding.silenced_by.map(|comment| range(comment, source)),
        "pattern": finding.pattern(),
    })
}

fn fix(fix: &Fix, source: &Source) -> Value {
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Review => "review",
    };
    let edit = |edit: &Edit| json!({ "range": range(edit.range, source), "text": edit.text, "why": edit.why });
    json!({ "applicability": applicability, "title": fix.title, "edits": fix.edits.iter().map(edit).collect::<Vec<_>>() })
}

fn stage(stage: &StageSummary, report: &Report, source: &Source) -> Value {
    json!({
        "name": stage.name,
        "base": stage.base,
        "line": source.place(stage.range.start()).line,
        "ships": stage.ships,
        "known": known(&stage.known(report.today), report.today),
    })
}

fn known(known: &Known, today: Option<Date>) -> Value {
    let release = |cycle: &Cycle| {
        let ends = cycle.last_day().map(|day| day.to_string());
        json!({ "title": cycle.title(), "ends": ends, "hasEnded": cycle.has_ended(today) })
    };
    let smaller = |smaller: &Smaller| json!({ "image": smaller.reference, "lacks": smaller.lacks });
    json!({
        "kind": known.kind.id(),
        "image": known.image,
        "line": known.line.as_ref().map(release),
        "system": known.system.as_ref().map(release),
        "listed": known.is_listed,
        "rolling": known.is_rolling,
        "same": known.same,
        "newer": known.newer,
        "smaller": known.smaller.iter().map(smaller).collect::<Vec<_>>(),
    })
}

pub fn range(range: TextRange, source: &Source) -> Value {
    let place = |place: Place| json!({ "line": place.line, "column": place.column });
    let (start, end) = source.places(range);
    json!({ "start": place(start), "end": place(end) })
}
