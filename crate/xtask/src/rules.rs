//! The rules' texts, as data for the page.

use crate::layout;
use crate::markdown::blocks;
use anyhow::Result;
use layerwise_engine::patterns::{PATTERNS, Pattern};
use layerwise_engine::rules::Example;
use layerwise_engine::{Rule, all_rules};
use serde_json::{Value, json};
use std::fs;

/// Writes `web/generated/rules.json`, which the page fetches when someone first asks why, and `patterns.json`, which it fetches when a finding
/// names a pattern.
pub fn write() -> Result<()> {
    let folder = layout::generated();
    fs::create_dir_all(&folder)?;
    let rules: Vec<Value> = all_rules().iter().map(rule).collect();
    fs::write(folder.join("rules.json"), serde_json::to_string(&rules)?)?;
    let pattern = |it: &Pattern| json!({ "id": it.id, "title": it.title, "text": it.text });
    let patterns: Vec<Value> = PATTERNS.iter().map(pattern).collect();
    fs::write(folder.join("patterns.json"), serde_json::to_string(&patterns)?)?;
    Ok(())
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "title": rule.title,
        "summary": rule.summary,
        "category": rule.category.id(),
        "severity": rule.severity.id(),
        "codes": rule.all_codes().iter().map(|code| json!({ "tool": code.tool.name(), "code": code.code })).collect::<Vec<_>>(),
        "why": blocks(rule.why),
        "leaveItWhen": blocks(rule.leave_it_when),
        "references": rule.references,
        "bad": rule.bad().map(Example::plain_text),
        "good": rule.good().map(Example::plain_text),
    })
}
