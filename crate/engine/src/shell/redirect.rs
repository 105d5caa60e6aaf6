//! Redirections.

use super::word::Word;
use text_size::TextRange;

/// What a redirection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectKind {
    /// `>` or `>|`.
    Write,
    /// `>>`.
    Append,
    /// `<`.
    Read,
    /// `<>`.
    ReadWrite,
    /// `<<` or `<<-`.
    HereDoc,
    /// `<<<`.
    HereString,
    /// `>&` or `<&`.
    Duplicate,
    /// `&>`.
    WriteBoth,
}

/// A redirection of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// What it does.
    pub kind: RedirectKind,
    /// The file descriptor, where one is written.
    pub descriptor: Option<i32>,
    /// The file, the delimiter of a heredoc, the text of a here-string; `None` for a duplicated descriptor.
    pub target: Option<Word>,
    /// The heredoc's body, without its last line.
    pub body: Option<TextRange>,
    /// The redirection with its operator, without a heredoc's body.
    pub range: TextRange,
}

impl Redirect {
    /// Whether it puts text into a file.
    pub fn writes(&self) -> bool {
        matches!(self.kind, RedirectKind::Write | RedirectKind::Append | RedirectKind::WriteBoth)
    }
}
