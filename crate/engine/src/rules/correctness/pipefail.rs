//! Pipes whose first commands may fail unnoticed.

use crate::document::{RunScript, Use};
use crate::fix::stops_at_errors;
use crate::image::{OsFamily, os_family};
use crate::rules::prelude::*;
use crate::shell::{Command, SHELLS, Word, Wrapper};
use std::cell::OnceCell;
use std::sync::Arc;

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
A shell that the step starts itself, as in `bash -c 'a | b'`, needs the option of its own.
",
    leave_it_when: "The command on the left may fail, and that is fine. Or it ends early because the right one has read enough, as with `head`.",
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
        // The shell that was set for it can be told.
        reviewed(
            "FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\nRUN ls\nRUN «gpg --export» | apt-key add -\n",
            "FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN ls\nRUN gpg --export | apt-key add -\n",
        )
        .case("pipe"),
        flagged("FROM debian:13\nSHELL [\"/bin/sh\", \"-c\"]\nRUN «gpg --export» | apt-key add -\n").case("pipe"),
        flagged("FROM debian:13\nSHELL [\"/bin/bash\", \"-lc\"]\nRUN «gpg --export» | apt-key add -\n").case("pipe"),
        flagged("FROM debian:13\nSHELL [\"bash\", \"-c\"]\nRUN bash -c 'yes | ./configure'\nRUN «gpg --export» | apt-key add -\n").case("pipe"),
        // Another base may lack the shell, `yes` would fail, and nobody asks how the pipe ended.
        flagged("ARG BASE=debian:13\nFROM $BASE\nRUN «curl -s https://example.org/a» | tar xz\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl -s https://example.org/a» | tar xz\nRUN yes | ./configure\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl -s https://example.org/a» | tar xz; ls\n").case("pipe"),
        // The SHELL does not reach a shell that the step starts itself.
        flagged("FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN bash -c '«curl -s https://example.org/a» | tar xz'\n")
            .case("pipe"),
        flagged("FROM debian:13\nRUN [\"bash\", \"-c\", \"«curl -s https://example.org/a» | tar xz\"]\n").case("pipe"),
        flagged("FROM debian:13\nRUN <<EOF\n#!/bin/bash -e\n«curl -s https://example.org/a» | tar xz\nEOF\n").case("pipe"),
        flagged("FROM debian:13\nRUN <<EOF bash\n«curl -s https://example.org/a» | tar xz\nEOF\n").case("pipe"),
        flagged("FROM debian:13\nRUN «$FETCH» | tar xz; echo done\n").case("pipe"),
        flagged("FROM debian:13\nRUN «echo y» | ./configure\n").case("harmless"),
        flagged("FROM debian:13\nRUN «echo /opt» | sh install.sh\n").case("harmless"),
        clean("FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -fsSL https://example.org/a | tar xz\n"),
        clean("FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN sh -c 'make && make install' | tee /log\n"),
        clean("FROM debian:13\nRUN grep a.tgz sums | sha256sum -c -\n"),
        clean("FROM debian:13\nRUN set -eo pipefail; curl -fsSL https://example.org/a | tar xz\n"),
        clean("FROM debian:13\nRUN [\"bash\", \"-o\", \"pipefail\", \"-c\", \"curl -fsSL https://example.org/a | tar xz\"]\n"),
        clean("FROM debian:13\nRUN bash -euo pipefail <<EOF\ncurl -fsSL https://example.org/a | tar xz\nEOF\n"),
        clean("FROM debian:13\nRUN bash -c 'set -o pipefail; curl -fsSL https://example.org/a | tar xz'\n"),
        // Pipefail would change nothing, or the failure is expected.
        clean("FROM debian:13\nRUN export V=\"$(curl -s https://example.org/v | head -n 1)\" && make $(lscpu | wc -l)\n"),
        clean("FROM debian:13\nRUN if lscpu | grep -q avx; then make fast; fi; ! ldd /a | grep missing; ldd /b | grep missing || true\n"),
        clean("FROM debian:13\nRUN A=$(arch | sed s/x86_64/amd64/ | sed s/aarch64/arm64/) && nproc | tee /jobs\n"),
        clean("FROM debian:13\nRUN bash -o pipefail -c 'curl -fsSL https://example.org/a | tar xz'\n"),
        clean("FROM debian:13\nRUN echo deb http://example.org stable main | tee /etc/apt/sources.list.d/a.list\n"),
        clean("FROM debian:13\nRUN a || b\nRUN find / -name x | xargs -r rm\n"),
        clean("FROM mcr.microsoft.com/powershell:7.5-ubuntu-24.04\nSHELL [\"pwsh\", \"-Command\"]\nRUN Get-Content a | Out-File b\n"),
        // Bash would write one line with a backslash in it, and make two folders.
        flagged("FROM debian:13-slim\nRUN «curl -fsSL https://example.org/a.tgz» | tar xz -C /opt\nRUN echo \"[server]\\nport = 80\" > /etc/app.ini\n").case("pipe"),
        flagged("FROM debian:13-slim\nRUN «curl -fsSL https://example.org/a.tgz» | tar xz -C /opt && mkdir -p /srv/{a,b}\n").case("pipe"),
    ],
    check,
};

/// Programs whose failure on the left of a pipe does no harm.
const HARMLESS: &str = "echo printf yes cat true : set env find ls sort dpkg date uname arch id hostname whoami nproc";
/// Programs that take any input: in the middle of a pipe they do not fail.
const FILTERS: &str = "sed tr cut awk uniq tac tail tee";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let yes_later = document.needed_later(|step| if pipes_yes(step) { Use::Needs } else { Use::Ignores });
    let otherwise = OnceCell::new();
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let mut may_switch = true;
        for step in stage.steps.iter().filter(|step| step.is_run() && step.is_readable()) {
            let found = step.scripts.iter().find_map(|run| Some((run, unheeded(step, run)?)));
            let Some((run, pipe)) = found else { continue };
            let finding = report.at(pipe.case(), pipe.left.range, pipe.message());
            let is_reached = run.own_shell.is_none() && pipe.inner_shell.is_none();
            let is_heeded = run.script.ends_with_chain_of(pipe.left) || stops_at_errors(document, step, run, pipe.left);
            let breaks_yes = pipes_yes(step) || yes_later.after(step);
            if pipe.is_harmless || !is_reached || !is_heeded || breaks_yes || step.is_trigger || !may_switch {
                continue;
            }
            if step.in_force.shell.is_some() {
                if let Some(edit) = told_pipefail(stage, step) {
                    finding.fix(
                        Review,
                        "Add pipefail to the shell, in which grep and head may now fail the build",
                        [edit],
                    );
                    may_switch = false;
                }
                continue;
            }
            let Some(shell) = shell_with_pipefail(document, stage) else { continue };
            let of = |step: &Step<'_>| if is_read_otherwise(document, step) { Use::Needs } else { Use::Ignores };
            let is_for_another =
                || is_read_otherwise(document, step) || otherwise.get_or_init(|| document.needed_later(of)).after(step);
            if shell == BASH && is_for_another() {
                continue;
            }
            let line = document.line_above(step.outer, "SHELL", shell);
            finding.fix(Review, "Set a shell with pipefail, in which grep and head may now fail the build", [line]);
            may_switch = false;
        }
    }
}

/// Whether a step has `yes | …`, which pipefail makes fail: `yes` ends when nobody reads it any more.
fn pipes_yes(step: &Step<'_>) -> bool {
    step.commands().any(|command| command.context.writes_pipe && command.is_one_of("yes"))
}

/// Whether Bash reads a script otherwise than the shell of Debian does: `echo "a\nb"`, of which that makes two lines, and `{a,b}`.
fn is_read_otherwise(document: &Document<'_>, step: &Step<'_>) -> bool {
    let is_unquoted_choice = |word: &Word| {
        let text = document.slice(word.range);
        text.contains('{') && text.contains(',') && !text.contains(['"', '\'', '\\', '$'])
    };
    let differs = |command: &Command| {
        command.is_one_of("echo")
            && !command.has_flag("-e")
            && command.arguments().iter().any(|word| word.shown().contains('\\'))
            || command.arguments().iter().any(is_unquoted_choice)
    };
    let mut commands = step.scripts.iter().filter(|run| run.own_shell.is_none()).flat_map(|run| &run.script.commands);
    commands.any(differs)
}

/// The edit that adds pipefail to the shell which this stage has set for a step, where that knows it.
fn told_pipefail(stage: &Stage<'_>, step: &Step<'_>) -> Option<Edit> {
    let before = stage.steps.get(..step.index)?;
    let set = before.iter().rposition(|before| before.kind() == InstructionKind::Shell && !before.is_trigger)?;
    let Arguments::Shell(shell) = &before.get(set)?.instruction.arguments else { return None };
    let (program, last) = (shell.arguments.first()?, shell.arguments.last()?);
    let knows = crate::path::last_part(&program.value).is_one_of("bash ash zsh");
    let is_plain = knows && shell.arguments.len() == 2 && last.value == "-c";
    // It holds for what stands between, too.
    (is_plain && !before.iter().skip(set).any(pipes_yes)).then(|| insert(last.range.start(), "\"-o\", \"pipefail\", "))
}

const BASH: &str = "[\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]";

/// A `SHELL` for a stage, where its base is written out: an `ARG` may bring a base without that shell.
fn shell_with_pipefail(document: &Document<'_>, stage: &Stage<'_>) -> Option<&'static str> {
    let is_literal = |stage: &&Stage<'_>| stage.from.is_some_and(|(_, from)| from.image.is_plain());
    if !document.chain(stage).iter().all(is_literal) {
        return None;
    }
    match document.chain_base(stage).image().and_then(os_family)? {
        OsFamily::Alpine => Some("[\"/bin/ash\", \"-o\", \"pipefail\", \"-c\"]"),
        _ => Some(BASH),
    }
}

/// A pipe whose first failure nobody notices.
struct Pipe<'s> {
    left: &'s Command,
    /// The program at its end, where that is one command whose name is known.
    last: Option<&'s str>,
    /// The `sh -c` that it stands in.
    inner_shell: Option<&'s Arc<Wrapper>>,
    is_harmless: bool,
}

impl Pipe<'_> {
    fn case(&self) -> &'static str {
        if self.is_harmless { "harmless" } else { "pipe" }
    }

    fn message(&self) -> String {
        let name = self.left.program().filter(|name| self.last != Some(*name));
        let left = name.map_or_else(|| "what stands before it".to_owned(), |name| format!("`{name}`"));
        match self.last {
            Some(last) => format!("only `{last}` decides whether this pipe succeeds, even if {left} fails"),
            None => format!("this pipe may succeed even if {left} fails"),
        }
    }
}

/// The first command of a script that writes to a pipe and whose failure nobody notices.
fn unheeded<'s>(step: &Step<'_>, run: &'s RunScript) -> Option<Pipe<'s>> {
    let mut outer_has = run.is_read_with("pipefail", step.in_force.shell);
    let mut inner_has = None;
    let mut harmless = None;
    for (index, command) in run.script.commands.iter().enumerate() {
        let rest = run.script.commands.get(index + 1..).unwrap_or_default();
        let mut inner_shell = inner_shell_of(command);
        if command.is_one_of("set") && gives_pipefail(command.arguments()) {
            match inner_shell {
                Some(shell) => inner_has = Some(shell),
                None => outer_has = true,
            }
        }
        // In `bash -c 'a && b' | c` the pipe is the outer shell's.
        let next = rest.first().filter(|next| next.context.reads_pipe).and_then(inner_shell_of);
        inner_shell = inner_shell.filter(|shell| next.is_some_and(|next| Arc::ptr_eq(next, shell)));
        let has_pipefail = inner_shell.map_or(outer_has, |shell| {
            gives_pipefail(&shell.words) || inner_has.is_some_and(|known| Arc::ptr_eq(known, shell))
        });
        if !command.context.writes_pipe || has_pipefail {
            continue;
        }
        let is_harmless = is_on_purpose(command)
            || rest.first().is_some_and(verifies_input)
            || (never_matters(command) && !rest.first().is_some_and(runs_input));
        let pipe = Pipe { left: command, last: last_of_pipe(command, rest), inner_shell, is_harmless };
        if !is_harmless {
            return Some(pipe);
        }
        harmless = harmless.or(Some(pipe));
    }
    harmless
}

fn inner_shell_of(command: &Command) -> Option<&Arc<Wrapper>> {
    command.wrappers.iter().rev().find(|wrapper| wrapper.is_shell())
}

fn gives_pipefail(words: &[Word]) -> bool {
    words.iter().any(|word| word.shown().contains("pipefail"))
}

/// Whether a program can fail in no way that matters.
fn never_matters(command: &Command) -> bool {
    command.is_one_of(HARMLESS) || (command.context.reads_pipe && command.is_one_of(FILTERS))
}

/// Whether its failure is expected, or would reach nobody with pipefail either.
fn is_on_purpose(command: &Command) -> bool {
    command.context.is_tested || command.context.is_negated || command.context.loses_status
}

/// Whether a command fails when the pipe brings nothing: `sha256sum -c`.
fn verifies_input(command: &Command) -> bool {
    let is_sum = command.program().is_some_and(|program| program.ends_with("sum"));
    is_sum && command.context.reads_pipe && command.has_any_flag("-c --check --status")
}

/// Whether a command is a shell that runs what the pipe brings: `sh`, not `sh install.sh`.
fn runs_input(command: &Command) -> bool {
    command.context.reads_pipe
        && command.is_one_of(SHELLS)
        && (command.has_flag("-s") || command.operands().iter().all(|word| word.is("-")))
}

/// The program that reads the end of the pipe which a command writes to.
fn last_of_pipe<'s>(left: &Command, rest: &'s [Command]) -> Option<&'s str> {
    // What stands inside a loop or a group at the pipe's end belongs to another chain.
    let mut links = rest.iter().filter(|next| next.chain == left.chain).take_while(|next| next.context.reads_pipe);
    let last = links.find(|next| !next.context.writes_pipe)?;
    if last.wrapper("xargs").is_some() { Some("xargs") } else { last.program() }
}
