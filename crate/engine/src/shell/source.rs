//! The text of a script, and where it lies in the Dockerfile.

use std::ops::Range;
use text_size::{TextRange, TextSize};

#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub offset: TextSize,
}

impl<'a> Source<'a> {
    /// The range in the Dockerfile of a range of bytes of the text.
    pub fn range(&self, bytes: Range<usize>) -> Option<TextRange> {
        let start = self.offset.checked_add(TextSize::try_from(bytes.start).ok()?)?;
        let end = self.offset.checked_add(TextSize::try_from(bytes.end).ok()?)?;
        (start <= end).then(|| TextRange::new(start, end))
    }

    /// A part of the text, as a source of its own.
    pub fn part(&self, bytes: Range<usize>) -> Option<Source<'a>> {
        let range = self.range(bytes.clone())?;
        Some(Source { text: self.text.get(bytes)?, offset: range.start() })
    }
}
