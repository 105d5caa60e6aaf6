//! What Windows containers do not know.

use crate::rules::prelude::*;
use layerwise_syntax::MountType;

pub const RULE: Rule = Rule {
    id: "unsupported-on-windows",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("mount").severity(Severity::Error).codes(&[tally("tally/windows/no-run-mounts")]),
        Case::new("recent-mount").severity(Severity::Info).codes(&[tally("tally/windows/no-run-mounts")]),
        Case::new("chown").codes(&[tally("tally/windows/no-chown-flag")]),
        Case::new("stopsignal").codes(&[tally("tally/windows/no-stopsignal")]),
    ],
    supersedes: &[],
    title: "Not known to Windows containers",
    summary: "Leave out what only Linux containers have.",
    why: "
Windows has neither Unix owners and modes nor signals. `--chown`, `--chmod` and `STOPSIGNAL` are silently passed over there, so whoever reads the file
believes in a protection that does not exist.

`RUN --mount` came late to Windows: `bind` and `cache` in 2025, `secret` in 2026. Before, and with `ssh` and `tmpfs` still, the
build fails when it gets there.
",
    leave_it_when: "Never: nothing is gained by it.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
        "https://docs.docker.com/build/buildkit/#buildkit-on-windows",
    ],
    fix_changes: &[Change::Process, Change::Modes],
    examples: &[
        reviewed(
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY «--chown=app:app» app.exe C:/app/\n",
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY app.exe C:/app/\n",
        )
        .case("chown"),
        fixed(
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\n«STOPSIGNAL SIGTERM»\nCMD [\"app.exe\"]\n",
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD [\"app.exe\"]\n",
        )
        .case("stopsignal"),
        flagged("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN «--mount=type=ssh» build.cmd\n").case("mount"),
        flagged("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN «--mount=type=cache,target=C:/c» «--mount=target=C:/b» build.cmd\n").case("recent-mount"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY app.exe C:/app/\n"),
        fixed(
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY «--chmod=755» app.exe C:/app/\n",
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY app.exe C:/app/\n",
        )
        .case("chown"),
        clean("FROM debian:13-slim\nSTOPSIGNAL SIGTERM\nCOPY --chown=app:app app /app\nRUN --mount=type=tmpfs,target=/tmp make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.stages().iter().filter(|stage| stage.is_windows).flat_map(|stage| &stage.steps) {
        let instruction = step.instruction;
        let mounted = instruction.flags_named("mount").filter(|flag| step.is_run() && flag.value.is_some());
        for (flag, mount) in mounted.zip(&step.mounts) {
            if matches!(mount.kind, MountType::Ssh | MountType::Tmpfs) {
                report.at("mount", flag.range, "Windows containers have no such mount, so the build fails here");
            } else {
                report.at("recent-mount", flag.range, "only a recent BuildKit mounts this for a Windows container");
            }
        }
        for (index, flag) in instruction.flags.iter().enumerate() {
            if matches!(flag.name.as_str(), "chown" | "chmod") && step.copy().is_some() {
                let finding =
                    report.at("chown", flag.range, format!("`--{}` has no effect in a Windows container", flag.name));
                let next = instruction.flags.get(index + 1).map_or(instruction.arguments_range, |next| next.range);
                if let Some(edit) = document.flag_to_go(flag, next.start()) {
                    // BuildKit asks Windows for an account of that name.
                    let is_name = |value: &layerwise_syntax::Word| {
                        value.text.starts_with(|first: char| first.is_ascii_alphabetic())
                    };
                    let may_be_account = flag.name == "chown" && flag.value.as_ref().is_some_and(is_name);
                    finding.fix(if may_be_account { Review } else { Safe }, "Remove the flag", [edit]);
                }
            }
        }
        if step.kind() == InstructionKind::Stopsignal && !step.is_trigger {
            report.at("stopsignal", step.outer.range, "there are no signals in a Windows container").fix(
                Safe,
                "Remove it",
                [delete(document.lines_to_go(step.outer))],
            );
        }
    }
}
