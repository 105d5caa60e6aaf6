//! Looking for texts that break something: coverage-guided, with `cargo-fuzz`, and for links in Node.

use crate::{command, layout, node, site, tool};
use anyhow::{Result, bail, ensure};
use clap::ValueEnum;
use std::ffi::OsString;
use std::fs;
use std::path::{PathBuf, absolute};
use std::process::Command;

/// Pinned, so that two runs can be compared.
const CARGO_FUZZ: &str = "0.13.2";

/// A text that takes longer than this is a find, in seconds. All of them are shorter than [`LONGEST`], and instrumented code is slow.
const SLOW: &str = "20";

/// The longest text that is tried, in bytes.
const LONGEST: &str = "4096";

/// Where faults are looked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// The parser, on any text
    Parse,
    /// The parser, on pieces of Dockerfiles
    ParsePieces,
    /// Checks and fixes, on any text
    Check,
    /// Checks and fixes, on pieces of Dockerfiles
    CheckPieces,
    /// What a change rebuilds
    Simulate,
    /// The matching of .dockerignore
    Dockerignore,
    /// The page's links
    Links,
}

/// What came of one target.
struct Outcome {
    target: Target,
    executions: u64,
    /// How many edges of the program were seen; nothing where they are not counted.
    coverage: Option<u64>,
    is_clean: bool,
}

impl Target {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The crate's fuzz folder and the name of its binary there.
    fn binary(self) -> Option<(PathBuf, &'static str)> {
        let (own, name) = match self {
            Target::Parse => ("syntax", "text"),
            Target::ParsePieces => ("syntax", "pieces"),
            Target::Check => ("engine", "check"),
            Target::CheckPieces => ("engine", "pieces"),
            Target::Simulate => ("engine", "simulate"),
            Target::Dockerignore => ("engine", "dockerignore"),
            Target::Links => return None,
        };
        Some((layout::root().join("crate").join(own).join("fuzz"), name))
    }

    /// Texts of ours to begin with. For pieces a byte is a piece, so that no text says anything.
    fn seeds(self) -> Vec<PathBuf> {
        let tests = layout::root().join("tests");
        match self {
            Target::Parse | Target::Check | Target::Simulate => vec![tests.join("corpus"), tests.join("agreement")],
            Target::Dockerignore => vec![layout::root().join("crate/engine/fuzz/seeds/dockerignore")],
            Target::ParsePieces | Target::CheckPieces | Target::Links => Vec::new(),
        }
    }
}

/// Looks for faults in all targets, or in one, for so many minutes each, and says at the end what was tried.
pub fn fuzz(minutes: u32, only: Option<Target>) -> Result<()> {
    let targets = Target::value_variants().iter().copied().filter(|target| only.is_none_or(|only| only == *target));
    let mut outcomes = Vec::new();
    for target in targets {
        println!("\n{}, {minutes} minutes", target.name());
        outcomes.push(run(target, minutes)?);
    }
    println!("\n{:<14}{:>14}{:>10}  found", "target", "executions", "edges");
    for Outcome { target, executions, coverage, is_clean } in &outcomes {
        let edges = coverage.map_or_else(String::new, |edges| edges.to_string());
        let found = if *is_clean { "nothing" } else { "a fault: see above" };
        println!("{:<14}{executions:>14}{edges:>10}  {found}", target.name());
    }
    ensure!(
        outcomes.iter().all(|outcome| outcome.is_clean),
        "A text broke something. Make a named test of it, then mend what it broke."
    );
    Ok(())
}

fn run(target: Target, minutes: u32) -> Result<Outcome> {
    let Some((folder, binary)) = target.binary() else {
        return run_in_node(target, minutes);
    };
    let corpus = folder.join("corpus").join(binary);
    fs::create_dir_all(&corpus)?;
    let mut fuzz = Command::new(tool::ensure("cargo-fuzz", CARGO_FUZZ)?);
    // rustup reads the toolchain from here before it reads it from a file.
    fuzz.current_dir(layout::root()).env("RUSTUP_TOOLCHAIN", nightly()?);
    fuzz.args(["run", "--fuzz-dir"]).arg(&folder).arg("--target-dir").arg(absolute(layout::target().join("fuzz"))?);
    fuzz.arg(binary).arg(&corpus).args(target.seeds()).arg("--");
    fuzz.arg(format!("-max_total_time={}", u64::from(minutes) * 60));
    fuzz.args([format!("-timeout={SLOW}"), format!("-max_len={LONGEST}"), "-print_final_stats=1".to_owned()]);
    let dictionary = layout::root().join("crate/syntax/fuzz/dockerfile.dict");
    if !target.seeds().is_empty() {
        fuzz.arg(format!("-dict={}", dictionary.display()));
    }
    let mut progress = Progress::default();
    let is_clean = command::run_seeing_errors(&mut fuzz, |line| {
        progress.read(line);
        if !is_chatter(line) {
            eprintln!("{line}");
        }
    })?;
    Ok(Outcome { target, executions: progress.executions, coverage: progress.coverage, is_clean })
}

/// The links are read by the page, which has its own program for this.
fn run_in_node(target: Target, minutes: u32) -> Result<Outcome> {
    site::build()?; // it is written in TypeScript against types that a build makes
    command::run(node::script("compile-tests.mjs").arg("tests/fuzz"))?;
    let mut executions = 0;
    let is_clean = command::run_seeing_lines(
        node::script("generated/tests/fuzz/links.fuzz.mjs").arg(minutes.to_string()),
        |line| executions = number_before(line, " links").unwrap_or(executions),
    )?;
    Ok(Outcome { target, executions, coverage: None, is_clean })
}

/// What libFuzzer tells of its progress.
#[derive(Default)]
struct Progress {
    executions: u64,
    coverage: Option<u64>,
}

impl Progress {
    /// `#1024 pulse cov: 3012 ft: …`, `stat::number_of_executed_units: 4096`
    fn read(&mut self, line: &str) {
        if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
            self.executions = count.trim().parse().unwrap_or(self.executions);
        }
        let Some(rest) = line.strip_prefix('#') else {
            return;
        };
        let mut words = rest.split_whitespace();
        self.executions = words.next().and_then(|count| count.parse().ok()).unwrap_or(self.executions);
        if words.any(|word| word == "cov:") {
            self.coverage = words.next().and_then(|count| count.parse().ok()).or(self.coverage);
        }
    }
}

fn number_before(line: &str, words: &str) -> Option<u64> {
    let (before, _) = line.split_once(words)?;
    before.rsplit(' ').next()?.replace(',', "").parse().ok()
}

/// What libFuzzer says all the time, and nobody needs to see.
fn is_chatter(line: &str) -> bool {
    let is_find = line.starts_with('#') && (line.contains("NEW") || line.contains("REDUCE"));
    is_find || line.contains("[libfuzzer") || line.starts_with("\tNEW_FUNC") || line.trim().is_empty()
}

/// The nightly compiler, which libFuzzer's instrumentation needs.
fn nightly() -> Result<OsString> {
    let installed = command::output_of(Command::new("rustup").args(["toolchain", "list"])).unwrap_or_default();
    let Some(nightly) = installed.lines().find(|line| line.starts_with("nightly")) else {
        bail!("Fuzzing needs a nightly compiler, and rustup knows none: `rustup toolchain install nightly`.");
    };
    Ok(nightly.split_whitespace().next().unwrap_or("nightly").into())
}

#[cfg(test)]
mod tests {
    use super::{Progress, Target, number_before};
    use clap::ValueEnum;

    #[test]
    fn progress_is_read_from_what_libfuzzer_says() {
        let mut progress = Progress::default();
        progress.read("#2048\tpulse  cov: 4711 ft: 9000 corp: 12/3Kb exec/s: 512 rss: 90Mb");
        assert_eq!((progress.executions, progress.coverage), (2048, Some(4711)));
        progress.read("INFO: A corpus is not provided");
        progress.read("stat::number_of_executed_units: 4096");
        assert_eq!((progress.executions, progress.coverage), (4096, Some(4711)));
    }

    #[test]
    fn links_are_counted_by_the_last_line() {
        assert_eq!(number_before("12,345 links, all answered", " links"), Some(12345));
        assert_eq!(number_before("nothing", " links"), None);
    }

    #[test]
    fn every_target_has_its_source_and_its_seeds() {
        for target in Target::value_variants() {
            if let Some((folder, binary)) = target.binary() {
                assert!(folder.join("targets").join(binary).with_extension("rs").is_file(), "{}", target.name());
            }
            assert!(target.seeds().iter().all(|folder| folder.is_dir()), "{}", target.name());
        }
    }
}
