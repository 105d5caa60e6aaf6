//! Blank lines within an instruction.

use crate::rules::prelude::*;
use layerwise_syntax::Instruction;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "empty-continuation-line",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::File,
    codes: &[buildkit("NoEmptyContinuation")],
    cases: &[],
    supersedes: &[],
    title: "Blank line within an instruction",
    summary: "Take blank lines out of continued instructions; a later version of Docker will refuse them.",
    why: "
After a backslash the instruction goes on, over blank lines too. Builders skip such lines and warn, and say that one day they will not. To
set two parts of a long instruction apart, put a comment line between them.
",
    leave_it_when: "Never: nothing is lost with the blank line.",
    references: &["https://docs.docker.com/reference/build-checks/no-empty-continuation/"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23\nRUN echo one \\\n«\n»    && echo two\n",
            "FROM alpine:3.23\nRUN echo one \\\n    && echo two\n",
        ),
        fixed(
            "FROM alpine:3.23\nRUN echo one \\\n«  \n»# why\n\n    && echo two\n",
            "FROM alpine:3.23\nRUN echo one \\\n# why\n    && echo two\n",
        ),
        // The instruction ends here, and its last backslash is one too many.
        reviewed("FROM alpine:3.23\nRUN echo one \\\n«\n»", "FROM alpine:3.23\nRUN echo one\n"),
        clean("FROM alpine:3.23\nRUN echo one \\\n    # why\n    && echo two\n"),
        clean("FROM alpine:3.23\nRUN <<EOF\necho one\n\necho two\nEOF\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for instruction in &document.file.instructions {
        let Some(first) = instruction.blank_lines.first() else { continue };
        let finding = report.here(*first, "an instruction goes on over a blank line");
        match dangling(instruction) {
            None => {
                let edits: Vec<Edit> = instruction.blank_lines.iter().map(|line| delete(*line)).into_list();
                finding.fix(Safe, "Delete the blank lines", edits);
            }
            Some(rest) if instruction.comments.is_empty() => {
                let blanks = document.slice(TextRange::new(instruction.range.start(), rest.start()));
                let kept = TextSize::of(blanks.trim_end_matches([' ', '\t']));
                let range = TextRange::new(instruction.range.start() + kept, rest.end());
                let edit = replace(range, newline_of(document.file.text()));
                finding.fix(Review, "End the instruction here (was there more to come?)", [edit]);
            }
            Some(_) => {}
        }
    }
}

/// The last backslash and what follows it, where that is nothing but blank lines.
fn dangling(instruction: &Instruction) -> Option<TextRange> {
    instruction.continuations.last().copied().filter(|last| last.end() >= instruction.lines.end())
}
