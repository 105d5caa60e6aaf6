//! What an author expects of a snippet: `clean`, `no: a, b` or `raises: a, b`, several joined with `;`.
//!
//! A name is a rule's id, a case of it (`rule/case`), or a code that another tool has for it. Snippets in pages
//! (`<layerwise-playground expect="…">`) read the same.

use super::info::Said;
use crate::settings::known;
use crate::text::counted;
use layerwise_engine::{Finding, Report};

/// What was said, as far as it can be read.
pub struct Expectation {
    pub claims: Vec<Claim>,
    /// What cannot be read, each in a sentence.
    pub broken: Vec<String>,
}

/// One of the things that are expected.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing at all is found.
    Clean,
    /// This is not found.
    No(String),
    /// This is found, and is meant to be.
    Raises(String),
}

impl Expectation {
    /// Reads what stands behind a fence.
    pub fn read(said: &Said) -> Expectation {
        let mut read = Expectation { claims: Vec::new(), broken: said.unclear.clone() };
        let named = said.enable.iter().chain(&said.ignore);
        read.broken.extend(named.filter_map(|name| known(name).err()).map(|error| error.to_string()));
        for part in said.expect.iter().flat_map(|text| text.split(';')).map(str::trim) {
            read.take(part);
        }
        if said.expect.is_some() && read.claims.is_empty() && read.broken.is_empty() {
            read.broken.push(format!("`expect` says nothing: {FORMS}"));
        }
        read
    }

    fn take(&mut self, part: &str) {
        let (kind, list) = part.split_once(':').map_or((part, ""), |(kind, list)| (kind.trim(), list));
        let names: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        match (kind, names.is_empty()) {
            ("", true) if part.is_empty() => {}
            ("clean", true) if part == "clean" => self.claims.push(Claim::Clean),
            ("no", false) => self.take_names(&names, Claim::No),
            ("raises", false) => self.take_names(&names, Claim::Raises),
            _ => self.broken.push(format!("`{part}` cannot be read: {FORMS}")),
        }
    }

    fn take_names(&mut self, names: &[&str], claim: fn(String) -> Claim) {
        for name in names {
            match known(name) {
                Ok(()) => self.claims.push(claim((*name).to_owned())),
                Err(error) => self.broken.push(error.to_string()),
            }
        }
    }
}

const FORMS: &str = "write `clean`, `no: RULE, RULE` or `raises: RULE, RULE`, joined with `;`";

/// What does not hold, each in a sentence. `line` tells where a finding is in the Markdown file.
pub fn broken(claims: &[Claim], report: &Report, line: impl Fn(&Finding) -> u32) -> Vec<String> {
    let findings = &report.findings;
    let mut broken = Vec::new();
    for claim in claims {
        match claim {
            Claim::Clean if findings.is_empty() && report.problems().is_empty() => {}
            Claim::Clean => {
                let found = counted(findings.len().max(report.problems().len()), "finding");
                broken.push(format!("this is expected to be clean, and has {found}"));
            }
            Claim::No(name) => {
                if let Some(first) = findings.iter().find(|finding| finding.is_named(name)) {
                    broken.push(format!("`{name}` is expected not to be raised, and is in line {}", line(first)));
                }
            }
            Claim::Raises(name) => {
                if !findings.iter().any(|finding| finding.is_named(name)) {
                    broken.push(format!("`{name}` is expected to be raised, and is not"));
                }
            }
        }
    }
    broken
}

/// Whether a finding is there because its author wants it.
pub fn expects(claims: &[Claim], finding: &Finding) -> bool {
    claims.iter().any(|claim| matches!(claim, Claim::Raises(name) if finding.is_named(name)))
}
