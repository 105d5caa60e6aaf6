//! Stages that need each other.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "circular-stage-dependency",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[kics("COPY '--from' References Current FROM Alias"), semgrep("copy-from-own-alias"), droast("DF050")],
    cases: &[
        Case::new("self").codes(&[hadolint("DL3023"), trivy("DS-0006")]),
        Case::new("cycle").codes(&[tally("tally/circular-stage-deps")]),
    ],
    supersedes: &[],
    title: "Stages in a circle",
    summary: "Stages depend on each other in a circle, so none of them can be built.",
    why: "
A stage can be copied from when it is finished, and it is not finished before the copy. The build stops with an error, usually because a
`FROM` line or the name of a stage was lost while editing.
",
    leave_it_when: "Never: the build stops here.",
    references: &["https://docs.docker.com/build/building/multi-stage/"],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23 AS app\nRUN echo hello > /a\nCOPY --from=«app» /a /b\n").case("self"),
        flagged("FROM alpine:3.23\nCOPY --from=«0» /a /b\n").case("self"),
        flagged("FROM alpine:3.23 AS a\nCOPY --from=b /x /x\nFROM alpine:3.23 AS b\nCOPY --from=«a» /y /y\n").case("cycle"),
        flagged("FROM alpine:3.23 AS a\nCOPY --from=b /x /x\nFROM «a» AS b\nRUN echo\n").case("cycle"),
        clean("FROM alpine:3.23 AS app\nRUN echo hello > /a && cp /a /b\n"),
        clean("FROM alpine:3.23 AS alpine\nFROM alpine:3.23 AS app\nCOPY --from=alpine /a /b\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::StageTakesFromItself]) {
        report.refused("self", problem);
    }
    for problem in document.problems(&[ProblemKind::StageCircle]) {
        report.refused("cycle", problem);
    }
}
