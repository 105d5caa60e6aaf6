//! Neighbours that could be one layer.

use crate::document::{ScriptForm, is_whole_source};
use crate::fix::{join_copies, join_runs, may_replace_called};
use crate::packages::{
    Manager, build, clears_cache, install, language_install, manager, manifest_install, only_cleans, refreshes_index,
    spoken, upgrades,
};
use crate::path::{last_part, looks_like_file};
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{CopyArguments, Source};

/// Longer scripts look as if they were kept apart on purpose.
const MOST_COMMANDS: usize = 2;

pub const RULE: Rule = Rule {
    id: "combine-adjacent-instructions",
    category: Category::Layers,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("run").codes(&[
            hadolint("DL3059"),
            kics("Multiple RUN, ADD, COPY, Instructions Listed"),
            droast("DF003"),
        ]),
        // Other tools count up to one command in each.
        Case::new("run-pair").codes(&[
            kics("Multiple RUN, ADD, COPY, Instructions Listed"),
            droast("DF003"),
        ]),
        Case::new("run-builder").codes(&[hadolint("DL3059")]).off(),
        Case::new("copy"),
        Case::new("installs").codes(&[parfum("ruleMoreThanOneInstall")]),
    ],
    supersedes: &[],
    title: "Neighbours that could share a layer",
    summary: "Neighbouring instructions of the same kind can share one layer.",
    why: "
Every `RUN`, `COPY` and `ADD` adds a layer. A later layer can hide what an earlier one holds, and it cannot remove it: a file whose owner is
changed in the next `RUN` is stored twice. So steps that belong together are better one.

Steps that change at different times, such as dependencies and source, are better apart: each is then rebuilt only when it has to be. In a
builder stage the number of layers does not matter at all.
",
    leave_it_when: "One of the two changes often and the other is slow: apart, the cache saves the slow one.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#run",
        "https://docs.docker.com/build/cache/optimize/",
        "https://github.com/hadolint/hadolint/wiki/DL3059",
        "https://docs.kics.io/latest/queries/dockerfile-queries/",
    ],
    fix_changes: &[Change::Layers, Change::Redundant],
    examples: &[
        flagged("FROM debian:13-slim\nRUN cd /srv\n«RUN» chown nobody data\n").case("run"),
        fixed(
            "FROM debian:13-slim\nRUN mkdir -p /srv/data\n«RUN» chown nobody /srv/data\n",
            "FROM debian:13-slim\nRUN mkdir -p /srv/data \\\n    && chown nobody /srv/data\n",
        )
        .case("run"),
        // Somebody set it apart with a comment.
        reviewed(
            "FROM debian:13-slim\nRUN mkdir /srv/a \\\n && touch /srv/a/b\n\n# for the group\n«RUN» chgrp adm /srv/a\nUSER 1000\n",
            "FROM debian:13-slim\nRUN mkdir /srv/a \\\n && touch /srv/a/b \\\n# for the group\n && chgrp adm /srv/a\nUSER 1000\n",
        )
        .case("run-pair"),
        // Between the two, nothing needs to be cleaned.
        fixed(
            "FROM fedora:43\nRUN dnf -y upgrade && dnf clean all\n«RUN» dnf -y install nginx && dnf clean all\n",
            "FROM fedora:43\nRUN dnf -y upgrade \\\n    && dnf -y install nginx && dnf clean all\n",
        )
        .case("run-pair"),
        // The file's own lines tell how far another one is indented, unless they may be lines of a text.
        fixed(
            "FROM debian:13-slim\nRUN mkdir /a \\\n\t&& touch /a/b\nWORKDIR /a\nRUN mkdir c\n«RUN» mkdir d\n",
            "FROM debian:13-slim\nRUN mkdir /a \\\n\t&& touch /a/b\nWORKDIR /a\nRUN mkdir c \\\n\t&& mkdir d\n",
        )
        .case("run"),
        fixed(
            "FROM debian:13-slim\nRUN printf 'a\\n\\\nb' > /a\n«RUN» mkdir /b\n",
            "FROM debian:13-slim\nRUN printf 'a\\n\\\nb' > /a \\\n    && mkdir /b\n",
        )
        .case("run"),
        // An author would hardly write such braces.
        reviewed(
            "FROM fedora:43\nRUN dnf -y upgrade && dnf clean all\n«RUN» dnf -y install nginx; dnf clean all\n",
            "FROM fedora:43\nRUN dnf -y upgrade && dnf clean all \\\n    && { dnf -y install nginx; dnf clean all; }\n",
        )
        .case("run-pair"),
        // What the first does to the shell stays with it.
        fixed(
            "FROM debian:13-slim\r\nRUN cd /srv && make\r\n  «run» rm -rf /tmp/build\r\n",
            "FROM debian:13-slim\r\nRUN (cd /srv && make) \\\r\n    && rm -rf /tmp/build\r\n",
        )
        .case("run-pair"),
        reviewed(
            "FROM debian:13-slim\nRUN id app || useradd app\n«RUN» chown app /srv; ls /srv;\n",
            "FROM debian:13-slim\nRUN { id app || useradd app; } \\\n    && { chown app /srv; ls /srv; }\n",
        )
        .case("run-pair"),
        fixed(
            "FROM debian:13-slim\nRUN cp -a a b;\n«RUN» mkdir /c;\n",
            "FROM debian:13-slim\nRUN cp -a a b \\\n    && mkdir /c\n",
        )
        .case("run"),
        reviewed(
            "FROM debian:13-slim\nRUN mkdir /a\n\n# ===== The server =====\n\n«RUN» mkdir /b\n",
            "FROM debian:13-slim\nRUN mkdir /a \\\n# ===== The server =====\n    && mkdir /b\n",
        )
        .case("run"),
        fixed(
            "FROM rockylinux:9\nRUN yum -y install epel-release && yum clean all\n«RUN» yum -y install make && yum clean all\n",
            "FROM rockylinux:9\nRUN yum -y install epel-release \\\n    && yum -y install make && yum clean all\n",
        )
        .case("run-pair"),
        fixed(
            "# escape=`\nFROM debian:13-slim\nRUN --network=none mkdir /a\n«RUN» --network=none mkdir /b && `\n  touch /b/c\n",
            "# escape=`\nFROM debian:13-slim\nRUN --network=none mkdir /a && `\n  mkdir /b && `\n  touch /b/c\n",
        )
        .case("run-pair"),
        fixed(
            "FROM debian:13-slim\nRUN --mount=type=cache,target=/a --network=none mkdir /b\n«RUN» --network=none --mount=type=cache,target=/a mkdir /c\n",
            "FROM debian:13-slim\nRUN --mount=type=cache,target=/a --network=none mkdir /b \\\n    && mkdir /c\n",
        )
        .case("run"),
        // What the first writes there is gone for the second, and would not be any more.
        flagged("FROM debian:13-slim\nRUN --mount=type=tmpfs,target=/a mkdir /a/b\n«RUN» --mount=type=tmpfs,target=/a mkdir /a/b /c\n").case("run"),
        flagged("FROM debian:13-slim\nRUN --mount=type=bind,target=/a,rw mkdir /a/b\n«RUN» --mount=type=bind,target=/a,rw mkdir /a/b /c\n").case("run"),
        // Loops, functions and expansions may name something that the second would see.
        fixed(
            "FROM debian:13-slim\nRUN for p in a b; do touch /srv/$p; done\n«RUN» echo ${p:-none}\n",
            "FROM debian:13-slim\nRUN (for p in a b; do touch /srv/$p; done) \\\n    && echo ${p:-none}\n",
        )
        .case("run"),
        fixed(
            "FROM debian:13-slim\nRUN make ${A:=b}\n«RUN» echo ${A:-c}\n",
            "FROM debian:13-slim\nRUN (make ${A:=b}) \\\n    && echo ${A:-c}\n",
        )
        .case("run"),
        fixed(
            "FROM debian:13-slim\nRUN : ${A:=b} && make\n«RUN» echo ${A:-c}\n",
            "FROM debian:13-slim\nRUN (: ${A:=b} && make) \\\n    && echo ${A:-c}\n",
        )
        .case("run-pair"),
        fixed(
            "FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN ls | sort\n«RUN» touch /b\n",
            "FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN ls | sort \\\n    && touch /b\n",
        )
        .case("run-pair"),
        // Left of `&&` no loop and no group would stop at an error.
        flagged("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN for p in a b; do install $p; done\n«RUN» touch /c\n").case("run"),
        flagged("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-o\", \"errexit\", \"-c\"]\nRUN (a; b)\n«RUN» touch /c\n").case("run-pair"),
        flagged("FROM debian:13-slim\nSHELL [\"/bin/sh\", \"-ec\"]\nRUN { a; b; }\n«RUN» touch /c\n").case("run-pair"),
        flagged("FROM debian:13-slim\nRUN (set -e; make)\n«RUN» touch /c\n").case("run-pair"),
        // What is started would still run when it is started again.
        flagged("FROM debian:13-slim\nRUN pg_ctl start -w && psql -f a.sql\n«RUN» pg_ctl start -w && psql -f b.sql\n").case("run-pair"),
        flagged("FROM debian:13-slim\nRUN redis-server --daemonize yes && ./fill a\n«RUN» ./fill b\n").case("run-pair"),
        flagged("FROM debian:13-slim\nRUN service mysql start && mysql -f a.sql\n«RUN» mysql -f b.sql\n").case("run-pair"),
        flagged("FROM debian:13-slim\nRUN su postgres -c 'pg_ctl start -w'\n«RUN» psql -f b.sql\n").case("run"),
        flagged("FROM debian:13-slim\nRUN /etc/init.d/mysql start\n«RUN» mysql -f b.sql\n").case("run"),
        // The shell has found the old pip and goes on calling it.
        reviewed(
            "FROM debian:13-slim\nRUN pip3 install --upgrade pip\n«RUN» pip3 install numpy\n",
            "FROM debian:13-slim\nRUN pip3 install --upgrade pip \\\n    && pip3 install numpy\n",
        )
        .case("run"),
        reviewed(
            "FROM debian:13-slim\nRUN npm install -g npm@11\n«RUN» npm config set fund false\n",
            "FROM debian:13-slim\nRUN npm install -g npm@11 \\\n    && npm config set fund false\n",
        )
        .case("run"),
        fixed(
            "FROM debian:13-slim\nRUN pip3 install wheel\n«RUN» pip3 install numpy\n",
            "FROM debian:13-slim\nRUN pip3 install wheel \\\n    && pip3 install numpy\n",
        )
        .case("run"),
        // Each is slow and may change on its own.
        reviewed(
            "FROM debian:13-slim\nRUN apt-get install -y python3-pip\n«RUN» pip install numpy\n",
            "FROM debian:13-slim\nRUN apt-get install -y python3-pip \\\n    && pip install numpy\n",
        )
        .case("run"),
        // A login shell reads what the first may have written; a comment of the shell would swallow the second.
        flagged("FROM debian:13-slim\nSHELL [\"bash\", \"-lc\"]\nRUN echo 'export A=1' >> ~/.profile\n«RUN» env\n").case("run"),
        flagged("FROM mambaorg/micromamba:2.3\nARG MAMBA_DOCKERFILE_ACTIVATE=1\nRUN micromamba install -y gxx\n«RUN» $CXX --version\n").case("run"),
        flagged("FROM debian:13-slim\nRUN mkdir /a # the data\n«RUN» mkdir /b\n").case("run"),
        flagged("FROM debian:13-slim\nRUN mkdir /a &\n«RUN» mkdir /b\n").case("run"),
        flagged("FROM debian:13-slim\nRUN mkdir /a\n# RUN mkdir /c\n«RUN» mkdir /b\n").case("run"),
        fixed(
            "FROM debian:13-slim\nRUN conda activate a\n«RUN» pip list\n",
            "FROM debian:13-slim\nRUN (conda activate a) \\\n    && pip list\n",
        )
        .case("run"),
        flagged("FROM debian:13-slim\nRUN mkdir /a\n# hadolint ignore=SC2035\n«RUN» rm *.x\n").case("run"),
        fixed(
            "FROM debian:13-slim\nCOPY a.conf /etc/app/\n«COPY» b.conf c.conf /etc/app/\n\n# certificates\nCOPY ca.pem /etc/app/\nUSER 1000\n",
            "FROM debian:13-slim\nCOPY a.conf b.conf c.conf /etc/app/\n\n# certificates\nCOPY ca.pem /etc/app/\nUSER 1000\n",
        )
        .case("copy"),
        reviewed(
            "FROM golang:1.26 AS build\nFROM debian:13-slim\nCOPY --from=build --chmod=755 /out/a .\n«COPY» --from=build --chmod=755 /out/b .\n",
            "FROM golang:1.26 AS build\nFROM debian:13-slim\nCOPY --from=build --chmod=755 /out/a /out/b ./\n",
        )
        .case("copy"),
        fixed(
            "FROM debian:13-slim\nCOPY settings/production/application-server.toml /etc/app/\n«COPY» settings/production/application-queue.toml /etc/app/\nCOPY settings/production/application-cache.toml /etc/app/\n",
            "FROM debian:13-slim\nCOPY settings/production/application-server.toml \\\n     settings/production/application-queue.toml \\\n     settings/production/application-cache.toml \\\n     /etc/app/\n",
        )
        .case("copy"),
        flagged("FROM debian:13-slim\nCOPY [\"a b.txt\", \"/srv/\"]\n«COPY» c.txt /srv/\n").case("copy"),
        flagged(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl git && rm -rf /var/lib/apt/lists/*\nENV LANG=C.UTF-8\nRUN apt-get update && «apt-get install» -y jq && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("installs"),
        // No shell that `&&` is known of: a tag that nobody knows, a platform, what stands beside the escape character.
        clean("# escape=`\nARG TAG\nFROM mcr.microsoft.com/windows/servercore:${TAG}\nRUN setx /M PATH \"%PATH%;C:\\tools\"\nRUN tool.exe --version\n"),
        clean("FROM --platform=windows/amd64 registry.example.com/app\nRUN setx A b\nRUN tool.exe\n"),
        clean("# escape=`\nFROM registry.example.com/app:1\nRUN setx A b\nRUN tool.exe\n"),
        clean("FROM debian:13-slim\nRUN mkdir -p /srv/data \\\n    && chown nobody /srv/data\n"),
        // Kept apart for the cache.
        clean("FROM node:24\nCOPY package.json ./\nRUN corepack enable\nRUN npm ci\nCOPY . .\nRUN npm run build\n"),
        clean("FROM python:3.13-slim\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nRUN playwright install\n"),
        // To be kept apart: the install belongs before the source.
        clean("FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n"),
        clean("FROM debian:13-slim\nCOPY . .\nRUN apt-get install -y jq\nRUN ./setup\n"),
        clean("FROM debian:13-slim\nCOPY . .\nRUN ./setup\nRUN apt-get install -y jq\n"),
        fixed(
            "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\n«RUN» npm cache clean --force\n",
            "FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci \\\n    && npm cache clean --force\n",
        )
        .case("run"),
        clean("FROM debian:13-slim\nRUN a && b && c\nRUN d\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=cache,target=/root/.cache a\nRUN b\nRUN [\"c\"]\nRUN d\nRUN <<EOF\ne\nEOF\nRUN f\n"),
        clean("FROM debian:13-slim\nRUN a\nENV B=1\nRUN c\nONBUILD RUN d\nONBUILD RUN e\n"),
        // Joined, the second would run in the old shell.
        clean("FROM debian:13-slim\nRUN ln -sf /bin/bash /bin/sh\nRUN source /etc/profile\n"),
        clean("FROM debian:13-slim\nWORKDIR /bin\nRUN ln -sf bash sh\nRUN source /etc/profile\n"),
        flagged("FROM debian:13 AS build\nRUN a\n«RUN» b\n«RUN» c\nFROM debian:13-slim\nCOPY --from=build /x /x\n").case("run-builder"),
        flagged("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nSHELL [\"cmd\", \"/S\", \"/C\"]\nRUN powershell -Command \"a; b\"\n«RUN» powershell -Command \"c; d\"\n").case("run-builder"),
        clean("FROM debian:13 AS build\nRUN a\nRUN b\nFROM debian:13-slim\nCOPY --from=build /x /x\n"),
        clean("FROM debian:13-slim\nCOPY a.txt /a/\nCOPY b.txt /b/\nCOPY c.txt /c\nCOPY d.txt /c\n"),
        clean("FROM debian:13-slim\nCOPY --chown=1 a.txt /a/\nCOPY b.txt /a/\nCOPY . /a/\nCOPY ./ /a/\nCOPY <<E /b/\nE\nCOPY c /b/\n"),
        clean("FROM debian:13-slim\nCOPY a.txt /srv/\nCOPY a.txt /srv/\n"),
        clean(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl gpg && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSo /etc/apt/keyrings/x.gpg https://example.org/key && apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n",
        ),
        clean(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl git && rm -rf /var/lib/apt/lists/*\nARG MORE=jq\nRUN apt-get update && apt-get install -y $MORE && rm -rf /var/lib/apt/lists/*\nCOPY x /etc/apt/sources.list.d/\nRUN apt-get update && apt-get install -y x && rm -rf /var/lib/apt/lists/*\n",
        ),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        runs_in_a_row(document, stage, report);
    }
    for stage in document.shipped_stages() {
        for copies in copies_in_a_row(document, &stage.steps) {
            let [_, second, ..] = &copies[..] else { continue };
            let Some(destination) = second.copy().map(|copy| &copy.destination.text) else { continue };
            let message = format!("{} COPYs in a row bring files to `{destination}`: one is enough", copies.len());
            let finding = report.at("copy", second.instruction.keyword.range, message);
            if let Some(edits) = join_copies(document, &copies) {
                // What folders hold may be much, and the one that seldom changes may stand first on purpose.
                let is_small = copies.iter().all(|step| step.copy().is_some_and(brings_files));
                let (applicability, title) = if is_small {
                    (Safe, "Copy all of it with one COPY")
                } else {
                    (Review, "Copy all of it with one COPY, so that a change of any brings all of it anew")
                };
                finding.fix(applicability, title, edits);
            }
        }
        second_install(stage, report);
    }
}

fn runs_in_a_row(document: &Document<'_>, stage: &Stage<'_>, report: &mut Reporter<'_>) {
    let mut before: Option<&Step<'_>> = None;
    // The last RUN that hadolint says nothing of, with which it compares the next one.
    let mut partner: Option<&Step<'_>> = None;
    let mut is_source_there = false;
    for step in &stage.steps {
        let is_run = step.is_run() && !step.is_trigger;
        let are_single = is_run && partner.is_some_and(|first| are_single(first, step));
        is_source_there |= step.whole_context().is_some();
        let first = before.filter(|first| stage.is_shipped() && !(is_source_there && is_split_to_be(first, step)));
        match first.and_then(|first| Some((first, short_neighbours(first, step)?))) {
            Some((first, about)) => {
                let case = if are_single { "run" } else { "run-pair" };
                let finding = report.at(case, step.instruction.keyword.range, run_message(about.0, about.1));
                // What a person meant to last by `RUN cd` is to be seen, and not to be hidden in a longer line.
                let is_lost = [first, step].into_iter().any(only_changes_shell);
                if let Some(edits) = join_runs(document, first, step).filter(|_| !is_lost) {
                    let (applicability, title) = join_title(document, first, step);
                    finding.fix(applicability, title, edits);
                }
            }
            None if are_single => {
                report.at(
                    "run-builder",
                    step.instruction.keyword.range,
                    "This RUN can share the layer of the one above it",
                );
            }
            None => {}
        }
        before = Some(step);
        if !are_single {
            partner = is_run.then_some(step);
        }
    }
}

fn only_changes_shell(step: &Step<'_>) -> bool {
    const STATE: &str = "alias cd export pushd shopt typeset ulimit umask unalias unset";
    step.commands().all(|command| command.words.is_empty() || command.is_one_of(STATE))
}

/// Whether each of two `RUN`s holds one command at most, as hadolint counts them, and both have the same flags.
fn are_single(first: &Step<'_>, second: &Step<'_>) -> bool {
    first.has_same_flags(second) && is_single(first) && is_single(second)
}

fn is_single(step: &Step<'_>) -> bool {
    match &step.instruction.arguments {
        // Of what another shell reads, nobody here sees the commands.
        Arguments::Run(layerwise_syntax::Command::Shell(text)) if step.scripts.is_empty() => {
            text.text.split('"').step_by(2).all(|unquoted| !unquoted.contains([';', '&', '|']))
        }
        _ => !step.is_readable() || step.commands().filter(|command| !command.is_one_of("[ [[")).count() <= 1,
    }
}

/// How sure it is that two `RUN`s may be joined, and what to say.
fn join_title(
    document: &Document<'_>,
    first: &Step<'_>,
    second: &Step<'_>,
) -> (crate::fix::Applicability, &'static str) {
    if first.scripts.iter().any(|run| may_replace_called(&run.script)) {
        (Review, "Join it to the RUN above, whose shell may go on calling the program that it replaces")
    } else if are_slow_apart(first, second) || makes_accounts(second) && first.commands().any(is_slow) {
        (Review, "Join it to the RUN above, so that a change of either runs both anew")
    } else if has_list(first) || has_list(second) {
        (Review, "Join it to the RUN above, in braces")
    } else if document.has_comment_between(first.outer, second.outer) {
        // Somebody says something about it: then it was set apart on purpose.
        (Review, "Join it to the RUN above, with the comment between them inside")
    } else {
        (Safe, "Join it to the RUN above")
    }
}

/// Whether a script is more than one chain of `&&`, so that it would need braces.
fn has_list(step: &Step<'_>) -> bool {
    step.scripts.iter().any(|run| !run.script.is_one_chain() && run.script.chains.len() > 1)
}

/// Whether a step only makes accounts, which are the same whatever is built.
fn makes_accounts(step: &Step<'_>) -> bool {
    step.commands().all(|command| command.is_one_of("useradd adduser groupadd addgroup"))
}

/// The first command of each of two `RUN`s in a row that could be one.
fn short_neighbours<'s>(first: &'s Step<'_>, second: &'s Step<'_>) -> Option<(&'s Command, &'s Command)> {
    let (before, after) = (short_commands(first)?, short_commands(second)?);
    // A deliberate split for the cache; a lone update, of which another rule speaks; a shell that the second is written for.
    let installs = |commands: &[Command]| commands.iter().any(|command| manifest_install(command).is_some());
    let is_split = installs(after) || installs(before) && !after.iter().all(only_cleans);
    let is_update = |commands: &[Command]| commands.iter().all(|command| refreshes_index(command).is_some());
    let is_pair = first.has_same_flags(second)
        && !is_split
        && !is_update(before)
        && !is_update(after)
        && !before.iter().any(may_replace_shell);
    Some((spokesman(before)?, spokesman(after)?)).filter(|_| is_pair)
}

/// Whether only one of two `RUN`s behind the whole source installs: it could go before the source, where it would seldom run, and joined it
/// could not.
fn is_split_to_be(first: &Step<'_>, second: &Step<'_>) -> bool {
    let installs = |step: &Step<'_>| {
        step.commands().any(|command| install(command).is_some() || language_install(command).is_some())
    };
    installs(first) != installs(second) && !second.commands().all(only_cleans)
}

/// The command that a script is about, as against those that lead to it.
fn spokesman(commands: &[Command]) -> Option<&Command> {
    const LEADING: &str = "[ test cd set export . source : true";
    let leads = |command: &&Command| command.is_one_of(LEADING) || command.context.in_substitution;
    commands.iter().find(|command| !leads(command)).or(commands.first())
}

/// Whether a command may put another shell in the place of `sh`.
fn may_replace_shell(command: &Command) -> bool {
    let puts_files = command.is_one_of("ln mv cp install");
    command.words.iter().map(|word| word.shown()).any(|word| {
        word == "dash" || word == "/bin/sh" || word == "/usr/bin/sh" || puts_files && last_part(word) == "sh"
    })
}

/// Whether both download or build something, each with tools of its own: then the cache may be worth a layer.
fn are_slow_apart(first: &Step<'_>, second: &Step<'_>) -> bool {
    fn slow<'s>(step: &'s Step<'_>) -> Vec<&'s str> {
        step.commands().filter(|command| is_slow(command)).filter_map(Command::program).into_list()
    }
    let (before, after) = (slow(first), slow(second));
    !before.is_empty() && !after.is_empty() && !after.iter().any(|program| before.contains(program))
}

fn is_slow(command: &Command) -> bool {
    install(command).is_some()
        || upgrades(command).is_some()
        || language_install(command).is_some()
        || manifest_install(command).is_some()
        || build(command).is_some()
        || command.is_one_of("curl wget git make")
}

/// The commands of a `RUN` that holds few, written after the keyword.
fn short_commands<'s>(step: &'s Step<'_>) -> Option<&'s [Command]> {
    let [run] = &step.scripts[..] else { return None };
    let commands = &run.script.commands;
    let is_short =
        step.is_run() && !step.is_trigger && step.instruction.heredocs.is_empty() && commands.len() <= MOST_COMMANDS;
    (is_short && run.form == ScriptForm::Inline).then_some(commands)
}

fn run_message(before: &Command, after: &Command) -> String {
    match (before.program(), after.program()) {
        (Some(before), Some(after)) if before != after => {
            format!("`{after}` can share the layer of `{before}` above it")
        }
        (_, Some(after)) => format!("This `{after}` can share the layer of the RUN above it"),
        _ => "This RUN can share the layer of the one above it".to_owned(),
    }
}

/// The groups of `COPY`s in a row that one could do.
fn copies_in_a_row<'s, 'a>(document: &Document<'a>, steps: &'s [Step<'a>]) -> Vec<Vec<&'s Step<'a>>> {
    let mut groups: Vec<Vec<&Step<'a>>> = Vec::new();
    let mut brought: HashSet<&str> = HashSet::new();
    for step in steps {
        let sources: Vec<&str> = step
            .copy()
            .into_iter()
            .flat_map(|copy| &copy.sources)
            .map(|source| source.word().text.as_str())
            .into_list();
        let is_new = !sources.iter().any(|source| brought.contains(source));
        match groups.last_mut() {
            Some(group)
                if is_new
                    && !document.has_comment_above(step.outer)
                    && group.first().is_some_and(|first| goes_with(step, first)) =>
            {
                group.push(step)
            }
            _ => {
                brought.clear();
                groups.push(if is_plain_copy(step) { vec![step] } else { Vec::new() });
            }
        }
        brought.extend(sources);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Whether every source is a file, by its name.
fn brings_files(copy: &CopyArguments) -> bool {
    copy.sources.iter().all(|source| looks_like_file(&source.word().text))
}

fn is_plain_copy(step: &Step<'_>) -> bool {
    let is_narrow =
        |source: &Source| matches!(source, Source::Path(word) if !is_whole_source(&word.text) && word.text != "/");
    step.kind() == InstructionKind::Copy
        && !step.is_trigger
        && step.copy().is_some_and(|copy| {
            let destination = &copy.destination.text;
            (destination.ends_with('/') || destination == ".") && copy.sources.iter().all(is_narrow)
        })
}

fn goes_with(step: &Step<'_>, first: &Step<'_>) -> bool {
    let destination = |step: &Step<'_>| step.copy().map(|copy| copy.destination.text.clone());
    is_plain_copy(step) && step.has_same_flags(first) && destination(step) == destination(first)
}

/// A second `RUN` that does nothing but install, where nothing stands between the two that it waits for.
fn second_install(stage: &Stage<'_>, report: &mut Reporter<'_>) {
    let mut before: Option<(&Step<'_>, Manager)> = None;
    let mut set_between: Vec<&str> = Vec::new();
    for step in stage.own_steps() {
        match &step.instruction.arguments {
            Arguments::Run(_) => {
                let Some((install, manager)) = only_installs(step) else {
                    before = None;
                    continue;
                };
                let goes_with = before.filter(|(first, of)| {
                    *of == manager
                        && first.has_same_flags(step)
                        && !is_next(first, step)
                        && !install.variables().any(|name| set_between.contains(&name))
                });
                if let (Some(_), Some((range, call))) = (goes_with, spoken(install)) {
                    report.at("installs", range, format!("a second `{call}` in this stage makes a second layer"));
                    return;
                }
                before = Some((step, manager));
                set_between.clear();
            }
            Arguments::Copy(_) | Arguments::Add(_) | Arguments::User(_) | Arguments::Shell(_) => before = None,
            Arguments::Env(values) => set_between.extend(values.pairs.iter().map(|pair| pair.key.text.as_str())),
            Arguments::Arg(names) => set_between.extend(names.iter().map(|name| name.name.text.as_str())),
            _ => {}
        }
    }
}

/// Whether a step follows another and both are short, of which the case `run` speaks.
fn is_next(first: &Step<'_>, step: &Step<'_>) -> bool {
    step.index == first.index + 1 && short_neighbours(first, step).is_some()
}

/// The install of a `RUN` that holds only commands of one package manager and what cleans up behind it.
fn only_installs<'s>(step: &'s Step<'_>) -> Option<(&'s Command, Manager)> {
    let (command, of) = step.commands().find_map(|command| Some((command, install(command)?.manager)))?;
    let belongs =
        |command: &Command| manager(command) == Some(of) || clears_cache(command, of) || command.is_one_of("rm set");
    step.commands().all(belongs).then_some((command, of))
}
