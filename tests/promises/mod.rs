//! What is promised of every report and of every fix.

use layerwise_engine::suppression::is_suppression;
use layerwise_engine::{Date, Input, Report, check, fix_all};

fn input(text: &str) -> Input<'_> {
    Input { today: Date::parse("2026-11-01"), ..Input::new(text) }
}

/// Checks a text and holds the report and the safe fixes to their promises. `name` says in a failure which text it was.
pub fn hold(name: &str, text: &str) -> Report {
    let report = check(&input(text));
    for finding in report.findings.iter().chain(&report.suppressed) {
        let range = std::ops::Range::<usize>::from(finding.range);
        assert!(
            text.get(range.clone()).is_some_and(|place| !place.is_empty() || report.file.instructions.is_empty()),
            "{name}: a finding has a place in the text: {finding:?}"
        );
        assert!(!finding.message.is_empty(), "{name}: a finding says something: {finding:?}");
    }
    for problem in report.problems() {
        assert!(
            text.get(std::ops::Range::<usize>::from(problem.range)).is_some(),
            "{name}: a problem has a place in the text: {problem:?}"
        );
    }
    assert_eq!(
        report.score.is_none(),
        !report.problems().is_empty(),
        "{name}: a file has a score unless BuildKit would refuse it"
    );
    if let Some(score) = &report.score {
        let points: u32 = report.findings.iter().map(|finding| finding.points).sum();
        assert_eq!(points, 100 - score.total, "{name}: the points add up to what is missing");
    }
    hold_fixes(name, text, &report);
    report
}

fn hold_fixes(name: &str, text: &str, before: &Report) {
    let run = fix_all(&input(text));
    let after = &run.report;
    assert_eq!(after.file.text(), run.text, "{name}: the report is of the text");
    assert!(after.problems().len() <= before.problems().len(), "{name}: fixes bring no problem:\n{}", run.text);
    assert!(comments(after) >= comments(before), "{name}: comments survive:\n{}", run.text);
    if let (Some(before), Some(after)) = (&before.score, &after.score) {
        assert!(after.total >= before.total, "{name}: fixes do not lower the score:\n{}", run.text);
    }
    let again = fix_all(&input(&run.text));
    assert_eq!(again.text, run.text, "{name}: fixing twice is fixing once");
    let mut replayed = text.to_owned();
    for round in &run.rounds {
        replayed = layerwise_engine::fix::apply(&replayed, round).expect("edits that fit");
    }
    assert_eq!(replayed, run.text, "{name}: the edits, applied, give the text");
}

fn comments(report: &Report) -> usize {
    let file = &report.file;
    file.comments().filter(|&comment| !is_suppression(file.slice(comment))).count()
        + report.file.instructions.iter().map(|instruction| instruction.comments.len()).sum::<usize>()
}
