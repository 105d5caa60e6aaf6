//! A place in a script, and what stands there.

use std::ops::Range;

/// Where a finding is.
pub(crate) struct Place<'s> {
    /// The script.
    pub text: &'s str,
    /// In bytes.
    pub range: Range<usize>,
}

impl<'s> Place<'s> {
    /// What stands there; nothing, where it is a point between two characters.
    pub fn spot(&self) -> &'s str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }

    /// The script up to there.
    pub fn before(&self) -> &'s str {
        self.text.get(..self.range.start).unwrap_or_default()
    }

    /// The script from there on.
    pub fn after(&self) -> &'s str {
        self.text.get(self.range.end..).unwrap_or_default()
    }
}

/// What ends a command, as far as single characters can tell.
const ENDS: [char; 7] = ['\n', ';', '&', '|', '(', ')', '`'];

/// The beginning of the command in which a text ends.
pub(crate) fn last_command(text: &str) -> &str {
    text.rsplit(ENDS).next().unwrap_or_default()
}

/// The end of the command with which a text begins.
pub(crate) fn first_command(text: &str) -> &str {
    text.split(ENDS).next().unwrap_or_default()
}

/// Whether a character ends a word that is not in quotes.
pub(crate) fn ends_word(character: char) -> bool {
    character.is_whitespace() || ";&|<>()`".contains(character)
}
