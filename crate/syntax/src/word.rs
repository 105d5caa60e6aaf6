//! Words: arguments with their variables.

use crate::ExecArgument;
use crate::expansion::{self, Fault, Part, Variable};
use crate::logical::{Logical, View};
use text_size::TextRange;

/// One argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As written, joined over continued lines, quotes and variables still in it.
    pub text: String,
    /// Where it is.
    pub range: TextRange,
    /// What it means: literal text, quotes and escapes resolved, and variables.
    pub parts: Vec<Part>,
    /// Where its variables cannot be read: what is wrong, and where.
    pub(crate) fault: Option<Fault>,
}

impl Word {
    /// Reads a word in which quotes, escapes and variables have their meaning.
    pub(crate) fn expandable(view: View<'_>, escape: char) -> Word {
        let reading = expansion::read(view, escape);
        Word { text: view.text.to_owned(), range: view.range(), parts: reading.parts, fault: reading.fault }
    }

    /// Reads a string of a JSON array, in which quotes and variables still have their meaning. Its escapes may have moved what stands
    /// in it, so every variable has the place of the whole string.
    pub(crate) fn from_json(argument: ExecArgument, escape: char) -> Word {
        let mut logical = Logical::default();
        logical.push(&argument.value, 0);
        let reading = expansion::read(logical.view(0..argument.value.len()), escape);
        let mut parts = reading.parts;
        expansion::place(&mut parts, argument.range);
        let fault = reading.fault.map(|(kind, message, _)| (kind, message, argument.range));
        Word { text: argument.value, range: argument.range, parts, fault }
    }

    /// Takes a word that means just what it says.
    pub(crate) fn literal(view: View<'_>, value: &str) -> Word {
        Word {
            text: view.text.to_owned(),
            range: view.range(),
            parts: vec![Part::Literal(value.to_owned())],
            fault: None,
        }
    }

    /// What the word means when it holds no variable: quotes and escapes are resolved.
    pub fn value(&self) -> Option<String> {
        let mut value = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(text) => value.push_str(text),
                Part::Variable(_) => return None,
            }
        }
        Some(value)
    }

    /// The word without its quotes and escapes; variables stand in it as `${NAME}`.
    pub(crate) fn unquoted(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Variable(variable) => {
                    text.push_str("${");
                    text.push_str(&variable.name);
                    text.push('}');
                }
            }
        }
        text
    }

    /// Whether the word means exactly its text: no quote, no escape, no variable.
    pub fn is_plain(&self) -> bool {
        match &self.parts[..] {
            [] => self.text.is_empty(),
            [Part::Literal(value)] => *value == self.text,
            _ => false,
        }
    }

    /// Every variable in it, those inside modifiers included, in order.
    pub fn variables(&self) -> Vec<&Variable> {
        let mut found = Vec::new();
        expansion::collect_variables(&self.parts, &mut found);
        found
    }

    /// Whether it holds any variable.
    pub fn has_variable(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Variable(_)))
    }
}
