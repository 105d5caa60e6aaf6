//! An example with what is found in it.

use super::html::{escaped, figure, pre};
use super::listing::{listing, messages};
use layerwise_engine::image::data_as_of;
use layerwise_engine::rules::Example;
use layerwise_engine::{Config, Date, Finding, Input, Rule, check};
use serde_json::{Map, Value};
use std::fmt::Write;

/// The day for which pages are made: that of the data, so that the same sources give the same pages on every day.
pub fn day() -> Option<Date> {
    Date::parse(data_as_of())
}

/// What a rule finds in one of its examples; what the example shows is switched on.
pub fn findings_of(rule: &Rule, example: &Example) -> Vec<Finding> {
    let text = example.plain_text();
    let asked = if example.case.is_empty() { rule.id.to_owned() } else { format!("{}/{}", rule.id, example.case) };
    let config = Config { enable: &[&asked], ..example.config };
    let input = Input { today: day(), dockerignore: example.dockerignore, config, ..Input::new(&text) };
    check(&input).findings.into_iter().filter(|finding| finding.rule == rule.id).collect()
}

/// Whether the playground, which has no settings, finds it too.
fn is_found_by_itself(rule: &Rule, example: &Example, text: &str) -> bool {
    let input = Input { today: day(), dockerignore: example.dockerignore, ..Input::new(text) };
    check(&input).findings.iter().any(|finding| finding.rule == rule.id)
}

/// A figure of an example of the bad way, with what is found in it.
pub fn bad(rule: &Rule, example: &Example, findings: &[Finding]) -> String {
    let text = example.plain_text();
    let link = if is_found_by_itself(rule, example, &text) { open(&text, example.dockerignore) } else { String::new() };
    let listing = listing(&text, findings, "Dockerfile, instead of");
    figure("bad", "Instead of", &[listing, ignored(example), messages(&text, findings), link])
}

/// A figure of an example of the good way.
pub fn good(example: &Example) -> String {
    let text = example.plain_text();
    let listing = listing(&text, &[], "Dockerfile, write");
    figure("good", "Write", &[listing, ignored(example), open(&text, example.dockerignore)])
}

/// The `.dockerignore` beside an example.
fn ignored(example: &Example) -> String {
    let Some(text) = example.dockerignore else { return String::new() };
    if text.trim().is_empty() {
        return "<p class=\"beside\">beside an empty <code>.dockerignore</code></p>\n".to_owned();
    }
    format!(
        "<p class=\"beside\">beside this <code>.dockerignore</code>:</p>\n{}",
        pre("listing", ".dockerignore", &escaped(text.trim_end()))
    )
}

/// A link that opens a text in the playground. `web/build.mjs` packs what it shares, in the form of `web/src/share/link.ts`.
pub fn open(dockerfile: &str, dockerignore: Option<&str>) -> String {
    let mut fields = Map::new();
    fields.insert("d".to_owned(), Value::from(dockerfile));
    if let Some(text) = dockerignore.filter(|text| !text.is_empty()) {
        fields.insert("i".to_owned(), Value::from(text));
    }
    let mut packed = String::new();
    for byte in Value::Object(fields).to_string().bytes() {
        let _ = write!(packed, "{byte:02x}");
    }
    format!("<p class=\"try\"><a href=\"playground:{packed}\">Open in the playground</a></p>\n")
}
