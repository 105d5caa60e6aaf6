//! JSON arrays of strings, the exec form. Read as BuildKit's JSON reader does, with the place of each string.

use crate::arguments::ExecArgument;
use crate::logical::View;
use text_size::TextRange;

/// Deeper nesting than this is not JSON to us. BuildKit would refuse the array anyway: it holds something but strings.
const DEEPEST: usize = 64;

/// What a text that may be a JSON array is.
pub(crate) enum Reading {
    /// Not valid JSON, or no array: BuildKit takes it for shell form.
    NotJson,
    /// An array of strings.
    Strings(Vec<ExecArgument>),
    /// An array that holds something else, at this place: BuildKit refuses it.
    OtherValue(TextRange),
}

/// Reads a text that may be a JSON array.
pub(crate) fn read(view: View<'_>) -> Reading {
    let view = view.trim();
    if !view.text.starts_with('[') {
        return Reading::NotJson;
    }
    let mut reader = Reader { view, at: 1 };
    match reader.array() {
        Some(Ok(strings)) if reader.is_at_end() => Reading::Strings(strings),
        Some(Err(place)) if reader.is_at_end() => Reading::OtherValue(place),
        _ => Reading::NotJson,
    }
}

struct Reader<'a> {
    view: View<'a>,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.view.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += 1;
        }
        found
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn is_at_end(&mut self) -> bool {
        self.skip_blanks();
        self.at >= self.view.text.len()
    }

    /// Reads the outer array after its bracket. `None` is no JSON; `Err` holds the first element that is no string.
    fn array(&mut self) -> Option<Result<Vec<ExecArgument>, TextRange>> {
        let mut strings = Vec::new();
        let mut other = None;
        self.skip_blanks();
        if self.eat(b']') {
            return Some(Ok(strings));
        }
        loop {
            self.skip_blanks();
            let start = self.at;
            if self.peek() == Some(b'"') {
                let value = self.string()?;
                strings.push(ExecArgument { value, range: self.view.range_of(start..self.at) });
            } else {
                self.value(0)?;
                other.get_or_insert(self.view.range_of(start..self.at));
            }
            self.skip_blanks();
            if self.eat(b']') {
                return Some(other.map_or(Ok(strings), Err));
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        self.skip_blanks();
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'[' => self.items(b']', depth, |_| Some(())),
            b'{' => self.items(b'}', depth, |reader| {
                reader.skip_blanks();
                reader.string()?;
                reader.skip_blanks();
                reader.eat(b':').then_some(())
            }),
            b'-' | b'0'..=b'9' => self.number(),
            _ => ["true", "false", "null"]
                .into_iter()
                .find_map(|word| self.view.text.get(self.at..)?.starts_with(word).then(|| self.at += word.len())),
        }
    }

    fn items(&mut self, close: u8, depth: usize, before: fn(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.skip_blanks();
        if self.eat(close) {
            return Some(());
        }
        loop {
            before(self)?;
            self.value(depth + 1)?;
            self.skip_blanks();
            if self.eat(close) {
                return Some(());
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _sign = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        if !self.eat(b'"') {
            return None;
        }
        let mut value = String::new();
        loop {
            let character = self.view.text.get(self.at..)?.chars().next()?;
            self.at += character.len_utf8();
            match character {
                '"' => return Some(value),
                '\\' => value.push(self.escape()?),
                // JSON allows no control character in a string.
                '\0'..='\x1f' => return None,
                _ => value.push(character),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return None,
        })
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex4()?;
        if let Some(character) = char::from_u32(first) {
            return Some(character);
        }
        // The first half of a surrogate pair; a lonely half becomes the replacement character.
        let rest = self.at;
        if (0xD800..0xDC00).contains(&first) && self.eat(b'\\') && self.eat(b'u') {
            let second = self.hex4()?;
            if (0xDC00..0xE000).contains(&second) {
                return char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            }
        }
        self.at = rest;
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.view.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logical::Logical;

    fn strings(text: &str) -> Option<Vec<String>> {
        let mut logical = Logical::default();
        logical.push(text, 0);
        match read(logical.view(0..text.len())) {
            Reading::Strings(strings) => Some(strings.into_iter().map(|string| string.value).collect()),
            _ => None,
        }
    }

    #[test]
    fn strings_are_read_with_their_escapes() {
        assert_eq!(strings(r#"["a", "b\n\u00e9\ud83d\ude00"]"#), Some(vec!["a".into(), "b\né😀".into()]));
        assert_eq!(strings("[]"), Some(vec![]));
        assert_eq!(strings("[ ] "), Some(vec![]));
    }

    #[test]
    fn what_is_no_json_is_shell_form() {
        for text in ["['a']", "[\"a\",]", "[\"a\"] x", "[\"a\"", "[\"\\q\"]", "[01]", "", "[", "[\"a\" \"b\"]"] {
            assert_eq!(strings(text), None, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_no_json() {
        assert_eq!(strings(&"[".repeat(100_000)), None);
    }
}
