//! Packages of the operating system without a version.

use crate::packages::{Install, Manager, Pin, install, package_pin};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::wording::{is_or_are, listed};
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "pin-os-packages",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("apt").codes(&[
            hadolint("DL3008"),
            kics("Apt Get Install Pin Version Not Defined"),
            droast("DF005"),
        ]),
        Case::new("apk").codes(&[
            hadolint("DL3018"),
            kics("Unpinned Package Version in Apk Add"),
            droast("DF052"),
        ]),
        Case::new("yum").codes(&[hadolint("DL3033"), kics("Yum install Without Version")]),
        Case::new("dnf").codes(&[hadolint("DL3041"), kics("Missing Version Specification In dnf install")]),
        Case::new("zypper").codes(&[hadolint("DL3037"), kics("Zypper Install Without Version")]),
        Case::new("rolling")
            .codes(&[
                hadolint("DL3008"),
                hadolint("DL3018"),
                hadolint("DL3033"),
                hadolint("DL3041"),
                hadolint("DL3037"),
            ])
            .off(),
    ],
    supersedes: &[],
    title: "Packages without a version",
    summary: "Name the version of OS packages, so that a rebuild installs the same thing.",
    why: "
Without a version the same Dockerfile installs whatever is current on the day. Two builds of one commit may differ, and when one of them breaks
nothing in the repository tells why.

A version has its price: mirrors drop old packages, Alpine's most quickly, and then the build stops until somebody moves the number. On Debian
`curl=8.14.*` is a good middle way: it takes fixes and no new features. To find what is there, ask `apt-cache policy curl`, `apk policy curl` or
`dnf list curl`.
",
    leave_it_when: "A dated base image, or a snapshot of the archive, already decides which versions there are; or no bot moves the numbers for you.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#apt-get",
        "https://github.com/hadolint/hadolint/wiki/DL3008",
        "https://github.com/hadolint/hadolint/wiki/DL3018",
        "https://github.com/hadolint/hadolint/wiki/DL3033",
        "https://github.com/hadolint/hadolint/wiki/DL3037",
        "https://github.com/hadolint/hadolint/wiki/DL3041",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends «curl» && rm -rf /var/lib/apt/lists/*\n").case("apt"),
        // One finding for a RUN and manager.
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y jq=1.7.* «git» && apt install -y make\n").case("apt"),
        flagged("FROM alpine:3.23\nRUN apk add --no-cache -t .deps «gcc» curl~8\n").case("apk"),
        flagged("FROM rockylinux:9\nRUN yum install -y «gcc-c++» nginx-1.28.0\n").case("yum"),
        flagged("FROM fedora:43\nRUN dnf module install -y «nodejs»\n").case("dnf"),
        flagged("FROM opensuse/leap:16.0\nRUN zypper -n in «curl»\n").case("zypper"),
        flagged("FROM debian:13-slim\nARG PACKAGES\nRUN apt-get update && apt-get install -y «ca-certificates» $PACKAGES\n").case("rolling"),
        flagged("FROM debian:13-slim AS test\nRUN apt-get update && apt-get install -y «curl»\n").case("rolling"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y -t trixie-backports git/trixie-backports ./app.deb ca-certificates tzdata\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache --virtual .deps 'gcc>14' make~4 app.apk && apk del curl\n"),
        clean("FROM rockylinux:9\nARG NGINX=1.28\nRUN yum install -y nginx-$NGINX java-21-openjdk-headless @core https://example.org/a.rpm\n"),
        clean("FROM fedora:43\nRUN dnf group install -y 'Development Tools' && dnf module install -y nodejs:22\n"),
        clean("FROM debian:13-slim\nRUN apt-get build-dep -y nginx && apt-get remove -y curl\n"),
    ],
    check,
};

/// What a `RUN` installs without a version, by manager.
struct Found<'a> {
    manager: Manager,
    code: &'static str,
    open: Vec<&'a Word>,
    unsure: Vec<&'a Word>,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let mut all: Vec<Found<'_>> = Vec::new();
        for command in step.commands() {
            let Some(install) = install(command).filter(|install| installs_by_name(command, install)) else { continue };
            let at = all.iter().position(|found| found.manager == install.manager).unwrap_or_else(|| {
                all.push(Found { manager: install.manager, code: "", open: Vec::new(), unsure: Vec::new() });
                all.len() - 1
            });
            let Some(found) = all.get_mut(at) else { continue };
            for word in &install.packages {
                match package_pin(document, step, &install, word) {
                    Pin::Open => found.open.push(word),
                    Pin::Unsure => found.unsure.push(word),
                    Pin::Named | Pin::Moving => continue,
                }
                if found.code.is_empty() {
                    found.code = code_of(command);
                }
            }
        }
        let is_dev = document.stage_of(step).is_some_and(|stage| stage.is_dev);
        for found in all {
            tell(&found, is_dev, report);
        }
    }
}

fn tell(found: &Found<'_>, is_dev: bool, report: &mut Reporter<'_>) {
    let case = match found.manager {
        _ if is_dev || found.open.is_empty() => "rolling",
        Manager::Apt => "apt",
        Manager::Apk => "apk",
        Manager::Yum => "yum",
        Manager::Zypper => "zypper",
        _ => "dnf",
    };
    let words = if found.open.is_empty() { &found.unsure } else { &found.open };
    let Some(first) = words.first() else { return };
    let names: Vec<&str> = words.iter().map(|word| word.shown()).into_list();
    let message = format!("{} {} installed without a version", listed(&names), is_or_are(names.len()));
    report.at(case, first.range, message).seen_by(Tool::Hadolint, found.code);
}

/// Whether a command installs packages by their names: Arch has one version of each, and a group has none.
fn installs_by_name(command: &Command, install: &Install<'_>) -> bool {
    install.manager != Manager::Pacman && install.verb.is_one_of("install in add") && !command.starts_with("group")
}

/// What hadolint calls it, for the programs that it knows.
fn code_of(command: &Command) -> &'static str {
    match command.program() {
        Some("apt-get") => "DL3008",
        Some("apk") => "DL3018",
        Some("yum") => "DL3033",
        Some("dnf" | "microdnf") if !command.starts_with("in") => "DL3041",
        Some("zypper") => "DL3037",
        _ => "",
    }
}
