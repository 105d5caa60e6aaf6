//! Another program in the place of `/bin/sh`.

use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "use-shell-instruction",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[
        kics("Changing Default Shell Using RUN Command"),
        kics("Changing Default Shell Using SHELL Command"),
        semgrep("use-shell-instruction"),
    ],
    cases: &[
        Case::new("ln").codes(&[hadolint("DL4005")]),
        Case::new("other"),
        Case::new("ln-elsewhere").codes(&[hadolint("DL4005")]).off(),
    ],
    supersedes: &[],
    title: "/bin/sh replaced",
    summary: "Change the shell of the build with SHELL, and leave /bin/sh what it is.",
    why: "
Every script of the distribution expects its own `/bin/sh`. With another program under that name the installation of a package, or the start
of a service, may go wrong in ways that nobody looks for there.

`SHELL [\"/bin/bash\", \"-c\"]` lets the instructions of the file be run by bash, and changes nothing in the image.
",
    leave_it_when: "Programs that you cannot change call /bin/sh and need bash.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#shell",
        "https://github.com/hadolint/hadolint/wiki/DL4005",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM ubuntu:24.04\nRUN «ln -sf /bin/bash /bin/sh»\n",
            "FROM ubuntu:24.04\nSHELL [\"/bin/bash\", \"-c\"]\n",
        )
        .case("ln"),
        reviewed(
            "FROM ubuntu:24.04\nrun rm /bin/sh && «ln -s /bin/bash /bin/sh»\n",
            "FROM ubuntu:24.04\nshell [\"/bin/bash\", \"-c\"]\n",
        )
        .case("ln"),
        flagged("FROM ubuntu:24.04\nRUN «ln -sf /bin/bash /bin/sh» && make\n").case("ln"),
        flagged("FROM alpine:3.23\nRUN «cp /bin/bash /bin/sh» && make\n").case("other"),
        flagged("FROM debian:13-slim\nRUN echo no | «dpkg-reconfigure dash»\n").case("other"),
        flagged("FROM alpine:3.23\nRUN «ln -s /bin/sh /usr/bin/shell»\n").case("ln-elsewhere"),
        clean("FROM ubuntu:24.04\nSHELL [\"/bin/bash\", \"-c\"]\n"),
        clean("FROM alpine:3.23\nRUN ln -s /bin/sh /usr/bin/shell && cp /bin/sh /sh && mv a.sh /usr/bin/sh-2\n"),
        // Where there is no shell, one may be put there.
        clean("FROM alpine:3.23\nRUN [\"/busybox/ln\", \"-s\", \"/busybox/sh\", \"/bin/sh\"]\n"),
    ],
    check,
};

const SHELL: &str = "/bin/sh";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        for command in step.commands() {
            let operands = command.operands();
            let is_last = operands.last().is_some_and(|word| word.is(SHELL));
            let is_busybox = command.words.iter().any(|word| word.shown().contains("busybox"));
            let case = match command.program() {
                Some("ln") if is_last && operands.len() > 1 && !is_busybox => "ln",
                Some("ln") if command.arguments().iter().any(|word| word.is(SHELL)) => "ln-elsewhere",
                Some("cp" | "mv" | "install") if is_last && !is_busybox => "other",
                Some("dpkg-reconfigure") if command.operands().iter().any(|word| word.is("dash")) => "other",
                Some("update-alternatives") if operands.iter().any(|word| word.is(SHELL)) => "other",
                _ => continue,
            };
            let finding = report.at(case, command.range, "this puts another program in the place of /bin/sh");
            if case == "ln"
                && does_only_this(step)
                && operands.first().is_some_and(|word| word.shown().ends_with("bash"))
            {
                let shell = document.line_like(step.outer, "SHELL", "[\"/bin/bash\", \"-c\"]");
                let edit = replace(step.instruction.range, shell.trim());
                finding.fix(Review, "Use SHELL (scripts with #!/bin/sh keep the old shell)", [edit]);
            }
        }
    }
}

/// Whether a `RUN` does nothing else than to replace the shell.
fn does_only_this(step: &Step<'_>) -> bool {
    let replaces =
        |command: &Command| command.is_one_of("ln rm mv") && command.operands().iter().any(|word| word.is(SHELL));
    const MOST: usize = 4;
    let is_bare = step.instruction.comments.is_empty() && step.instruction.flags.is_empty();
    is_bare && step.commands().nth(MOST).is_none() && step.commands().all(replaces)
}
