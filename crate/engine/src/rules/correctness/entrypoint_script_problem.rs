//! Start scripts that cannot be started, or that do not hand over.

use crate::document::RunScript;
use crate::fix::is_builtin;
use crate::rules::prelude::*;
use crate::shell::{self, Dialect, Word};
use layerwise_syntax::{Command, Heredoc, Source};

pub const RULE: Rule = Rule {
    id: "entrypoint-script-problem",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("heredoc-mode").severity(Severity::Error),
        Case::new("copied-mode").severity(Severity::Info).off(),
        Case::new("no-exec"),
        Case::new("no-args"),
        Case::new("crlf").severity(Severity::Error),
    ],
    supersedes: &[],
    title: "Start script that does not start, or does not hand over",
    summary: "Make the start script executable, and end it with `exec \"$@\"`.",
    why: "
What a heredoc writes has mode 0644 and cannot be started. And a script that calls the program without `exec` stays process 1: signals to stop
reach the shell, not the program.
",
    leave_it_when: "The script is there to supervise several programs.",
    references: &["https://docs.docker.com/build/building/best-practices/#entrypoint"],
    fix_changes: &[Change::Modes, Change::Contents],
    examples: &[
        fixed(
            "FROM debian:13-slim\nCOPY <<\"EOF\" /entrypoint.sh\n#!/bin/sh\nset -e\nexec \"$@\"\nEOF\nENTRYPOINT [«\"/entrypoint.sh\"»]\nCMD [\"server\"]\n",
            "FROM debian:13-slim\nCOPY --chmod=755 <<\"EOF\" /entrypoint.sh\n#!/bin/sh\nset -e\nexec \"$@\"\nEOF\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"server\"]\n",
        )
        .case("heredoc-mode"),
        flagged("FROM debian:13-slim\nRUN echo 'exec server' > /start.sh\nCMD [«\"/start.sh\"»]\n").case("heredoc-mode"),
        flagged("FROM debian:13-slim\nCOPY start.sh /start.sh\nCMD [«\"/start.sh\"»]\n").case("copied-mode"),
        reviewed(
            "FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nmigrate\n«server --port 80»\nEOF\nCMD [\"/start.sh\"]\n",
            "FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nmigrate\nexec server --port 80\nEOF\nCMD [\"/start.sh\"]\n",
        )
        .case("no-exec"),
        flagged("FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nmain() { migrate; server; }\n«main \"$@\"»\nEOF\nCMD [\"/start.sh\"]\n").case("no-exec"),
        flagged("FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\n«eval \"$@\"»\nEOF\nCMD [\"/start.sh\"]\n").case("no-exec"),
        flagged("FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nexec server\nEOF\nENTRYPOINT [«\"/start.sh\"»]\nCMD [\"--all\"]\n").case("no-args"),
        fixed(
            "FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n«#!/bin/sh\r\nexec server\r\n»EOF\nCMD [\"/start.sh\"]\n",
            "FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start.sh\n#!/bin/sh\nexec server\nEOF\nCMD [\"/start.sh\"]\n",
        )
        .case("crlf"),
        clean("FROM debian:13-slim\nCOPY --chmod=755 <<\"EOF\" /entrypoint.sh\n#!/bin/sh\nset -e\nexec \"$@\"\nEOF\nENTRYPOINT [\"/entrypoint.sh\"]\nCMD [\"server\"]\n"),
        clean("FROM debian:13-slim\nRUN echo 'exec server' > /start.sh && chmod +x /start.sh\nCMD [\"/start.sh\"]\n"),
        clean("FROM debian:13-slim\nCOPY <<EOF /start.sh\nexec server\nEOF\nCMD [\"sh\", \"/start.sh\"]\n"),
        clean("FROM debian:13-slim\nCOPY --chmod=0755 <<EOF /start.sh\n#!/bin/sh\ntrap stop TERM\nserver &\nwait\nEOF\nCMD [\"/start.sh\"]\n"),
        clean("FROM debian:13-slim\nCOPY --chmod=755 <<EOF /start\n#!/usr/bin/env python3\nprint(1)\nEOF\nCMD [\"/start\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some(start) = document.entrypoint(stage).or_else(|| document.cmd(stage)) else { return };
    let Some(Command::Exec(exec)) = start.start_command() else { return };
    let Some(first) = exec.arguments.first() else { return };
    let Some(path) = start.absolute_path(&first.value).filter(|_| first.value.contains('/')) else { return };
    let steps = document.chain_steps(stage);
    // Whoever sets a mode anywhere is believed to have set this one.
    let sets_mode = |step: &&Step<'_>| {
        let text = document.slice(step.outer.range);
        step.is_run() && (text.contains("chmod") || text.contains("install -") || !step.is_readable())
    };
    let is_set = steps.iter().any(sets_mode);
    let mut writers = steps.iter().filter(|step| writes(step, &path));
    let (Some(step), None) = (writers.next(), writers.next()) else { return };
    let has_mode = is_set || step.instruction.flag("chmod").is_some();
    let Some(copy) = step.copy() else {
        if !has_mode {
            report.at("heredoc-mode", first.range, format!("`{path}` is written without the right to be started"));
        }
        return;
    };
    let heredoc = match &copy.sources[..] {
        [Source::Heredoc(index, _)] => step.instruction.heredocs.get(*index),
        _ => None,
    };
    let Some(heredoc) = heredoc else {
        if !has_mode && step.instruction.flag("from").is_none() {
            report.at(
                "copied-mode",
                first.range,
                format!("`{path}` can be started only if the file in the context can"),
            );
        }
        return;
    };
    if !has_mode {
        let finding =
            report.at("heredoc-mode", first.range, format!("`{path}` is written without the right to be started"));
        finding.fix(Safe, "Add --chmod=755", [insert(step.instruction.keyword.range.end(), " --chmod=755")]);
    }
    let takes_cmd = document.entrypoint(stage).is_some() && document.cmd(stage).is_some();
    content(document, heredoc, takes_cmd.then_some(first.range), report);
}

/// Whether a step writes a file: with a copy, or by a redirection.
fn writes(step: &Step<'_>, path: &str) -> bool {
    let is_path = |target: &str| step.absolute_path(target).as_deref() == Some(path);
    step.copied_paths().iter().any(|copied| copied == path)
        || step.commands().flat_map(|command| &command.redirects).any(|redirect| {
            redirect.writes() && redirect.target.as_ref().and_then(|word| word.known()).is_some_and(is_path)
        })
}

/// Reports what is wrong in a script that this file holds. `start` is where it is named, if `CMD` gives it arguments.
fn content(document: &Document<'_>, heredoc: &Heredoc, start: Option<TextRange>, report: &mut Reporter<'_>) {
    let text = document.slice(heredoc.body);
    if text.contains("\r\n") {
        let finding =
            report.at("crlf", heredoc.body, "the kernel looks for an interpreter whose name ends in a carriage return");
        finding.fix(Safe, "End its lines as Unix does", [replace(heredoc.body, text.replace("\r\n", "\n"))]);
        return;
    }
    let first = text.lines().next().unwrap_or_default();
    if !first.starts_with("#!") || !first.ends_with("sh") {
        return;
    }
    let uses_arguments = text.contains_any("$@ $* ${@ ${* $1 ${1 shift");
    if let Some(start) = start.filter(|_| !uses_arguments) {
        report.at("no-args", start, "what CMD says does not get beyond this script");
    }
    let body = document.file.heredoc_script(heredoc.body);
    let script = shell::parse(&body.text, body.offset, Dialect::Bash);
    let run = RunScript { script, form: crate::document::ScriptForm::Heredoc, own_shell: None };
    let Some(last) = run.script.commands.last().filter(|last| !last.words.is_empty()) else { return };
    const ENDS: &str = "exit return wait echo true tail sleep test [ kill set export printf";
    // Neither the shell's own commands are programs, nor are functions, be they of another file.
    let is_of_shell = |word: &Word| {
        let defines = |command: &shell::Command| command.context.in_function || command.is_one_of(". source");
        word.known().is_some() && is_builtin(word) || word.is("!") || run.script.commands.iter().any(defines)
    };
    let context = last.context;
    let is_plain = !context.is_conditional
        && !context.in_function
        && !context.in_background
        && !context.in_subshell
        && !context.reads_pipe
        && !context.writes_pipe
        && last.wrapper("exec").is_none();
    let hands_over =
        run.script.commands.iter().any(|command| command.is_one_of("trap") || command.wrapper("exec").is_some());
    if !is_plain || last.is_one_of(ENDS) || hands_over || last.program().is_none() && !text.contains("$@") {
        return;
    }
    let finding = report.at("no-exec", last.range, "signals end at the script, and never reach what this starts");
    if last.assignments.is_empty() && last.words.first().is_some_and(|word| !is_of_shell(word)) {
        finding.fix(Review, "Hand over with exec (nothing behind it is run)", [insert(last.range.start(), "exec ")]);
    }
}
