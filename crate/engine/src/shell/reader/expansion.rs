//! What `$` and backticks stand for.

use super::Reader;
use super::cursor::is_name_byte;
use super::word::Pieces;
use crate::shell::script::Dialect;
use crate::shell::tree::{Inner, Sequence};

/// The parameters that are called by one character.
const SPECIAL: &[u8] = b"?@*#$!-";

impl Reader<'_> {
    /// Whatever begins with a dollar, and the dollar that stands for itself.
    pub(super) fn dollar(&mut self, is_quoted: bool, pieces: &mut Pieces) -> Option<()> {
        let next = self.peek_at(1);
        let opens = match next {
            Some(b'(' | b'{' | b'[') => true,
            Some(b'\'' | b'"') => !is_quoted,
            Some(byte) => is_name_byte(byte) || SPECIAL.contains(&byte),
            None => false,
        };
        self.at += 1;
        if !opens {
            return Some(());
        }
        pieces.is_expanded = true;
        match next {
            Some(b'(') if self.is_arithmetic() => {
                self.at += 2;
                self.arithmetic(b')', pieces)
            }
            Some(b'(') => {
                self.at += 1;
                self.substitution(self.is_assigned)
            }
            Some(b'{') => self.parameter(is_quoted, pieces),
            Some(b'[') => {
                self.at += 1;
                self.arithmetic(b']', pieces)
            }
            Some(b'\'') => {
                pieces.is_quoted = true;
                self.escaped_string()
            }
            Some(b'"') => {
                pieces.is_quoted = true;
                self.double_quoted(pieces)
            }
            _ => {
                let name = self.parameter_name();
                pieces.variables.push(name.to_owned());
                Some(())
            }
        }
    }

    /// The name of a parameter: letters, one digit, or a special character.
    fn parameter_name(&mut self) -> &str {
        let start = self.at;
        match self.peek() {
            Some(byte) if byte.is_ascii_digit() => self.at += 1,
            Some(byte) if is_name_byte(byte) => self.skip_while(is_name_byte),
            Some(byte) if SPECIAL.contains(&byte) => self.at += 1,
            _ => {}
        }
        self.since(start)
    }

    /// `$'…'`, after its dollar.
    fn escaped_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'\'' => break,
                b'\\' => self.skip(2),
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    /// `${…}`, after its dollar.
    fn parameter(&mut self, is_quoted: bool, pieces: &mut Pieces) -> Option<()> {
        self.enter()?;
        self.at += 1;
        // `#` is a length and `!` an indirection, unless they are the parameter themselves.
        let is_indirect = self.peek() == Some(b'!');
        if matches!(self.peek(), Some(b'#' | b'!'))
            && self.peek_at(1).is_some_and(|byte| is_name_byte(byte) || byte == b'@' || byte == b'*')
        {
            self.at += 1;
        }
        let start = self.at;
        match self.peek() {
            Some(byte) if byte.is_ascii_digit() => self.skip_while(|byte| byte.is_ascii_digit()),
            _ => {
                self.parameter_name();
            }
        }
        let name = self.since(start);
        let operator = self.peek()?;
        // `${!name*}` is about the names of variables.
        let is_prefix = is_indirect && matches!(operator, b'*' | b'@') && self.peek_at(1) == Some(b'}');
        if !name.is_empty() && !is_prefix {
            pieces.variables.push(name.to_owned());
        }
        // In a default between double quotes a single quote is one; but bash wants them in pairs, and no brace between them closes.
        let keeps_quotes = is_quoted && matches!(operator, b':' | b'-' | b'+' | b'=' | b'?');
        let mut is_between = false;
        let mut operand = Pieces::default();
        loop {
            match self.peek()? {
                b'}' if !is_between => break,
                b'\'' if keeps_quotes => {
                    is_between ^= self.dialect == Dialect::Bash;
                    self.at += 1;
                }
                byte if is_between => self.quoted_piece(byte, &mut operand)?,
                byte => self.piece(byte, &mut operand)?,
            }
        }
        self.at += 1;
        self.leave();
        // The quotes of a default are not those of the word.
        pieces.variables.append(&mut operand.variables);
        Some(())
    }

    /// Whether the two parentheses that open here are closed by two together: `$((a); (b))` is no arithmetic but runs a script.
    pub(super) fn is_arithmetic(&self) -> bool {
        if self.peek_at(1) != Some(b'(') {
            return false;
        }
        let mut ahead = 2;
        let mut groups = 0_usize;
        let mut quote = None;
        while let Some(byte) = self.peek_at(ahead) {
            match byte {
                b'\\' if quote != Some(b'\'') => ahead += 1,
                b'\'' | b'"' if quote.is_none() => quote = Some(byte),
                _ if quote.is_some() => quote = quote.filter(|&open| open != byte),
                b'(' => groups += 1,
                b')' => match groups.checked_sub(1) {
                    Some(fewer) => groups = fewer,
                    None => return self.peek_at(ahead + 1) == Some(b')'),
                },
                _ => {}
            }
            ahead += 1;
        }
        false
    }

    /// Arithmetic up to its end: `))`, or the `]` of `$[…]`. Only the expansions in it matter.
    pub(super) fn arithmetic(&mut self, close: u8, pieces: &mut Pieces) -> Option<()> {
        self.enter()?;
        let open = if close == b')' { b'(' } else { b'[' };
        let mut operand = Pieces::default();
        let mut groups = 0_usize;
        loop {
            let byte = self.peek()?;
            if byte == open {
                groups += 1;
                self.at += 1;
            } else if byte == close {
                self.at += 1;
                match groups.checked_sub(1) {
                    Some(fewer) => groups = fewer,
                    None => break,
                }
            } else {
                self.piece(byte, &mut operand)?;
            }
        }
        if close == b')' {
            self.expect(")")?;
        }
        self.leave();
        pieces.variables.append(&mut operand.variables);
        Some(())
    }

    /// The statements up to a closing parenthesis.
    pub(super) fn substitution(&mut self, is_assigned: bool) -> Option<()> {
        let body = self.nested_script()?;
        self.expect(")")?;
        self.inner.push(Inner::Substitution { body, is_assigned });
        Some(())
    }

    pub(super) fn backticks(&mut self, pieces: &mut Pieces) -> Option<()> {
        pieces.is_expanded = true;
        self.at += 1;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            match self.peek()? {
                b'`' => break,
                b'\\' => {
                    is_escaped = true;
                    self.skip(2);
                }
                _ => self.at += 1,
            }
        }
        let close = self.at;
        // Backslashes in there are resolved before the script is read, so places would not be exact.
        if !is_escaped {
            let outer_end = std::mem::replace(&mut self.end, close);
            self.at = start;
            let body = self.nested_script()?;
            if self.at != close {
                return None;
            }
            self.end = outer_end;
            self.inner.push(Inner::Substitution { body, is_assigned: self.is_assigned });
        }
        self.at = close + 1;
        Some(())
    }

    /// The statements of a script inside a word.
    fn nested_script(&mut self) -> Option<Sequence> {
        self.enter()?;
        let outer_inner = std::mem::take(&mut self.inner);
        let outer_assigned = std::mem::take(&mut self.is_assigned);
        // The heredocs of the line around it begin when that line ends.
        let mut outer_pending = std::mem::take(&mut self.pending);
        let body = self.sequence()?;
        outer_pending.append(&mut self.pending);
        self.pending = outer_pending;
        self.is_assigned = outer_assigned;
        self.inner = outer_inner;
        self.leave();
        Some(body)
    }
}
