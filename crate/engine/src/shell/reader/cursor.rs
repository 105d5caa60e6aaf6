//! Where the reader stands, and the small steps that it takes.

use super::Reader;
use crate::table::Listed;

/// The words that end a sequence of statements.
const CLOSERS: &str = "then elif else fi do done esac }";

/// No reserved word is longer.
const LONGEST_KEYWORD: usize = 8;

impl<'a> Reader<'a> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    /// The byte that stands `ahead` bytes further.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<u8> {
        let at = self.at + ahead;
        if at < self.end { self.source.text.as_bytes().get(at).copied() } else { None }
    }

    /// Steps over `text` if it stands here.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = text.bytes().enumerate().all(|(ahead, byte)| self.peek_at(ahead) == Some(byte));
        if found {
            self.at += text.len();
        }
        found
    }

    pub(super) fn expect(&mut self, text: &str) -> Option<()> {
        self.eat(text).then_some(())
    }

    /// Steps over as many bytes, or to the end.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.end);
    }

    pub(super) fn skip_while(&mut self, belongs: fn(u8) -> bool) {
        while self.peek().is_some_and(belongs) {
            self.at += 1;
        }
    }

    /// The text from `start` to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.source.text.get(start..self.at).unwrap_or_default()
    }

    /// Steps over blanks, continuations and a comment. Only to be called between words.
    pub(super) fn blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\\') if self.peek_at(1) == Some(b'\n') => self.at += 2,
                Some(b'#') => {
                    self.has_comments = true;
                    self.skip_while(|byte| byte != b'\n');
                }
                _ => return,
            }
        }
    }

    /// Steps over blanks and line breaks, and the bodies of heredocs behind them.
    pub(super) fn lines(&mut self) -> Option<()> {
        loop {
            self.blanks();
            if self.peek() != Some(b'\n') {
                return Some(());
            }
            self.at += 1;
            self.bodies()?;
        }
    }

    /// The word that may be a reserved one, here: letters or a bracket, and behind them the end of the word. Empty if there is none.
    pub(super) fn keyword(&self) -> &'a str {
        let mut length = 0;
        while self.peek_at(length).is_some_and(|byte| !ends_word(byte)) {
            length += 1;
            if length > LONGEST_KEYWORD {
                return "";
            }
        }
        self.source.text.get(self.at..self.at + length).unwrap_or_default()
    }

    /// Steps over the reserved word if it stands here.
    pub(super) fn eat_keyword(&mut self, word: &str) -> bool {
        let found = self.keyword() == word;
        if found {
            self.at += word.len();
        }
        found
    }

    pub(super) fn expect_keyword(&mut self, word: &str) -> Option<()> {
        self.eat_keyword(word).then_some(())
    }

    /// Whether a sequence of statements ends here.
    pub(super) fn is_at_closer(&self) -> bool {
        match self.peek() {
            None | Some(b')') => true,
            Some(b';') => matches!(self.peek_at(1), Some(b';' | b'&')),
            _ => self.keyword().is_one_of(CLOSERS),
        }
    }
}

/// Whether a word ends before this byte, unless it is quoted.
pub(super) fn ends_word(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')')
}

pub(super) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
