//! Failures that do not stop the build.

use crate::document::{RunScript, ScriptForm};
use crate::fix::stops_at_errors;
use crate::packages::{build, download_url, install, language_install, manifest_install, refreshes_index};
use crate::rules::prelude::*;
use crate::shell::{Chain, Command, Separator};

pub const RULE: Rule = Rule {
    id: "errors-ignored-in-run",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("heredoc"),
        Case::new("semicolon"),
        Case::new("or-true").severity(Severity::Info),
        Case::new("powershell").codes(&[tally("tally/powershell/error-action-preference")]),
    ],
    supersedes: &[],
    title: "A failure does not stop the build",
    summary: "A failing command in this RUN does not stop the build.",
    why: "
A script ends with the status of its last command. With `;` between commands, or one per line in a heredoc, an install or a download before
that may fail, and the build reports success with half of the image missing. The layer is cached, too.

Join the commands with `&&`, or begin with `set -e`.
",
    leave_it_when: "The command may fail, and what follows does without it.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#here-documents",
        "https://github.com/moby/buildkit/issues/2722",
        "https://docs.docker.com/build/building/best-practices/#run",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nRUN «apt-get update»; apt-get install -y --no-install-recommends curl=8.14.*; rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN set -e; apt-get update; apt-get install -y --no-install-recommends curl=8.14.*; rm -rf /var/lib/apt/lists/*\n",
        )
        .case("semicolon"),
        reviewed(
            "FROM debian:13-slim\nRUN <<EOF\n#!/bin/bash\n«apt-get update»\napt-get install -y curl\nEOF\n",
            "FROM debian:13-slim\nRUN <<EOF\n#!/bin/bash\nset -e\napt-get update\napt-get install -y curl\nEOF\n",
        )
        .case("heredoc"),
        flagged("FROM debian:13-slim\nRUN «apt-get install -y curl» || true\n").case("or-true"),
        // `set -e` would not help here.
        flagged("FROM debian:13-slim\nRUN «apt-get update» && apt-get install -y curl; ls\n").case("semicolon"),
        flagged("FROM node:24\nRUN ls && («npm ci» || echo failed) && npm test\n").case("or-true"),
        flagged("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL [\"powershell\", \"-Command\"]\nRUN «Invoke-WebRequest https://example.org/a.zip -OutFile a.zip; Expand-Archive a.zip»\n").case("powershell"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL [\"powershell\", \"-Command\", \"$ErrorActionPreference = 'Stop';\"]\nRUN Invoke-WebRequest https://example.org/a.zip -OutFile a.zip; Expand-Archive a.zip\n"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL [\"powershell\", \"-Command\", \"$erroractionpreference = 'stop';\"]\nRUN Expand-Archive a.zip; Remove-Item a.zip\n"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nSHELL [\"C:/pwsh.exe\", \"-Command\"]\nRUN $ErrorActionPreference = 'Stop'; Expand-Archive a.zip; Remove-Item a.zip\nRUN Expand-Archive b.zip;\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN set -eux; apt-get update; apt-get install -y curl\nRUN echo a; ls /x; make\n"),
        clean("FROM debian:13-slim\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\nRUN bash -e <<EOF\napt-get update\napt-get install -y curl\nEOF\n"),
        clean("FROM debian:13-slim\nRUN <<EOF\napt-get update && apt-get install -y curl\nEOF\nRUN cat <<EOF > /f\napt-get update\nls\nEOF\n"),
        clean("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-ec\"]\nRUN apt-get update; apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nRUN test -f /x && apt-get install -y curl || true\n"),
        clean("FROM debian:13-slim\nRUN npm ci || npm ci --force; rm -f /x || true\nRUN apt-get update || exit 1; ls\n"),
    ],
    check,
};

/// How many commands are asked whether the shell stops at errors: if it does, it mostly does so for all.
const MOST: usize = 32;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run()) {
        if let Some(script) = powershell(document, step) {
            report.at("powershell", script, "PowerShell goes on with the next statement when a cmdlet fails");
        }
        if !step.is_readable() {
            continue;
        }
        for run in &step.scripts {
            let commands = &run.script.commands;
            // What a command does is looked at last: that takes longest.
            let shrugged_off = commands
                .iter()
                .enumerate()
                .find(|(index, command)| is_shrugged_off(run, command, commands.get(index + 1)) && matters(command));
            if let Some((_, command)) = shrugged_off {
                report.at("or-true", command.range, format!("the build goes on when `{}` fails", name(command)));
            }
            let mut candidates = commands.iter().filter(|command| goes_on(run, command) && matters(command)).take(MOST);
            let Some(command) = candidates.find(|command| !stops_at_errors(document, step, run, command)) else {
                continue;
            };
            let case = if run.form == ScriptForm::Heredoc { "heredoc" } else { "semicolon" };
            let finding = report.at(case, command.range, format!("the build goes on when `{}` fails", name(command)));
            if let Some(edit) = stop(document, step, run) {
                finding.fix(Review, "Stop at the first error, also where one has gone unnoticed so far", [edit]);
            }
        }
    }
}

/// A script of several statements for PowerShell, which was not told to stop at errors.
fn powershell(document: &Document<'_>, step: &Step<'_>) -> Option<TextRange> {
    let Arguments::Run(layerwise_syntax::Command::Shell(script)) = &step.instruction.arguments else { return None };
    let shell = step.in_force.shell?;
    let program = shell.arguments.first()?.value.to_ascii_lowercase();
    // The names of its variables have no case.
    let is_told = |text: &str| text.to_ascii_lowercase().contains("erroractionpreference");
    let is_powershell = program.trim_end_matches(".exe").ends_with_any("powershell pwsh");
    if !is_powershell
        || shell.arguments.iter().any(|word| is_told(&word.value))
        || !step.instruction.heredocs.is_empty()
    {
        return None;
    }
    let text = document.slice(script.range);
    let statements = text.split(';').filter(|statement| !statement.trim().is_empty());
    (!is_told(text) && statements.count() > 1).then_some(script.range)
}

fn name(command: &Command) -> String {
    let verb = command.subcommand().and_then(|verb| verb.known()).filter(|verb| !verb.contains(['/', ':']));
    let program = command.program().unwrap_or_default();
    verb.map_or_else(|| program.to_owned(), |verb| format!("{program} {verb}"))
}

/// Whether the image lacks something when a command fails.
fn matters(command: &Command) -> bool {
    let context = command.context;
    let is_plain = !context.in_substitution && !context.in_function && !context.in_background;
    is_plain
        && (install(command).is_some()
            || refreshes_index(command).is_some()
            || manifest_install(command).is_some()
            || language_install(command).is_some()
            || build(command).is_some()
            || download_url(command).is_some()
            || command.is_one_of("git") && command.starts_with("clone")
            || command.is_one_of("tar unzip"))
}

/// Whether something else follows a command whatever became of it, unless the shell stops at errors.
fn goes_on(run: &RunScript, command: &Command) -> bool {
    let Some(chain) = run.script.chain_of(command) else { return false };
    let goes_on = matches!(chain.followed_by, Separator::Semicolon | Separator::Newline);
    let is_statement = chain.is_top_level() && goes_on && !chain.is_last && !chain.is_alternative;
    let context = command.context;
    is_statement && !context.is_conditional && !context.is_tested && !context.writes_pipe && has_more(run, chain)
}

/// Whether a command that does something stands behind a chain.
fn has_more(run: &RunScript, chain: &Chain) -> bool {
    let Some(range) = chain.range else { return false };
    run.script.commands.last().is_some_and(|last| last.range.start() > range.end() && !last.is_one_of("exit"))
}

/// Whether `|| true`, or a word about it, stands right behind a command.
fn is_shrugged_off(run: &RunScript, command: &Command, next: Option<&Command>) -> bool {
    let (Some(chain), Some(next)) = (run.script.chain_of(command), next) else { return false };
    let is_end = chain.range.is_some_and(|range| range.end() == command.range.end());
    // `test && command || true` is a condition.
    if chain.followed_by != Separator::Or || chain.links > 1 || !is_end || command.context.is_conditional {
        return false;
    }
    let ends_well = next.is_one_of("exit") && next.arguments().first().is_some_and(|word| word.is("0"));
    let is_last = run.script.chain_of(next).is_some_and(|chain| chain.links == 1 && chain.followed_by != Separator::Or);
    is_last && (next.is_one_of("true : echo") || ends_well)
}

/// The edit that makes a script stop at its first error.
fn stop(document: &Document<'_>, step: &Step<'_>, run: &RunScript) -> Option<Edit> {
    let first = run.script.top_level().next()?.range?.start();
    // `set -e` overlooks a failure in front of `&&`.
    if run.script.top_level().any(|chain| chain.links > 1 && !chain.is_last) {
        return None;
    }
    match run.form {
        ScriptForm::Inline => Some(insert(first, "set -e; ")),
        ScriptForm::Exec => None,
        ScriptForm::Heredoc => {
            let body = step.instruction.heredocs.first()?.body;
            let text = document.slice(body);
            let shebang = text.split_inclusive('\n').next().filter(|line| line.starts_with("#!")).unwrap_or_default();
            let at = body.start() + TextSize::of(shebang);
            Some(insert(at, format!("set -e{}", newline_of(document.file.text()))))
        }
    }
}
