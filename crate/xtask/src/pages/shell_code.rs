//! The page of a code of ShellCheck.

use super::diff::diff;
use super::example::{day, open};
use super::frame::Page;
use super::html::{blocks, fact, figure, references, words};
use super::listing::{comment, listing, messages};
use super::rule;
use crate::rules::instruction;
use layerwise_engine::shellcheck::{ShellFinding, ShellScript};
use layerwise_engine::{Finding, Input, Severity, ShellLinter, Tool, all_rules, check};
use layerwise_shell::explained::{self, Explained};
use layerwise_shell::{Dialect, Level, Linter, Script};

/// One for each code that is explained.
pub fn pages() -> impl Iterator<Item = Page> {
    let shell = Shell(Linter::new());
    explained::all().map(move |it| page(it, &shell))
}

fn page(it: &Explained, shell: &Shell) -> Page {
    let code = format!("SC{}", it.code);
    let [bad, good] = [it.bad, it.good].map(|script| instruction(script, it.dialect));
    let findings = findings_of(&code, &bad, shell);
    let body = [
        "<p class=\"kicker\"><a href=\"rules/#shell\">Scripts</a></p>\n".to_owned(),
        format!("<h1>{}</h1>\n", words(it.title)),
        format!(
            "<dl class=\"facts\">\n{}{}{}</dl>\n",
            fact("Code", &format!("<code>{code}</code>, as ShellCheck has it")),
            fact("Weight in the score", "none"),
            said_by(&code)
        ),
        format!("<h2 id=\"why\">Why</h2>\n{}", blocks(it.why)),
        format!(
            "<h2 id=\"examples\">Example</h2>\n<div class=\"compare\">\n{}{}</div>\n",
            figure(
                "bad",
                "Instead of",
                &[
                    listing(&bad, &findings, "Dockerfile, instead of"),
                    messages(&bad, &findings),
                    if findings.is_empty() { String::new() } else { open(&bad, None) },
                ]
            ),
            figure("good", "Write", &[listing(&good, &[], "Dockerfile, write"), open(&good, None)])
        ),
        format!("<h2 id=\"fix\">What changes</h2>\n{}", diff(&bad, &good, "What changes")),
        format!(
            "<h2 id=\"leave-it\">When to leave it</h2>\n<p>Where the script means just what it says. A comment above the instruction silences it:</p>\n\
             {}",
            comment(&format!("# shellcheck disable={code}"))
        ),
        references(&[&format!("https://www.shellcheck.net/wiki/{code}")]),
    ];
    Page::new(
        format!("rules/{code}"),
        &format!("{code}: {}", it.title),
        &format!("{}: {}.", code, it.title),
        body.concat(),
    )
}

/// The rule of ours that says the same, where there is one.
fn said_by(code: &str) -> String {
    let says = |rule: &&layerwise_engine::Rule| {
        rule.all_codes().iter().any(|own| own.tool == Tool::Shellcheck && own.code == code)
    };
    let links: Vec<String> = all_rules()
        .iter()
        .filter(says)
        .map(|rule| format!("<a href=\"{}\">{}</a>", rule::address(rule.id), words(rule.title)))
        .collect();
    if links.is_empty() { String::new() } else { fact("Rule that says the same", &links.join(", ")) }
}

fn findings_of(code: &str, text: &str, shell: &Shell) -> Vec<Finding> {
    let report = check(&Input { today: day(), shell: Some(shell), ..Input::new(text) });
    report
        .findings
        .into_iter()
        .filter(|finding| finding.rule == code || finding.codes.iter().any(|own| own.code == code))
        .collect()
}

/// The shell checks without their fixes.
#[derive(Debug)]
struct Shell(Linter);

impl ShellLinter for Shell {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        let dialect = Dialect::from_name(script.dialect.name())?;
        let script =
            Script { text: script.text, dialect, stops_at_errors: script.stops_at_errors, known: script.known };
        let found = self.0.lint(&script).into_iter().map(|it| {
            let severity = match it.level {
                Level::Error => Severity::Error,
                Level::Warning => Severity::Warning,
                Level::Info => Severity::Info,
                Level::Style => Severity::Style,
            };
            ShellFinding { code: it.code, severity, message: it.message, range: it.range, fix: None }
        });
        Some(found.collect())
    }
}
