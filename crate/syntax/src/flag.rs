//! Instruction flags: `--name` and `--name=value` before the other arguments.

use crate::Word;
use crate::logical::View;
use text_size::TextRange;

/// A flag of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Its name, without the dashes.
    pub name: String,
    /// Where the name is, dashes included.
    pub name_range: TextRange,
    /// What follows `=`; absent for a flag without `=`.
    pub value: Option<Word>,
    /// Where the whole flag is.
    pub range: TextRange,
}

/// Splits the flags off, and gives what follows them.
pub(crate) fn split<'a>(arguments: View<'a>, escape: char) -> (Vec<Flag>, View<'a>) {
    let mut flags = Vec::new();
    let mut rest = arguments;
    loop {
        let trimmed = rest.from(rest.text.len() - rest.text.trim_start().len());
        if !trimmed.text.starts_with("--") {
            return (flags, trimmed);
        }
        let end = word_end(trimmed.text);
        let word = trimmed.sub(0..end);
        rest = trimmed.from(end);
        if word.text == "--" {
            return (flags, rest);
        }
        flags.push(flag(word, escape));
    }
}

/// Where the first word ends. Here a backslash escapes whatever the escape directive says, and quotes may stand anywhere.
fn word_end(text: &str) -> usize {
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (_, '\\') => {
                characters.next();
            }
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(character),
            (None, _) if character.is_whitespace() => return at,
            (None, _) => {}
        }
    }
    text.len()
}

fn flag(word: View<'_>, escape: char) -> Flag {
    let (name_end, value) = match word.text.find('=') {
        Some(equals) => (equals, Some(Word::expandable(word.from(equals + 1), escape))),
        None => (word.text.len(), None),
    };
    Flag {
        name: word.text.get(2..name_end).unwrap_or_default().to_owned(),
        name_range: word.range_of(0..name_end),
        value,
        range: word.range(),
    }
}
