//! `sudo` in an image.

use crate::document::Runner;
use crate::packages::install;
use crate::rules::prelude::*;
use crate::shell::{Command, Wrapper};

pub const RULE: Rule = Rule {
    id: "no-sudo",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[
        trivy("DS-0010"),
        checkov("CKV2_DOCKER_1"),
        kics("Run Using Sudo"),
        dockle("DKL-DI-0001"),
        semgrep("no-sudo-in-dockerfile"),
        droast("DF010"),
        dockerfilelint("sudo_usage"),
    ],
    cases: &[
        Case::new("use").codes(&[hadolint("DL3004")]),
        Case::new("install").severity(Severity::Info),
        Case::new("passwordless"),
    ],
    supersedes: &[],
    title: "sudo in an image",
    summary: "Do not use or install sudo in an image.",
    why: "
Build steps run as root until `USER` says otherwise, so `sudo` adds nothing to them, and it treats terminals, signals and the environment in
ways that bite in containers.

In the finished image `sudo` without a password undoes what `USER` is for: whoever breaks into the program is root one word later. To start as
root and step down, use `gosu` or `setpriv`.
",
    leave_it_when: "The image is a workstation for people, who are meant to become root.",
    references: &["https://docs.docker.com/build/building/best-practices/#user"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed("FROM ubuntu:24.04\nRUN «sudo» mkdir -p /opt/app\n", "FROM ubuntu:24.04\nRUN mkdir -p /opt/app\n").case("use"),
        fixed(
            "FROM ubuntu:24.04\nRUN apt-get update && «sudo» -E apt-get install -y curl\n",
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl\n",
        )
        .case("use"),
        flagged("FROM ubuntu:24.04\nRUN useradd -m app\nUSER app\nRUN «sudo» mkdir -p /opt/app\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN «sudo» -u nobody make\n").case("use"),
        flagged("FROM ubuntu:24.04\nUSER 1000\nENTRYPOINT [«\"sudo\"», \"app\"]\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl «sudo»\n").case("install"),
        flagged("FROM ubuntu:24.04\nRUN «echo 'app ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers»\n").case("passwordless"),
        flagged("FROM ubuntu:24.04\nRUN «usermod -aG sudo app»\n").case("passwordless"),
        clean("FROM ubuntu:24.04\nRUN mkdir -p /opt/app && echo 'use sudo with care' > /etc/motd\n"),
        clean("FROM ubuntu:24.04 AS dev\nRUN sudo make && usermod -aG sudo app\nFROM ubuntu:24.04\nCOPY a /a\n"),
        clean("FROM ubuntu:24.04 AS build\nRUN apt-get update && apt-get install -y sudo\nFROM ubuntu:24.04\nCOPY a /a\n"),
        clean("FROM ubuntu:24.04\nRUN usermod -aG video app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_dev && !stage.is_windows) {
        for step in &stage.steps {
            for command in step.scripts.iter().flat_map(|run| &run.script.commands) {
                if let Some(wrapper) = command.wrapper("sudo") {
                    used(document, step, command, wrapper, report);
                } else if let Some(word) = command.words.first().filter(|_| command.is_one_of(&["sudo"])) {
                    report.at("use", word.range, "`sudo` is called");
                }
                if !stage.ships {
                    continue;
                }
                let packages = install(command).map(|install| install.packages).unwrap_or_default();
                if let Some(package) = packages.iter().find(|package| package.is("sudo") || package.is("doas")) {
                    report.at("install", package.range, format!("`{}` ships with the image", package.shown()));
                }
                if let Some(message) = opens_the_door(document, command) {
                    report.at("passwordless", command.range, message);
                }
            }
        }
    }
}

fn used(document: &Document<'_>, step: &Step<'_>, command: &Command, wrapper: &Wrapper, report: &mut Reporter<'_>) {
    let Some(word) = wrapper.words.first() else { return };
    let user = document.runner(step);
    let is_for_other = wrapper.words.iter().skip(1).any(|word| word.shown().starts_with("-u") || word.is("--user"));
    let message = match &user {
        _ if is_for_other => "a step that another user should run can switch to them with USER",
        Runner::Root => "`sudo` does nothing here: the step runs as root",
        Runner::Other | Runner::Unknown => "a step that needs root can switch to it with USER",
    };
    let finding = report.at("use", word.range, message);
    let changes_nothing =
        wrapper.words.iter().skip(1).all(|word| ["-E", "-H", "-n", "--"].iter().any(|flag| word.is(flag)));
    if let (Runner::Root, Some(first), true) = (user, command.words.first(), changes_nothing && step.is_run()) {
        finding.fix(Safe, "Remove sudo", [delete(TextRange::new(word.range.start(), first.range.start()))]);
    }
}

/// What a command does that lets an account become root without a password.
fn opens_the_door(document: &Document<'_>, command: &Command) -> Option<&'static str> {
    let text = document.slice(command.range);
    if text.contains("NOPASSWD") && text.contains("sudoers") {
        return Some("an account may become root without a password");
    }
    let is_admin = |group: &str| matches!(group, "sudo" | "wheel" | "admin");
    let groups = ["-G", "-aG", "--groups", "-Ga"].iter().flat_map(|flag| command.flag_values(flag));
    let joins = match command.program()? {
        "usermod" | "useradd" => {
            groups.flat_map(|list| list.split(',')).any(is_admin)
                || command.arguments().windows(2).any(|pair| {
                    let [flag, value] = pair else { return false };
                    let is_flag = flag.shown().starts_with('-') && flag.shown().ends_with('G');
                    is_flag && value.known().is_some_and(|list| list.split(',').any(is_admin))
                })
        }
        "adduser" | "addgroup" => {
            let operands = command.operands();
            operands.len() == 2 && operands.last().and_then(|word| word.known()).is_some_and(is_admin)
        }
        _ => false,
    };
    joins.then_some("an account joins a group that may become root")
}
