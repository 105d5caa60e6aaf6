//! Which files are Dockerfiles.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf, absolute};

/// The Dockerfiles of some folders and of what is in them, in order; at least one. A file that is named is taken whatever it is called.
pub fn dockerfiles(folders: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in folders {
        if folder.is_dir() {
            collect(folder, &mut found)?;
        } else {
            found.push(folder.clone());
        }
    }
    if found.is_empty() {
        bail!("There is no Dockerfile in these folders.");
    }
    // The programs run in folders of their own, so the paths are whole.
    let mut found = found.iter().map(absolute).collect::<Result<Vec<_>, _>>()?;
    found.sort();
    found.dedup();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be listed", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
        // Links are not followed, so this ends.
        let kind = entry.file_type()?;
        if kind.is_dir() && !name.starts_with('.') {
            collect(&entry.path(), found)?;
        } else if kind.is_file() && is_dockerfile(&name) {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// `Dockerfile`, `Dockerfile.dev`, `app.dockerfile` and the same with `Containerfile`; not `Dockerfile.dockerignore`.
fn is_dockerfile(lower_name: &str) -> bool {
    let is_named = lower_name.contains("dockerfile") || lower_name.contains("containerfile");
    is_named && !lower_name.ends_with(".dockerignore")
}

#[cfg(test)]
mod tests {
    use super::is_dockerfile;

    #[test]
    fn dockerfiles_are_known_by_their_names() {
        for name in ["dockerfile", "dockerfile.dev", "app.dockerfile", "containerfile"] {
            assert!(is_dockerfile(name), "{name}");
        }
        for name in ["docker-compose.yml", "dockerfile.dockerignore", "readme.md"] {
            assert!(!is_dockerfile(name), "{name}");
        }
    }
}
