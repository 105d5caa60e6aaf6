//! What would be out of reach if a program stopped being root.

use super::{Document, Stage, Step, is_within};
use crate::packages::{install, keeps_in_home, keeps_others_out, mode_word, package_name};
use crate::shell::Command;
use crate::table::{Listed, words_of};
use layerwise_syntax::{Arguments, InstructionKind, TextRange, TextSize};

/// Packages for work that only root can do: the network's own settings, and file systems for others.
const ROOT_PACKAGES: &str = "\
    iptables nftables strongswan openvpn openconnect wireguard wireguard-tools isc-dhcp-server dhcp dhcp-server \
    kea udhcpd nfs-kernel-server nfs-ganesha nfs-utils unfs3";

impl<'a> Document<'a> {
    /// Whether nobody else could do the work of a stage, as far as the file tells: part of it lies in root's home or is kept from others, it
    /// changes what only root may, or a comment says so.
    pub fn needs_root(&self, stage: &Stage<'a>) -> bool {
        let steps = self.chain_steps(stage);
        // What Corepack fetched for root, it would fetch again when it starts.
        let is_by_corepack = |command: &Command, step: &Step<'a>| {
            command.is_one_of("corepack") && !self.is_variable_set("COREPACK_HOME", step)
        };
        let starts_by_manager = self.start_commands(stage).iter().any(|command| command.is_one_of("yarn pnpm"));
        let has_places = steps.iter().flat_map(|step| step.commands()).any(places_environments);
        let is_roots = |step: &Step<'a>| {
            step.commands().any(|command| {
                keeps_in_home(self, step, command) && !(has_places && command.is_one_of("poetry"))
                    || shuts_others_out(command)
                    || starts_by_manager && is_by_corepack(command, step)
            }) || step.copied_mode().is_some_and(|(mode, _)| keeps_others_out(&mode.text))
        };
        steps.iter().any(|step| self.uses_home_of_root(step))
            || steps.iter().any(|step| is_roots(step))
            || steps.iter().flat_map(|step| step.commands()).any(installs_for_root)
            || self.speaks_of_root(stage)
    }

    /// Those of the directories with what the program of a stage keeps, each once, that do not belong to `user`.
    pub fn state_of_others<'s>(&self, stage: &Stage<'a>, state: &'s [String], user: &str) -> Vec<&'s str> {
        let steps = self.chain_steps(stage);
        let mut paths: Vec<&str> = Vec::new();
        for path in state {
            if !paths.contains(&path.as_str()) && !self.is_given_to(&steps, path, user) {
                paths.push(path);
            }
        }
        paths
    }

    /// The directories that hold what the program of a stage keeps.
    pub fn state(&self, stage: &Stage<'a>) -> Vec<String> {
        let mut paths = Vec::new();
        for step in self.chain_steps(stage) {
            if let Arguments::Volume { paths: volumes, .. } = &step.instruction.arguments {
                paths.extend(volumes.iter().map(|path| self.value_at(path, step).unwrap_or_else(|| path.text.clone())));
            }
            let made = step.commands().filter(|command| command.is_one_of("mkdir")).flat_map(Command::operands);
            paths.extend(made.filter_map(|word| word.known()).filter(|path| is_state(path)).map(str::to_owned));
        }
        // Everybody may write to the first two; the last is no path but an array gone wrong.
        paths.retain(|path| !is_within(path, "/tmp") && !is_within(path, "/var/tmp") && !path.starts_with('['));
        paths
    }

    /// Whether a step sets, starts or brings something in root's home, which nobody else may enter.
    fn uses_home_of_root(&self, step: &Step<'a>) -> bool {
        let text = match step.kind() {
            InstructionKind::Env
            | InstructionKind::Workdir
            | InstructionKind::Volume
            | InstructionKind::Cmd
            | InstructionKind::Entrypoint
            | InstructionKind::Healthcheck => self.slice(step.instruction.arguments_range),
            _ => step.copy().map_or("", |copy| &copy.destination.text),
        };
        let paths = text.split(|c: char| c.is_whitespace() || ":=,;\"'[]".contains(c));
        paths.into_iter().any(|path| words_of("/root ~ $HOME ${HOME}").any(|home| is_within(path, home)))
    }

    /// Whether a comment in a stage says that it is root on purpose.
    fn speaks_of_root(&self, stage: &Stage<'a>) -> bool {
        let lines = self.lines_of(stage);
        let own = self.file.comments().filter(|comment| lines.contains_range(*comment));
        let inner = stage.steps.iter().flat_map(|step| step.outer.comments.iter().copied());
        own.chain(inner).any(|comment| {
            let text = self.slice(comment).to_ascii_lowercase();
            text.contains("as root") || text.contains("root privileges")
        })
    }

    /// The lines of a stage, from the comments above its `FROM` on.
    pub(super) fn lines_of(&self, stage: &Stage<'a>) -> TextRange {
        let start = |stage: &Stage<'a>| stage.from.map_or(stage.start(), |(from, _)| self.block_start(from));
        let end = self.stage(stage.index + 1).map_or(TextSize::of(self.file.text()), start);
        TextRange::new(start(stage), end.max(start(stage)))
    }

    /// Whether any of the steps gives a path to a user.
    fn is_given_to(&self, steps: &[&Step<'a>], path: &str, user: &str) -> bool {
        let is_user = |owner: &str| owner.split([':', '.']).next() == user.split(':').next();
        let gives = |command: &Command| {
            let operands = command.operands();
            let (owner, paths) = match (command.program(), operands.split_first()) {
                (Some("chown"), Some((owner, paths))) => (owner.shown(), paths),
                (Some("install"), _) => (command.flag_value("-o").unwrap_or_default(), operands.as_slice()),
                _ => return false,
            };
            is_user(owner) && paths.iter().any(|given| is_within(path, given.shown()))
        };
        steps.iter().any(|step| {
            let copied_for = step.copy().zip(step.instruction.flag("chown").and_then(|flag| flag.value.as_ref()));
            let is_copied =
                copied_for.is_some_and(|(copy, owner)| is_user(&owner.text) && is_within(&copy.destination.text, path));
            is_copied || step.commands().any(gives)
        })
    }
}

/// Whether a command keeps from others what a program may need.
fn shuts_others_out(command: &Command) -> bool {
    const OF_ROOT: &str = "/etc/sudoers /root /tmp ~ .ssh GNUPG";
    mode_word(command).is_some_and(|mode| {
        keeps_others_out(mode.mode) && !mode.paths.iter().all(|path| path.shown().contains_any(OF_ROOT))
    })
}

/// Whether poetry is told where its environments go.
fn places_environments(command: &Command) -> bool {
    command.is_one_of("poetry") && command.operands().iter().any(|word| word.shown().starts_with("virtualenvs."))
}

fn installs_for_root(command: &Command) -> bool {
    let packages = install(command).map(|install| install.packages).unwrap_or_default();
    packages.iter().any(|package| package_name(package.shown()).is_one_of(ROOT_PACKAGES))
}

fn is_state(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    match parts.next() {
        Some("data") => path.starts_with('/'),
        Some("var") => matches!(parts.next(), Some("lib" | "log" | "spool")) && parts.next().is_some(),
        _ => false,
    }
}
