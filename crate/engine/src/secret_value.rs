//! Texts that are secrets by their form: tokens of well-known services, private keys, passwords in addresses.

use crate::secret_name::is_secret_name;
use crate::table::{Listed, words_of};
use layerwise_syntax::order::by_numbers;
use std::ops::Range;

/// A token's form: how it begins, which letters follow, and how many at least.
struct Form {
    /// All with the same first letter.
    beginnings: &'static str,
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
    /// Letters, digits, `+` and `/`.
    Base64,
}

const fn form(beginnings: &'static str, letters: Letters, least: usize) -> Form {
    Form { beginnings, letters, least, is_exact: false }
}

/// The forms of tokens, as their services publish them.
const FORMS: [Form; 23] = [
    Form { beginnings: "AKIA ASIA", letters: Letters::UpperCase, least: 16, is_exact: true },
    form("ghp_ gho_ ghu_ ghs_ ghr_", Letters::Alphanumeric, 36),
    form("github_pat_", Letters::Word, 50),
    form("glpat- gldt- glrt- glptt-", Letters::Word, 20),
    form("npm_", Letters::Alphanumeric, 36),
    form("pypi-AgEIcHlwaS5vcmc", Letters::Word, 50),
    form("rubygems_", Letters::Hexadecimal, 48),
    form("dckr_pat_ dckr_oat_", Letters::Word, 20),
    form("xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs-", Letters::Word, 10),
    form("sk_live_ sk_test_", Letters::Alphanumeric, 16),
    form("rk_live_ rk_test_", Letters::Alphanumeric, 16),
    Form { beginnings: "AIza", letters: Letters::Word, least: 35, is_exact: true },
    form("dop_v1_ doo_v1_ dor_v1_", Letters::Hexadecimal, 64),
    form("SG.", Letters::Dotted, 66),
    form("hf_", Letters::Alphanumeric, 34),
    form("hvs. hvb.", Letters::Word, 24),
    form("sk-ant- sk-proj- sk-svcacct- sk-admin-", Letters::Word, 60),
    Form { beginnings: "SK", letters: Letters::Hexadecimal, least: 32, is_exact: true },
    form("shpat_ shpca_ shppa_ shpss_", Letters::Hexadecimal, 32),
    form("glsa_", Letters::Word, 32),
    form("AGE-SECRET-KEY-1", Letters::UpperCase, 50),
    form("AccountKey=", Letters::Base64, 86),
    form("hooks.slack.com/services/T", Letters::Base64, 38),
];

impl Letters {
    fn has(self, byte: u8) -> bool {
        match self {
            Letters::Hexadecimal => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Letters::UpperCase => matches!(byte, b'0'..=b'9' | b'A'..=b'Z'),
            Letters::Alphanumeric => byte.is_ascii_alphanumeric(),
            Letters::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Letters::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'),
            Letters::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'),
        }
    }
}

/// Finds the tokens and private keys in a text.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut before = b' ';
    for (at, letters) in text.as_bytes().windows(3).enumerate() {
        let &[first, second, third] = letters else { break };
        let is_inside_word = before.is_ascii_alphanumeric() || before == b'_';
        before = first;
        if is_inside_word || !may_begin(first, second, third) {
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

/// Whether a token, or a private key, begins with three letters: few words of a file do, so this spares the others all that follows.
fn may_begin(first: u8, second: u8, third: u8) -> bool {
    let thirds: &[u8] = match (first, second) {
        (b'A', b'K' | b'S') => b"I",
        (b'A', b'I') => b"z",
        (b'A', b'G') => b"E",
        (b'A', b'c') => b"c",
        (b'S', b'G') => b".",
        (b'S', b'K') => return Letters::Hexadecimal.has(third),
        (b'-', b'-') => b"-",
        (b'd', b'c') => b"k",
        (b'd', b'o') => b"opr",
        (b'e', b'y') => b"J",
        (b'g', b'h') => b"oprsu",
        (b'g', b'i') => b"t",
        (b'g', b'l') => b"dprs",
        (b'h', b'f') => b"_",
        (b'h', b'v') => b"bs",
        (b'h', b'o') => b"o",
        (b'n', b'p') => b"m",
        (b'p', b'y') => b"p",
        (b'r', b'u') => b"b",
        (b'r' | b's', b'k') => b"_-",
        (b's', b'h') => b"p",
        (b'x', b'o') => b"x",
        _ => return false,
    };
    thirds.contains(&third)
}

fn length_of(form: &Form, rest: &str) -> Option<usize> {
    // All forms are tried at many words of a file, and nearly all of them begin with another letter.
    if form.beginnings.bytes().next() != rest.bytes().next() {
        return None;
    }
    let beginning = words_of(form.beginnings).find(|beginning| rest.starts_with(*beginning))?;
    let length = rest.bytes().skip(beginning.len()).take_while(|&byte| form.letters.has(byte)).count();
    let is_token = if form.is_exact { length == form.least } else { length >= form.least };
    is_token.then_some(beginning.len() + length)
}

/// A JSON Web Token: three parts in Base64, of which the first two are JSON objects.
fn web_token(rest: &str) -> Option<usize> {
    if !rest.starts_with("eyJ") {
        return None;
    }
    let length = rest.bytes().take_while(|&byte| Letters::Dotted.has(byte)).count();
    let token = rest.get(..length)?;
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

/// Finds credentials that a text sets by their names: `DB_PASSWORD=…`, `password: "…"`, `_authToken = …` of npm, and `password …` of
/// `.netrc`. Where their values stand. Only values that no program text looks like are taken.
pub fn named_secrets(text: &str) -> Vec<Range<usize>> {
    let is_netrc = text.contains("machine ") && text.contains("login ");
    let mut found = Vec::new();
    let mut start = 0;
    // `printf` is given its line breaks as `\\n`.
    for line in text.split('\n').flat_map(|line| line.split("\\n").enumerate()) {
        let (index, line) = line;
        start += index.min(1);
        if let Some(secret) = named_secret(line, is_netrc) {
            found.push(start + secret.start..start + secret.end);
        }
        start += line.len() + 1;
    }
    found
}

/// The credential that a line of settings sets.
fn named_secret(line: &str, is_netrc: bool) -> Option<Range<usize>> {
    let at = if is_netrc {
        line.find("password ")? + "password ".len()
    } else {
        // The `:` of `//registry.example.org/:_authToken=…` is none that parts a name from a value.
        let is_npm = line.trim_start().starts_with("//");
        let end = line.find(|letter: char| letter == '=' || letter == ':' && !is_npm)?;
        is_secret_key(line.get(..end)?).then_some(end + 1)?
    };
    let value = line.get(at..)?;
    let inner = value.trim_start_matches([' ', '\t', '"', '\'']);
    let length = inner.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',')).unwrap_or(inner.len());
    let rest = inner.get(length..)?.trim_matches(['"', '\'', ',', ';', ' ', '\r', '\\']);
    let start = at + value.len() - inner.len();
    let is_secret = is_secret_text(inner.get(..length)?) && (is_netrc || rest.is_empty());
    is_secret.then_some(start..start + length)
}

fn is_secret_key(key: &str) -> bool {
    let key = key.trim().trim_start_matches("export ").trim_matches(['"', '\'', '-', ' ']);
    !key.is_empty() && !key.contains([' ', '(', '$', '#']) && (is_secret_name(key) || key.ends_with("_auth"))
}

/// Whether a text may be a secret: long enough, with a digit in it, and with nothing that stands in expressions.
fn is_secret_text(text: &str) -> bool {
    text.len() >= 8
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.contains(['(', ')', '[', ']', '{', '}', '<', '>', ';', '.', '/', '\\'])
        && !is_placeholder(text)
        && tokens(text).is_empty()
}

/// A text without the secrets that stand in it: of each just the beginning is left.
pub fn redacted(text: String) -> String {
    let mut secrets = tokens(&text);
    secrets.extend(passwords_in_addresses(&text));
    if secrets.is_empty() {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    // A token may be the password of an address.
    for secret in by_numbers(secrets, |secret| (number(secret.start), number(secret.end))) {
        if secret.start >= at {
            shown.push_str(text.get(at..secret.start).unwrap_or_default());
            shown.extend(text.get(secret.clone()).unwrap_or_default().chars().take(4).chain(['…']));
            at = secret.end;
        }
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

fn number(place: usize) -> u64 {
    u64::try_from(place).unwrap_or_default()
}

/// Whether a text only stands for a secret, as in an example, whatever its words.
pub fn is_stand_in(text: &str) -> bool {
    const PARTS: &str = "example changeme change_me change-me dummy placeholder your- your_ xxxx replace insert ... <";
    let lower = text.to_ascii_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    lower.contains_any(PARTS) || letters.all(|letter| Some(letter) == first)
}

/// Whether a text is no secret, or one that everybody would guess.
pub fn is_placeholder(text: &str) -> bool {
    const WORDS: &str = "password passwd secret test testing null none todo pass admin root token user";
    let lower = text.to_ascii_lowercase();
    is_stand_in(text)
        || lower.starts_with("your")
        || lower.contains('$')
        || lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == '!').is_one_of(WORDS)
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
        let beginnings = FORMS.iter().flat_map(|form| words_of(form.beginnings)).chain(["eyJ", "-----BEGIN "]);
        for form in &FORMS {
            let first = form.beginnings.chars().next().unwrap();
            assert!(words_of(form.beginnings).all(|beginning| beginning.starts_with(first)), "{}", form.beginnings);
        }
        for beginning in beginnings {
            let longer = format!("{beginning}0");
            assert!(
                matches!(longer.as_bytes(), [first, second, third, ..] if may_begin(*first, *second, *third)),
                "{beginning}"
            );
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
    fn every_form_is_known() {
        let word = "Ab0_".repeat(30);
        let hexadecimal = "0a1b".repeat(16);
        let letters = "aB3".repeat(40);
        let part = |text: &str, length: usize| text.get(..length).unwrap_or_default().to_owned();
        for (beginning, body) in [
            ("ASIA", part(&"Q7".repeat(8), 16)),
            ("github_pat_", part(&word, 60)),
            ("glpat-", part(&letters, 20)),
            ("npm_", part(&letters, 36)),
            ("pypi-AgEIcHlwaS5vcmc", part(&letters, 60)),
            ("rubygems_", part(&hexadecimal, 48)),
            ("dckr_pat_", part(&letters, 27)),
            ("xoxb-", part(&letters, 24)),
            ("sk_live_", part(&letters, 24)),
            ("AIza", part(&letters, 35)),
            ("dop_v1_", part(&hexadecimal, 64)),
            ("SG.", format!("{}.{}", part(&letters, 22), part(&letters, 43))),
            ("hf_", part(&letters, 34)),
            ("hvs.", part(&letters, 24)),
            ("sk-ant-", part(&letters, 90)),
            ("SK", part(&hexadecimal, 32)),
            ("shpat_", part(&hexadecimal, 32)),
            ("AccountKey=", part(&letters, 86)),
            (
                "hooks.slack.com/services/T",
                format!("{}/B{}/{}", part(&letters, 8), part(&letters, 8), part(&letters, 24)),
            ),
            ("eyJ", format!("{}.eyJ{}.{}", part(&letters, 20), part(&letters, 20), part(&letters, 20))),
        ] {
            let token = format!("{beginning}{body}");
            assert_eq!(found(&format!("ENV A=\"{token}\"")), [token.as_str()], "{beginning}");
        }
    }

    #[test]
    fn secrets_are_known_by_the_names_that_files_of_settings_give_them() {
        let found = |text| named_secrets(text).into_iter().filter_map(|range| text.get(range)).collect::<Vec<_>>();
        assert_eq!(found("machine git.example.net login ci password Tr0ub4dor3\n"), ["Tr0ub4dor3"]);
        assert_eq!(
            found("a=b\n//npm.example.net/:_authToken=Tr0ub4dor3\n_auth = \"dXNlcjpUcjB1\"\n"),
            ["Tr0ub4dor3", "dXNlcjpUcjB1"]
        );
        assert_eq!(
            found("export DB_PASSWORD='Tr0ub4dor3'\n  \"api_key\": \"Tr0ub4dor3\",\n"),
            ["Tr0ub4dor3", "Tr0ub4dor3"]
        );
        assert_eq!(found("[a]\\nusername: ci\\npassword: Tr0ub4dor3\\n"), ["Tr0ub4dor3"]);
        for text in [
            "//npm.example.net/:_authToken=${NPM_TOKEN}\n",
            "token = request.form2\npassword = read(path1)\nPASSWORD_MIN_LENGTH=12345678\n",
            "TOKEN_FILE=/run/secrets/token1\nPASSWORD=\nSECRET=changeme1\ntoken: string1 | null\n",
            "login password handling for machine 12345678\n",
            "# password: 12345678\n",
        ] {
            assert!(found(text).is_empty(), "{text} {:?}", found(text));
        }
    }

    #[test]
    fn nothing_repeats_a_secret() {
        let token = format!("ghp_{}", "a1B2".repeat(9));
        let text = format!("`https://ci:{token}@git.example.net` and `https://ci:Tr0ub4dor3@git.example.net` are open");
        let expected = "`https://ci:ghp_…@git.example.net` and `https://ci:Tr0u…@git.example.net` are open";
        assert_eq!(redacted(text), expected);
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
