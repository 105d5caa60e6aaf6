//! Instructions that a backslash has drawn into a `RUN`.

use crate::document::{RunScript, ScriptForm};
use crate::fix::line_indent;
use crate::rules::prelude::*;
use crate::shell::Word;

pub const RULE: Rule = Rule {
    id: "instruction-inside-run",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    // The blank line is what was meant to end the instruction.
    supersedes: &["empty-continuation-line"],
    title: "Instruction within a RUN",
    summary: "End a RUN without a backslash; with one, the next instruction becomes part of it.",
    why: "
One backslash too many glues two instructions together. The shell then looks for a program that is called `COPY`, or takes the word for one more
argument of the command before, and the instruction never happens.
",
    leave_it_when: "A program of that very name exists and is meant.",
    references: &["https://docs.docker.com/reference/dockerfile/#format"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nRUN mkdir -p /srv && \\\n«COPY» app /srv/app\n",
            "FROM alpine:3.23\nRUN mkdir -p /srv\nCOPY app /srv/app\n",
        ),
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl \\\n    git \\\n\n  «ENV» A=1\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl \\\n    git\n\n  ENV A=1\n",
        ),
        reviewed(
            "FROM alpine:3.23\nRUN make; \\\n\n# the next one\n«CMD» make run\n",
            "FROM alpine:3.23\nRUN make\n\n# the next one\nCMD make run\n",
        ),
        clean("FROM alpine:3.23\nRUN mkdir -p /srv\nCOPY app /srv/app\n"),
        clean("FROM alpine:3.23\nRUN psql -c \\\n  \"SELECT * \\\nFROM t\" && make --target \\\n  ENV x && echo ADD this \\\n  RUN\n"),
        clean("FROM alpine:3.23\nRUN cat > /d <<EOF\nFROM alpine\nRUN make it\nEOF\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        for run in step.scripts.iter().filter(|run| run.form == ScriptForm::Inline) {
            let Some(word) = lost_keyword(document, run) else { continue };
            let finding = report.here(word.range, format!("`{}` is part of the instruction above here", word.raw));
            if let Some(edit) = end_before(document, step, word) {
                finding.fix(Review, "End the instruction on the line above", [edit]);
            }
        }
    }
}

/// The first word that stands where an instruction would begin, and is called like one.
fn lost_keyword<'r>(document: &Document<'_>, run: &'r RunScript) -> Option<&'r Word> {
    for command in &run.script.commands {
        let mut before: Option<&Word> = None;
        let mut words = command.words.iter().peekable();
        while let Some(word) = words.next() {
            let is_keyword = !word.is_quoted && InstructionKind::ALL.iter().any(|kind| kind.name() == word.raw);
            let is_value = before.is_some_and(Word::is_flag);
            before = Some(word);
            if !is_keyword || is_value || word.is("MAINTAINER") {
                continue;
            }
            let has_argument = words.peek().is_some_and(|next| {
                let between = document.slice(TextRange::new(word.range.end(), next.range.start()));
                !between.is_empty() && between.trim_matches([' ', '\t']).is_empty()
            });
            if has_argument && line_indent(document, word.range.start()).is_some() {
                return Some(word);
            }
        }
    }
    None
}

/// The edit that ends an instruction on the last line before a word that begins one: the backslash goes, with the `&&` before it.
fn end_before(document: &Document<'_>, step: &Step<'_>, word: &Word) -> Option<Edit> {
    let joint = step.instruction.continuations.iter().rfind(|joint| joint.start() < word.range.start())?;
    let start = step.instruction.range.start();
    let text = document.slice(TextRange::new(start, joint.start().max(start)));
    let kept = text.trim_end_matches(|mark: char| mark.is_whitespace() || matches!(mark, '&' | ';'));
    let line = document.slice(*joint).split(['\r', '\n']).next()?;
    Some(delete(TextRange::new(start + TextSize::of(kept), joint.start() + TextSize::of(line))))
}
