//! From the parser's words, assignments and redirections to ours.

use super::command::Assignment;
use super::extent::bytes;
use super::redirect::{Redirect, RedirectKind};
use super::unquote::unquote;
use super::word::Word;
use shuck_ast::{self as ast, AssignmentValue, DeclOperand, RedirectTarget, WordPart, WordPartNode};
use std::ops::Range;
use text_size::{TextRange, TextSize};

/// The text that spans point into, and where it lies in the Dockerfile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub offset: TextSize,
}

impl<'a> Source<'a> {
    /// The range in the Dockerfile of a range of bytes of the text.
    pub fn range(&self, bytes: Range<usize>) -> Option<TextRange> {
        let start = self.offset.checked_add(TextSize::try_from(bytes.start).ok()?)?;
        let end = self.offset.checked_add(TextSize::try_from(bytes.end).ok()?)?;
        (start <= end).then(|| TextRange::new(start, end))
    }

    /// A part of the text, as a source of its own.
    pub fn part(&self, bytes: Range<usize>) -> Option<Source<'a>> {
        let range = self.range(bytes.clone())?;
        Some(Source { text: self.text.get(bytes)?, offset: range.start() })
    }

    /// Reads a word. `None` where the parser's span cannot be trusted, so that nothing is ever said of a wrong place.
    pub fn word(&self, word: &ast::Word) -> Option<Word> {
        let raw = self.text.get(bytes(word.span)).filter(|raw| !raw.is_empty())?;
        let mut parts = Parts::default();
        parts.read(&word.parts, raw, false);
        let text = (!parts.is_expanded).then(|| unquote(raw));
        if let (Some(text), Some(parsed)) = (&text, word.try_static_text(self.text))
            && !raw.contains('\\')
            && *text != parsed
        {
            return None;
        }
        Some(Word {
            text,
            raw: raw.to_owned(),
            range: self.range(bytes(word.span))?,
            is_quoted: parts.is_quoted,
            is_glob: parts.is_glob,
            variables: parts.variables,
        })
    }

    /// A word that the parser gives no word for, such as the name of a builtin.
    pub fn plain_word(&self, bytes: Range<usize>) -> Option<Word> {
        let raw = self.text.get(bytes.clone()).filter(|raw| !raw.is_empty())?;
        Some(Word {
            text: Some(raw.to_owned()),
            raw: raw.to_owned(),
            range: self.range(bytes)?,
            is_quoted: false,
            is_glob: false,
            variables: Vec::new(),
        })
    }

    /// Reads an assignment.
    pub fn assignment(&self, assignment: &ast::Assignment) -> Option<Assignment> {
        let value = match &assignment.value {
            AssignmentValue::Scalar(word) if word.span.start.offset() < word.span.end.offset() => {
                Some(self.word(word)?)
            }
            AssignmentValue::Scalar(_) => Some(self.empty_value(assignment)?),
            AssignmentValue::Compound(_) => None,
        };
        Some(Assignment {
            name: assignment.target.name.as_str().to_owned(),
            value,
            range: self.range(bytes(assignment.span))?,
        })
    }

    /// `NAME=` without a value.
    fn empty_value(&self, assignment: &ast::Assignment) -> Option<Word> {
        let end = assignment.span.end.offset();
        Some(Word {
            text: Some(String::new()),
            raw: String::new(),
            range: self.range(end..end)?,
            is_quoted: false,
            is_glob: false,
            variables: Vec::new(),
        })
    }

    /// Reads an operand of `export` and its like as the word that it is.
    pub fn operand(&self, operand: &DeclOperand) -> Option<Word> {
        match operand {
            DeclOperand::Flag(word) | DeclOperand::Dynamic(word) => self.word(word),
            DeclOperand::Name(reference) => self.plain_word(bytes(reference.span)),
            DeclOperand::Assignment(assignment) => {
                let value = self.assignment(assignment)?.value;
                let mut word = self.plain_word(bytes(assignment.span))?;
                word.text = match &value {
                    Some(Word { text: Some(_), .. }) => Some(unquote(&word.raw)),
                    _ => None,
                };
                if let Some(value) = value {
                    word.is_quoted = value.is_quoted;
                    word.variables = value.variables;
                }
                Some(word)
            }
        }
    }

    /// Reads a redirection.
    pub fn redirect(&self, redirect: &ast::Redirect) -> Option<Redirect> {
        let kind = match redirect.kind {
            ast::RedirectKind::Output | ast::RedirectKind::Clobber => RedirectKind::Write,
            ast::RedirectKind::Append => RedirectKind::Append,
            ast::RedirectKind::Input => RedirectKind::Read,
            ast::RedirectKind::ReadWrite => RedirectKind::ReadWrite,
            ast::RedirectKind::HereDoc | ast::RedirectKind::HereDocStrip => RedirectKind::HereDoc,
            ast::RedirectKind::HereString => RedirectKind::HereString,
            ast::RedirectKind::DupOutput | ast::RedirectKind::DupInput => RedirectKind::Duplicate,
            ast::RedirectKind::OutputBoth => RedirectKind::WriteBoth,
        };
        let (target, body) = match &redirect.target {
            // The parser gives a duplicated descriptor no place.
            RedirectTarget::Word(_) if kind == RedirectKind::Duplicate => (None, None),
            RedirectTarget::Word(word) => (Some(self.word(word)?), None),
            RedirectTarget::Heredoc(heredoc) => {
                (Some(self.word(&heredoc.delimiter.raw)?), self.range(bytes(heredoc.body.span)))
            }
        };
        Some(Redirect { kind, descriptor: redirect.fd, target, body, range: self.range(bytes(redirect.span))? })
    }
}

/// What the parts of a word add up to.
#[derive(Default)]
struct Parts {
    is_expanded: bool,
    is_quoted: bool,
    is_glob: bool,
    variables: Vec<String>,
}

impl Parts {
    fn read(&mut self, parts: &[WordPartNode], raw: &str, quoted: bool) {
        for part in parts {
            match &part.kind {
                WordPart::Literal(_) => {}
                WordPart::SingleQuoted { dollar, .. } => {
                    self.is_quoted = true;
                    // `$'…'` has escapes of its own, and not in every shell.
                    self.is_expanded |= *dollar;
                }
                WordPart::DoubleQuoted { parts, dollar } => {
                    self.is_quoted = true;
                    self.is_expanded |= *dollar;
                    self.read(parts, raw, true);
                }
                WordPart::Variable(name) => self.variable(name.as_str()),
                WordPart::Parameter(parameter) => {
                    self.is_expanded = true;
                    if let Some(expansion) = parameter.bourne() {
                        self.parameter(expansion);
                    }
                }
                WordPart::ParameterExpansion { reference, operand_word_ast, .. }
                | WordPart::IndirectExpansion { reference, operand_word_ast, .. } => {
                    self.variable(reference.name.as_str());
                    if let Some(operand) = operand_word_ast {
                        self.operand(operand);
                    }
                }
                WordPart::Length(reference)
                | WordPart::ArrayAccess(reference)
                | WordPart::ArrayLength(reference)
                | WordPart::ArrayIndices(reference)
                | WordPart::Substring { reference, .. }
                | WordPart::ArraySlice { reference, .. }
                | WordPart::Transformation { reference, .. } => self.variable(reference.name.as_str()),
                WordPart::ArithmeticExpansion { expression_word_ast, .. } => {
                    self.is_expanded = true;
                    self.operand(expression_word_ast);
                }
                WordPart::ZshQualifiedGlob(_)
                | WordPart::CommandSubstitution { .. }
                | WordPart::ProcessSubstitution { .. }
                | WordPart::PrefixMatch { .. } => self.is_expanded = true,
            }
        }
        if !quoted {
            self.is_glob = has_unquoted_glob(raw);
        }
    }

    fn variable(&mut self, name: &str) {
        self.is_expanded = true;
        self.variables.push(name.to_owned());
    }

    /// A default or a pattern inside `${…}`: its variables count, its quotes do not.
    fn operand(&mut self, word: &ast::Word) {
        let mut inner = Parts::default();
        inner.read(&word.parts, "", true);
        self.variables.append(&mut inner.variables);
    }

    fn parameter(&mut self, expansion: &ast::BourneParameterExpansion) {
        use ast::BourneParameterExpansion as Expansion;
        match expansion {
            Expansion::Access { reference }
            | Expansion::Length { reference }
            | Expansion::Indices { reference }
            | Expansion::Indirect { reference, .. }
            | Expansion::Slice { reference, .. }
            | Expansion::Operation { reference, .. }
            | Expansion::Transformation { reference, .. } => self.variable(reference.name.as_str()),
            Expansion::PrefixMatch { .. } => {}
        }
        if let Some(operand) = expansion.operand_word_ast() {
            self.operand(operand);
        }
    }
}

/// Whether a word as written has a glob character outside quotes, escapes and `${…}`.
fn has_unquoted_glob(raw: &str) -> bool {
    let mut quote = None;
    let mut braces = 0_usize;
    let mut before = ' ';
    let mut chars = raw.chars();
    while let Some(next) = chars.next() {
        match (quote, next) {
            (None | Some('"'), '\\') => {
                chars.next();
            }
            (Some(open), _) if next == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(next),
            (None, '{' | '(') if before == '$' || braces > 0 => braces = braces.saturating_add(1),
            (None, '}' | ')') => braces = braces.saturating_sub(1),
            (None, '*' | '?' | '[') if braces == 0 && before != '$' => return true,
            (None, _) => {}
        }
        before = next;
    }
    false
}
