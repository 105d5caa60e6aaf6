//! Words that are no instruction.

use crate::rules::prelude::*;
use layerwise_syntax::{Instruction, PieceKind, Problem};

pub const RULE: Rule = Rule {
    id: "unknown-instruction",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::File,
    codes: &[tally("tally/unknown-instruction"), dockerfilelint("invalid_command"), dockerfilelint("invalid_line")],
    cases: &[],
    supersedes: &[],
    title: "Not an instruction",
    summary: "This word is not a Dockerfile instruction.",
    why: "
Every line that is not a comment, and does not go on from the line before, begins with an instruction. One misspelt word, or one forgotten
backslash at the end of a line, and the build stops before its first step.

When a long `RUN` is the culprit, the line to mend is the one above: it lacks its `\\`.
",
    leave_it_when: "Never: the build stops here.",
    references: &["https://docs.docker.com/reference/dockerfile/#format"],
    fix_changes: &[],
    examples: &[
        reviewed("FROM alpine:3.23\n«COPPY» app /app\n", "FROM alpine:3.23\nCOPY app /app\n"),
        reviewed("FROM alpine:3.23\n«wrokdir» /app\n", "FROM alpine:3.23\nworkdir /app\n"),
        reviewed("FROM alpine:3.23\nRUN make\n  «&&» make install\n", "FROM alpine:3.23\nRUN make \\\n  && make install\n"),
        reviewed(
            "FROM debian:13\nRUN apt-get install -y \\\n    curl\n    «git»\n",
            "FROM debian:13\nRUN apt-get install -y \\\n    curl \\\n    git\n",
        ),
        reviewed("FROM alpine:3.23\nENV A=1\n  «B=2»\n", "FROM alpine:3.23\nENV A=1 \\\n  B=2\n"),
        flagged("FROM alpine:3.23\nRUN make\n«npm» install\n"),
        flagged("FROM alpine:3.23\nRUN make\n\n  «&&» make install\n"),
        flagged("FROM alpine:3.23\n«...»\n"),
        clean("from alpine:3.23\nRun make \\\n  && make install\n"),
        clean("COPY app /app\n...\nRUN make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::UnknownInstruction]) {
        let above = if problem.correction.is_none() { instruction_above(document, problem) } else { None };
        let Some(above) = above.filter(|above| goes_on(document, above, problem)) else {
            report.refused("", problem);
            continue;
        };
        let word = document.slice(problem.range);
        let message = format!("`{word}` is no instruction; a `{}` is probably missing above", document.file.escape);
        let end = document.slice(above.range).trim_end().len();
        let end = above.range.start() + TextSize::try_from(end).unwrap_or_default();
        report.here(problem.range, message).fix(
            Review,
            "Continue the line above",
            [insert(end, format!(" {}", document.file.escape))],
        );
    }
}

/// The instruction on the lines right above a word, if it is one that is often continued.
fn instruction_above<'a>(document: &Document<'a>, problem: &Problem) -> Option<&'a Instruction> {
    let pieces = &document.file.pieces;
    let index = pieces.partition_point(|piece| piece.range.end() <= problem.range.start());
    let before = pieces.get(index.checked_sub(1)?).filter(|piece| piece.kind == PieceKind::Instruction)?;
    let above = document.file.instruction_at(before.range.start())?;
    let is_often_continued =
        matches!(above.kind(), InstructionKind::Run | InstructionKind::Env | InstructionKind::Label);
    (is_often_continued && above.heredocs.is_empty()).then_some(above)
}

/// Whether a line reads as the rest of the instruction above it: it begins with an operator or a flag, it is indented further, or the line above
/// ends in an operator.
fn goes_on(document: &Document<'_>, above: &Instruction, problem: &Problem) -> bool {
    let word = document.slice(problem.range);
    let lines = document.file.instruction_at(problem.range.start()).map_or(problem.range, |own| own.lines);
    let is_indented = problem.range.start() > lines.start() && above.range.start() == above.lines.start();
    let operators = ["&&", "||", "|", ";", "-"];
    let above_text = document.slice(above.range).trim_end();
    is_indented
        || operators.iter().any(|operator| word.starts_with(operator))
        || ["&&", "||", "|", ";"].iter().any(|operator| above_text.ends_with(operator))
}
