//! Shell form where there is no shell.

use crate::fix::exec_form;
use crate::packages::Trees;
use crate::path::last_part;
use crate::rules::prelude::*;
use layerwise_syntax::{Command, Source};

pub const RULE: Rule = Rule {
    id: "shell-form-without-shell",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("run").codes(&[tally("tally/shell-run-in-scratch")]), Case::new("start")],
    supersedes: &["exec-form-cmd"],
    title: "Shell form without a shell",
    summary: "Write commands as JSON arrays where the base image has no shell.",
    why: "
Shell form is run as `/bin/sh -c \"…\"`. `scratch` and distroless images leave the shell out on purpose, so that the build or the start fails
with `no such file or directory`.

Use the exec form with the program's full path, and do what needs a shell in an earlier stage.
",
    leave_it_when: "The files that are copied bring a shell along.",
    references: &[
        "https://github.com/GoogleContainerTools/distroless#entrypoints",
        "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form",
    ],
    fix_changes: &[Change::Process, Change::Healthcheck],
    examples: &[
        fixed(
            "FROM gcr.io/distroless/base-debian13:nonroot\nCOPY api /api\nCMD «/api --port 8080»\n",
            "FROM gcr.io/distroless/base-debian13:nonroot\nCOPY api /api\nCMD [\"/api\", \"--port\", \"8080\"]\n",
        )
        .case("start"),
        fixed(
            "FROM scratch\nCOPY api /api\nHEALTHCHECK CMD «/api --ping»\nCMD [\"/api\"]\n",
            "FROM scratch\nCOPY api /api\nHEALTHCHECK CMD [\"/api\", \"--ping\"]\nCMD [\"/api\"]\n",
        )
        .case("start"),
        flagged("FROM scratch\nCOPY api /api\nENTRYPOINT «/api --port $PORT»\n").case("start"),
        flagged("FROM golang:1.26 AS b\nRUN go build -o /out/api .\nFROM scratch\nCOPY --from=b /out/api /\nHEALTHCHECK CMD «/api -check $A»\nCMD [\"/api\"]\n").case("start"),
        flagged("FROM gcr.io/distroless/static-debian13\nCOPY api config.yml /\nCMD «/api --port $PORT»\n").case("start"),
        flagged("FROM scratch\nCOPY api /api\nRUN «/api --init»\nRUN /api --more\n").case("run"),
        clean("FROM gcr.io/distroless/base-debian13:nonroot\nCOPY api /api\nCMD [\"/api\", \"--port\", \"8080\"]\n"),
        clean("FROM gcr.io/distroless/base-debian13:debug\nCMD /api\n"),
        // A shell comes with the files.
        clean("FROM scratch\nADD rootfs.tar.xz /\nRUN make\nCMD make run\n"),
        clean("FROM scratch\nCOPY --from=busybox:1.37 /bin/busybox /bin/sh\nRUN ls\n"),
        clean("FROM scratch\nCOPY --from=busybox:1.37 /bin /bin\nRUN ls\n"),
        clean("FROM gcr.io/distroless/base-debian13\nSHELL [\"/busybox/sh\", \"-c\"]\nRUN ls\n"),
        clean("FROM scratch\nCOPY system /\nCMD /sbin/init\n"),
        clean("FROM scratch\nCOPY alpine-minirootfs-3.20 /\nCOPY root.fs /\nCMD api\n"),
        clean("FROM golang:1.26 AS b\nRUN make DESTDIR=/opt/app install && go build -o dist ./...\nFROM scratch\nCOPY --from=b /opt/app dist /\nCMD app\n"),
        clean("FROM scratch AS export\nCOPY a /a\nCMD /a\nFROM alpine:3.23\nCMD [\"sh\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let trees = Trees::of(document);
    document.along_chains(|step, has_shell: &mut bool| {
        let starts_bare = document.stage_of(step).is_some_and(|stage| document.starts_without_shell(stage));
        if !starts_bare || step.is_trigger {
            return;
        }
        *has_shell |= brings_shell(&trees, step);
        let mounts_some =
            step.mounts.iter().any(|mount| mount.target.as_deref().is_some_and(|target| !target.contains("cache")));
        if let Some(Command::Shell(text)) = step.command().filter(|_| step.is_run() && !*has_shell && !mounts_some)
            && !text.text.is_empty()
        {
            report.at("run", text.range, "the base image has no shell that could run this");
            // Once is enough.
            *has_shell = true;
        }
    });
    let Some(stage) = document.final_stage().filter(|stage| document.starts_without_shell(stage)) else { return };
    if document.chain_steps(stage).into_iter().any(|step| brings_shell(&trees, step)) {
        return;
    }
    for step in [document.entrypoint(stage), document.cmd(stage), document.healthcheck(stage)].into_iter().flatten() {
        let Some(Command::Shell(text)) = step.command().filter(|_| step.in_force.shell.is_none()) else { continue };
        if text.text.is_empty() {
            continue;
        }
        let finding = report.at("start", text.range, "the image has no shell that could run this");
        if let Some(edits) = exec_form(document, step) {
            finding.fix(Safe, format!("Write {} as a JSON array", step.kind().name()), edits);
        }
    }
}

/// Whether there may be a shell after a step.
fn brings_shell<'a>(trees: &Trees<'_, 'a>, step: &Step<'a>) -> bool {
    if step.kind() == InstructionKind::Shell {
        return true;
    }
    if step.is_run() {
        return matches!(step.command(), Some(Command::Exec(_)));
    }
    let Some(copy) = step.copy() else { return false };
    let is_shell = |path: &str| matches!(last_part(path), "sh" | "bash" | "ash" | "dash" | "busybox" | "toybox");
    let is_folder =
        |path: &str| matches!(path.trim_end_matches('/'), "" | "." | "/bin" | "/usr" | "/usr/bin" | "/busybox");
    let to = copy.destination.text.as_str();
    let comes = |source: &Source| is_shell(&source.word().text) || is_folder(&source.word().text);
    is_shell(to)
        || copy.destination.has_variable()
        || copy.sources.iter().any(comes)
        || is_folder(to) && trees.may_come_with(step)
}
