//! Which release of what an image holds, by its name.

use super::ImageName;
use super::catalog::Entry;
use super::support::Cycle;

/// Words of tags, and of some names of images, that name an operating system, with the image whose cycles are its own.
const SYSTEMS: [(&str, &str); 14] = [
    ("alpine", "alpine"),
    ("debian", "debian"),
    ("ubuntu", "ubuntu"),
    ("oraclelinux", "oraclelinux"),
    ("ol", "oraclelinux"),
    ("ubi", "registry.access.redhat.com/ubi9"),
    ("fedora", "fedora"),
    ("rockylinux", "rockylinux"),
    ("rocky", "rockylinux"),
    ("almalinux", "almalinux"),
    ("centos", "centos"),
    ("amazonlinux", "amazonlinux"),
    ("al", "amazonlinux"),
    ("leap", "opensuse/leap"),
];

/// The release that a tag names, in words or in numbers: `3.9-slim` is Python 3.9.
pub fn line_of(image: &ImageName) -> Option<Cycle> {
    let entry = Entry::of(&image.repository)?;
    let tag = image.tag.as_deref()?;
    // The name of the product may stand before the number.
    let version = ["v", "centos", "stream"].iter().find_map(|word| tag.strip_prefix(word)).unwrap_or(tag);
    // A longer number is that of a newer release, so that `2.303` comes before `2`.
    let named = entry.cycle_where(&|name, mark| {
        is_release(version, name) || is_code_name(mark) && image.tag_parts().any(|part| part == mark)
    });
    if named.is_some() || entry.build_of(tag).is_some() {
        return named;
    }
    // What once moved with the releases of a line, as `python:2`, stopped with the last of them.
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    let number = version.get(..end).filter(|number| !number.is_empty())?;
    entry.cycle_where(&|name, _| name.strip_prefix(number).is_some_and(|rest| rest.starts_with('.')))
}

/// Whether a version is one of a release: `3.9.1` of `3.9`, and `3.90` not.
fn is_release(version: &str, release: &str) -> bool {
    version.strip_prefix(release).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The release of the operating system that a name says beside that of its product: `3.9-slim-bullseye` is on Debian 11.
/// `line` is what [`line_of`] says of the image.
pub fn system_of(image: &ImageName, line: Option<Cycle>) -> Option<Cycle> {
    let is_line = |found: &Cycle| line.is_some_and(|line| line.product == found.product);
    let tag = image.tag.as_deref().unwrap_or_default();
    let found = system_in(tag, line.map_or("", |line| line.name));
    let in_name = ["gcr.io/distroless/", "registry.access.redhat.com/", "redhat/"];
    found
        .or_else(|| {
            let name = in_name.iter().find_map(|start| image.repository.strip_prefix(start))?;
            name.split('/').find_map(|part| system_in(part, ""))
        })
        .filter(|found| !is_line(found))
}

/// Whether a mark is a code name, and not a day.
pub(super) fn is_code_name(mark: &str) -> bool {
    mark.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The operating system that a word between dashes names, those left out that name the product's own release.
pub(super) fn system_in(text: &str, release: &str) -> Option<Cycle> {
    let mut parts = text.split('-').peekable();
    while let Some(part) = parts.next() {
        let found = system_word(part, parts.peek().copied().unwrap_or_default());
        if let Some((cycle, _)) = found.filter(|_| part != release) {
            return Some(cycle);
        }
    }
    None
}

/// The operating system that a word names, and whether its number is the word behind it, `next`.
pub(super) fn system_word(part: &str, next: &str) -> Option<(Cycle, bool)> {
    if let Some(cycle) = codename(part) {
        return Some((cycle, false));
    }
    let letters = part.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let (_, image) = SYSTEMS.iter().find(|(word, _)| *word == letters)?;
    let takes_next = letters.len() == part.len();
    let number = if takes_next { next } else { part.get(letters.len()..)? };
    Some((Entry::of(image)?.cycle_where(&|name, _| is_release(number, name))?, takes_next))
}

/// The release of Debian or Ubuntu that a word is the name of.
pub fn codename(word: &str) -> Option<Cycle> {
    let is_variant = matches!(word, "slim" | "alpine");
    if word.len() < 4 || is_variant || word.contains(|c: char| !c.is_ascii_lowercase()) {
        return None;
    }
    let releases = ["debian", "ubuntu"].into_iter().filter_map(Entry::of);
    releases.into_iter().find_map(|entry| entry.cycle_where(&|_, mark| mark == word))
}
