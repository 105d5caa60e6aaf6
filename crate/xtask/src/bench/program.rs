//! Our own program for measuring, `crate/bench`.

use crate::{command, layout};
use anyhow::{Result, ensure};
use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

/// Builds it as the command line is built, but for what takes minutes.
pub fn build() -> Result<PathBuf> {
    command::run(command::cargo("build").args(["--profile", "measured", "--quiet", "--package", "layerwise-bench"]))?;
    Ok(absolute(layout::target())?.join("measured").join(format!("layerwise-bench{EXE_SUFFIX}")))
}

/// Prints what the files take, how time grows with a text, and how much memory is used.
pub fn measure(files: &[PathBuf]) -> Result<()> {
    let program = build()?;
    run_over(&program, "files", files)?;
    command::run(Command::new(&program).arg("growth"))?;
    println!("\nmemory at its peak");
    run_over(&program, "memory", files)?;
    command::run(Command::new(&program).args(["memory", "100000"]))
}

fn run_over(program: &Path, verb: &str, files: &[PathBuf]) -> Result<()> {
    ensure!(
        command::start_with_paths(Command::new(program).arg(verb), files)?.wait()?.success(),
        "`layerwise-bench {verb}` failed"
    );
    Ok(())
}
