//! Whole trees of files, as a root file system is one.

use super::archive::is_unpacked;
use crate::document::{Document, Step};
use crate::path::last_part;
use crate::shell::Command;
use crate::table::Listed;
use layerwise_syntax::{InstructionKind, Source};

/// Whether what a `COPY` or `ADD` brings may be more than single files: a folder whose content goes to the destination, or an archive that is
/// unpacked there.
pub fn may_bring_tree(document: &Document<'_>, step: &Step<'_>) -> bool {
    let is_add = step.kind() == InstructionKind::Add;
    let folder = document.destination_of(step);
    let folder = folder.as_deref().unwrap_or_default().trim_end_matches('/');
    step.copy().is_some_and(|copy| copy.sources.iter().any(|source| !is_one_file(document, source, folder, is_add)))
}

/// Whether a source is one file for certain: by its name, because a compiler of this file writes it, or because a container starts it.
fn is_one_file(document: &Document<'_>, source: &Source, folder: &str, is_add: bool) -> bool {
    const FILES: &str = "\
        bin cfg conf crt css env exe html ini jar js json key md mjs pem php pl properties py rb sh so sql toml ts txt \
        war wasm xml yaml yml";
    const COMPILERS: &str = "go gcc g++ cc c++ clang clang++ rustc zig";
    let Source::Path(word) = source else { return true };
    let path = word.text.as_str();
    if !word.is_plain() || path.contains(['*', '?', '[']) || is_add && is_unpacked(path) {
        return false;
    }
    let name = last_part(path);
    let names_it = |word: &str| last_part(word) == name;
    let is_written = |command: &Command| {
        let mut pairs = command.words.iter().zip(command.words.iter().skip(1));
        // Of several packages Go makes a folder.
        command.is_one_of(COMPILERS)
            && !command.words.iter().any(|word| word.shown().ends_with("..."))
            && pairs.any(|(flag, word)| flag.is("-o") && word.known().is_some_and(names_it))
    };
    let is_started = || {
        let start = document.final_stage().map(|stage| document.start_commands(stage)).unwrap_or_default();
        let mut programs = start.iter().filter_map(|command| command.words.first()?.known());
        programs.any(|program| program.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) == Some(name))
    };
    let is_output = || document.stages().iter().flat_map(|stage| &stage.steps).flat_map(Step::commands).any(is_written);
    let has_ending = name.rsplit_once('.').is_some_and(|(_, ending)| ending.is_one_of(FILES));
    !name.is_empty() && (has_ending || is_started() || is_output())
}
