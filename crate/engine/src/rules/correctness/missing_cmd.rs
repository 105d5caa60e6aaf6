//! Images that do not say what to run.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "missing-cmd",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[droast("DF036")],
    cases: &[],
    supersedes: &[],
    title: "Nothing to run",
    summary: "Say with CMD or ENTRYPOINT what the image runs.",
    why: "
Without a command a container starts the shell of the base image, which ends at once when nobody types; on `scratch` nothing can start at all.
Whoever runs the image has to find out what it is for.
",
    leave_it_when: "Something else says what to run: a Compose file, or a chart.",
    references: &["https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact"],
    fix_changes: &[],
    examples: &[
        flagged("«FROM debian:13-slim»\nCOPY server /usr/local/bin/server\nEXPOSE 8080\n"),
        flagged("«FROM scratch AS app»\nCOPY server /server\nHEALTHCHECK CMD [\"/server\", \"--ping\"]\n"),
        clean("FROM debian:13-slim\nCOPY server /usr/local/bin/server\nEXPOSE 8080\nCMD [\"server\"]\n"),
        // The base image has one; nothing is served; others are built on it.
        clean("FROM nginx:1.30\nCOPY site /usr/share/nginx/html\nEXPOSE 80\n"),
        clean("FROM debian:13-slim\nRUN useradd -r app\nUSER app\n"),
        clean("FROM debian:13-slim AS base\nEXPOSE 8080\n"),
        clean("FROM debian:13-slim AS base\nCMD [\"server\"]\nFROM base\nEXPOSE 8080\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    const FOR_OTHERS: &str = "base sdk build builder export artifact binaries";
    let Some(stage) = document.final_stage() else { return };
    let Some((from, _)) = stage.from else { return };
    let name = stage.name.unwrap_or_default().to_ascii_lowercase();
    let is_for_others = name.contains_any(FOR_OTHERS);
    if is_for_others
        || !document.starts_bare(stage)
        || document.entrypoint(stage).is_some()
        || document.cmd(stage).is_some()
    {
        return;
    }
    let serves = |step: &Step<'_>| {
        matches!(step.kind(), InstructionKind::Expose | InstructionKind::Healthcheck | InstructionKind::Stopsignal)
    };
    if document.chain_steps(stage).into_iter().any(serves) {
        report.here(from.range, "neither CMD nor ENTRYPOINT says what the image runs");
    }
}
