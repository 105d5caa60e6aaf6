//! Words that several messages share.

/// How many names a message gives before it only counts.
const MOST_NAMES: usize = 3;

/// Names in a sentence: "`curl`", "`curl` and `git`", "`curl`, `git` and 4 more".
pub(crate) fn listed(names: &[&str]) -> String {
    let shown = if names.len() > MOST_NAMES { MOST_NAMES - 1 } else { names.len() };
    let mut text = String::new();
    for (index, name) in names.iter().take(shown).enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == names.len() { " and " } else { ", " });
        }
        text.push('`');
        text.push_str(name);
        text.push('`');
    }
    if shown < names.len() {
        text.push_str(&format!(" and {} more", names.len() - shown));
    }
    text
}

/// "is" for one, "are" for several.
pub(crate) fn is_or_are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn long_lists_are_counted() {
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(listed(&["a", "b", "c", "d"]), "`a`, `b` and 2 more");
    }
}
