//! The Layerwise engine on the command line.

mod check;
mod fix;
mod json;
mod parse;
mod source;
mod text;

use clap::{Parser, Subcommand, ValueEnum};
use layerwise_engine::{Report, Severity};
use std::process::ExitCode;

/// Checks, scores and fixes Dockerfiles
#[derive(Parser)]
#[command(name = "layerwise", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what holds Dockerfiles back, and why
    Check {
        /// How to say it
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Dockerfiles; `-` is standard input
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Apply every safe fix, in place
    Fix {
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
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What a command comes to; its exit code says so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// 0: nothing of weight was found
    Clean,
    /// 1: warnings, errors, or files that BuildKit would refuse
    Findings,
    /// 2: a file could not be read or written
    Trouble,
}

impl Outcome {
    /// What a report comes to. Advice and matters of taste do not fail a run.
    fn of(report: &Report) -> Outcome {
        let has_weight = report.findings.iter().any(|finding| finding.severity <= Severity::Warning);
        if has_weight || !report.problems().is_empty() { Outcome::Findings } else { Outcome::Clean }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Check { format, files } => check::run(&files, format),
        Command::Fix { files } => fix::run(&files),
        Command::Parse { format, files } => parse::run(&files, format),
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
