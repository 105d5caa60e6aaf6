//! Debian and its kin, as root: a container or a CI machine, where packages may be installed and nobody need be asked.

use crate::command;
use anyhow::Result;
use std::process::Command;

/// What `find` finds, before or after these packages are installed where that takes no question; why they are not is told.
pub fn find_or_install<Found>(packages: &[&str], find: impl Fn() -> Option<Found>) -> Option<Found> {
    find().or_else(|| {
        if let Err(error) = install(packages) {
            eprintln!("{error:#}");
        }
        find()
    })
}

/// Installs packages; elsewhere it does nothing.
fn install(packages: &[&str]) -> Result<()> {
    if !may_install() {
        return Ok(());
    }
    println!("Installing {}", packages.join(", "));
    command::run(apt_get().arg("update"))?;
    command::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

fn may_install() -> bool {
    command::is_root() && command::find_in_path(&["apt-get"]).is_some()
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet").env("DEBIAN_FRONTEND", "noninteractive");
    command
}
