//! What the shell checks cost: `cargo bench -p layerwise-tests --bench scripts`.
//!
//! Above stands what a script of real Dockerfiles costs: of our own, or of those in the folder that `LAYERWISE_CORPUS` names. Below stands how
//! the time grows with a script: four times the text should take about four times as long, whatever the machine.

#![allow(missing_docs, reason = "a benchmark has no callers")]

#[allow(clippy::unwrap_used, reason = "tests share it, and may fail")]
#[path = "../folder/mod.rs"]
mod folder;

use layerwise_engine::shellcheck::{ShellFinding, ShellScript};
use layerwise_engine::{Input, ShellLinter, check};
use layerwise_shell::{Dialect, Linter, Script};
use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often a script is looked at. Its time is the fastest.
const TIMES: u32 = 5;
const DEAREST_SHOWN: usize = 5;

/// A script, with what a linter is told of it.
struct Handed {
    text: String,
    dialect: Dialect,
    stops_at_errors: bool,
    known: Vec<String>,
}

/// A linter that finds nothing and remembers what it was given.
#[derive(Default)]
struct Recorder(RefCell<Vec<Handed>>);

impl std::fmt::Debug for Recorder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Recorder")
    }
}

impl ShellLinter for Recorder {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        if let Some(dialect) = Dialect::from_name(script.dialect.name()) {
            self.0.borrow_mut().push(Handed {
                text: script.text.to_owned(),
                dialect,
                stops_at_errors: script.stops_at_errors,
                known: script.known.iter().map(|&name| name.to_owned()).collect(),
            });
        }
        Some(Vec::new())
    }
}

/// The scripts of the Dockerfiles of a folder.
fn scripts(folder: &Path) -> Vec<Handed> {
    let recorder = Recorder::default();
    for (_, text) in folder::texts(folder) {
        check(&Input { shell: Some(&recorder), ..Input::new(&text) });
    }
    recorder.0.into_inner()
}

fn best(times: u32, mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The time below which so many hundredths of the scripts stay.
fn hundredth(sorted: &[(Duration, usize)], part: usize) -> f64 {
    let index = (sorted.len() * part / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).map_or(0.0, |(time, _)| microseconds(*time))
}

fn real_scripts(linter: &Linter) {
    let scripts = scripts(&folder::other_peoples_dockerfiles().unwrap_or_else(folder::own_dockerfiles));
    let time = |handed: &Handed| {
        let known: Vec<&str> = handed.known.iter().map(String::as_str).collect();
        let Handed { text, dialect, stops_at_errors, .. } = handed;
        let script = Script { text, dialect: *dialect, stops_at_errors: *stops_at_errors, known: &known };
        (best(TIMES, || drop(black_box(linter.lint(black_box(&script))))), text.len())
    };
    let mut times: Vec<(Duration, usize)> = scripts.iter().map(time).collect();
    times.sort_unstable();
    let all: Duration = times.iter().map(|(time, _)| *time).sum();
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX).max(1);
    println!("{} scripts; microseconds for one", times.len());
    println!("{:>8} {:>8} {:>8} {:>8}", "mean", "median", "p90", "p99");
    let (median, p90, p99) = (hundredth(&times, 50), hundredth(&times, 90), hundredth(&times, 99));
    println!("{:>8.1} {median:>8.1} {p90:>8.1} {p99:>8.1}", microseconds(all / count));
    println!("\nthe dearest, and their bytes");
    for (time, length) in times.iter().rev().take(DEAREST_SHOWN) {
        println!("{:>10.1} {length:>8}", microseconds(*time));
    }
}

/// One shape of a script: how it begins, what is written again and again, and how often at first.
type Shape = (&'static str, &'static str, &'static str, usize);

const SHAPES: [Shape; 12] = [
    ("commands", "set -e\n", "apt-get install -y curl && make -C /srv install\n", 40),
    ("one chain", "true", " && make -C /srv install", 80),
    ("statements on one line", "true", "; make -C /srv install", 80),
    ("expansions", "read -r a\n", "cat $a\n", 100),
    ("expansions in quotes", "read -r a\n", "cat \"$a\"\n", 100),
    ("assignments", "read -r a\n", "b=$a; a=$b; cat $b\n", 40),
    ("variables of a loop", "", "for f in a b; do cat $f; done\n", 40),
    ("pipes", "true", " | sort", 100),
    ("substitutions", "", "a=$(uname -m); echo \"$(id) $a\"\n", 40),
    ("conditions", "", "if [ \"$1\" = a ]; then cd b; elif test c; then exit 1; fi\n", 40),
    ("functions", "", "f() { local a=$1; g \"$a\"; }\nf b\n", 40),
    ("heredocs", "", "cat <<END\n$HOME\nEND\n", 40),
];

fn growth(linter: &Linter) {
    println!("\n{:<26} {:>10} {:>10} {:>10} {:>7}", "a script of", "bytes", "once", "fourfold", "ratio");
    for (name, head, unit, times) in SHAPES {
        let text = |times: usize| head.to_owned() + &unit.repeat(times);
        let time = |text: &str| best(3, || drop(black_box(linter.lint(&Script::new(black_box(text), Dialect::Bash)))));
        let (once, fourfold) = (text(times), text(4 * times));
        let (small, large) = (time(&once), time(&fourfold));
        let ratio = large.as_secs_f64() / small.as_secs_f64().max(f64::EPSILON);
        println!("{name:<26} {:>10} {small:>10.1?} {large:>10.1?} {ratio:>7.1}", once.len());
    }
}

fn main() {
    let linter = Linter::new();
    real_scripts(&linter);
    growth(&linter);
}
