//! What looks like a JSON array and is none.

use crate::document::looks_like_test;
use crate::rules::prelude::*;
use layerwise_syntax::{Command, Healthcheck};

pub const RULE: Rule = Rule {
    id: "invalid-json-form",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/invalid-json-form")],
    cases: &[],
    supersedes: &["exec-form-cmd", "malformed-instruction"],
    title: "Exec form that is not JSON",
    summary: "This looks like exec form but is not valid JSON, so it is run as a shell command.",
    why: "
The exec form is a JSON array, and JSON knows only double quotes. Docker does not complain about `CMD ['node', 'app.js']`: it hands the text
to a shell, which looks for a program called `[node,` and fails when the container starts.

The same happens with a comma too many, a comma too few, a single backslash, or the curly quotes that a word processor makes. Only an
array that holds something else than strings stops the build.
",
    leave_it_when: "A shell test such as `[ -f /x ] && make` is meant; write `test -f /x` to make that plain.",
    references: &["https://docs.docker.com/reference/dockerfile/#exec-form"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nCMD «['node', 'server.js']»\n",
            "FROM node:24-slim\nCMD [\"node\", \"server.js\"]\n",
        ),
        reviewed("FROM node:24-slim\nCMD «[\"node\", \"server.js\",]»\n", "FROM node:24-slim\nCMD [\"node\", \"server.js\"]\n"),
        reviewed("FROM alpine:3.23\nENTRYPOINT «[\"a\" \"b\"]»\n", "FROM alpine:3.23\nENTRYPOINT [\"a\", \"b\"]\n"),
        reviewed("FROM alpine:3.23\nRUN «[“echo”, “hello”]»\n", "FROM alpine:3.23\nRUN [\"echo\", \"hello\"]\n"),
        reviewed("FROM alpine:3.23\nCOPY «['a b', '/x/']»\n", "FROM alpine:3.23\nCOPY [\"a b\", \"/x/\"]\n"),
        reviewed("FROM alpine:3.23\nHEALTHCHECK CMD «['true']»\n", "FROM alpine:3.23\nHEALTHCHECK CMD [\"true\"]\n"),
        reviewed(
            "FROM alpine:3.23\nSHELL «['/bin/sh', '-c']»\n",
            "FROM alpine:3.23\nSHELL [\"/bin/sh\", \"-c\"]\n",
        ),
        reviewed(
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD «[\"C:\\Service.exe\", \"x\"]»\n",
            "FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD [\"C:\\\\Service.exe\", \"x\"]\n",
        ),
        flagged("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD «[\"C:\\Service\\new.exe\", \"x\"]»\n"),
        flagged("FROM alpine:3.23\nCMD [\"a\", «1»]\n"),
        flagged("FROM alpine:3.23\nCMD «[node server.js]»\n"),
        clean("FROM node:24-slim\nCMD [\"node\", \"server.js\"]\n"),
        clean("FROM alpine:3.23\nRUN [ -f /x ] && [ -n \"$A\" ]\nRUN [ \"$A\" = b ]\n"),
        clean("FROM alpine:3.23\nCOPY [ab].txt c[1] /x/\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::InvalidJson]) {
        let text = document.slice(problem.range);
        let finding = report.refused("", problem);
        if let Some(array) = repaired(text) {
            finding.fix(Review, "Write a JSON array", [replace(problem.range, array)]);
        }
    }
    for step in document.steps() {
        let Some(range) = shell_range(&step.instruction.arguments, step.instruction.arguments_range) else { continue };
        let text = document.slice(range).trim_end();
        let is_array_like = text.starts_with('[') && text.ends_with(']');
        let is_pattern = step.copy().is_some() && !text.contains([',', '\'', '"']);
        if !is_array_like || is_pattern || looks_like_test(text) {
            continue;
        }
        let name = step.instruction.kind().name();
        let message = format!(
            "this is no JSON, so {name} takes it for {}",
            if step.copy().is_some() { "paths" } else { "a shell command" }
        );
        let finding = report.here(range, message);
        if let Some(array) = repaired(text) {
            finding.fix(Review, "Write a JSON array", [replace(range, array)]);
        }
    }
}

/// Where the text stands that an instruction did not take for JSON.
fn shell_range(arguments: &Arguments, whole: TextRange) -> Option<TextRange> {
    match arguments {
        Arguments::Run(Command::Shell(shell))
        | Arguments::Cmd(Command::Shell(shell))
        | Arguments::Entrypoint(Command::Shell(shell))
        | Arguments::Healthcheck(Healthcheck::Command(Command::Shell(shell))) => Some(shell.range),
        Arguments::Copy(copy) | Arguments::Add(copy) if !copy.is_json => Some(whole),
        _ => None,
    }
}

/// The array that was meant, where its strings are plain to see: every one of them in quotes of one kind or another.
fn repaired(text: &str) -> Option<String> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut strings = Vec::new();
    let mut rest = inner.trim_start_matches([',', ' ', '\t']);
    while let Some(open) = rest.chars().next() {
        let close = match open {
            '\'' | '"' => open,
            '“' | '„' => '”',
            '‘' | '‚' => '’',
            _ => return None,
        };
        let (string, after) = rest.get(open.len_utf8()..)?.split_once(close)?;
        if string.contains(['\n', '"']) || !has_only_lone_backslashes(string) {
            return None;
        }
        strings.push(format!("\"{}\"", string.replace('\\', "\\\\")));
        rest = after.trim_start_matches([',', ' ', '\t']);
    }
    (!strings.is_empty()).then(|| format!("[{}]", strings.join(", ")))
}

/// Whether no backslash in a string could be one of JSON's escapes: then each stands for itself, as in `C:\app`.
fn has_only_lone_backslashes(string: &str) -> bool {
    let mut after = string.split('\\').skip(1);
    after.all(|rest| rest.starts_with(|c: char| !matches!(c, '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')))
}
