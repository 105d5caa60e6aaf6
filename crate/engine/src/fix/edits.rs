//! Making edits.

use super::Edit;
use layerwise_syntax::{TextRange, TextSize};

/// Puts `text` in the place of `range`.
pub fn replace(range: TextRange, text: impl Into<String>) -> Edit {
    Edit { range, text: text.into(), why: "" }
}

/// Puts `text` before the byte at `offset`.
pub fn insert(offset: TextSize, text: impl Into<String>) -> Edit {
    replace(TextRange::empty(offset), text)
}

/// Takes `range` away.
pub fn delete(range: TextRange) -> Edit {
    replace(range, "")
}

/// The line ending that a text uses: that of its first line.
pub fn newline_of(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
