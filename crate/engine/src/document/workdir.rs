//! The working directory in force.

use super::{Document, Step};
use layerwise_syntax::Arguments;

impl Document<'_> {
    /// The working directory at a step, where this file tells it: the last absolute `WORKDIR` before it, with the relative ones after that.
    pub fn workdir_at(&self, step: &Step<'_>) -> Option<String> {
        let mut directory: Option<String> = None;
        for earlier in self.chain_steps(self.stage_of(step)?) {
            if (earlier.stage, earlier.index) >= (step.stage, step.index) {
                break;
            }
            let Arguments::Workdir(path) = &earlier.instruction.arguments else { continue };
            directory = self.value_at(path, earlier).and_then(|path| join(directory.as_deref(), &path));
        }
        directory
    }

    /// A path as it is seen from a step, made absolute; `None` where the working directory is not known, or the path is a pattern.
    pub fn absolute_path(&self, step: &Step<'_>, path: &str) -> Option<String> {
        if path.contains(['*', '?', '[', '$', '~']) {
            return None;
        }
        join(if path.starts_with('/') { None } else { Some(self.workdir_at(step)?) }.as_deref(), path)
    }
}

/// A path below a directory, without `.` and `..`; `None` for a relative path without a directory.
fn join(directory: Option<&str>, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match directory {
        _ if path.starts_with('/') => Vec::new(),
        Some(directory) => directory.split('/').filter(|part| !part.is_empty()).collect(),
        None => return None,
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// Whether a path is a folder's own or lies in it. Both are absolute and clean.
pub fn is_within(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{is_within, join};

    #[test]
    fn paths_are_joined_and_made_clean() {
        assert_eq!(join(Some("/app"), "./src/../lib/").as_deref(), Some("/app/lib"));
        assert_eq!(join(Some("/app"), "/x").as_deref(), Some("/x"));
        assert_eq!(join(None, "x"), None);
        assert!(is_within("/app/a", "/app") && is_within("/app", "/app/") && is_within("/a", "/"));
        assert!(!is_within("/apple", "/app"));
    }
}
