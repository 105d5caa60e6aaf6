//! Which files are meant: those that are named, and in a folder all Markdown.

use crate::complain;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The files that a name stands for; where there is none says so on standard error, so that the others can still be read.
pub fn below_or_complain(name: &str) -> Option<Vec<String>> {
    below(name).inspect_err(complain).ok()
}

fn below(name: &str) -> Result<Vec<String>> {
    let path = Path::new(name);
    if !path.is_dir() {
        if name.contains('*') && !path.exists() {
            bail!(
                "{name} is no file, and your shell does not make files of it: name the folder, and all Markdown in it is read"
            );
        }
        return Ok(vec![name.to_owned()]);
    }
    let mut found = Vec::new();
    walk(path, &mut found)?;
    if found.is_empty() {
        bail!("there is no Markdown in {name}: files are read that end in .md, .markdown or .mdx");
    }
    Ok(found)
}

/// In the order of their names. What is hidden, what packages bring along, and links to folders are passed over.
fn walk(folder: &Path, found: &mut Vec<String>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut entries =
        entries.collect::<Result<Vec<_>, _>>().with_context(|| format!("{} cannot be read", folder.display()))?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || name == "node_modules" {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else if is_markdown(&name) {
            found.push(entry.path().to_string_lossy().into_owned());
        }
    }
    Ok(())
}

fn is_markdown(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "md" | "markdown" | "mdx"))
}
