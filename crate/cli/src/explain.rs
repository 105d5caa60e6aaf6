//! `layerwise explain`.

use crate::Outcome;
use crate::options::BuildOptions;
use crate::settings::{hint, names_of_rules};
use crate::source::Source;
use anyhow::{Result, bail};
use layerwise_engine::explain::explain_at;
use layerwise_engine::patterns::{self, PATTERNS};
use layerwise_engine::rules::Example;
use layerwise_engine::{Rule, all_rules};
use layerwise_shell::explained::{Explained, explained};
use layerwise_shell::{Dialect, Level, level};
use std::io::Write;

/// Explains a line, or a rule. No rule has a colon in its name.
pub fn run(what: &str, options: &BuildOptions) -> Result<Outcome> {
    match what.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?))) {
        Some((file, line)) => explain_line(file, line, options),
        None => explain_rules(what),
    }
}

/// Says what a line of a Dockerfile, counted from 1, does in the build.
fn explain_line(file: &str, line: u32, options: &BuildOptions) -> Result<Outcome> {
    let source = Source::read(file)?;
    let Some(offset) = source.line_start(line) else {
        bail!("{} has no line {line}", source.title());
    };
    let mut out = anstream::stdout().lock();
    let Some(explanation) = options.with_input(&source, |input| explain_at(input, offset))? else {
        writeln!(out, "Line {line} holds no instruction.")?;
        return Ok(Outcome::Clean);
    };
    writeln!(out, "Line {}: {}", source.place(explanation.range.start()).line, explanation.title)?;
    for fact in &explanation.facts {
        writeln!(out, "  {:8} {}", fact.topic.title(), fact.text)?;
    }
    Ok(Outcome::Clean)
}

/// Explains a rule, by its id or by what another tool calls it. Several rules may answer to one code.
fn explain_rules(name: &str) -> Result<Outcome> {
    if let Some((code, level)) = shell_code(name) {
        return explain_shell(code, level);
    }
    let rules: Vec<&Rule> = all_rules().iter().filter(|rule| answers_to(rule, name)).collect();
    if rules.is_empty() {
        let codes = all_rules().iter().flat_map(Rule::all_codes).map(|code| code.code);
        let known = names_of_rules().chain(codes);
        bail!("there is no rule `{name}`{} (`layerwise rules` lists them all)", hint(name, known));
    }
    let mut out = anstream::stdout().lock();
    for (index, rule) in rules.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        explain(&mut out, rule)?;
    }
    Ok(Outcome::Clean)
}

/// One of ShellCheck's codes that is explained, and how bad it is.
fn shell_code(name: &str) -> Option<(&'static Explained, Level)> {
    let digits = name.strip_prefix("SC").or_else(|| name.strip_prefix("sc"))?;
    let code = digits.parse().ok()?;
    Some((explained(code)?, level(code)?))
}

/// Explains a code, with scripts as they stand behind `RUN` or in a heredoc.
fn explain_shell(explained: &Explained, level: Level) -> Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let Explained { code, dialect, title, why, bad, good } = explained;
    writeln!(out, "SC{code} (shell, {})\n{title}\n\n{}\n", level.name(), why.trim())?;
    let instead = match dialect {
        // What any `/bin/sh` reads is for no shell in particular.
        Dialect::Sh => "Instead of".to_owned(),
        dialect => format!("In {}, instead of", dialect.name()),
    };
    writeln!(out, "{instead}\n\n    {}\n\nwrite\n\n    {}\n", indented(bad), indented(good))?;
    writeln!(out, "https://www.shellcheck.net/wiki/SC{code}")?;
    Ok(Outcome::Clean)
}

fn answers_to(rule: &Rule, name: &str) -> bool {
    rule.id.eq_ignore_ascii_case(name) || rule.all_codes().iter().any(|code| code.code.eq_ignore_ascii_case(name))
}

fn explain(out: &mut impl Write, rule: &Rule) -> Result<()> {
    let state = if rule.is_on { "" } else { ", off unless asked for" };
    writeln!(out, "{} ({}, {}{state})", rule.id, rule.category.title().to_lowercase(), rule.severity.id())?;
    writeln!(out, "{}\n\n{}\n", rule.summary, rule.why.trim())?;
    let shown = |example: &Example| indented(&example.plain_text());
    if let Some(bad) = rule.bad() {
        writeln!(out, "Instead of\n\n    {}\n", shown(bad))?;
    }
    if let Some(good) = rule.good() {
        writeln!(out, "write\n\n    {}\n", shown(&good))?;
    }
    writeln!(out, "Leave it when: {}", rule.leave_it_when.trim())?;
    let cases: Vec<String> = rule
        .cases
        .iter()
        .map(|case| {
            let severity = case.severity.unwrap_or(rule.severity).id();
            format!("{} ({severity}{})", case.id, if case.is_on { "" } else { ", off" })
        })
        .collect();
    if !cases.is_empty() {
        writeln!(out, "Cases: {}", cases.join(", "))?;
    }
    let names: Vec<String> =
        rule.all_codes().iter().map(|code| format!("{} {}", code.tool.name(), code.code)).collect();
    if !names.is_empty() {
        writeln!(out, "Elsewhere: {}", names.join(", "))?;
    }
    for reference in rule.references {
        writeln!(out, "{reference}")?;
    }
    for pattern in PATTERNS.iter().filter(|_| patterns::RULES.contains(&rule.id)) {
        writeln!(out, "\n{}:\n\n    {}", pattern.title, indented(pattern.text))?;
    }
    Ok(())
}

fn indented(text: &str) -> String {
    text.trim_end().replace('\n', "\n    ").replace("\n    \n", "\n\n")
}
