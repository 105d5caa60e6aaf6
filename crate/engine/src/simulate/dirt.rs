//! What of a stage's files is another than before.

use super::change::Place;
use crate::document::is_within;

/// Beyond so many paths a stage counts as changed everywhere, so that a long file takes no more time than its length.
const MOST_PATHS: usize = 64;

/// What of a stage's files is another than before, and which steps made it so.
#[derive(Debug, Clone, Default)]
pub(super) struct Dirt {
    /// Who knows where: a command that ran again, or another base. With it, how many paths were known before.
    anywhere: Option<(Place, usize)>,
    /// At these paths, or below them.
    paths: Vec<(Place, String)>,
}

impl Dirt {
    pub fn anywhere(&mut self, place: Place) {
        self.anywhere = Some((place, self.paths.len()));
    }

    pub fn at(&mut self, place: Place, path: &str) {
        if self.paths.len() == MOST_PATHS {
            self.anywhere(place);
        } else {
            self.paths.push((place, path.to_owned()));
        }
    }

    /// The step that made a path of the stage another, and whether that is certain.
    pub fn of(&self, path: &str) -> Option<(Place, bool)> {
        // A pattern takes what lies in the folder before it.
        let folder = path.split(['*', '?', '[', '$']).next().unwrap_or_default();
        let is_pattern = folder.len() < path.len();
        let folder = if is_pattern { folder.rsplit_once('/').map_or("", |(folder, _)| folder) } else { folder };
        let taken = format!("/{}", crate::dockerignore::clean(folder));
        let mut found = None;
        for (index, (place, made)) in self.paths.iter().enumerate() {
            let is_taken = is_within(made, &taken);
            if is_taken && !is_pattern {
                return Some((*place, true));
            }
            // What comes later is likelier to be what is taken.
            let is_last = self.anywhere.is_none_or(|(_, before)| before <= index);
            if is_last && (is_taken || is_within(&taken, made)) {
                found = Some((*place, false));
            }
        }
        found.or_else(|| Some((self.anywhere?.0, false)))
    }
}
