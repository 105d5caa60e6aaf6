//! Files without `FROM`, and instructions before it.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "starts-with-from",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("no-from").codes(&[tally("tally/require-stages"), dockerfilelint("from_first")]),
        Case::new("before-from").codes(&[hadolint("DL3061"), droast("DF037"), dockerfilelint("from_first")]),
    ],
    supersedes: &[],
    title: "No FROM at the start",
    summary: "A Dockerfile needs a FROM, and only ARG may come before it.",
    why: "
Every instruction works on a file system, and `FROM` is what provides one: an image, an earlier stage, or `scratch` for an empty one. Without
it, or before it, there is nothing to work on, and the build stops at once.

`ARG` is the one exception. Before the first `FROM` it gives values to the `FROM`s themselves, such as a version.
",
    leave_it_when: "Never: the build stops here.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#from",
        "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("«RUN» echo hello\nFROM alpine:3.23\n", "FROM alpine:3.23\nRUN echo hello\n").case("before-from"),
        reviewed(
            "ARG TAG=3.23\n«ENV» A=1 \\\n  B=2\n\nFROM alpine:$TAG\nRUN echo\n",
            "ARG TAG=3.23\n\nFROM alpine:$TAG\nENV A=1 \\\n  B=2\nRUN echo\n",
        )
        .case("before-from"),
        flagged("# Nothing but a comment.\n«»").case("no-from"),
        clean("# A comment, a blank line and an ARG may stand before FROM.\n\nARG ALPINE=3.23\nFROM alpine:${ALPINE}\n"),
        clean("COPY app /app\nRUN make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::Empty, ProblemKind::NoStage]) {
        report.refused("no-from", problem);
    }
    let first = document.stages().iter().find_map(|stage| stage.from);
    for problem in document.problems(&[ProblemKind::BeforeFrom]) {
        let early = document.file.instruction_at(problem.range.start());
        let finding = report.refused("before-from", problem);
        let (Some(early), Some((from, _))) = (early, first) else { continue };
        let (text, after) = (document.slice(early.lines), document.slice(from.lines));
        if text.ends_with('\n') && after.ends_with('\n') {
            let edits = [delete(early.lines), insert(from.lines.end(), text)];
            finding.fix(Review, "Move it below FROM", edits);
        }
    }
}
