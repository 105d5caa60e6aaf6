//! The finished site.

use crate::{base_images, command, facts, layout, node, pages, rules, score_page, wasm};
use anyhow::Result;
use std::fs::{self, File};
use std::time::Instant;

/// Builds everything into `web/dist`.
pub fn build() -> Result<()> {
    let start = Instant::now();
    let _one_at_a_time = lock()?;
    node::ensure_packages()?;
    wasm::build_modules()?;
    rules::write()?;
    base_images::write()?;
    facts::write()?;
    score_page::write()?;
    pages::write()?;
    command::run(&mut node::script("build.mjs"))?;
    println!("Built {} in {:.1} s", layout::dist().display(), start.elapsed().as_secs_f32());
    Ok(())
}

/// Builds that ran at once (one asked for, one for a change that `serve` saw) would write over each other.
fn lock() -> Result<File> {
    fs::create_dir_all(layout::target())?;
    let file = File::create(layout::target().join("xtask-build.lock"))?;
    file.lock()?;
    Ok(file)
}
