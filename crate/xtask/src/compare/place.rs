//! Places that findings of two tools have in common.

use layerwise_syntax::{Dockerfile, TextSize, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A finding, as far as two tools can agree on it. A code that is given to an instruction twice counts once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub code: String,
    pub file: PathBuf,
    /// The line on which the instruction begins.
    pub line: u32,
}

pub type Places = BTreeSet<Place>;

/// The files that are compared, by instructions.
pub struct Texts {
    files: BTreeMap<PathBuf, Dockerfile>,
}

impl Texts {
    pub fn read(files: &[PathBuf]) -> Texts {
        let parsed = |file: &PathBuf| {
            let bytes = fs::read(file).unwrap_or_default();
            (file.clone(), parse(&String::from_utf8_lossy(&bytes)))
        };
        Texts { files: files.iter().map(parsed).collect() }
    }

    /// The line on which the instruction of a line begins; outside instructions the line itself. Tools that blame a line within an
    /// instruction do not agree on which.
    pub fn instruction_line(&self, file: &Path, line: u32) -> u32 {
        let of_instruction = || {
            let file = self.files.get(file)?;
            let start = TextSize::try_from(line_start(file.text(), line.into())?).ok()?;
            let instruction = file.instruction_at(start)?;
            line_of(file.text(), instruction.range.start())
        };
        of_instruction().unwrap_or(line)
    }

    /// The text of a place's line, for people.
    pub fn line(&self, place: &Place) -> &str {
        line_text(self.files.get(&place.file).map_or("", Dockerfile::text), place.line)
    }
}

/// The text of a line, for people.
pub(super) fn line_text(text: &str, line: u32) -> &str {
    let index = usize::try_from(line.saturating_sub(1)).unwrap_or_default();
    text.lines().nth(index).unwrap_or_default().trim()
}

/// Where a line begins, counted from 1; `None` for one that the text has not.
pub(super) fn line_start(text: &str, line: u64) -> Option<usize> {
    match usize::try_from(line).ok()?.checked_sub(1)?.checked_sub(1) {
        None => Some(0),
        Some(last) => Some(text.match_indices('\n').nth(last)?.0 + 1),
    }
}

/// The line of an offset.
pub(super) fn line_of(text: &str, offset: TextSize) -> Option<u32> {
    let before = text.get(..usize::from(offset))?;
    u32::try_from(before.matches('\n').count() + 1).ok()
}
