//! Tables of words, each written as one text with a blank between two words.
//!
//! The page pays eight bytes for every entry of an array of texts, a place and a length, which hardly compress; a text has none of that and
//! compresses well.

/// The words of a table.
pub(crate) fn words_of(table: &str) -> Words<'_> {
    Words { rest: table }
}

pub(crate) struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        // By bytes, as in `is_one_of`, because this is asked as often.
        let end = self.rest.bytes().position(|byte| byte == b' ').unwrap_or(self.rest.len());
        let word = self.rest.get(..end).filter(|word| !word.is_empty());
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        word
    }
}

/// Where a part stands in a text. For short texts, which most words of commands are, the standard library's search takes longer to begin than
/// this one to end.
pub(crate) fn places_of<'t>(part: &'t str, text: &'t str) -> Places<'t> {
    Places { part: part.as_bytes(), text: text.as_bytes(), at: 0 }
}

pub(crate) struct Places<'t> {
    part: &'t [u8],
    text: &'t [u8],
    at: usize,
}

impl Iterator for Places<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let first = self.part.first()?;
        loop {
            let rest = self.text.get(self.at..).filter(|rest| rest.len() >= self.part.len())?;
            let at = self.at + rest.iter().position(|byte| byte == first)?;
            self.at = at + 1;
            if self.text.get(at..)?.starts_with(self.part) {
                return Some(at);
            }
        }
    }
}

/// What a text is asked with a table of words.
pub(crate) trait Listed {
    /// Whether it is one of the words.
    fn is_one_of(&self, table: &str) -> bool;

    /// Whether it starts with one of the words.
    fn starts_with_any(&self, table: &str) -> bool;

    /// Whether it ends with one of the words.
    fn ends_with_any(&self, table: &str) -> bool;

    /// Whether one of the words stands in it.
    fn contains_any(&self, table: &str) -> bool;
}

impl Listed for str {
    fn is_one_of(&self, table: &str) -> bool {
        // By bytes, and by the length before all else, because every rule asks this of every command.
        let (mut rest, wanted) = (table.as_bytes(), self.as_bytes());
        while let Some(after) = rest.get(wanted.len()..) {
            let may_be = rest.first() == wanted.first() && matches!(after.first(), None | Some(b' '));
            if may_be && rest.starts_with(wanted) {
                return !wanted.is_empty() && !wanted.contains(&b' ');
            }
            let Some(end) = rest.iter().position(|byte| *byte == b' ') else { return false };
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        false
    }

    fn starts_with_any(&self, table: &str) -> bool {
        words_of(table).any(|word| self.starts_with(word))
    }

    fn ends_with_any(&self, table: &str) -> bool {
        words_of(table).any(|word| self.ends_with(word))
    }

    fn contains_any(&self, table: &str) -> bool {
        // From here on the standard library's search has made up for what it takes to begin.
        const LONG: usize = 64;
        match self.len() {
            ..LONG => words_of(table).any(|word| places_of(word, self).next().is_some()),
            _ => words_of(table).any(|word| self.contains(word)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Listed, words_of};

    #[test]
    fn only_whole_words_are_listed() {
        assert!("npm".is_one_of("npm yarn") && "yarn".is_one_of("npm yarn"));
        for text in ["", "np", "npm yarn", "arn", " "] {
            assert!(!text.is_one_of("npm yarn"), "{text}");
        }
        assert!(!"".is_one_of(""));
    }

    #[test]
    fn an_empty_table_has_no_words() {
        assert_eq!(words_of("").next(), None);
        assert!(!"npm".starts_with_any("") && !"npm".ends_with_any("") && !"npm".contains_any(""));
    }

    #[test]
    fn parts_are_found() {
        assert!("app.tar.gz".ends_with_any(".zip .gz") && !"app.tar".ends_with_any(".zip .gz"));
        assert!("npmrc".starts_with_any("yarn npm") && !"xnpm".starts_with_any("yarn npm"));
        assert!("xnpmrc".contains_any("yarn npm") && !"np".contains_any("yarn npm"));
        let long = "-".repeat(100);
        assert!(format!("{long}npm{long}").contains_any("yarn npm") && !long.contains_any("yarn npm"));
    }
}
