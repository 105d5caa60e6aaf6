//! Sorting by numbers.
//!
//! The page pays three kilobytes for every type that a program sorts, so here all of them share one sort.

use crate::list::IntoList;
use crate::{TextRange, TextSize};

/// The items by a key of two numbers; those of equal keys stay in their order.
pub fn by_numbers<T>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> (u64, u64)) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).into_list();
    let keys = items.iter().enumerate().filter_map(|(index, item)| {
        let (first, second) = key(item.as_ref()?);
        Some((first, second, index))
    });
    let order = sorted(keys.into_list());
    order.into_iter().filter_map(|(_, _, index)| items.get_mut(index)?.take()).into_list()
}

/// The items by where they stand in the text.
pub fn by_place<T>(items: impl IntoIterator<Item = T>, range: impl Fn(&T) -> TextRange) -> Vec<T> {
    by_numbers(items, |item| {
        let range = range(item);
        (number(range.start()), number(range.end()))
    })
}

/// A place in the text as a number to sort by.
pub fn number(offset: TextSize) -> u64 {
    u64::from(u32::from(offset))
}

fn sorted(mut keys: Vec<(u64, u64, usize)>) -> Vec<(u64, u64, usize)> {
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::by_numbers;

    #[test]
    fn equal_keys_keep_their_order() {
        let words = [(4, "pear"), (3, "fig"), (4, "plum"), (4, "kiwi")];
        let sorted = by_numbers(words, |(length, _)| (*length, 0));
        assert_eq!(sorted, [(3, "fig"), (4, "pear"), (4, "plum"), (4, "kiwi")]);
    }
}
