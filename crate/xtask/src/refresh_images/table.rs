//! The form of the table.
//!
//! Most tags of a build are every name of its version with every name of its variant: `3.14.7 3.14 3 ~` with `slim-trixie slim`. So a line has
//! versions and variants, with a colon between them, and builds that differ in one of both share the line: versions of one kind are set apart by
//! `;`, variants by `,`. `~` is an empty name; where both are empty the tag is `latest`. Tags that do not fit the pattern stand behind `|`
//! on either side, where each side's part belongs to the other side's part of the same number.

use super::Source;
use super::cycles::Product;
use super::library::Tags;
use anyhow::{Result, ensure};
use layerwise_engine::image::tag_of;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// An image whose tags take more is listed without them: every visitor would fetch them, and each of those (Clojure, TomEE) names several of its
/// parts in a tag.
const MOST_BYTES_OF_TAGS: usize = 6_000;

/// What is written of one image.
#[derive(Default)]
pub struct Image {
    /// The image under which the product's cycles stand.
    pub same_as: Option<String>,
    pub product: Option<Product>,
    pub builds: Vec<Tags>,
}

/// Writes the table.
pub fn write(tags: &Source, cycles: &Source, images: &BTreeMap<String, Image>) -> Result<String> {
    let as_of = tags.date.as_str().min(&cycles.date);
    let mut text = format!("{as_of}\n");
    for (what, source, licence) in [("Tags", tags, "Apache-2.0"), ("Cycles", cycles, "MIT")] {
        writeln!(text, "# {what}: github.com/{} {} {}, {licence}", source.repository, source.commit, source.date)?;
    }
    text.push_str(
        "# Written by `cargo xtask refresh-images`; crate/xtask/src/refresh_images/table.rs tells the form.\n",
    );
    for (name, image) in images {
        write!(text, "={name}")?;
        if let Some(other) = &image.same_as {
            write!(text, " >{other}")?;
        }
        if let Some(product) = &image.product {
            write!(text, " {}", product.title)?;
        }
        text.push('\n');
        for cycle in image.product.iter().flat_map(|product| &product.cycles) {
            write!(text, "{} {}", cycle.name, cycle.end)?;
            if let Some(mark) = &cycle.mark {
                write!(text, " {mark}")?;
            }
            text.push('\n');
        }
        let tags = lines(&image.builds)?;
        if tags.iter().map(String::len).sum::<usize>() <= MOST_BYTES_OF_TAGS {
            for line in tags {
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    ensure!(text.is_ascii(), "the table is not ASCII, on which its search counts");
    Ok(text)
}

/// Versions and variants, every pair of which is a tag.
type Block = (BTreeSet<Name>, BTreeSet<Name>);

/// Numbers come before words, and the empty name last.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone)]
struct Name {
    is_empty: bool,
    is_word: bool,
    text: String,
}

impl Name {
    fn of(text: &str) -> Name {
        let is_word = !text.starts_with(|c: char| c.is_ascii_digit());
        Name { is_empty: text.is_empty(), is_word, text: text.to_owned() }
    }

    fn with(&self, variant: &Name) -> String {
        tag_of(&self.text, &variant.text)
    }
}

fn lines(builds: &[Tags]) -> Result<Vec<String>> {
    // Builds with the same versions, in the order of the first of each; then those lists of versions that have the same variants.
    let mut by_versions: Vec<(String, Vec<String>)> = Vec::new();
    for tags in builds {
        let blocks = blocks(tags);
        let mut again: Vec<String> = blocks.iter().flat_map(pairs).collect();
        let mut wanted = tags.clone();
        again.sort();
        wanted.sort();
        ensure!(again == wanted, "{wanted:?} would read as {again:?}");
        push(
            &mut by_versions,
            joined(blocks.iter().map(|block| &block.0)),
            joined(blocks.iter().map(|block| &block.1)),
        );
    }
    let mut by_variants: Vec<(String, Vec<String>)> = Vec::new();
    for (versions, variants) in by_versions {
        push(&mut by_variants, variants.join(","), versions);
    }
    Ok(by_variants.into_iter().map(|(variants, versions)| format!("{}:{variants}", versions.join(";"))).collect())
}

fn push(groups: &mut Vec<(String, Vec<String>)>, key: String, value: String) {
    match groups.iter_mut().find(|(known, _)| *known == key) {
        Some((_, values)) => values.push(value),
        None => groups.push((key, vec![value])),
    }
}

fn pairs(block: &Block) -> Vec<String> {
    block.0.iter().flat_map(|version| block.1.iter().map(|variant| version.with(variant))).collect()
}

fn joined<'a>(parts: impl Iterator<Item = &'a BTreeSet<Name>>) -> String {
    let names = |part: &BTreeSet<Name>| {
        let names: Vec<&str> = part.iter().map(|name| if name.is_empty { "~" } else { &name.text }).collect();
        names.join(" ")
    };
    parts.map(names).collect::<Vec<_>>().join("|")
}

/// Sorts tags into blocks.
fn blocks(tags: &[String]) -> Vec<Block> {
    let is_number = |head: &str| head.strip_prefix('v').unwrap_or(head).starts_with(|c: char| c.is_ascii_digit());
    let mut numbered: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    let mut worded: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
    for tag in tags {
        let (head, rest) = match tag.as_str() {
            "latest" => ("", ""),
            tag => tag.split_once('-').unwrap_or((tag, "")),
        };
        let side = if is_number(head) || head.is_empty() { &mut numbered } else { &mut worded };
        side.entry(Name::of(head)).or_default().insert(Name::of(rest));
    }
    for (head, rests) in worded {
        // A word that goes with every variant, as `lts`, is one more name of the version.
        if numbered.iter().any(|(version, variants)| !version.is_empty && *variants == rests) {
            numbered.insert(head, rests);
            continue;
        }
        let whole = rests.iter().map(|rest| Name::of(&head.with(rest)));
        numbered.entry(Name::of("")).or_default().extend(whole);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (version, variants) in numbered {
        match blocks.iter_mut().find(|(_, known)| *known == variants) {
            Some((versions, _)) => {
                versions.insert(version);
            }
            None => blocks.push((BTreeSet::from([version]), variants)),
        }
    }
    blocks
}
