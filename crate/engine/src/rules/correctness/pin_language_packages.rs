//! Packages of languages without a version.

use crate::image::has_early_go;
use crate::packages::{LanguagePins, Pin, PinKind, language_pins};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::wording::{is_or_are, listed};
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "pin-language-packages",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("pip").codes(&[
            hadolint("DL3013"),
            kics("Unpinned Package Version in Pip Install"),
            droast("DF051"),
        ]),
        Case::new("npm").codes(&[hadolint("DL3016"), kics("NPM Install Command Without Pinned Version")]),
        Case::new("gem").codes(&[hadolint("DL3028"), kics("Gem Install Without Version"), droast("DF053")]),
        Case::new("go").codes(&[hadolint("DL3062"), droast("DF054")]),
        Case::new("tag").severity(Severity::Info).codes(&[hadolint("DL3013")]),
        Case::new("tools").severity(Severity::Info),
        Case::new("exempted")
            .codes(&[hadolint("DL3013"), hadolint("DL3016"), hadolint("DL3028"), hadolint("DL3062")])
            .off(),
    ],
    supersedes: &[],
    title: "Package without a version",
    summary: "Name the version of packages and tools installed by a language's package manager.",
    why: "
Registries of languages keep every release, so a version costs nothing here: `pip install gunicorn==23.0.0` works for years. Without it
the build takes what was published last, be it a new major version that your code does not know, or one that somebody put there with stolen
keys last night.

Better still is a lock file: it names the versions of what your packages need too.
",
    leave_it_when: "The newest is what you want to test against.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3013",
        "https://github.com/hadolint/hadolint/wiki/DL3016",
        "https://github.com/hadolint/hadolint/wiki/DL3028",
        "https://github.com/hadolint/hadolint/wiki/DL3062",
        "https://pip.pypa.io/en/stable/topics/repeatable-installs/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM python:3.13-slim\nRUN pip install --no-cache-dir «gunicorn»\n").case("pip"),
        flagged("FROM python:3.13-slim\nRUN python -m pip install flask==3.1.0 «gunicorn» && uv tool install «ruff»\n").case("pip"),
        flagged("FROM node:24-slim\nRUN npm install -g «serve» @vue/cli@5.0.8\n").case("npm"),
        flagged("FROM ruby:3.4\nRUN gem install «rails»\n").case("gem"),
        flagged("FROM golang:1.26\nRUN go install «example.org/tool»\nRUN go run «example.org/gen@latest» -o x y\n").case("go"),
        flagged("FROM node:24-slim\nRUN npm install -g «npm@latest»\n").case("tag"),
        flagged("FROM python:3.13-slim\nRUN pip install -U «pip» wheel\n").case("tag"),
        flagged("FROM node:24-slim\nRUN yarn global add «serve» && pnpm add -g «vite»\n").case("tools"),
        flagged("FROM rust:1.90\nRUN cargo install «cargo-chef»\n").case("tools"),
        flagged("FROM php:8.4\nRUN pecl install «redis» xdebug-3.4.0\n").case("tools"),
        flagged("FROM condaforge/miniforge3:25.3.1-0\nRUN mamba install -y -c conda-forge «numpy» python=3.13\n").case("tools"),
        flagged("FROM python:3.13-slim\nARG EXTRA\nRUN pip install «$EXTRA»\n").case("exempted"),
        flagged("FROM python:3.13-slim\nRUN pip install «git+https://example.org/x@main#egg=x» git+https://git@example.org/y@v1\n").case("tag"),
        flagged("FROM python:3.13\nRUN pip install «https://github.com/example/tool/archive/main.zip»\n").case("tag"),
        clean("FROM python:3.13\nRUN pip install https://github.com/example/tool/archive/v1.2.zip https://example.org/files/main.zip https://example.org/archive/main.zip\n"),
        clean("FROM python:3.13-slim\nRUN pip install --no-cache-dir gunicorn==23.0.0\n"),
        clean("FROM python:3.13-slim\nCOPY . .\nRUN pip install -r requirements.txt && pip install . && pip install -e .[dev] && pip install 'flask>=3' ./wheels/*.whl\n"),
        clean("FROM python:3.13-slim\nARG EXTRA\nRUN pip install $EXTRA git+https://example.org/x@v1 && pip install flask -c constraints.txt\n"),
        clean("FROM node:24-slim\nRUN npm install && npm ci && npm install -g pnpm@10.1.0 ./app.tgz && corepack prepare pnpm@10.1.0 --activate\n"),
        clean("FROM ruby:3.4\nRUN gem install bundler -v 2.6.2 && gem install rake:13.2.1\n"),
        clean("FROM golang:1.26\nRUN go install example.org/tool@v1.2.3 && go install ./cmd/app && go run main.go && go get ./...\n"),
        clean("FROM rust:1.90\nRUN cargo install --locked cargo-chef@0.1.72 && cargo install --path . && cargo install --version 14 ripgrep\n"),
        clean("FROM python:3.13\nCOPY wheels /wheels\nRUN pip install --no-index --find-links=/wheels flask\nFROM ruby:3.4\nCOPY Gemfile ./\nRUN gem install -g Gemfile\n"),
        clean("FROM golang:1.10-alpine\nRUN go get github.com/a/b\n"),
        clean("FROM php:8.4\nRUN composer global require vendor/tool:^2 && pecl install redis-6.1.0\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for (step, command) in document.steps().flat_map(|step| step.commands().map(move |command| (step, command))) {
        let Some(pins) = language_pins(command) else { continue };
        let (open, moving) = (pins.that_are(Pin::Open), pins.that_are(Pin::Moving));
        let upgrades = pins.kind == PinKind::Pip && command.has_any_flag("-U --upgrade");
        let (case, words) = if is_settled(document, step, command, &pins) {
            ("exempted", open)
        } else if !open.is_empty() {
            (if upgrades { "tag" } else { case_of(&pins) }, open)
        } else if !moving.is_empty() {
            ("tag", moving)
        } else {
            ("exempted", pins.that_are(Pin::Unsure))
        };
        let Some(first) = words.first() else { continue };
        // To hadolint whatever stands behind an address is a version, and so is npm's `latest`.
        let is_named =
            first.shown().starts_with("git") || first.shown().contains("://") || first.shown().contains("@latest");
        let code = if case == "tag" && !upgrades && is_named { "" } else { code_of(command, &pins) };
        report.at(case, first.range, message(case, upgrades, &words)).seen_by(Tool::Hadolint, code);
    }
}

/// Whether nothing can change between builds, or nothing can be named: from a folder of files alone, by a file of gems, and with a Go that knows
/// no modules.
fn is_settled(document: &Document<'_>, step: &Step<'_>, command: &Command, pins: &LanguagePins<'_>) -> bool {
    match pins.kind {
        PinKind::Pip => command.has_flag("--no-index"),
        PinKind::Gem => command.has_any_flag("-g --file"),
        PinKind::Go => document.base_image_at(step).is_some_and(has_early_go),
        _ => false,
    }
}

fn message(case: &str, upgrades: bool, words: &[&Word]) -> String {
    let names: Vec<&str> = words.iter().map(|word| word.shown()).into_list();
    let (list, verb) = (listed(&names), is_or_are(names.len()));
    match case {
        "tag" if upgrades => format!("{list} {verb} upgraded to whatever is newest on the day"),
        _ if names.iter().all(|name| name.ends_with("@latest")) => {
            format!("{list} {verb} whatever version is newest on the day")
        }
        "tag" => {
            let name = if names.iter().any(|name| name.contains("://")) { "branch" } else { "tag" };
            format!("{list} {verb} another version whenever the {name} moves")
        }
        _ => format!("{list} {verb} installed without a version"),
    }
}

fn case_of(pins: &LanguagePins<'_>) -> &'static str {
    match pins.kind {
        PinKind::Pip => "pip",
        PinKind::Npm => "npm",
        PinKind::Gem => "gem",
        PinKind::Go => "go",
        PinKind::Other => "tools",
    }
}

/// What hadolint calls it, for the programs and verbs that it knows.
fn code_of(command: &Command, pins: &LanguagePins<'_>) -> &'static str {
    match pins.kind {
        PinKind::Pip if command.is_one_of("uv") => "",
        PinKind::Pip => "DL3013",
        PinKind::Npm if command.starts_with("install") => "DL3016",
        PinKind::Gem => "DL3028",
        PinKind::Go => "DL3062",
        _ => "",
    }
}
