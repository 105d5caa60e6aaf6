//! What one peer finds in every version of the files.

use super::version::{Version, Versions};
use crate::compare::peer::Program;
use crate::compare::place::line_text;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// The lines with a code in a file.
type Findings = BTreeMap<(String, usize), Vec<u32>>;

/// What a peer finds in the files that it can read as they are.
pub struct Verdict {
    versions: Vec<(Version, Findings)>,
    /// The files that it can read as they are, and not in a version.
    refused: Vec<(Version, usize)>,
    unreadable: usize,
}

impl Verdict {
    pub fn of(peer: &Program, versions: &Versions) -> Result<Verdict> {
        let all: Vec<usize> = (0..versions.len()).collect();
        let (original, unreadable) = judge(peer, versions, Version::Original, &all)?;
        let (mut after, mut broken) = (Vec::new(), Vec::new());
        for version in Version::MENDED {
            let mut changed = BTreeSet::new();
            for index in all.iter().filter(|index| !unreadable.contains(index)) {
                if versions.is_changed(*index, version)? {
                    changed.insert(*index);
                }
            }
            let (mut found, refused) = judge(peer, versions, version, &changed.iter().copied().collect::<Vec<_>>())?;
            // In what is broken nothing is mended.
            let is_as_before = |index: &usize| !changed.contains(index) || refused.contains(index);
            let as_before = original.iter().filter(|((_, index), _)| is_as_before(index));
            found.extend(as_before.map(|(place, lines)| (place.clone(), lines.clone())));
            broken.extend(refused.into_iter().map(|index| (version, index)));
            after.push((version, found));
        }
        after.push((Version::Original, original));
        Ok(Verdict { versions: after, refused: broken, unreadable: unreadable.len() })
    }

    fn findings(&self, version: Version) -> impl Iterator<Item = (&(String, usize), &Vec<u32>)> {
        self.in_version(version).into_iter().flatten()
    }

    fn in_version(&self, version: Version) -> Option<&Findings> {
        self.versions.iter().find(|(of, _)| *of == version).map(|(_, findings)| findings)
    }

    /// How often each code is found in a version.
    pub fn counts(&self, version: Version) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for ((code, _), lines) in self.findings(version) {
            *counts.entry(code.as_str()).or_default() += lines.len();
        }
        counts
    }

    /// Whether a version of a file has a code more often than the file.
    fn is_new(&self, place: &(String, usize), lines: &[u32]) -> bool {
        let before = self.in_version(Version::Original).and_then(|findings| findings.get(place));
        before.is_none_or(|before| before.len() < lines.len())
    }

    /// Prints which codes our fixes bring, and to how many files.
    pub fn print_new(&self, peer: &str) {
        for version in [Version::OursSafe, Version::OursReview] {
            let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
            for (place, _) in self.findings(version).filter(|(place, lines)| self.is_new(place, lines)) {
                *codes.entry(place.0.as_str()).or_default() += 1;
            }
            let codes: Vec<String> = codes.iter().map(|(code, files)| format!("{code} in {files}")).collect();
            let codes = if codes.is_empty() { "nothing".to_owned() } else { codes.join(", ") };
            println!("{peer} finds new after {}: {codes}", version.name());
        }
    }

    /// Prints the files that a fixer broke for a peer.
    pub fn print_refused(&self, peer: &str, versions: &Versions) {
        println!("\n{peer} reads {} of {} files.", versions.len() - self.unreadable, versions.len());
        for version in Version::MENDED {
            let files: Vec<String> = self
                .refused
                .iter()
                .filter(|(of, _)| *of == version)
                .map(|(_, index)| versions.file(*index).display().to_string())
                .collect();
            println!("{peer} cannot read after {}: {}", version.name(), files.len());
            for file in files {
                println!("    {file}");
            }
        }
    }

    /// Prints the places where our fixes leave a code, and those where they bring it.
    pub fn show(&self, code: &str, versions: &Versions) {
        for version in [Version::OursSafe, Version::OursReview] {
            for (place, lines) in self.findings(version).filter(|(place, _)| place.0 == code) {
                let kind = if self.is_new(place, lines) { "NEW" } else { "left" };
                let copy = versions.copy(place.1, version);
                let text = fs::read(&copy).unwrap_or_default();
                let text = String::from_utf8_lossy(&text);
                for line in lines {
                    let shown = line_text(&text, *line);
                    println!("{kind} after {}  {}:{line}  {shown}", version.name(), copy.display());
                }
            }
        }
    }
}

/// What a peer finds in a version of some files, and which of those it cannot read.
fn judge(
    peer: &Program,
    versions: &Versions,
    version: Version,
    files: &[usize],
) -> Result<(Findings, BTreeSet<usize>)> {
    let copies = files.iter().map(|index| versions.copy(*index, version)).collect::<Vec<PathBuf>>();
    let answer = peer.findings(&copies)?;
    let mut findings = Findings::new();
    for place in answer.places {
        let Some(index) = Versions::index_of(&place.file) else { continue };
        findings.entry((place.code, index)).or_default().push(place.line);
    }
    Ok((findings, answer.refused.iter().filter_map(|copy| Versions::index_of(copy)).collect()))
}
