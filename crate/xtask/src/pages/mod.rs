//! The pages that are read: one for each rule, for each code of ShellCheck that is explained and for each advice, lists of them, and an address
//! for every code of another tool. All of it comes from the engine's own values, and is read without scripts.
//!
//! They are written below `web/generated/pages` as they will lie in the site, each as the `index.html` of a folder: such an address works on every
//! static host. What a page refers to is named from the root of the site, its sources as `index.html` names them; `web/build.mjs` makes
//! addresses of that which hold under any path, and ends with an error where a page refers to what is not there.

mod advice;
mod codes;
mod diff;
mod example;
mod frame;
pub mod html;
mod listing;
mod lists;
mod rule;
mod shell_code;

use crate::layout;
use anyhow::Result;
use frame::Page;
use std::fs;

/// Writes them all.
pub fn write() -> Result<()> {
    let folder = layout::generated().join("pages");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for page in all() {
        let own = folder.join(page.path());
        fs::create_dir_all(&own)?;
        fs::write(own.join("index.html"), page.html())?;
    }
    Ok(())
}

fn all() -> Vec<Page> {
    let mut pages = vec![lists::rules(), lists::advice()];
    pages.extend(rule::pages());
    pages.extend(shell_code::pages());
    pages.extend(advice::pages());
    pages.extend(codes::pages());
    pages
}

#[cfg(test)]
mod tests;
