//! White space.

use crate::rules::prelude::*;
use layerwise_syntax::order::by_place;
use layerwise_syntax::{Instruction, PieceKind};

pub const RULE: Rule = Rule {
    id: "formatting",
    category: Category::Style,
    severity: Severity::Style,
    is_on: false,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("trailing").codes(&[tally("tally/no-trailing-spaces")]),
        Case::new("final-newline").codes(&[tally("tally/eol-last")]),
        Case::new("blank-lines").codes(&[tally("tally/no-multiple-empty-lines")]),
        Case::new("multi-space").codes(&[tally("tally/no-multi-spaces")]),
        Case::new("indentation").codes(&[tally("tally/consistent-indentation")]),
        Case::new("spacing").codes(&[tally("tally/newline-between-instructions")]),
    ],
    supersedes: &[],
    title: "Untidy white space",
    summary: "Keep white space tidy: one blank line before each FROM, none at the ends of lines.",
    why: "
With an even layout stages can be seen at a glance, and a change shows only what has really changed.
",
    leave_it_when: "A formatter of your own sets another layout.",
    references: &["https://docs.docker.com/reference/dockerfile/#format"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed("FROM alpine:3.23«  »\nRUN make \\« »\n  all\n", "FROM alpine:3.23\nRUN make \\\n  all\n")
            .case("trailing"),
        fixed("FROM alpine:3.23\n«RUN make»", "FROM alpine:3.23\nRUN make\n").case("final-newline"),
        fixed("«\n»FROM alpine:3.23\n\n«\n\n»RUN make\n«\n»", "FROM alpine:3.23\n\nRUN make\n").case("blank-lines"),
        fixed(
            "FROM alpine:3.23\nRUN«  »make\nCOPY --chmod=644«  »a /a\n",
            "FROM alpine:3.23\nRUN make\nCOPY --chmod=644 a /a\n",
        )
        .case("multi-space"),
        fixed(
            "FROM alpine:3.23\nRUN make \\\n    a \\\n«\t»b \\\n\t\tc \\\n\t  d\n",
            "FROM alpine:3.23\nRUN make \\\n    a \\\n    b \\\n        c \\\n      d\n",
        )
        .case("indentation"),
        fixed(
            "FROM alpine:3.23\nRUN make \\\n\ta \\\n« »   b \\\n        c\n",
            "FROM alpine:3.23\nRUN make \\\n\ta \\\n\tb \\\n\t\tc\n",
        )
        .case("indentation"),
        // Fewer blanks than a tab stands for stay what they are.
        flagged("FROM alpine:3.23\nRUN make \\\n\ta \\\n« » b\n").case("indentation"),
        // Within quotes blanks are part of a word; a label is nothing but words.
        flagged("FROM alpine:3.23\nRUN make \\\n    a \\\n«\t»'b \\\n\t c'\n").case("indentation"),
        flagged("FROM alpine:3.23\nRUN make \\\n    a \\\n«\t»\"$(b \\\n\t c)\"\n").case("indentation"),
        flagged("FROM alpine:3.23\nLABEL a=b \\\n    c=d \\\n«\t»e=f\n").case("indentation"),
        fixed(
            "FROM alpine:3.23\nRUN make\n# ship it\n«FROM» alpine:3.23\n",
            "FROM alpine:3.23\nRUN make\n\n# ship it\nFROM alpine:3.23\n",
        )
        .case("spacing"),
        clean(
            "ARG A=1\nFROM alpine:3.23\n\nRUN make \\\n    \"a  b\" && \\\n      all\n\nFROM scratch\nCOPY <<EOF /a\n \n  a  \n\nEOF\n",
        ),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    check_lines(document, report);
    check_blank_lines(document, report);
    let mut is_first = true;
    let mut steps = document.steps().peekable();
    for instruction in &document.file.instructions {
        while steps.peek().is_some_and(|step| step.instruction.range.start() < instruction.range.start()) {
            steps.next();
        }
        check_gaps(document, instruction, report);
        let step = steps.peek().filter(|step| step.instruction.range == instruction.range);
        check_indents(document, instruction, step.copied(), report);
        if instruction.kind() != InstructionKind::From {
            continue;
        }
        let start = document.block_start(instruction);
        if !is_first && document.gap_start(start) == start {
            let edit = insert(start, newline_of(document.file.text()));
            report.at("spacing", instruction.keyword.range, "a stage begins here without a blank line above it").fix(
                Safe,
                "Set it apart",
                [edit],
            );
        }
        is_first = false;
    }
}

fn check_lines(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut bodies = document.file.instructions.iter().flat_map(|instruction| &instruction.heredocs).peekable();
    for (range, line) in document.file.lines_in(TextRange::up_to(TextSize::of(document.file.text()))) {
        let at = range.start();
        while bodies.peek().is_some_and(|heredoc| heredoc.body.end() <= at) {
            bodies.next();
        }
        let text = line.trim_end_matches(['\r', '\n']);
        let kept = text.trim_end_matches([' ', '\t']);
        if kept.is_empty() || kept.len() == text.len() || bodies.peek().is_some_and(|heredoc| heredoc.body.contains(at))
        {
            continue;
        }
        let range = TextRange::new(at + TextSize::of(kept), at + TextSize::of(text));
        report.at("trailing", range, "blanks at the end of a line").fix(Safe, "Delete them", [delete(range)]);
    }
    let last = document.file.pieces.last().filter(|_| !document.file.text().ends_with('\n'));
    if let Some(last) = last.filter(|last| !last.content.is_empty()) {
        let edit = insert(last.range.end(), newline_of(document.file.text()));
        report.at("final-newline", last.content, "the last line has no end").fix(Safe, "End it", [edit]);
    }
}

fn check_blank_lines(document: &Document<'_>, report: &mut Reporter<'_>) {
    let pieces = &document.file.pieces;
    let end = pieces.iter().rposition(|piece| piece.kind != PieceKind::Blank);
    // At the start of the file none is wanted, elsewhere one.
    let mut wanted = 0;
    let mut extra: Option<TextRange> = None;
    for (index, piece) in pieces.iter().enumerate() {
        if piece.kind == PieceKind::Blank {
            let is_at_end = end.is_none_or(|end| index > end);
            if wanted == 0 || is_at_end {
                extra = Some(extra.map_or(piece.range, |range| range.cover(piece.range)));
            }
            wanted = 0;
            continue;
        }
        wanted = 1;
        report_extra(extra.take(), report);
    }
    report_extra(extra, report);
}

fn report_extra(extra: Option<TextRange>, report: &mut Reporter<'_>) {
    if let Some(range) = extra {
        report.at("blank-lines", range, "more blank lines than set anything apart").fix(
            Safe,
            "Delete them",
            [delete(range)],
        );
    }
}

/// What stands between the keyword, the flags and the arguments.
fn check_gaps(document: &Document<'_>, instruction: &Instruction, report: &mut Reporter<'_>) {
    let mut before = instruction.keyword.range.end();
    let flags = instruction.flags.iter().map(|flag| flag.range);
    for part in flags.chain([instruction.arguments_range]) {
        let gap = TextRange::new(before, part.start().max(before));
        before = part.end();
        if gap.len() > TextSize::new(1) && document.slice(gap).trim_matches([' ', '\t']).is_empty() {
            report.at("multi-space", gap, "one blank is enough here").fix(Safe, "Leave one blank", [replace(gap, " ")]);
        }
    }
}

/// Continued lines of which some begin with a tab and some with blanks.
fn check_indents(
    document: &Document<'_>,
    instruction: &Instruction,
    step: Option<&Step<'_>>,
    report: &mut Reporter<'_>,
) {
    let mut usual = None;
    for joint in &instruction.continuations {
        let rest = TextRange::new(joint.end(), instruction.lines.end().max(joint.end()));
        let first = document.slice(rest).chars().next().filter(|first| matches!(first, ' ' | '\t'));
        let Some(first) = first else { continue };
        if *usual.get_or_insert(first) != first {
            let range = TextRange::at(joint.end(), TextSize::of(first));
            let finding =
                report.at("indentation", range, "lines of this instruction are indented with tabs and with blanks");
            if let Some(edits) = step.and_then(|step| indented_alike(document, step)) {
                finding.fix(Safe, "Indent all as the first is", edits);
            }
            return;
        }
    }
}

/// The edits that begin all continued lines of a `RUN` with what the first begins with. `None` where a word goes on over the end of a line.
fn indented_alike(document: &Document<'_>, step: &Step<'_>) -> Option<Vec<Edit>> {
    let [run] = &step.scripts[..] else { return None };
    let instruction = step.instruction;
    if !step.is_run() || !run.script.is_readable || !instruction.heredocs.is_empty() {
        return None;
    }
    let words = run.script.commands.iter().flat_map(|command| &command.words);
    let mut words = by_place(words.map(|word| word.range), |range| *range).into_iter().peekable();
    // How far the words reach that begin above a line.
    let mut reached = TextSize::new(0);
    let mut unit = String::new();
    let mut edits = Vec::new();
    for joint in &instruction.continuations {
        while let Some(word) = words.next_if(|word| word.start() < joint.end()) {
            reached = reached.max(word.end());
        }
        let line = document.slice(TextRange::new(joint.end(), instruction.lines.end().max(joint.end())));
        let kept = line.trim_start_matches([' ', '\t']);
        let (blanks, _) = line.split_at_checked(line.len() - kept.len())?;
        if blanks.is_empty() {
            continue;
        }
        if reached > joint.end() {
            return None;
        }
        if unit.is_empty() {
            unit = if blanks.starts_with('\t') { "\t".to_owned() } else { blanks.replace('\t', "") };
        }
        let alike = if unit == "\t" { blanks.replace("    ", "\t") } else { blanks.replace('\t', &unit) };
        if alike != blanks {
            edits.push(replace(TextRange::at(joint.end(), TextSize::of(blanks)), alike));
        }
    }
    Some(edits)
}
