//! `COPY` to a path that nobody can tell.

use crate::document::{is_absolute, is_whole_source};
use crate::image::{is_known_root, is_os, workdir_of};
use crate::rules::prelude::*;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{CopyArguments, Source};
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "copy-destination-unclear",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("relative").codes(&[hadolint("DL3045"), droast("DF063")]),
        Case::new("relative-known-base").severity(Severity::Info).codes(&[hadolint("DL3045")]),
        Case::new("relative-scratch").codes(&[hadolint("DL3045")]).off(),
        Case::new("relative-add").codes(&[droast("DF063")]),
        Case::new("root").severity(Severity::Info).codes(&[droast("DF026")]),
    ],
    supersedes: &[],
    title: "Unclear destination",
    summary: "Say where files go: set WORKDIR before a relative destination, and do not copy a project into `/`.",
    why: "
Without `WORKDIR`, `.` means whatever directory the base image chose, and that may be another one in its next version.

Copying a whole project into `/` mixes it with the system's directories: a folder of yours that is called `lib` or `etc` writes into theirs.
",
    leave_it_when: "What is copied is laid out like a root filesystem, or the base image documents its working directory.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#workdir",
        "https://github.com/hadolint/hadolint/wiki/DL3045",
        "https://docs.docker.com/build/building/best-practices/#workdir",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nCOPY app.conf «etc/app.conf»\n",
            "FROM debian:13-slim\nCOPY app.conf /etc/app.conf\n",
        )
        .case("relative"),
        reviewed(
            "FROM node:24-slim\nCOPY package.json «.»\nRUN npm ci\nCOPY . «./»\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm ci\nCOPY . ./\n",
        )
        .case("relative"),
        reviewed("FROM alpine:3.23\nCOPY a «\"app/\"»\n", "FROM alpine:3.23\nCOPY a \"/app/\"\n").case("relative"),
        // Where it lands is counted on.
        reviewed(
            "FROM node:24-slim\nCOPY server.js «.»\nCMD [\"node\", \"/server.js\"]\n",
            "FROM node:24-slim\nCOPY server.js /\nCMD [\"node\", \"/server.js\"]\n",
        )
        .case("relative"),
        flagged("FROM golang:1.26\nCOPY go.mod «.»\n").case("relative-known-base"),
        reviewed("FROM alpine:3.23\nADD app.tgz «opt/»\n", "FROM alpine:3.23\nADD app.tgz /opt/\n").case("relative-add"),
        flagged("FROM scratch\nCOPY app «.»\n").case("relative-scratch"),
        flagged("FROM alpine:3.23\nCOPY . «/»\n").case("root"),
        flagged("FROM alpine:3.23\nWORKDIR /\nCOPY * «./»\n").case("root"),
        clean("FROM debian:13-slim\nCOPY app.conf /etc/app.conf\n"),
        clean("FROM alpine:3.23 AS base\nWORKDIR /app\nFROM base\nCOPY . .\n"),
        clean("FROM alpine:3.23\nWORKDIR app\nCOPY a b\n"),
        clean("ARG DIR\nFROM alpine:3.23\nARG DIR\nCOPY a $DIR/a\n"),
        clean("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCOPY a C:\\\\a\nCOPY b \\\\b\n"),
        clean("FROM alpine:3.23\nONBUILD COPY a b\n"),
        // A root filesystem, a file, another stage, an empty image.
        clean("FROM alpine:3.23\nCOPY rootfs /\nCOPY files/ /\nCOPY run.sh /\n"),
        clean("FROM alpine:3.23 AS build\nRUN make\nFROM alpine:3.23\nCOPY --from=build . /\nFROM scratch\nCOPY . /\n"),
        // What comes after it is looked for at the root, or what it brings, by a variable.
        reviewed(
            "FROM debian:13-slim\nCOPY requirements.txt «.»\nCOPY main.py «./»\nCMD [\"python3\", \"/main.py\"]\n",
            "FROM debian:13-slim\nCOPY requirements.txt /\nCOPY main.py /\nCMD [\"python3\", \"/main.py\"]\n",
        )
        .case("relative"),
        reviewed(
            "FROM debian:13-slim\nENV CONFIG=/prod.json\nCOPY prod.json «.»\n",
            "FROM debian:13-slim\nENV CONFIG=/prod.json\nCOPY prod.json /\n",
        )
        .case("relative"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let at_root = OnceCell::new();
    // Whether a WORKDIR, or a fix that would set one, stands before.
    document.along_chains(|step, state: &mut (bool, bool)| {
        let (has_workdir, gets_workdir) = state;
        if step.kind() == InstructionKind::Workdir && !step.is_trigger {
            *has_workdir = true;
        }
        let Some(copy) = step.copy().filter(|_| !step.is_trigger) else { return };
        // There is nothing but `/` in an image from nothing.
        let is_from_nothing = document.stage_of(step).is_some_and(|stage| *document.chain_base(stage) == Base::Scratch);
        let to = copy.destination.text.trim_matches(['"', '\'']);
        if is_from_nothing {
            if !*has_workdir && step.kind() == InstructionKind::Copy && !is_anchored(document, step, to) {
                report.at("relative-scratch", copy.destination.range, format!("`{to}` starts from `/` here"));
            }
            return;
        }
        let is_here = matches!(to, "." | "./");
        if *has_workdir || is_anchored(document, step, to) {
            let is_root = to == "/" || is_here && step.in_force.workdir.as_deref() == Some("/");
            if is_root && is_broad(document, step, copy) {
                report.at(
                    "root",
                    copy.destination.range,
                    "the whole project lands among the directories of the system",
                );
            }
            return;
        }
        let image = document.base_image_at(step);
        let case = match image.and_then(workdir_of) {
            Some(_) => "relative-known-base",
            None if step.kind() == InstructionKind::Add => "relative-add",
            None => "relative",
        };
        let message = format!("`{to}` starts from a working directory that this file does not set");
        let finding = report.at(case, copy.destination.range, message);
        if case == "relative-known-base" || *gets_workdir {
            return;
        }
        if is_here {
            if !image.is_some_and(is_known_root) {
                return;
            }
            // Somebody looks for it there.
            if is_taken_from_root(document, step, copy, at_root.get_or_init(|| AtRoot::of_stages(document))) {
                let edit = replace(copy.destination.range, "/");
                finding.fix(Review, "Write it as /, where this base image starts", [edit]);
                return;
            }
            *gets_workdir = true;
            let edit = document.line_above(step.outer, "WORKDIR", "/app");
            finding.fix(Review, "Work in /app from here on (commands and paths below must agree)", [edit]);
        } else if image.is_some_and(is_os) {
            let start = copy.destination.range.start();
            let quote = if document.slice(copy.destination.range).starts_with(['"', '\'']) { 1 } else { 0 };
            let edit = insert(start + TextSize::new(quote), "/");
            finding.fix(Review, "Write it from / on, where this base image starts", [edit]);
        }
    });
}

/// So many stages that one is built on are looked at, itself included.
const MOST_PARENTS: usize = 20;

/// So many steps behind a copy are read.
const MOST_LATER: usize = 100;

/// What a stage holds in `/` by what is said of it, for all of its copies.
#[derive(Default)]
struct AtRoot<'d> {
    /// First names of paths from `/` that its commands name, or copies out of it.
    names: HashSet<&'d str>,
    /// Whether something is taken by its name alone, which may be anything that lies there, or copied to `/` outright.
    is_open: bool,
}

impl AtRoot<'_> {
    fn of_stages<'d>(document: &'d Document<'_>) -> Vec<AtRoot<'d>> {
        let mut stages: Vec<AtRoot<'d>> = document.stages().iter().map(|_| AtRoot::default()).into_list();
        for step in document.steps() {
            if let Some(own) = stages.get_mut(step.stage) {
                let words = step.all_commands().flat_map(|command| &command.words);
                own.names.extend(words.filter_map(|word| name_at_root(word.shown())));
                own.is_open |= step.copy().is_some_and(|copy| copy.destination.text == "/");
                if let Arguments::Env(values) = &step.instruction.arguments {
                    own.names.extend(values.pairs.iter().filter_map(|pair| name_at_root(&pair.value.text)));
                }
            }
            let Some(copy) = step.copy() else { continue };
            // What lies there may have come from the stages that it is built on.
            let with_parents = |from| document.chain(from).into_iter().rev().take(MOST_PARENTS);
            for from in document.stages_taken_from(step).flat_map(with_parents) {
                let Some(taken) = stages.get_mut(from.index) else { continue };
                let sources = || copy.sources.iter().map(|source| source.word().text.as_str());
                taken.names.extend(sources().filter_map(name_at_root));
                taken.is_open |= sources().any(|source| !source.contains('/'));
            }
        }
        stages
    }
}

/// The first name of a path from `/`.
fn name_at_root(path: &str) -> Option<&str> {
    path.trim_start_matches("./").strip_prefix('/')?.split('/').next()
}

/// Whether something names what is copied as lying in `/`: a command of the stage, or a copy out of it.
fn is_taken_from_root(document: &Document<'_>, step: &Step<'_>, copy: &CopyArguments, stages: &[AtRoot<'_>]) -> bool {
    let stage_steps = document.stage_of(step).map(|stage| stage.steps.as_slice()).unwrap_or_default();
    // A WORKDIR would move all that follow as well.
    let is_relative = |copy: &&CopyArguments| !copy.destination.text.starts_with(['/', '$']);
    let following = stage_steps.iter().skip(step.index + 1).take(MOST_LATER).filter_map(Step::copy).filter(is_relative);
    let sources = copy.sources.iter().chain(following.flat_map(|copy| &copy.sources));
    let names: Vec<&str> = sources.map(|source| crate::path::name(&source.word().text)).into_list();
    let is_all = names.contains(&".");
    let is_said = |stage: &AtRoot<'_>| {
        stage.is_open || is_all && !stage.names.is_empty() || names.iter().any(|name| stage.names.contains(name))
    };
    // Also in assignments, and in what substitutions read.
    let is_read = |text: &str| {
        let is_apart =
            |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '=' | '`' | '(' | ')' | ';' | ',');
        text.split(is_apart).filter_map(name_at_root).any(|name| is_all || names.contains(&name))
    };
    let mut later = stage_steps.iter().skip(step.index + 1).take(MOST_LATER);
    stages.get(step.stage).is_some_and(is_said)
        || later.any(|it| it.is_run() && is_read(document.slice(it.outer.range)))
}

/// Whether a destination says itself where it is.
fn is_anchored(document: &Document<'_>, step: &Step<'_>, to: &str) -> bool {
    let is_windows = document.stage_of(step).is_some_and(|stage| stage.is_windows);
    to.starts_with('$') || to.is_empty() || is_absolute(to, is_windows)
}

/// Whether everything is copied from the context into an image that holds something.
fn is_broad(document: &Document<'_>, step: &Step<'_>, copy: &CopyArguments) -> bool {
    let is_all = |source: &Source| is_whole_source(&source.word().text);
    let is_empty = document.stage_of(step).is_none_or(|stage| *document.chain_base(stage) == Base::Scratch);
    step.instruction.flag("from").is_none() && !is_empty && copy.sources.iter().any(is_all)
}
