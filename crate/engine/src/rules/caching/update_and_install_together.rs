//! `apt-get update` in one `RUN` and the install in another.

use crate::document::{RunScript, Use};
use crate::fix::{Applicability, append, front_of, join_runs, privilege, stops_at_errors, unless_for_score};
use crate::image::OsFamily;
use crate::packages::{
    Manager, clears_cache, install, manager, may_be_used_behind, may_install_unseen, reads_index, refreshes_index,
    spoken, use_of_index,
};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "update-and-install-together",
    category: Category::Caching,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[cis("4.7")],
    cases: &[
        Case::new("update-alone").codes(&[
            trivy("DS-0017"),
            checkov("CKV_DOCKER_5"),
            kics("Update Instruction Alone"),
            dockle("CIS-DI-0007"),
            droast("DF028"),
            dockerfilelint("apt-get-update_require_install"),
        ]),
        Case::new("install-alone").codes(&[parfum("aptGetUpdatePrecedesInstall")]),
    ],
    supersedes: &[],
    title: "Package index and install in different steps",
    summary: "Run the package index update and the install in the same RUN.",
    why: "
The builder keeps the result of every `RUN` and takes it again as long as its text stays the same. An `apt-get update` of its own never
changes, so that its index is as old as the cache. Add a package to the `RUN` below it some weeks later and apt looks for versions that the
mirrors deleted long ago: the build ends in `404 Not Found`, or installs what has known holes.

In one `RUN` the two are run anew together, and the index is always as fresh as the install.
",
    leave_it_when: "The base image brings an index of its own, on purpose.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#apt-get",
        "https://docs.docker.com/build/cache/invalidation/",
        "https://avd.aquasec.com/misconfig/ds-0017",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    fix_changes: &[Change::Layers, Change::Freshness, Change::UnusedFiles],
    examples: &[
        fixed(
            "FROM debian:13-slim\nRUN «apt-get update»\nRUN apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("update-alone"),
        fixed(
            "FROM debian:13-slim\r\nRUN «apt-get -y update»\r\n\r\n# What the server needs\r\nRUN apt-get install -y \\\r\n  curl \\\r\n  jq\r\nRUN apt-get install -y git\r\n",
            "FROM debian:13-slim\r\n# What the server needs\r\nRUN apt-get -y update \\\r\n  && apt-get install -y \\\r\n  curl \\\r\n  jq \\\r\n  && apt-get install -y git\r\n",
        )
        .case("update-alone"),
        fixed(
            "FROM debian:13-slim\nRUN «apt-get update»\nENV LANG=C.UTF-8\nRUN DEBIAN_FRONTEND=noninteractive apt-get install -y curl\n",
            "FROM debian:13-slim\nENV LANG=C.UTF-8\nRUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y curl\n",
        )
        .case("update-alone"),
        fixed(
            "FROM debian:13 AS build\nRUN echo deb https://example.org/apt stable main > /etc/apt/sources.list.d/x.list && «apt-get update»\nRUN apt-get install -y x\n",
            "FROM debian:13 AS build\nRUN echo deb https://example.org/apt stable main > /etc/apt/sources.list.d/x.list && apt-get update \\\n    && apt-get install -y x\n",
        )
        .case("update-alone"),
        // One script, one style: that of the first.
        fixed(
            "FROM debian:13-slim\nRUN a && \\\n  «apt-get update»\nRUN apt-get install -y curl \\\n    && b \\\n    && c\n",
            "FROM debian:13-slim\nRUN a && \\\n  apt-get update && \\\n  apt-get install -y curl && \\\n    b && \\\n    c\n",
        )
        .case("update-alone"),
        fixed(
            "FROM debian:13-slim\nRUN a \\\n  && «apt-get update»\nRUN apt-get install -y curl && \\\n    b && \\\n    c '&& \\\n  d'\n",
            "FROM debian:13-slim\nRUN a \\\n  && apt-get update \\\n  && apt-get install -y curl \\\n    && b \\\n    && c '&& \\\n  d'\n",
        )
        .case("update-alone"),
        fixed("FROM alpine:3.23\nRUN «apk update»\nRUN apk add curl\n", "FROM alpine:3.23\nRUN apk update \\\n    && apk add curl\n")
            .case("update-alone"),
        fixed(
            "FROM opensuse/leap:16.0\nRUN «zypper ref»\nRUN zypper -n in curl\n",
            "FROM opensuse/leap:16.0\nRUN zypper ref \\\n    && zypper -n in curl\n",
        )
        .case("update-alone"),
        // Nothing is installed, or with an index of its own.
        reviewed("FROM debian:13-slim\nRUN «apt-get update»\nCMD [\"bash\"]\n", "FROM debian:13-slim\nCMD [\"bash\"]\n")
            .case("update-alone"),
        reviewed(
            "FROM debian:13-slim\nRUN «apt-get update»\nRUN apt-get update && apt-get install -y curl\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\n",
        )
        .case("update-alone"),
        fixed("FROM debian:13-slim\nRUN «apt-get -o Acquire::Check-Valid-Until=false update»\nENV A=1\nRUN apt-get install -y curl\n", "FROM debian:13-slim\nENV A=1\nRUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y curl\n").case("update-alone"),
        fixed("FROM debian:13-slim\nRUN «apt-get update» --allow-releaseinfo-change\nENV A=1\nRUN apt-get install -y curl\n", "FROM debian:13-slim\nENV A=1\nRUN apt-get update --allow-releaseinfo-change && apt-get install -y curl\n").case("update-alone"),
        // What stands around the update would be lost, or hold for the install as well.
        flagged("FROM debian:13-slim\nRUN http_proxy=http://proxy:3128 «apt-get update»\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» > /dev/null\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN --network=host «apt-get update»\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN --mount=type=bind,source=sources,target=/etc/apt/sources.list.d «apt-get update»\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN «apt-get update» $OPTIONS\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-c\"]\nRUN [[ -f /x ]] && «apt-get update»\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN \\\n# for curl\n    «apt-get update»\nENV A=1\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN «apt-get update»\nENV A=1\nRUN retry 60 apt-get install -y curl && apt-get install -y jq\n").case("update-alone"),
        fixed("FROM debian:13-slim\nRUN «apt-get update»\nENV A=1\nRUN apt-get install -y ./app.deb && apt-get install -y jq\n", "FROM debian:13-slim\nENV A=1\nRUN apt-get update && apt-get install -y ./app.deb && apt-get install -y jq\n").case("update-alone"),
        // Another index, or another way to it.
        reviewed("FROM debian:13-slim\nRUN «apt-get update»\nCOPY docker.list /etc/apt/sources.list.d/\nRUN apt-get install -y curl\n", "FROM debian:13-slim\nCOPY docker.list /etc/apt/sources.list.d/\nRUN apt-get update && apt-get install -y curl\n").case("update-alone"),
        reviewed("FROM debian:13-slim\nRUN «apt-get update»\nENV http_proxy=http://proxy:3128\nRUN apt-get install -y curl\n", "FROM debian:13-slim\nENV http_proxy=http://proxy:3128\nRUN apt-get update && apt-get install -y curl\n").case("update-alone"),
        // What stands between may use the index.
        flagged("FROM debian:13-slim\nRUN «apt-get update»\nRUN ./prepare.sh\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim AS base\nRUN «apt-get update»\nFROM base\nRUN apt-get install -y curl\n").case("update-alone"),
        flagged("FROM debian:13-slim\nRUN [«\"apt-get\", \"update\"»]\nRUN [\"apt-get\", \"install\", \"-y\", \"curl\"]\n").case("update-alone"),
        fixed(
            "FROM debian:13-slim\nRUN «apt-get install» -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("install-alone"),
        fixed(
            "FROM python:3.13-slim\nRUN useradd app \\\n  && «apt-get install» -y \\\n    libpq5\n",
            "FROM python:3.13-slim\nRUN useradd app \\\n  && apt-get update && apt-get install -y \\\n    libpq5 \\\n  && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("install-alone"),
        // Whose lists were deleted again.
        fixed(
            "FROM ubuntu:26.04\nRUN apt-get update && apt-get install -y sudo && rm -rf /var/lib/apt/lists/*\nRUN set -e; sudo «apt-get install» -y jq; jq --version\n",
            "FROM ubuntu:26.04\nRUN apt-get update && apt-get install -y sudo && rm -rf /var/lib/apt/lists/*\nRUN set -e; sudo apt-get update; sudo apt-get install -y jq; sudo rm -rf /var/lib/apt/lists/*; jq --version\n",
        )
        .case("install-alone"),
        reviewed(
            "FROM nvidia/cuda:13.0.1-base-ubuntu24.04\nRUN «apt-get install» -y jq\n",
            "FROM nvidia/cuda:13.0.1-base-ubuntu24.04\nRUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("install-alone"),
        // Whether the group stops at errors depends on what stands around it.
        flagged("FROM debian:13-slim\nRUN set -e; { «apt-get install» -y curl; }; touch /done\n").case("install-alone"),
        flagged("FROM debian:13-slim\nRUN set -e; test -f /x && «apt-get install» -y curl; touch /done\n").case("install-alone"),
        fixed("FROM debian:13-slim\nRUN set -e; «apt-get install» -y curl; retry 60 apt-get install -y jq\n", "FROM debian:13-slim\nRUN set -e; apt-get update; apt-get install -y curl; retry 60 apt-get install -y jq\n").case("install-alone"),
        flagged("FROM debian:13-slim\nRUN yes | «apt-get install» jq\n").case("install-alone"),
        clean("FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends curl=8.14.* \\\n    && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get upgrade -y\nRUN apt-get install -y curl\n"),
        clean("FROM debian:13-slim AS base\nRUN apt-get update && apt-get install -y curl\nFROM base\nRUN apt-get install -y git\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && ./install.sh\nRUN apt-get update && npx playwright install --with-deps\n"),
        // The script that comes through the pipe fetches the index.
        clean("FROM debian:13\nRUN curl -fsSL https://deb.example.org/setup_24.x | bash - && apt-get install -y nodejs\n"),
        clean("FROM ubuntu:26.04\nRUN add-apt-repository ppa:x/y && apt-get install -y z\n"),
        clean("FROM debian:13-slim\nCOPY app.deb /tmp/\nRUN apt-get install -y /tmp/app.deb && apt-get install -f -y\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=bind,from=lists,source=/lists,target=/var/lib/apt/lists apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && retry 60 apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nRUN apt-get install --no-download -y curl\n"),
        // What an unknown base holds nobody knows.
        clean("FROM registry.example.com/team/base:4\nRUN apt-get install -y curl\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache curl\n"),
        // These fetch a fresh index by themselves, and `update` is an upgrade.
        clean("FROM fedora:43\nRUN dnf update -y\nRUN dnf install -y curl\n"),
        clean("FROM archlinux:base\nRUN pacman -Syu --noconfirm\nRUN pacman -S --noconfirm git\n"),
        fixed("FROM debian:13-slim\nRUN upd() { «apt-get update» || sleep 5; }; upd\nRUN apt-get install -y curl\n", "FROM debian:13-slim\nRUN (upd() { apt-get update || sleep 5; }; upd) \\\n    && apt-get install -y curl\n").case("update-alone"),
        clean("FROM debian:13-slim\nRUN inst() { apt-get install -y \"$@\"; }; apt-get update && inst less\n"),
        clean("FROM debian:13-slim\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, has_index: &mut bool| {
        if step.is_run() {
            update_alone(document, step, report);
            install_alone(document, step, *has_index, report);
            *has_index = leaves_index(step, *has_index);
        } else {
            *has_index |= step.copy().is_some_and(|copy| copy.destination.text.starts_with("/var/lib/apt"));
        }
    });
}

/// Whether apt's index may be there after a step.
fn leaves_index(step: &Step<'_>, before: bool) -> bool {
    step.commands().fold(before || !step.is_readable(), |is_there, command| {
        if clears_cache(command, Manager::Apt) {
            false
        } else {
            is_there || refreshes_index(command) == Some(Manager::Apt) || may_install_unseen(command)
        }
    })
}

fn is_mounted(step: &Step<'_>, of: Manager) -> bool {
    let is_bound = |directory: &str| {
        step.mounts.iter().filter_map(|mount| mount.target.as_deref()).any(|target| directory.starts_with(target))
    };
    words_of(of.download_directories()).any(|directory| step.is_mounted(directory) || is_bound(directory))
}

fn update_alone(document: &Document<'_>, step: &Step<'_>, report: &mut Reporter<'_>) {
    let commands: Vec<&Command> = step.commands().into_list();
    let Some((at, of)) =
        commands.iter().enumerate().rev().find_map(|(at, command)| Some((at, refreshes_index(command)?)))
    else {
        return;
    };
    let (until, after) = commands.split_at(at + 1);
    let uses = |command: &&Command| {
        may_install_unseen(command)
            || (manager(command) == Some(of) && !clears_cache(command, of) && !removes_only(command))
    };
    // A function is called behind the place where it stands.
    let calls = |command: &&Command| command.context.in_function && refreshes_index(command).is_none() && uses(command);
    let is_used = after.iter().any(uses) || until.iter().any(calls);
    let Some(update) = until.last().filter(|_| !is_used && !is_mounted(step, of)) else {
        return;
    };
    let Some((range, call)) = spoken(update) else { return };
    let next = next_use(document, step, of);
    let message = match next {
        NextUse::None | NextUse::Renewed => format!("`{call}` fetches an index from which nothing is installed"),
        NextUse::Install(_) => format!("`{call}` is cached apart from the install that needs its index"),
        NextUse::Unclear => format!("`{call}` is cached apart from whatever installs from its index"),
    };
    let finding = report.at("update-alone", range, message);
    let is_alone = commands.len() == 1;
    if !step.is_trigger
        && let Some((applicability, title, edits)) =
            unless_for_score(document, || mend(document, step, update, of, &next, is_alone))
    {
        finding.fix(applicability, title, edits);
    }
}

/// Brings an update to what is installed from its index, or takes it away: how sure that is, what it does, and how. Behind a door.
#[inline(never)]
fn mend(
    document: &Document<'_>,
    step: &Step<'_>,
    update: &Command,
    of: Manager,
    next: &NextUse<'_, '_>,
    is_alone: bool,
) -> Option<(Applicability, &'static str, Vec<Edit>)> {
    match next {
        NextUse::Install(install) if install.index == step.index + 1 => {
            if !step.has_same_flags(install) {
                return None;
            }
            let mut edits = join_runs(document, step, install)?;
            join_installs_behind(document, install, of, &mut edits);
            edits.extend(comments_above(document, step, install));
            Some((Safe, "Join the update and what is installed in one RUN", edits))
        }
        NextUse::Install(install) if is_alone => {
            if !step.has_same_flags(install) {
                return None;
            }
            let text = movable(step, update)?;
            let front = in_front_of_install(document, install, of, &text)?;
            // What is said of it would stay behind.
            let above = document.stage_of(step).and_then(|stage| stage.steps.get(step.index.checked_sub(1)?));
            let is_said = above.map_or(document.has_comment_above(step.outer), |above| {
                document.has_comment_between(above.outer, step.outer)
            });
            let between = document.stage_of(step).and_then(|stage| stage.steps.get(step.index + 1..install.index));
            let changes_sources = between.is_none_or(|steps| steps.iter().any(|it| may_change_sources(document, it)));
            let applicability = if is_said || changes_sources { Review } else { Safe };
            Some((applicability, "Move the update to the install", vec![take_away(step), front]))
        }
        NextUse::None | NextUse::Renewed if is_alone && step.instruction.comments.is_empty() => {
            Some((Review, "Remove the update, if nothing needs its index", vec![take_away(step)]))
        }
        _ => None,
    }
}

/// Whether an update reads another index, or reads it another way, behind a step than before it.
fn may_change_sources(document: &Document<'_>, step: &Step<'_>) -> bool {
    let text = document.slice(step.outer.range).to_ascii_lowercase();
    text.contains_any("/etc proxy sources.list apt.conf .repo")
        || step.whole_context().is_some()
        || step.copy().is_some_and(|copy| copy.destination.text == "/")
}

/// The edits that take what is said between two steps above the first: it is said of what the two do.
fn comments_above(document: &Document<'_>, first: &Step<'_>, second: &Step<'_>) -> Vec<Edit> {
    let between = document.file.lines_in(TextRange::new(first.outer.lines.end(), second.outer.lines.start()));
    let comments = between.filter(|(_, line)| line.trim_start().starts_with('#') && line.ends_with('\n'));
    comments.flat_map(|(range, line)| [insert(first.outer.lines.start(), line), delete(range)]).into_list()
}

/// Joins the RUNs right behind an install that install as well and do nothing else: they would go on using the index of the cached layer.
fn join_installs_behind(document: &Document<'_>, install: &Step<'_>, of: Manager, edits: &mut Vec<Edit>) {
    let Some(stage) = document.stage_of(install) else { return };
    let mut before = install;
    for step in stage.steps.iter().skip(install.index + 1) {
        // Only between single chains do the edits of two pairs keep out of each other's way.
        let is_one_chain = |step: &Step<'_>| step.scripts.iter().all(|run| run.script.is_one_chain());
        let are_plain = step.is_run() && step.has_same_flags(before) && is_one_chain(before) && is_one_chain(step);
        if !are_plain || !installs_only(step, of) || document.has_comment_between(before.outer, step.outer) {
            return;
        }
        match join_runs(document, before, step) {
            Some(joint) if !joint.iter().any(|edit| edit.text.starts_with('(')) => edits.extend(joint),
            _ => return,
        }
        before = step;
    }
}

/// Whether a step installs, and does nothing but that and cleaning up behind it.
fn installs_only(step: &Step<'_>, of: Manager) -> bool {
    let installs = |command: &Command| install(command).is_some_and(|install| install.manager == of);
    let belongs = |command: &Command| installs(command) || clears_cache(command, of) || removes_only(command);
    step.commands().any(installs) && step.commands().all(belongs)
}

fn removes_only(command: &Command) -> bool {
    crate::packages::removes(command).is_some() || command.starts_with("clean") || command.starts_with("autoclean")
}

/// What becomes of the index that a step fetches.
enum NextUse<'d, 'a> {
    /// A step of the same stage installs from it.
    Install(&'d Step<'a>),
    /// The next step that needs an index fetches its own.
    Renewed,
    /// Nothing is installed.
    None,
    /// It may be used where this cannot be seen, or in another stage.
    Unclear,
}

fn next_use<'d, 'a>(document: &'d Document<'a>, step: &Step<'_>, of: Manager) -> NextUse<'d, 'a> {
    let Some(stage) = document.stage(step.stage) else { return NextUse::Unclear };
    for next in stage.own_steps().filter(|next| next.index > step.index) {
        match use_of_index(document, next, of) {
            Use::Needs => return NextUse::Install(next),
            Use::Renews => return NextUse::Renewed,
            Use::MayNeed => return NextUse::Unclear,
            Use::Ignores => {}
        }
    }
    let has_children = document.stages().iter().any(|child| child.parent == Some(stage.index));
    if has_children { NextUse::Unclear } else { NextUse::None }
}

fn take_away(step: &Step<'_>) -> Edit {
    delete(step.instruction.lines)
}

/// The text of an update that is all that its step does and means the same in another step.
fn movable(step: &Step<'_>, update: &Command) -> Option<String> {
    let [run] = &step.scripts[..] else { return None };
    let chain = run.script.chain_of(update)?;
    let is_all = chain.is_top_level() && chain.links == 1 && run.script.is_one_chain();
    let is_plain = update.assignments.is_empty()
        && update.redirects.is_empty()
        && update.wrappers.iter().all(|wrapper| wrapper.program() == Some("sudo") && wrapper.words.len() == 1)
        && update.words.iter().all(|word| word.known().is_some() && !word.is_glob && !word.raw.contains('\n'))
        && front_of(run, update).is_some();
    let has_comments = run.script.has_comments || !step.instruction.comments.is_empty();
    let words = || update.words.iter().map(|word| word.raw.as_str()).into_list().join(" ");
    (is_all && is_plain && !has_comments && step.instruction.heredocs.is_empty()).then(words)
}

/// The edit that puts an update before the first command of a step that needs the index.
fn in_front_of_install(document: &Document<'_>, step: &Step<'_>, of: Manager, update: &str) -> Option<Edit> {
    let run = step.scripts.first()?;
    let command = run.script.commands.iter().find(|command| reads_index(command, of) || may_install_unseen(command))?;
    // What runs it may do so as another user.
    manager(command)?;
    update_before(document, step, run, command, update)
}

fn update_before(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    command: &Command,
    update: &str,
) -> Option<Edit> {
    let chain = run.script.chain_of(command)?;
    // Under `set -e` a failure on the left of `&&` would go unnoticed.
    let is_statement = !run.script.ends_with_chain_of(command) && stops_at_errors(document, step, run, command);
    let is_first = chain.range.is_some_and(|range| range.start() == command.range.start());
    if is_statement && !(chain.is_top_level() && is_first) {
        return None;
    }
    let joint = if is_statement { "; " } else { " && " };
    Some(insert(front_of(run, command)?, format!("{}{update}{joint}", privilege(command)?)))
}

fn install_alone(document: &Document<'_>, step: &Step<'_>, has_index: bool, report: &mut Reporter<'_>) {
    if has_index || is_mounted(step, Manager::Apt) || !is_debian(document, step) {
        return;
    }
    for run in &step.scripts {
        for command in &run.script.commands {
            if refreshes_index(command) == Some(Manager::Apt) || may_install_unseen(command) {
                return;
            }
            if !installs_from_index(command) {
                continue;
            }
            let Some((range, call)) = spoken(command) else { return };
            let finding = report.at(
                "install-alone",
                range,
                format!("`{call}` finds no package index: no update stands before it in this RUN"),
            );
            if let Some(edits) = unless_for_score(document, || update_first(document, step, run, command)) {
                let applicability = if is_official(document, step) { Safe } else { Review };
                let title = match applicability {
                    Safe => "Update the index before installing",
                    Review => "Update the index before installing, unless the base image brings one",
                };
                finding.fix(applicability, title, edits);
            }
            return;
        }
    }
}

/// Updates the index before an install, and takes it away behind the last one. Behind a door.
#[inline(never)]
fn update_first(document: &Document<'_>, step: &Step<'_>, run: &RunScript, install: &Command) -> Option<Vec<Edit>> {
    let program = install.program().unwrap_or_default();
    let front = update_before(document, step, run, install, &format!("{program} update"))?;
    let is_cleared = run.script.commands.iter().any(|command| clears_cache(command, Manager::Apt));
    let last = run.script.commands.iter().rfind(|command| manager(command) == Some(Manager::Apt));
    let clean_up = last
        .filter(|_| !is_cleared)
        .and_then(|last| append(document, step, run, last, "rm -rf /var/lib/apt/lists/*"))
        .filter(|edit| !may_be_used_behind(&run.script, edit.range.start(), Manager::Apt));
    Some([front].into_iter().chain(clean_up).into_list())
}

/// Whether a command installs at least one package by a name that can be read.
fn installs_from_index(command: &Command) -> bool {
    const FLAGS: &str = "--no-download --simulate -s --dry-run --print-uris --download-only";
    let is_named = |word: &&crate::shell::Word| word.known().is_some() && !word.shown().contains('/') && !word.is_glob;
    install(command).is_some_and(|install| {
        install.manager == Manager::Apt && !install.is_local() && install.packages.iter().any(is_named)
    }) && !command.has_any_flag(FLAGS)
}

fn is_debian(document: &Document<'_>, step: &Step<'_>) -> bool {
    document.os_family_at(step) == Some(OsFamily::Debian)
}

/// Whether the base is of Docker's library, where no image has an index.
fn is_official(document: &Document<'_>, step: &Step<'_>) -> bool {
    document.base_image_at(step).is_some_and(|image| !image.repository.contains('/'))
}
