//! Small settings that a language needs in production.

use crate::packages::{install, package_name};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "runtime-environment-defaults",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("node"),
        Case::new("python").codes(&[droast("DF032")]),
        Case::new("python-pyc").codes(&[droast("DF032")]).off(),
        Case::new("jemalloc").codes(&[tally("tally/ruby/jemalloc-installed-but-not-preloaded")]),
        Case::new("opcache").codes(&[tally("tally/php/enable-opcache-in-production")]).off(),
    ],
    supersedes: &[],
    title: "Setting for production that is missing",
    summary: "Set what the language needs in production, such as NODE_ENV or PYTHONUNBUFFERED.",
    why: "
Without `NODE_ENV=production` many libraries of Node stay verbose and keep nothing in memory. Without `PYTHONUNBUFFERED` Python holds lines back
that no terminal reads, and the last words before a crash are lost.
",
    leave_it_when: "Whoever starts the container sets it, or the program flushes what it writes.",
    references: &["https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [«\"python\"», \"/app.py\"]\n",
            "FROM python:3.13-slim\nCOPY app.py /app.py\nENV PYTHONUNBUFFERED=1\nCMD [\"python\", \"/app.py\"]\n",
        )
        .case("python"),
        reviewed(
            "FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nENTRYPOINT [«\"gunicorn\"»]\nCMD [\"app\"]\n",
            "FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nENV PYTHONDONTWRITEBYTECODE=1\nENTRYPOINT [\"gunicorn\"]\nCMD [\"app\"]\n",
        )
        .case("python-pyc"),
        reviewed(
            "FROM node:24-slim\nCMD [«\"node\"», \"server.js\"]\n",
            "FROM node:24-slim\nENV NODE_ENV=production\nCMD [\"node\", \"server.js\"]\n",
        )
        .case("node"),
        flagged("FROM ruby:3.4\nRUN apt-get update && apt-get install -y «libjemalloc2»\nCMD [\"ruby\", \"app.rb\"]\n").case("jemalloc"),
        flagged("FROM «php:8.4-fpm»\nCOPY . .\n").case("opcache"),
        clean("FROM python:3.13-slim\nENV PYTHONUNBUFFERED=1\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n"),
        clean("FROM python:3.13-slim\nCMD [\"python\", \"-u\", \"/app.py\"]\n"),
        clean("FROM python:3.13-slim\nCMD [\"/start.sh\"]\n"),
        clean("FROM python:3.13-slim AS dev\nCMD [\"python\", \"/app.py\"]\n"),
        clean("FROM node:24-slim\nENV NODE_ENV=$MODE\nCMD [\"node\", \"server.js\"]\n"),
        clean("FROM node:24-slim\nCMD NODE_ENV=production node server.js\n"),
        clean("FROM node:24-slim\nCMD [\"node\"]\n"),
        clean("FROM ruby:3.4\nENV LD_PRELOAD=libjemalloc.so.2\nRUN apt-get update && apt-get install -y libjemalloc2\n"),
        clean("FROM ruby:3.4\nRUN apt-get update && apt-get install -y libjemalloc2\nENTRYPOINT [\"/bin/docker-entrypoint\"]\n"),
        clean("FROM php:8.4-fpm\nRUN docker-php-ext-install opcache\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some(image) = document.chain_base(stage).image() else { return };
    let steps = document.chain_steps(stage);
    let mentions = |name: &str| steps.iter().any(|step| document.slice(step.outer.range).contains(name));
    match image.repository.as_str() {
        "python" => {
            if let Some((step, command)) = starter(document, stage, is_python) {
                missing(document, stage, step, command, ("python", "PYTHONUNBUFFERED=1"), report);
                missing(document, stage, step, command, ("python-pyc", "PYTHONDONTWRITEBYTECODE=1"), report);
            }
        }
        "node" => {
            if let Some((step, command)) = starter(document, stage, is_node) {
                missing(document, stage, step, command, ("node", "NODE_ENV=production"), report);
            }
        }
        "php" if image.tag_parts().any(|part| matches!(part, "fpm" | "apache")) && !mentions("opcache") => {
            if let Some((_, from)) = stage.from {
                report.at("opcache", from.image.range, "PHP compiles every file anew for each request");
            }
        }
        _ => {}
    }
    let is_used = mentions("LD_PRELOAD") || mentions("MALLOC_CONF") || mentions("ld.so.preload");
    if is_used || document.unseen_start_script(stage).is_some() {
        return;
    }
    for package in
        steps.iter().flat_map(|step| step.commands()).filter_map(install).flat_map(|install| install.packages)
    {
        if matches!(package_name(package.shown()), "libjemalloc2" | "libjemalloc1" | "jemalloc") {
            report.at("jemalloc", package.range, "this is installed, and nothing makes a program use it");
        }
    }
}

/// The command that a container starts with, where it is one that `is_meant`.
fn starter<'d, 'a>(
    document: &'d Document<'a>,
    stage: &Stage<'a>,
    is_meant: fn(&Command) -> bool,
) -> Option<(&'d Step<'a>, &'d Command)> {
    let all = [document.entrypoint(stage), document.cmd(stage)];
    all.into_iter().flatten().find_map(|step| {
        let command = step.all_commands().last()?;
        is_meant(command).then_some((step, command))
    })
}

fn is_python(command: &Command) -> bool {
    let program = command.program().unwrap_or_default();
    let is_bare = program.starts_with("python") && command.arguments().is_empty();
    let is_unbuffered = command.arguments().first().is_some_and(|word| word.shown().starts_with("-u"));
    let is_known = matches!(program, "python" | "gunicorn" | "uvicorn" | "celery" | "flask" | "hypercorn" | "daphne")
        || program.starts_with("python3")
        || program.ends_with(".py");
    is_known && !is_bare && !is_unbuffered
}

fn is_node(command: &Command) -> bool {
    command.is_one_of("node") && !command.operands().is_empty()
}

/// Reports a variable that is not set where a container starts.
fn missing(
    document: &Document<'_>,
    stage: &Stage<'_>,
    step: &Step<'_>,
    command: &Command,
    (case, setting): (&'static str, &'static str),
    report: &mut Reporter<'_>,
) {
    let name = setting.split('=').next().unwrap_or_default();
    let is_meant = |other: &&Step<'_>| document.slice(other.outer.range).contains(name);
    if document.chain_steps(stage).iter().any(is_meant) {
        return;
    }
    let Some(word) = command.words.first() else { return };
    let program = last_part(word.shown());
    let finding = report.at(case, word.range, format!("`{program}` starts without `{name}`"));
    let Some(first) = stage.own_steps().find(|own| own.start_command().is_some()) else { return };
    if step.stage == stage.index {
        let line = document.line_above(first.outer, "ENV", setting);
        finding.fix(Review, format!("Set {setting}"), [line]);
    }
}
