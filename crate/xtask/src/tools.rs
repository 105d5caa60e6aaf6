//! Programs for cargo that some tasks need, in fixed versions.

use crate::{command, layout};
use anyhow::{Context, Result};
use std::env::consts::EXE_SUFFIX;
use std::path::{PathBuf, absolute};

/// A program of crates.io, such as `cargo-fuzz`: that of the search path, or else one that is installed where cargo builds.
pub fn install(package: &str, version: &str) -> Result<PathBuf> {
    let name = format!("{package}{EXE_SUFFIX}");
    if let Some(found) = command::find_in_path(&[&name]) {
        return Ok(found);
    }
    let folder = absolute(layout::target().join("tools"))?;
    let program = folder.join("bin").join(&name);
    if !program.is_file() {
        println!("Installing {package} {version}, which takes some minutes");
        let mut install = command::cargo("install");
        install.args(["--quiet", package, "--locked", "--version", version, "--root"]).arg(&folder);
        command::run(&mut install).with_context(|| format!("{package} cannot be installed; is there a network?"))?;
    }
    Ok(program)
}
