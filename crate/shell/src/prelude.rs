//! Known variables, as a line in front of a script.
//!
//! ShellCheck is told of variables in the same way when it looks at a Dockerfile's scripts: by a line that exports them. The line goes behind
//! the comments at the top, so that a `# shellcheck disable=` there is still for the whole script.

use super::Script;
use std::ops::Range;

/// A script with a line in it that tells of its known variables. ShellCheck itself is told of them in the same way when the two are compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Told {
    /// The text with the line.
    pub text: String,
    /// Where the line stands in `text`.
    line: Range<usize>,
}

impl Told {
    /// Puts the line in; `None` for a script without commands.
    pub fn of(script: &Script<'_>) -> Option<Told> {
        let (comments, commands) = script.text.split_at_checked(comments_at_top(script.text))?;
        if commands.is_empty() {
            return None;
        }
        let mut line = String::new();
        let tells_all = may_misspell(script);
        for name in script.known.iter().filter(|name| is_name(name) && (tells_all || script.text.contains(**name))) {
            line.push_str(if line.is_empty() { "export " } else { " " });
            line.push_str(name);
            line.push_str("=1");
        }
        if !line.is_empty() {
            line.push('\n');
        }
        let start = comments.len();
        Some(Told { text: [comments, &line, commands].concat(), line: start..start + line.len() })
    }

    /// A range of the script itself; `None` for what touches the line.
    pub fn of_script(&self, range: Range<usize>) -> Option<Range<usize>> {
        if range.end <= self.line.start && range.start < self.line.start || self.line.is_empty() {
            return Some(range);
        }
        let length = self.line.len();
        (range.start >= self.line.end).then(|| range.start - length..range.end - length)
    }
}

/// Where the first line begins that is neither blank nor a comment.
fn comments_at_top(text: &str) -> usize {
    let is_aside = |line: &&str| line.trim_start().is_empty() || line.trim_start().starts_with('#');
    text.split_inclusive('\n').take_while(is_aside).map(str::len).sum()
}

/// Whether a script uses a variable in capitals that nobody sets: one that is set may then be meant. Otherwise those that the script does not
/// mention are no matter to it, and most of what is known of a script's variables it does not mention.
fn may_misspell(script: &Script<'_>) -> bool {
    let mut rest = script.text;
    while let Some((_, after)) = rest.split_once('$') {
        let start = after.trim_start_matches(['{', '#', '!']);
        let (name, _) = start.split_at(start.find(|letter| !is_name_letter(letter)).unwrap_or(start.len()));
        let is_set = || script.known.contains(&name) || script.text.contains(&[name, "="].concat());
        if name.contains(|letter: char| letter.is_ascii_uppercase()) && !is_set() {
            return true;
        }
        rest = after;
    }
    false
}

/// Whether a shell takes this for the name of a variable.
pub(crate) fn is_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit()) && !name.is_empty() && name.chars().all(is_name_letter)
}

/// Whether a character can be part of the name of a variable.
pub(crate) fn is_name_letter(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
