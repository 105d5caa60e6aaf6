//! Wrappers as a container's first process.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "package-manager-as-main-process",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "A wrapper is the main process",
    summary: "Start the program itself, and not the package manager or task runner that starts it.",
    why: "
The wrapper becomes process 1 and your program its child. It takes memory, hides the exit code, and does not pass signals on reliably: then
`docker stop` waits ten seconds and kills both.

What it runs stands in `package.json`, the `Makefile` or the like. Write that in `CMD`.
",
    leave_it_when: "An init such as `docker run --init` stands in front, and the wrapper sets up what the program needs.",
    references: &[
        "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd",
        "https://docs.docker.com/reference/cli/docker/container/run/#init",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD [«\"npm\", \"start\"»]\n"),
        flagged("FROM node:24-slim\nCMD «yarn start»\n"),
        flagged("FROM python:3.13-slim\nENTRYPOINT [«\"poetry\", \"run\", \"shop\"»]\n"),
        flagged("FROM maven:3.9\nCMD exec «mvn spring-boot:run»\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n"),
        // These hand themselves over, or an init stands in front.
        clean("FROM ruby:3.4-slim\nCMD [\"bundle\", \"exec\", \"puma\"]\n"),
        clean("FROM python:3.13-slim\nCMD [\"uv\", \"run\", \"serve\"]\n"),
        clean("FROM node:24-slim\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"npm\", \"start\"]\n"),
        clean("FROM node:24-slim\nENTRYPOINT [\"/start.sh\"]\nCMD [\"npm\", \"start\"]\n"),
        // A tool that is to be given arguments, and what other rules speak of.
        clean("FROM maven:3.9\nENTRYPOINT [\"mvn\"]\n"),
        clean("FROM node:24-slim\nCMD [\"npm\", \"run\", \"dev\"]\n"),
        clean("FROM node:24-slim\nCMD npm install && npm start\n"),
        clean("FROM node:24-slim AS dev\nCMD [\"npm\", \"start\"]\n"),
    ],
    check,
};

const WRAPPERS: &str = "npm yarn pnpm bun pipenv poetry make foreman mvn gradle gradlew";

/// Words with which a wrapper does something else than start the program, or something that another rule speaks of.
const OTHERS: &str = "install ci i add build test dev start:dev serve watch --version --help help audit";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some((_, command)) = document.main_process(stage).filter(|_| !document.starts_with_init(stage)) else { return };
    let Some(program) = command.program().filter(|program| program.is_one_of(WRAPPERS)) else { return };
    if command.words.len() < 2 || command.words.iter().any(|word| word.shown().is_one_of(OTHERS)) {
        return;
    }
    report.here(command.words_range(), format!("`{program}` is the main process, and your program its child"));
}
