//! Debuggers that ship.

use crate::packages::{call_range, install, package_name, removes};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "debugger-in-final-stage",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("install").codes(&[tally("tally/php/no-xdebug-in-final-image")]),
        Case::new("listen").severity(Severity::Error),
    ],
    supersedes: &[],
    title: "A debugger that ships",
    summary: "A debugger is installed or listening in the image that ships.",
    why: "
A debug port runs whatever code it is sent, by anybody who reaches it. A debugger that is merely loaded slows down every request, and waits for
somebody to switch it on.

Keep it in a stage of its own that is built with `--target dev`, on top of the one that ships.
",
    leave_it_when: "The image is for developers alone, and never leaves their machines.",
    references: &[
        "https://xdebug.org/docs/install",
        "https://nodejs.org/en/learn/getting-started/debugging#security-implications",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM php:8.4-fpm\nRUN pecl install «xdebug-3.4.5» && docker-php-ext-enable xdebug\n").case("install"),
        flagged("FROM python:3.13\nRUN pip install flask «debugpy==1.8»\n").case("install"),
        flagged("FROM debian:13\nRUN apt-get update && apt-get install -y curl «gdbserver»\nCMD [\"app\"]\n").case("install"),
        flagged("FROM golang:1.25\nRUN go install «github.com/go-delve/delve/cmd/dlv@latest»\n").case("install"),
        flagged("FROM node:24\nCMD [«\"node\", \"--inspect=0.0.0.0:9229\", \"a.js\"»]\n").case("listen"),
        flagged("FROM node:24\nENV NODE_OPTIONS=«--inspect=0.0.0.0»\n").case("listen"),
        flagged("FROM python:3.13\nENTRYPOINT [«\"python\", \"-m\", \"debugpy\", \"--listen\", \"0.0.0.0:5678\", \"a.py\"»]\n").case("listen"),
        flagged("FROM debian:13\nENV JAVA_TOOL_OPTIONS=«-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005»\n").case("listen"),
        flagged("FROM php:8.4-fpm\nENV XDEBUG_MODE=«debug»\n").case("listen"),
        clean("FROM php:8.4-fpm AS prod\nUSER www-data\nFROM prod AS dev\nUSER root\nRUN pecl install xdebug-3.4.5 && docker-php-ext-enable xdebug\n"),
        clean("FROM debian:13 AS build\nRUN apt-get update && apt-get install -y gdb\nFROM debian:13\nENV XDEBUG_MODE=off NODE_OPTIONS=--max-old-space-size=4096\n"),
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y gdb && gdb -v && apt-get purge -y gdb\nCMD [\"node\", \"a.js\"]\n"),
        clean("FROM php:8.4-fpm AS xdebug\nRUN pecl install xdebug\n"),
        // Somebody works in there.
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y gdb\nCMD [\"bash\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let is_workplace = document.final_stage().is_some_and(|stage| document.is_workplace(stage));
    for stage in document.shipped_stages().filter(|stage| !stage.name.is_some_and(|name| name.contains("debug"))) {
        for step in stage.own_steps() {
            if !is_workplace {
                installed(step, report);
            }
            for pair in step.env_pairs() {
                let value = document.value_at(&pair.value, step).unwrap_or_default();
                if sets_listener(&pair.key.text, &value) {
                    let message = format!("`{}` opens the program to a debugger", pair.key.text);
                    report.at("listen", pair.value.range, message);
                }
            }
        }
    }
    let Some(last) = document.final_stage() else { return };
    for start in [document.entrypoint(last), document.cmd(last)].into_iter().flatten() {
        for command in start.all_commands().filter(|command| listens(command)) {
            report.at("listen", call_range(command), "the program starts with a debugger that listens");
        }
    }
}

/// Reports the first debugger that a step installs and keeps.
fn installed(step: &Step<'_>, report: &mut Reporter<'_>) {
    if step.commands().any(|command| removes(command).is_some()) {
        return;
    }
    for command in step.commands() {
        let Some(word) = debugger(command) else { continue };
        let name = last_part(package_name(word.shown()));
        report.at("install", word.range, format!("`{name}` is a debugger, and it ships"));
        return;
    }
}

/// The debugger that a command installs.
fn debugger(command: &Command) -> Option<&Word> {
    const SYSTEM: &str = "gdb gdbserver lldb php-pecl-xdebug php-xdebug";
    const PYTHON: &str = "debugpy ipdb pudb pydevd pydevd-pycharm remote-pdb";
    if let Some(install) = install(command) {
        let is_debugger = |word: &&Word| {
            let name = package_name(word.shown());
            name.is_one_of(SYSTEM) || name.starts_with("php") && name.ends_with("-xdebug") || name == "blackfire-php"
        };
        return install.packages.into_iter().find(is_debugger);
    }
    let is_named = |names: &str| {
        let operands = command.operands();
        operands
            .into_iter()
            .find(|word| package_name(word.shown()).split('[').next().unwrap_or_default().is_one_of(names))
    };
    match command.program()? {
        "pecl" | "docker-php-ext-install" | "docker-php-ext-enable" | "install-php-extensions" => {
            command.operands().into_iter().find(|word| package_name(word.shown()).split('-').next() == Some("xdebug"))
        }
        "gem" => is_named("byebug pry-byebug debug"),
        "npm" => is_named("node-inspect node-inspector"),
        "go" => command.operands().into_iter().find(|word| word.shown().contains("/cmd/dlv")),
        program if program.starts_with("pip") || program == "uv" => is_named(PYTHON),
        _ => None,
    }
}

fn listens(command: &Command) -> bool {
    let has = |start: &str| command.arguments().iter().any(|word| word.shown().starts_with(start));
    let is_module = |module: &str| {
        command.arguments().windows(2).any(|pair| matches!(pair, [flag, name] if flag.is("-m") && name.is(module)))
    };
    match command.program() {
        Some("node" | "nodemon" | "ts-node" | "tsx") => has("--inspect"),
        Some("java") => has("-agentlib:jdwp") || has("-Xrunjdwp"),
        Some("dlv") => true,
        Some("flask") => has("--debugger"),
        Some(program) if program.starts_with("python") => {
            is_module("debugpy") || is_module("pdb") || is_module("ptvsd")
        }
        _ => false,
    }
}

fn sets_listener(name: &str, value: &str) -> bool {
    match name {
        "NODE_OPTIONS" => value.contains("--inspect"),
        "XDEBUG_MODE" => !value.is_empty() && value != "off",
        _ => name.contains("JAVA") && (value.contains("-agentlib:jdwp") || value.contains("-Xrunjdwp")),
    }
}
