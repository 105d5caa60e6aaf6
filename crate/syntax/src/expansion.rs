//! Variables in words: `$NAME`, `${NAME}` and every `${NAME…}` form that BuildKit expands.

use crate::ProblemKind;
use crate::logical::View;
use text_size::TextRange;

/// Modifiers may nest words in words; deeper than this a word is taken as written.
const DEEPEST: usize = 32;

/// A part of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Literal(String),
    /// Text that stands for a variable's value.
    Variable(Variable),
}

/// A use of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name; for a special parameter such as `$1` or `$@` the digits or the sign.
    pub name: String,
    /// Where the whole of it stands, from `$` to its end.
    pub range: TextRange,
    /// What `${NAME…}` does beside naming the variable.
    pub modifier: Option<Modifier>,
}

/// What stands after the name in `${NAME…}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modifier {
    /// `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` or `//`.
    pub operator: &'static str,
    /// What follows the operator; for `/` and `//` the pattern.
    pub word: Vec<Part>,
    /// What `/` and `//` put in the place of the pattern; absent where no second `/` stands.
    pub replacement: Option<Vec<Part>>,
}

/// What a word stands for, given the values of variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expansion {
    /// The whole value is known.
    Known(String),
    /// It depends on a variable whose value nobody knows here, or on a pattern.
    Unknown,
}

/// Expands parts. `lookup` gives `Some(Some(value))` for a variable that is set, `Some(None)` for one that is surely unset, and
/// `None` for one that nobody knows.
pub fn expand(parts: &[Part], lookup: &dyn Fn(&str) -> Option<Option<String>>) -> Expansion {
    let mut value = String::new();
    for part in parts {
        match part {
            Part::Literal(text) => value.push_str(text),
            Part::Variable(variable) => match expand_variable(variable, lookup) {
                Some(text) => value.push_str(&text),
                None => return Expansion::Unknown,
            },
        }
    }
    Expansion::Known(value)
}

fn expand_variable(variable: &Variable, lookup: &dyn Fn(&str) -> Option<Option<String>>) -> Option<String> {
    let set = lookup(&variable.name)?;
    let Some(modifier) = &variable.modifier else { return Some(set.unwrap_or_default()) };
    let word = || match expand(&modifier.word, lookup) {
        Expansion::Known(text) => Some(text),
        Expansion::Unknown => None,
    };
    match (modifier.operator, set) {
        (":-", Some(value)) if !value.is_empty() => Some(value),
        (":-", _) | ("-", None) => word(),
        ("-" | "?", Some(value)) => Some(value),
        (":+", Some(value)) if value.is_empty() => Some(value),
        (":+" | "+", None) => Some(String::new()),
        (":+" | "+", Some(_)) => word(),
        (":?", Some(value)) if !value.is_empty() => Some(value),
        // The rest stop the build or match patterns.
        _ => None,
    }
}

pub(crate) fn collect_variables<'a>(parts: &'a [Part], found: &mut Vec<&'a Variable>) {
    for part in parts {
        if let Part::Variable(variable) = part {
            found.push(variable);
            if let Some(modifier) = &variable.modifier {
                collect_variables(&modifier.word, found);
                collect_variables(modifier.replacement.as_deref().unwrap_or_default(), found);
            }
        }
    }
}

/// Gives every variable the same place.
pub(crate) fn place(parts: &mut [Part], range: TextRange) {
    for part in parts {
        if let Part::Variable(variable) = part {
            variable.range = range;
            if let Some(modifier) = &mut variable.modifier {
                place(&mut modifier.word, range);
                place(modifier.replacement.as_deref_mut().unwrap_or_default(), range);
            }
        }
    }
}

/// What [`read`] makes of a word.
pub(crate) struct Reading {
    pub parts: Vec<Part>,
    /// Why BuildKit could not expand it, and where.
    pub fault: Option<Fault>,
}

/// The variables of a heredoc's body, in which quotes are text and a backslash escapes, whatever the file's escape character is.
pub(crate) fn read_body(view: View<'_>) -> Vec<Part> {
    let mut reader = Reader { view, at: 0, escape: '\\', has_quotes: false, fault: None };
    let mut parts = Parts::default();
    reader.word(&mut parts, &[], 0);
    parts.finish()
}

/// What is wrong with a word: which kind of fault, the sentence that says it, and where.
pub(crate) type Fault = (ProblemKind, String, TextRange);

/// Reads a word as BuildKit's shell lexer does.
pub(crate) fn read(view: View<'_>, escape: char) -> Reading {
    // Most words hold nothing to resolve.
    if !view.text.contains(['$', '\'', '"', escape]) {
        let parts = if view.text.is_empty() { vec![] } else { vec![Part::Literal(view.text.to_owned())] };
        return Reading { parts, fault: None };
    }
    let mut reader = Reader { view, at: 0, escape, has_quotes: true, fault: None };
    let mut parts = Parts::default();
    reader.word(&mut parts, &[], 0);
    Reading { parts: parts.finish(), fault: reader.fault }
}

#[derive(Default)]
struct Parts {
    done: Vec<Part>,
    literal: String,
    /// Quotes make an empty word a word.
    quoted: bool,
}

impl Parts {
    fn variable(&mut self, variable: Variable) {
        if !self.literal.is_empty() {
            self.done.push(Part::Literal(std::mem::take(&mut self.literal)));
        }
        self.done.push(Part::Variable(variable));
    }

    fn finish(mut self) -> Vec<Part> {
        if !self.literal.is_empty() || (self.quoted && self.done.is_empty()) {
            self.done.push(Part::Literal(self.literal));
        }
        self.done
    }
}

struct Reader<'a> {
    view: View<'a>,
    at: usize,
    escape: char,
    /// Whether quotes are quotes, and no text.
    has_quotes: bool,
    fault: Option<Fault>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.view.text.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn fail(&mut self, kind: ProblemKind, message: impl Into<String>, start: usize) {
        if self.fault.is_none() {
            self.fault = Some((kind, message.into(), self.view.range_of(start..self.at.max(start))));
        }
    }

    fn fail_unclosed(&mut self, name: &str, start: usize) {
        self.fail(ProblemKind::InvalidVariable, format!("`${{{name}` is never closed with `}}`."), start);
    }

    /// Reads up to one of `stops`, which is left, or to the end.
    fn word(&mut self, parts: &mut Parts, stops: &[char], depth: usize) {
        while let Some(character) = self.peek() {
            if stops.contains(&character) {
                return;
            }
            let start = self.at;
            self.next();
            match character {
                '\'' if self.has_quotes => self.single_quoted(parts, start),
                '"' if self.has_quotes => self.double_quoted(parts, start, depth),
                '$' => self.dollar(parts, start, depth),
                _ if character == self.escape => {
                    if let Some(next) = self.next() {
                        parts.literal.push(next);
                    }
                }
                _ => parts.literal.push(character),
            }
        }
    }

    fn single_quoted(&mut self, parts: &mut Parts, start: usize) {
        parts.quoted = true;
        while let Some(character) = self.next() {
            if character == '\'' {
                return;
            }
            parts.literal.push(character);
        }
        self.fail(ProblemKind::UnclosedQuote, "This single quote is never closed.", start);
    }

    fn double_quoted(&mut self, parts: &mut Parts, start: usize, depth: usize) {
        parts.quoted = true;
        while let Some(character) = self.peek() {
            let here = self.at;
            self.next();
            match character {
                '"' => return,
                '$' => self.dollar(parts, here, depth),
                _ if character == self.escape => match self.peek() {
                    Some(next) if next == '"' || next == '$' || next == self.escape => {
                        self.next();
                        parts.literal.push(next);
                    }
                    _ => parts.literal.push(character),
                },
                _ => parts.literal.push(character),
            }
        }
        self.fail(ProblemKind::UnclosedQuote, "This double quote is never closed.", start);
    }

    /// Reads what follows a `$` that stood at `start`.
    fn dollar(&mut self, parts: &mut Parts, start: usize, depth: usize) {
        if !self.eat('{') {
            let name = self.name();
            if name.is_empty() {
                parts.literal.push('$');
                return;
            }
            let range = self.view.range_of(start..self.at);
            parts.variable(Variable { name, range, modifier: None });
            return;
        }
        let name = self.name();
        if name.is_empty() {
            self.fail(ProblemKind::InvalidVariable, "`${` needs the name of a variable after it.", start);
            self.as_written(parts, start);
            return;
        }
        if self.eat('}') {
            let range = self.view.range_of(start..self.at);
            parts.variable(Variable { name, range, modifier: None });
            return;
        }
        let Some(operator) = self.operator() else {
            // Only the first fault is told; looking for the end of every later one would take quadratic time.
            let rest = self.view.text.get(self.at..).filter(|_| self.fault.is_none());
            match rest.and_then(|rest| rest.find('}')) {
                None => self.fail_unclosed(&name, start),
                Some(length) => {
                    self.at += length + 1;
                    let message = format!("BuildKit does not know this form of `${{{name}…}}`.");
                    self.fail(ProblemKind::InvalidVariable, message, start);
                }
            }
            self.as_written(parts, start);
            return;
        };
        if depth >= DEEPEST {
            self.as_written(parts, start);
            return;
        }
        let mut word = Parts::default();
        let has_replacement = matches!(operator, "/" | "//");
        self.word(&mut word, if has_replacement { &['/', '}'] } else { &['}'] }, depth + 1);
        let replacement = (has_replacement && self.eat('/')).then(|| {
            let mut replacement = Parts::default();
            self.word(&mut replacement, &['}'], depth + 1);
            replacement.finish()
        });
        if !self.eat('}') {
            self.fail_unclosed(&name, start);
            self.as_written(parts, start);
            return;
        }
        let range = self.view.range_of(start..self.at);
        let modifier = Some(Modifier { operator, word: word.finish(), replacement });
        parts.variable(Variable { name, range, modifier });
    }

    /// Gives up on a variable: the text from its `$` to here stands for itself.
    fn as_written(&self, parts: &mut Parts, start: usize) {
        parts.literal.push_str(self.view.text.get(start..self.at).unwrap_or_default());
    }

    fn name(&mut self) -> String {
        let rest = self.view.text.get(self.at..).unwrap_or_default();
        let length = match rest.chars().next() {
            Some(first) if first.is_ascii_alphabetic() || first == '_' => {
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
            }
            Some(first) if first.is_ascii_digit() => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            Some('@' | '*' | '#' | '?' | '-' | '!' | '$') => 1,
            _ => 0,
        };
        self.at += length;
        rest.get(..length).unwrap_or_default().to_owned()
    }

    fn operator(&mut self) -> Option<&'static str> {
        const OPERATORS: [&str; 12] = [":-", ":+", ":?", "-", "+", "?", "##", "#", "%%", "%", "//", "/"];
        let rest = self.view.text.get(self.at..)?;
        let operator = OPERATORS.into_iter().find(|operator| rest.starts_with(operator))?;
        self.at += operator.len();
        Some(operator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logical::Logical;

    fn parts(text: &str) -> (Vec<Part>, Option<String>) {
        let mut logical = Logical::default();
        logical.push(text, 0);
        let reading = read(logical.view(0..text.len()), '\\');
        (reading.parts, reading.fault.map(|fault| fault.1))
    }

    fn known(text: &str, name: &str, value: Option<&str>) -> Expansion {
        expand(&parts(text).0, &|asked| (asked == name).then(|| value.map(str::to_owned)))
    }

    #[test]
    fn quotes_and_escapes_are_resolved() {
        assert_eq!(parts(r#"a'b $c'"d\"e"\ f"#).0, [Part::Literal("ab $cd\"e f".into())]);
        assert_eq!(parts("''").0, [Part::Literal(String::new())]);
        assert_eq!(parts("").0, []);
    }

    #[test]
    fn modifiers_do_what_they_do_in_a_build() {
        assert_eq!(known("a:${T:-1}", "T", None), Expansion::Known("a:1".into()));
        assert_eq!(known("a:${T:-1}", "T", Some("2")), Expansion::Known("a:2".into()));
        assert_eq!(known("${T:+x}", "T", Some("2")), Expansion::Known("x".into()));
        assert_eq!(known("${T+x}y", "T", None), Expansion::Known("y".into()));
        assert_eq!(known("$U", "T", None), Expansion::Unknown);
        assert_eq!(known("${T:-$U}", "T", None), Expansion::Unknown);
    }

    #[test]
    fn a_broken_variable_is_a_fault_and_stands_for_itself() {
        let (parts, fault) = parts("a${b");
        assert_eq!(parts, [Part::Literal("a${b".into())]);
        assert!(fault.is_some());
    }

    #[test]
    fn deep_nesting_ends() {
        let text = "${A:-".repeat(5_000);
        assert!(parts(&text).1.is_some());
    }
}
