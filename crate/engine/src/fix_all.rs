//! Applying every safe fix until none is left.

use crate::check::{Report, check};
use crate::fix::{Applicability, Edit, Fix, apply, select};
use crate::input::Input;
use crate::report::Finding;
use crate::suppression::is_suppression;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::{HashMap, HashSet};

/// Fixes make room for other fixes; after so many rounds enough is enough.
const MOST_ROUNDS: usize = 10;

/// The outcome of applying every fix that may be applied.
#[derive(Debug)]
pub struct FixRun {
    /// The text at the end.
    pub text: String,
    /// The edits of each round; their positions count in the text that the round before it left.
    pub rounds: Vec<Vec<Edit>>,
    /// What was done, in order.
    pub applied: Vec<AppliedFix>,
    /// The report of the text at the end. What it still offers was left: it needs review, or it would have done harm.
    pub report: Report,
}

/// A fix that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedFix {
    /// The rule whose finding it mended.
    pub rule: &'static str,
    /// What it did.
    pub title: String,
    /// The line on which it stood, counted from 1.
    pub line: usize,
}

/// Applies every safe fix, checks again, and goes on until nothing changes.
///
/// A fix is kept only if the text after it parses with no new problem and has no new finding of the same or a worse severity than the
/// one it mends. Comments survive: a fix that would lose one is left out.
pub fn fix_all(input: &Input<'_>) -> FixRun {
    fix_where(input, &|finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe))
}

/// As [`fix_all`], for the findings that `wanted` picks.
pub fn fix_where(input: &Input<'_>, wanted: &dyn Fn(&Finding) -> bool) -> FixRun {
    let mut text = input.dockerfile.to_owned();
    let mut report = check(input);
    let mut rounds = Vec::new();
    let mut applied = Vec::new();
    let mut refused: HashSet<(&'static str, String)> = HashSet::new();
    while rounds.len() < MOST_ROUNDS {
        let candidates: Vec<&Finding> = report
            .findings
            .iter()
            .filter(|finding| finding.fix.is_some() && wanted(finding) && !refused.contains(&refusal(finding, &text)))
            .into_list();
        let fixes: Vec<&Fix> = candidates.iter().filter_map(|finding| finding.fix.as_ref()).into_list();
        let chosen: Vec<&Finding> =
            select(fixes).into_iter().filter_map(|index| candidates.get(index).copied()).into_list();
        let Some((edits, after, next, kept)) = attempt(input, &text, &report, &chosen, &mut refused) else { break };
        applied.extend(kept.into_iter().map(|finding| describe(finding, &text)));
        rounds.push(edits);
        text = after;
        report = next;
    }
    FixRun { text, rounds, applied, report }
}

/// Fixes that were applied together: their edits, the text after them, its report, and the findings that they mended.
type Attempt<'f> = (Vec<Edit>, String, Report, Vec<&'f Finding>);

/// Applies fixes together, leaving out those that do harm.
fn attempt<'f>(
    input: &Input<'_>,
    text: &str,
    before: &Report,
    chosen: &[&'f Finding],
    refused: &mut HashSet<(&'static str, String)>,
) -> Option<Attempt<'f>> {
    let mut best = None;
    let mut kept = Vec::new();
    // Groups still to be tried, the next one last. A group that does harm is split until the fixes that do it stand alone.
    let mut groups = vec![chosen];
    while let Some(group) = groups.pop() {
        let tried: Vec<&Finding> = kept.iter().chain(group).copied().into_list();
        match (together(input, text, before, &tried), group) {
            (Some((edits, after, report)), _) => {
                best = Some((edits, after, report));
                kept = tried;
            }
            (None, []) => {}
            (None, [only]) => {
                refused.insert(refusal(only, text));
            }
            (None, several) => {
                let (first, second) = several.split_at(several.len() / 2);
                groups.extend([second, first]);
            }
        }
    }
    best.map(|(edits, after, report)| (edits, after, report, kept))
}

/// Names a fix that did harm, so that it is not tried again: by its rule and the text it stands on.
fn refusal(finding: &Finding, text: &str) -> (&'static str, String) {
    (finding.rule, text.get(std::ops::Range::<usize>::from(finding.instruction)).unwrap_or_default().to_owned())
}

fn together(
    input: &Input<'_>,
    text: &str,
    before: &Report,
    chosen: &[&Finding],
) -> Option<(Vec<Edit>, String, Report)> {
    let edits: Vec<Edit> =
        chosen.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| fix.edits.clone()).into_list();
    let after = apply(text, &edits)?;
    if after == text {
        return None;
    }
    let report = check(&Input { dockerfile: &after, ..*input });
    does_no_harm(before, &report, chosen).then_some((edits, after, report))
}

fn does_no_harm(before: &Report, after: &Report, chosen: &[&Finding]) -> bool {
    // Severities are ordered from the worst: a new finding must be milder than everything that was mended.
    let Some(mildest) = chosen.iter().map(|finding| finding.severity).max() else { return true };
    let was = count_by_rule(before);
    after.problems().len() <= before.problems().len()
        && comments(after) >= comments(before)
        && count_by_rule(after)
            .iter()
            .all(|(rule, (count, severity))| *severity > mildest || was.get(rule).is_some_and(|(was, _)| count <= was))
}

/// How many comments a text has. Those that silence findings may go when there is nothing left for them to silence.
fn comments(report: &Report) -> usize {
    let inside: usize = report.file.instructions.iter().map(|instruction| instruction.comments.len()).sum();
    report.file.comments().filter(|&comment| !is_suppression(report.file.slice(comment))).count() + inside
}

fn count_by_rule(report: &Report) -> HashMap<&'static str, (usize, crate::severity::Severity)> {
    let mut counts = HashMap::new();
    for finding in &report.findings {
        let entry = counts.or_insert(finding.rule, (0, finding.severity));
        entry.0 += 1;
        entry.1 = entry.1.min(finding.severity);
    }
    counts
}

fn describe(finding: &Finding, text: &str) -> AppliedFix {
    let line = 1 + text.get(..usize::from(finding.range.start())).unwrap_or_default().matches('\n').count();
    let title = finding.fix.as_ref().map(|fix| fix.title.clone()).unwrap_or_default();
    AppliedFix { rule: finding.rule, title, line }
}
