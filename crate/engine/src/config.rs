//! What a team may set.

use crate::code::Tool;
use crate::report::Finding;
use crate::severity::Severity;

/// What a team may set. The default is what the page checks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Config<'a> {
    /// Answer as this tool does by default: only findings that carry one of its codes, and among them those of cases that exist
    /// just to reproduce it.
    pub compat: Option<Tool>,
    /// Rules that are off unless they are named here, as `rule`, and cases, as `rule/case`.
    pub enable: &'a [&'a str],
    /// Rules, cases (`rule/case`) and codes of other tools that say nothing.
    pub ignore: &'a [&'a str],
    /// Severities instead of the rules' own, by rule or by `rule/case`.
    pub severity: &'a [(&'a str, Severity)],
    /// The registries that base images may come from, with an optional `*` at either end; empty allows every one.
    pub allowed_registries: &'a [&'a str],
    /// Build contexts that are given by name, `docker build --build-context NAME=…`.
    pub named_contexts: &'a [&'a str],
    /// How many lines a file may have, blank lines and comments left out.
    pub max_lines: usize,
    /// The labels that an image must have, each with what its value must be.
    pub label_schema: &'a [(&'a str, LabelKind)],
    /// Commands that a `RUN` must mount a secret for, each with the secret's id: `("npm ci", "npmrc")`. The first word is the program, the
    /// rest its first operands.
    pub secret_commands: &'a [(&'a str, &'a str)],
    /// Whether an image may have no labels but those of the schema.
    pub strict_labels: bool,
}

/// What the value of a label must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// Any text.
    Text,
    /// An address.
    Url,
    /// A time, as RFC 3339 writes it.
    Time,
    /// A licence, by its SPDX identifier.
    License,
    /// The hash of a Git commit.
    Hash,
    /// A semantic version.
    Version,
    /// An e-mail address.
    Email,
}

impl LabelKind {
    /// Every kind, by the name that settings have for it.
    pub const ALL: [(&'static str, LabelKind); 7] = [
        ("text", LabelKind::Text),
        ("url", LabelKind::Url),
        ("rfc3339", LabelKind::Time),
        ("spdx", LabelKind::License),
        ("hash", LabelKind::Hash),
        ("semver", LabelKind::Version),
        ("email", LabelKind::Email),
    ];
}

impl Config<'_> {
    /// Nothing is set.
    pub const DEFAULT: Config<'static> = Config {
        compat: None,
        enable: &[],
        ignore: &[],
        severity: &[],
        allowed_registries: &[],
        named_contexts: &[],
        max_lines: 100,
        label_schema: &[],
        secret_commands: &[],
        strict_labels: false,
    };

    /// Whether a rule that is off, or a case that is off, was asked for.
    pub(crate) fn enables(&self, rule: &str, case: &str) -> bool {
        self.enable.iter().any(|name| is_named(name, rule, case))
    }

    /// Whether this case of a rule was asked for by its own name.
    pub(crate) fn enables_case(&self, rule: &str, case: &str) -> bool {
        self.enable.iter().any(|name| name.split_once('/') == Some((rule, case)))
    }

    /// Whether a finding is asked not to be shown.
    pub(crate) fn ignores(&self, finding: &Finding) -> bool {
        self.ignore.iter().any(|name| finding.is_named(name))
    }

    /// The severity that is set for a case, or else for its rule.
    pub(crate) fn severity_of(&self, rule: &str, case: &str) -> Option<Severity> {
        let by = |wanted: &dyn Fn(&str) -> bool| {
            self.severity.iter().find(|(name, _)| wanted(name)).map(|(_, severity)| *severity)
        };
        by(&|name| name != rule && is_named(name, rule, case)).or_else(|| by(&|name| name == rule))
    }
}

impl Default for Config<'_> {
    fn default() -> Self {
        Config::DEFAULT
    }
}

/// Whether `name` is a rule, or a case of it written as `rule/case`.
pub(crate) fn is_named(name: &str, rule: &str, case: &str) -> bool {
    match name.split_once('/') {
        Some((named_rule, named_case)) => named_rule == rule && named_case == case,
        None => name == rule,
    }
}
