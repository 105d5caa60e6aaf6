//! What a check finds.

use crate::category::Category;
use crate::code::{Code, Tool};
use crate::config::{Config, is_named};
use crate::fix::{Applicability, Edit, Fix, replace};
use crate::rules::Check;
use crate::secret_value::redacted;
use crate::severity::Severity;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_place;
use layerwise_syntax::{Problem, TextRange};

/// One thing that holds a file back.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's case; empty for a rule without cases.
    pub case: &'static str,
    /// What other tools call it.
    pub codes: Vec<Code>,
    /// What it weighs.
    pub severity: Severity,
    /// What it is about.
    pub category: Category,
    /// One sentence about this place.
    pub message: String,
    /// Where; never empty in a text that is not.
    pub range: TextRange,
    /// The instruction that it is about, heredocs included.
    pub instruction: TextRange,
    /// The points of the score that are missing because of it.
    pub points: u32,
    /// A mend, where the engine knows one.
    pub fix: Option<Fix>,
    /// The comment that silences it, where one does.
    pub silenced_by: Option<TextRange>,
    /// See [`Finding::pattern`].
    pub(crate) pattern: &'static str,
    /// What it weighs as, where it stands for a finding of ours that says the same: that one's rule, severity and category.
    pub(crate) stands_for: Option<(&'static str, Severity, Category)>,
    /// The one code with which a tool answers here; see [`Finding::seen_by`].
    pub(crate) seen_by: Option<(Tool, &'static str)>,
}

/// Takes what one rule has to say.
#[derive(Debug)]
pub struct Reporter<'r> {
    check: &'r Check,
    findings: Vec<Finding>,
}

impl<'r> Reporter<'r> {
    /// For what one rule has to say.
    pub fn new(check: &'r Check) -> Self {
        Reporter { check, findings: Vec::new() }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Whether a case that is off was asked for: what it costs to look for it can be saved otherwise.
    pub fn is_asked_for(&self, case: &str, config: &Config<'_>) -> bool {
        config.compat.is_some() || config.enables_case(self.check.id, case)
    }

    /// Whether the last finding stands in a range: of the instruction that is just looked at something was said.
    pub fn has_told_of(&self, range: TextRange) -> bool {
        self.findings.last().is_some_and(|finding| range.contains_range(finding.range))
    }

    /// Whether one of the last findings stands at a range: of so many things something may have been said just now.
    pub fn has_told_of_one(&self, range: TextRange, last: usize) -> bool {
        self.findings.iter().rev().take(last).any(|finding| finding.range == range)
    }

    /// Reports a finding of a rule without cases.
    pub fn here(&mut self, range: TextRange, message: impl Into<String>) -> &mut Finding {
        self.at("", range, message)
    }

    /// Reports a finding of one of the rule's cases.
    pub fn at(&mut self, case: &'static str, range: TextRange, message: impl Into<String>) -> &mut Finding {
        let known = self.check.case(case);
        debug_assert!(known.is_some() || case.is_empty(), "{} has no case {case}", self.check.id);
        let codes =
            known.map(|case| case.codes).unwrap_or_default().iter().chain(self.check.codes).copied().into_list();
        // What stands in the file may hold a secret, and messages travel.
        let message = sentence(redacted(message.into()));
        let finding = Finding {
            rule: self.check.id,
            case,
            codes,
            severity: known.and_then(|case| case.severity).unwrap_or(self.check.severity),
            category: self.check.category,
            message,
            range,
            instruction: range,
            points: 0,
            fix: None,
            silenced_by: None,
            pattern: "",
            stands_for: None,
            seen_by: None,
        };
        self.findings.push_mut(finding)
    }
}

/// A text that begins as a sentence does, unless it begins with what stands in the file.
pub(crate) fn sentence(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

impl Reporter<'_> {
    /// Reports what BuildKit would refuse, in its own words, with its correction for review.
    pub fn refused(&mut self, case: &'static str, problem: &Problem) -> &mut Finding {
        let message = problem.message.strip_suffix('.').unwrap_or(&problem.message);
        let finding = self.at(case, problem.range, message);
        if let Some(correction) = &problem.correction {
            let edit = replace(correction.range, correction.text.clone());
            finding.fix(Applicability::Review, correction.title.clone(), [edit]);
        }
        finding
    }
}

impl Finding {
    /// Whether it goes by a name: that of its rule, that of its case, as `rule/case`, or a code that another tool has for it.
    pub fn is_named(&self, name: &str) -> bool {
        is_named(name, self.rule, self.case) || self.codes.iter().any(|code| code.code == name)
    }

    /// Says what a tool calls this very finding, where its case has several codes of that tool, or nothing where the tool does not see it.
    /// The latter matters when the engine is asked to answer as that tool does.
    pub fn seen_by(&mut self, tool: Tool, code: &'static str) {
        self.seen_by = Some((tool, code));
    }

    /// Says which tool this very finding is about, by the word that codes have for it: `dnf`, `ruby`. Codes that name another one go.
    pub fn about(&mut self, tool: &str) {
        const TOOLS: &str = "apk apt curl dnf ruby wget yum zypper";
        self.codes.retain(|own| {
            let code = own.code.to_ascii_lowercase();
            !words_of(TOOLS).any(|other| other != tool && code.contains(other))
        });
    }

    /// The pattern that shows how this is done, where there is one and no fix does it; empty otherwise. See [`crate::patterns`].
    pub fn pattern(&self) -> &'static str {
        if self.fix.is_some() { "" } else { self.pattern }
    }

    /// Names the pattern that shows how this is done.
    pub fn shown_by(&mut self, pattern: &'static str) {
        self.pattern = pattern;
    }

    /// Adds a fix, if it has edits. The title is an imperative that says what it does, and for a review fix what else it may change.
    pub fn fix(
        &mut self,
        applicability: Applicability,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) {
        let edits = by_place(edits, |edit| edit.range);
        if !edits.is_empty() {
            self.fix = Some(Fix { applicability, title: title.into(), edits });
        }
    }
}
