//! A command that a `RUN` runs.

use super::step::joined;
use crate::document::{Document, RunScript, ScriptForm, Step};
use crate::fix::{StopsAtErrors, stops_build};
use crate::packages::{install, language_install, manifest_install, package_name, refreshes_index};
use crate::shell::{Command, Context, ShellId};
use layerwise_syntax::list::IntoList;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A command that a `RUN` runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCommand {
    /// As it is written, with what runs it, on one line.
    pub text: String,
    /// The program and its arguments, without the quotes around literal ones and without what runs them, such as `sudo`. Empty where the
    /// command is only an assignment or a redirection, or where the text could not be read.
    pub words: Vec<String>,
    /// The circumstances in which it runs.
    pub context: Context,
    /// Whether the build stops when it fails, as far as that is certain.
    pub stops_build: bool,
    /// The packages that it installs, as it names them; versions are left off where that is certain.
    pub packages: Vec<String>,
    /// Whether it installs what a manifest lists, such as `npm ci`.
    pub installs_from_manifest: bool,
    /// Whether it brings the index of a package manager up to date, and does nothing else.
    pub refreshes_index: bool,
    /// Stands for what the commands before it have made of the shell that runs it: its directory, its variables, its options. The same
    /// commands in the same order give the same number.
    pub shell_state: u64,
}

impl PlannedCommand {
    /// The commands of a script, in order.
    pub(super) fn of(document: &Document<'_>, step: &Step<'_>, run: &RunScript) -> Vec<PlannedCommand> {
        let stops = StopsAtErrors::of(document, step, run);
        let mut shells = Shells::default();
        let mut commands = Vec::new();
        for command in &run.script.commands {
            let words: Vec<String> = command.words.iter().map(|word| word.shown().to_owned()).into_list();
            let text = match run.form {
                ScriptForm::Exec => words.join(" "),
                _ => joined(document, step, command.range),
            };
            let shell_state = shells.state(command.context.shell);
            if command.changes_shell() {
                shells.change(&same_in_all_shells(command, &text));
            }
            let stops_build = stops_build(&run.script, command, &|| stops.at(command));
            let refreshes_index = refreshes_index(command).is_some();
            let context = command.context;
            let packages = packages(command);
            let installs_from_manifest = packages.is_empty() && manifest_install(command).is_some();
            commands.push(PlannedCommand {
                text,
                words,
                context,
                stops_build,
                packages,
                installs_from_manifest,
                refreshes_index,
                shell_state,
            });
        }
        commands
    }

    /// Something that runs and cannot be read.
    pub(super) fn unread(text: &str) -> PlannedCommand {
        PlannedCommand {
            text: text.to_owned(),
            words: Vec::new(),
            context: Context::default(),
            stops_build: true,
            packages: Vec::new(),
            installs_from_manifest: false,
            refreshes_index: false,
            shell_state: 0,
        }
    }
}

/// The packages that a command installs.
fn packages(command: &Command) -> Vec<String> {
    if let Some(install) = install(command) {
        return install.packages.iter().map(|package| package_name(package.shown()).to_owned()).into_list();
    }
    let install = language_install(command);
    let packages = install.iter().flat_map(|install| &install.packages);
    packages.map(|package| package.shown().to_owned()).into_list()
}

/// A command that changes the shell, by the name that every shell knows it by, and without what makes a substitution of a command: that runs by
/// itself before it.
fn same_in_all_shells(command: &Command, text: &str) -> String {
    match text.strip_prefix("source ") {
        Some(rest) if command.is_one_of("source") => format!(". {rest}"),
        _ => text.replace("$(", "").replace(['`', ')'], ""),
    }
}

/// The shells that run, the outermost first, each with its state.
#[derive(Default)]
struct Shells {
    open: Vec<(ShellId, u64)>,
}

impl Shells {
    /// The state of a shell, which begins with that of the one around it.
    fn state(&mut self, shell: ShellId) -> u64 {
        self.open.retain(|(open, _)| open.depth < shell.depth || *open == shell);
        let state = self.open.last().map_or(0, |(_, state)| *state);
        if self.open.last().is_none_or(|(open, _)| *open != shell) {
            self.open.push((shell, state));
        }
        state
    }

    /// A command changes the innermost one.
    fn change(&mut self, text: &str) {
        let Some((_, state)) = self.open.last_mut() else { return };
        let mut hasher = DefaultHasher::new();
        (*state, text).hash(&mut hasher);
        *state = hasher.finish();
    }
}
