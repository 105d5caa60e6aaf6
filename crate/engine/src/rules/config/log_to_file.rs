//! Logs that stay in the container.

use crate::document::is_within;
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "log-to-file",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Log written to a file in the container",
    summary: "Let the program log to standard output, where Docker and Kubernetes collect it.",
    why: "
Docker and Kubernetes keep what a container prints, and `docker logs` shows it. A log file grows in the container's writable layer until the disk is
full, is lost with the container, and cannot be written at all when the container runs read-only.

Most programs can log to standard output. One that cannot is helped by a link: `ln -sf /dev/stdout /var/log/server.log`.
",
    leave_it_when: "A volume holds the file, and something rotates it.",
    references: &[
        "https://docs.docker.com/engine/logging/",
        "https://12factor.net/logs",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nCMD [\"sh\", \"-c\", \"exec server >> «/var/log/server.log» 2>&1\"]\n"),
        // It goes to the container's output as well.
        clean("FROM debian:13-slim\nCMD server 2>&1 | tee /var/log/server.log\n"),
        flagged("FROM python:3.13-slim\nCMD [\"gunicorn\", «\"--access-logfile=/srv/access.log\"», \"app:app\"]\n"),
        flagged("FROM python:3.13-slim\nCMD [\"celery\", \"worker\", \"--logfile\", «\"/srv/celery.log\"»]\n"),
        clean("FROM debian:13-slim\nCMD [\"server\"]\n"),
        clean("FROM debian:13-slim\nCOPY server /usr/local/bin/server\nCMD [\"server\"]\n"),
        clean("FROM python:3.13-slim\nCMD [\"gunicorn\", \"--access-logfile=-\", \"--error-logfile\", \"/dev/stderr\", \"app:app\"]\n"),
        clean("FROM debian:13-slim\nRUN ln -sf /dev/stdout /var/log/server.log\nCMD server >> /var/log/server.log\n"),
        clean("FROM debian:13-slim\nVOLUME /var/log\nCMD server >> /var/log/server.log\n"),
        clean("FROM debian:13-slim\nCMD server > /dev/null 2>&1\n"),
        clean("FROM debian:13-slim\nCMD echo $KEY > /etc/key && server --config /etc/key\n"),
        clean("FROM debian:13-slim AS dev\nCMD server >> /var/log/server.log\n"),
    ],
    check,
};

const FLAGS: &str = "--log-file --logfile --access-logfile --error-logfile --log-path -Dlogging.file.name";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    for step in [document.entrypoint(stage), document.cmd(stage)].into_iter().flatten() {
        for command in step.all_commands() {
            let Some((range, path)) = log_file(command) else { continue };
            if !is_kept(document, stage, path) {
                report.here(range, format!("what `{path}` gets stays in the container, where nobody collects it"));
            }
        }
    }
}

/// The file that a command logs to.
fn log_file(command: &Command) -> Option<(TextRange, &str)> {
    let is_file = |path: &str| path.starts_with('/') && !path.starts_with("/dev/") && !path.starts_with("/proc/");
    for redirect in command.redirects.iter().filter(|redirect| redirect.writes()) {
        let Some(word) = &redirect.target else { continue };
        if let Some(path) = word.known().filter(|path| is_file(path) && is_log(path)) {
            return Some((word.range, path));
        }
    }
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        let Some(text) = word.known() else { continue };
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if !name.is_one_of(FLAGS) {
            continue;
        }
        if is_file(value) {
            return Some((word.range, value));
        }
        let next = words.clone().next().filter(|_| value.is_empty());
        if let Some(path) = next.and_then(|next| next.known()).filter(|path| is_file(path)) {
            return Some((next?.range, path));
        }
    }
    None
}

/// A shell writes other files as well: only those that are called a log count.
fn is_log(path: &str) -> bool {
    path.ends_with(".log") || path.starts_with("/var/log/") || path.ends_with("/log")
}

/// Whether a link leads the file to the container's output, or a volume holds it.
fn is_kept(document: &Document<'_>, stage: &Stage<'_>, path: &str) -> bool {
    let is_linked = |step: &Step<'_>| {
        step.commands().any(|command| {
            command.is_one_of("ln")
                && command.words.iter().any(|word| word.known().is_some_and(|word| word.starts_with("/dev/std")))
                && command.words.iter().any(|word| word.is(path))
        })
    };
    let holds = |step: &Step<'_>| match &step.instruction.arguments {
        Arguments::Volume { paths, .. } => paths.iter().any(|volume| is_within(path, &volume.text)),
        _ => false,
    };
    document.chain_steps(stage).into_iter().any(|step| is_linked(step) || holds(step))
}
