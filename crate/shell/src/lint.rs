//! Looking at a script.

use crate::codes::{KNOWN_TO_BUSYBOX, KNOWN_TO_DASH, LABELS, is_safe, rules_of};
use crate::mend::mend;
use crate::plain::is_plain;
use crate::prelude::Told;
use crate::script::{Dialect, Level, Script, ShellFinding, ShellFix};
use crate::{unlike, words};
use shuck_linter::{
    AmbientShellOptions, AnalysisRequest, Applicability, Diagnostic, LinterSettings, Rule, ShellCheckCodeMap,
    ShellDialect,
};
use shuck_parser::parser::Parser;
use std::ops::Range;

/// What is nested deeper is not read: a page's stack is small.
const DEEPEST: usize = 32;

/// How much work reading a script may be; the library's own measure and default.
const MOST_WORK: usize = 100_000;

/// How the library says that one of the two was not enough; what it has read is then a part of the script.
const OVER_THE_LIMITS: [&str; 2] = ["nesting too deep", "fuel exhausted"];

/// A longer script is not looked at: some rules take time that grows with the square of it. Of a thousand Dockerfiles the longest has 20 KB.
const LONGEST: usize = 64 * 1024;

/// Nor is a longer one that has many expansions.
const LONGEST_WITH_MANY: usize = 16 * 1024;

/// Nor one that defines more functions: who calls whom takes time that grows with the cube of their number.
const MOST_FUNCTIONS: usize = 64;

/// With more expansions than that nobody follows their values, which takes time that grows with the cube of their number.
const MOST_EXPANSIONS: usize = 120;

/// The rules that follow values.
const FOLLOWERS: [Rule; 3] = [Rule::UnquotedExpansion, Rule::PatternWithVariable, Rule::GlobInStringComparison];

/// Words that the parser recurses on without counting how deep it is: more of them than there may be levels is too deep.
const UNCOUNTED: [&str; 2] = ["time", "coproc"];

/// Looks at scripts. Making one takes longer than a script does, so make it once.
#[derive(Debug)]
pub struct Linter {
    /// By dialect, by whether the shell stops at errors, and by whether values are followed.
    settings: Vec<(Dialect, bool, bool, LinterSettings)>,
    suppressions: ShellCheckCodeMap,
    rules: Vec<(Rule, u16, Level)>,
}

impl Linter {
    /// With ShellCheck's default set of codes.
    pub fn new() -> Self {
        let of_level = |level| rules_of(level).iter().map(move |(code, rule)| (*rule, *code, level));
        let rules: Vec<_> = Level::ALL.into_iter().flat_map(of_level).collect();
        let mut settings = Vec::new();
        for dialect in Dialect::ALL {
            let reported = rules.iter().filter(|(_, code, _)| !is_known_to(dialect, *code)).map(|(rule, ..)| *rule);
            let base = LinterSettings::for_rules(reported)
                .with_shell(library_dialect(dialect))
                .with_resolve_source_closure(false);
            for errexit in [false, true] {
                let options = AmbientShellOptions { errexit, pipefail: false };
                let mut settings_of = base.clone().with_ambient_shell_options(options);
                settings.push((dialect, errexit, true, settings_of.clone()));
                for rule in FOLLOWERS {
                    settings_of.rules.remove(rule);
                }
                settings.push((dialect, errexit, false, settings_of));
            }
        }
        Linter { settings, suppressions: ShellCheckCodeMap::default(), rules }
    }

    /// What ShellCheck would say about a script, in the order of its text; nothing of one that is too long or too deep to be looked at.
    pub fn lint(&self, script: &Script<'_>) -> Vec<ShellFinding> {
        self.read(script).unwrap_or_default()
    }

    /// As [`Linter::lint`], and `None` for a script that is too long or too deep. Total: any text gives an answer in bounded time.
    pub fn read(&self, script: &Script<'_>) -> Option<Vec<ShellFinding>> {
        tell(script, |told| self.read_told(script, &told))
    }

    /// As [`Linter::read`], of a script that is short enough and told of its variables.
    pub(crate) fn read_told(&self, script: &Script<'_>, told: &Told) -> Option<Vec<ShellFinding>> {
        if is_tangled(script.text) {
            return None;
        }
        let wanted = (script.dialect, script.stops_at_errors, are_followed(script.text));
        let is_wanted =
            |(dialect, errexit, follows, _): &&(Dialect, bool, bool, _)| (*dialect, *errexit, *follows) == wanted;
        let found = self.settings.iter().find(is_wanted);
        let (.., settings) = found?;
        let profile = shuck_parser::ShellProfile::native(settings.shell.parser_dialect());
        let parsed = Parser::with_limits_and_profile(&told.text, DEEPEST, MOST_WORK, profile).parse();
        if parsed.diagnostics.iter().any(|it| OVER_THE_LIMITS.iter().any(|words| it.message.contains(words))) {
            return None;
        }
        let request = AnalysisRequest::from_parse_result(&parsed, &told.text, settings);
        let found = request.with_shellcheck_map(&self.suppressions).lint();
        let mut findings = found.iter().filter_map(|diagnostic| self.finding(diagnostic, script, told)).collect();
        unlike::adjust(&mut findings, script);
        for finding in &mut findings {
            if let Some(message) = words::sentence(finding.code, script, &finding.range) {
                finding.message = message;
            }
            mend(finding, script);
        }
        Some(findings)
    }

    fn finding(&self, diagnostic: &Diagnostic, script: &Script<'_>, told: &Told) -> Option<ShellFinding> {
        let (_, code, level) = self.rules.iter().find(|(rule, ..)| *rule == diagnostic.rule)?;
        let range = told.of_script(diagnostic.span.start.offset()..diagnostic.span.end.offset())?;
        script.text.get(range.clone())?;
        let message = diagnostic.message.trim_end_matches('.').to_owned();
        Some(ShellFinding { code: *code, level: *level, message, range, fix: fix(*code, diagnostic, script, told) })
    }
}

impl Default for Linter {
    fn default() -> Self {
        Linter::new()
    }
}

/// The fix of a finding, unless a part of it lies outside the script.
fn fix(code: u16, diagnostic: &Diagnostic, script: &Script<'_>, told: &Told) -> Option<ShellFix> {
    let fix = diagnostic.fix.as_ref()?;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for edit in fix.edits() {
        let range = told.of_script(edit.range().start().into()..edit.range().end().into())?;
        script.text.get(range.clone())?;
        edits.push((range, edit.content().to_owned()));
    }
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let is_apart = edits.windows(2).all(|pair| matches!(pair, [before, after] if before.0.end <= after.0.start));
    let own = LABELS.iter().find(|(labelled, _)| *labelled == code).map(|(_, label)| *label);
    let label = own.or(diagnostic.fix_title.as_deref()).unwrap_or("mend it").trim_end_matches('.').to_owned();
    let is_safe = fix.applicability() == Applicability::Safe && is_safe(code, script.dialect);
    is_apart.then_some(ShellFix { label, is_safe, edits })
}

/// What `read` says of a script that is told of its variables; `None` for one that is too long, and nothing of one without commands.
pub(crate) fn tell(
    script: &Script<'_>,
    read: impl FnOnce(Told) -> Option<Vec<ShellFinding>>,
) -> Option<Vec<ShellFinding>> {
    let longest = if are_followed(script.text) { LONGEST } else { LONGEST_WITH_MANY };
    if script.text.len() > longest {
        return None;
    }
    if is_plain(script.text) {
        return Some(Vec::new());
    }
    match Told::of(script) {
        Some(told) => read(told),
        None => (!is_tangled(script.text)).then(Vec::new),
    }
}

/// Whether a script nests too much, or defines too many functions, as far as its text tells.
fn is_tangled(text: &str) -> bool {
    is_too_deep(text) || functions(text) > MOST_FUNCTIONS
}

/// Whether the values of a script's expansions are followed.
fn are_followed(text: &str) -> bool {
    text.matches('$').count() <= MOST_EXPANSIONS
}

/// How many functions a script may define.
fn functions(text: &str) -> usize {
    let words = || text.split(|character: char| character.is_whitespace() || character == ';');
    text.matches("()").count().max(words().filter(|word| *word == "function").count())
}

fn is_too_deep(text: &str) -> bool {
    UNCOUNTED.iter().any(|word| text.split_whitespace().filter(|other| other == word).count() > DEEPEST)
}

fn library_dialect(dialect: Dialect) -> ShellDialect {
    match dialect {
        Dialect::Sh => ShellDialect::Sh,
        Dialect::Dash | Dialect::BusyBox => ShellDialect::Dash,
        Dialect::Bash => ShellDialect::Bash,
        Dialect::Ksh => ShellDialect::Ksh,
    }
}

/// Whether a shell has what a code says POSIX does not define.
fn is_known_to(dialect: Dialect, code: u16) -> bool {
    match dialect {
        Dialect::Dash => KNOWN_TO_DASH.contains(&code),
        Dialect::BusyBox => KNOWN_TO_DASH.contains(&code) || KNOWN_TO_BUSYBOX.contains(&code),
        Dialect::Sh | Dialect::Bash | Dialect::Ksh => false,
    }
}
