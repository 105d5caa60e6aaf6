//! What the built site costs in a browser: the engine in a page, and the page on a slow machine.

use super::or_own;
use crate::compare::files::dockerfiles;
use crate::{browser, command, layout, node, serve, site};
use anyhow::Result;
use std::fs;
use std::path::PathBuf;

/// Builds the site and measures it in Chromium, on the Dockerfiles of some folders, or on our own. It reports; nothing fails for time.
pub fn in_browser(folders: &[PathBuf]) -> Result<()> {
    let files = dockerfiles(&or_own(folders))?;
    site::build()?;
    let chromium = browser::ensure()?;
    command::run(node::script("compile-tests.mjs").arg("../tests/browser-bench"))?;
    let list = layout::generated().join("bench-files.txt");
    fs::write(&list, command::lines_of(&files))?;
    let mut bench = node::script("generated/tests/browser-bench/speed.bench.mjs");
    bench.arg(&list).env(browser::VARIABLE, chromium).env("LAYERWISE_ROOT", layout::root());
    command::run(bench.env("LAYERWISE_SITE", serve::start_in_background("/")?))
}
