//! Sorting by numbers.
//!
//! The page pays three kilobytes for every type that a program sorts, so here all of them share one sort.

use layerwise_syntax::TextRange;

/// The items by a key of two numbers; those of equal keys stay in their order.
pub(crate) fn by_numbers<T>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> (u64, u64)) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let keys = items.iter().enumerate().filter_map(|(index, item)| {
        let (first, second) = key(item.as_ref()?);
        Some((first, second, index))
    });
    let order = sorted(keys.collect());
    order.into_iter().filter_map(|(_, _, index)| items.get_mut(index)?.take()).collect()
}

/// The items by where they stand in the text.
pub(crate) fn by_place<T>(items: impl IntoIterator<Item = T>, range: impl Fn(&T) -> TextRange) -> Vec<T> {
    by_numbers(items, |item| {
        let range = range(item);
        (u64::from(u32::from(range.start())), u64::from(u32::from(range.end())))
    })
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
