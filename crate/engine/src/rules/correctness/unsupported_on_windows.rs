//! What Windows containers do not know.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "unsupported-on-windows",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("mount").severity(Severity::Error).codes(&[tally("tally/windows/no-run-mounts")]),
        Case::new("chown").codes(&[tally("tally/windows/no-chown-flag")]),
        Case::new("stopsignal").codes(&[tally("tally/windows/no-stopsignal")]),
    ],
    supersedes: &[],
    title: "Not known to Windows containers",
    summary: "Leave out what only Linux containers have.",
    why: "
Windows has neither Unix owners and modes nor signals. `--chown`, `--chmod` and `STOPSIGNAL` are silently passed over there, so whoever reads the file
believes in a protection that does not exist.

`RUN --mount` is not implemented for Windows: the build fails when it gets there.
",
    leave_it_when: "Never: nothing is gained by it.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
        "https://docs.docker.com/build/buildkit/#buildkit-on-windows",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY «--chown=app:app» app.exe C:/app/\n",
            "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY app.exe C:/app/\n",
        )
        .case("chown"),
        fixed(
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\n«STOPSIGNAL SIGTERM»\nCMD [\"app.exe\"]\n",
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD [\"app.exe\"]\n",
        )
        .case("stopsignal"),
        flagged("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN «--mount=type=secret,id=token» build.cmd\n").case("mount"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY app.exe C:/app/\n"),
        clean("FROM debian:13-slim\nSTOPSIGNAL SIGTERM\nCOPY --chown=app:app app /app\nRUN --mount=type=tmpfs,target=/tmp make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.stages().iter().filter(|stage| stage.is_windows).flat_map(|stage| &stage.steps) {
        for flag in &step.instruction.flags {
            if flag.name == "mount" && step.is_run() {
                report.at("mount", flag.range, "Windows containers have no mounts for RUN, so the build fails here");
            } else if matches!(flag.name.as_str(), "chown" | "chmod") && step.copy().is_some() {
                let finding =
                    report.at("chown", flag.range, format!("`--{}` has no effect in a Windows container", flag.name));
                finding.fix(Safe, "Remove the flag", [delete(with_blanks_behind(document, flag.range))]);
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

/// A range with the blanks behind it on the same line.
fn with_blanks_behind(document: &Document<'_>, range: TextRange) -> TextRange {
    let rest = document.slice(TextRange::new(range.end(), TextSize::of(document.file.text())));
    let blanks = TextSize::of(rest) - TextSize::of(rest.trim_start_matches([' ', '\t']));
    TextRange::new(range.start(), range.end() + blanks)
}
