//! Physical lines.

/// A line of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Where the line begins, in bytes.
    pub start: usize,
    /// The text without its line ending. A CR before the line feed belongs to the ending; any other is text.
    pub content: &'a str,
    /// Where the next line begins.
    pub end: usize,
}

impl<'a> Line<'a> {
    pub fn content_end(&self) -> usize {
        self.start + self.content.len()
    }

    /// The text without leading white space, and where it begins.
    pub fn trimmed(&self) -> (&'a str, usize) {
        let trimmed = self.content.trim_start();
        (trimmed, self.content_end() - trimmed.len())
    }

    pub fn is_comment(&self) -> bool {
        self.content.trim_start().starts_with('#')
    }

    pub fn is_blank(&self) -> bool {
        self.content.trim_start().is_empty()
    }
}

/// Walks over the lines of a text.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    /// Begins at byte `at`, which is the start of a line.
    pub fn new(text: &'a str, at: usize) -> Self {
        Lines { rest: text.get(at..).unwrap_or_default(), at }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = match self.rest.find('\n') {
            Some(newline) => self.rest.split_at(newline + 1),
            None => (self.rest, ""),
        };
        let start = self.at;
        self.at += line.len();
        self.rest = rest;
        Some(Line { start, content: line.trim_end_matches(['\r', '\n']), end: self.at })
    }
}
