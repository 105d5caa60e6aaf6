//! Texts that are secrets by their form: tokens of well-known services, private keys, passwords in addresses.

use std::ops::Range;

/// A token's form: how it begins, which letters follow, and how many at least.
struct Form {
    beginnings: &'static [&'static str],
    letters: Letters,
    least: usize,
    /// Whether there are exactly so many.
    is_exact: bool,
}

#[derive(Clone, Copy)]
enum Letters {
    Hexadecimal,
    UpperCase,
    Alphanumeric,
    /// Letters, digits, `-` and `_`.
    Word,
    /// These and `.`.
    Dotted,
}

const fn form(beginnings: &'static [&'static str], letters: Letters, least: usize) -> Form {
    Form { beginnings, letters, least, is_exact: false }
}

/// The forms of tokens, as their services publish them.
const FORMS: [Form; 16] = [
    Form { beginnings: &["AKIA", "ASIA"], letters: Letters::UpperCase, least: 16, is_exact: true },
    form(&["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], Letters::Alphanumeric, 36),
    form(&["github_pat_"], Letters::Word, 50),
    form(&["glpat-", "gldt-", "glrt-", "glptt-"], Letters::Word, 20),
    form(&["npm_"], Letters::Alphanumeric, 36),
    form(&["pypi-AgEIcHlwaS5vcmc"], Letters::Word, 50),
    form(&["rubygems_"], Letters::Hexadecimal, 48),
    form(&["dckr_pat_", "dckr_oat_"], Letters::Word, 20),
    form(&["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"], Letters::Word, 10),
    form(&["sk_live_", "sk_test_", "rk_live_", "rk_test_"], Letters::Alphanumeric, 16),
    Form { beginnings: &["AIza"], letters: Letters::Word, least: 35, is_exact: true },
    form(&["dop_v1_", "doo_v1_", "dor_v1_"], Letters::Hexadecimal, 64),
    form(&["SG."], Letters::Dotted, 66),
    form(&["hf_"], Letters::Alphanumeric, 34),
    form(&["hvs.", "hvb."], Letters::Word, 24),
    form(&["sk-ant-", "sk-proj-"], Letters::Word, 60),
];

impl Letters {
    fn has(self, byte: u8) -> bool {
        match self {
            Letters::Hexadecimal => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Letters::UpperCase => matches!(byte, b'0'..=b'9' | b'A'..=b'Z'),
            Letters::Alphanumeric => byte.is_ascii_alphanumeric(),
            Letters::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Letters::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
        }
    }
}

/// Finds the tokens and private keys in a text.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = b' ';
    for (at, (byte, next)) in text.bytes().zip(text.bytes().skip(1)).enumerate() {
        let is_inside_word = before.is_ascii_alphanumeric() || before == b'_';
        before = byte;
        if is_inside_word || !may_begin(byte, next) {
            continue;
        }
        let Some(rest) = text.get(at..) else { continue };
        if let Some(length) =
            FORMS.iter().find_map(|form| length_of(form, rest)).or_else(|| web_token(rest)).or_else(|| key(rest))
        {
            let range = at..at + length;
            if !is_placeholder(text.get(range.clone()).unwrap_or_default()) {
                found.push(range);
            }
        }
    }
    found
}

/// Whether a token, or a private key, begins with two letters: few words of a file do, so this spares the others all that follows.
fn may_begin(first: u8, second: u8) -> bool {
    let seconds: &[u8] = match first {
        b'A' => b"KSI",
        b'S' => b"G",
        b'-' => b"-",
        b'd' => b"co",
        b'e' => b"y",
        b'g' => b"hil",
        b'h' => b"fv",
        b'n' => b"p",
        b'p' => b"y",
        b'r' => b"uk",
        b's' => b"k",
        b'x' => b"o",
        _ => return false,
    };
    seconds.contains(&second)
}

fn length_of(form: &Form, rest: &str) -> Option<usize> {
    let beginning = form.beginnings.iter().find(|beginning| rest.starts_with(**beginning))?;
    let length = rest.bytes().skip(beginning.len()).take_while(|&byte| form.letters.has(byte)).count();
    let is_token = if form.is_exact { length == form.least } else { length >= form.least };
    is_token.then_some(beginning.len() + length)
}

/// A JSON Web Token: three parts in Base64, of which the first two are JSON objects.
fn web_token(rest: &str) -> Option<usize> {
    let length = rest.bytes().take_while(|&byte| Letters::Dotted.has(byte)).count();
    let token = rest.get(..length).filter(|token| token.starts_with("eyJ"))?;
    let mut parts = token.split('.');
    let is_token = parts.next()?.len() > 12 && parts.next()?.starts_with("eyJ") && parts.next()?.len() >= 10;
    is_token.then_some(length)
}

fn key(rest: &str) -> Option<usize> {
    let kind = rest.strip_prefix("-----BEGIN ")?;
    let end = kind.find("-----").filter(|&end| end < 40)?;
    kind.get(..end)?.contains("PRIVATE KEY").then_some("-----BEGIN ".len() + end + "-----".len())
}

/// Finds `user:password@` in addresses: where the password stands.
pub fn passwords_in_addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + "://".len();
        let is_scheme = text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()));
        let rest = text.get(start..).unwrap_or_default();
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '<' | '>' | '{' | '}' | '$' | '`'));
        let Some((account, _)) = rest.get(..end.unwrap_or(rest.len())).and_then(|authority| authority.rsplit_once('@'))
        else {
            continue;
        };
        let Some((user, password)) = account.split_once(':') else { continue };
        if is_scheme && password.len() >= 3 && password != user && !is_placeholder(password) {
            let password_at = start + user.len() + 1;
            found.push(password_at..password_at + password.len());
        }
    }
    found
}

/// Whether a text only stands for a secret, as in an example.
pub fn is_placeholder(text: &str) -> bool {
    const PARTS: [&str; 12] = [
        "example",
        "changeme",
        "change_me",
        "change-me",
        "dummy",
        "placeholder",
        "your",
        "xxxx",
        "replace",
        "insert",
        "...",
        "<",
    ];
    const WORDS: [&str; 12] =
        ["password", "passwd", "secret", "test", "null", "none", "todo", "pass", "admin", "root", "token", "user"];
    let lower = text.to_ascii_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    PARTS.iter().any(|part| lower.contains(part))
        || WORDS.contains(&lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '!'))
        || lower.contains('$')
        || letters.all(|letter| Some(letter) == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        tokens(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn tokens_are_known_by_their_form() {
        let token = format!("ghp_{}", "a1B2".repeat(9));
        assert_eq!(found(&format!("RUN git clone https://{token}@github.com/x/y")), [token.as_str()]);
        let key = format!("AKIA{}", "Z9".repeat(8));
        assert_eq!(found(&format!("ENV A={key} B=2")), [key.as_str()]);
        assert_eq!(found("-----BEGIN RSA PRIVATE KEY-----\nMII"), ["-----BEGIN RSA PRIVATE KEY-----"]);
    }

    #[test]
    fn every_form_may_begin_as_it_does() {
        let beginnings = FORMS.iter().flat_map(|form| form.beginnings).chain(&["eyJ", "-----BEGIN "]);
        for beginning in beginnings {
            assert!(matches!(beginning.as_bytes(), [first, second, ..] if may_begin(*first, *second)), "{beginning}");
        }
    }

    #[test]
    fn what_only_looks_like_a_token_is_none() {
        for text in [
            "npm_config_cache",
            "AKIAIOSFODNN7EXAMPLE",
            "hf_transfer",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk-learn",
            "-----BEGIN PUBLIC KEY-----",
            "AKIAshort",
            "sg.py",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn passwords_in_addresses_are_found() {
        let text = "a https://ci:Tr0ub4dor3@git.example.net/x b";
        assert_eq!(
            passwords_in_addresses(text).into_iter().filter_map(|range| text.get(range)).collect::<Vec<_>>(),
            ["Tr0ub4dor3"]
        );
        for text in [
            "https://user:${PASS}@host/",
            "https://git@host/",
            "ssh://host:22/x@y",
            "https://user:password@host/",
            "http://host:8080/a@b:c",
            "postgres://app:app@db/app",
            "https://u:<token>@host",
        ] {
            assert!(passwords_in_addresses(text).is_empty(), "{text}");
        }
    }
}
