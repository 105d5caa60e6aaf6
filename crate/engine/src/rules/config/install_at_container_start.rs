//! Software that is installed, updated or built when the container starts.

use crate::packages::{BuildKind, build, install, language_install, manifest_install, refreshes_index, upgrades};
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "install-at-container-start",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Installing or building when the container starts",
    summary: "The container installs, updates or builds software when it starts.",
    why: "
An image is meant to be finished. What is left to the start is done again by every container and at every restart, it fails when a registry is
down, and it gives two replicas different versions of the program. It also needs network, build tools and a writable file system in
production.

Do it in a `RUN`, where it is done once, tested, and the same everywhere.
",
    leave_it_when: "The image is for development, where code is mounted into the container.",
    references: &["https://docs.docker.com/build/building/best-practices/", "https://12factor.net/build-release-run"],
    fix_changes: &[],
    examples: &[
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD «npm install» && node server.js\n"),
        flagged("FROM node:24-slim\nCMD [«\"npm\", \"ci\"»]\n"),
        flagged("FROM golang:1.26\nCOPY . .\nCMD [«\"go\", \"run\", \"main.go\"»]\n"),
        flagged("FROM debian:13\nCMD «apt-get update» && «apt-get upgrade -y» && exec app\n"),
        flagged("FROM debian:13\nENTRYPOINT [\"sh\", \"-c\", \"«git pull» && exec app\"]\n"),
        flagged("FROM python:3.14-slim\nCMD «pip install -r requirements.txt» && python main.py\n"),
        flagged("FROM node:24\nCMD [«\"npm\", \"run\", \"build\"»]\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD [\"node\", \"server.js\"]\n"),
        clean("FROM node:24-slim\nCOPY . .\nRUN npm ci\nCMD [\"npm\", \"start\"]\n"),
        clean("FROM python:3.14-slim\nCMD alembic upgrade head && exec gunicorn app\n"),
        clean("FROM node:24-slim AS dev\nCMD npm install && npm run dev\n"),
        clean("FROM alpine:3.23\nCMD [\"echo\", \"npm install\"]\n"),
        // What the start of an earlier stage would do does not matter.
        clean("FROM node:24 AS build\nCMD npm install\nFROM node:24-slim\nCMD [\"node\", \"server.js\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    for step in [document.entrypoint(stage), document.cmd(stage)].into_iter().flatten() {
        for command in step.all_commands() {
            if let Some(what) = work_for_a_build(command) {
                let place = command.words_range();
                let text = document.slice(place);
                report.here(place, format!("every container {what} when it starts: `{}`", shown(text)));
            }
        }
    }
}

/// What a command does that belongs into a build, in words that follow "every container".
fn work_for_a_build(command: &Command) -> Option<&'static str> {
    if install(command).is_some() || language_install(command).is_some() || manifest_install(command).is_some() {
        return Some("installs software");
    }
    if refreshes_index(command).is_some() || upgrades(command).is_some() {
        return Some("updates packages");
    }
    if command.is_one_of("git") && (command.starts_with("clone") || command.starts_with("pull")) {
        return Some("fetches source code");
    }
    let is_script_build =
        command.is_one_of("npm yarn pnpm bun") && (command.starts_with("run build") || command.starts_with("build"));
    let runs_from_source = command.is_one_of("go cargo") && command.starts_with("run")
        || command.is_one_of("dotnet") && (command.starts_with("run") || command.starts_with("watch"));
    let is_build = build(command).is_some_and(|kind| !matches!(kind, BuildKind::Frontend)) || is_script_build;
    (is_build || runs_from_source).then_some("builds the program")
}

fn shown(text: &str) -> String {
    text.replace(['"', ','], "").split_whitespace().take(4).into_list().join(" ")
}
