//! Whole trees of files, as a root file system is one.

use super::archive::is_unpacked;
use crate::document::{Document, Step};
use crate::path::{last_part, looks_like_file};
use crate::shell::Command;
use layerwise_syntax::{InstructionKind, Source};

/// Whether what a `COPY` or `ADD` brings may be more than single files: a folder whose content goes to the destination, or an archive that is
/// unpacked there.
pub fn may_bring_tree(document: &Document<'_>, step: &Step<'_>) -> bool {
    let is_add = step.kind() == InstructionKind::Add;
    step.copy().is_some_and(|copy| copy.sources.iter().any(|source| !is_one_file(document, source, is_add)))
}

/// Whether a source is one file for certain: by its name, because a command of this file writes it, or because a container starts it.
fn is_one_file(document: &Document<'_>, source: &Source, is_add: bool) -> bool {
    let Source::Path(word) = source else { return true };
    let path = word.text.as_str();
    if !word.is_plain() || path.contains(['*', '?', '[']) || is_add && is_unpacked(path) {
        return false;
    }
    let name = last_part(path);
    let names_it = |word: &str| last_part(word) == name;
    let is_written = |command: &Command| {
        let mut pairs = command.words.iter().zip(command.words.iter().skip(1));
        pairs.any(|(flag, word)| (flag.is("-o") || flag.is("--output")) && word.known().is_some_and(names_it))
    };
    let is_started = || {
        let start = document.final_stage().map(|stage| document.start_commands(stage)).unwrap_or_default();
        start.iter().filter_map(Command::program).any(|program| program == name)
    };
    let is_output = || document.stages().iter().flat_map(|stage| &stage.steps).flat_map(Step::commands).any(is_written);
    !name.is_empty() && (looks_like_file(path) || is_started() || is_output())
}
