//! `layerwise rules`.

use crate::{Format, Outcome};
use anyhow::Result;
use layerwise_engine::score::{CAPS, K, weight};
use layerwise_engine::{Category, Rule, Severity, all_rules};
use serde_json::{Value, json};
use std::io::{Write, stdout};

/// Lists every rule.
pub fn list(format: Format) -> Result<Outcome> {
    let mut out = stdout().lock();
    if format == Format::Json {
        let rules: Vec<Value> = all_rules().iter().map(rule).collect();
        serde_json::to_writer_pretty(&mut out, &rules)?;
        writeln!(out)?;
        return Ok(Outcome::Clean);
    }
    let widest = all_rules().iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut category = None;
    for rule in all_rules() {
        if category != Some(rule.category) {
            category = Some(rule.category);
            writeln!(out, "{}", rule.category.title())?;
        }
        let state = if rule.is_on { "" } else { " (off)" };
        writeln!(out, "  {:widest$}  {:7}  {}{state}", rule.id, rule.severity.id(), rule.summary)?;
    }
    Ok(Outcome::Clean)
}

fn rule(rule: &Rule) -> Value {
    let case = |case: &layerwise_engine::rules::Case| {
        json!({
            "id": case.id,
            "severity": case.severity.unwrap_or(rule.severity).id(),
            "default": case.is_on,
            "codes": case.codes.iter().map(|code| code.code).collect::<Vec<_>>(),
        })
    };
    json!({
        "id": rule.id,
        "category": rule.category.id(),
        "severity": rule.severity.id(),
        "default": rule.is_on,
        "title": rule.title,
        "summary": rule.summary,
        "codes": rule.codes.iter().map(|code| code.code).collect::<Vec<_>>(),
        "cases": rule.cases.iter().map(case).collect::<Vec<_>>(),
    })
}

/// Prints what the score is made of.
pub fn weights() -> Result<Outcome> {
    let mut out = stdout().lock();
    writeln!(out, "score = 100 x e^(-D / {K}), a whole number, at most 99 while D > 0")?;
    writeln!(
        out,
        "D     = for each rule: its weight for the first finding, half for the second, a quarter for the third ..."
    )?;
    writeln!(out)?;
    for severity in [Severity::Error, Severity::Warning, Severity::Info, Severity::Style] {
        writeln!(out, "  {:8} {:>4}", severity.id(), weight(severity))?;
    }
    writeln!(
        out,
        "\nFindings of the category {} are shown and weigh nothing.",
        Category::Style.title().to_lowercase()
    )?;
    for cap in &CAPS {
        let (grade, severity) = (cap.grade.letter(), cap.severity.id());
        let or_worse = if cap.severity == Severity::Error { "" } else { " or worse" };
        writeln!(out, "No file gets past {grade} with a finding ({severity}{or_worse}) of {}.", cap.rules.join(", "))?;
    }
    writeln!(out)?;
    for rule in all_rules() {
        let own = (rule.id, rule.severity);
        let cases = rule.cases.iter().filter(|case| case.is_on);
        let named = cases.filter_map(|case| Some((case.id, case.severity?))).filter(|(_, severity)| *severity != own.1);
        let others: Vec<String> =
            named.map(|(case, severity)| format!("{case} {}", weight_of(rule, severity))).collect();
        let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
        writeln!(out, "  {:>4}  {}{others}", weight_of(rule, own.1), own.0)?;
    }
    Ok(Outcome::Clean)
}

fn weight_of(rule: &Rule, severity: Severity) -> f64 {
    if Category::SCORED.contains(&rule.category) { weight(severity) } else { 0.0 }
}
