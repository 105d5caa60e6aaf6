//! `[[ … ]]`.

use super::Reader;
use super::word::Pieces;

impl Reader<'_> {
    /// Everything after `[[`. Only the expansions in it matter. `/bin/sh` of many images, such as busybox's, knows it too.
    pub(super) fn condition(&mut self) -> Option<()> {
        let mut open = 0_usize;
        let mut is_empty = true;
        loop {
            self.lines()?;
            if self.eat_keyword("]]") {
                return (open == 0 && !is_empty).then_some(());
            }
            is_empty = false;
            match self.peek()? {
                b';' => return None,
                b'(' => {
                    open += 1;
                    self.at += 1;
                }
                b')' => {
                    open = open.checked_sub(1)?;
                    self.at += 1;
                }
                b'&' | b'|' => self.at += 1,
                b'<' | b'>' if self.peek_at(1) != Some(b'(') => self.at += 1,
                _ if self.eat_keyword("=~") => self.regex()?,
                _ => {
                    self.word()?;
                }
            }
        }
    }

    /// A regular expression: a word in which parentheses and bars are no operators.
    fn regex(&mut self) -> Option<()> {
        self.blanks();
        let mut open = 0_usize;
        let mut pieces = Pieces::default();
        loop {
            let byte = self.peek()?;
            match byte {
                b' ' | b'\t' | b'\n' if open == 0 => return Some(()),
                b'(' => {
                    open += 1;
                    self.at += 1;
                }
                b')' => {
                    let Some(fewer) = open.checked_sub(1) else { return Some(()) };
                    open = fewer;
                    self.at += 1;
                }
                _ => self.piece(byte, &mut pieces)?,
            }
        }
    }
}
