//! How many instructions each case takes, as the repository keeps it: so a slow-down is seen without a clock.

use crate::layout;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::env::consts::{ARCH, OS};
use std::fs;
use std::path::PathBuf;

/// The counts of one kind of machine.
#[derive(Debug, PartialEq, Eq)]
pub struct Baseline {
    /// Processor and system. Another processor has other instructions.
    machine: String,
    counts: BTreeMap<String, u64>,
}

impl Baseline {
    pub fn of(counts: &[(String, u64)]) -> Baseline {
        Baseline { machine: machine(), counts: counts.iter().cloned().collect() }
    }

    /// That of the repository; nothing where there is none yet.
    pub fn load() -> Result<Option<Baseline>> {
        let path = path();
        if !path.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        let baseline = Baseline::read(&text).with_context(|| {
            format!("{} is not in its form: write it anew with `cargo xtask bench --counts --accept`", path.display())
        })?;
        Ok(Some(baseline))
    }

    pub fn save(&self) -> Result<PathBuf> {
        let path = path();
        fs::write(&path, self.written()).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(path)
    }

    /// Whether its counts can be compared with those of this machine.
    pub fn is_of_this_machine(&self) -> bool {
        self.machine == machine()
    }

    pub fn machine(&self) -> &str {
        &self.machine
    }

    pub fn count(&self, case: &str) -> Option<u64> {
        self.counts.get(case).copied()
    }

    /// Its cases that are not among these.
    pub fn gone(&self, counts: &[(String, u64)]) -> Vec<&str> {
        let is_gone = |name: &&String| !counts.iter().any(|(counted, _)| counted == *name);
        self.counts.keys().filter(is_gone).map(String::as_str).collect()
    }

    /// A line for the machine, then one for each case: its name, a tab, its count.
    fn read(text: &str) -> Option<Baseline> {
        let (machine, cases) = text.split_once('\n')?;
        let case = |line: &str| {
            let (name, count) = line.split_once('\t')?;
            Some((name.to_owned(), count.parse().ok()?))
        };
        Some(Baseline { machine: machine.to_owned(), counts: cases.lines().map(case).collect::<Option<_>>()? })
    }

    fn written(&self) -> String {
        let lines = self.counts.iter().map(|(name, count)| format!("{name}\t{count}\n"));
        format!("{}\n{}", self.machine, lines.collect::<String>())
    }
}

fn path() -> PathBuf {
    layout::root().join("crate/bench/counts.txt")
}

fn machine() -> String {
    format!("instructions on {ARCH}, {OS}")
}

#[cfg(test)]
mod tests {
    use super::Baseline;

    #[test]
    fn what_is_written_is_read_again() {
        let counts = [("check, own files".to_owned(), 12), ("parse, own files".to_owned(), 3)];
        let baseline = Baseline::of(&counts);
        assert_eq!(Baseline::read(&baseline.written()), Some(baseline));
    }

    #[test]
    fn a_line_that_is_no_case_makes_no_baseline() {
        assert_eq!(Baseline::read("a machine\ncheck, own files 12\n"), None);
        assert_eq!(Baseline::read("a machine\ncheck, own files\tmany\n"), None);
        assert_eq!(Baseline::read(""), None);
    }

    #[test]
    fn a_case_that_is_no_longer_counted_is_told_of() {
        let baseline = Baseline::of(&[("old".to_owned(), 1), ("kept".to_owned(), 2)]);
        assert_eq!(baseline.gone(&[("kept".to_owned(), 2), ("new".to_owned(), 3)]), ["old"]);
    }
}
