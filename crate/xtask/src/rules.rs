//! The rules' texts, as data for the page.

use crate::layout;
use crate::markdown::blocks;
use anyhow::Result;
use layerwise_engine::rules::{Example, Outcome};
use layerwise_engine::{Code, Rule, all_rules};
use serde_json::{Value, json};
use std::fs;

/// Writes `web/generated/rules.json`, which the page fetches when someone first asks why.
pub fn write() -> Result<()> {
    let folder = layout::generated();
    fs::create_dir_all(&folder)?;
    let rules: Vec<Value> = all_rules().iter().map(rule).collect();
    fs::write(folder.join("rules.json"), serde_json::to_string(&rules)?)?;
    Ok(())
}

fn rule(rule: &Rule) -> Value {
    let mut codes: Vec<Code> =
        rule.codes.iter().chain(rule.cases.iter().flat_map(|case| case.codes)).copied().collect();
    codes.sort_unstable();
    codes.dedup();
    let example = |wanted: fn(&Example) -> bool| {
        rule.examples.iter().find(|example| wanted(example)).map(|example| unmarked(example.text))
    };
    json!({
        "id": rule.id,
        "title": rule.title,
        "summary": rule.summary,
        "category": rule.category.id(),
        "severity": rule.severity.id(),
        "codes": codes.iter().map(|code| json!({ "tool": code.tool.name(), "code": code.code })).collect::<Vec<_>>(),
        "why": blocks(rule.why),
        "leaveItWhen": blocks(rule.leave_it_when),
        "references": rule.references,
        "bad": example(|example| example.outcome != Outcome::Clean),
        "good": example(|example| example.outcome == Outcome::Clean),
    })
}

/// An example without the marks that its test needs.
fn unmarked(text: &str) -> String {
    text.replace(['«', '»'], "")
}
