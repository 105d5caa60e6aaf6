//! Programs from crates.io that tasks run.

use crate::{command, layout};
use anyhow::{Context, Result};
use std::env::consts::EXE_SUFFIX;
use std::path::{PathBuf, absolute};

/// A program: that of the search path, or else this version of it, installed where cargo builds.
pub fn ensure(name: &str, version: &str) -> Result<PathBuf> {
    let file = format!("{name}{EXE_SUFFIX}");
    if let Some(found) = command::find_in_path(&[&file]) {
        return Ok(found);
    }
    let folder = absolute(layout::target().join("tools").join(format!("{name}-{version}")))?;
    let program = folder.join("bin").join(&file);
    if !program.is_file() {
        println!("Installing {name} {version}");
        let mut install = command::cargo("install");
        install.args([name, "--locked", "--quiet", "--debug", "--version", version, "--root"]).arg(&folder);
        command::run(&mut install).with_context(|| format!("{name} cannot be installed; is there a network?"))?;
    }
    Ok(program)
}
