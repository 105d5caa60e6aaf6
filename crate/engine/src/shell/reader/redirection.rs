//! Redirections.

use super::Reader;
use super::cursor::is_name_byte;
use super::heredoc::Pending;
use crate::shell::redirect::{Redirect, RedirectKind};
use crate::shell::tree::{Body, Inner};
use crate::shell::unquote::unquote;

/// The operators, longer ones before those that they begin with.
const OPERATORS: [(&str, RedirectKind); 12] = [
    ("&>>", RedirectKind::Append),
    ("&>", RedirectKind::WriteBoth),
    ("<<<", RedirectKind::HereString),
    ("<<-", RedirectKind::HereDoc),
    ("<<", RedirectKind::HereDoc),
    ("<&", RedirectKind::Duplicate),
    ("<>", RedirectKind::ReadWrite),
    ("<", RedirectKind::Read),
    (">>", RedirectKind::Append),
    (">&", RedirectKind::Duplicate),
    (">|", RedirectKind::Write),
    (">", RedirectKind::Write),
];

impl Reader<'_> {
    /// Whether a redirection begins here, with its descriptor if it has one.
    pub(super) fn is_at_redirect(&self) -> bool {
        let operator = self.descriptor_length();
        match self.peek_at(operator) {
            Some(b'<' | b'>') => operator > 0 || self.peek_at(1) != Some(b'('),
            Some(b'&') => operator == 0 && self.peek_at(1) == Some(b'>'),
            _ => false,
        }
    }

    /// The length of the `2` of `2>` or the `{fd}` of `{fd}>`, or of what looks like one.
    fn descriptor_length(&self) -> usize {
        let run = |from: usize, belongs: fn(u8) -> bool| {
            let mut length = from;
            while self.peek_at(length).is_some_and(belongs) {
                length += 1;
            }
            length
        };
        match self.peek() {
            Some(b'{') => {
                let length = run(1, is_name_byte);
                if self.peek_at(length) == Some(b'}') { length + 1 } else { 0 }
            }
            _ => run(0, |byte| byte.is_ascii_digit()),
        }
    }

    pub(super) fn redirect(&mut self, redirects: &mut Vec<Redirect>) -> Option<()> {
        let start = self.at;
        self.skip(self.descriptor_length());
        let mut descriptor = self.since(start).parse().ok();
        let operator_start = self.at;
        let (operator, kind) = *OPERATORS.iter().find(|(operator, _)| self.eat(operator))?;
        let operator_range = self.source.range(operator_start..self.at)?;
        self.blanks();
        let word_start = self.at;
        let mut target = Some(self.word()?);
        if kind == RedirectKind::HereDoc {
            self.inner.push(Inner::Heredoc(self.bodies.len()));
            let raw = self.since(word_start);
            self.pending.push(Pending {
                number: self.bodies.len(),
                delimiter: unquote(raw),
                is_quoted: raw.contains(['\'', '"', '\\']),
                strips_tabs: operator == "<<-",
            });
            self.bodies.push(Body::default());
        }
        if kind == RedirectKind::Duplicate {
            target = None;
            descriptor = descriptor.or(Some(i32::from(operator == ">&")));
        }
        let range = self.source.range(start..self.at)?;
        redirects.push(Redirect { kind, descriptor, target, body: None, range });
        if operator == "&>>" {
            // Short for `>>file 2>&1`.
            let kind = RedirectKind::Duplicate;
            redirects.push(Redirect { kind, descriptor: Some(2), target: None, body: None, range: operator_range });
        }
        Some(())
    }
}
