//! How well two tools agree, printed.

use super::peer::Peer;
use super::place::{Place, Places, Texts};
use std::collections::BTreeMap;

/// How often two tools agree on a code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub both: usize,
    pub only_theirs: usize,
    pub only_ours: usize,
}

impl Count {
    /// Of what we say, the share that the peer says too.
    fn precision(self) -> String {
        share(self.both, self.both + self.only_ours)
    }

    /// Of what the peer says, the share that we say too.
    fn recall(self) -> String {
        share(self.both, self.both + self.only_theirs)
    }
}

fn share(part: usize, whole: usize) -> String {
    // In tenths of a per cent, rounded down: 100.0 % is all of them.
    match (part * 1000).checked_div(whole) {
        Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        None => "-".to_owned(),
    }
}

/// The counts of every code that either tool gives.
#[derive(Debug, Default)]
pub struct Counts {
    codes: BTreeMap<String, Count>,
}

impl Counts {
    pub fn of(theirs: &Places, ours: &Places) -> Counts {
        let mut counts = Counts::default();
        for place in theirs.union(ours) {
            counts.add(&place.code, theirs.contains(place), ours.contains(place));
        }
        counts
    }

    /// Counts a place of a code, which one side has or both.
    pub fn add(&mut self, code: &str, is_theirs: bool, is_ours: bool) {
        let count = self.codes.entry(code.to_owned()).or_default();
        match (is_theirs, is_ours) {
            (true, true) => count.both += 1,
            (true, false) => count.only_theirs += 1,
            _ => count.only_ours += 1,
        }
    }

    fn total(&self) -> Count {
        let add = |sum: Count, count: &Count| Count {
            both: sum.both + count.both,
            only_theirs: sum.only_theirs + count.only_theirs,
            only_ours: sum.only_ours + count.only_ours,
        };
        self.codes.values().fold(Count::default(), add)
    }

    pub fn print(&self, peer: &str) {
        let width = self.codes.keys().map(String::len).max().unwrap_or_default().max("together".len());
        let their_column = format!("only {peer}");
        println!(
            "{:width$}  {:>6}  {their_column:>13}  {:>7}  {:>9}  {:>7}",
            "code", "both", "only us", "precision", "recall"
        );
        let total = ("together", self.total());
        for (code, count) in self.codes.iter().map(|(code, count)| (code.as_str(), *count)).chain([total]) {
            println!(
                "{code:width$}  {:>6}  {:>13}  {:>7}  {:>9}  {:>7}",
                count.both,
                count.only_theirs,
                count.only_ours,
                count.precision(),
                count.recall()
            );
        }
    }
}

/// Prints every place where only one of two tools gives a code, with the first line of the instruction.
pub fn show(peer: Peer, code: &str, theirs: &Places, ours: &Places, texts: &Texts) {
    let print = |side: &str, place: &Place| {
        println!("{side}  {}:{}  {}", place.file.display(), place.line, texts.line(place));
    };
    let is_meant = |place: &&Place| place.code == code;
    for place in theirs.difference(ours).filter(is_meant) {
        print(&format!("only {}", peer.name()), place);
    }
    for place in ours.difference(theirs).filter(is_meant) {
        print("only us", place);
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Counts, Place, Places};
    use std::path::PathBuf;

    fn places(lines: &[u32]) -> Places {
        let place = |line: &u32| Place { code: "DL3008".to_owned(), file: PathBuf::from("Dockerfile"), line: *line };
        lines.iter().map(place).collect()
    }

    #[test]
    fn each_place_counts_once_on_its_side() {
        let counts = Counts::of(&places(&[1, 2, 3, 9]), &places(&[2, 3, 4]));
        let count = Count { both: 2, only_theirs: 2, only_ours: 1 };
        assert_eq!(counts.total(), count);
        assert_eq!((count.precision().as_str(), count.recall().as_str()), ("66.6 %", "50.0 %"));
        assert_eq!(Count::default().recall(), "-");
    }
}
