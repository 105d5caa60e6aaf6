//! Whole trees of files, as a root file system is one.

use super::archive::is_unpacked;
use crate::document::{Document, Step};
use crate::path::last_part;
use crate::shell::Command;
use crate::table::Listed;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{InstructionKind, Source};
use std::cell::OnceCell;

/// Tells whole trees from single files, by what stands elsewhere in a document. That is looked for once.
pub struct Trees<'d, 'a> {
    document: &'d Document<'a>,
    /// The names of files that compilers write.
    written: OnceCell<HashSet<&'d str>>,
    /// The programs that a container starts.
    started: OnceCell<HashSet<&'d str>>,
}

impl<'d, 'a> Trees<'d, 'a> {
    /// For the steps of a document.
    pub fn of(document: &'d Document<'a>) -> Self {
        Trees { document, written: OnceCell::new(), started: OnceCell::new() }
    }

    /// Whether what a `COPY` or `ADD` brings may be more than single files: a folder whose content goes to the destination, or an archive that
    /// is unpacked there.
    pub fn may_come_with(&self, step: &Step<'a>) -> bool {
        let is_add = step.kind() == InstructionKind::Add;
        let folder = self.document.destination_of(step);
        let folder = folder.as_deref().unwrap_or_default().trim_end_matches('/');
        step.copy().is_some_and(|copy| copy.sources.iter().any(|source| !self.is_one_file(source, folder, is_add)))
    }

    /// Whether a source is one file for certain: by its name, because a compiler of this file writes it, or because a container starts it.
    fn is_one_file(&self, source: &Source, folder: &str, is_add: bool) -> bool {
        const FILES: &str = "\
            bin cfg conf crt css env exe html ini jar js json key md mjs pem php pl properties py rb sh so sql toml ts \
            txt war wasm xml yaml yml";
        let Source::Path(word) = source else { return true };
        let path = word.text.as_str();
        if !word.is_plain() || path.contains(['*', '?', '[']) || is_add && is_unpacked(path) {
            return false;
        }
        let name = last_part(path);
        let has_ending = name.rsplit_once('.').is_some_and(|(_, ending)| ending.is_one_of(FILES));
        let is_started = || self.started().contains([folder, "/", name].concat().as_str());
        !name.is_empty() && (has_ending || is_started() || self.written().contains(name))
    }

    fn written(&self) -> &HashSet<&'d str> {
        self.written.get_or_init(|| {
            let steps = self.document.stages().iter().flat_map(|stage| &stage.steps);
            steps.flat_map(Step::commands).flat_map(written_by_compiler).collect()
        })
    }

    fn started(&self) -> &HashSet<&'d str> {
        self.started.get_or_init(|| {
            let start = self.document.final_stage().map(|stage| self.document.start_commands(stage));
            start.unwrap_or_default().iter().filter_map(|command| command.words.first()?.known()).collect()
        })
    }
}

/// The names of the files that a compiler is told to write. Of several packages Go makes a folder.
fn written_by_compiler(command: &Command) -> impl Iterator<Item = &str> {
    const COMPILERS: &str = "go gcc g++ cc c++ clang clang++ rustc zig";
    let is_compiler = command.is_one_of(COMPILERS) && !command.words.iter().any(|word| word.shown().ends_with("..."));
    let pairs = command.words.iter().zip(command.words.iter().skip(1)).filter(move |_| is_compiler);
    pairs.filter(|(flag, _)| flag.is("-o")).filter_map(|(_, word)| word.known()).map(last_part)
}
