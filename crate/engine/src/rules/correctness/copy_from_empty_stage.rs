//! Copies from a stage that holds nothing.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "copy-from-empty-stage",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/copy-from-empty-scratch-stage")],
    cases: &[],
    supersedes: &[],
    title: "Copied from a stage that is empty",
    summary: "Put files into the stage before something is copied from it.",
    why: "
A stage that starts from `scratch` and adds no file holds nothing at all. `COPY --from` finds no such path in it, and the build stops there.

Most often the `COPY` that should fill the stage was moved or forgotten, or another stage was meant.
",
    leave_it_when: "Never: such a build cannot succeed.",
    references: &["https://docs.docker.com/reference/dockerfile/#copy---from"],
    fix_changes: &[],
    examples: &[
        flagged(
            "FROM scratch AS assets\nLABEL stage=\"assets\"\n\nFROM nginx:1.30\nCOPY --from=«assets» /site /usr/share/nginx/html\n",
        ),
        flagged("FROM scratch AS base\nFROM base AS empty\nENV A=1\nFROM alpine:3.23\nRUN --mount=from=«empty»,target=/in cp /in/a /a\n"),
        clean(
            "FROM scratch AS assets\nCOPY site /site\n\nFROM nginx:1.30\nCOPY --from=assets /site /usr/share/nginx/html\n",
        ),
        clean("FROM scratch AS base\nADD rootfs.tar /\nFROM base AS app\nFROM alpine:3.23\nCOPY --from=app /a /a\n"),
        clean("FROM scratch AS base\nWORKDIR /in\nFROM alpine:3.23\nCOPY --from=base /in /in\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    // Whether each stage holds nothing; a parent always stands earlier.
    let mut is_empty: Vec<bool> = Vec::new();
    for stage in document.stages() {
        let starts_empty = match stage.parent {
            Some(parent) => is_empty.get(parent).copied().unwrap_or_default(),
            None => stage.base == Base::Scratch,
        };
        is_empty.push(starts_empty && !stage.own_steps().any(adds_files));
    }
    for step in document.steps() {
        for (name, range) in step.takes_from() {
            let Some(stage) = document.stage_of_reference(name).filter(|stage| stage.index < step.stage) else {
                continue;
            };
            if is_empty.get(stage.index).copied().unwrap_or_default() {
                report.here(range, format!("stage `{name}` starts from scratch and holds no file"));
            }
        }
    }
}

fn adds_files(step: &Step<'_>) -> bool {
    match &step.instruction.arguments {
        Arguments::Workdir(path) => path.text != "/",
        _ => matches!(step.kind(), InstructionKind::Copy | InstructionKind::Add | InstructionKind::Run),
    }
}
