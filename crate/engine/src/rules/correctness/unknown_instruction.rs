//! Words that are no instruction.

use crate::packages::{install, language_install};
use crate::rules::prelude::*;
use crate::table::words_of;
use layerwise_syntax::{Instruction, parse};
/// Its id, for those who ask for nothing else: [`RULE`] would bring all its texts along.
pub const ID: &str = "unknown-instruction";

pub const RULE: Rule = Rule {
    id: ID,
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
        // As the lines above are continued.
        reviewed(
            "FROM debian:13\nRUN apt-get install -y\\\n    curl\n    «git»  \\\n    make\n",
            "FROM debian:13\nRUN apt-get install -y\\\n    curl\\\n    git  \\\n    make\n",
        ),
        // Joined, the line would take COPY along.
        flagged("FROM debian:13\nRUN apt-get install -y \\\n    curl\n    «git» \\\nCOPY app /app\n"),
        // With its name mended it would still be refused.
        flagged("FROM alpine:3.23\n«COPPY» app\n"),
        // No Dockerfile at all.
        flagged("«{»\n\"name\": \"app\"\n}\n"),
        flagged("FROM alpine:3.23\nRUN cp a b\n  «c»\n"),
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
        let Some(own) = document.file.instruction_at(problem.range.start()) else { continue };
        if let Some(correction) = &problem.correction {
            let finding = report.refused("", problem);
            let rest = document.slice(TextRange::new(correction.range.end(), own.range.end()));
            if !is_accepted(document, &format!("{}{rest}", correction.text)) {
                finding.fix = None;
            }
            continue;
        }
        let above = instruction_above(document, own).filter(|above| goes_on(document, above, own));
        let Some(above) = above else {
            report.refused("", problem);
            continue;
        };
        let word = document.slice(problem.range);
        let message = format!("`{word}` is no instruction; a `{}` is probably missing above", document.file.escape);
        let finding = report.here(problem.range, message);
        let first = document.slice(above.range).trim_end();
        let continuation = continuation(document, above, own);
        let rest = document.slice(TextRange::new(own.lines.start(), own.range.end()));
        let joined = format!("{first}{continuation}{}{rest}", newline_of(document.file.text()));
        if !swallows_instruction(document, own) && is_accepted(document, &joined) {
            let end = above.range.start() + TextSize::of(first);
            finding.fix(Review, "Continue the line above", [insert(end, continuation)]);
        }
    }
}

/// The instruction on the lines right above another, if it is one that is often continued.
fn instruction_above<'a>(document: &Document<'a>, own: &Instruction) -> Option<&'a Instruction> {
    let end = own.lines.start();
    let above = document.file.instruction_at(end.checked_sub(1.into())?)?;
    let is_often_continued =
        matches!(above.kind(), InstructionKind::Run | InstructionKind::Env | InstructionKind::Label);
    (is_often_continued && above.heredocs.is_empty()).then_some(above)
}

/// Whether a line reads as the rest of the instruction above it: it begins with an operator or a flag, the line above ends in an operator,
/// or it is indented and goes on with a list.
fn goes_on(document: &Document<'_>, above: &Instruction, own: &Instruction) -> bool {
    const OPERATORS: &str = "&& || | ;";
    let word = own.keyword.text.as_str();
    let is_indented = own.range.start() > own.lines.start() && above.range.start() == above.lines.start();
    let above_text = document.slice(above.range).trim_end();
    let is_in_list = match above.kind() {
        InstructionKind::Run => !above.continuations.is_empty() && ends_in_packages(document, above),
        _ => word.contains('='),
    };
    word.starts_with('-')
        || words_of(OPERATORS).any(|operator| word.starts_with(operator) || above_text.ends_with(operator))
        || is_indented && is_in_list
}

/// Whether the last command of a `RUN` installs packages: more of them may follow.
fn ends_in_packages(document: &Document<'_>, run: &Instruction) -> bool {
    let steps = document.stage_at(run.range.start()).map_or(&[][..], |stage| &stage.steps);
    let step = steps.get(steps.partition_point(|step| step.outer.range.start() < run.range.start()));
    let last = step.and_then(|step| step.commands().last());
    last.is_some_and(|command| install(command).is_some() || language_install(command).is_some())
}

/// What continues a line, as it is continued in the lines above it.
fn continuation(document: &Document<'_>, above: &Instruction, own: &Instruction) -> String {
    // An instruction may begin behind a line that holds nothing but its continuation.
    let from = |last: &TextRange| above.range.start().min(last.start());
    let before = above.continuations.last().map(|last| TextRange::new(from(last), last.start()));
    let text = before.map_or(" ", |before| document.slice(before));
    let blanks = text.get(text.trim_end_matches([' ', '\t']).len()..).unwrap_or_default();
    // Without any, the words on both sides of the line's end would be one.
    let is_apart = !blanks.is_empty() || own.range.start() > own.lines.start();
    format!("{}{}", if is_apart { blanks } else { " " }, document.file.escape)
}

/// Whether a line is continued by what is an instruction: to join it would join that too.
fn swallows_instruction(document: &Document<'_>, own: &Instruction) -> bool {
    own.continuations.iter().any(|continuation| {
        let rest = document.slice(TextRange::new(continuation.end(), own.range.end().max(continuation.end())));
        let word = rest.split_whitespace().next().unwrap_or_default();
        InstructionKind::of(word) != InstructionKind::Unknown
    })
}

/// Whether BuildKit takes a text for an instruction, as far as it does not depend on stages.
fn is_accepted(document: &Document<'_>, text: &str) -> bool {
    let alone = format!("# escape={}\nFROM scratch\n{text}\n", document.file.escape);
    let depends_on_stages = |kind| {
        matches!(kind, ProblemKind::UnknownStageNumber | ProblemKind::InvalidName | ProblemKind::StageTakesFromItself)
    };
    parse(&alone).problems.iter().all(|problem| depends_on_stages(problem.kind))
}
