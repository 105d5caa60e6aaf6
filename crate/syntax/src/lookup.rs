//! Look-ups by key.
//!
//! The page pays two kilobytes for every type of key and value that the standard library's hash map is used with. Here all that does not
//! depend on the types is written once. What is gone through comes in the order in which it was put in.

use std::borrow::Borrow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Values by keys, in a subset of what [`std::collections::HashMap`] offers.
#[derive(Debug, Clone)]
pub struct HashMap<K, V> {
    places: Places,
    /// The keys that were ever put in. One that was taken out again has no value, and its place is kept for it.
    entries: Vec<(K, Option<V>)>,
    length: usize,
}

impl<K, V> Default for HashMap<K, V> {
    fn default() -> Self {
        HashMap { places: Places::default(), entries: Vec::new(), length: 0 }
    }
}

impl<K, V> HashMap<K, V> {
    /// One that is empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The keys with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().filter_map(|(key, value)| Some((key, value.as_ref()?)))
    }

    /// The values.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

impl<K: Hash + Eq, V> HashMap<K, V> {
    fn place<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        // Most tables that are asked are empty, and then the key need not be hashed.
        if self.entries.is_empty() {
            return None;
        }
        self.places.find(hash(&key), &|place| self.entries.get(place).is_some_and(|(own, _)| own.borrow() == key))
    }

    /// Where the value of a key stands, or is to stand.
    fn slot(&mut self, key: K) -> &mut Option<V> {
        match self.place(&key) {
            #[allow(clippy::indexing_slicing, reason = "`place` has just looked at it")]
            Some(place) => &mut self.entries[place].1,
            None => {
                self.places.add(hash(&&key));
                &mut self.entries.push_mut((key, None)).1
            }
        }
    }

    /// The value of a key.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.place(key)?)?.1.as_ref()
    }

    /// The value of a key, to change it.
    pub fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key)?;
        self.entries.get_mut(place)?.1.as_mut()
    }

    /// Whether a key is there.
    pub fn contains_key<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Sets the value of a key, and gives back the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let before = self.slot(key).replace(value);
        self.length += usize::from(before.is_none());
        before
    }

    /// The value of a key, set to this one where there is none.
    pub fn or_insert(&mut self, key: K, value: V) -> &mut V {
        let is_new = !self.contains_key(&key);
        self.length += usize::from(is_new);
        self.slot(key).get_or_insert(value)
    }

    /// Takes a key out, and gives back its value.
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key)?;
        let value = self.entries.get_mut(place)?.1.take()?;
        self.length -= 1;
        Some(value)
    }
}

impl<K: Hash + Eq, V: PartialEq> PartialEq for HashMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<K: Hash + Eq, V> Extend<(K, V)> for HashMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, items: I) {
        for (key, value) in items {
            self.insert(key, value);
        }
    }
}

impl<K: Hash + Eq, V> FromIterator<(K, V)> for HashMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Self {
        let mut map = Self::new();
        map.extend(items);
        map
    }
}

impl<K, V> IntoIterator for HashMap<K, V> {
    type Item = (K, V);
    type IntoIter = std::iter::FilterMap<std::vec::IntoIter<(K, Option<V>)>, fn((K, Option<V>)) -> Option<(K, V)>>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter().filter_map(|(key, value)| Some((key, value?)))
    }
}

/// Keys, in a subset of what [`std::collections::HashSet`] offers.
#[derive(Debug, Clone)]
pub struct HashSet<T> {
    map: HashMap<T, ()>,
}

impl<T> Default for HashSet<T> {
    fn default() -> Self {
        HashSet { map: HashMap::new() }
    }
}

impl<T> HashSet<T> {
    /// One that is empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.map.clear();
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.map.iter().map(|(key, ())| key)
    }
}

impl<T: Hash + Eq> HashSet<T> {
    /// Whether it is there.
    pub fn contains<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.contains_key(key)
    }

    /// Puts it in; says whether it was not there before.
    pub fn insert(&mut self, key: T) -> bool {
        self.map.insert(key, ()).is_none()
    }

    /// Takes it out; says whether it was there.
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.remove(key).is_some()
    }
}

impl<T: Hash + Eq> Extend<T> for HashSet<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T: Hash + Eq> FromIterator<T> for HashSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        set.extend(items);
        set
    }
}

impl<T> IntoIterator for HashSet<T> {
    type Item = T;
    type IntoIter = std::iter::Map<<HashMap<T, ()> as IntoIterator>::IntoIter, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.map.into_iter().map(|(key, ())| key)
    }
}

fn hash(key: &dyn DynHash) -> usize {
    let mut hasher = DefaultHasher::new();
    key.feed(&mut hasher);
    usize::try_from(hasher.finish() >> 33).unwrap_or_default()
}

/// What can be hashed, whatever its type.
trait DynHash {
    fn feed(&self, hasher: &mut DefaultHasher);
}

impl<T: Hash + ?Sized> DynHash for &T {
    fn feed(&self, hasher: &mut DefaultHasher) {
        (**self).hash(hasher);
    }
}

/// Where entries are, by their hashes: a table that is at most half full, in which whoever finds a slot taken goes on to the next.
#[derive(Debug, Clone, Default)]
struct Places {
    /// The number of an entry, counted from 1; 0 for none. As many as a power of two, or none at all.
    slots: Vec<usize>,
    hashes: Vec<usize>,
}

impl Places {
    /// The entry of this hash that is the wanted one.
    fn find(&self, hash: usize, is_it: &dyn Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash & mask;
        loop {
            let place = self.slots.get(slot)?.checked_sub(1)?;
            if self.hashes.get(place) == Some(&hash) && is_it(place) {
                return Some(place);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Makes room for one more entry, the last.
    fn add(&mut self, hash: usize) {
        self.hashes.push(hash);
        if self.hashes.len() * 2 <= self.slots.len() {
            self.enter(self.hashes.len(), hash);
            return;
        }
        let slots = (self.slots.len() * 2).max(8);
        self.slots.clear();
        self.slots.resize(slots, 0);
        for (place, hash) in self.hashes.clone().into_iter().enumerate() {
            self.enter(place + 1, hash);
        }
    }

    fn enter(&mut self, number: usize, hash: usize) {
        let mask = self.slots.len().saturating_sub(1);
        let mut slot = hash & mask;
        while self.slots.get(slot).is_some_and(|taken| *taken != 0) {
            slot = (slot + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HashMap, HashSet};

    #[test]
    fn it_answers_as_the_map_of_the_standard_library_does() {
        let (mut own, mut other) = (HashMap::new(), std::collections::HashMap::new());
        for number in 0..5_000_usize {
            let key = (number * 7919 % 1_000).to_string();
            if number % 3 == 0 {
                assert_eq!(own.remove(&key), other.remove(&key));
            } else {
                assert_eq!(own.insert(key.clone(), number), other.insert(key.clone(), number));
            }
            assert_eq!((own.get(key.as_str()), own.len()), (other.get(key.as_str()), other.len()));
        }
        let mut left: Vec<_> = own.into_iter().collect();
        left.sort();
        let mut expected: Vec<_> = other.into_iter().collect();
        expected.sort();
        assert_eq!(left, expected);
    }

    #[test]
    fn what_is_missing_is_made() {
        let mut lists: HashMap<&str, Vec<u8>> = HashMap::new();
        lists.or_insert("a", Vec::new()).push(1);
        lists.or_insert("b", Vec::new()).push(2);
        lists.or_insert("a", Vec::new()).push(3);
        assert_eq!((lists.get("a"), lists.len()), (Some(&vec![1, 3]), 2));
    }

    #[test]
    fn a_set_keeps_the_order() {
        let mut set: HashSet<&str> = ["b", "a", "b", "c"].into_iter().collect();
        assert!(!set.insert("c") && set.remove("a") && !set.contains("a"));
        assert_eq!(set.into_iter().collect::<Vec<_>>(), ["b", "c"]);
    }
}
