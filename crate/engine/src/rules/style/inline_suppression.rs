//! Comments that silence findings.

use crate::report::Finding;
use crate::rules::prelude::*;
use crate::rules::{CHECKS, Check};
use crate::shellcheck::is_code;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_place;
/// Its id, for those who ask for nothing else: [`RULE`] would bring all its texts along.
pub const ID: &str = "inline-suppression";

pub const RULE: Rule = Rule {
    id: ID,
    category: Category::Style,
    severity: Severity::Style,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[Case::new("used").codes(&[hadolint("DL1001")]).off(), Case::new("stale").severity(Severity::Info)],
    supersedes: &[],
    title: "Comment that silences findings",
    summary: "Findings are silenced by a comment in this file.",
    why: "
An exception is sometimes right. It should say why, and it should go when its reason is gone: a comment that silences nothing today may hide
a real finding tomorrow, and a misspelt one hides nothing at all.
",
    leave_it_when: "Another version of the checker, or another build of the same file, still needs the comment.",
    references: &["https://github.com/hadolint/hadolint#ignoring-rules"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed("FROM alpine:3.23\n# layerwise ignore=«copy-not-add» why not\nCOPY a /a\n", "FROM alpine:3.23\nCOPY a /a\n")
            .case("stale"),
        fixed(
            "FROM alpine:3.23\n# layerwise ignore=«assume-yes», copy-not-add\nADD a /a\n",
            "FROM alpine:3.23\n# layerwise ignore=copy-not-add\nADD a /a\n",
        )
        .case("stale"),
        fixed(
            "FROM alpine:3.23\n# layerwise ignore=copy-not-add,«no-such-rule» on purpose\nADD a /a\n",
            "FROM alpine:3.23\n# layerwise ignore=copy-not-add on purpose\nADD a /a\n",
        )
        .case("stale"),
        fixed("FROM alpine:3.23\n# layerwise ignore=«copy-not-add»\n\nADD a /a\n", "FROM alpine:3.23\n\nADD a /a\n").case("stale"),
        flagged("FROM alpine:3.23\n«# hadolint ignore=DL3020»\nADD a /a\n").case("used"),
        clean("FROM alpine:3.23\n# layerwise ignore=copy-not-add\nADD a /a\n"),
        clean("# layerwise global ignore=DL3020\nFROM alpine:3.23\nADD a /a\n"),
        // Whether another tool still needs its comment, that tool knows best.
        clean("FROM alpine:3.23\n# hadolint ignore=DL3059\nRUN make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for suppression in document.suppressions.all() {
        let names: Vec<&str> = suppression.names.iter().map(|(name, _)| name.as_str()).into_list();
        report.at("used", suppression.content, format!("this comment silences {}", names.join(", ")));
    }
}

/// Reports what in our own comments silences nothing, given everything that was found.
pub(crate) fn report_stale(document: &Document<'_>, found: &[Finding], report: &mut Reporter<'_>) {
    let found = by_place(found, |finding| finding.range);
    for suppression in document.suppressions.all().iter().filter(|suppression| suppression.tool.is_none()) {
        let near = suppression.among(&found);
        let is_used =
            |name: &str| near.iter().any(|finding| suppression.is_for(finding) && suppression.is_named(name, finding));
        // Whoever does not look at scripts cannot tell.
        let is_open = |name: &str| !document.is_shell_linted && is_code(name);
        let stale: Vec<usize> = (0..suppression.names.len())
            .filter(|&index| suppression.names.get(index).is_some_and(|(name, _)| !is_used(name) && !is_open(name)))
            .into_list();
        for &index in &stale {
            let Some((name, range)) = suppression.names.get(index) else { continue };
            let message = if is_known(name) {
                format!("`{name}` has nothing to silence here")
            } else {
                format!("there is no rule `{name}`")
            };
            let finding = report.at("stale", *range, message);
            if let Some(edit) = suppression.without(index, stale.len() == suppression.names.len()) {
                finding.fix(Safe, "Remove it", [edit]);
            }
        }
    }
}

fn is_known(name: &str) -> bool {
    let names = |check: &Check| {
        let (rule, case) = name.split_once('/').unwrap_or((name, ""));
        let is_rule = check.id.eq_ignore_ascii_case(rule) && (case.is_empty() || check.case(case).is_some());
        let codes = check.codes.iter().chain(check.cases.iter().flat_map(|case| case.codes));
        is_rule || codes.into_iter().any(|code| code.code.eq_ignore_ascii_case(name))
    };
    is_code(name) || CHECKS.iter().any(names)
}
