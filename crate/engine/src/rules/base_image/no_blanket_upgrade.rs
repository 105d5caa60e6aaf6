//! Upgrading everything that the base image holds.

use crate::document::NeededLater;
use crate::fix::{drop_last_link, drop_link};
use crate::packages::{
    Manager, blanket_upgrade, clears_cache, index_needed_later, install, manager, may_install_unseen, reads_index,
    refreshes_index, spoken,
};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::{Listed, words_of};

pub const RULE: Rule = Rule {
    id: "no-blanket-upgrade",
    category: Category::BaseImage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[
        trivy("DS-0024"),
        kics("Run Using Upgrade Commands"),
        kics("Run Using dnf Update"),
        kics("Use of Apk Upgrade"),
        kics("Yum Update Enabled"),
        kics("Run Using Zypper Update"),
        dockle("DKL-DI-0003"),
        semgrep("avoid-apt-get-upgrade"),
        semgrep("avoid-apk-upgrade"),
        semgrep("avoid-dnf-update"),
        semgrep("avoid-yum-update"),
        semgrep("avoid-zypper-update"),
        droast("DF044"),
        dockerfilelint("apt-get-upgrade"),
        dockerfilelint("apt-get-dist-upgrade"),
    ],
    cases: &[
        Case::new("release-upgrade").severity(Severity::Warning).codes(&[
            hadolint("DL3005"),
            hadolint("DL3031"),
            hadolint("DL3039"),
        ]),
        Case::new("upgrade-other"),
        // The one of these that hadolint still reports.
        Case::new("release-upgrade-zypper").severity(Severity::Warning).codes(&[hadolint("DL3035")]),
        Case::new("upgrade").codes(&[
            hadolint("DL3005"),
            hadolint("DL3017"),
            hadolint("DL3031"),
            hadolint("DL3039"),
        ]),
    ],
    supersedes: &[],
    title: "Everything is upgraded during the build",
    summary: "Take security updates from a newer base image, not by upgrading every package during the build.",
    why: "
An upgrade looks like care and works by chance. What it installs differs from day to day, and the builder caches the step: after the first
build its text is the same, so it does not run again until something above it changes. Every package that it touches is stored a second
time, on top of the old one that stays in the layer below.

The base image is where updates come from. Name a newer release in `FROM`, build with `docker build --pull`, and the same fixes arrive
for every build alike, and smaller. A single package that cannot wait may be upgraded by its name.
",
    leave_it_when: "You close a known hole before the base image is rebuilt, and run the step anew each time (`--no-cache`).",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
        "https://github.com/hadolint/hadolint/wiki/DL3035",
        "https://avd.aquasec.com/misconfig/ds-0024",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update \\\n    && «apt-get dist-upgrade» -y \\\n    && apt-get install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("release-upgrade"),
        clean(
            "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
        ),
        // What is left would fetch an index for nothing.
        reviewed(
            "FROM ubuntu:26.04\nRUN apt-get update && DEBIAN_FRONTEND=noninteractive «apt-get upgrade» -y && apt-get autoremove -y && rm -rf /var/lib/apt/lists/*\nCMD [\"bash\"]\n",
            "FROM ubuntu:26.04\nCMD [\"bash\"]\n",
        )
        .case("upgrade"),
        reviewed(
            "FROM rockylinux:9\nRUN dnf install -y curl \\\n  && «dnf update» -y\n",
            "FROM rockylinux:9\nRUN dnf install -y curl\n",
        )
        .case("upgrade"),
        reviewed(
            "FROM rockylinux:9\nRUN <<EOF\nset -e\n«yum -y update»\nyum -y install curl\nEOF\n",
            "FROM rockylinux:9\nRUN <<EOF\nset -e\nyum -y install curl\nEOF\n",
        )
        .case("upgrade"),
        reviewed(
            "FROM alpine:3.23\nRUN «apk upgrade» --no-cache; apk add --no-cache curl\n",
            "FROM alpine:3.23\nRUN apk add --no-cache curl\n",
        )
        .case("upgrade"),
        reviewed("FROM opensuse/leap:16.0\nRUN «zypper -n dup»\n", "FROM opensuse/leap:16.0\n").case("release-upgrade-zypper"),
        // The upgrade brings the index from which the rest installs.
        flagged("FROM alpine:3.23\nRUN «apk -U upgrade» && apk add curl\n").case("upgrade"),
        flagged("FROM debian:13-slim\nRUN apt-get update && «apt-get upgrade» -y\nRUN apt-get install -y curl\n").case("upgrade"),
        flagged("FROM debian:13-slim\nRUN apt-get update && «apt-get upgrade» -y && useradd app\n").case("upgrade"),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl && apt-get update && «apt-get upgrade» -y\n").case("upgrade"),
        reviewed(
            "FROM alpine:3.23\nRUN «apk upgrade» --no-cache \\\n  && apk add -U --no-cache curl\n",
            "FROM alpine:3.23\nRUN apk add -U --no-cache curl\n",
        )
        .case("upgrade"),
        flagged("FROM rockylinux:9\nRUN set -e; \\\n# The newest of all\n    «dnf -y update»; \\\n    dnf -y install curl\n").case("upgrade"),
        // A comment speaks of it; a failure is dealt with.
        flagged("FROM rockylinux:9\n# Close the holes of the week.\nRUN «dnf upgrade» -y\n").case("upgrade"),
        flagged("FROM rockylinux:9\nRUN «dnf upgrade» -y || true\nRUN if test -f /x; then «dnf upgrade» -y; fi\n").case("upgrade"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get upgrade -y openssl && apt-get -s upgrade\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache -u openssl\n"),
        clean("FROM rockylinux:9\nRUN dnf upgrade -y openssl && dnf check-update; dnf makecache\n"),
        clean("FROM debian:13-slim AS dev\nRUN apt-get update && apt-get upgrade -y\n"),
        clean("FROM debian:13-slim\nRUN pip install --upgrade pip && npm update\n"),
        // Arch supports no install without it.
        clean("FROM archlinux:base\nRUN pacman -Syu --noconfirm\nRUN pacman -S --noconfirm git\n"),
        flagged("FROM archlinux:base\nRUN «pacman -Syu» --noconfirm && useradd app\n").case("upgrade-other"),
        // It takes what another repository has.
        flagged("FROM alpine:3.23\nRUN echo https://dl-cdn.alpinelinux.org/alpine/edge/main >> /etc/apk/repositories && «apk upgrade» --no-cache\n").case("upgrade"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let installs_on_arch = document
        .steps()
        .flat_map(Step::commands)
        .any(|command| install(command).is_some_and(|install| install.manager == Manager::Pacman));
    let mut needed = Vec::new();
    for step in document.steps() {
        let is_dev = document.stage_of(step).is_some_and(|stage| stage.is_dev);
        for command in step.commands() {
            let Some(upgrade) = blanket_upgrade(command) else { continue };
            let is_meant = is_dev || upgrade.manager == Manager::Pacman && installs_on_arch;
            if is_meant && !upgrade.may_change_release {
                continue;
            }
            let Some((range, call)) = spoken(command) else { continue };
            let case = match (upgrade.may_change_release, upgrade.manager) {
                (true, Manager::Zypper) => "release-upgrade-zypper",
                (true, _) => "release-upgrade",
                (false, Manager::Zypper | Manager::Pacman) => "upgrade-other",
                (false, _) => "upgrade",
            };
            let what = match (upgrade.may_change_release, upgrade.manager) {
                (true, Manager::Apt) => "may also remove packages or cross to another release",
                (true, _) => "may also remove packages, or take older ones",
                (false, _) => "upgrades whatever the base image holds",
            };
            let finding = report.at(case, range, format!("`{call}` {what}, and gives something else every day"));
            finding.about(upgrade.manager.code_word());
            match upgrade.manager {
                Manager::Apt => finding.seen_by(Tool::Hadolint, "DL3005"),
                Manager::Apk => finding.seen_by(Tool::Hadolint, "DL3017"),
                Manager::Dnf => finding.seen_by(Tool::Hadolint, "DL3039"),
                Manager::Yum => finding.seen_by(Tool::Hadolint, "DL3031"),
                Manager::Zypper | Manager::Pacman => {}
            }
            if let Some(edit) = removal(document, step, command, upgrade.manager, &mut needed) {
                finding.fix(Review, "Remove the upgrade, and take a newer base image for its fixes", [edit]);
            }
        }
    }
}

/// The edit that takes an upgrade out, and the whole `RUN` where the rest is there for nothing else.
fn removal(
    document: &Document<'_>,
    step: &Step<'_>,
    command: &Command,
    of: Manager,
    needed: &mut Vec<(Manager, NeededLater)>,
) -> Option<Edit> {
    let [run] = &step.scripts[..] else { return None };
    // It is to take what another repository has.
    let is_source = |word: &Word| word.shown().contains_any("/etc/apk/repositories /etc/apt/sources yum.repos.d");
    let names_source = |other: &Command| {
        let targets = other.redirects.iter().filter_map(|redirect| redirect.target.as_ref());
        other.words.iter().chain(targets).any(is_source)
    };
    if command.has_any_flag("-t --target-release --default-release") || step.commands().any(names_source) {
        return None;
    }
    let others = || step.commands().filter(|other| blanket_upgrade(other).is_none());
    let brings_index = |command: &Command| {
        let is_fresh = command.has_any_flag("-U --update --update-cache");
        refreshes_index(command) == Some(of) || is_fresh && blanket_upgrade(command).is_some()
    };
    let is_index_left = step.commands().any(brings_index) && !others().any(|other| clears_cache(other, of));
    if step.is_trigger
        || command.context.is_conditional
        || has_comment_above(document, step, command)
        || of == Manager::Pacman
        || is_index_left && is_needed_later(document, step, of, needed)
    {
        return None;
    }
    if others().all(|other| serves_upgrades(other, of)) {
        let is_plain = step.commands().all(|command| !command.context.is_conditional);
        return (is_plain && !document.has_comments(step)).then(|| delete(document.lines_to_go(step.outer)));
    }
    // An index that nothing installs from any more would be left.
    let last_index = step.commands().filter(|other| brings_index(other)).last();
    let uses_index = |other: &Command| {
        let is_behind = last_index.is_none_or(|index| other.range.start() > index.range.start());
        is_behind && (reads_index(other, of) || may_install_unseen(other))
    };
    if brings_index(command) || last_index.is_some() && !others().any(uses_index) {
        return None;
    }
    drop_link(document, &run.script, command).or_else(|| drop_last_link(document, &run.script, command))
}

/// Whether the lines of a step hold a comment right above a command: it would be left speaking of the next one.
fn has_comment_above(document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
    let start = command.range.start();
    let above = step.instruction.comments.iter().rfind(|comment| comment.end() <= start);
    above.is_some_and(|comment| document.slice(TextRange::new(comment.end(), start)).trim().is_empty())
}

/// Whether a command does nothing where there is no upgrade.
fn serves_upgrades(command: &Command, of: Manager) -> bool {
    let is_of = manager(command) == Some(of);
    refreshes_index(command) == Some(of)
        || clears_cache(command, of)
        || command.is_one_of("set")
        || is_of
            && command.operands().len() == 1
            && words_of("clean autoclean autoremove").any(|verb| command.starts_with(verb))
}

/// Whether a later step installs, or may install, from the index that a step leaves.
fn is_needed_later(
    document: &Document<'_>,
    step: &Step<'_>,
    of: Manager,
    known: &mut Vec<(Manager, NeededLater)>,
) -> bool {
    let at = known.iter().position(|(manager, _)| *manager == of).unwrap_or_else(|| {
        known.push((of, index_needed_later(document, of)));
        known.len() - 1
    });
    known.get(at).is_some_and(|(_, needed)| needed.after(step))
}
