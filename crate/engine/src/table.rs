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
        // Every rule asks this of every command, and nearly always in vain: so eight bytes at a time, and only the words that begin with the
        // same letter are looked at.
        let (table, wanted) = (table.as_bytes(), self.as_bytes());
        let Some(first) = wanted.first() else { return false };
        let (blanks, firsts) = (in_each(b' '), in_each(*first));
        let (chunks, rest) = table.as_chunks();
        let mut last = [0; CHUNK];
        if let Some(to) = last.get_mut(..rest.len()) {
            to.copy_from_slice(rest);
        }
        // The beginning of the table is the beginning of a word.
        let (mut at, mut after_blank) = (0, FIRST_BYTE);
        for chunk in chunks.iter().chain([&last]) {
            let eight = u64::from_le_bytes(*chunk);
            let ends = places_in(eight, blanks);
            let mut begins = (ends << 8 | after_blank) & places_in(eight, firsts);
            after_blank = ends >> 56;
            while let Ok(place) = usize::try_from(begins.trailing_zeros() / 8)
                && place < CHUNK
            {
                let rest = table.get(at + place..).unwrap_or_default();
                if rest.starts_with(wanted) && matches!(rest.get(wanted.len()), None | Some(b' ')) {
                    return !wanted.contains(&b' ');
                }
                begins &= begins - 1;
            }
            at += CHUNK;
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

/// How many bytes are looked at together.
const CHUNK: usize = 8;

/// How [`places_in`] tells of the first of eight bytes.
const FIRST_BYTE: u64 = 0x80;

/// A byte, eight times.
fn in_each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; CHUNK])
}

/// Where among eight bytes one stands that is `wanted` in all eight: the highest bit of each such byte.
fn places_in(eight: u64, wanted: u64) -> u64 {
    // A byte that is the same is zero now, and only zero stays below 128 when 127 is added to its lower bits, and has no high bit of its own.
    let other = eight ^ wanted;
    let low_bits = in_each(0x7f);
    !(((other & low_bits) + low_bits) | other | low_bits)
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
    fn a_word_is_listed_wherever_it_stands_in_the_table() {
        let words = ["a", "ab", "abc", "b", "apt-get", "é", "!", "0123456789abcdef", "z"];
        for first in words {
            for second in words {
                for third in words {
                    let table = [first, second, third].join(" ");
                    for word in words {
                        assert_eq!(word.is_one_of(&table), [first, second, third].contains(&word), "{word} in {table}");
                    }
                }
            }
        }
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
