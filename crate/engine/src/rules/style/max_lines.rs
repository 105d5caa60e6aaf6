//! Very long files.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "max-lines",
    category: Category::Style,
    severity: Severity::Style,
    is_on: false,
    scope: Scope::File,
    codes: &[tally("tally/max-lines")],
    cases: &[],
    supersedes: &[],
    title: "Very long file",
    summary: "Move scripts out of a very long Dockerfile, or split it.",
    why: "
A long Dockerfile usually holds a program. In a script of its own it can be tested and read by itself; parts that several files share can become a
base image, or targets of a Bake file.
",
    leave_it_when: "The file is made by a program.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#create-reusable-stages",
        "https://docs.docker.com/build/bake/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("«FROM» alpine:3.23\n\n# all of it\nRUN make \\\n  all\n").config(Config { max_lines: 2, ..Config::DEFAULT }),
        clean("FROM alpine:3.23\n\n# all of it\nRUN make\n").config(Config { max_lines: 2, ..Config::DEFAULT }),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let most = document.config.max_lines;
    let mut lines = 0;
    for instruction in &document.file.instructions {
        let all = document.slice(instruction.range).lines().filter(|line| !line.trim().is_empty()).count();
        lines += all.saturating_sub(instruction.comments.len());
    }
    if let Some(first) = document.file.instructions.first().filter(|_| lines > most) {
        report.here(first.keyword.range, format!("the file has {lines} lines, and {most} are thought to be enough"));
    }
}
