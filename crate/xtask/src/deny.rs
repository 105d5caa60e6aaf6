//! Holding the crates that come in to `deny.toml`, with cargo-deny.

use crate::{command, layout, tool};
use anyhow::{Context, Result};
use std::process::Command;

/// Pinned, so that it says the same tomorrow.
const CARGO_DENY: &str = "0.20.2";

/// Checks licences, bans and sources; with `has_advisories` also the database of known faults, which is fetched.
pub fn deny(has_advisories: bool) -> Result<()> {
    let mut deny = Command::new(tool::ensure("cargo-deny", CARGO_DENY)?);
    deny.current_dir(layout::root()).args(["--log-level", "error", "check", "licenses", "bans", "sources"]);
    deny.args(has_advisories.then_some("advisories"));
    command::run(&mut deny)
        .context("A crate is not as deny.toml wants it: leave it out, or say there why it may come in")
}
