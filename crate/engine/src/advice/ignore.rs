//! A `.dockerignore` that fits a file: what lies about in its project, and nothing that it copies.

use super::ecosystem::{ECOSYSTEMS, EVERYWHERE, SECRETS};
use super::subject::Subject;
use crate::dockerignore::{Dockerignore, clean};
use crate::image::glob;
use crate::packages::{BuildKind, build};
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;

/// What a file takes from its context.
#[derive(Default)]
struct Taken {
    /// Paths and patterns.
    paths: Vec<String>,
    /// Whether all of it is taken.
    is_all: bool,
    /// Whether whole folders are taken.
    has_folder: bool,
    /// Whether it takes something whose name nobody knows.
    has_unknown: bool,
}

/// The lines that are to stand in the `.dockerignore`: all of them, or those that the one which is there lacks. Empty where none is of use.
pub fn lines(subject: &Subject<'_>) -> Vec<String> {
    let taken = taken(subject);
    if !taken.is_all && !taken.has_folder {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut group = |title: &str, patterns: &str| {
        let mut is_first = true;
        for pattern in words_of(patterns) {
            if lines.iter().any(|line| line == pattern) || !is_wanted(pattern, &taken, subject) {
                continue;
            }
            if std::mem::take(&mut is_first) {
                lines.push(["# ", title].concat());
            }
            lines.push(pattern.to_owned());
        }
    };
    for line in ECOSYSTEMS.lines() {
        let Some((names, patterns)) = line.split_once('|') else { continue };
        if is_used(names, subject) {
            group("Made by the build, or on one machine", patterns);
        }
    }
    group("Never in an image", SECRETS);
    group("Of no use in a build", EVERYWHERE);
    // A title is told once.
    let mut seen: Vec<String> = Vec::new();
    lines.retain(|line| {
        let is_new = !line.starts_with('#') || !seen.contains(line);
        seen.push(line.clone());
        is_new
    });
    lines
}

fn taken(subject: &Subject<'_>) -> Taken {
    let mut taken = Taken::default();
    let mut take = |path: &str| {
        let path = clean(path);
        if matches!(&*path, "" | "*") {
            taken.is_all = true;
        } else {
            // What has no ending is a folder, more often than not.
            taken.has_folder |= path.contains('*') || !crate::path::name(&path).contains('.');
            taken.paths.push(path);
        }
    };
    let mut unknown = false;
    for step in subject.plan.stages.iter().flat_map(|stage| &stage.steps) {
        for path in step.inputs.context_files().into_iter().flat_map(|files| &files.paths) {
            match &path.known {
                Some(known) => take(known),
                None => unknown = true,
            }
        }
        for mounted in step.inputs.context_mounts() {
            take(mounted.path());
        }
    }
    taken.has_unknown = unknown;
    taken
}

/// Whether one of the names is that of a base image, or of a program that a step runs.
fn is_used(names: &str, subject: &Subject<'_>) -> bool {
    let document = subject.document;
    let is_frontend = names == "npm-build";
    for stage in document.stages() {
        let image = stage.base.image().map(|image| image.short_name());
        if image.is_some_and(|image| image.is_one_of(names)) {
            return true;
        }
        for command in stage.steps.iter().flat_map(|step| step.commands()) {
            let runs = if is_frontend { build(command) == Some(BuildKind::Frontend) } else { command.is_one_of(names) };
            // PHP's packages lie about only where they are installed.
            if runs && (names != "composer" || command.starts_with("install")) {
                return true;
            }
        }
    }
    false
}

/// Whether a pattern leaves out nothing that the file takes, and something that the `.dockerignore` which is there does not.
fn is_wanted(pattern: &str, taken: &Taken, subject: &Subject<'_>) -> bool {
    let is_deep = pattern.starts_with("**/");
    let name = pattern.trim_start_matches("**/");
    // A pattern for the root is of use only where the root is copied.
    if !taken.is_all && !is_deep || taken.has_unknown && !name.starts_with('.') && !name.contains('*') {
        return false;
    }
    let own = Dockerignore::read(pattern);
    let takes = |path: &String| {
        let last = crate::path::name(path);
        own.excludes(path)
            || glob(last, name)
            || is_deep && glob(name, last)
            || path.split('/').any(|part| part == name)
    };
    if taken.paths.iter().any(takes) || pattern == ".git" && reads_git(subject) {
        return false;
    }
    let Some(present) = &subject.document.dockerignore else { return true };
    let example = name.replace('*', "x").replace("[cod]", "c");
    let nested = ["x/", &example].concat();
    !present.excludes(&example) || is_deep && !present.excludes(&nested)
}

/// Whether a step asks for the history of the project.
fn reads_git(subject: &Subject<'_>) -> bool {
    let commands: Vec<_> = subject.document.steps().flat_map(|step| step.commands()).into_list();
    let asks = |words: &str| commands.iter().any(|command| command.is_one_of("git") && command.starts_with(words));
    words_of("describe rev-parse rev-list log submodule show status").any(asks)
}
