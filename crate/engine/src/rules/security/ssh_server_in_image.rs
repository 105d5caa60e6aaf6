//! SSH servers in images.

use crate::fix::drop_word;
use crate::packages::{Manager, call_range, install, package_name, removes};
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "ssh-server-in-image",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("port").codes(&[trivy("DS-0004"), checkov("CKV_DOCKER_1"), kics("Exposing Port 22 (SSH)")]),
        Case::new("server"),
    ],
    supersedes: &[],
    title: "An SSH server in the image",
    summary: "Do not run an SSH server in a container.",
    why: "
A shell in a container is one `docker exec` away, with the access control and the records of the host. An SSH server adds keys to look after, a
second process to watch, and a door to the network.

To fetch code over SSH the client alone will do: `openssh-client`.
",
    leave_it_when: "SSH is what the image is for: a Git server, a bastion, a machine to work on.",
    references: &[
        "https://docs.docker.com/reference/cli/docker/container/exec/",
        "https://avd.aquasec.com/misconfig/ds-0004",
        "https://www.checkov.io/5.Policy%20Index/dockerfile.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM debian:13\nEXPOSE «22» 8080\n", "FROM debian:13\nEXPOSE 8080\n").case("port"),
        reviewed("FROM debian:13\nEXPOSE 8080 «22/tcp»\n", "FROM debian:13\nEXPOSE 8080\n").case("port"),
        reviewed("FROM debian:13\nEXPOSE «22»\nCMD [\"serve\"]\n", "FROM debian:13\nCMD [\"serve\"]\n").case("port"),
        flagged("FROM debian:13\nARG PORT=22\nEXPOSE «$PORT» «20-25»\n").case("port"),
        flagged("FROM debian:13\nRUN apt-get update && apt-get install -y curl «openssh-server»\n").case("server"),
        flagged("FROM alpine:3.23\nRUN apk add --no-cache «openssh» git\n").case("server"),
        flagged("FROM debian:13\nCMD [«\"/usr/sbin/sshd\", \"-D\"»]\n").case("server"),
        flagged("FROM debian:13\nCMD «service ssh start» && serve\n").case("server"),
        clean("FROM debian:13\nEXPOSE 8080 22/udp 2222\nRUN apt-get update && apt-get install -y openssh-client\n"),
        clean("FROM debian:13 AS test\nRUN apt-get update && apt-get install -y openssh-server\nEXPOSE 22\nFROM debian:13\nCOPY a /a\n"),
        clean("FROM alpine:3.23\nRUN apk add openssh && git clone git@example.org:a/b && apk del openssh\nRUN service nginx start\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        for step in stage.own_steps() {
            if let Arguments::Expose(words) = &step.instruction.arguments {
                // One edit would touch the other.
                let is_single = words.iter().filter(|word| !word.is_plain() || is_ssh(&word.text)).count() == 1;
                for (index, word) in words.iter().enumerate() {
                    if !document.value_at(word, step).is_some_and(|port| is_ssh(&port)) {
                        continue;
                    }
                    let finding = report.at("port", word.range, "port 22 is for logging in over SSH");
                    let is_bare = !document.has_comments(step);
                    let edit = match drop_word(words, index) {
                        None if is_bare => Some(delete(document.lines_to_go(step.outer))),
                        edit => edit,
                    };
                    if let Some(edit) = edit.filter(|_| word.is_plain() && is_single) {
                        finding.fix(Review, "Do not expose it, unless this image is an SSH server", [edit]);
                    }
                }
            }
            server(step, report);
        }
    }
}

/// Whether a port of `EXPOSE`, or a range, means port 22 over TCP.
fn is_ssh(port: &str) -> bool {
    let (numbers, protocol) = port.split_once('/').unwrap_or((port, "tcp"));
    let numbers = numbers.rsplit(':').next().unwrap_or(numbers);
    let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
    let number = |text: &str| text.parse::<u16>().ok();
    protocol.eq_ignore_ascii_case("tcp")
        && number(first).is_some_and(|first| first <= 22)
        && number(last).is_some_and(|last| last >= 22)
}

/// Reports the first sign of a server in a step.
fn server(step: &Step<'_>, report: &mut Reporter<'_>) {
    let is_removed = step.commands().any(|command| removes(command).is_some());
    for command in step.all_commands() {
        if let Some(install) = install(command) {
            let is_server = |name: &str| match name {
                "openssh-server" | "dropbear" | "tinyssh" => true,
                "openssh" => install.manager == Manager::Apk,
                _ => false,
            };
            let package = install.packages.iter().find(|word| is_server(package_name(word.shown())));
            if let Some(package) = package.filter(|_| !is_removed) {
                let name = package_name(package.shown());
                let rest = if name == "openssh" { ", where `openssh-client` is the client alone" } else { "" };
                report.at("server", package.range, format!("`{name}` brings an SSH server{rest}"));
                return;
            }
        }
        if starts_server(command) {
            report.at("server", call_range(command), "this starts an SSH server");
            return;
        }
    }
}

fn starts_server(command: &Command) -> bool {
    let is_test = command.has_any_flag("-t -T -V");
    match command.program() {
        Some("sshd" | "dropbear") => !is_test,
        Some("service") => command.starts_with("ssh start") || command.starts_with("sshd start"),
        _ => false,
    }
}
