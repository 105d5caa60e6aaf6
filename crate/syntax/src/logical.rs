//! The logical line: what BuildKit reads after it has joined continued lines, with the way back to the file.

use std::ops::Range;
use text_size::{TextRange, TextSize};

/// What stands between a keyword and its arguments, and between words. Other white space, such as a no-break space, belongs to a word.
pub(crate) const BLANKS: [char; 5] = ['\t', '\u{b}', '\u{c}', '\r', ' '];

/// A byte offset as the tree holds it. `parse` refuses texts for which this could not hold.
pub(crate) fn size(offset: usize) -> TextSize {
    TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX))
}

/// A range of byte offsets as the tree holds it.
pub(crate) fn span(range: Range<usize>) -> TextRange {
    let start = size(range.start);
    TextRange::new(start, size(range.end).max(start))
}

/// Joined text whose every byte knows where in the file it stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Logical {
    pub text: String,
    /// Where each run of unbroken text begins: in `text`, and in the file. Ascending in both.
    runs: Vec<(usize, usize)>,
}

impl Logical {
    pub fn push(&mut self, text: &str, file_offset: usize) {
        // The first run is kept even when it is empty: a line that holds nothing else still has a place.
        if !text.is_empty() || self.runs.is_empty() {
            self.runs.push((self.text.len(), file_offset));
            self.text.push_str(text);
        }
    }

    /// Where the byte at `offset` of the joined text stands in the file.
    pub fn file_offset(&self, offset: usize) -> usize {
        let after = self.runs.partition_point(|run| run.0 <= offset);
        match after.checked_sub(1).and_then(|index| self.runs.get(index)) {
            Some((joined, file)) => file + (offset - joined),
            None => offset,
        }
    }

    /// The range in the file from the first to the last byte of a range of the joined text.
    pub fn file_range(&self, range: Range<usize>) -> TextRange {
        if range.start >= range.end {
            return self.file_place(range.start, Lean::Back);
        }
        span(self.file_offset(range.start)..self.file_offset(range.end - 1) + 1)
    }

    /// Where nothing stands at an offset of the joined text. At a join that is either side of it.
    fn file_place(&self, offset: usize, lean: Lean) -> TextRange {
        let before = offset.checked_sub(1).filter(|_| lean == Lean::Back || offset >= self.text.len());
        let at = match before {
            Some(before) => self.file_offset(before) + 1,
            None => self.file_offset(offset),
        };
        span(at..at)
    }

    /// A part of the joined text.
    pub fn view(&self, range: Range<usize>) -> View<'_> {
        View { logical: self, start: range.start, lean: Lean::Back, text: self.text.get(range).unwrap_or_default() }
    }
}

/// Which neighbour an empty part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lean {
    /// What stands before it.
    Back,
    /// What stands after it.
    Forward,
}

/// A part of a [`Logical`] line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    logical: &'a Logical,
    start: usize,
    lean: Lean,
    pub text: &'a str,
}

impl<'a> View<'a> {
    pub fn sub(&self, range: Range<usize>) -> View<'a> {
        let lean = match (self.text.is_empty(), range.start) {
            (true, _) => self.lean,
            (false, 0) => Lean::Forward,
            (false, _) => Lean::Back,
        };
        let text = self.text.get(range.clone()).unwrap_or_default();
        View { logical: self.logical, start: self.start + range.start, lean, text }
    }

    pub fn from(&self, start: usize) -> View<'a> {
        self.sub(start..self.text.len())
    }

    pub fn trim(&self) -> View<'a> {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        self.sub(start..end)
    }

    pub fn range(&self) -> TextRange {
        self.range_of(0..self.text.len())
    }

    /// The range in the file of a range of this view's text.
    pub fn range_of(&self, range: Range<usize>) -> TextRange {
        if range.is_empty() && (self.lean == Lean::Forward && self.text.is_empty()) {
            return self.logical.file_place(self.start + range.start, Lean::Forward);
        }
        self.logical.file_range(self.start + range.start..self.start + range.end)
    }

    /// The words between runs of blanks, quotes not regarded.
    pub fn split_blanks(&self) -> Vec<View<'a>> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, character) in self.text.char_indices() {
            match (BLANKS.contains(&character), start) {
                (true, Some(from)) => {
                    words.push(self.sub(from..at));
                    start = None;
                }
                (false, None) => start = Some(at),
                _ => {}
            }
        }
        if let Some(from) = start {
            words.push(self.sub(from..self.text.len()));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_knows_its_place_across_a_join() {
        let mut logical = Logical::default();
        logical.push("RUN a ", 0);
        logical.push("  b", 8);
        assert_eq!(logical.text, "RUN a   b");
        assert_eq!(logical.file_range(4..5), span(4..5));
        assert_eq!(logical.file_range(8..9), span(10..11));
        assert_eq!(logical.file_range(4..9), span(4..11));
        assert_eq!(logical.file_range(9..9), span(11..11));
        assert_eq!(logical.file_range(6..6), span(6..6), "nothing at a join lies before the join");
    }
}
