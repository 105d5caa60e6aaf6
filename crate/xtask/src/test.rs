//! Every test of the project, with one line at the end that counts them.

use crate::tally::Tally;
use crate::{bench, browser, budget, command, deny, engines, layout, no_network, node, reproduce, serve, site};
use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

/// A part of the tests that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// Formatting and lints
    Lint,
    /// The Rust workspace
    Rust,
    /// The page: its budgets, and its logic in Node
    Web,
    /// The finished site in a browser
    Browser,
    /// A walk through the site in Firefox and WebKit: without being named only with --full
    Engines,
    /// The instructions that the engine takes, where valgrind is there to count them; alone, or with all that takes long
    Counts,
}

/// Runs all suites, or one of them; `is_full` adds what takes long to get ready.
pub fn test(only: Option<Suite>, is_full: bool) -> Result<()> {
    let mut total = Tally::default();
    let is_slow = |suite: &Suite| matches!(suite, Suite::Engines | Suite::Counts);
    let is_wanted = |suite: &Suite| only.map_or(is_full || !is_slow(suite), |only| only == *suite);
    for suite in Suite::value_variants().iter().copied().filter(is_wanted) {
        // The other suites may still tell something.
        total += run(suite, is_full).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally::FAIL
        });
    }
    println!("\n{total}");
    ensure!(total.failed == 0, "Some tests failed.");
    Ok(())
}

/// What takes long and needs all suites to have passed: they have fetched what they need, and can do without a network; the crates are those that
/// may come in; and the same commit gives the same site.
pub fn test_fully(only: Option<Suite>) -> Result<()> {
    test(only, true)?;
    if only.is_some() {
        return Ok(());
    }
    test_without_network()?;
    deny::deny(false)?;
    reproduce::reproduce()
}

/// The suites that could ask for something, where nothing can be asked for.
pub fn test_without_network() -> Result<()> {
    let mut failed = Vec::new();
    for suite in [Suite::Rust, Suite::Web, Suite::Browser] {
        let value = suite.to_possible_value().context("every suite can be named")?;
        println!("\nWithout a network: {}", value.get_name());
        // The other suites may still tell something.
        if let Err(error) = no_network::run_again(&["test", "--only", value.get_name()]) {
            eprintln!("{error:#}");
            failed.push(value.get_name().to_owned());
        }
    }
    ensure!(failed.is_empty(), "Without a network, tests failed: {}.", failed.join(", "));
    Ok(())
}

fn run(suite: Suite, is_full: bool) -> Result<Tally> {
    match suite {
        Suite::Lint => lint(),
        Suite::Rust => rust(),
        Suite::Web => web(),
        Suite::Browser => in_browser(is_full),
        Suite::Engines => in_engines(),
        Suite::Counts => bench::hold_if_possible(),
    }
}

fn lint() -> Result<Tally> {
    let mut format = command::cargo_without_target("fmt");
    format.args(["--all", "--check"]);
    let mut clippy = command::cargo("clippy");
    clippy.args(["--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    let mut tally = Tally::default();
    for check in [&mut format, &mut clippy] {
        tally += match command::run(check) {
            Ok(()) => Tally::PASS,
            Err(error) => {
                eprintln!("{error:#}. A missing part comes with `rustup component add rustfmt clippy`.");
                Tally::FAIL
            }
        };
    }
    Ok(tally)
}

fn rust() -> Result<Tally> {
    let mut tally = Tally::default();
    let mut tests = command::cargo("test");
    tests.args(["--workspace", "--no-fail-fast"]);
    let succeeded = command::run_seeing_lines(&mut tests, |line| tally.read_cargo_line(line))?;
    Ok(tally.with_success(succeeded))
}

fn web() -> Result<Tally> {
    site::build()?;
    let mut tally = budget::check()?;
    tally += in_node("tests/unit", |_| {})?;
    Ok(tally)
}

fn in_browser(is_full: bool) -> Result<Tally> {
    let browser = browser::ensure()?;
    on_site("../tests/browser", |tests| {
        tests.env(browser::VARIABLE, &browser);
        if is_full {
            tests.env("LAYERWISE_FULL", "1");
        }
    })
}

fn in_engines() -> Result<Tally> {
    let engines = engines::ensure()?;
    on_site("../tests/engines", |tests| {
        tests.env(engines::VARIABLE, &engines);
    })
}

/// Tests of the finished site, which stands below a path of several parts, as it may on any host: an address that is not relative fails here.
fn on_site(folder: &str, prepare: impl FnOnce(&mut Command)) -> Result<Tally> {
    site::build()?;
    let cli = build_cli()?;
    let address = serve::start_in_background("/some/where/")?;
    let target = absolute(layout::target())?;
    in_node(folder, |tests| {
        tests.env("LAYERWISE_SITE", &address).env("LAYERWISE_CLI", &cli).env("CARGO_TARGET_DIR", &target);
        prepare(tests);
    })
}

/// The command line, which must say what the browser says.
fn build_cli() -> Result<PathBuf> {
    command::run(command::cargo("build").args(["--quiet", "--package", "layerwise"]))?;
    Ok(layout::target().join("debug").join(format!("layerwise{EXE_SUFFIX}")))
}

/// Compiles the tests of a folder (a path from `web/`) and runs them in Node.
fn in_node(folder: &str, prepare: impl FnOnce(&mut Command)) -> Result<Tally> {
    command::run(node::script("compile-tests.mjs").arg(folder))?;
    let name = Path::new(folder).file_name().context("a folder of tests has a name")?;
    let files = test_files(&layout::generated().join("tests").join(name));
    let mut tally = Tally::default();
    if files.is_empty() {
        return Ok(tally);
    }
    let mut tests = node::script("--enable-source-maps");
    tests.args(["--test", "--test-reporter=spec"]).args(files);
    tests.env("LAYERWISE_ROOT", layout::root()).env_remove("FORCE_COLOR");
    prepare(&mut tests);
    let succeeded = command::run_seeing_lines(&mut tests, |line| tally.read_node_line(line))?;
    Ok(tally.with_success(succeeded))
}

fn test_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(test_files(&path));
        } else if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
