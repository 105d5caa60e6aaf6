//! The paths that commands change.

use crate::document::Step;
use crate::shell::{Command, Word};
use layerwise_syntax::TextRange;

/// A path that a command changes.
#[derive(Debug)]
pub struct Written {
    /// The path, absolute and clean.
    pub path: String,
    /// Where it is named.
    pub range: TextRange,
}

/// Whether the scripts of a step stay in the working directory in force.
pub fn stays(step: &Step<'_>) -> bool {
    !step.commands().any(|command| command.is_one_of("cd pushd"))
}

/// The paths that a command changes, as far as they are absolute and literal; relative ones too where the script stays in the working
/// directory in force, as [`stays`] tells.
pub fn written(step: &Step<'_>, command: &Command, stays: bool) -> Vec<Written> {
    let mut words: Vec<&Word> = Vec::new();
    let operands = command.operands();
    match command.program() {
        Some("mkdir" | "touch" | "rm" | "rmdir" | "tee" | "truncate") => words.extend(operands),
        Some("cp" | "mv" | "ln" | "install") => words.extend(operands.last()),
        Some("chown" | "chmod" | "chgrp") => words.extend(operands.get(1..).unwrap_or_default()),
        Some("sed") if command.arguments().iter().any(|word| word.shown().starts_with("-i")) => {
            words.extend(operands.get(1..).unwrap_or_default());
        }
        Some("tar") => words.extend(after(command, "-C --directory")),
        Some("unzip") => words.extend(after(command, "-d")),
        _ => {}
    }
    let targets = command.redirects.iter().filter(|redirect| redirect.writes());
    words.extend(targets.filter_map(|redirect| redirect.target.as_ref()));
    let mut found = Vec::new();
    for word in words {
        let Some(path) = word.known().filter(|path| !word.is_glob && (stays || path.starts_with('/'))) else {
            continue;
        };
        // A mode that begins with a dash, or what follows a flag, is no path.
        if path.is_empty() || path.starts_with("/dev/") || path.starts_with('-') {
            continue;
        }
        if let Some(path) = step.absolute_path(path) {
            found.push(Written { path, range: word.range });
        }
    }
    found
}

/// The word behind one of several flags.
fn after<'c>(command: &'c Command, flags: &str) -> Option<&'c Word> {
    command.arguments().windows(2).find_map(|pair| match pair {
        [flag, value] if flag.is_one_of(flags) => Some(value),
        _ => None,
    })
}
