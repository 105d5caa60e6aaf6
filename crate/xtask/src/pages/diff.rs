//! What a fix changes, line by line.

use super::html::pre;
use super::listing::visible;
use similar::{ChangeTag, TextDiff};

/// Both texts in one, as a group that is called `label`; lines that go and come have a sign.
pub fn diff(before: &str, after: &str, label: &str) -> String {
    let changes = TextDiff::from_lines(before, after);
    let mut html = String::new();
    for change in changes.iter_all_changes() {
        let line = visible(change.value().trim_end_matches('\n'));
        html += &match change.tag() {
            ChangeTag::Equal => format!("  {line}\n"),
            ChangeTag::Delete => format!("<del>- {line}</del>\n"),
            ChangeTag::Insert => format!("<ins>+ {line}</ins>\n"),
        };
    }
    pre("diff", label, &html)
}

#[cfg(test)]
mod tests {
    use super::diff;

    #[test]
    fn lines_that_go_and_come_have_a_sign_and_the_others_have_none() {
        let html = diff("FROM a\nADD b /\n", "FROM a\nCOPY b /\n", "Change");
        assert!(html.contains("<code>  FROM a\n<del>- ADD b /</del>\n<ins>+ COPY b /</ins>\n</code>"), "{html}");
    }
}
