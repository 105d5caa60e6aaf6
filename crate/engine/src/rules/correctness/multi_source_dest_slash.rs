//! Several sources, and a destination that may be a file.

use crate::path::last_part;
use crate::rules::prelude::*;
use layerwise_syntax::CopyArguments;

pub const RULE: Rule = Rule {
    id: "multi-source-dest-slash",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("no-slash").codes(&[
            hadolint("DL3021"),
            trivy("DS-0011"),
            kics("Copy With More Than Two Arguments Not Ending With Slash"),
            droast("DF048"),
        ]),
        Case::new("add").codes(&[dockerfilelint("add_dest_invalid")]),
        Case::new("dot").codes(&[hadolint("DL3021"), trivy("DS-0011")]).off(),
        Case::new("variable").codes(&[hadolint("DL3021"), trivy("DS-0011")]).off(),
    ],
    supersedes: &[],
    title: "Several sources and no slash",
    summary: "With several sources the destination is a directory and must end in `/`.",
    why: "
`COPY a b /dest` can mean a file `dest` or a directory of that name. Some builders refuse to guess, others make a directory, and readers have
to know which. The slash at the end says that it is a directory.
",
    leave_it_when: "Never: the slash changes nothing where the destination is a directory anyway.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#destination-1",
        "https://github.com/hadolint/hadolint/wiki/DL3021",
        "https://avd.aquasec.com/misconfig/ds-0011",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM node:24-slim\nCOPY package.json package-lock.json «/app»\n",
            "FROM node:24-slim\nCOPY package.json package-lock.json /app/\n",
        )
        .case("no-slash"),
        fixed("FROM alpine:3.23\nCOPY [\"a\", \"b\", «\"/app\"»]\n", "FROM alpine:3.23\nCOPY [\"a\", \"b\", \"/app/\"]\n").case("no-slash"),
        fixed("FROM alpine:3.23\nADD a b «/app»\n", "FROM alpine:3.23\nADD a b /app/\n").case("add"),
        fixed(
            "FROM alpine:3.23\nCOPY <<ONE <<TWO «/app»\n1\nONE\n2\nTWO\n",
            "FROM alpine:3.23\nCOPY <<ONE <<TWO /app/\n1\nONE\n2\nTWO\n",
        )
        .case("no-slash"),
        fixed("FROM alpine:3.23\nENV DIR=/app\nCOPY a b «$DIR»\n", "FROM alpine:3.23\nENV DIR=/app\nCOPY a b $DIR/\n").case("no-slash"),
        flagged("FROM alpine:3.23\nWORKDIR /app\nCOPY a b «.»\n").case("dot"),
        flagged("FROM alpine:3.23\nARG DIR\nCOPY a b «$DIR»\n").case("variable"),
        clean("FROM node:24-slim\nCOPY package.json package-lock.json /app/\n"),
        clean("FROM alpine:3.23\nWORKDIR /app\nCOPY a b .\nCOPY a b ..\nCOPY a b src/.\n"),
        clean("FROM alpine:3.23\nARG DIR\nENV OUT=/out/\nCOPY a b $DIR\nCOPY a b $OUT\nCOPY *.json /app\n"),
        clean("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCOPY [\"a\", \"b\", \"C:\\\\\\\\app\\\\\\\\\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let Some(copy) = step.copy().filter(|copy| copy.sources.len() > 1) else { continue };
        // A flag whose value stands apart is no source.
        let is_flag = copy.sources.first().is_some_and(|source| source.word().text.starts_with("--"));
        let Some(case) = case(document, step, copy).filter(|_| !is_flag) else { continue };
        let to = &copy.destination;
        let message = format!("`{}` gets several files and does not say that it is a directory", to.text);
        let finding = report.at(case, to.range, message);
        if matches!(case, "no-slash" | "add") {
            // A quote at the end may stand in quotes of another kind that are never closed.
            let written = document.slice(to.range);
            let is_quoted = ['"', '\''].iter().any(|quote| written.starts_with(*quote) && written.ends_with(*quote));
            let at = if is_quoted { to.range.end() - TextSize::of('"') } else { to.range.end() };
            finding.fix(Safe, "End it with /", [insert(at, "/")]);
        }
    }
}

/// What is wrong with the destination, if anything is.
fn case(document: &Document<'_>, step: &Step<'_>, copy: &CopyArguments) -> Option<&'static str> {
    let to = &copy.destination;
    let is_directory = |path: &str| path.ends_with('/') || path.ends_with('\\');
    if is_directory(to.text.trim_matches(['"', '\''])) {
        return None;
    }
    let Some(value) = document.value_at(to, step) else {
        let ends_in_variable = matches!(to.parts.last(), Some(layerwise_syntax::Part::Variable(_)));
        return Some(if ends_in_variable { "variable" } else { "no-slash" }).filter(|_| !step.is_trigger);
    };
    let is_add = step.kind() == InstructionKind::Add;
    match last_part(&value) {
        "." | ".." if is_add || step.is_trigger => None,
        "." | ".." => Some("dot"),
        _ if is_directory(&value) || value.is_empty() => to.has_variable().then_some("variable"),
        _ if is_add || step.is_trigger => Some("add"),
        _ => Some("no-slash"),
    }
}
