//! Files as text with places.

use crate::complain;
use anyhow::{Context, Result};
use layerwise_engine::Date;
use layerwise_syntax::{TextRange, TextSize};
use line_index::{LineIndex, WideEncoding};
use serde::Serialize;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file that was read.
pub struct Source {
    /// Its name as given; `-` for standard input.
    pub name: String,
    /// Its text. Bytes that are no UTF-8 are replaced in it.
    pub text: String,
    /// Whether the text is exactly what the file holds.
    pub is_exact: bool,
    /// The `.dockerignore` beside it, where BuildKit would look: one named after the file, or one of the folder.
    pub dockerignore: Option<String>,
    lines: LineIndex,
}

fn dockerignore_beside(file: &Path) -> Option<String> {
    let mut own = file.file_name()?.to_owned();
    own.push(".dockerignore");
    let beside = [file.with_file_name(own), file.with_file_name(".dockerignore")];
    beside.into_iter().find_map(|path| fs::read_to_string(path).ok())
}

/// A place for people: a line and a column in characters, both counted from 1.
#[derive(Clone, Copy, Serialize)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Source {
    /// Reads a file, or standard input for `-`.
    pub fn read(name: &str) -> Result<Source> {
        let bytes = if name == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).context("standard input cannot be read")?;
            bytes
        } else {
            fs::read(name).with_context(|| format!("{name} cannot be read"))?
        };
        let (text, is_exact) = match String::from_utf8(bytes) {
            Ok(text) => (text, true),
            Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), false),
        };
        let dockerignore = if name == "-" { None } else { dockerignore_beside(Path::new(name)) };
        Ok(Source { name: name.to_owned(), lines: LineIndex::new(&text), text, is_exact, dockerignore })
    }

    /// Reads a file; where that fails says so on standard error, so that the other files can still be read.
    pub fn read_or_complain(name: &str) -> Option<Source> {
        Source::read(name).inspect_err(complain).ok()
    }

    /// What people call it.
    pub fn title(&self) -> &str {
        if self.name == "-" { "standard input" } else { &self.name }
    }

    /// Where an offset is.
    pub fn place(&self, offset: TextSize) -> Place {
        let position = self.lines.try_line_col(offset);
        let wide = position.and_then(|position| self.lines.to_wide(WideEncoding::Utf32, position));
        wide.map_or(Place { line: 1, column: 1 }, |wide| Place { line: wide.line + 1, column: wide.col + 1 })
    }

    /// Where a line, counted from 1, begins.
    pub fn line_start(&self, line: u32) -> Option<TextSize> {
        self.lines.line(line.checked_sub(1)?).map(|range| range.start())
    }

    /// Where a range begins and ends.
    pub fn places(&self, range: TextRange) -> (Place, Place) {
        (self.place(range.start()), self.place(range.end()))
    }
}

/// Today, in UTC. The engine has no clock of its own.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_days_since_1970(seconds / 86_400)
}
