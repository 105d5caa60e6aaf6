//! Words: what stands in them, unquoted and quoted.

use super::Reader;
use super::cursor::ends_word;
use crate::shell::unquote::unquote;
use crate::shell::word::Word;

/// What the pieces of a word add up to.
#[derive(Default)]
pub(super) struct Pieces {
    pub is_expanded: bool,
    pub is_quoted: bool,
    is_escaped: bool,
    is_glob: bool,
    pub variables: Vec<String>,
}

impl Reader<'_> {
    /// A word, which must stand here.
    pub(super) fn word(&mut self) -> Option<Word> {
        let start = self.at;
        let mut pieces = Pieces::default();
        self.pieces(&mut pieces)?;
        if self.at == start { None } else { self.made_word(start, pieces) }
    }

    /// The word from `start` to here.
    pub(super) fn made_word(&self, start: usize, pieces: Pieces) -> Option<Word> {
        let raw = self.since(start);
        let text = if pieces.is_expanded {
            None
        } else if pieces.is_quoted || pieces.is_escaped {
            Some(unquote(raw))
        } else {
            Some(raw.to_owned())
        };
        Some(Word {
            text,
            raw: raw.to_owned(),
            range: self.source.range(start..self.at)?,
            is_quoted: pieces.is_quoted,
            is_glob: pieces.is_glob,
            variables: pieces.variables,
        })
    }

    /// The word from `start` to here, which holds nothing special.
    pub(super) fn plain_word(&self, start: usize) -> Option<Word> {
        self.made_word(start, Pieces::default())
    }

    /// Reads on to where the word ends.
    pub(super) fn pieces(&mut self, pieces: &mut Pieces) -> Option<()> {
        while let Some(byte) = self.peek() {
            match byte {
                b'<' | b'>' if self.peek_at(1) == Some(b'(') => {
                    self.skip(2);
                    pieces.is_expanded = true;
                    self.substitution(false)?;
                }
                b'(' if self.follows_glob_operator() => self.alternatives(pieces)?,
                _ if ends_word(byte) => break,
                _ => self.piece(byte, pieces)?,
            }
        }
        Some(())
    }

    /// A quoted string, an expansion, an escaped or a plain character.
    pub(super) fn piece(&mut self, byte: u8, pieces: &mut Pieces) -> Option<()> {
        match byte {
            b'\\' => {
                pieces.is_escaped = true;
                self.skip(2);
            }
            b'\'' => {
                pieces.is_quoted = true;
                self.single_quoted()?;
            }
            b'"' => {
                pieces.is_quoted = true;
                self.double_quoted(pieces)?;
            }
            b'$' => self.dollar(false, pieces)?,
            b'`' => self.backticks(pieces)?,
            b'*' | b'?' | b'[' => {
                pieces.is_glob = true;
                self.at += 1;
            }
            _ => self.at += 1,
        }
        Some(())
    }

    fn single_quoted(&mut self) -> Option<()> {
        self.at += 1;
        self.skip_while(|byte| byte != b'\'');
        self.expect("'")
    }

    pub(super) fn double_quoted(&mut self, pieces: &mut Pieces) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                byte => self.quoted_piece(byte, pieces)?,
            }
        }
        self.at += 1;
        Some(())
    }

    /// What is special between double quotes and in heredocs.
    pub(super) fn quoted_piece(&mut self, byte: u8, pieces: &mut Pieces) -> Option<()> {
        match byte {
            b'\\' => self.skip(2),
            b'$' => self.dollar(true, pieces)?,
            b'`' => self.backticks(pieces)?,
            _ => self.at += 1,
        }
        Some(())
    }

    /// Whether `@(…)` or one of its like may begin with the byte before this one.
    fn follows_glob_operator(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.source.text.as_bytes().get(before));
        matches!(before, Some(b'?' | b'*' | b'+' | b'@' | b'!'))
    }

    /// The alternatives of `@(a|b)`.
    fn alternatives(&mut self, pieces: &mut Pieces) -> Option<()> {
        self.enter()?;
        self.at += 1;
        loop {
            match self.peek()? {
                b')' => break,
                b'(' => self.alternatives(pieces)?,
                byte => self.piece(byte, pieces)?,
            }
        }
        self.at += 1;
        self.leave();
        Some(())
    }
}
