//! `ENV PATH=/opt/bin`.

use crate::image::{OsFamily, os_family};
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "env-path-overwritten",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "PATH without the system's folders",
    summary: "Extend PATH, `ENV PATH=/opt/app/bin:$PATH`, and do not replace it.",
    why: "
After this line neither the tools of the system nor the image's own program may be found any more: `exec: \"node\": executable file not found in
$PATH`. With `$PATH` in the value, what was there before stays.
",
    leave_it_when: "The image holds nothing but what lies in the folders that are named.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#env",
        "https://docs.docker.com/reference/dockerfile/#env",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nENV PATH=«/opt/venv/bin»\n",
            "FROM python:3.13-slim\nENV PATH=/opt/venv/bin:$PATH\n",
        ),
        reviewed(
            "FROM python:3.13-slim\nENV VENV=/opt/venv\nENV LANG=C PATH=«\"$VENV/bin\"»\n",
            "FROM python:3.13-slim\nENV VENV=/opt/venv\nENV LANG=C PATH=\"$VENV/bin:$PATH\"\n",
        ),
        flagged("FROM alpine:3.23\nENV «PATH=»\n"),
        // The variable is not one between single quotes.
        flagged("FROM alpine:3.23\nENV PATH=«'/opt/bin:$PATH'»\n"),
        clean("FROM python:3.13-slim\nENV PATH=/opt/venv/bin:$PATH\n"),
        clean("FROM alpine:3.23\nENV PATH=${PATH:+$PATH:}/opt/bin\nENV PATH /opt/bin:/usr/local/bin:/usr/bin:/bin\n"),
        clean("FROM debian:13-slim\nENV PATH=/usr/local/bin:/usr/bin\nARG MORE\nENV PATH=$MORE\n"),
        clean("FROM scratch\nENV PATH=/app\nFROM gcr.io/distroless/static-debian13\nENV PATH=/app\n"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nENV PATH=C:\\\\app\n"),
        // With one folder for both, it is `/usr/bin`.
        clean("FROM debian:13\nENV PATH=/bin\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let base = document.chain_base(stage);
        if document.starts_without_shell(stage) {
            continue;
        }
        let has_own_bin = base.image().and_then(os_family) == Some(OsFamily::Alpine);
        for step in &stage.steps {
            for pair in step.env_pairs().iter().filter(|pair| pair.key.text == "PATH") {
                let Some(value) = document.value_at(&pair.value, step) else { continue };
                let has = |folder: &str| value.split(':').any(|entry| entry.trim_end_matches('/') == folder);
                let extends = pair.value.variables().iter().any(|variable| variable.name == "PATH");
                if extends || has("/usr/bin") && has("/bin") || !has_own_bin && (has("/usr/bin") || has("/bin")) {
                    continue;
                }
                let range = pair.value.range;
                let shown = if range.is_empty() { pair.range } else { range };
                let finding = report.here(shown, "the folders of the system are no longer in PATH");
                let written = document.slice(range);
                if !written.contains(['\'', '\\']) && !written.is_empty() {
                    let is_quoted = written.ends_with('"');
                    let at = if is_quoted { range.end() - TextSize::of('"') } else { range.end() };
                    finding.fix(Review, "Keep what was in PATH", [insert(at, ":$PATH")]);
                }
            }
        }
    }
}
