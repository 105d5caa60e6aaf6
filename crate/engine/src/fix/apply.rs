//! Applying edits.

use super::{Edit, Fix};
use layerwise_syntax::TextRange;
use layerwise_syntax::order::by_place;

/// Edits by their places.
pub fn in_order(edits: &[Edit]) -> Vec<&Edit> {
    by_place(edits, |edit| edit.range)
}

/// The text after its edits, which need not be in order. `None` when two of them overlap or one does not fit the text.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for edit in in_order(edits) {
        let (start, end) = (usize::from(edit.range.start()), usize::from(edit.range.end()));
        if start < at {
            return None;
        }
        after.push_str(text.get(at..start)?);
        after.push_str(&edit.text);
        text.get(start..end)?;
        at = end;
    }
    after.push_str(text.get(at..)?);
    Some(after)
}

/// The fixes that can be applied together, by their places in the list: in order, each that touches nothing an earlier one touches.
///
/// Edits that meet count as touching: two insertions at one place have no order of their own.
pub fn select<'f>(fixes: impl IntoIterator<Item = &'f Fix>) -> Vec<usize> {
    // By their starts. Fixes come in the order of the file, so that most go to the end.
    let mut taken: Vec<TextRange> = Vec::new();
    let mut chosen = Vec::new();
    for (index, fix) in fixes.into_iter().enumerate() {
        let is_free = |range: TextRange| {
            let behind = taken.partition_point(|other| other.start() <= range.end());
            taken.get(..behind).and_then(<[TextRange]>::last).is_none_or(|other| other.end() < range.start())
        };
        if !fix.edits.is_empty() && fix.edits.iter().all(|edit| is_free(edit.range)) {
            for edit in &fix.edits {
                let behind = taken.partition_point(|other| other.start() <= edit.range.start());
                taken.insert(behind, edit.range);
            }
            chosen.push(index);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fix::{Applicability, delete, insert, replace};
    use layerwise_syntax::TextSize;

    fn range(start: u32, end: u32) -> TextRange {
        TextRange::new(TextSize::new(start), TextSize::new(end))
    }

    fn fix(edits: Vec<Edit>) -> Fix {
        Fix { applicability: Applicability::Safe, title: String::new(), edits }
    }

    #[test]
    fn edits_are_applied_in_the_order_of_the_text() {
        let edits = [replace(range(4, 5), "E"), insert(TextSize::new(1), "-"), delete(range(2, 3))];
        assert_eq!(apply("abcde", &edits).as_deref(), Some("a-bdE"));
    }

    #[test]
    fn edits_that_overlap_or_do_not_fit_are_refused() {
        assert_eq!(apply("abc", &[delete(range(0, 2)), delete(range(1, 3))]), None);
        assert_eq!(apply("abc", &[delete(range(2, 9))]), None);
        assert_eq!(apply("é", &[delete(range(0, 1))]), None);
    }

    #[test]
    fn fixes_that_touch_are_not_chosen_together() {
        let fixes = [
            fix(vec![delete(range(4, 6)), delete(range(10, 12))]),
            fix(vec![delete(range(5, 7))]),
            fix(vec![insert(TextSize::new(12), "x")]),
            fix(vec![delete(range(7, 9))]),
            fix(vec![insert(TextSize::new(0), "x")]),
            fix(vec![]),
        ];
        assert_eq!(select(&fixes), [0, 3, 4]);
    }
}
