//! Counting instructions: valgrind's callgrind runs a program and writes down how many it had carried out, each time a function ends.

use crate::{command, layout};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The function in which instructions count, by its whole name: valgrind takes a pattern for one purpose alone.
const COUNTED: &str = "layerwise_bench::cases::counted_case";

/// Why nothing was counted, where valgrind is not there.
pub const MISSING: &str = "Instructions are counted by valgrind, and `valgrind` is not found: install it (Debian: apt-get install valgrind). It runs on Linux.";

/// Whether it can be asked at all.
pub fn is_there() -> bool {
    command::find_in_path(&["valgrind"]).is_some()
}

/// Runs `program counts FOLDER`. Returns the cases that it names, each with its instructions.
pub fn count(program: &Path, folder: &Path) -> Result<Vec<(String, u64)>> {
    let parts = layout::target().join("callgrind");
    if parts.exists() {
        fs::remove_dir_all(&parts)?;
    }
    fs::create_dir_all(&parts)?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--tool=callgrind"]);
    valgrind.args([format!("--toggle-collect={COUNTED}"), format!("--dump-after={COUNTED}")]);
    valgrind.arg("--combine-dumps=yes").arg(format!("--callgrind-out-file={}", parts.join("counts").display()));
    valgrind.arg(program).arg("counts").arg(folder);
    let names = command::output_of(&mut valgrind).context("valgrind cannot run layerwise-bench to its end")?;
    let counts = instructions(&fs::read_to_string(parts.join("counts"))?);
    let names: Vec<String> = names.lines().map(str::to_owned).collect();
    ensure!(
        names.len() == counts.len(),
        "valgrind counted {} cases, and layerwise-bench has {}: its function `counted_case` is not found.",
        counts.len(),
        names.len()
    );
    Ok(names.into_iter().zip(counts).collect())
}

/// The instructions of each part that ended with the function. The last part is what came after it, until the program ended.
fn instructions(parts: &str) -> Vec<u64> {
    let mut counts = Vec::new();
    let mut is_of_case = false;
    for line in parts.lines() {
        if let Some(trigger) = line.strip_prefix("desc: Trigger: ") {
            is_of_case = trigger.starts_with("--dump-after");
        } else if let Some(count) = line.strip_prefix("totals: ").filter(|_| is_of_case) {
            counts.extend(count.trim().parse::<u64>());
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::instructions;

    #[test]
    fn each_part_that_ends_with_the_function_is_a_case() {
        let parts = "\
version: 1
creator: callgrind-3.19.0
part: 1

desc: Timerange: Basic block 0 - 12
desc: Trigger: --dump-after=layerwise_bench::cases::counted_case

events: Ir
summary: 1200

fn=(1) main
3 1200
totals: 1200
part: 2

desc: Trigger: --dump-after=layerwise_bench::cases::counted_case
summary: 99
totals: 99
part: 3

desc: Trigger: Program termination
totals: 7
";
        assert_eq!(instructions(parts), [1200_u64, 99]);
        assert!(instructions("").is_empty());
    }
}
