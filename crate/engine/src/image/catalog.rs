//! The table of base images: the tags that official images had on one day, and the release cycles of what is in images.
//!
//! It is text that nobody reads before it is asked for: an image's part is found by halving, and read line by line. `cargo xtask refresh-images`
//! writes it, and its `table.rs` tells the form.

use super::support::{Cycle, End};
use crate::table::words_of;

const TABLE: &str = include_str!("../../data/images.txt");

/// The day whose facts the table holds, as `YYYY-MM-DD`.
pub fn data_as_of() -> &'static str {
    TABLE.lines().next().unwrap_or_default()
}

/// The names of all images in the table, in order.
pub fn repositories() -> impl Iterator<Item = &'static str> {
    STARTS.iter().map(|&start| name_at(start))
}

/// What the table holds of one image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The product in it, as people write it: `Node.js`. Empty where none is known.
    pub product: &'static str,
    body: &'static str,
}

impl Entry {
    /// The part of an image. A name without a registry is that of an official image.
    pub fn of(repository: &str) -> Option<Entry> {
        let (head, body) = part(repository)?;
        let after_name = head.get(repository.len()..).unwrap_or_default().trim_start();
        match after_name.strip_prefix('>') {
            Some(other) => {
                let (head, body) = part(other)?;
                Some(Entry { product: head.get(other.len()..).unwrap_or_default().trim_start(), body })
            }
            None => Some(Entry { product: after_name, body }),
        }
    }

    /// The release cycles of the product in it, the newest first.
    pub fn cycles(self) -> impl Iterator<Item = Cycle> {
        self.cycle_lines().map(move |line| self.cycle(line))
    }

    /// The newest release cycle that fits by its name and its mark. The rest of the others is not even read.
    pub fn cycle_where(self, fits: &dyn Fn(&str, &str) -> bool) -> Option<Cycle> {
        let is_it = |line: &&str| {
            let mut words = words_of(line);
            let name = words.next().unwrap_or_default();
            fits(name, words.nth(1).unwrap_or_default())
        };
        self.cycle_lines().find(is_it).map(|line| self.cycle(line))
    }

    fn cycle_lines(self) -> impl Iterator<Item = &'static str> {
        self.body.lines().take_while(|line| !line.contains(':'))
    }

    fn cycle(self, line: &'static str) -> Cycle {
        let mut words = line.split(' ');
        let mut word = || words.next().unwrap_or_default();
        Cycle { product: self.product, name: word(), end: End::read(word()), mark: word() }
    }

    /// The images that were built of it, the newest first.
    pub fn builds(self) -> impl Iterator<Item = Build> {
        let lines = self.body.lines().filter_map(|line| line.split_once(':'));
        lines.flat_map(|(versions, variants)| {
            versions
                .split(';')
                .flat_map(move |versions| variants.split(',').map(move |variants| Build { versions, variants }))
        })
    }

    /// The build that a tag named.
    pub fn build_of(self, tag: &str) -> Option<Build> {
        self.builds().find(|build| build.has(tag))
    }
}

/// How many parts the table has. No `=` stands elsewhere, so that every one begins a part.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index out of bounds is an error")]
const fn count_parts() -> usize {
    let table = TABLE.as_bytes();
    let (mut at, mut parts) = (0, 0);
    while at < table.len() {
        if table[at] == b'=' {
            parts += 1;
        }
        at += 1;
    }
    parts
}

/// Where the parts begin, each behind its sign.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index out of bounds is an error")]
static STARTS: [usize; count_parts()] = {
    let table = TABLE.as_bytes();
    let mut starts = [0; count_parts()];
    let (mut at, mut part) = (0, 0);
    while at < table.len() {
        if table[at] == b'=' {
            starts[part] = at + 1;
            part += 1;
        }
        at += 1;
    }
    starts
};

/// The first line of an image's part, without its sign, and what follows it.
fn part(name: &str) -> Option<(&'static str, &'static str)> {
    let found = STARTS.binary_search_by(|&start| name_at(start).cmp(name)).ok()?;
    let start = *STARTS.get(found)?;
    let end = STARTS.get(found + 1).map_or(TABLE.len(), |next| next - 1);
    TABLE.get(start..end)?.split_once('\n')
}

/// The name of the image whose part begins at a place.
fn name_at(start: usize) -> &'static str {
    let text = TABLE.get(start..).unwrap_or_default();
    let end = text.bytes().position(|byte| byte == b' ' || byte == b'\n');
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// One image that was built, under all its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Build {
    versions: &'static str,
    variants: &'static str,
}

impl Build {
    /// The pairs of version and variant that are its tags; either may be empty.
    fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let blocks = self.versions.split('|').zip(self.variants.split('|'));
        blocks.flat_map(|(versions, variants)| {
            names(versions).flat_map(move |version| names(variants).map(move |variant| (version, variant)))
        })
    }

    /// Whether a tag named it.
    pub fn has(self, tag: &str) -> bool {
        let tag = if tag == "latest" { "" } else { tag };
        for (versions, variants) in self.versions.split('|').zip(self.variants.split('|')) {
            for version in names(versions) {
                let Some(rest) = tag.strip_prefix(version) else { continue };
                let rest = if version.is_empty() || rest.is_empty() { Some(rest) } else { rest.strip_prefix('-') };
                let Some(rest) = rest else { continue };
                if names(variants).any(|variant| variant == rest) {
                    return true;
                }
            }
        }
        false
    }

    /// All its tags.
    pub fn tags(self) -> impl Iterator<Item = String> {
        self.pairs().map(|(version, variant)| tag_of(version, variant))
    }

    /// The names of its version that begin with a digit.
    pub fn versions(self) -> impl Iterator<Item = &'static str> {
        self.versions.split('|').flat_map(names).filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The name of its version with one dot: 3.14.
    pub fn minor(self) -> Option<&'static str> {
        self.versions().find(|name| name.matches('.').count() == 1)
    }

    /// The names of its variant that go with a version.
    pub fn variants_of(self, version: &str) -> impl Iterator<Item = &'static str> {
        self.pairs().filter(move |(name, _)| *name == version).map(|(_, variant)| variant)
    }

    /// All names of its variant.
    pub fn variants(self) -> impl Iterator<Item = &'static str> {
        self.variants.split('|').flat_map(names)
    }
}

/// A tag of a version and a variant.
pub fn tag_of(version: &str, variant: &str) -> String {
    match (version, variant) {
        ("", "") => "latest".to_owned(),
        ("", only) | (only, "") => only.to_owned(),
        _ => format!("{version}-{variant}"),
    }
}

fn names(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(' ').map(|name| if name == "~" { "" } else { name })
}
