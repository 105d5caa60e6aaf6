//! The tree of a Dockerfile.

use crate::{Directive, Instruction, Problem};
use text_size::{TextRange, TextSize};

/// A parsed Dockerfile: its text, what the text consists of, and what BuildKit would refuse about it.
#[derive(Debug, Clone)]
pub struct Dockerfile {
    pub(crate) text: Box<str>,
    /// The character that continues a line: a backslash, or a backtick where a directive says so.
    pub escape: char,
    /// The whole text, in order, without gap or overlap.
    pub pieces: Vec<Piece>,
    /// Parser directives at the top of the file, in order.
    pub directives: Vec<Directive>,
    /// Every instruction, in order.
    pub instructions: Vec<Instruction>,
    /// What BuildKit would refuse, in the order of the file. Empty exactly where it would accept the file.
    pub problems: Vec<Problem>,
    /// The text has instructions and no `FROM`: a snippet such as guides show, and no whole Dockerfile.
    pub is_fragment: bool,
}

impl Dockerfile {
    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range; empty when the range does not lie in the text.
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(std::ops::Range::<usize>::from(range)).unwrap_or_default()
    }

    /// The range from the first byte of a piece's line to the last before its line ending.
    pub fn comments(&self) -> impl Iterator<Item = TextRange> + '_ {
        self.pieces.iter().filter(|piece| piece.kind == PieceKind::Comment).map(|piece| piece.content)
    }

    /// The lines of a range, each with its ending and where it is.
    pub fn lines_in(&self, range: TextRange) -> impl Iterator<Item = (TextRange, &str)> {
        self.slice(range).split_inclusive('\n').scan(range.start(), |at, line| {
            let found = TextRange::at(*at, TextSize::of(line));
            *at = found.end();
            Some((found, line))
        })
    }

    /// The instruction whose lines hold this offset.
    pub fn instruction_at(&self, offset: TextSize) -> Option<&Instruction> {
        let index = self.instructions.partition_point(|instruction| instruction.lines.end() <= offset);
        self.instructions.get(index).filter(|instruction| instruction.lines.contains(offset))
    }
}

/// A run of whole lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it is, line ending included.
    pub range: TextRange,
    /// Where its text is: without blanks at either end and without line ending.
    pub content: TextRange,
}

/// What a [`Piece`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// The byte order mark that may open a file.
    ByteOrderMark,
    /// A line without any text.
    Blank,
    /// A line that begins with `#`.
    Comment,
    /// A comment that speaks to the parser, such as `# syntax=docker/dockerfile:1`.
    Directive,
    /// An instruction with its continued lines, the comments among them, and its heredocs.
    Instruction,
}
