//! Debian and its kin, as root: a container or a CI machine, where packages may be installed and nobody need be asked.

use crate::command;
use anyhow::Result;
use std::process::Command;

/// Installs packages; elsewhere it does nothing.
pub fn install(packages: &[&str]) -> Result<()> {
    if !may_install() {
        return Ok(());
    }
    println!("Installing {}", packages.join(", "));
    command::run(apt_get().arg("update"))?;
    command::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn may_install() -> bool {
    let is_root = command::output_of(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    is_root && command::find_in_path(&["apt-get"]).is_some()
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet").env("DEBIAN_FRONTEND", "noninteractive");
    command
}
