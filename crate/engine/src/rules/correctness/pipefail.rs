//! Pipes whose first commands may fail unnoticed.

use crate::image::{OsFamily, os_family};
use crate::rules::prelude::*;
use crate::shell::{Command, Script};

pub const RULE: Rule = Rule {
    id: "pipefail",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("pipe").codes(&[
            hadolint("DL4006"),
            kics("Shell Running A Pipe Without Pipefail Flag"),
            semgrep("set-pipefail"),
            droast("DF057"),
        ]),
        Case::new("harmless").codes(&[hadolint("DL4006")]).off(),
    ],
    supersedes: &[],
    title: "Pipe without pipefail",
    summary: "Without pipefail, only the last command of a pipe decides whether the RUN succeeds.",
    why: "
In `curl … | tar xz` a download that fails goes unnoticed when `tar` accepts the empty input: the step succeeds, its layer is cached, and the
file is missing. With `pipefail` the pipe fails when any part of it fails.

`dash`, which is `/bin/sh` on Debian and Ubuntu, has had no such option until lately, so switch to `bash` with `SHELL`; on Alpine `ash` has it.
",
    leave_it_when: "The command on the left may fail, and that is fine.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#using-pipes",
        "https://github.com/hadolint/hadolint/wiki/DL4006",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13\nRUN «curl -fsSL https://example.org/tool.tgz» | tar -xz -C /opt\n",
            "FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -fsSL https://example.org/tool.tgz | tar -xz -C /opt\n",
        )
        .case("pipe"),
        reviewed(
            "FROM alpine:3.23\nWORKDIR /opt\n# the tool\nRUN «wget -qO- https://example.org/tool.tgz» | tar -xz\n",
            "FROM alpine:3.23\nWORKDIR /opt\nSHELL [\"/bin/ash\", \"-o\", \"pipefail\", \"-c\"]\n# the tool\nRUN wget -qO- https://example.org/tool.tgz | tar -xz\n",
        )
        .case("pipe"),
        flagged("FROM example.org/base:1\nRUN A=$(«curl -s https://example.org/v» | head -n 1) && echo $A\n").case("pipe"),
        flagged("FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\nRUN «gpg --export» | apt-key add -\n").case("pipe"),
        flagged("FROM debian:13\nRUN «echo y» | ./configure\n").case("harmless"),
        clean("FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -fsSL https://example.org/a | tar xz\n"),
        clean("FROM debian:13\nRUN set -eo pipefail; curl -fsSL https://example.org/a | tar xz\n"),
        clean("FROM debian:13\nRUN bash -o pipefail -c 'curl -fsSL https://example.org/a | tar xz'\n"),
        clean("FROM debian:13\nRUN echo deb http://example.org stable main | tee /etc/apt/sources.list.d/a.list\n"),
        clean("FROM debian:13\nRUN a || b\nRUN find / -name x | xargs -r rm\n"),
        clean("FROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04\nSHELL [\"pwsh\", \"-Command\"]\nRUN Get-Content a | Out-File b\n"),
    ],
    check,
};

/// Programs whose failure on the left of a pipe does no harm.
const HARMLESS: [&str; 14] =
    ["echo", "printf", "yes", "cat", "true", ":", "set", "env", "find", "ls", "sort", "dpkg", "date", "uname"];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let mut is_first = true;
        for step in stage.steps.iter().filter(|step| step.is_run() && step.is_readable()) {
            let shell = step.in_force.shell;
            if shell.is_some_and(|shell| shell.arguments.iter().any(|argument| argument.value.contains("pipefail"))) {
                continue;
            }
            let left = step.scripts.iter().find_map(|run| unheeded(&run.script));
            let Some((command, case)) = left else { continue };
            let name = command.program().unwrap_or("the command before the pipe");
            let finding = report.at(case, command.range, format!("if `{name}` fails here, the build goes on"));
            let base = document.chain_base(stage);
            let shell_line = match base.image().and_then(os_family) {
                Some(OsFamily::Alpine) => "[\"/bin/ash\", \"-o\", \"pipefail\", \"-c\"]",
                Some(_) => "[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]",
                None => continue,
            };
            if case == "pipe" && shell.is_none() && is_first && !step.is_trigger {
                let at = document.block_start(step.outer);
                let line = document.line_like(step.outer, "SHELL", shell_line);
                finding.fix(
                    Review,
                    "Set a shell with pipefail, in which grep and head may now fail the build",
                    [insert(at, line)],
                );
                is_first = false;
            }
        }
    }
}

/// The first command of a script that writes to a pipe and whose failure nobody notices.
fn unheeded(script: &Script) -> Option<(&Command, &'static str)> {
    let mut harmless = None;
    for (index, command) in script.commands.iter().enumerate() {
        let gives = |words: &[crate::shell::Word]| words.iter().any(|word| word.shown().contains("pipefail"));
        if command.is_one_of(&["set"]) && gives(command.arguments()) {
            return harmless;
        }
        if !command.context.writes_pipe || command.wrappers.iter().any(|wrapper| gives(&wrapper.words)) {
            continue;
        }
        let into_shell = script
            .commands
            .get(index + 1)
            .is_some_and(|next| next.context.reads_pipe && next.is_one_of(&["sh", "bash", "ash", "dash"]));
        if command.is_one_of(&HARMLESS) && !into_shell {
            harmless = harmless.or(Some((command, "harmless")));
        } else {
            return Some((command, "pipe"));
        }
    }
    harmless
}
