//! Simple commands: assignments, words, redirections; and functions, which begin like one.

use super::Reader;
use super::cursor::{ends_word, is_name_byte};
use super::word::Pieces;
use crate::shell::command::Assignment;
use crate::shell::script::Dialect;
use crate::shell::tree::{Node, Stage};
use crate::shell::unquote::unquote;
use crate::shell::word::Word;
use crate::table::Listed;

/// The commands whose arguments are assignments.
const DECLARATIONS: &str = "export declare local readonly typeset";

impl Reader<'_> {
    pub(super) fn simple(&mut self) -> Option<Stage> {
        let start = self.at;
        let mut end = start;
        let is_misplaced = match self.keyword() {
            "!" | "in" => true,
            "]]" => self.dialect == Dialect::Bash,
            _ => self.is_at_closer(),
        };
        if is_misplaced {
            return None;
        }
        let mut words: Vec<Word> = Vec::new();
        let mut assignments = Vec::new();
        let mut redirects = Vec::new();
        loop {
            self.blanks();
            if self.is_at_redirect() {
                self.redirect(&mut redirects)?;
            } else if words.is_empty() || words.first().is_some_and(is_declaration) {
                if !self.assignment_or_word(&mut assignments, &mut words)? {
                    break;
                }
            } else if self.is_at_word() {
                words.push(self.word()?);
            } else {
                break;
            }
            end = self.at;
        }
        if self.peek() == Some(b'(') && words.len() == 1 && assignments.is_empty() && redirects.is_empty() {
            return self.function_body();
        }
        if end == start {
            return None;
        }
        let range = self.source.range(start..end)?;
        let mut stage = Stage::new(Node::Simple { assignments, words, range });
        stage.redirects = redirects;
        stage.inner = std::mem::take(&mut self.inner);
        stage.range = Some(range);
        Some(stage)
    }

    pub(super) fn is_at_word(&self) -> bool {
        match self.peek() {
            Some(b'<' | b'>') => self.peek_at(1) == Some(b'('),
            byte => byte.is_some_and(|byte| !ends_word(byte)),
        }
    }

    /// Reads `NAME=value` or a word. `false` where neither stands here.
    fn assignment_or_word(&mut self, assignments: &mut Vec<Assignment>, words: &mut Vec<Word>) -> Option<bool> {
        let start = self.at;
        let mut pieces = Pieces::default();
        if self.peek().is_some_and(|byte| is_name_byte(byte) && !byte.is_ascii_digit()) {
            self.skip_while(is_name_byte);
            let name = self.since(start);
            if self.peek() == Some(b'[') {
                self.subscript(&mut pieces)?;
            }
            if self.eat("=") || self.eat("+=") {
                let assignment = self.assignment(name, start)?;
                if !words.is_empty() {
                    words.push(self.operand(&assignment, start)?);
                }
                assignments.push(assignment);
                return Some(true);
            }
        }
        self.pieces(&mut pieces)?;
        if self.at == start {
            return Some(false);
        }
        words.push(self.made_word(start, pieces)?);
        Some(true)
    }

    /// `[…]` behind a name, if it is closed before the word ends.
    fn subscript(&mut self, pieces: &mut Pieces) -> Option<()> {
        let mut open = 0_usize;
        while let Some(byte) = self.peek().filter(|&byte| !ends_word(byte)) {
            match byte {
                b'[' => open += 1,
                b']' => open -= 1,
                _ => {}
            }
            self.piece(byte, pieces)?;
            if open == 0 {
                break;
            }
        }
        Some(())
    }

    /// An assignment, from its value on.
    fn assignment(&mut self, name: &str, start: usize) -> Option<Assignment> {
        let value = if self.peek() == Some(b'(') {
            self.array()?;
            None
        } else {
            let value_start = self.at;
            let mut pieces = Pieces::default();
            self.is_assigned = true;
            self.pieces(&mut pieces)?;
            self.is_assigned = false;
            Some(self.made_word(value_start, pieces)?)
        };
        Some(Assignment { name: name.to_owned(), value, range: self.source.range(start..self.at)? })
    }

    /// `(…)` as a value.
    fn array(&mut self) -> Option<()> {
        self.enter()?;
        self.at += 1;
        loop {
            self.lines()?;
            if self.eat(")") {
                break;
            }
            self.word()?;
        }
        self.leave();
        Some(())
    }

    /// An assignment as the argument that it is to `export` and its like.
    fn operand(&self, assignment: &Assignment, start: usize) -> Option<Word> {
        let mut word = self.plain_word(start)?;
        word.text = None;
        if let Some(value) = &assignment.value {
            word.text = value.text.as_ref().map(|_| unquote(&word.raw));
            word.is_quoted = value.is_quoted;
            word.variables.clone_from(&value.variables);
        }
        Some(word)
    }
}

fn is_declaration(program: &Word) -> bool {
    program.raw.is_one_of(DECLARATIONS)
}
