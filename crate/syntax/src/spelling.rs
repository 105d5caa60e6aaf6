//! Nearest words.

use crate::list::IntoList;

/// So many edits away a word may be.
const MOST_EDITS: usize = 2;

/// The word among `known` that is nearest to `written`, letter case aside: at most [`MOST_EDITS`] away, and fewer than half of its letters.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.chars().take(64).map(|c| c.to_ascii_lowercase()).into_list();
    known
        .into_iter()
        // Each edit makes a word longer or shorter by a letter at most. A text that is no Dockerfile asks for every line.
        .filter(|word| word.chars().count().abs_diff(written.len()) <= MOST_EDITS)
        .filter_map(|word| {
            let letters: Vec<char> = word.chars().map(|c| c.to_ascii_lowercase()).into_list();
            let distance = distance(&written, &letters);
            (distance <= MOST_EDITS && distance * 2 < letters.len().max(written.len())).then_some((distance, word))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).into_list();
    for (row, &a) in left.iter().enumerate() {
        let mut current = Vec::with_capacity(right.len() + 1);
        current.push(row + 1);
        for (column, &b) in right.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut best =
                (at(&last, column) + usize::from(a != b)).min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let is_swap = row > 0 && column > 0 && left.get(row - 1) == Some(&b) && right.get(column - 1) == Some(&a);
            if is_swap {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_slips_find_their_word() {
        let words = ["RUN", "FROM", "COPY", "ENTRYPOINT"];
        assert_eq!(nearest("FORM", words), Some("FROM"));
        assert_eq!(nearest("rnu", words), Some("RUN"));
        assert_eq!(nearest("entrypont", words), Some("ENTRYPOINT"));
        assert_eq!(nearest("hello", words), None);
        assert_eq!(nearest("", words), None);
    }
}
