//! Taking words away from lists.

use super::{Edit, delete, drop_last_link, drop_link};
use crate::document::{Document, RunScript, Step};
use crate::shell::{Assignment, Command};
use layerwise_syntax::{TextRange, TextSize, Word};

/// What goes when one of several that stand side by side goes: itself with the blanks that part it from its neighbour. `None` where it is the
/// only one.
pub fn among(before: Option<TextRange>, own: TextRange, next: Option<TextRange>) -> Option<TextRange> {
    match (before, next) {
        (_, Some(next)) => Some(TextRange::new(own.start(), next.start())),
        (Some(before), None) => Some(TextRange::new(before.end(), own.end())),
        (None, None) => None,
    }
}

/// Takes one of several words away. `None` where it is the only one.
pub fn drop_word(words: &[Word], index: usize) -> Option<Edit> {
    let range = |index: usize| words.get(index).map(|word| word.range);
    among(index.checked_sub(1).and_then(range), range(index)?, range(index + 1)).map(delete)
}

/// Takes a source of a `COPY` away, or the whole instruction where it is the only one.
pub fn drop_source(step: &Step<'_>, source: TextRange) -> Edit {
    let Some(copy) = step.copy().filter(|copy| copy.sources.len() > 1) else { return delete(step.outer.lines) };
    // What follows a source is another one or the destination; it is parted by blanks or a continued line.
    let behind = copy.sources.partition_point(|other| other.word().range.start() < source.end());
    let next = copy.sources.get(behind).map_or(copy.destination.range, |next| next.word().range);
    delete(TextRange::new(source.start(), next.start().max(source.end())))
}

/// Takes an argument away, or several that follow each other, with the blanks in front. `None` where a comment stands there.
pub fn drop_argument(document: &Document<'_>, command: &Command, range: TextRange) -> Option<Edit> {
    let before = command.words.iter().rev().find(|word| word.range.end() <= range.start())?;
    let is_json = document.slice(command.range).starts_with('[');
    let gap = TextRange::new(before.range.end(), range.start());
    let parts = |mark: char| mark.is_whitespace() || mark == document.file.escape || is_json && mark == ',';
    let is_plain = document.slice(gap).chars().all(parts);
    is_plain.then(|| delete(TextRange::new(gap.start(), range.end())))
}

/// Takes an assignment from in front of a command: `A=1 make`.
pub fn drop_assignment(document: &Document<'_>, command: &Command, assignment: &Assignment) -> Option<Edit> {
    let program = command.words.first().filter(|program| program.range.start() > assignment.range.end())?;
    let rest = document.slice(TextRange::new(assignment.range.end(), program.range.start()));
    let blanks = TextSize::of(rest) - TextSize::of(rest.trim_start_matches(' '));
    (blanks > 0.into()).then(|| delete(TextRange::new(assignment.range.start(), assignment.range.end() + blanks)))
}

/// Takes a command away: with its `&&`, or the whole `RUN` where it is all that it does.
pub fn drop_command(document: &Document<'_>, step: &Step<'_>, run: &RunScript, command: &Command) -> Option<Edit> {
    let is_alone = step.is_run() && step.scripts.len() == 1 && run.script.commands.len() == 1;
    if is_alone {
        let is_bare = !document.has_comments(step) && !step.is_trigger;
        return is_bare.then(|| delete(document.lines_to_go(step.outer)));
    }
    drop_link(document, &run.script, command).or_else(|| drop_last_link(document, &run.script, command))
}
