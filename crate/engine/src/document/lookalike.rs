//! Texts that look like something else.

use layerwise_syntax::list::IntoList;

/// Whether a text that begins with `[` is a shell's test, such as `[ -f /x ] && make`, and no array.
pub fn looks_like_test(text: &str) -> bool {
    let inner = text.strip_prefix('[').unwrap_or_default();
    // `[` is a program's name: a blank follows it. A second `[` makes it a test of bash.
    let is_test = inner.starts_with([' ', '\t', '[']);
    let words: Vec<&str> = inner.split_whitespace().into_list();
    let is_operator = |word: &&str| {
        matches!(*word, "=" | "==" | "!=" | "<" | ">" | "&&" | "||" | "!")
            || (word.starts_with('-') && word.chars().skip(1).all(|c| c.is_ascii_alphabetic()) && word.len() > 1)
    };
    is_test && words.iter().any(is_operator)
}

#[cfg(test)]
mod tests {
    use super::looks_like_test;

    #[test]
    fn a_test_has_an_operator_and_an_array_has_none() {
        for test in ["[ -f /x ] && make", "[ \"$A\" = b ]", "[[ -n $A ]]", "[ ! -e /x ]"] {
            assert!(looks_like_test(test), "{test}");
        }
        for array in ["['node', 'app.js']", "[ 'node', '-v' ]", "[node app.js]"] {
            assert!(!looks_like_test(array), "{array}");
        }
    }
}
