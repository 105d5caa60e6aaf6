//! What looks like a JSON array and is none.

use crate::document::looks_like_test;
use crate::fix::unless_for_score;
use crate::rules::prelude::*;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Command, Healthcheck};

/// Its id, for those who ask for nothing else.
pub const ID: &str = "invalid-json-form";

pub const RULE: Rule = Rule {
    id: ID,
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/invalid-json-form")],
    cases: &[],
    // What other rules would say of the broken words is beside the point.
    supersedes: &[
        "combine-adjacent-instructions",
        "config-file-baked-in",
        "copy-not-add",
        "copy-whole-context",
        "exec-form-cmd",
        "malformed-instruction",
        "unneeded-files-copied",
    ],
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
        flagged("FROM alpine:3.23\nRUN «[`echo`, `hello`]»\n"),
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
        reviewed("FROM alpine:3.23\nVOLUME «['/a', '/b']»\n", "FROM alpine:3.23\nVOLUME [\"/a\", \"/b\"]\n"),
        reviewed("FROM alpine:3.23\nVOLUME «[/a,/b]»\n", "FROM alpine:3.23\nVOLUME [\"/a\", \"/b\"]\n"),
        reviewed("FROM alpine:3.23\nVOLUME «[\"/a\",]»\n", "FROM alpine:3.23\nVOLUME [\"/a\"]\n"),
        reviewed(
            "FROM alpine:3.23\n  CMD «[\"a\",\"b\"] # run»\n",
            "FROM alpine:3.23\n  # run\n  CMD [\"a\", \"b\"]\n",
        ),
        reviewed("FROM alpine:3.23\nCMD «[\"a\",\"b\"],»\n", "FROM alpine:3.23\nCMD [\"a\", \"b\"]\n"),
        reviewed("FROM alpine:3.23\nCMD «[\"a\",\"b\"»\n", "FROM alpine:3.23\nCMD [\"a\", \"b\"]\n"),
        flagged("FROM alpine:3.23\nCMD «[\"a\",»\n"),
        flagged("FROM alpine:3.23\nCMD «[\"a\"] b»\n"),
        clean("FROM alpine:3.23\nVOLUME [\"/a\", \"/b\"]\nVOLUME /a[b]\nRUN [ \"$A\" ] && make\nRUN [ \"$A\" ]\n"),
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
        if let Some((array, "")) = unless_for_score(document, || read(text)) {
            finding.fix(Review, "Write a JSON array", [replace(problem.range, array)]);
        }
    }
    for step in document.steps() {
        let Some(range) = range_without_json(document, step) else { continue };
        let text = document.slice(range).trim_end();
        let is_pattern = step.copy().is_some() && !text.contains([',', '\'', '"']);
        if !looks_like_array(text) || is_pattern || looks_like_test(text) {
            continue;
        }
        let kind = step.instruction.kind();
        let takes_paths = step.copy().is_some() || kind == InstructionKind::Volume;
        let taken_for = if takes_paths { "paths" } else { "a shell command" };
        let finding = report.here(range, format!("this is no JSON, so {} takes it for {taken_for}", kind.name()));
        if let Some((title, edits)) = unless_for_score(document, || mend(document, step, range, text)) {
            finding.fix(Review, title, edits);
        }
    }
}

/// The array that was meant in the place of a text, and what is done. Behind a door.
#[inline(never)]
fn mend(document: &Document<'_>, step: &Step<'_>, range: TextRange, text: &str) -> Option<(&'static str, Vec<Edit>)> {
    let paths = if step.kind() == InstructionKind::Volume { bare_paths(text) } else { None };
    let (array, rest) = paths.or_else(|| read(text))?;
    let array = replace(range, array);
    match rest {
        "" | "," | ";" => Some(("Write a JSON array", vec![array])),
        // Comments have lines of their own.
        comment if comment.starts_with('#') && step.outer.continuations.is_empty() => {
            let start = step.outer.lines.start();
            let indent = document.slice(TextRange::new(start, step.outer.range.start()));
            let line = format!("{indent}{comment}{}", newline_of(document.file.text()));
            Some(("Write a JSON array, and the comment above it", vec![insert(start, line), array]))
        }
        _ => None,
    }
}

/// Whether a text begins as an array does: with a string, or with anything that is in brackets to its end.
fn looks_like_array(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('[') else { return false };
    let begins = inner.trim_start().starts_with(['"', '\'', '“', '„', '‘', '‚']);
    // `[ "$A" ]` is a program with its words.
    let is_list = !inner.starts_with([' ', '\t']) || inner.contains_any("\", ',");
    text.ends_with(']') && (is_list || !inner.contains('$')) || inner.starts_with('/') || begins && is_list
}

/// Where the text stands that an instruction did not take for JSON.
fn range_without_json(document: &Document<'_>, step: &Step<'_>) -> Option<TextRange> {
    match &step.instruction.arguments {
        Arguments::Run(Command::Shell(shell))
        | Arguments::Cmd(Command::Shell(shell))
        | Arguments::Entrypoint(Command::Shell(shell))
        | Arguments::Healthcheck(Healthcheck::Command(Command::Shell(shell))) => Some(shell.range),
        Arguments::Copy(copy) | Arguments::Add(copy) if !copy.is_json => Some(step.instruction.arguments_range),
        // Of an array each string is a word, and of anything else the bracket is part of one.
        Arguments::Volume { paths, is_json: false } if document.slice(paths.first()?.range).starts_with('[') => {
            Some(step.instruction.arguments_range)
        }
        _ => None,
    }
}

/// The array that was meant, where its strings are plain to see, and what stands behind it: every string is in quotes of one kind or
/// another.
#[inline(never)]
fn read(text: &str) -> Option<(String, &str)> {
    const SEPARATORS: [char; 3] = [',', ' ', '\t'];
    let mut strings = Vec::new();
    let mut rest = text.strip_prefix('[')?.trim_start_matches(SEPARATORS);
    loop {
        let open = rest.chars().next();
        let close = match open {
            Some(']') | None => break,
            Some(quote @ ('\'' | '"')) => quote,
            Some('“' | '„') => '”',
            Some('‘' | '‚') => '’',
            _ => return None,
        };
        let (string, after) = rest.get(open?.len_utf8()..)?.split_once(close)?;
        if string.contains(['\n', '"']) || !has_only_lone_backslashes(string) {
            return None;
        }
        strings.push(format!("\"{}\"", string.replace('\\', "\\\\")));
        rest = after.trim_start_matches(SEPARATORS);
        // More was to come.
        if rest.is_empty() && after.contains(',') {
            return None;
        }
    }
    (!strings.is_empty()).then(|| (format!("[{}]", strings.join(", ")), rest.strip_prefix(']').unwrap_or(rest).trim()))
}

/// The array that `[/a, /b]` was meant to be.
fn bare_paths(text: &str) -> Option<(String, &str)> {
    let paths = text.strip_prefix('[')?.strip_suffix(']')?.split(',').map(str::trim);
    let is_path =
        |path: &str| path.starts_with('/') && !path.contains(|c: char| c.is_whitespace() || "'\"\\[]$".contains(c));
    paths.clone().all(is_path).then(|| {
        let strings: Vec<String> = paths.map(|path| format!("\"{path}\"")).into_list();
        (format!("[{}]", strings.join(", ")), "")
    })
}

/// Whether no backslash in a string could be one of JSON's escapes: then each stands for itself, as in `C:\app`.
fn has_only_lone_backslashes(string: &str) -> bool {
    let mut after = string.split('\\').skip(1);
    after.all(|rest| rest.starts_with(|c: char| !matches!(c, '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')))
}
