//! The Layerwise engine on the command line.

mod advise;
mod check;
mod explain;
mod fix;
mod json;
mod markdown;
mod options;
mod output;
mod parse;
mod plan;
mod rules;
mod sarif;
mod settings;
mod shell;
mod source;
mod target;
mod text;

use clap::{Parser, Subcommand, ValueEnum};
use layerwise_engine::{Report, Severity, Tool};
use options::{BuildOptions, Options};
use plan::PlanOptions;
use std::process::ExitCode;

/// The version, and the commit that this is made from: the page says the same of itself.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("LAYERWISE_COMMIT"), ")");

/// Checks, scores, explains and fixes Dockerfiles
#[derive(Parser)]
#[command(name = "layerwise", version = VERSION, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what holds Dockerfiles back, and why
    ///
    /// Ends with 0 when nothing of weight was found, with 1 when something was, and with 2 when a file cannot be read.
    Check {
        /// How to say it
        #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
        format: CheckFormat,
        /// Check the Dockerfiles in Markdown: every fenced block of a file, or of all Markdown in a folder
        ///
        /// A block may say what its author expects, behind its language: `expect="clean"`, `expect="no: RULE, RULE"`, `expect="raises: RULE"`,
        /// several joined with `;`. What does not hold fails the run; what is meant to be raised does not. `layerwise=off` leaves a block out.
        #[arg(long)]
        markdown: bool,
        #[command(flatten)]
        options: Options,
        /// Dockerfiles; `-` is standard input
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Apply every safe fix, in place
    ///
    /// Ends as `check` does on what is left; with `--check` with 1 when a file would change, and with 0 when none would.
    Fix {
        /// Show what would change, and write nothing
        #[arg(long)]
        diff: bool,
        /// Write nothing, say which fixes would be applied, and fail when there are any; for CI
        #[arg(long)]
        check: bool,
        /// Take the fixes that want review too
        #[arg(long)]
        review: bool,
        /// Only the fixes of this rule; may be repeated
        #[arg(long, value_name = "RULE")]
        only: Vec<String>,
        #[command(flatten)]
        options: Options,
        /// Dockerfiles; `-` reads standard input and prints the result
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Show how Dockerfiles are read
    Parse {
        /// How to show it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Dockerfiles; `-` is standard input
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Show what a build does: its stages, what each step reads and makes, and the image that comes out
    ///
    /// With `--change`, `--arg`, `--base` or `--line`, which may be given together and more than once, it shows what such a change rebuilds, what
    /// the cache still has, and why.
    Plan {
        /// How to show it
        #[arg(long, value_enum, default_value_t = PlanFormat::Text)]
        format: PlanFormat,
        #[command(flatten)]
        options: PlanOptions,
        /// A Dockerfile; `-` is standard input
        file: String,
    },
    /// Say how to build, run, look into and ship the image of a Dockerfile, in commands made for it
    ///
    /// Ends with 1 when there is nothing to build: the file is a snippet, or BuildKit would refuse it.
    Advise {
        /// How to say it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Say why, too
        #[arg(long)]
        why: bool,
        #[command(flatten)]
        options: BuildOptions,
        /// A Dockerfile; `-` is standard input
        file: String,
    },
    /// List every rule
    Rules {
        /// How to list them
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Show what each weighs, and how the score is made
        #[arg(long)]
        weights: bool,
    },
    /// Explain a rule, or a line of a Dockerfile
    Explain {
        #[command(flatten)]
        options: BuildOptions,
        /// The rule's id, or what another tool calls it, such as DL3006; or FILE:LINE for what that line does in the build
        #[arg(value_name = "RULE | FILE:LINE")]
        what: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlanFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// The graph of the stages, for Graphviz
    Dot,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For code hosts, SARIF 2.1.0
    Sarif,
}

/// What a command comes to; its exit code says so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// 0: nothing of weight was found
    Clean,
    /// 1: findings of weight, files that BuildKit would refuse, snippets that are not what their authors expect, or files that `fix --check` would have changed
    Findings,
    /// 2: a file could not be read or written
    Trouble,
}

impl Outcome {
    /// What a report comes to, when findings of this severity and worse ones fail a run.
    fn of(report: &Report, fail_on: Severity) -> Outcome {
        let is_strict = report.asks_to_fail();
        let fails = report.findings.iter().any(|finding| {
            let is_check = finding.codes.iter().any(|code| code.tool == Tool::Buildkit);
            finding.severity <= fail_on || (is_strict && is_check)
        });
        if fails || !report.problems().is_empty() { Outcome::Findings } else { Outcome::Clean }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Check { format, markdown: true, options, files } => markdown::run(&files, format, &options),
        Command::Check { format, options, files, .. } => check::run(&files, format, &options),
        Command::Fix { diff, check, review, only, options, files } => {
            fix::run(&files, &fix::Plan { diff, check, review, only }, &options)
        }
        Command::Parse { format, files } => parse::run(&files, format),
        Command::Plan { format, options, file } => plan::run(&file, format, &options),
        Command::Rules { weights: true, .. } => rules::weights(),
        Command::Rules { format, .. } => rules::list(format),
        Command::Advise { format, why, options, file } => advise::run(&file, format, why, &options),
        Command::Explain { options, what } => explain::run(&what, &options),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Trouble) => ExitCode::from(2),
        // Whoever reads the output has had enough: `layerwise check … | head`.
        Err(error)
            if error
                .downcast_ref::<std::io::Error>()
                .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Says on standard error what went wrong.
fn complain(error: &anyhow::Error) {
    anstream::eprintln!("layerwise: {error:#}");
}
