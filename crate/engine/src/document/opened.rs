//! The paths that others than root may write to.

use super::{Document, Runner, Step, is_within};
use crate::packages::stays;
use crate::shell::{Command, Word};
use crate::table::Listed;
use layerwise_syntax::Arguments;

/// The paths that steps may have made writable for others than root.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    paths: Vec<String>,
    /// The working directories into which files were copied for somebody. A directory that is there keeps its owner:
    /// <https://github.com/moby/buildkit/issues/790>
    filled: Vec<String>,
    /// Whether a step did it to paths that this file does not tell.
    is_unknown: bool,
}

/// From this many paths on nobody keeps count.
const MOST_PATHS: usize = 64;

impl Opened {
    /// Whether a path, or a folder around it, may be writable.
    pub fn may_hold(&self, path: &str) -> bool {
        self.is_unknown || self.paths.iter().chain(&self.filled).any(|opened| is_within(path, opened))
    }

    /// Whether a path, a folder around it, or something in it may be writable.
    pub fn touches(&self, path: &str) -> bool {
        self.may_hold(path) || self.paths.iter().chain(&self.filled).any(|opened| is_within(opened, path))
    }

    /// Whether a folder itself, or something in it, may be writable. That files were copied into it for somebody does not make it so.
    pub fn touches_folder(&self, path: &str) -> bool {
        self.is_unknown || self.paths.iter().any(|opened| is_within(path, opened) || is_within(opened, path))
    }

    fn open(&mut self, path: Option<String>) {
        match path {
            Some(path) if self.paths.len() < MOST_PATHS => self.paths.push(path),
            _ => self.is_unknown = true,
        }
    }

    /// Takes note of what a step does.
    pub fn note<'a>(&mut self, document: &Document<'a>, step: &Step<'a>) {
        let is_root = document.runner(step) != Runner::Other;
        // What comes from another stage keeps the owner that it has there.
        let may_give = |flag: &&str| step.instruction.flag(flag).is_some();
        if step.copy().is_some() && ["chown", "chmod", "from"].iter().any(may_give) {
            match document.destination_of(step) {
                Some(path)
                    if step.in_force.workdir.as_deref() == Some(path.as_str()) && self.filled.len() < MOST_PATHS =>
                {
                    self.filled.push(path);
                }
                path => self.open(path),
            }
        }
        match &step.instruction.arguments {
            Arguments::Workdir(path) if !is_root => {
                self.open(document.value_at(path, step).and_then(|path| step.absolute_path(&path)));
            }
            Arguments::Run(_) if step.is_readable() => {
                let moves = !stays(step);
                for command in step.commands().filter(|command| !is_root || !is_harmless(command)) {
                    self.note_command(step, command, moves);
                }
            }
            Arguments::Run(_) => self.is_unknown = true,
            _ => {}
        }
    }

    /// A command that is not known to leave owners and modes alone may change those of every path that it names.
    fn note_command(&mut self, step: &Step<'_>, command: &Command, moves: bool) {
        let is_about_owners = command.is_one_of("chown chmod chgrp setfacl");
        let is_mode = |word: &&Word| command.is_one_of("chmod") && !gives_write(word.shown());
        // With `--reference` a path stands there.
        let first = command.operands().first().copied().filter(|_| !command.has_flag("--reference"));
        if first.as_ref().is_some_and(is_mode) {
            return;
        }
        // The first operand is the owner or the mode.
        let is_first = |word: &Word| is_about_owners && first.is_some_and(|first| first.range == word.range);
        for word in command.arguments().iter().filter(|word| !is_first(word)) {
            let text = word.known().unwrap_or_default();
            let value = text.split_once('=').map_or(text, |(_, value)| value);
            if value.starts_with('/') {
                self.open(step.absolute_path(value.trim_end_matches("/*")));
            } else if is_about_owners && !word.is_flag() {
                self.open(step.absolute_path(value).filter(|_| !value.is_empty() && !moves));
            }
        }
        let hides_owners = command.is_one_of("find xargs sh bash eval")
            && command.words.iter().any(|word| word.shown().contains_any("chown chmod chgrp"));
        self.is_unknown |= hides_owners;
    }
}

/// Whether a command of root leaves to root what it makes.
fn is_harmless(command: &Command) -> bool {
    const HARMLESS: &str = "\
        [ apk apt apt-get cat cd cp curl dnf echo export git go install ln ls microdnf mkdir npm pip pip3 printf \
        rm sed set tee touch unzip wget";
    const GIVING: [(&str, &str); 3] =
        [("install", "-o -g -m --owner --group --mode"), ("mkdir", "-m --mode"), ("cp", "-a -p --archive --preserve")];
    let gives_away = GIVING.iter().any(|(program, flags)| command.is_one_of(program) && command.has_any_flag(flags));
    !gives_away && (command.words.is_empty() || command.is_one_of(HARMLESS))
}

/// Whether a mode may let somebody else write. `$MODE` may.
fn gives_write(mode: &str) -> bool {
    const OTHERS: u32 = 0o022;
    // `g=u` gives the group what its owner has.
    const COPIED: &str = "=u =g =o +u +g +o";
    u32::from_str_radix(mode, 8)
        .map_or_else(|_| mode.contains(['w', '$']) || mode.contains_any(COPIED), |number| number & OTHERS != 0)
}
