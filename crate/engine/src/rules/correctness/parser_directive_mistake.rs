//! Parser directives that are misspelt, or that stand where they are only comments.

use crate::buildkit;
use crate::rules::prelude::*;
use crate::table::words_of;
use layerwise_syntax::{Directive, DirectiveKind, Piece, PieceKind, nearest};

pub const RULE: Rule = Rule {
    id: "parser-directive-mistake",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("typo").severity(Severity::Error).codes(&[tally("tally/syntax-directive-typo")]),
        Case::new("unknown"),
        Case::new("late"),
        Case::new("duplicate").severity(Severity::Error),
        Case::new("check-name"),
        Case::new("escape").severity(Severity::Error),
    ],
    supersedes: &[],
    title: "Parser directive without effect",
    summary: "A parser directive is misspelt or in a place where it is only a comment.",
    why: "
`# syntax=`, `# escape=` and `# check=` work only at the very top of the file: before any other comment, any blank line and any instruction.
Further down they are comments, and nothing says so. A misspelt one is a comment too.

A misspelt frontend image is worse: the builder tries to pull it, and the build stops before it starts.
",
    leave_it_when: "The comment only quotes a directive.",
    references: &["https://docs.docker.com/reference/dockerfile/#parser-directives"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "# Image of the web shop\n\n«# syntax=docker/dockerfile:1»\nFROM alpine:3.23\n",
            "# syntax=docker/dockerfile:1\n# Image of the web shop\n\nFROM alpine:3.23\n",
        )
        .case("late"),
        reviewed("\n«# escape=`»\nFROM alpine:3.23\n", "# escape=`\n\nFROM alpine:3.23\n").case("late"),
        reviewed(
            "# syntax=«docker/dockerflie:1»\nFROM alpine:3.23\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\n",
        )
        .case("typo"),
        flagged("# syntax=«docker/dockerfile:1.x»\nFROM alpine:3.23\n").case("typo"),
        reviewed(
            "# «sintax»=docker/dockerfile:1\nFROM alpine:3.23\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\n",
        )
        .case("unknown"),
        reviewed(
            "# syntax=docker/dockerfile:1\n«# syntax=docker/dockerfile:1.4»\nFROM alpine:3.23\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\n",
        )
        .case("duplicate"),
        reviewed(
            "# check=skip=JSONArgsRecommended,«StageNameCassing»\nFROM alpine:3.23\n",
            "# check=skip=JSONArgsRecommended,StageNameCasing\nFROM alpine:3.23\n",
        )
        .case("check-name"),
        flagged("# escape=«/»\nFROM alpine:3.23\n").case("escape"),
        clean("# syntax=docker/dockerfile:1.19-labs\n# check=skip=all;error=true\n\n# Image of the web shop\nFROM alpine:3.23\n"),
        clean("# syntax=ghcr.io/example/frontend:2\n# key=value\nFROM alpine:3.23\n"),
        clean("# About this file: syntax = whatever Docker reads\n\n# check=skip=StageNameCasing\nFROM alpine:3.23\n"),
        clean("FROM alpine:3.23\nRUN <<EOF\n# syntax=docker/dockerfile:1\necho\nEOF\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::InvalidEscape]) {
        report.refused("escape", problem);
    }
    for problem in document.problems(&[ProblemKind::DuplicateDirective]) {
        let line = document.file.pieces.iter().find(|piece| piece.range.contains_range(problem.range));
        let finding = report.refused("duplicate", problem);
        if let Some(line) = line {
            finding.fix(Review, "Remove the second one", [delete(line.range)]);
        }
    }
    for directive in &document.file.directives {
        match directive.kind {
            DirectiveKind::Syntax => check_frontend(directive, report),
            DirectiveKind::Check => check_names(directive, report),
            DirectiveKind::Escape => {}
        }
    }
    check_comments(document, report);
}

fn check_frontend(directive: &Directive, report: &mut Reporter<'_>) {
    const OFFICIAL: &str = "docker/dockerfile docker.io/docker/dockerfile";
    let value = &directive.value;
    let (image, tag) = value.split_once(':').unwrap_or((value, ""));
    let is_official = image.is_one_of(OFFICIAL);
    if let Some(near) = nearest(image, words_of(OFFICIAL)).filter(|_| !is_official) {
        let tag = if tag.is_empty() { String::new() } else { format!(":{tag}") };
        let message = format!("`{image}` is not the official frontend; did you mean `{near}`");
        let fix = replace(directive.value_range, format!("{near}{tag}"));
        report.at("typo", directive.value_range, message).fix(Review, format!("Write {near}"), [fix]);
    } else if value.contains(char::is_whitespace) {
        report.at("typo", directive.value_range, "an image has no blanks in its name");
    } else if is_official && !tag.is_empty() && !is_version(tag) {
        report.at("typo", directive.value_range, format!("there is no frontend of the version `{tag}`"));
    }
}

/// Whether a tag of the frontend can exist: `1`, `1.19.0`, `1-labs`, `labs`, `master` and so on, with or without a digest.
fn is_version(tag: &str) -> bool {
    let tag = tag.split('@').next().unwrap_or_default();
    let number = tag.split('-').next().unwrap_or_default();
    number.is_one_of("labs master latest experimental upstream nightly experimental")
        || number.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The names after `skip=` and `experimental=`. The value ends at its first blank, so that a remark may follow.
fn check_names(directive: &Directive, report: &mut Reporter<'_>) {
    let value = directive.value.split(char::is_whitespace).next().unwrap_or_default();
    let mut at = directive.value_range.start();
    for option in value.split(';') {
        let (key, names) = option.split_once('=').unwrap_or((option, ""));
        let mut name_at = at + TextSize::of(key) + TextSize::of('=');
        for name in names.split(',').filter(|_| matches!(key, "skip" | "experimental")) {
            let is_known = name == "all" || name.is_empty() || buildkit::CHECKS.contains(&name);
            if !is_known {
                let range = TextRange::at(name_at, TextSize::of(name));
                let finding = report.at("check-name", range, format!("BuildKit has no check `{name}`"));
                if let Some(near) = nearest(name, buildkit::CHECKS) {
                    finding.fix(Review, format!("Write {near}"), [replace(range, near)]);
                }
            }
            name_at += TextSize::of(name) + TextSize::of(',');
        }
        at += TextSize::of(option) + TextSize::of(';');
    }
}

/// Comments that would be directives, were they spelt right or further up.
fn check_comments(document: &Document<'_>, report: &mut Reporter<'_>) {
    let file = document.file;
    let mut is_at_top = true;
    for piece in &file.pieces {
        if piece.kind != PieceKind::Comment {
            is_at_top &= matches!(piece.kind, PieceKind::Directive | PieceKind::ByteOrderMark);
            continue;
        }
        let Some((key, value)) = split(file.slice(piece.content)) else {
            is_at_top = false;
            continue;
        };
        let lower = key.to_ascii_lowercase();
        let is_directive = matches!(lower.as_str(), "syntax" | "escape");
        if is_at_top {
            check_key(document, piece, key, report);
        } else if is_directive && could_be_meant(&lower, value) {
            check_late(document, piece, &lower, report);
        }
    }
}

fn check_key(document: &Document<'_>, piece: &Piece, key: &str, report: &mut Reporter<'_>) {
    let text = document.slice(piece.content);
    let (Some(near), Some(at)) = (nearest(key, ["syntax", "escape", "check"]), text.find(key)) else { return };
    let start = piece.content.start() + TextSize::try_from(at).unwrap_or_default();
    let range = TextRange::at(start, TextSize::of(key));
    let message = format!("`{key}` is no parser directive; did you mean `{near}`");
    report.at("unknown", range, message).fix(Review, format!("Write {near}"), [replace(range, near)]);
}

fn check_late(document: &Document<'_>, piece: &Piece, key: &str, report: &mut Reporter<'_>) {
    let file = document.file;
    let message = format!("`# {key}=` is only a comment here: it works at the very top of the file");
    let text = document.slice(piece.content);
    let finding = report.at("late", piece.content, message);
    let has_it_already =
        file.directives.iter().any(|directive| file.slice(directive.name_range).eq_ignore_ascii_case(key));
    let top = file.pieces.iter().find(|piece| piece.kind != PieceKind::ByteOrderMark);
    if let Some(top) = top.filter(|_| !has_it_already) {
        let line = format!("{text}{}", newline_of(file.text()));
        finding.fix(Review, "Move it to the top", [insert(top.range.start(), line), delete(piece.range)]);
    }
}

/// Splits `# key = value`.
fn split(comment: &str) -> Option<(&str, &str)> {
    let (key, value) = comment.trim_start_matches('#').split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let is_word = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric());
    (is_word && !value.is_empty()).then_some((key, value))
}

/// Whether a value is one that the directive could have; otherwise the comment is prose.
fn could_be_meant(key: &str, value: &str) -> bool {
    match key {
        "escape" => value == "\\" || value == "`",
        _ => !value.contains(char::is_whitespace) && (value.contains('/') || value.contains("dockerfile")),
    }
}
