//! The working directory in force, and paths that are seen from it.

use super::{Document, Step};
use crate::path::{looks_like_file, name};
use crate::table::Listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Part, Source, Word};

/// No path of Linux is longer.
const LONGEST_PATH: usize = 4096;

impl Document<'_> {
    /// A path at a step as far as this file tells it: the whole, or the literal text that it starts with. That is enough to tell whether it is
    /// absolute.
    pub fn start_of_path(&self, path: &Word, step: &Step<'_>) -> Option<String> {
        self.value_at(path, step).or_else(|| match path.parts.first()? {
            Part::Literal(text) => Some(text.clone()),
            Part::Variable(_) => None,
        })
    }

    /// Where a `COPY` or an `ADD` puts what it brings, as far as this file tells it.
    pub fn destination_of(&self, step: &Step<'_>) -> Option<String> {
        step.absolute_path(&self.value_at(&step.copy()?.destination, step)?)
    }
}

impl Step<'_> {
    /// A path as it is seen from this step, made absolute; `None` where the working directory is not known, or the path is a pattern.
    pub fn absolute_path(&self, path: &str) -> Option<String> {
        if path.contains(['*', '?', '[', '$', '~']) {
            return None;
        }
        join(self.in_force.workdir.as_deref(), path)
    }

    /// Whether a folder is surely there before this step: every image has it, or the working directory is it or lies in it.
    pub fn has_folder(&self, folder: &str) -> bool {
        const EVERYWHERE: &str = "\
            / /bin /etc /home /lib /opt /root /sbin /srv /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin \
            /usr/local/lib /usr/local/sbin /usr/local/share /usr/sbin /usr/share /var /var/lib /var/log /var/tmp";
        let is_around_workdir = self.in_force.workdir.as_deref().is_some_and(|workdir| is_within(workdir, folder));
        folder.is_one_of(EVERYWHERE) || is_around_workdir
    }

    /// The mode that a `COPY` or an `ADD` gives, and the first path that gets it.
    pub fn copied_mode(&self) -> Option<(&Word, String)> {
        let copy = self.copy()?;
        let mode = self.instruction.flag("chmod")?.value.as_ref()?;
        let path = self.copied_paths().into_iter().next();
        Some((mode, path.unwrap_or_else(|| copy.destination.text.clone())))
    }

    /// Where the sources of a `COPY` or an `ADD` end up, as far as that is known. Of a source that may be a folder, or several files, that is the
    /// destination itself.
    pub fn copied_paths(&self) -> Vec<String> {
        let Some(copy) = self.copy() else { return Vec::new() };
        let Some(destination) = self.absolute_path(&copy.destination.text) else { return Vec::new() };
        let is_folder = copy.destination.text.ends_with('/') || matches!(copy.destination.text.as_str(), "." | "..");
        let path = |source: &Source| match source {
            Source::Path(word) => {
                // What a folder holds is copied, and not the folder itself.
                if is_folder && looks_like_file(&word.text) {
                    format!("{}/{}", destination.trim_end_matches('/'), name(&word.text))
                } else {
                    destination.clone()
                }
            }
            Source::Heredoc(index, _) => match self.instruction.heredocs.get(*index) {
                Some(heredoc) if is_folder => format!("{}/{}", destination.trim_end_matches('/'), heredoc.name),
                _ => destination.clone(),
            },
        };
        copy.sources.iter().map(path).into_list()
    }
}

/// A path below a directory, without `.` and `..`; `None` for a relative path without a directory, and for one that is too long.
pub(super) fn join(directory: Option<&str>, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match directory {
        _ if path.starts_with('/') => Vec::new(),
        Some(directory) => directory.split('/').filter(|part| !part.is_empty()).into_list(),
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
    let path = format!("/{}", parts.join("/"));
    (path.len() <= LONGEST_PATH).then_some(path)
}

/// Whether a path means the same in every working directory. Windows may have its drive before it.
pub fn is_absolute(path: &str, is_windows: bool) -> bool {
    let mut characters = path.chars();
    let has_drive =
        characters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && characters.next() == Some(':');
    path.starts_with('/') || has_drive || (is_windows && path.starts_with('\\'))
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
