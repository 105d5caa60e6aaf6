//! Whether the same commit gives the same site: it is built twice, in two folders that have nothing in common, and each file compared.

use crate::{command, layout};
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

/// Folders whose paths differ in length, too: a path that got into a file would move what follows it.
const FOLDERS: [&str; 2] = ["one", "another/below"];

/// Builds the last commit twice from nothing, and compares.
pub fn reproduce() -> Result<()> {
    let place = absolute(layout::target().join("reproduce"))?;
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    // Both are of one commit, also where another is made meanwhile.
    let commit = command::output_of(Command::new("git").args(["rev-parse", "HEAD"]).current_dir(layout::root()));
    let commit = commit.context("What is built twice is the last commit, and git does not tell it")?;
    let mut sites = Vec::new();
    for folder in FOLDERS {
        sites.push(files_in(&build_in(&place.join(folder), &commit)?)?);
    }
    let [first, second] = &sites[..] else { bail!("Two sites are compared.") };
    let differing = differences(first, second);
    ensure!(
        differing.is_empty(),
        "The same commit gives two sites: {} of {} files differ. Something of the machine, the folder or the moment gets into {}.",
        differing.len(),
        first.len(),
        differing.join(", ")
    );
    fs::remove_dir_all(&place)?;
    println!("Two builds in two folders have the same {} files, byte for byte.", first.len());
    Ok(())
}

fn build_in(folder: &Path, commit: &str) -> Result<PathBuf> {
    println!("Building {commit} in {}", folder.display());
    command::run(Command::new("git").args(["clone", "--quiet", "--no-hardlinks"]).arg(layout::root()).arg(folder))
        .context("What is built twice is the last commit, and git does not give it")?;
    command::run(Command::new("git").args(["checkout", "--quiet", "--detach", commit]).current_dir(folder))?;
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target"));
    command::run(build.args(["run", "--quiet", "--locked", "--package", "xtask", "--", "build"]))?;
    Ok(folder.join("web/dist"))
}

/// What lies in a folder, by paths from there.
fn files_in(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("{} cannot be listed", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
                files.insert(name, fs::read(&path)?);
            }
        }
    }
    Ok(files)
}

/// The files that are in one alone, or differ.
fn differences(first: &BTreeMap<String, Vec<u8>>, second: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut names: Vec<&String> = first.keys().chain(second.keys()).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter(|name| first.get(*name) != second.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::differences;
    use std::collections::BTreeMap;

    #[test]
    fn files_differ_by_their_bytes_or_by_being_there() {
        let site = |files: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let first = site(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let second = site(&[("a", "1"), ("b", "2"), ("d", "1")]);
        assert_eq!(differences(&first, &second), ["b", "c", "d"]);
        assert!(differences(&first, &first).is_empty());
    }
}
