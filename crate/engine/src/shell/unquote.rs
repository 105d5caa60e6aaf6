//! Quote removal: from a word as written to the value that the program gets.

/// Removes quotes and resolves backslashes, as a POSIX shell does for a word without expansions.
pub(super) fn unquote(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(next) = chars.next() {
        match next {
            '\'' => value.extend(chars.by_ref().take_while(|&inner| inner != '\'')),
            '"' => double_quoted(&mut chars, &mut value),
            '\\' => match chars.next() {
                // Backslash and line break together are nothing at all.
                Some('\n') => {}
                Some(escaped) => value.push(escaped),
                None => value.push('\\'),
            },
            plain => value.push(plain),
        }
    }
    value
}

/// Reads up to the closing double quote; only a few characters can be escaped in there.
fn double_quoted(chars: &mut std::str::Chars<'_>, value: &mut String) {
    while let Some(next) = chars.next() {
        match next {
            '"' => return,
            '\\' => match chars.next() {
                Some('\n') => {}
                Some(escaped @ ('$' | '`' | '"' | '\\')) => value.push(escaped),
                Some(other) => value.extend(['\\', other]),
                None => value.push('\\'),
            },
            plain => value.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn quotes_and_escapes_are_resolved_as_the_shell_does() {
        for (raw, value) in [
            ("plain", "plain"),
            ("'a b'c", "a bc"),
            (r#""a \"b\" \n $""#, r#"a "b" \n $"#),
            (r"a\ b\\", r"a b\"),
            ("a\\\nb", "ab"),
            (r"'\n'", r"\n"),
            ("\"\"", ""),
            ("\\", "\\"),
            ("'open", "open"),
            ("größe'ß'", "größeß"),
        ] {
            assert_eq!(unquote(raw), value, "{raw}");
        }
    }
}
