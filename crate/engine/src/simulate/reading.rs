//! Which changed files of the build context a step reads.

use crate::dockerignore::{Dockerignore, Pattern, clean};
use crate::plan::{Files, Mounted, Value, is_address};
use layerwise_syntax::list::IntoList;

/// What becomes of a changed file at a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// The step does not look at it.
    Nothing,
    /// The step takes its folder, and `.dockerignore` keeps the file out of the context.
    Ignored,
    /// The step takes its folder, and leaves the file out with `--exclude`.
    Excluded,
    /// The step reads it.
    Read,
}

/// A changed path.
pub(super) struct Changed<'c> {
    /// As it was given.
    pub given: &'c str,
    /// Clean; empty for the whole context.
    path: String,
    is_folder: bool,
    /// Whether `.dockerignore` keeps all of it out of the context.
    is_out: bool,
    /// The best that happens to it at any step.
    pub best: Reading,
}

impl<'c> Changed<'c> {
    /// The changed paths among what changed: addresses are none.
    pub fn all(given: &'c [String], ignore: Option<&Dockerignore>) -> Vec<Changed<'c>> {
        let mut all = Vec::new();
        for given in given {
            if !is_address(given) {
                let path = clean(given);
                let is_folder = path.is_empty() || given.ends_with('/');
                let is_out = is_out(&path, is_folder, ignore);
                all.push(Changed { given, path, is_folder, is_out, best: Reading::Nothing });
            }
        }
        all
    }
}

/// Whether `.dockerignore` keeps a clean path out of the build context, with all that is in it if it is a folder.
fn is_out(path: &str, is_folder: bool, ignore: Option<&Dockerignore>) -> bool {
    ignore.is_some_and(|ignore| match path {
        "" => ignore.excludes_everything_first() && !ignore.has_exceptions(),
        _ => ignore.excludes(path) && !(is_folder && ignore.may_bring_back_from(path)),
    })
}

/// A path with the slashes of Unix. A backslash before a sign of patterns takes its meaning away; others are the slashes of Windows.
fn with_slashes(path: &str) -> String {
    let mut text = String::new();
    let mut characters = path.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escape = characters.peek().is_some_and(|next| matches!(next, '*' | '?' | '[' | ']' | '\\'));
        match character {
            '\\' if is_escape => {
                text.push('\\');
                text.extend(characters.next());
            }
            '\\' => text.push('/'),
            other => text.push(other),
        }
    }
    text
}

/// What a step takes from the build context.
pub(super) struct Source<'p> {
    /// As people know it.
    pub shown: &'p str,
    /// What it takes; `None` for everything.
    pattern: Option<Pattern>,
    /// What it leaves out.
    excludes: Option<Dockerignore>,
    /// The length of the folder in which the paths of `excludes` begin; where it is absent they begin in what the pattern matches.
    excludes_begin: Option<usize>,
}

impl<'p> Source<'p> {
    /// What a `COPY` or an `ADD` takes.
    pub fn of_files(files: &'p Files) -> Vec<Source<'p>> {
        let excludes = files.excludes.iter().map(Value::text).into_list().join("\n");
        let excludes = (!excludes.is_empty()).then(|| Dockerignore::read(&excludes));
        let mut sources = Vec::new();
        for value in &files.paths {
            let shown = value.text();
            // Parts of paths that are made elsewhere, `/./`, divide what is left off from what is kept.
            let begin = shown.split_once("/./").map_or(0, |(begin, _)| clean(begin).len());
            let pattern = match value.known {
                None if shown.contains('$') => Pattern::of_start(shown.split('$').next().unwrap_or_default()),
                _ => Pattern::of_source(&with_slashes(shown), files.keeps_parents),
            };
            let excludes_begin = files.keeps_parents.then_some(begin);
            sources.push(Source { shown, pattern, excludes: excludes.clone(), excludes_begin });
        }
        sources
    }

    /// What a mount takes.
    pub fn of_mount(mounted: &'p Mounted) -> Source<'p> {
        let shown = mounted.path();
        Source { shown, pattern: Pattern::of_path(shown), excludes: None, excludes_begin: None }
    }

    /// Whether what it takes may lie in a changed folder. A path without a slash at its end is one when the source says so.
    fn may_lie_in(&self, changed: &Changed<'_>, pattern: &Pattern) -> bool {
        let is_named = || {
            let shown = clean(&with_slashes(self.shown));
            shown.strip_prefix(&changed.path).is_some_and(|rest| rest.starts_with('/'))
        };
        if changed.is_folder { pattern.may_match_in(&changed.path) } else { is_named() }
    }

    /// What becomes of a changed path.
    pub fn reading(&self, changed: &Changed<'_>, ignore: Option<&Dockerignore>) -> Reading {
        let path = changed.path.as_str();
        // What lies outside of the context is in no build.
        if path.split('/').next() == Some("..") {
            return Reading::Nothing;
        }
        let matched = match &self.pattern {
            None => Some(0),
            Some(pattern) => pattern.matched(path),
        };
        let Some(matched) = matched else {
            // What it takes may lie in a folder that changed.
            return match &self.pattern {
                Some(pattern) if self.may_lie_in(changed, pattern) => {
                    match is_out(&clean(&with_slashes(self.shown)), true, ignore) {
                        true => Reading::Ignored,
                        false => Reading::Read,
                    }
                }
                _ => Reading::Nothing,
            };
        };
        if changed.is_out {
            return Reading::Ignored;
        }
        let rest = path.get(self.excludes_begin.unwrap_or(matched)..).unwrap_or_default().trim_start_matches('/');
        match &self.excludes {
            // A pattern sees what lies in a folder that is copied, and no file that is named itself.
            Some(excludes) if !rest.is_empty() && excludes.excludes(rest) => Reading::Excluded,
            _ => Reading::Read,
        }
    }
}
