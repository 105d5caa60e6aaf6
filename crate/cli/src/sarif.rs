//! The report as SARIF 2.1.0, which code hosts show beside the code.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use crate::markdown::Checked;
use crate::source::{Place, Source};
use crate::text::sentence;
use layerwise_engine::{Finding, Report, Rule, Severity, all_rules};
use layerwise_syntax::TextRange;
use serde_json::{Value, json};

/// The whole log, given the results of all files.
pub fn log(results: Vec<Value>) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "layerwise",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": all_rules().iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    let codes = rule.all_codes().into_iter().map(|code| code.code);
    let mut tags = vec![rule.category.id()];
    tags.extend(codes);
    tags.sort_unstable();
    tags.dedup();
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.summary },
        "help": { "text": rule.why.trim(), "markdown": rule.why.trim() },
        "helpUri": rule.references.first(),
        "defaultConfiguration": { "level": level(rule.severity), "enabled": rule.is_on },
        "properties": { "tags": tags },
    })
}

/// The results of one file. What a comment silences is among them, marked as such.
pub fn results(source: &Source, report: &Report) -> Vec<Value> {
    let shown = report.findings.iter().map(|finding| result(finding, source));
    let suppressed = report.suppressed.iter().map(|finding| silenced(finding, source, json!({ "kind": "inSource" })));
    shown.chain(suppressed).collect()
}

/// The results of a Dockerfile in Markdown. What its author expects is among them, marked as such.
pub fn snippet(source: &Source, snippet: &Checked) -> Vec<Value> {
    let mut all = results(source, &snippet.report);
    let reason = json!({ "kind": "inSource", "justification": "expected" });
    all.extend(snippet.expected.iter().map(|finding| silenced(finding, source, reason.clone())));
    for broken in &snippet.broken {
        all.push(json!({
            "ruleId": "expectation",
            "level": "error",
            "message": { "text": sentence(broken) },
            "locations": [location(snippet.fence, source)],
        }));
    }
    all
}

/// A result that is there and not to be shown, and what silences it.
fn silenced(finding: &Finding, source: &Source, suppression: Value) -> Value {
    let mut result = result(finding, source);
    if let Some(fields) = result.as_object_mut() {
        fields.insert("suppressions".into(), json!([suppression]));
    }
    result
}

fn result(finding: &Finding, source: &Source) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [location(finding.range, source)],
        "properties": {
            "case": finding.case,
            "codes": finding.codes.iter().map(|code| code.code).collect::<Vec<_>>(),
            "points": finding.points,
        },
    });
    // ShellCheck's codes are no rules of ours; a result may name a rule that the log does not describe.
    let index = all_rules().iter().position(|rule| rule.id == finding.rule);
    if let (Some(index), Some(fields)) = (index, result.as_object_mut()) {
        fields.insert("ruleIndex".into(), index.into());
    }
    if let (Some(fix), Some(fields)) = (&finding.fix, result.as_object_mut()) {
        let replacement = |edit: &layerwise_engine::Edit| json!({ "deletedRegion": region(edit.range, source), "insertedContent": { "text": edit.text } });
        let change = json!({
            "artifactLocation": { "uri": uri(source) },
            "replacements": fix.edits.iter().map(replacement).collect::<Vec<_>>(),
        });
        let fix = json!([{ "description": { "text": fix.title }, "artifactChanges": [change] }]);
        fields.insert("fixes".into(), fix);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Style => "note",
    }
}

fn location(range: TextRange, source: &Source) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(source) },
        "region": region(range, source),
    }})
}

fn region(range: TextRange, source: &Source) -> Value {
    let (start, end): (Place, Place) = source.places(range);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// A file's name as a relative URI: what a URI cannot hold is written in hexadecimal.
fn uri(source: &Source) -> String {
    let mut uri = String::new();
    for byte in source.name.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
