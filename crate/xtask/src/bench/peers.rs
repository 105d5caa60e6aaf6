//! The time of the processor that other linters take for the same files, and ours, in one run.

use crate::command;
use crate::compare::batches::FILES_A_BATCH;
use crate::compare::ours;
use crate::compare::peer::{Peer, Program};
use crate::compare::pypi;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Python tells, on every Unix, how long the processor was busy with the programs that it has run, for themselves and for the system on their
/// behalf. Its arguments are the size of a batch and the command, and its input the files.
const STOPWATCH: &str = "\
import resource, subprocess, sys
size, command = int(sys.argv[1]), sys.argv[2:]
files = sys.stdin.read().splitlines()
for start in range(0, len(files), size):
    subprocess.run(command + files[start:start + size], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime)
";

/// Prints what each linter takes for the files that all of them can read.
pub fn compare(files: &[PathBuf]) -> Result<()> {
    let programs = [Peer::Hadolint.install()?, Peer::Tally.install()?];
    let ours = ours::program()?;
    let files = readable(files, &programs)?;
    let our_command = |arguments: &[&str]| {
        let mut command = Command::new(&ours);
        command.args(["check", "--format", "json"]).args(arguments);
        command
    };
    let [hadolint, tally] = &programs;
    let mut rows = Vec::new();
    for (name, command) in [
        ("layerwise check", our_command(&[])),
        ("layerwise check --no-shell", our_command(&["--no-shell"])),
        ("hadolint", hadolint.whole_command()),
        ("tally lint", tally.whole_command()),
        ("tally lint, without ShellCheck", tally.command_without_shell()),
    ] {
        rows.push((name, seconds(&command, &files)?));
    }
    print!("\n{}", table(&rows, files.len()));
    Ok(())
}

/// The files that every linter reads to the end: who gives up takes no time.
fn readable(files: &[PathBuf], programs: &[Program]) -> Result<Vec<PathBuf>> {
    let mut refused = BTreeSet::new();
    for program in programs {
        refused.extend(program.findings(files)?.refused);
    }
    Ok(files.iter().filter(|file| !refused.contains(*file)).cloned().collect())
}

/// How long the processor is busy with a command over all files.
fn seconds(linter: &Command, files: &[PathBuf]) -> Result<f64> {
    let mut watch = Command::new(pypi::python()?);
    watch.args(["-c", STOPWATCH]).arg(FILES_A_BATCH.to_string()).arg(linter.get_program()).args(linter.get_args());
    for (name, value) in linter.get_envs() {
        watch.env(name, value.unwrap_or_default());
    }
    if let Some(folder) = linter.get_current_dir() {
        watch.current_dir(folder);
    }
    let output = command::start_with_paths(watch.stdout(Stdio::piped()), files)?.wait_with_output()?;
    let told = String::from_utf8_lossy(&output.stdout).trim().parse();
    told.context("python3 did not tell how long the processor was busy: its module `resource` is that of Unix systems")
}

/// Each linter's time, for all files and for one, and how often ours goes into it: with the shell checks, and without.
fn table(rows: &[(&str, f64)], files: usize) -> String {
    let ours = |row: usize| rows.get(row).map_or(0.0, |(_, seconds)| *seconds);
    let (with_shell, without) = (ours(0), ours(1));
    let count = f64::from(u32::try_from(files.max(1)).unwrap_or(u32::MAX));
    let title = format!("processor time over {files} files");
    let mut table =
        format!("{title:<36} {:>9} {:>10} {:>10} {:>11}\n", "seconds", "ms a file", "times ours", "without sh");
    for (name, seconds) in rows {
        table += &format!(
            "{name:<36} {seconds:>9.2} {:>10.3} {:>10.1} {:>11.1}\n",
            seconds * 1e3 / count,
            seconds / with_shell.max(f64::EPSILON),
            seconds / without.max(f64::EPSILON),
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn each_row_says_how_often_ours_goes_into_it() {
        let table = table(&[("layerwise check", 0.5), ("layerwise check --no-shell", 0.25), ("other", 50.0)], 100);
        let other: Vec<&str> = table.lines().last().unwrap().split_whitespace().collect();
        assert_eq!(other, ["other", "50.00", "500.000", "100.0", "200.0"]);
    }
}
