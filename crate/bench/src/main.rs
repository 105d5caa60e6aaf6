//! What `cargo xtask bench` runs: a program for work that is measured. It prints for that task, or for people by way of it.
//!
//!     layerwise-bench counts FOLDER     does each case once, and prints their names in that order: callgrind counts
//!     layerwise-bench files             what each file costs, of the paths on standard input
//!     layerwise-bench growth            what a line costs, from 10 lines to 100,000
//!     layerwise-bench memory LINES      how much memory a text of so many lines takes; without a number, the files on standard input

mod cases;
mod files;
mod growth;
mod memory;
mod shapes;
mod time;
mod work;

#[allow(clippy::unwrap_used, reason = "tests share it, and may fail")]
#[path = "../../../tests/shell_checks/mod.rs"]
mod shell_checks;

use std::env;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["counts", folder] => cases::run_all(Path::new(folder)),
        ["files"] => files::measure(&files::from_standard_input()),
        ["growth"] => growth::measure(),
        ["memory"] => memory::of_files(&files::from_standard_input()),
        ["memory", lines] => memory::of_lines(lines.parse().unwrap_or_default()),
        _ => {
            eprintln!("`cargo xtask bench` runs this program, and knows how.");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
