//! Words, and what they stand for.

use crate::document::{Document, Step};
use layerwise_syntax::Word;

/// Longer values count as unknown, so that a file cannot make the plan much larger than itself.
const LONGEST: usize = 4096;

/// A word as the builder takes it.
#[derive(Debug, Clone, Eq)]
pub struct Value {
    /// As it is written, variables and quotes still in it.
    pub written: String,
    /// What it stands for, where the file tells.
    pub known: Option<String>,
}

impl Value {
    /// A word at a step.
    pub(super) fn of(document: &Document<'_>, word: &Word, step: &Step<'_>) -> Value {
        Value {
            written: word.text.clone(),
            known: document.value_at(word, step).filter(|value| value.len() <= LONGEST),
        }
    }

    /// What it stands for; where nobody knows, how it is written.
    pub fn text(&self) -> &str {
        self.known.as_deref().unwrap_or(&self.written)
    }
}

/// Two values are the same when they stand for the same, however they are written. Double quotes leave variables as they are.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (&self.known, &other.known) {
            (Some(known), Some(other)) => known == other,
            (None, None) => {
                self.written.split('"').flat_map(str::chars).eq(other.written.split('"').flat_map(str::chars))
            }
            _ => false,
        }
    }
}
