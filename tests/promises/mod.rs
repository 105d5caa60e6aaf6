//! What is promised of every report and of every fix.

use layerwise_engine::fix::{apply, in_order, select};
use layerwise_engine::guard::differences;
use layerwise_engine::suppression::is_suppression;
use layerwise_engine::{
    Applicability, BuildPlan, Date, Document, Edit, Fix, Input, Reason, Report, Severity, ShellLinter, changes_of,
    check, fix_all,
};
use layerwise_syntax::{Dockerfile, parse};

/// Of hostile files, which offer thousands, the first are enough.
const MOST_SINGLE_FIXES: usize = 100;

/// What to check a text with: somebody to look at its scripts, perhaps.
type Shell<'s> = Option<&'s dyn ShellLinter>;

fn input<'i>(text: &'i str, shell: Shell<'i>) -> Input<'i> {
    Input { today: Date::parse("2026-11-01"), shell, ..Input::new(text) }
}

/// Checks a text and holds the report and the safe fixes to their promises. `name` says in a failure which text it was.
pub fn hold(name: &str, text: &str, shell: Shell<'_>) -> Report {
    let report = check(&input(text, shell));
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
    hold_single_fixes(name, text, &report);
    hold_fixes(name, text, &report, shell);
    report
}

/// Each safe fix alone changes of the build what its rule declares; those that do not touch each other give the same text in every order.
fn hold_single_fixes(name: &str, text: &str, report: &Report) {
    let plan = |file: &Dockerfile| BuildPlan::of(&Document::new(file, &input(file.text(), None)));
    let before = plan(&report.file);
    let mut safe: Vec<&Fix> = Vec::new();
    let is_safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
    let offered = report.findings.iter().filter_map(|finding| Some((finding, finding.fix.as_ref().filter(is_safe)?)));
    for (finding, fix) in offered.take(MOST_SINGLE_FIXES) {
        let fixed = apply(text, &fix.edits).expect("edits that fit");
        let declared = changes_of(finding.rule);
        for difference in differences(&before, &plan(&parse(&fixed))) {
            let is_declared = difference.change.is_some_and(|change| declared.contain(change));
            assert!(is_declared, "{name}: {} changes {difference:?}:\n{fixed}", finding.rule);
        }
        safe.push(fix);
    }
    let chosen: Vec<&Fix> =
        select(safe.iter().copied()).into_iter().filter_map(|index| safe.get(index).copied()).collect();
    let together: Vec<Edit> = chosen.iter().flat_map(|fix| fix.edits.clone()).collect();
    let backwards: Vec<Edit> = chosen.iter().rev().flat_map(|fix| fix.edits.clone()).collect();
    let expected = apply(text, &together).expect("fixes that do not touch");
    assert_eq!(apply(text, &backwards).as_deref(), Some(expected.as_str()), "{name}: in the other order");
    // One at a time, the last of the text first, so that the places of the others stay.
    let one_by_one = in_order(&together)
        .into_iter()
        .rev()
        .fold(text.to_owned(), |text, edit| apply(&text, std::slice::from_ref(edit)).expect("an edit that fits"));
    assert_eq!(one_by_one, expected, "{name}: one at a time");
}

fn hold_fixes(name: &str, text: &str, before: &Report, shell: Shell<'_>) {
    let run = fix_all(&input(text, shell));
    let after = &run.report;
    assert_eq!(after.file.text(), run.text, "{name}: the report is of the text");
    assert!(after.problems().len() <= before.problems().len(), "{name}: fixes bring no problem:\n{}", run.text);
    assert!(comments(after) >= comments(before), "{name}: comments survive:\n{}", run.text);
    if let (Some(before), Some(after)) = (&before.score, &after.score) {
        assert!(after.total >= before.total, "{name}: fixes do not lower the score:\n{}", run.text);
    }
    for severity in [Severity::Error, Severity::Warning] {
        let count = |report: &Report| report.findings.iter().filter(|finding| finding.severity == severity).count();
        assert!(count(after) <= count(before), "{name}: fixes bring nothing of {severity:?}:\n{}", run.text);
    }
    let is_unwanted = run.left.iter().any(|left| left.reason == Reason::NotWanted);
    assert!(!is_unwanted, "{name}: every safe fix is wanted: {:?}", run.left);
    let again = fix_all(&input(&run.text, shell));
    assert_eq!(again.text, run.text, "{name}: fixing twice is fixing once");
    let mut replayed = text.to_owned();
    for round in &run.rounds {
        replayed = apply(&replayed, round).expect("edits that fit");
    }
    assert_eq!(replayed, run.text, "{name}: the edits, applied, give the text");
}

fn comments(report: &Report) -> usize {
    let file = &report.file;
    file.comments().filter(|&comment| !is_suppression(file.slice(comment))).count()
        + report.file.instructions.iter().map(|instruction| instruction.comments.len()).sum::<usize>()
}
