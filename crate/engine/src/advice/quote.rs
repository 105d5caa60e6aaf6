//! Text from a file inside commands and YAML, so that it stays what it is.

use crate::table::Listed;

/// Longer values are nobody's paths or names.
const LONGEST: usize = 255;

/// Whether a value may stand in a command at all: it is not empty, and nothing in it is invisible or moves what stands around it on a
/// screen. Control characters reach a terminal even within quotes.
pub fn is_presentable(value: &str) -> bool {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
                    | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
            )
    };
    !value.is_empty() && value.len() <= LONGEST && !value.chars().any(is_hidden)
}

/// A value as one word of a POSIX shell. <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02>
pub fn word(value: &str) -> String {
    // At the beginning of a word zsh takes `=` for the way to a program.
    if is_plain(value, "_@%+=:,./-") && !value.starts_with('=') {
        return value.to_owned();
    }
    ["'", &value.replace('\'', "'\\''"), "'"].concat()
}

/// A value as a string of YAML, for Compose, which takes `$` for a variable. JSON's strings are YAML's.
pub fn scalar(value: &str) -> String {
    let begins_plainly = value.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') || value.starts_with("./");
    // These are no strings for YAML; a colon may make a mapping, or a number of base 60.
    let is_string = !value.to_ascii_lowercase().is_one_of("y n yes no on off true false null nan inf");
    if begins_plainly && is_string && is_plain(value, "_/.-") {
        return value.to_owned();
    }
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '$' => text.push_str("$$"),
            _ => text.push(character),
        }
    }
    text.push('"');
    text
}

fn is_plain(value: &str, signs: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

/// A command over as many lines as it needs: its beginning, and each of its parts on a line of its own where one line would be long.
pub fn command(start: &str, parts: &[String]) -> String {
    const LONGEST_LINE: usize = 76;
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    let joint = if start.len() + length > LONGEST_LINE { " \\\n  " } else { " " };
    let mut text = start.to_owned();
    for part in parts {
        text.push_str(joint);
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_word() {
        for (value, expected) in [
            ("/srv/data", "/srv/data"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("$(reboot)", "'$(reboot)'"),
            ("`x`;y|z&", "'`x`;y|z&'"),
            ("~root", "'~root'"),
            ("a*", "'a*'"),
            ("a=b", "a=b"),
            ("=ls", "'=ls'"),
            ("", "''"),
        ] {
            assert_eq!(word(value), expected);
        }
    }

    #[test]
    fn yaml_takes_every_value_for_a_string() {
        for (value, expected) in [
            ("/srv/data", "/srv/data"),
            ("no", "\"no\""),
            ("80:80", "\"80:80\""),
            ("1e3", "\"1e3\""),
            ("a: b", "\"a: b\""),
            ("$HOME \"x\" \\", "\"$$HOME \\\"x\\\" \\\\\""),
            ("./a", "./a"),
            ("-", "\"-\""),
        ] {
            assert_eq!(scalar(value), expected);
        }
    }

    #[test]
    fn what_hides_is_no_value() {
        let hidden = ["a\u{1b}[31m", "a\u{202e}b", "a\u{200b}b", "a\u{61c}b", "a\u{ad}b", "a\u{3164}b", "a\u{e0041}b"];
        for bad in ["", "a\nb", &"a".repeat(300)].into_iter().chain(hidden) {
            assert!(!is_presentable(bad), "{bad:?}");
        }
        assert!(is_presentable("données/été"));
    }
}
