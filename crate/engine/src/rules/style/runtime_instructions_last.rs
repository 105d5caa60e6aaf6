//! Where `CMD` and its kin stand.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "runtime-instructions-last",
    category: Category::Style,
    severity: Severity::Style,
    is_on: false,
    scope: Scope::Final,
    codes: &[tally("tally/epilogue-order")],
    cases: &[],
    supersedes: &[],
    title: "Run-time instruction in the middle",
    summary: "Put STOPSIGNAL, HEALTHCHECK, ENTRYPOINT and CMD at the end, in that order.",
    why: "
A reader looks at the bottom for what the image runs. With all of it in one place one also sees at once whether `CMD` fits `ENTRYPOINT`.
",
    leave_it_when: "A team keeps another order in all its files.",
    references: &["https://docs.docker.com/reference/dockerfile/#cmd"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23\n# runs it\n«CMD [\"app\"]»\nCOPY app /usr/local/bin/app\n",
            "FROM alpine:3.23\nCOPY app /usr/local/bin/app\n# runs it\nCMD [\"app\"]\n",
        ),
        fixed(
            "FROM alpine:3.23\nUSER app\n«CMD [\"app\"]»\nEXPOSE 80\nENTRYPOINT [\"e\"]\nSTOPSIGNAL SIGINT\n",
            "FROM alpine:3.23\nUSER app\nEXPOSE 80\nSTOPSIGNAL SIGINT\nENTRYPOINT [\"e\"]\nCMD [\"app\"]\n",
        ),
        // Which of the two counts, and the value that the signal has there, would change; the last line has no end.
        flagged("FROM alpine:3.23\n«CMD [\"a\"]»\nRUN make\nCMD [\"b\"]\n"),
        flagged("FROM alpine:3.23\n«STOPSIGNAL $A»\nENV A=SIGINT\n"),
        flagged("FROM alpine:3.23\n«CMD [\"a\"]»\nRUN make"),
        clean("FROM alpine:3.23\nCOPY app /usr/local/bin/app\nCMD [\"app\"]\n"),
        clean("FROM alpine:3.23 AS base\nCMD [\"a\"]\nRUN make\nFROM base\nHEALTHCHECK NONE\nENTRYPOINT [\"e\"]\nLABEL a=b\nUSER 1000\n"),
    ],
    check,
};

/// In the order in which they should stand.
const ORDER: [InstructionKind; 4] =
    [InstructionKind::Stopsignal, InstructionKind::Healthcheck, InstructionKind::Entrypoint, InstructionKind::Cmd];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some(first) = first_misplaced(stage) else { return };
    let message = format!("{} stands before instructions that should come first", first.kind().name());
    let finding = report.here(first.instruction.range, message);
    if let Some(edits) = moves(document, stage, first) {
        finding.fix(Safe, "Move what says how the image runs to the end", edits);
    }
}

/// The place of one of the four, counted from 1.
fn rank(step: &Step<'_>) -> Option<usize> {
    let place = ORDER.iter().position(|kind| *kind == step.kind()).filter(|_| !step.is_trigger)?;
    Some(place + 1)
}

/// The first of the four behind which stands something that should come before it.
fn first_misplaced<'s, 'a>(stage: &'s Stage<'a>) -> Option<&'s Step<'a>> {
    const ANYWHERE: [InstructionKind; 4] =
        [InstructionKind::Label, InstructionKind::Expose, InstructionKind::Volume, InstructionKind::User];
    let mut first = None;
    let mut lowest_behind = usize::MAX;
    for step in stage.steps.iter().rev().filter(|step| !ANYWHERE.contains(&step.kind())) {
        let rank = rank(step).unwrap_or_default();
        if lowest_behind < rank {
            first = Some(step);
        }
        lowest_behind = lowest_behind.min(rank);
    }
    first
}

/// The edits that move the four to the end of the stage, with the comments above them. `None` where the move could change something.
fn moves(document: &Document<'_>, stage: &Stage<'_>, first: &Step<'_>) -> Option<Vec<Edit>> {
    let end = stage.steps.last()?.outer.lines.end();
    let mut edits = Vec::new();
    let mut moved: [Option<&str>; 4] = [None; 4];
    for step in stage.steps.iter().skip(first.index) {
        let is_setting = matches!(step.kind(), InstructionKind::Shell | InstructionKind::Env | InstructionKind::Arg);
        let Some(rank) = rank(step) else {
            if is_setting {
                return None;
            }
            continue;
        };
        let range = TextRange::new(document.block_start(step.outer), step.outer.lines.end());
        let text = document.slice(range);
        let place = moved.get_mut(rank.checked_sub(1)?)?;
        if place.is_some() || !text.ends_with('\n') {
            return None;
        }
        *place = Some(text);
        edits.push(delete(range));
    }
    if !document.slice(TextRange::up_to(end)).ends_with('\n') {
        return None;
    }
    let text: String = moved.into_iter().flatten().collect();
    edits.push(insert(end, text));
    Some(edits)
}
