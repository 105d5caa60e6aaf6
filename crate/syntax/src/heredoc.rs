//! Heredocs of `RUN`, `COPY` and `ADD`.

use crate::Dockerfile;
use crate::expansion::{self, Variable};
use crate::list::IntoList;
use crate::logical::{Logical, View};
use text_size::TextRange;

/// A heredoc: the lines between a marker such as `<<EOF` and the line `EOF`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc {
    /// The line that ends it, without quotes.
    pub name: String,
    /// Where the marker is, `<<` included.
    pub marker: TextRange,
    /// The file descriptor before `<<`; 0 when none is written.
    pub descriptor: u32,
    /// Whether variables in the body are expanded: the marker holds no quote.
    pub expands: bool,
    /// Whether leading tabs are taken from the body and its end: `<<-`.
    pub strips_tabs: bool,
    /// Where the body is, from the start of its first line to the start of the line that ends it.
    pub body: TextRange,
    /// Where the name stands that ends it; `None` when the file ends first.
    pub terminator: Option<TextRange>,
}

impl Dockerfile {
    /// The variables in the body of a `COPY`'s heredoc, in the place of which the builder puts their values.
    pub fn heredoc_variables(&self, heredoc: &Heredoc) -> Vec<Variable> {
        let body = self.slice(heredoc.body);
        if !heredoc.expands || !body.contains('$') {
            return Vec::new();
        }
        let mut logical = Logical::default();
        logical.push(body, heredoc.body.start().into());
        let parts = expansion::read_body(logical.view(0..body.len()));
        let mut found = Vec::new();
        expansion::collect_variables(&parts, &mut found);
        found.into_iter().cloned().into_list()
    }
}

/// A marker that was found on an instruction's line.
#[derive(Debug, Clone)]
pub(crate) struct Marker {
    pub name: String,
    pub range: TextRange,
    pub descriptor: u32,
    pub expands: bool,
    pub strips_tabs: bool,
}

/// Finds the heredoc markers of an instruction's logical line.
///
/// Like BuildKit this splits the line as a shell would, with the backslash as escape whatever the file says, and finds
/// none where the line has an unclosed quote. That a shift (`$((1 << 4))`) is a marker too is BuildKit's way since 0.22.
pub(crate) fn markers(line: View<'_>) -> Vec<Marker> {
    if !line.text.contains("<<") {
        return Vec::new();
    }
    let Some(words) = shell_words(line) else { return Vec::new() };
    words.into_iter().filter_map(marker).into_list()
}

fn shell_words(line: View<'_>) -> Option<Vec<View<'_>>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut braces = 0_usize;
    let mut characters = line.text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if quote.is_none() && braces == 0 && character.is_whitespace() {
            if let Some(from) = start.take() {
                words.push(line.sub(from..at));
            }
            continue;
        }
        start.get_or_insert(at);
        match (quote, character) {
            (None | Some('"'), '\\') => {
                characters.next();
            }
            (None | Some('"'), '$') if characters.peek().is_some_and(|next| next.1 == '{') => {
                characters.next();
                braces += 1;
            }
            (None, '}') => braces = braces.saturating_sub(1),
            (Some('"'), '}') if braces > 0 => braces -= 1,
            (Some(open), _) if character == open => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            // Blanks may stand before the name.
            (None, '<') if characters.next_if(|next| next.1 == '<').is_some() => {
                while characters.next_if(|next| is_blank(next.1)).is_some() {}
            }
            _ => {}
        }
    }
    if quote.is_some() || braces > 0 {
        return None;
    }
    if let Some(from) = start {
        words.push(line.from(from));
    }
    Some(words)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

fn marker(word: View<'_>) -> Option<Marker> {
    let (digits, rest) = word.text.split_once("<<")?;
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let (strips_tabs, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.trim_start_matches(is_blank);
    if rest.is_empty() || rest.contains('<') {
        return None;
    }
    let quoted = word.from(word.text.len() - rest.len());
    // Variables in a name stay as they are written.
    let name: String = expansion::read(quoted, '\\')
        .parts
        .iter()
        .map(|part| match part {
            expansion::Part::Literal(text) => text.clone(),
            expansion::Part::Variable(variable) => format!("${}", variable.name),
        })
        .collect();
    if name.is_empty() {
        return None;
    }
    let expands = !rest.contains(['\'', '"', '\\']);
    Some(Marker { name, range: word.range(), descriptor: digits.parse().unwrap_or_default(), expands, strips_tabs })
}
