//! Applying every safe fix until none is left.

use crate::category::Category;
use crate::check::{Report, check};
use crate::document::Document;
use crate::fix::{Applicability, Edit, apply, select};
use crate::guard::unintended;
use crate::input::Input;
use crate::plan::BuildPlan;
use crate::report::Finding;
use crate::rules::{self, Change, Changes};
use crate::shellcheck;
use crate::suppression::is_suppression;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashMap;

/// Fixes make room for other fixes; after so many rounds enough is enough.
const MOST_ROUNDS: usize = 20;

/// Each trial takes as long as a check. Of 3,800 real files none took more than 64 for everything, first trials of whole groups included.
const MOST_TRIALS: usize = 60;

/// In bytes. No real file is longer; where one is, a check takes longer, and there are fewer trials by as much.
const LONG: usize = 64 * 1024;

/// The outcome of applying every fix that may be applied.
#[derive(Debug)]
pub struct FixRun {
    /// The text at the end.
    pub text: String,
    /// The edits of each round; their positions count in the text that the round before it left.
    pub rounds: Vec<Vec<Edit>>,
    /// What was done, in order.
    pub applied: Vec<AppliedFix>,
    /// What was not done and could be, in the order of the text at the end.
    pub left: Vec<LeftFix>,
    /// The report of the text at the end.
    pub report: Report,
}

/// A fix that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedFix {
    /// The rule whose finding it mended.
    pub rule: &'static str,
    /// What that finding said.
    pub message: String,
    /// What it did.
    pub title: String,
    /// The line on which it stood, counted from 1.
    pub line: usize,
}

/// A fix that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftFix {
    /// The rule whose finding it would mend.
    pub rule: &'static str,
    /// What it would do.
    pub title: String,
    /// The line on which its finding stands in the text at the end, counted from 1.
    pub line: usize,
    /// Why it was left.
    pub reason: Reason,
}

/// Why a fix was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A person must look at it first.
    NeedsReview,
    /// It was not asked for.
    NotWanted,
    /// BuildKit would refuse something that it did not refuse before.
    Problem,
    /// A comment would be lost.
    Comment,
    /// There would be a new finding as bad as the one it mends.
    Finding(&'static str),
    /// It would change more of the build than its rule intends: this.
    Build(&'static str),
    /// It may do harm: so many fixes beside it do that it was not tried by itself.
    Untried,
    /// It touches what other fixes touch, and there were too many of those.
    Conflict,
}

impl Reason {
    /// Whether the fix was tried and would have done harm, or may have.
    pub fn is_harm(self) -> bool {
        !matches!(self, Reason::NeedsReview | Reason::NotWanted | Reason::Conflict)
    }

    /// Says it to people, without a full stop at the end.
    pub fn sentence(self) -> String {
        let (before, name, after) = match self {
            Reason::NeedsReview => ("A person must look at it first", "", ""),
            Reason::NotWanted => ("It was not asked for", "", ""),
            Reason::Problem => ("BuildKit would refuse the file after it", "", ""),
            Reason::Comment => ("A comment would be lost", "", ""),
            Reason::Finding(rule) => ("It would bring a finding as bad as the one it mends: `", rule, "`"),
            Reason::Build(what) => ("It would change more than it is meant to: ", what, ""),
            Reason::Untried => ("So many fixes beside it do harm that it was not tried by itself", "", ""),
            Reason::Conflict => ("It touches what other fixes touch", "", ""),
        };
        [before, name, after].concat()
    }
}

/// Applies every safe fix, checks again, and goes on until nothing changes.
///
/// A fix is kept only if the text after it parses with no new problem, has no new finding of the same or a worse severity than the
/// one it mends, and builds what it built, but for what the rule intends. Comments survive: a fix that would lose one is left out.
pub fn fix_all(input: &Input<'_>) -> FixRun {
    fix_where(input, &|finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe))
}

/// As [`fix_all`], for the findings that `wanted` picks. Safe fixes come first, and those for review when no safe one is left.
pub fn fix_where(input: &Input<'_>, wanted: &dyn Fn(&Finding) -> bool) -> FixRun {
    let mut now = Version::of(input, input.dockerfile.to_owned());
    let mut rounds = Vec::new();
    let mut applied = Vec::new();
    let mut refused = Refused::new(input.dockerfile);
    let mut refused_since = 0;
    while rounds.len() < MOST_ROUNDS {
        let of = |level| now.attempt_level(input, level, wanted, &mut refused);
        let Some(attempt) = [Applicability::Safe, Applicability::Review].into_iter().find_map(of) else {
            // What did harm in an earlier round may do none beside what was mended since.
            if refused.reasons.is_empty() || refused_since == rounds.len() {
                break;
            }
            refused_since = rounds.len();
            refused = Refused::new(input.dockerfile);
            continue;
        };
        let mut lines = Lines::of(&now.text);
        applied.extend(attempt.kept.iter().map(|finding| describe(finding, &mut lines)));
        rounds.push(attempt.edits);
        now = attempt.after;
    }
    let Version { text, report, .. } = now;
    let mut lines = Lines::of(&text);
    let left = report.findings.iter().filter_map(|finding| left(finding, &mut lines, wanted, &refused)).into_list();
    FixRun { text, rounds, applied, left, report }
}

/// Fixes that did harm, so that they are not tried again.
struct Refused {
    /// By the rule of each and the text it stands on.
    reasons: HashMap<(&'static str, String), Reason>,
    /// How many trials may still be made to find out which fixes of one rule do harm.
    trials_left: usize,
}

impl Refused {
    fn new(text: &str) -> Refused {
        Refused { reasons: HashMap::new(), trials_left: MOST_TRIALS * LONG / text.len().max(LONG) }
    }

    fn reason(&self, finding: &Finding, text: &str) -> Option<Reason> {
        self.reasons.get(&refusal(finding, text)).copied()
    }

    fn add(&mut self, finding: &Finding, text: &str, reason: Reason) {
        self.reasons.insert(refusal(finding, text), reason);
    }
}

/// A text on the way, what is found in it and what it builds.
struct Version {
    text: String,
    report: Report,
    plan: BuildPlan,
}

/// Fixes that were applied together.
struct Attempt<'f> {
    edits: Vec<Edit>,
    after: Version,
    kept: Vec<&'f Finding>,
}

impl Version {
    fn of(input: &Input<'_>, text: String) -> Version {
        let report = check(&Input { dockerfile: &text, ..*input });
        Version::with(input, text, report)
    }

    /// Of a text that was checked.
    fn with(input: &Input<'_>, text: String, report: Report) -> Version {
        let plan = BuildPlan::of(&Document::new(&report.file, &Input { dockerfile: &text, ..*input }));
        Version { text, report, plan }
    }

    /// Applies the wanted fixes of one level that can be applied together.
    fn attempt_level(
        &self,
        input: &Input<'_>,
        level: Applicability,
        wanted: &dyn Fn(&Finding) -> bool,
        refused: &mut Refused,
    ) -> Option<Attempt<'_>> {
        let is_tried = |finding: &&Finding| {
            finding.fix.as_ref().is_some_and(|fix| fix.applicability == level)
                && wanted(finding)
                && refused.reason(finding, &self.text).is_none()
        };
        let tried = self.report.findings.iter().filter(is_tried).into_list();
        // What makes stages comes first: it does not know the steps that other fixes write.
        let makes_stages =
            |finding: &&Finding| level == Applicability::Review && finding.category == Category::MultiStage;
        let (first, others): (Vec<&Finding>, Vec<&Finding>) = tried.into_iter().partition(makes_stages);
        [first, others].into_iter().find_map(|candidates| {
            let free = select(candidates.iter().filter_map(|finding| finding.fix.as_ref()));
            let chosen: Vec<&Finding> = free.into_iter().filter_map(|index| candidates.get(index).copied()).into_list();
            self.attempt(input, &chosen, refused)
        })
    }

    /// Applies fixes together, leaving out those that do harm.
    fn attempt<'f>(&self, input: &Input<'_>, chosen: &[&'f Finding], refused: &mut Refused) -> Option<Attempt<'f>> {
        let mut best: Option<Attempt<'f>> = None;
        // Groups still to be tried, the next one last. A group that does harm is split until the fixes that do it stand alone.
        let mut groups = vec![chosen.to_vec()];
        while let Some(group) = groups.pop() {
            let kept = best.as_ref().map(|best| best.kept.as_slice()).unwrap_or_default();
            match (self.together(input, kept.iter().chain(&group).copied().into_list()), &group[..]) {
                (Ok(attempt), _) => best = Some(attempt),
                (Err(_), []) => {}
                (Err(reason), [only]) => refused.add(only, &self.text, reason),
                (Err(_), several) => match by_rule(several) {
                    Some(halves) => groups.extend(halves),
                    None if refused.trials_left == 0 => {
                        several.iter().for_each(|finding| refused.add(finding, &self.text, Reason::Untried));
                    }
                    None => {
                        refused.trials_left = refused.trials_left.saturating_sub(2);
                        let (first, second) = several.split_at(several.len() / 2);
                        groups.extend([second.to_vec(), first.to_vec()]);
                    }
                },
            }
        }
        best
    }

    fn together<'f>(&self, input: &Input<'_>, chosen: Vec<&'f Finding>) -> Result<Attempt<'f>, Reason> {
        let fixes = chosen.iter().filter_map(|finding| finding.fix.as_ref());
        let edits: Vec<Edit> = fixes.flat_map(|fix| fix.edits.clone()).into_list();
        let text = apply(&self.text, &edits).filter(|after| *after != self.text).ok_or(Reason::Conflict)?;
        let report = check(&Input { dockerfile: &text, ..*input });
        harm(&self.report, &report, &chosen)?;
        // A group that does harm is split again and again; so what it would build is asked of those alone that do none.
        let after = Version::with(input, text, report);
        match intended(&chosen).and_then(|intended| unintended(&self.plan, &after.plan, intended)) {
            Some(what) => Err(Reason::Build(what)),
            None => Ok(Attempt { edits, after, kept: chosen }),
        }
    }
}

/// Some fixes in two parts with half of their rules each, the one that is tried first last; `None` where all are of one rule. Most often all
/// fixes of a rule do harm, or none.
fn by_rule<'f>(fixes: &[&'f Finding]) -> Option<[Vec<&'f Finding>; 2]> {
    let mut rules: Vec<&str> = Vec::new();
    for finding in fixes {
        if !rules.contains(&finding.rule) {
            rules.push(finding.rule);
        }
    }
    let (first, second) = rules.split_at(rules.len() / 2);
    let of = |rules: &[&str]| fixes.iter().copied().filter(|finding| rules.contains(&finding.rule)).into_list();
    (!first.is_empty()).then(|| [of(second), of(first)])
}

/// What fixes may change of the build by their rules; `None` where one is for review, as a person looks at what that changes.
fn intended(chosen: &[&Finding]) -> Option<Changes> {
    let mut intended = Changes::default();
    for finding in chosen {
        let fix = finding.fix.as_ref()?;
        if fix.applicability == Applicability::Review {
            return None;
        }
        intended = intended.and(changes_of(finding.rule));
    }
    Some(intended)
}

/// What the safe fixes of a rule may change. Those of ShellCheck's codes write a command otherwise.
pub fn changes_of(rule: &str) -> Changes {
    if shellcheck::is_code(rule) {
        return Changes::of(&[Change::Wording, Change::Options]);
    }
    rules::CHECKS.iter().find(|check| check.id == rule).map(|check| check.fix_changes).unwrap_or_default()
}

/// Names a fix by its rule and the text it stands on.
fn refusal(finding: &Finding, text: &str) -> (&'static str, String) {
    (finding.rule, text.get(std::ops::Range::<usize>::from(finding.instruction)).unwrap_or_default().to_owned())
}

fn left(
    finding: &Finding,
    lines: &mut Lines<'_>,
    wanted: &dyn Fn(&Finding) -> bool,
    refused: &Refused,
) -> Option<LeftFix> {
    let fix = finding.fix.as_ref()?;
    let reason = match refused.reason(finding, lines.text) {
        Some(reason) => reason,
        None if wanted(finding) => Reason::Conflict,
        None if fix.applicability == Applicability::Review => Reason::NeedsReview,
        None => Reason::NotWanted,
    };
    Some(LeftFix { rule: finding.rule, title: fix.title.clone(), line: lines.line_of(finding), reason })
}

/// What harm fixes have done.
fn harm(before: &Report, after: &Report, chosen: &[&Finding]) -> Result<(), Reason> {
    if after.problems().len() > before.problems().len() {
        return Err(Reason::Problem);
    }
    if comments(after) < comments(before) {
        return Err(Reason::Comment);
    }
    // Severities are ordered from the worst: a new finding must be milder than everything that was mended.
    let Some(mildest) = chosen.iter().map(|finding| finding.severity).max() else { return Ok(()) };
    let was = count_by_rule(before);
    for (rule, (count, severity)) in count_by_rule(after).iter() {
        if *severity <= mildest && was.get(rule).is_none_or(|(was, _)| count > was) {
            return Err(Reason::Finding(rule));
        }
    }
    Ok(())
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

fn describe(finding: &Finding, lines: &mut Lines<'_>) -> AppliedFix {
    let title = finding.fix.as_ref().map(|fix| fix.title.clone()).unwrap_or_default();
    AppliedFix { rule: finding.rule, message: finding.message.clone(), title, line: lines.line_of(finding) }
}

/// The lines of a text, counted on from the last that was asked for: findings come in the order of their places.
struct Lines<'t> {
    text: &'t str,
    /// How far it was counted, in bytes, and the line there, from 1.
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Lines<'t> {
        Lines { text, at: 0, line: 1 }
    }

    fn line_of(&mut self, finding: &Finding) -> usize {
        let start = usize::from(finding.range.start());
        if start < self.at {
            *self = Lines::of(self.text);
        }
        let between = self.text.as_bytes().get(self.at..start).unwrap_or_default();
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = start;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_fixes(text: &str) -> String {
        fix_where(&Input::new(text), &|finding| finding.fix.is_some()).text
    }

    #[test]
    fn a_name_and_a_new_reference_to_it_agree() {
        let after = all_fixes(
            "FROM golang:1.26 AS Base\nRUN make\nFROM alpine:3.23\nCOPY --from=0 /a /a\nCOPY --from=Base /b /b\nCMD [\"/a\"]\n",
        );
        assert!(after.contains("AS base") && !after.contains("Base"), "{after}");
    }

    #[test]
    fn a_second_run_finds_nothing_left_to_do() {
        let text = include_str!("../../../tests/corpus/from-forms.Dockerfile");
        let after = all_fixes(text);
        assert_eq!(all_fixes(&after), after);
    }

    #[test]
    fn safe_fixes_leave_the_install_where_it_can_go_before_the_source() {
        let text = "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm install\nRUN npm run build\nCMD npm start\n";
        let safe = fix_all(&Input::new(text)).text;
        let after = fix_where(&Input::new(&safe), &|finding| finding.rule == "install-after-source-copy").text;
        let expected = "COPY package.json package-lock.json* ./\nRUN npm install && npm cache clean --force\nCOPY . .\nRUN npm run build\n";
        assert!(after.contains(expected), "{after}");
    }

    #[test]
    fn several_stages_come_before_what_would_be_in_their_way_and_hold_nothing_else_back() {
        let whole = all_fixes("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go install ./...\nCMD [\"server\"]\n");
        assert!(whole.contains(" AS build") && whole.contains("COPY --from=build"), "{whole}");
        // This second stage is refused.
        let text = "FROM node:24.11.1-bookworm-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nUSER node\n\
                    CMD [\"node\", \"dist/server.js\"]\n";
        let after = all_fixes(text);
        assert!(after.contains("COPY package.json package-lock.json* ./") && after.contains("ENV NODE_ENV"), "{after}");
    }

    #[test]
    fn what_was_done_and_what_was_left_names_its_line() {
        let text = "FROM debian:13\nMAINTAINER me\nRUN apt-get update && \\\n    apt-get install curl\nRUN sudo make\n";
        let run = fix_all(&Input::new(text));
        let done = run.applied.iter().map(|it| (it.rule, it.line)).into_list();
        assert_eq!(done, [("maintainer-deprecated", 2), ("clean-package-cache", 3), ("assume-yes", 4)]);
        for left in &run.left {
            let of_rule = run.report.findings.iter().filter(|finding| finding.rule == left.rule);
            let mut lines = of_rule.map(|it| Lines::of(&run.text).line_of(it));
            assert!(lines.any(|line| line == left.line), "{left:?}");
        }
        assert!(!run.left.is_empty());
    }

    #[test]
    fn where_many_fixes_do_harm_not_all_of_them_are_tried_one_by_one_and_those_of_other_rules_are_applied() {
        // Each join would bring a mode that is set behind a copy.
        let part = |i| {
            format!(
                "ADD https://example.org/{i}.zip /a{i}/\nRUN curl -fO x/{i}\nRUN chmod 777 /a{i} && chown -R u:g /a{i}\n"
            )
        };
        let text =
            ["FROM debian:13\nMAINTAINER me\n".to_owned()].into_iter().chain((0..45).map(part)).collect::<String>();
        let run = fix_all(&Input::new(&text));
        let why = |reason| run.left.iter().filter(|left| left.reason == reason).count();
        assert!(
            why(Reason::Finding("set-mode-and-owner-in-copy")) > 5 && why(Reason::Untried) > 5,
            "{:?}",
            run.left.first()
        );
        assert!(run.applied.iter().any(|fix| fix.rule == "maintainer-deprecated"));
        assert_eq!(fix_all(&Input::new(&run.text)).text, run.text);
    }

    #[test]
    fn a_reason_names_what_would_be_wrong() {
        let finding = Reason::Finding("copy-not-add").sentence();
        assert!(finding.ends_with("as bad as the one it mends: `copy-not-add`"), "{finding}");
        let build = Reason::Build("the user").sentence();
        assert!(build.ends_with(": the user"), "{build}");
        assert_eq!(Reason::Comment.sentence(), "A comment would be lost");
    }
}
