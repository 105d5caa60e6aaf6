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
    fs::write(folder.join("rules.json"), serde_json::to_string(&columns(all_rules()))?)?;
    let pattern = |it: &Pattern| json!({ "id": it.id, "title": it.title, "text": it.text });
    let patterns: Vec<Value> = PATTERNS.iter().map(pattern).collect();
    fs::write(folder.join("patterns.json"), serde_json::to_string(&patterns)?)?;
    Ok(())
}

/// What the page shows of the rules, one list for each field: texts of one kind beside each other compress better.
fn columns(rules: &[Rule]) -> Value {
    let column = |field: fn(&Rule) -> Value| -> Vec<Value> { rules.iter().map(field).collect() };
    json!({
        "id": column(|rule| rule.id.into()),
        "title": column(|rule| rule.title.into()),
        "codes": column(codes),
        "why": column(|rule| json!(blocks(rule.why))),
        "leaveItWhen": column(|rule| json!(blocks(rule.leave_it_when))),
        "references": column(|rule| json!(rule.references)),
        "bad": column(|rule| rule.bad().map(Example::plain_text).into()),
        "good": column(|rule| rule.good().map(Example::plain_text).into()),
    })
}

fn codes(rule: &Rule) -> Value {
    rule.all_codes().iter().map(|code| json!({ "tool": code.tool.name(), "code": code.code })).collect()
}
