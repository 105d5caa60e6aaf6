//! Node and the packages that the page is made with.

use crate::{command, fresh, layout};
use anyhow::{Result, bail};
use std::process::Command;

const OLDEST_MAJOR: u32 = 20;
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Runs a script of `web/` with Node.
pub fn script(name: &str) -> Command {
    let mut command = Command::new("node");
    command.current_dir(layout::web()).arg(name);
    command
}

/// Makes sure that Node is there and that the locked packages are installed.
pub fn ensure_packages() -> Result<()> {
    ensure_node()?;
    let installed = layout::web().join("node_modules/.package-lock.json");
    if fresh::is_up_to_date(&installed, &[&layout::web().join("package-lock.json")]) {
        return Ok(());
    }
    // None of the packages needs its installation scripts, so none gets to run one.
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    command::run(Command::new(NPM).args(arguments).current_dir(layout::web()))
}

fn ensure_node() -> Result<()> {
    let Some(version) = command::output_of(Command::new("node").arg("--version")) else {
        bail!(
            "Node.js {OLDEST_MAJOR} or newer builds the page, and `node` is not found: install Node.js with npm (Debian: apt-get install nodejs npm)."
        );
    };
    if major(&version).is_none_or(|major| major < OLDEST_MAJOR) {
        bail!(
            "Node.js {OLDEST_MAJOR} or newer builds the page, and `node` here is {version}: install a newer Node.js."
        );
    }
    if command::output_of(Command::new(NPM).arg("--version")).is_none() {
        bail!(
            "npm fetches what the page is built with, and `npm` is not found: install it (Debian: apt-get install npm)."
        );
    }
    Ok(())
}

/// `v20.20.2` -> 20
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0-nightly"), Some(9));
    }

    #[test]
    fn what_is_not_a_version_has_no_major() {
        assert_eq!(major(""), None);
        assert_eq!(major("20.1.0"), None);
        assert_eq!(major("vnext"), None);
    }
}
