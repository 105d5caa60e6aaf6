//! `ENTRYPOINT` and `CMD` that do not go together.

use crate::fix::exec_form;
use crate::path::last_part;
use crate::rules::prelude::*;
use layerwise_syntax::Command;

pub const RULE: Rule = Rule {
    id: "entrypoint-ignores-cmd",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[Case::new("ignored"), Case::new("wrapped")],
    supersedes: &["exec-form-cmd"],
    title: "CMD that does not reach ENTRYPOINT",
    summary: "Write ENTRYPOINT and CMD as JSON arrays; in shell form CMD is dropped, or arrives as a call of a shell.",
    why: "
An `ENTRYPOINT` in shell form becomes `/bin/sh -c \"…\"`. What follows it, `CMD` and the words after `docker run IMAGE`, is handed to that shell,
which pays no heed to it.

The other way round, a `CMD` in shell form is handed to the program as `/bin/sh`, `-c` and a text.
",
    leave_it_when: "The program runs whatever it is given, as an init or a script with `exec \"$@\"` does.",
    references: &["https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nENTRYPOINT ping\n«CMD [\"localhost\"]»\n",
            "FROM alpine:3.23\nENTRYPOINT [\"ping\"]\nCMD [\"localhost\"]\n",
        )
        .case("ignored"),
        reviewed(
            "FROM alpine:3.23\nENTRYPOINT [\"ping\"]\n«CMD localhost -c 1»\n",
            "FROM alpine:3.23\nENTRYPOINT [\"ping\"]\nCMD [\"localhost\", \"-c\", \"1\"]\n",
        )
        .case("wrapped"),
        flagged("FROM alpine:3.23\nENTRYPOINT cd /app && ./run\n«CMD [\"--all\"]»\n").case("ignored"),
        clean("FROM alpine:3.23\nENTRYPOINT [\"ping\"]\nCMD [\"localhost\"]\n"),
        clean("FROM alpine:3.23\nENTRYPOINT ping\n"),
        // These run what they are given.
        clean("FROM alpine:3.23\nENTRYPOINT [\"/docker-entrypoint.sh\"]\nCMD serve --all\n"),
        clean("FROM alpine:3.23\nENTRYPOINT [\"/sbin/tini\", \"--\"]\nCMD serve --all\n"),
        clean("FROM alpine:3.23\nENTRYPOINT exec ping \"$0\" \"$@\"\nCMD [\"localhost\"]\n"),
        // ENTRYPOINT drops the CMD of another stage.
        clean("FROM alpine:3.23 AS base\nCMD [\"a\"]\nFROM base\nENTRYPOINT serve\n"),
        clean("FROM node:24\nCMD []\nENTRYPOINT PORT=80 node main.js\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let (Some(entrypoint), Some(cmd)) = (document.entrypoint(stage), document.cmd(stage)) else { return };
    let (Some(start), Some(arguments)) = (entrypoint.command(), cmd.command()) else { return };
    // `CMD []` only takes away what the base image has.
    if matches!(arguments, Command::Exec(exec) if exec.arguments.is_empty()) {
        return;
    }
    let range = cmd.instruction.range;
    match (start, arguments) {
        (Command::Shell(text), _) => {
            let takes_arguments = text.text.contains_any("$@ $* $0 $1 ${1 ${@");
            if takes_arguments || text.text.starts_with('[') || text.text.is_empty() {
                return;
            }
            let message = "the ENTRYPOINT is in shell form and never sees this CMD";
            let finding = report.at("ignored", range, message);
            if let Some(edits) = exec_form(document, entrypoint) {
                finding.fix(Review, "Write ENTRYPOINT as a JSON array (CMD takes effect then)", edits);
            }
        }
        (Command::Exec(exec), Command::Shell(text)) => {
            let Some(program) = exec.arguments.first() else { return };
            if runs_its_arguments(&program.value) || text.text.starts_with('[') || text.text.is_empty() {
                return;
            }
            let message = format!("`{}` gets `/bin/sh`, `-c` and the text of this CMD as its arguments", program.value);
            let finding = report.at("wrapped", range, message);
            if let Some(edits) = exec_form(document, cmd) {
                finding.fix(Review, "Write CMD as a JSON array (the program gets its words then)", edits);
            }
        }
        _ => {}
    }
}

/// Whether a program may run the command that it is given.
fn runs_its_arguments(program: &str) -> bool {
    const SIGNS: &str = "entry init tini .sh gosu su-exec env exec run start wrap launch";
    const OTHERS: &str = "catatonit sudo nice time timeout xvfb conda mamba poetry pipenv bundle doppler";
    let name = last_part(program);
    name.contains_any(SIGNS) || name.contains_any(OTHERS)
}
