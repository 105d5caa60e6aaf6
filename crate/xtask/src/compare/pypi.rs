//! Programs and modules from PyPI, installed in the folder where cargo builds.

use crate::{command, layout};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

/// The interpreter that runs them.
pub fn python() -> Result<PathBuf> {
    let Some(python) = command::find_in_path(&["python3", "python"]) else {
        bail!(
            "The other linters come from PyPI, and `python3` is not found: install Python 3 with pip (Debian: apt-get install python3 python3-pip)."
        );
    };
    Ok(python)
}

/// Installs a package, such as `tally-cli==0.45.0`, in a folder of its own, if it is not there yet: its `file` tells. Returns the folder.
pub fn install(package: &str, file: &Path) -> Result<PathBuf> {
    let folder = absolute(layout::target().join("peers").join(package))?;
    if folder.join(file).is_file() {
        return Ok(folder);
    }
    let python = python()?;
    if command::output_of(Command::new(&python).args(["-m", "pip", "--version"])).is_none() {
        bail!(
            "pip fetches {package}, and `python3 -m pip` does not run: install pip (Debian: apt-get install python3-pip)."
        );
    }
    fs::create_dir_all(&folder)?;
    let quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--target"];
    let mut install = Command::new(&python);
    // A container's only user is often root, and the folder is cargo's.
    install.env("PIP_ROOT_USER_ACTION", "ignore");
    command::run(install.args(quietly).arg(&folder).arg(package))
        .with_context(|| format!("{package} cannot be installed from PyPI; is there a network?"))?;
    Ok(folder)
}
