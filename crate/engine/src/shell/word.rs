//! A word of a command.

use crate::table::Listed;
use text_size::TextRange;

/// One word of a command, as written and as the program would get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The value, quotes and escapes resolved, where it is known from the text alone.
    pub text: Option<String>,
    /// The word as it is written.
    pub raw: String,
    /// Where it stands in the Dockerfile.
    pub range: TextRange,
    /// Whether any part of it is quoted.
    pub is_quoted: bool,
    /// Whether the shell would expand it to file names: an unquoted `*`, `?` or `[`.
    pub is_glob: bool,
    /// The variables it uses, in order, those inside its command substitutions left out.
    pub variables: Vec<String>,
}

impl Word {
    /// Whether the value is known and equals `text`.
    pub fn is(&self, text: &str) -> bool {
        self.text.as_deref() == Some(text)
    }

    /// Whether it is literally one of the words of a table.
    pub fn is_one_of(&self, table: &str) -> bool {
        self.known().is_some_and(|text| text.is_one_of(table))
    }

    /// The value, where it is known.
    pub fn known(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Whether the word uses a variable.
    pub fn has_variable(&self) -> bool {
        !self.variables.is_empty()
    }

    /// The value as far as it can be read: the known text, or else the word as written.
    pub fn shown(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.raw)
    }

    /// Whether the word looks like an option: it starts with a dash and is more than one.
    pub fn is_flag(&self) -> bool {
        let shown = self.shown();
        shown.starts_with('-') && shown != "-"
    }
}
