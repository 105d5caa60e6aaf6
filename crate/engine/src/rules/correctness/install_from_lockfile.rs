//! Installs that may take other packages than the lock file names.

use crate::document::is_whole_source;
use crate::packages::{Ecosystem, manifest_install, spoken_call};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "install-from-lockfile",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("npm").codes(&[droast("DF031")]),
        Case::new("bundler").codes(&[tally("tally/ruby/missing-bundle-deployment")]),
        Case::new("other"),
        Case::new("quiet").off(),
    ],
    supersedes: &[],
    title: "The lock file is not enforced",
    summary: "Install exactly what the lock file says, and fail if it is out of date.",
    why: "
A lock file names every package that you have tested, with its sum. `npm install` takes it for advice: when it does not fit `package.json` any
more, npm picks newer packages and writes the file anew, inside the image, where nobody sees it. `npm ci` and its like install what is
locked, or stop. They are faster too.
",
    leave_it_when: "The lock file is not kept with the code.",
    references: &[
        "https://docs.npmjs.com/cli/commands/npm-ci",
        "https://yarnpkg.com/cli/install",
        "https://pnpm.io/cli/install",
        "https://bundler.io/guides/deploying.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN «npm install» --omit=dev && npm cache clean --force\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\n",
        )
        .case("npm"),
        reviewed("FROM node:24-slim\nCOPY package*.json ./\nRUN «npm i»\n", "FROM node:24-slim\nCOPY package*.json ./\nRUN npm ci\n").case("npm"),
        reviewed(
            "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nRUN «bundle install»\n",
            "FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nENV BUNDLE_DEPLOYMENT=1\nRUN bundle install\n",
        )
        .case("bundler"),
        flagged("FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm pkg set dependencies.koa=3 && «npm install»\n").case("npm"),
        flagged("FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN rm package-lock.json\nRUN «npm install»\n").case("npm"),
        flagged("FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nRUN «bundle install» && bundle add rack\n").case("bundler"),
        reviewed("FROM node:24-slim\nCOPY . .\nRUN «yarn install»\n", "FROM node:24-slim\nCOPY . .\nRUN yarn install --frozen-lockfile\n").case("other"),
        reviewed("FROM node:24-slim\nCOPY package.json pnpm-lock.yaml ./\nRUN «pnpm i»\n", "FROM node:24-slim\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm i --frozen-lockfile\n").case("other"),
        reviewed("FROM python:3.13\nCOPY pyproject.toml uv.lock ./\nRUN «uv sync»\n", "FROM python:3.13\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\n").case("other"),
        flagged("FROM php:8.4\nRUN «composer update» --no-dev\n").case("other"),
        flagged("FROM golang:1.26\nRUN «go mod tidy» && go build ./...\n").case("other"),
        flagged("FROM rust:1.90\nRUN «cargo build» --release\n").case("quiet"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\n"),
        clean("FROM node:24-slim\nCOPY package.json ./\nRUN npm install\nRUN npm install express@5.1.0 && npm install --no-package-lock\n"),
        clean("FROM node:24-slim AS dev\nCOPY . .\nRUN npm install\n"),
        clean("FROM ruby:3.4\nENV BUNDLE_FROZEN=true\nCOPY . .\nRUN bundle install\nFROM ruby:3.4\nCOPY . .\nRUN bundle config set --local deployment true && bundle install\n"),
        clean("FROM node:24-slim\nENV CI=1\nCOPY . .\nRUN pnpm install && yarn install --immutable && yarn --version\n"),
        clean("FROM golang:1.26\nRUN go get -u golang.org/x/lint/golint\n"),
        clean("FROM python:3.13\nCOPY . .\nRUN uv sync --frozen && pipenv install --deploy && pipenv sync\n"),
    ],
    check,
};

/// The lock files that are known by name.
const LOCKS: [(Ecosystem, &str); 6] = [
    (Ecosystem::Npm, "package-lock.json npm-shrinkwrap.json"),
    (Ecosystem::Bundler, "Gemfile.lock"),
    (Ecosystem::Yarn, "yarn.lock"),
    (Ecosystem::Pnpm, "pnpm-lock.yaml"),
    (Ecosystem::Uv, "uv.lock"),
    (Ecosystem::Pipenv, "Pipfile.lock"),
];

/// What a chain has brought so far.
#[derive(Clone, Default)]
struct Brought {
    locks: [bool; 6],
    is_bundler_told: bool,
    /// Whether a command has changed a manifest or taken a lock file away since, so that the two do not fit.
    is_changed: bool,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let locks = OnceCell::new();
    document.along_chains(|step, brought: &mut Brought| {
        for ((_, names), has) in LOCKS.iter().zip(&mut brought.locks) {
            *has |= brings(step, names);
        }
        if document.stage_of(step).is_none_or(|stage| stage.is_dev) {
            return;
        }
        for command in step.commands() {
            let tells = command.is_one_of("bundle bundler") && command.starts_with("config");
            let is_lock = |word: &str| word.contains("deployment") || word.contains("frozen");
            brought.is_bundler_told |= tells && command.arguments().iter().any(|word| is_lock(word.shown()));
            brought.is_changed |= changes_manifest(command);
            let Some(found) = loose(document, step, command, brought) else { continue };
            let (range, call) = spoken_call(command);
            let finding = report.at(found.case, range, format!("`{call}` {}", found.what));
            if let Some(edit) = edit(document, step, command, &found, &locks).filter(|_| !brought.is_changed) {
                finding.fix(Review, "Install what is locked, and fail where that does not fit", [edit]);
            }
        }
    });
}

/// An install that may leave the lock file behind.
struct Loose {
    case: &'static str,
    what: &'static str,
    /// What makes it strict: a flag; empty for another verb or a variable.
    flag: &'static str,
}

const MAY_CHANGE: &str = "may install other versions than the lock file names";

/// Whether a command may change a manifest, or takes a lock file away.
fn changes_manifest(command: &Command) -> bool {
    const FILES: &str = "package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml Gemfile Pipfile pyproject.toml uv.lock";
    let names = |word: &Word| word.shown().contains_any(FILES);
    let is_by_hand = command.is_one_of("rm mv sed jq tee dasel yq") && command.arguments().iter().any(names);
    let is_by_tool =
        command.is_one_of("npm yarn pnpm") && (command.starts_with("pkg set") || command.starts_with("pkg delete"));
    let is_written = command.redirects.iter().filter(|it| it.writes()).filter_map(|it| it.target.as_ref()).any(names);
    is_by_hand || is_by_tool || is_written
}

/// Whether a `go get` names modules, whose versions another rule asks for, and not what lies here.
fn names_modules(command: &Command) -> bool {
    command.operands().iter().skip(1).any(|word| !word.shown().starts_with('.') && !word.is("all"))
}

fn loose(document: &Document<'_>, step: &Step<'_>, command: &Command, brought: &Brought) -> Option<Loose> {
    let is_set = |name: &str| document.is_variable_set(name, step) || command.assigned(name).is_some();
    let newest = Loose { case: "other", what: "takes the newest versions that fit", flag: "" };
    if command.is_one_of("composer composer.phar") && command.starts_with("update")
        || command.is_one_of("go") && command.starts_with("get") && command.has_flag("-u") && !names_modules(command)
    {
        return Some(newest);
    }
    if command.is_one_of("go") && command.starts_with("mod tidy") {
        return Some(Loose { what: "may change what is locked", ..newest });
    }
    let is_cargo = command.is_one_of("cargo")
        && (command.starts_with("build") || command.starts_with("install") && command.has_flag("--path"));
    if is_cargo && !command.has_any_flag("--locked --frozen") {
        return Some(Loose { case: "quiet", what: MAY_CHANGE, flag: "" });
    }
    let install = manifest_install(command)?;
    let has_lock =
        LOCKS.iter().zip(&brought.locks).any(|((ecosystem, _), has)| *ecosystem == install.ecosystem && *has);
    let (case, flags, variables, flag): (_, &str, &str, _) = match install.ecosystem {
        Ecosystem::Npm if !command.starts_with("ci") => ("npm", "--no-package-lock", "", ""),
        Ecosystem::Bundler => ("bundler", "--deployment --frozen", "BUNDLE_DEPLOYMENT BUNDLE_FROZEN", ""),
        Ecosystem::Yarn => {
            let flags = "--frozen-lockfile --immutable --no-lockfile --mode --pure-lockfile";
            ("other", flags, "YARN_ENABLE_IMMUTABLE_INSTALLS", "--frozen-lockfile")
        }
        Ecosystem::Pnpm if !command.starts_with("fetch") => {
            ("other", "--frozen-lockfile --no-lockfile --no-frozen-lockfile", "CI", "--frozen-lockfile")
        }
        Ecosystem::Pipenv if command.starts_with("install") => {
            ("other", "--deploy --ignore-pipfile --skip-lock", "", "--deploy")
        }
        Ecosystem::Uv => ("other", "--locked --frozen", "UV_LOCKED UV_FROZEN", "--locked"),
        Ecosystem::Dotnet if !command.has_flag("--locked-mode") => {
            return Some(Loose { case: "quiet", what: MAY_CHANGE, flag: "" });
        }
        _ => return None,
    };
    let is_strict =
        command.has_any_flag(flags) || words_of(variables).any(is_set) || case == "bundler" && brought.is_bundler_told;
    (has_lock && !is_strict).then_some(Loose { case, what: MAY_CHANGE, flag })
}

/// Whether a command changes what Bundler has locked, which it refuses when it deploys.
fn is_refused_in_deployment(command: &Command) -> bool {
    command.is_one_of("bundle bundler")
        && words_of("add lock remove update inject").any(|verb| command.starts_with(verb))
}

/// The first step of each stage that names Bundler's lock file; of none where a command changes what is locked.
fn naming_lock(document: &Document<'_>) -> Vec<Option<usize>> {
    if document.steps().flat_map(Step::commands).any(is_refused_in_deployment) {
        return Vec::new();
    }
    let names = |step: &Step<'_>| document.slice(step.outer.range).contains_any("Gemfile.lock Gemfile*");
    document.stages().iter().map(|stage| stage.steps.iter().position(names)).into_list()
}

fn edit(
    document: &Document<'_>,
    step: &Step<'_>,
    command: &Command,
    found: &Loose,
    locks: &OnceCell<Vec<Option<usize>>>,
) -> Option<Edit> {
    const NOT_FOR_CI: &str = "--save --save-dev -S -D --legacy-bundling --global-style";
    match found.case {
        "npm" if !command.has_any_flag(NOT_FOR_CI) => Some(replace(command.subcommand()?.range, "ci")),
        // Without its lock file it would fail, and libraries have none.
        "bundler" if !step.is_trigger => {
            let first = locks.get_or_init(|| naming_lock(document)).get(step.stage).copied().flatten();
            first.filter(|first| *first <= step.index)?;
            Some(document.line_above(step.outer, "ENV", "BUNDLE_DEPLOYMENT=1"))
        }
        "other" if !found.flag.is_empty() => {
            let verb = command.subcommand().or(command.words.first())?;
            Some(insert(verb.range.end(), format!(" {}", found.flag)))
        }
        _ => None,
    }
}

/// Whether a step brings one of some files: by name, by a pattern, or with everything else.
fn brings(step: &Step<'_>, names: &str) -> bool {
    let covers = |path: &str| {
        let last = crate::path::name(path);
        let (start, has_star) = last.split_once('*').map_or((last, false), |(start, _)| (start, true));
        is_whole_source(path) || words_of(names).any(|name| name == last || has_star && name.starts_with(start))
    };
    let copies = step.copy().is_some_and(|copy| copy.sources.iter().any(|source| covers(&source.word().text)));
    copies || step.mounts.iter().any(|mount| mount.target.as_deref().is_some_and(covers))
}
