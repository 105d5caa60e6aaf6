//! Files without `FROM`, and instructions before it.

use crate::rules::prelude::*;
use layerwise_syntax::Problem;
use layerwise_syntax::list::IntoList;

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
        // In their order, as one may use what another sets, and with what is said about them.
        reviewed(
            "# Where it lives.\n«ENV» DIR=/srv\nARG TAG=3.23\n# Make it.\n«RUN» mkdir $DIR\n\n# The base.\nFROM alpine:$TAG",
            "ARG TAG=3.23\n\n# The base.\nFROM alpine:$TAG\n# Where it lives.\nENV DIR=/srv\n# Make it.\nRUN mkdir $DIR",
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
    let problems: Vec<_> = document.problems(&[ProblemKind::BeforeFrom]).into_list();
    for (index, problem) in problems.iter().enumerate() {
        let finding = report.refused("before-from", problem);
        // One fix moves all, so that they stay in order.
        if index == 0
            && let Some(edits) = moved(document, &problems)
        {
            finding.fix(
                Review,
                if problems.len() == 1 { "Move it below FROM" } else { "Move them all below FROM" },
                edits,
            );
        }
    }
}

/// The edits that move instructions, with the comments above them, below the first `FROM`.
fn moved(document: &Document<'_>, problems: &[&Problem]) -> Option<Vec<Edit>> {
    let (from, _) = document.stages().iter().find_map(|stage| stage.from)?;
    let early = problems.iter().filter_map(|problem| document.file.instruction_at(problem.range.start()));
    let blocks: Vec<_> = early.map(|early| TextRange::new(document.block_start(early), early.lines.end())).into_list();
    let text: String = blocks.iter().map(|block| document.slice(*block)).collect();
    let newline = newline_of(document.file.text());
    let text = if document.slice(from.lines).ends_with('\n') {
        text
    } else {
        format!("{newline}{}", text.trim_end_matches(newline))
    };
    Some(blocks.into_iter().map(delete).chain([insert(from.lines.end(), text)]).into_list())
}
