//! What stands behind an opening fence: the language, and what generators of sites and we are told.
//!
//! `dockerfile`, `dockerfile title="a b" hl_lines="1"`, `dockerfile,ignore` (mdBook), `{.dockerfile linenums="1"}` (MkDocs, Pandoc) and
//! `dockerfile {1,3}` (Docusaurus) all name the language.

/// What is said of a block that holds a Dockerfile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The value of `expect` (or `data-expect`), if there is one.
    pub expect: Option<String>,
    /// The stage to build: `target`.
    pub target: Option<String>,
    /// What is off unless it is named: `enable`.
    pub enable: Vec<String>,
    /// What says nothing here: `ignore`.
    pub ignore: Vec<String>,
    /// `fragment=no`: without `FROM` it is a mistake.
    pub is_whole: bool,
    /// What is meant for us and cannot be read, each in a sentence.
    pub unclear: Vec<String>,
}

/// `None` where the block holds something else, or is to be left out: `layerwise=off`, or one of the words `layerwise-off` and `no-layerwise`.
pub fn read(info: &str) -> Option<Said> {
    let info = info.trim();
    let (language, rest) = match info.strip_prefix('{') {
        Some(inside) => (None, inside.split_at_checked(closing(inside))?.0),
        None => {
            let end = info.find(|c: char| c.is_whitespace() || c == ',' || c == '{').unwrap_or(info.len());
            let (language, rest) = info.split_at_checked(end)?;
            (Some(language), rest)
        }
    };
    let mut said = Said::default();
    let mut language = language.is_some_and(is_dockerfile);
    for item in items(rest) {
        match item {
            Item::Word("layerwise-off" | "no-layerwise") => return None,
            Item::Word(word) => language |= info.starts_with('{') && is_dockerfile(word.trim_start_matches('.')),
            Item::Pair("layerwise", "off") => return None,
            Item::Pair("layerwise", other) => {
                said.unclear.push(format!("`layerwise={other}` means nothing: `layerwise=off` leaves a block out"));
            }
            Item::Pair("expect", value) if said.expect.is_none() => said.expect = Some(value.to_owned()),
            Item::Pair("expect", _) => {
                said.unclear.push("`expect` stands here twice: join what you expect with `;`".to_owned());
            }
            Item::Pair("target", value) => said.target = Some(value.to_owned()).filter(|stage| !stage.is_empty()),
            Item::Pair("enable", value) => said.enable.extend(names(value)),
            Item::Pair("ignore", value) => said.ignore.extend(names(value)),
            Item::Pair("fragment", "no") => said.is_whole = true,
            Item::Pair("fragment", "" | "auto") => {}
            Item::Pair("fragment", other) => said.unclear.push(format!("`fragment={other}` means nothing: {FRAGMENT}")),
            Item::Pair(..) => {}
            Item::Open("expect") => said.unclear.push("the quotes of `expect` are not closed".to_owned()),
            Item::Open(_) => {}
        }
    }
    language.then_some(said)
}

const FRAGMENT: &str =
    "with `fragment=no` a block without `FROM` is a mistake, and with `fragment=auto` it is a part of a Dockerfile";

/// The names of a list, between blanks or commas.
fn names(list: &str) -> impl Iterator<Item = String> {
    list.split(|c: char| c.is_whitespace() || c == ',').filter(|name| !name.is_empty()).map(str::to_owned)
}

/// Where the brace closes that was opened before a text; its end where it does not. Braces in quotes are text.
fn closing(text: &str) -> usize {
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (None, '}') => return at,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    text.len()
}

fn is_dockerfile(name: &str) -> bool {
    let name = name.strip_prefix("language-").unwrap_or(name);
    ["dockerfile", "docker", "containerfile"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

enum Item<'a> {
    Word(&'a str),
    Pair(&'a str, &'a str),
    /// A name whose value begins with a quote and ends with none.
    Open(&'a str),
}

/// The words and the pairs of an information string, apart at blanks, commas and braces. Where a generator makes attributes of the pairs, authors write
/// `data-expect` for the live snippet of the page: a name means the same with `data-` before it.
fn items(text: &str) -> impl Iterator<Item = Item<'_>> {
    let is_apart = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}');
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(is_apart);
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| is_apart(c) || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end)?;
        let name = name.strip_prefix("data-").unwrap_or(name);
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            return Some(Item::Word(name));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            let end = value.find(is_apart).unwrap_or(value.len());
            let (value, after) = value.split_at_checked(end)?;
            rest = after;
            return Some(Item::Pair(name, value));
        };
        match value.strip_prefix(quote).and_then(|value| value.split_once(quote)) {
            Some((value, after)) => {
                rest = after;
                Some(Item::Pair(name, value))
            }
            None => {
                rest = "";
                Some(Item::Open(name))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Said, read};

    fn expect(info: &str) -> Option<String> {
        read(info).and_then(|said| said.expect)
    }

    #[test]
    fn the_language_is_found_in_every_form_that_generators_have() {
        let named = [
            "dockerfile",
            "Dockerfile",
            " docker ",
            "DOCKERFILE title=\"app\"",
            "dockerfile,ignore",
            "dockerfile, editable",
            "{.dockerfile}",
            "{ .dockerfile linenums=\"1\" }",
            "{.docker hl_lines='1 2'}",
            "{.dockerfile title=\"a } b\" .x}",
            "dockerfile {1,3-4}",
            "dockerfile{1}",
            "containerfile",
            "language-dockerfile",
            "{.language-dockerfile}",
            "dockerfile showLineNumbers title='a, b'",
        ];
        for info in named {
            assert_eq!(read(info), Some(Said::default()), "{info}");
        }
        for info in [
            "",
            "sh",
            "sh title=\"dockerfile\"",
            "text dockerfile",
            "dockerfiles",
            "{.sh} dockerfile",
            "dockerfile-with-context",
            "{.yaml #dockerfile}",
        ] {
            assert_eq!(read(info), None, "{info}");
        }
    }

    #[test]
    fn what_is_expected_stands_among_what_others_are_told() {
        assert_eq!(
            expect("dockerfile expect=\"no: a, b; raises: c\" hl_lines=\"2\""),
            Some("no: a, b; raises: c".to_owned())
        );
        assert_eq!(expect("dockerfile,ignore,expect='clean'"), Some("clean".to_owned()));
        assert_eq!(expect("{.dockerfile expect=clean}"), Some("clean".to_owned()));
        assert_eq!(expect("{ .dockerfile data-expect=\"raises: DL4000\" }"), Some("raises: DL4000".to_owned()));
        assert_eq!(expect("dockerfile title=\"expect=clean\""), None);
    }

    #[test]
    fn a_block_may_be_checked_in_a_way_of_its_own() {
        let said = read("{ .dockerfile data-target=\"build\" data-enable=\"a, b/c\" data-ignore=DL3008 fragment=no }")
            .unwrap();
        assert_eq!(said.target.as_deref(), Some("build"));
        assert_eq!((said.enable, said.ignore), (vec!["a".to_owned(), "b/c".to_owned()], vec!["DL3008".to_owned()]));
        assert!(said.is_whole);
        assert_eq!(read("dockerfile,ignore fragment=auto target=\"\""), Some(Said::default()));
    }

    #[test]
    fn a_block_may_be_left_out() {
        for info in [
            "dockerfile layerwise=off",
            "dockerfile,layerwise-off",
            "{.dockerfile .x layerwise=\"off\"}",
            "{.dockerfile data-layerwise=off}",
            "docker no-layerwise",
        ] {
            assert_eq!(read(info), None, "{info}");
        }
    }

    #[test]
    fn what_is_meant_for_us_and_cannot_be_read_is_told() {
        for info in ["dockerfile layerwise=on", "dockerfile expect=\"clean", "dockerfile expect=clean expect=clean"] {
            assert_eq!(read(info).map(|said| said.unclear.len()), Some(1), "{info}");
        }
        assert_eq!(read("dockerfile title=\"a"), Some(Said::default()));
    }
}
