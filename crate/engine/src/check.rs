//! One check, from text to report.

use crate::buildkit;
use crate::category::Category;
use crate::code::{Code, Tool};
use crate::date::Date;
use crate::document::{Base, Document};
use crate::image::{Known, are_facts_old, known};
use crate::input::Input;
use crate::report::{Finding, Reporter};
use crate::rules::correctness::unknown_instruction;
use crate::rules::style::inline_suppression;
use crate::rules::{self, Check, Scope};
use crate::score::{Score, Weighed, score};
use crate::shellcheck::{self, Said, ShellLinter};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::order::by_place;
use layerwise_syntax::{Dockerfile, Instruction, InstructionKind, Problem, TextRange, parse};

/// Everything a check has to say.
#[derive(Debug)]
pub struct Report {
    /// The syntax of the file, with what BuildKit would refuse about it.
    pub file: Dockerfile,
    /// What holds the file back, in the order of the file.
    pub findings: Vec<Finding>,
    /// What a comment in the file silences, in the order of the file.
    pub suppressed: Vec<Finding>,
    /// How the file does; `None` where BuildKit would refuse it.
    pub score: Option<Score>,
    /// The scripts that the shell checks did not get through, in the order of the file.
    pub unread_scripts: Vec<TextRange>,
    /// The stages, in order. Empty for a fragment.
    pub stages: Vec<StageSummary>,
    /// Today, as the caller said.
    pub today: Option<Date>,
}

impl Report {
    /// Whether the facts about base images are older than half a year: then people should hear of it.
    pub fn has_old_facts(&self) -> bool {
        are_facts_old(self.today)
    }

    /// What BuildKit would refuse.
    pub fn problems(&self) -> &[Problem] {
        &self.file.problems
    }

    /// Whether the file asks that a run with findings of BuildKit's checks fails: `# check=error=true`.
    pub fn asks_to_fail(&self) -> bool {
        buildkit::options(&self.file).any(|option| option == ("error", "true"))
    }
}

/// What a report tells of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageSummary {
    /// The name after `AS`.
    pub name: Option<String>,
    /// What it starts from, as written.
    pub base: String,
    /// Where its `FROM` is.
    pub range: layerwise_syntax::TextRange,
    /// Whether its bytes reach the image.
    pub ships: bool,
    /// What it starts from.
    pub start: Base,
}

impl StageSummary {
    /// What is known of what it starts from, on a day.
    pub fn known(&self, today: Option<Date>) -> Known {
        known(&self.start, today)
    }
}

/// Checks a Dockerfile. Every text gives a report, in bounded time.
pub fn check(input: &Input<'_>) -> Report {
    let file = parse(input.dockerfile);
    let (mut findings, suppressed, unread_scripts, stages, applies) = {
        let document = Document::new(&file, input);
        let Said { findings: found, unread } = run_rules(&document, input.shell);
        let mut findings = Vec::new();
        let mut suppressed = Vec::new();
        for mut finding in found {
            let comment = document.suppressions.silencing(&finding, input.config.compat);
            finding.silenced_by = comment.map(|comment| comment.content);
            if comment.is_some() { suppressed.push(finding) } else { findings.push(finding) }
        }
        (findings, suppressed, unread, summaries(&document), applicable(&document))
    };
    let score = file.problems.is_empty().then(|| score_of(&findings, &applies));
    if let Some(score) = &score {
        for (finding, points) in findings.iter_mut().zip(&score.points) {
            finding.points = *points;
        }
    }
    Report { file, findings, suppressed, unread_scripts, score, stages, today: input.today }
}

/// What findings come to in a file that gives some categories something to judge.
pub(crate) fn score_of(findings: &[Finding], applies: &[Category]) -> Score {
    let weighed: Vec<Weighed> = findings.iter().map(Weighed::from).into_list();
    score(&weighed, applies)
}

impl From<&Finding> for Weighed {
    fn from(finding: &Finding) -> Weighed {
        let own = (finding.rule, finding.severity, finding.category);
        let (rule, severity, category) = finding.stands_for.unwrap_or(own);
        Weighed { rule, severity, category }
    }
}

/// What the rules have to say, in the order of the file, without what is switched off, out of scope or said twice.
fn run_rules(document: &Document<'_>, shell: Option<&dyn ShellLinter>) -> Said {
    let mut found = found_by(rules::CHECKS.iter().filter(|check| may_be_shown(check, document)), document);
    let mut unread = Vec::new();
    // Other tools than hadolint say nothing of what stands in scripts.
    if let Some(linter) = shell.filter(|_| document.config.compat.is_none_or(|tool| tool == Tool::Hadolint)) {
        let said = shellcheck::said(document, linter);
        unread = said.unread;
        let of_scripts = shown_of_scripts(document, said.findings);
        found.findings = shellcheck::in_place_of_ours(found.findings, of_scripts, document);
    }
    // A comment is stale when nothing at all is there for it to silence; so that is asked when everything else is known.
    for check in rules::CHECKS.iter().filter(|check| check.id == inline_suppression::ID) {
        let mut reporter = Reporter::new(check);
        inline_suppression::report_stale(document, &found.findings, &mut reporter);
        let stale = reporter.into_findings().into_iter().filter_map(|finding| shown(check, finding, document));
        found.findings.extend(stale);
    }
    withhold_fixes(document, &mut found.findings);
    Said { findings: found.in_order(), unread }
}

/// What some rules find.
pub(crate) struct Found {
    findings: Vec<Finding>,
    /// The rules that have nothing to add to what another one says of an instruction.
    superseded: HashSet<(&'static str, TextRange)>,
}

/// What these rules find, without what is switched off or out of scope.
pub(crate) fn found_by<'c>(checks: impl IntoIterator<Item = &'c Check>, document: &Document<'_>) -> Found {
    let mut findings = Vec::new();
    let mut superseded = HashSet::new();
    for check in checks {
        let mut reporter = Reporter::new(check);
        (check.run)(document, &mut reporter);
        for finding in reporter.into_findings().into_iter().filter_map(|finding| shown(check, finding, document)) {
            superseded.extend(check.supersedes.iter().map(|rule| (*rule, finding.instruction)));
            findings.push(finding);
        }
    }
    Found { findings, superseded }
}

impl Found {
    /// The findings in the order of the file, without what is said twice.
    pub(crate) fn in_order(mut self) -> Vec<Finding> {
        self.findings.retain(|finding| !self.superseded.contains(&(finding.rule, finding.instruction)));
        by_place(self.findings, |finding| finding.range)
    }
}

/// What is said of the file's scripts, without what is switched off.
fn shown_of_scripts(document: &Document<'_>, said: Vec<Finding>) -> Vec<Finding> {
    let config = &document.config;
    let mut shown = Vec::new();
    for mut finding in said {
        let is_no_slip = || config.compat.is_none() && shellcheck::is_on_purpose(document, &finding);
        if config.ignores(&finding) || is_no_slip() {
            continue;
        }
        finding.severity = config.severity_of(finding.rule, "").unwrap_or(finding.severity);
        shown.push(finding);
    }
    shown
}

/// Takes back fixes of an instruction that an unknown one follows: its next lines may be in there, for want of a backslash.
fn withhold_fixes(document: &Document<'_>, findings: &mut [Finding]) {
    let is_unknown = |instruction: &Instruction| instruction.kind() == InstructionKind::Unknown;
    let torn: Vec<TextRange> = document
        .file
        .instructions
        .windows(2)
        .filter_map(|pair| match pair {
            [torn, unknown] if is_unknown(unknown) && !is_unknown(torn) => Some(torn.lines),
            _ => None,
        })
        .into_list();
    for finding in findings.iter_mut().filter(|finding| finding.rule != unknown_instruction::ID) {
        let starts = |lines: &TextRange| {
            let edits = finding.fix.as_ref().map(|fix| fix.edits.as_slice()).unwrap_or_default();
            edits.iter().any(|edit| lines.contains_inclusive(edit.range.start()))
        };
        let after = torn.partition_point(|lines| lines.end() < finding.range.start());
        if torn.get(after).is_some_and(starts) {
            finding.fix = None;
        }
    }
}

/// A finding as it is shown, if it is: with its instruction, and the severity that the team has set.
fn shown(check: &Check, mut finding: Finding, document: &Document<'_>) -> Option<Finding> {
    let is_heard = |tool: Tool, seen: &str| !seen.is_empty() || document.config.compat == Some(tool);
    if let Some((tool, seen)) = finding.seen_by.filter(|(tool, seen)| is_heard(*tool, seen)) {
        finding.codes.retain(|own| own.tool != tool || own.code == seen);
    }
    if !is_shown(check, &finding, document) {
        return None;
    }
    if let Some(severity) = document.config.severity_of(check.id, finding.case) {
        finding.severity = severity;
    }
    if let Some(instruction) = document.file.instruction_at(finding.range.start()) {
        finding.instruction = instruction.range;
    }
    Some(finding)
}

/// Whether anything that a rule may find is shown: it is on, or it or one of its cases was asked for; and a part of a file is no image.
pub(crate) fn may_be_shown(check: &Check, document: &Document<'_>) -> bool {
    let config = &document.config;
    if document.file.is_fragment && check.scope == Scope::Final {
        return false;
    }
    let names = |name: &&str| name.split('/').next() == Some(check.id);
    let is_asked_for = |code: &Code| buildkit::asks_for(document.file, code);
    check.is_on
        || config.compat.is_some()
        || config.enable.iter().any(names)
        || check.cases.iter().flat_map(|case| case.codes).any(is_asked_for)
}

/// Whether a finding is shown: its rule and case are on, and its stage is in the rule's scope.
fn is_shown(check: &Check, finding: &Finding, document: &Document<'_>) -> bool {
    let config = &document.config;
    let answers_as = |codes: &[Code]| {
        let is_theirs = |code: &Code| Some(code.tool) == config.compat && code.is_on_by_default();
        let is_asked_for = |code: &Code| {
            config.compat.is_none_or(|tool| tool == Tool::Buildkit) && buildkit::asks_for(document.file, code)
        };
        codes.iter().any(|code| is_theirs(code) || is_asked_for(code))
    };
    if config.compat.is_some() && !answers_as(&finding.codes) || config.ignores(finding) {
        return false;
    }
    if let Some(case) = check.case(finding.case).filter(|case| !case.is_on) {
        // A case that is off may exist to speak where the rule itself does not.
        return config.enables_case(check.id, case.id) || answers_as(case.codes);
    }
    if !check.is_on && !config.enables(check.id, finding.case) && !answers_as(&finding.codes) {
        return false;
    }
    match (check.scope, document.stage_at(finding.range.start())) {
        (Scope::File | Scope::All, _) | (_, None) => true,
        (Scope::Shipped | Scope::Final, Some(stage)) => stage.is_shipped(),
    }
}

fn summaries(document: &Document<'_>) -> Vec<StageSummary> {
    let summary = |stage: &crate::document::Stage<'_>| {
        let (instruction, from) = stage.from?;
        Some(StageSummary {
            name: stage.name.map(str::to_owned),
            base: from.image.text.clone(),
            range: instruction.range,
            ships: stage.ships,
            start: stage.base.clone(),
        })
    };
    document.stages().iter().filter_map(summary).into_list()
}

/// The categories that have something to judge in a file.
pub(crate) fn applicable(document: &Document<'_>) -> Vec<Category> {
    let has = |kinds: &[InstructionKind]| document.steps().any(|step| kinds.contains(&step.kind()));
    let builds = has(&[InstructionKind::Run, InstructionKind::Copy, InstructionKind::Add]);
    let configures = has(&[
        InstructionKind::Cmd,
        InstructionKind::Entrypoint,
        InstructionKind::Env,
        InstructionKind::Arg,
        InstructionKind::Label,
        InstructionKind::Expose,
        InstructionKind::Healthcheck,
        InstructionKind::Stopsignal,
        InstructionKind::Maintainer,
    ]);
    let mut applies = vec![Category::Correctness];
    let has_image = document
        .stages()
        .iter()
        .any(|stage| matches!(stage.base, Base::Image(_) | Base::Unknown) && stage.from.is_some());
    for (category, is_judged) in [
        (Category::BaseImage, has_image),
        (Category::MultiStage, has(&[InstructionKind::Run]) && !document.file.is_fragment),
        (Category::Layers, builds),
        (Category::Security, !document.file.is_fragment || configures || builds),
        (Category::Caching, builds),
        (Category::Config, configures),
        (Category::Size, builds),
    ] {
        if is_judged {
            applies.push(category);
        }
    }
    applies
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::input::Input;

    #[test]
    fn no_message_repeats_a_secret() {
        let text = "FROM alpine:3.23\nRUN curl http://ci:Tr0ub4dor3@git.example.net/a.sh | sh\n\
            RUN wget http://ci:Tr0ub4dor3@git.example.net/b.sh && sh b.sh\nADD http://ci:Tr0ub4dor3@git.example.net/c.tgz /\n";
        let report = check(&Input::new(text));
        assert!(report.findings.iter().any(|finding| finding.rule == "insecure-download-url"));
        for finding in &report.findings {
            assert!(!finding.message.contains("Tr0ub4dor3"), "{}", finding.message);
        }
    }

    #[test]
    fn nothing_is_reported_of_a_name_or_a_script_that_is_empty() {
        for text in ["FROM scratch\nRUN ", "FROM alpine:3.23\nCOPY --from= a /a\nCOPY --from=\"\" b /b\n"] {
            let report = check(&Input::new(text));
            assert!(report.findings.iter().all(|finding| !finding.range.is_empty()), "{text}");
        }
    }

    #[test]
    fn an_instruction_may_begin_behind_a_line_that_only_continues() {
        let report = check(&Input::new(" \\\n# escape=`\nENV DEBIAN_FRONTEND noninteractive\n && "));
        assert!(report.findings.iter().any(|finding| finding.rule == "unknown-instruction"));
    }

    #[test]
    fn what_a_lost_backslash_tears_apart_has_no_fix() {
        let has_fix = |text: &str| {
            let report = check(&Input::new(text));
            let found = report.findings.into_iter().find(|finding| finding.rule == "clean-package-cache");
            found.expect("the cache is left").fix.is_some()
        };
        assert!(has_fix("FROM fedora:43\nRUN dnf install -y \\\n  curl \\\n  git\n"));
        assert!(!has_fix("FROM fedora:43\nRUN dnf install -y \\\n  curl\n  git\n"));
    }
}
