//! `sudo` in an image.

use crate::document::Runner;
use crate::image::{OsFamily, os_family};
use crate::packages::{install, may_install_unseen, package_name, removes};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use std::cell::OnceCell;

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
    fix_changes: &[Change::Wording],
    examples: &[
        fixed("FROM ubuntu:24.04\nRUN «sudo» mkdir -p /opt/app\n", "FROM ubuntu:24.04\nRUN mkdir -p /opt/app\n").case("use"),
        fixed(
            "FROM ubuntu:24.04\nRUN apt-get update && «sudo» -E apt-get install -y curl\n",
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl\n",
        )
        .case("use"),
        // One finding for all of an instruction.
        fixed(
            "FROM ubuntu:24.04\nRUN «sudo» apt-get update && sudo apt-get install -y curl\n",
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl\n",
        )
        .case("use"),
        reviewed("FROM ubuntu:24.04\nRUN «sudo» bash -c 'make; make install'\n", "FROM ubuntu:24.04\nRUN bash -c 'make; make install'\n").case("use"),
        reviewed("FROM ubuntu:24.04\nRUN «sudo» env A=1 make\n", "FROM ubuntu:24.04\nRUN env A=1 make\n").case("use"),
        reviewed("FROM ubuntu:24.04\nRUN «sudo» -H python3 -m pip install flask\n", "FROM ubuntu:24.04\nRUN python3 -m pip install flask\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN «sudo» cd /app\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN «sudo» \\\n  # as root\n  make\n").case("use"),
        flagged("FROM ubuntu:24.04\nONBUILD RUN «sudo» mkdir /a\nUSER 1000\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN useradd -m app\nUSER app\nRUN «sudo» mkdir -p /opt/app\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN «sudo» -u nobody make\n").case("use"),
        flagged("FROM ubuntu:24.04\nUSER 1000\nENTRYPOINT [«\"sudo\"», \"app\"]\n").case("use"),
        flagged("FROM ubuntu:24.04\nCMD [«\"sudo\"», \"-E\", \"app\"]\n").case("use"),
        flagged("FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl «sudo»\n").case("install"),
        flagged("FROM ubuntu:24.04\nRUN «echo 'app ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers»\n").case("passwordless"),
        flagged("FROM ubuntu:24.04\nRUN «echo 'app ALL=(ALL) NOPASSWD:ALL'» | tee /etc/sudoers.d/app\n").case("passwordless"),
        flagged("FROM ubuntu:24.04\nCOPY <<EOF /etc/sudoers.d/app\n«app ALL=NOPASSWD: ALL\n»EOF\n").case("passwordless"),
        flagged("FROM example/base:1.2\nRUN «usermod -aG sudo app»\n").case("passwordless"),
        flagged("FROM alpine:3.23\nRUN «adduser -D -G wheel app»\n").case("passwordless"),
        clean("FROM ubuntu:24.04\nRUN mkdir -p /opt/app && echo 'use sudo with care' > /etc/motd\n"),
        clean("FROM ubuntu:24.04 AS dev\nRUN sudo make && usermod -aG sudo app\nFROM ubuntu:24.04\nCOPY a /a\n"),
        clean("FROM ubuntu:24.04 AS build\nRUN apt-get update && apt-get install -y sudo\nFROM ubuntu:24.04\nCOPY a /a\n"),
        clean("FROM ubuntu:24.04\nRUN usermod -aG video app && sed -i '/NOPASSWD: ALL/d' /etc/sudoers\n"),
        clean("FROM ubuntu:24.04\nRUN echo 'app ALL=(www-data) NOPASSWD: ALL' > /etc/sudoers.d/a && echo 'app ALL=NOPASSWD: /bin/x' > /etc/sudoers.d/b\n"),
        clean("FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y sudo && make && apt-get purge -y sudo\n"),
        // The group alone opens nothing.
        clean("FROM node:24\nRUN usermod -a -G sudo node\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let is_installed = OnceCell::new();
    for stage in document.stages().iter().filter(|stage| !stage.is_dev && !stage.is_windows) {
        for step in &stage.steps {
            used(document, step, report);
            if stage.ships {
                installed(step, report);
                if let Some((range, message)) = opened(document, step, &is_installed) {
                    report.at("passwordless", range, message);
                }
            }
        }
    }
}

/// Reports the first `sudo` of an instruction, with a fix that takes all of them away where it may.
fn used(document: &Document<'_>, step: &Step<'_>, report: &mut Reporter<'_>) {
    let calls: Vec<(&Command, &[Word])> =
        step.all_commands().filter_map(|command| Some((command, sudo_words(command)?))).into_list();
    let Some((_, [word, options @ ..])) = calls.first() else { return };
    let runner = document.runner(step);
    let is_for_other = options.iter().any(|word| word.shown().starts_with("-u") || word.is("--user"));
    let message = match (runner, step.is_run()) {
        (_, true) if is_for_other => "a step that another user should run can switch to them with USER",
        (_, false) if is_for_other => "USER says as whom the container runs, without `sudo`",
        (Runner::Root, true) => "`sudo` does nothing here: the step runs as root",
        (Runner::Root, false) => "`sudo` does nothing here: the container runs as root",
        (_, true) => "a step that needs root can switch to it with USER",
        (_, false) => "the program becomes root with `sudo`, so USER does not hold it back",
    };
    let finding = report.at("use", word.range, message);
    if runner != Runner::Root || !step.is_run() || step.is_trigger {
        return;
    }
    let removals: Option<Vec<Removal>> =
        calls.iter().map(|(command, words)| removal(document, command, words)).collect();
    let Some(mut removals) = removals else { return };
    // All commands of one `sudo sh -c` are run by the same word.
    removals.dedup_by_key(|removal| removal.edit.range);
    let sets_what_sudo_sets = words_of("PATH HOME").any(|name| document.variable_at(name, step).is_some());
    let is_safe = !sets_what_sudo_sets && removals.iter().all(|removal| removal.is_safe);
    let edits = removals.into_iter().map(|removal| removal.edit);
    if is_safe {
        finding.fix(Safe, "Remove sudo", edits);
    } else {
        finding.fix(Review, "Remove sudo, which has a PATH and a HOME of its own", edits);
    }
}

/// `sudo` and its options in front of a command.
fn sudo_words(command: &Command) -> Option<&[Word]> {
    match command.wrapper("sudo") {
        Some(wrapper) => Some(&wrapper.words),
        None => command.is_one_of("sudo").then_some(&command.words[..]),
    }
}

struct Removal {
    edit: Edit,
    is_safe: bool,
}

/// Takes `sudo` with its options from in front of what it runs; `None` where that would run something else.
fn removal(document: &Document<'_>, command: &Command, words: &[Word]) -> Option<Removal> {
    // The tools of the system are where any PATH finds them, and do not look into a home.
    const SYSTEM: &str = "\
        addgroup adduser apk apt apt-get apt-key cat chgrp chmod chown cp dnf dpkg groupadd gpasswd install \
        ldconfig ln locale-gen microdnf mkdir mv rm rpm sed sysctl systemctl tar tee touch unzip \
        update-alternatives update-ca-certificates useradd userdel usermod wget yum yum-config-manager zypper";
    // These speak to the shell itself, and `sudo` runs none of them.
    const BUILTINS: &str = "cd export source . set exec eval umask";
    let (sudo, options) = words.split_first()?;
    let mut wrappers = command.wrappers.iter().skip_while(|wrapper| wrapper.program() != Some("sudo")).skip(1);
    let next = wrappers.next();
    let first = next.map_or(command.words.first(), |wrapper| wrapper.words.first())?;
    let changes_little = options.iter().all(|word| word.is_one_of("-E -H -n --"));
    let range = TextRange::new(sudo.range.start(), first.range.start().max(sudo.range.start()));
    let is_plain = !document.slice(range).contains('\n') && first.range.start() > sudo.range.start();
    if !changes_little || !is_plain || command.is_one_of(BUILTINS) {
        return None;
    }
    let has_home = options.iter().any(|word| word.is("-H"));
    Some(Removal { edit: delete(range), is_safe: next.is_none() && !has_home && command.is_one_of(SYSTEM) })
}

/// Reports the package, unless the same instruction removes it again.
fn installed(step: &Step<'_>, report: &mut Reporter<'_>) {
    let is_sudo = |word: &&Word| {
        // It may name its architecture.
        let name = package_name(word.shown()).split('.').next();
        matches!(name, Some("sudo" | "doas" | "opendoas"))
    };
    let is_removed = |command: &Command| removes(command).is_some() && command.operands().iter().any(is_sudo);
    for command in step.commands() {
        let packages = install(command).map(|install| install.packages).unwrap_or_default();
        if let Some(package) = packages.into_iter().find(|word| is_sudo(word)) {
            if !step.commands().any(is_removed) {
                report.at("install", package.range, format!("`{}` ships with the image", package.shown()));
            }
            return;
        }
    }
}

/// Where a step lets an account become root without a password, and how.
fn opened(
    document: &Document<'_>,
    step: &Step<'_>,
    is_installed: &OnceCell<bool>,
) -> Option<(TextRange, &'static str)> {
    const GRANTED: &str = "an account may become root without a password";
    let copied = step.copy().filter(|copy| copy.destination.text.starts_with("/etc/sudoers"));
    let bodies = step.instruction.heredocs.iter().map(|heredoc| heredoc.body).filter(|_| copied.is_some());
    if let Some(body) = bodies.into_iter().find(|body| grants_all(document.slice(*body))) {
        return Some((body, GRANTED));
    }
    let is_about_sudoers = || document.slice(step.instruction.range).contains("/etc/sudoers");
    step.commands().find_map(|command| {
        let writes = command.is_one_of("echo printf cat tee") && grants_all(document.slice(command.range));
        let writes =
            writes || command.redirects.iter().filter_map(|it| it.body).any(|body| grants_all(document.slice(body)));
        if writes && is_about_sudoers() {
            return Some((command.range, GRANTED));
        }
        let joins = joins_admins(command) && may_have_sudo(document, step, is_installed);
        joins.then_some((command.range, "an account joins a group that may become root"))
    })
}

/// Whether there is a program that heeds the group. Debian's own images have the group and no such program.
fn may_have_sudo(document: &Document<'_>, step: &Step<'_>, is_installed: &OnceCell<bool>) -> bool {
    let has_none = document.is_plain_root_at(step)
        && document.base_image_at(step).and_then(os_family).is_some_and(|family| matches!(family, OsFamily::Debian));
    let installs = |command: &Command| {
        let is_sudo = |word: &Word| word.text.is_none() || package_name(word.shown()).is_one_of("sudo doas");
        may_install_unseen(command)
            || install(command).is_some_and(|found| found.packages.iter().any(|word| is_sudo(word)))
    };
    !has_none || *is_installed.get_or_init(|| document.steps().any(|step| step.commands().any(installs)))
}

/// Whether a line of `sudoers` lets somebody run everything as root unasked.
fn grants_all(text: &str) -> bool {
    let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    text.contains("NOPASSWD:ALL") && (!text.contains('(') || text.contains("(ALL") || text.contains("(root"))
}

/// Whether a command puts an account into a group that may become root.
fn joins_admins(command: &Command) -> bool {
    let is_admin = |group: &str| matches!(group, "sudo" | "wheel" | "admin");
    let is_list = |list: &str| list.split(',').any(is_admin);
    let is_groups_flag =
        |word: &Word| word.shown().starts_with('-') && word.shown().ends_with('G') || word.is("--groups");
    let by_flag = || {
        command.arguments().windows(2).any(|pair| {
            let [flag, value] = pair else { return false };
            is_groups_flag(flag) && value.known().is_some_and(is_list)
        })
    };
    let by_name = |operands: &[&Word]| operands.last().and_then(|word| word.known()).is_some_and(is_admin);
    match command.program() {
        Some("usermod" | "useradd") => by_flag(),
        Some("adduser" | "addgroup") => by_flag() || command.operands().len() == 2 && by_name(&command.operands()),
        Some("gpasswd") => command.has_any_flag("-a --add") && by_name(&command.operands()),
        _ => false,
    }
}
