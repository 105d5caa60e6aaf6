//! Commands for people, services and kernels in a build step.

use crate::fix::may_leave_process;
use crate::rules::prelude::*;
use crate::shell::{Command, Script};
use crate::table::words_of;
use layerwise_syntax::MountType;

pub const RULE: Rule = Rule {
    id: "useless-command-in-run",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("list").codes(&[
            hadolint("DL3001"),
            kics("Run Utilities And POSIX Commands"),
            semgrep("nonsensical-command"),
            droast("DF060"),
        ]),
        Case::new("exempted").codes(&[hadolint("DL3001")]).off(),
        Case::new("extra"),
    ],
    supersedes: &[],
    title: "Command without sense in a build",
    summary: "This command makes no sense in a build step.",
    why: "
A build step has no terminal, no running services and no say over the kernel. Tools for people hang or end at once. A service that a step starts
is stopped when the step ends, and the next step, or the container, knows nothing of it: only files stay.

What should run in the container is started by `CMD` or `ENTRYPOINT`; what should be set in the kernel is set on the host, or with
options of `docker run` such as `--sysctl`.
",
    leave_it_when: "The command is there for its exit status, or for what it prints.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3001",
        "https://docs.docker.com/reference/dockerfile/#run",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13\nRUN «service nginx start»\n").case("list"),
        flagged("FROM debian:13\nRUN apt-get update && «ps aux» && «top»\n").case("list"),
        flagged("FROM debian:13\nRUN mysqld_safe & sleep 5 && mysql -e 'select 1' && «kill %1»\n").case("exempted"),
        flagged("FROM debian:13\nRUN «service mysql start» && mysql -e 'select 1'\n").case("exempted"),
        flagged("FROM debian:13\nRUN «systemctl start nginx»\nRUN «modprobe overlay» || true\n").case("extra"),
        clean("FROM nginx:1.30\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        clean("FROM debian:13\nRUN systemctl enable nginx && ssh-keyscan example.org >> /etc/ssh/ssh_known_hosts && echo ps\n"),
        clean("FROM debian:13\nRUN --mount=type=ssh ssh -T git@example.org\nRUN --security=insecure mount -t tmpfs none /x\n"),
        clean("FROM debian:13\nRUN vim +PlugInstall +qall && less --version && apt-get install -y vim && command -v ps\n"),
    ],
    check,
};

const LIST: &str = "free kill mount ps service shutdown ssh top vim";
const EXTRA: &str = "emacs halt htop ifconfig iptables less man modprobe more nano reboot systemctl vi";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        for run in step.scripts.iter().filter(|_| step.is_run()) {
            let script = &run.script;
            let serves = |command: &&Command| command.is_one_of("service rm sleep");
            let last_use = script.commands.iter().rfind(|command| !serves(command)).map(|last| last.range.start());
            let mut leaves_process = None;
            for command in script.commands.iter().filter(|command| command.is_one_of(LIST) || command.is_one_of(EXTRA))
            {
                let is_listed = command.is_one_of(LIST);
                let is_meant = match command.program() {
                    Some("kill" | "ps") => *leaves_process.get_or_insert_with(|| runs_something(script)),
                    Some("service") if last_use.is_some_and(|last| last > command.range.end()) => true,
                    _ => is_meant(step, command),
                };
                let case = match (is_listed, is_meant) {
                    (true, false) => "list",
                    (true, true) => "exempted",
                    (false, false) if command.is_one_of(EXTRA) => "extra",
                    _ => continue,
                };
                report.at(case, command.range, message(command));
            }
        }
    }
}

/// Whether a script starts a process that it may look at and stop again.
fn runs_something(script: &Script) -> bool {
    may_leave_process(script) || script.commands.iter().any(|other| other.context.in_background)
}

/// Whether a command that seems to make no sense does here.
fn is_meant(step: &Step<'_>, command: &Command) -> bool {
    command.has_any_flag("--version --help -V")
        || match command.program() {
            Some("service") => command.arguments().iter().any(|word| word.is("stop")),
            Some("mount") => step.instruction.flag("security").is_some(),
            Some("ssh") => step.mounts.iter().any(|mount| mount.kind == MountType::Ssh),
            Some("systemctl") => {
                const FILES: &str = "enable disable mask unmask preset preset-all set-default";
                words_of(FILES).any(|verb| command.starts_with(verb))
            }
            // Editors that are given a script.
            Some("vim" | "vi" | "emacs") => {
                command.arguments().iter().any(|word| word.shown().starts_with('+')) || command.arguments().len() > 1
            }
            _ => false,
        }
}

fn message(command: &Command) -> String {
    let program = command.program().unwrap_or_default();
    let starts = command.arguments().iter().any(|word| word.is("start") || word.is("restart"));
    match program {
        "service" | "systemctl" if starts => "this service ends with the RUN".to_owned(),
        "service" | "systemctl" => format!("no services run during a build, so `{program}` has nothing to do"),
        _ => format!("`{program}` makes no sense in a build step"),
    }
}
