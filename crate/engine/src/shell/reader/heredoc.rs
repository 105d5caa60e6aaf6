//! The bodies of heredocs, which begin where the line of their operators ends.

use super::Reader;
use super::word::Pieces;
use crate::shell::tree::Body;

/// A heredoc whose body is still to come.
pub(super) struct Pending {
    /// Which of the bodies it is.
    pub number: usize,
    pub delimiter: String,
    /// Whether the delimiter is: then nothing in the body is special.
    pub is_quoted: bool,
    pub strips_tabs: bool,
}

impl Reader<'_> {
    /// Reads the bodies of the line that ended here.
    pub(super) fn bodies(&mut self) -> Option<()> {
        if self.pending.is_empty() {
            return Some(());
        }
        for heredoc in std::mem::take(&mut self.pending) {
            let start = self.at;
            let (end, next) = self.end_of_body(&heredoc);
            let mut body = Body { range: self.source.range(start..end), inner: Vec::new() };
            if !heredoc.is_quoted {
                let outer_inner = std::mem::take(&mut self.inner);
                let outer_end = std::mem::replace(&mut self.end, end);
                let mut pieces = Pieces::default();
                while let Some(byte) = self.peek() {
                    self.quoted_piece(byte, &mut pieces)?;
                }
                self.end = outer_end;
                body.inner = std::mem::replace(&mut self.inner, outer_inner);
            }
            if let Some(slot) = self.bodies.get_mut(heredoc.number) {
                *slot = body;
            }
            self.at = next;
            self.body_end = next;
        }
        Some(())
    }

    /// Where a body ends, and where the line after its last one begins. A body without end goes to the end of the text.
    fn end_of_body(&self, heredoc: &Pending) -> (usize, usize) {
        let mut line_start = self.at;
        while line_start < self.end {
            let rest = self.source.text.get(line_start..self.end).unwrap_or_default();
            let line = rest.split('\n').next().unwrap_or_default();
            let line_end = line_start + line.len();
            let line = if heredoc.strips_tabs { line.trim_start_matches('\t') } else { line };
            let next = (line_end + 1).min(self.end);
            if line == heredoc.delimiter {
                return (line_start, next);
            }
            line_start = next;
        }
        (self.end, self.end)
    }
}
