//! Parser directives: the comments at the top of a file that speak to the parser.

use crate::lines::Line;
use crate::logical::span;
use crate::{Problem, ProblemKind};
use text_size::TextRange;

/// A parser directive, such as `# escape=` followed by a backtick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Which one.
    pub kind: DirectiveKind,
    /// Its value, as written.
    pub value: String,
    /// Where the whole line's text is.
    pub range: TextRange,
    /// Where the name is.
    pub name_range: TextRange,
    /// Where the value is.
    pub value_range: TextRange,
}

/// The directives that exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectiveKind {
    /// `# syntax=`: the frontend that reads the file.
    Syntax,
    /// `# escape=`: the character that continues lines.
    Escape,
    /// `# check=`: which of BuildKit's checks run.
    Check,
}

impl DirectiveKind {
    fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "syntax" => Some(DirectiveKind::Syntax),
            "escape" => Some(DirectiveKind::Escape),
            "check" => Some(DirectiveKind::Check),
            _ => None,
        }
    }
}

/// Collects directives until the first line that is none.
#[derive(Debug)]
pub(crate) struct Directives {
    pub found: Vec<Directive>,
    pub escape: char,
    is_over: bool,
    /// Whether a line such as `#!/usr/bin/env docker` stands first: only the frontend's directives may follow it.
    is_after_shebang: bool,
    is_first: bool,
    problems: Vec<Problem>,
}

impl Directives {
    pub fn new() -> Self {
        Directives {
            found: Vec::new(),
            escape: '\\',
            is_over: false,
            is_after_shebang: false,
            is_first: true,
            problems: Vec::new(),
        }
    }

    pub fn into_problems(self) -> (Vec<Directive>, Vec<Problem>) {
        (self.found, self.problems)
    }

    /// Looks at the next line of the file; whether it is a directive. BuildKit shows its reader every line, continued ones too.
    pub fn read(&mut self, line: &Line<'_>) -> bool {
        if self.is_over {
            return false;
        }
        let is_first = std::mem::replace(&mut self.is_first, false);
        let Some((name, value)) = split(line) else {
            self.is_after_shebang = is_first && line.content.starts_with("#!");
            self.is_over = !self.is_after_shebang;
            return false;
        };
        let (name_text, value_text) = (name.1, value.1);
        // A line of the right form with another name is a comment, and directives may follow it.
        let Some(kind) = DirectiveKind::of(name_text) else { return false };
        if self.is_after_shebang && kind == DirectiveKind::Escape {
            self.is_over = true;
            return false;
        }
        let (trimmed, start) = line.trimmed();
        let directive = Directive {
            kind,
            value: value_text.to_owned(),
            range: span(start..start + trimmed.trim_end().len()),
            name_range: span(name.0..name.0 + name_text.len()),
            value_range: span(value.0..value.0 + value_text.len()),
        };
        self.check(&directive, name_text);
        self.found.push(directive);
        true
    }

    fn check(&mut self, directive: &Directive, name: &str) {
        if self.found.iter().any(|earlier| earlier.kind == directive.kind) {
            let message = format!("The directive `{name}` may stand only once.");
            self.problem(ProblemKind::DuplicateDirective, message, directive.range);
            return;
        }
        if directive.kind != DirectiveKind::Escape {
            return;
        }
        match directive.value.as_str() {
            "\\" => self.escape = '\\',
            "`" => self.escape = '`',
            _ => {
                let message = "The escape character can be a backslash or a backtick.".to_owned();
                self.problem(ProblemKind::InvalidEscape, message, directive.value_range);
            }
        }
    }

    fn problem(&mut self, kind: ProblemKind, message: String, range: TextRange) {
        self.problems.push(Problem { kind, message, range, correction: None });
    }
}

type Placed<'a> = (usize, &'a str);

/// Splits `# name = value`, with the offset of each.
fn split<'a>(line: &Line<'a>) -> Option<(Placed<'a>, Placed<'a>)> {
    let (trimmed, start) = line.trimmed();
    let comment = trimmed.strip_prefix('#')?;
    let body = comment.trim_start();
    let body_start = start + trimmed.len() - body.len();
    let (left, right) = body.split_once('=')?;
    let name = left.trim_end();
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    let value = right.trim();
    if !is_name || value.is_empty() {
        return None;
    }
    let value_start = body_start + left.len() + 1 + (right.len() - right.trim_start().len());
    Some(((body_start, name), (value_start, value)))
}
