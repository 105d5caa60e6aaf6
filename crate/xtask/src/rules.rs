//! The rules' texts, as data for the page.

use crate::layout;
use crate::markdown::blocks;
use anyhow::Result;
use layerwise_engine::advice::{Advice, all_advice};
use layerwise_engine::patterns::{PATTERNS, Pattern};
use layerwise_engine::rules::Example;
use layerwise_engine::{Code, Tool};
use layerwise_engine::{Rule, all_rules, shellcheck};
use layerwise_shell::Dialect;
use layerwise_shell::explained::{self, Explained};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// Writes `web/generated/rules.json`, which the page fetches when someone first asks why, and `patterns.json`, which it fetches when a finding
/// names a pattern, `advice.json`, which it fetches when somebody first wants to run an image,
/// `shell-rules.json`, which it fetches when someone first asks why a script should change, and `rule-names.txt`, which it fetches when the author of a
/// snippet names what is not found in it.
pub fn write() -> Result<()> {
    let folder = layout::generated();
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("rules.json"), serde_json::to_string(&columns(all_rules()))?)?;
    let pattern = |it: &Pattern| json!({ "id": it.id, "title": it.title, "text": it.text });
    let patterns: Vec<Value> = PATTERNS.iter().map(pattern).collect();
    fs::write(folder.join("patterns.json"), serde_json::to_string(&patterns)?)?;
    fs::write(folder.join("advice.json"), serde_json::to_string(&advice_columns(all_advice()))?)?;
    fs::write(folder.join("shell-rules.json"), serde_json::to_string(&shell_columns())?)?;
    fs::write(folder.join("rule-names.txt"), names().into_iter().collect::<Vec<_>>().join("\n"))?;
    Ok(())
}

/// Every name that a finding may go by: a rule, a case of it, a code of another tool.
fn names() -> BTreeSet<String> {
    let of_rule = |rule: &Rule| {
        let cases = rule.cases.iter().map(|case| format!("{}/{}", rule.id, case.id));
        let codes = rule.all_codes().into_iter().map(|code| code.code.to_owned());
        [rule.id.to_owned()].into_iter().chain(cases).chain(codes).collect::<Vec<_>>()
    };
    all_rules().iter().flat_map(of_rule).chain(shellcheck::codes().map(str::to_owned)).collect()
}

/// What the page shows of the rules, one list for each field: texts of one kind beside each other compress better.
fn columns(rules: &[Rule]) -> Value {
    let column = |field: fn(&Rule) -> Value| -> Vec<Value> { rules.iter().map(field).collect() };
    json!({
        "id": column(|rule| rule.id.into()),
        "title": column(|rule| rule.title.into()),
        "codes": column(|rule| codes(&rule.all_codes())),
        "why": column(|rule| json!(blocks(rule.why))),
        "leaveItWhen": column(|rule| json!(blocks(rule.leave_it_when))),
        "references": column(|rule| json!(rule.references)),
        "bad": column(|rule| rule.bad().map(Example::plain_text).into()),
        "good": column(|rule| rule.good().map(|good| good.plain_text()).into()),
    })
}

/// What the page shows of the advice, in the same form.
fn advice_columns(advice: &[Advice]) -> Value {
    let column = |field: fn(&Advice) -> Value| -> Vec<Value> { advice.iter().map(field).collect() };
    json!({
        "id": column(|advice| advice.id.into()),
        "title": column(|advice| advice.title.into()),
        "codes": column(|advice| codes(advice.codes)),
        "why": column(|advice| json!(blocks(advice.why))),
        "references": column(|advice| json!(advice.references)),
    })
}

/// What the page shows of ShellCheck's codes, in the form of [`columns`].
fn shell_columns() -> Value {
    let all: Vec<&Explained> = explained::all().collect();
    let column = |field: fn(&Explained) -> Value| -> Vec<Value> { all.iter().map(|code| field(code)).collect() };
    json!({
        "id": column(|it| format!("SC{}", it.code).into()),
        "title": column(|it| it.title.into()),
        "codes": column(|it| json!([{ "tool": Tool::Shellcheck.name(), "code": format!("SC{}", it.code) }])),
        "why": column(|it| json!(blocks(it.why))),
        "leaveItWhen": column(|_| json!([])),
        "references": column(|it| json!([format!("https://www.shellcheck.net/wiki/SC{}", it.code)])),
        "bad": column(|it| instruction(it.bad, it.dialect).into()),
        "good": column(|it| instruction(it.good, it.dialect).into()),
    })
}

/// A script in a Dockerfile, with what has it read by bash where the `/bin/sh` of most images would refuse it.
pub fn instruction(script: &str, dialect: Dialect) -> String {
    let script = script.trim_end();
    match (script.contains('\n'), dialect) {
        (true, Dialect::Bash) => format!("RUN <<EOF\n#!/bin/bash\n{script}\nEOF\n"),
        (true, _) => format!("RUN <<EOF\n{script}\nEOF\n"),
        (false, Dialect::Bash) => format!("SHELL [\"/bin/bash\", \"-c\"]\nRUN {script}\n"),
        (false, _) => format!("RUN {script}\n"),
    }
}

fn codes(codes: &[Code]) -> Value {
    codes.iter().map(|code| json!({ "tool": code.tool.name(), "code": code.code })).collect()
}

#[cfg(test)]
mod tests {
    use super::instruction;
    use layerwise_shell::Dialect;

    #[test]
    fn a_script_for_bash_is_shown_with_what_has_bash_read_it() {
        assert_eq!(instruction("a", Dialect::Sh), "RUN a\n");
        assert_eq!(instruction("a\nb\n", Dialect::Sh), "RUN <<EOF\na\nb\nEOF\n");
        assert_eq!(instruction("a=(b)", Dialect::Bash), "SHELL [\"/bin/bash\", \"-c\"]\nRUN a=(b)\n");
        assert_eq!(instruction("a=(b)\nc", Dialect::Bash), "RUN <<EOF\n#!/bin/bash\na=(b)\nc\nEOF\n");
    }
}
