//! Stages called `scratch` or `context`.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "reserved-stage-name",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[hadolint("DL3063"), buildkit("ReservedStageName")],
    cases: &[],
    supersedes: &[],
    title: "Reserved stage name",
    summary: "Do not call a stage `scratch` or `context`: both names mean something already.",
    why: "
`FROM scratch` always means the empty image, and `context` the files that are sent to the builder. A stage of that name cannot be reached,
or another one is taken in its place.
",
    leave_it_when: "Never: any other name will do.",
    references: &[
        "https://docs.docker.com/reference/build-checks/reserved-stage-name/",
        "https://github.com/hadolint/hadolint/wiki/DL3063",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23 AS «context»\nRUN make\nFROM alpine:3.23\nCOPY --from=context /app /app\n",
            "FROM alpine:3.23 AS context-stage\nRUN make\nFROM alpine:3.23\nCOPY --from=context-stage /app /app\n",
        ),
        reviewed("FROM alpine:3.23 AS «Scratch»\nRUN make\n", "FROM alpine:3.23 AS Scratch-stage\nRUN make\n"),
        clean("FROM alpine:3.23 AS base\nRUN make\n"),
        clean("FROM scratch AS from-scratch\nCOPY app /app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        let Some(name) = stage.from.and_then(|(_, from)| from.name.as_ref()) else { continue };
        let lower = name.text.to_ascii_lowercase();
        let meaning = match lower.as_str() {
            "scratch" => "the empty image",
            "context" => "the build context",
            _ => continue,
        };
        let finding = report.here(name.range, format!("`{}` means {meaning} and cannot name a stage", name.text));
        let other = format!("{}-stage", name.text);
        let is_single = document.stage_named(&lower).is_some_and(|named| named.index == stage.index);
        if !is_single || document.stage_named(&other).is_some() {
            continue;
        }
        let mut edits = vec![replace(name.range, &other)];
        for reference in document.stage_references().remove(&lower).unwrap_or_default() {
            if !reference.is_base {
                edits.push(replace(reference.range, &other));
            }
        }
        finding.fix(Review, format!("Call it {other} (each FROM stays as it is)"), edits);
    }
}
