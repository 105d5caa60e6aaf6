//! Whether the program of an image runs as root.

use super::{Base, Document, Stage, Step, is_root};
use crate::image::{is_known_root, is_nonroot, is_os, is_self_dropping};
use crate::packages::package_name;
use crate::path::last_part;
use crate::shell::Command;
use crate::table::Listed;
use layerwise_syntax::{Arguments, InstructionKind, Word};

/// What makes a program run as root.
#[derive(Debug, Clone, Copy)]
pub enum Root<'d, 'a> {
    /// The last `USER` says so.
    Explicit {
        /// Its step.
        step: &'d Step<'a>,
        /// Its value.
        user: &'a Word,
    },
    /// No `USER` says otherwise.
    Implicit {
        /// Whether the base image is certain to leave it at that.
        is_sure: bool,
    },
}

impl<'a> Document<'a> {
    /// What makes the program of a stage run as root to its end. `None` where it runs as somebody else, gives up root by itself or
    /// needs it, where nothing is run, and where nobody can know.
    pub fn root(&self, stage: &Stage<'a>) -> Option<Root<'_, 'a>> {
        if stage.is_windows
            || self.has_windows_shell(stage)
            || self.is_root_on_purpose(stage)
            || self.is_workspace(stage)
        {
            return None;
        }
        if let Some((step, user)) = self.last_user(stage) {
            let is_root = self.value_at(user, step).is_some_and(|value| is_root(&value));
            return is_root.then_some(Root::Explicit { step, user });
        }
        // A prompt is for somebody who works in there.
        if self.starts_prompt(stage) {
            return None;
        }
        let base = self.chain_base(stage);
        let is_sure = base.image().is_none_or(is_known_root) || self.creates_user_as_root(stage);
        self.is_started_as_root(stage, base).then_some(Root::Implicit { is_sure })
    }

    /// Whether what starts expects root and has settings of its own for who does the work: `USER` alone breaks it.
    pub fn starts_a_daemon(&self, stage: &Stage<'a>) -> bool {
        self.chain_base(stage).image().is_some_and(is_self_dropping) || self.names_a_daemon(stage)
    }

    /// Whether a stage without `USER` is a program to run, and runs as root.
    fn is_started_as_root(&self, stage: &Stage<'a>, base: &Base) -> bool {
        let starts = self.entrypoint(stage).is_some() || self.cmd(stage).is_some();
        match base {
            // What brings a file system of its own is an image for others to build on.
            Base::Scratch => starts && !self.chain_steps(stage).into_iter().any(|step| step.is_run() || unpacks(step)),
            Base::Image(image) if is_nonroot(image) => false,
            Base::Image(image) if is_self_dropping(image) => {
                self.entrypoint(stage).is_some() && !self.names_a_daemon(stage)
            }
            Base::Image(image) => {
                let serves =
                    |step: &&Step<'_>| matches!(step.kind(), InstructionKind::Expose | InstructionKind::Healthcheck);
                let is_known = is_os(image) || is_known_root(image);
                starts || is_known && self.chain_steps(stage).iter().any(serves)
            }
            Base::Unknown => starts && self.creates_user_as_root(stage),
            Base::Stage(_) => false,
        }
    }

    /// Whether a user is created without more rights than the base image gives: that takes root.
    fn creates_user_as_root(&self, stage: &Stage<'a>) -> bool {
        let is_plain = |command: &Command| command.wrappers.is_empty() && !command.context.is_conditional;
        self.created_users(stage).iter().any(|user| is_plain(user.command))
    }

    /// Whether what starts needs root to do its work, gives it up by itself, or runs something else as another user.
    fn is_root_on_purpose(&self, stage: &Stage<'a>) -> bool {
        // One that holds containers, or lets people in.
        let is_host = |step: &&Step<'a>| match &step.instruction.arguments {
            Arguments::Volume { paths, .. } => paths.iter().any(|path| path.text == "/var/lib/docker"),
            Arguments::Expose(ports) => ports.iter().any(|port| port.text == "22" || port.text == "22/tcp"),
            _ => false,
        };
        let steps = self.chain_steps(stage);
        self.start_commands(stage)
            .iter()
            .any(|command| switches_user(command) || steps_down(command) || command.is_one_of(NEEDS_ROOT))
            || steps.iter().any(is_host)
            || steps.into_iter().any(brings_a_switch)
    }

    /// Whether the image is for an editor or a service in which somebody develops: those choose their own user.
    fn is_workspace(&self, stage: &Stage<'a>) -> bool {
        let names_one = |stage: &&Stage<'a>| self.slice(self.lines_of(stage)).contains_any(".devcontainer vscode");
        self.is_on_workspace(stage) || self.chain(stage).iter().any(names_one)
    }

    fn names_a_daemon(&self, stage: &Stage<'a>) -> bool {
        // This one leaves it to others' settings whether they stay root.
        self.start_commands(stage).iter().any(|command| steps_down(command) || command.is_one_of("service"))
    }

    /// Whether the shell of a stage is one of Windows, whatever its base is called.
    fn has_windows_shell(&self, stage: &Stage<'a>) -> bool {
        let program = stage.end.shell.and_then(|shell| shell.arguments.first());
        program.is_some_and(|program| matches!(program.value.to_ascii_lowercase().as_str(), "cmd" | "powershell"))
    }
}

/// Programs that run another one as somebody else.
pub(crate) const SWITCHES: &str = "gosu su-exec setpriv s6-setuidgid chpst runuser su setuidgid";

/// What has no use without root. The first line starts others, or itself, as whoever its settings say.
const NEEDS_ROOT: &str = "\
    supervisord named rsyslogd cupsd install-cni cadvisor init my_init systemd runsvdir s6-svscan \
    sshd cron crond dockerd iptables openvpn openconnect ipsec charon wg-quick dhcpd rpc.nfsd";

/// Daemons that their own settings make work as another user, and those that refuse to be root.
const STEPPING_DOWN: &str = "\
    nginx openresty httpd httpd-foreground apache2 apache2ctl apache2-foreground apachectl lighttpd squid mysqld \
    mysqld_safe mariadbd postgres memcached haproxy dnsmasq varnishd mosquitto postfix dovecot vsftpd smbd \
    tinyproxy unbound";

/// Whether a command runs as another user what it starts, or is told to become one.
fn switches_user(command: &Command) -> bool {
    const TAKES_USER: [(&str, &str); 4] = [
        ("named ntpd chronyd gunicorn supervisord sudo", "-u --user"),
        ("uwsgi celery twistd", "--uid"),
        ("start-stop-daemon", "-c --chuid"),
        ("chroot", "--userspec"),
    ];
    let is_told = |(programs, flags): &(&str, &str)| command.is_one_of(programs) && command.has_any_flag(flags);
    command.words.iter().any(|word| last_part(word.shown()).is_one_of(SWITCHES))
        || command.wrapper("sudo").is_some_and(|sudo| sudo.words.iter().any(|word| word.is("-u") || word.is("--user")))
        || TAKES_USER.iter().any(is_told)
}

/// Whether a command is a daemon that gives up root by itself.
fn steps_down(command: &Command) -> bool {
    command.is_one_of(STEPPING_DOWN) || command.program().is_some_and(|program| program.starts_with("php-fpm"))
}

/// Whether a step unpacks an archive.
fn unpacks(step: &Step<'_>) -> bool {
    let is_archive = |path: &str| path.ends_with(".tgz") || path.contains(".tar");
    step.kind() == InstructionKind::Add
        && step.copy().is_some_and(|add| add.sources.iter().any(|source| is_archive(&source.word().text)))
}

const SWITCHES_BROUGHT: &str = "gosu su-exec";

/// Whether a step installs a program whose one purpose is to give up root in a start script.
fn brings_a_switch(step: &Step<'_>) -> bool {
    let is_switch = |path: &str| {
        let name = last_part(path);
        name.starts_with_any(SWITCHES_BROUGHT) && package_name(name).is_one_of(SWITCHES_BROUGHT)
    };
    let installs = |command: &Command| command.words.iter().any(|word| is_switch(word.shown()));
    step.commands().any(installs)
        || step.copy().is_some_and(|copy| copy.sources.iter().any(|source| is_switch(&source.word().text)))
}
