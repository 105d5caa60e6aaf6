//! The tags of official images, as <https://github.com/docker-library/official-images> lists them.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The tags of one build, all of which named the same image.
pub type Tags = Vec<String>;

/// Every image of the library, with the tags of each of its builds for Linux.
pub fn read(folder: &Path) -> Result<Vec<(String, Vec<Tags>)>> {
    let mut images = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        images.push((name.to_owned(), builds(&super::read(&path)?)));
    }
    Ok(images)
}

/// The file is paragraphs of `Field: value`, where a line that begins with a blank continues the field above, and `#` a comment.
fn builds(text: &str) -> Vec<Tags> {
    let mut builds = Vec::new();
    let mut build = Build::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.trim().is_empty() {
            builds.extend(std::mem::take(&mut build).finish());
            continue;
        }
        let value = match line.split_once(':') {
            Some((field, value)) if !line.starts_with([' ', '\t']) => {
                field.clone_into(&mut build.field);
                value
            }
            _ => line,
        };
        let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
        match build.field.as_str() {
            "Tags" | "SharedTags" => build.tags.extend(words.map(str::to_owned)),
            "Architectures" => build.is_windows |= value.contains("windows"),
            _ => {}
        }
    }
    builds.extend(build.finish());
    builds
}

#[derive(Default)]
struct Build {
    field: String,
    tags: Tags,
    is_windows: bool,
}

impl Build {
    fn finish(mut self) -> Option<Tags> {
        let mut seen = std::collections::BTreeSet::new();
        self.tags.retain(|tag| seen.insert(tag.clone()));
        // The tags that a Windows image shares are those of the Linux image beside it.
        (!self.tags.is_empty() && !self.is_windows).then_some(self.tags)
    }
}
