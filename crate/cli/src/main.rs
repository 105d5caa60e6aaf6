//! The Layerwise engine on the command line.

mod check;
mod explain;
mod fix;
mod json;
mod options;
mod parse;
mod plan;
mod rules;
mod sarif;
mod settings;
mod shell;
mod source;
mod text;

use clap::{Parser, Subcommand, ValueEnum};
use layerwise_engine::{Report, Severity, Tool};
use options::{BuildOptions, Options};
use std::process::ExitCode;

/// Checks, scores, explains and fixes Dockerfiles
#[derive(Parser)]
#[command(name = "layerwise", version, about)]
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
    Plan {
        /// How to show it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
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
    /// Explain a rule
    Explain {
        /// The rule's id, or what another tool calls it, such as DL3006
        rule: String,
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
    /// 1: findings of weight, files that BuildKit would refuse, or files that `fix --check` would have changed
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
        Command::Check { format, options, files } => check::run(&files, format, &options),
        Command::Fix { diff, check, review, only, options, files } => {
            fix::run(&files, &fix::Plan { diff, check, review, only }, &options)
        }
        Command::Parse { format, files } => parse::run(&files, format),
        Command::Plan { format, options, file } => plan::run(&file, format, &options),
        Command::Rules { weights: true, .. } => rules::weights(),
        Command::Rules { format, .. } => rules::list(format),
        Command::Explain { rule } => explain::run(&rule),
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
            anstream::eprintln!("layerwise: {error:#}");
            ExitCode::from(2)
        }
    }
}
