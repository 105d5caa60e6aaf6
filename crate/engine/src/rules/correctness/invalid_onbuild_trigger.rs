//! Triggers that `ONBUILD` cannot take.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "invalid-onbuild-trigger",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("forbidden").codes(&[hadolint("DL3043"), droast("DF068")]),
        Case::new("unknown").codes(&[tally("tally/invalid-onbuild-trigger")]),
    ],
    supersedes: &[],
    title: "ONBUILD with something that cannot be triggered",
    summary: "ONBUILD may not contain FROM, MAINTAINER or another ONBUILD, and needs a real instruction.",
    why: "
A trigger runs in somebody else's build, right after their `FROM`. It cannot start another stage, and it cannot set further triggers, so
`FROM`, `MAINTAINER` and `ONBUILD` are refused, as is a word that is no instruction.
",
    leave_it_when: "Never: the build stops here.",
    references: &["https://docs.docker.com/reference/dockerfile/#onbuild"],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\nONBUILD «FROM» debian:13\n").case("forbidden"),
        flagged("FROM alpine:3.23\nONBUILD «onbuild» RUN make\n").case("forbidden"),
        reviewed("FROM alpine:3.23\nONBUILD «COPPY» . /app\n", "FROM alpine:3.23\nONBUILD COPY . /app\n").case("unknown"),
        flagged("FROM alpine:3.23\nONBUILD «make» all\n").case("unknown"),
        clean("FROM alpine:3.23\nONBUILD COPY . /app\nONBUILD RUN make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::InvalidTrigger]) {
        report.refused("forbidden", problem);
    }
    for problem in document.problems(&[ProblemKind::UnknownTrigger]) {
        report.refused("unknown", problem);
    }
}
