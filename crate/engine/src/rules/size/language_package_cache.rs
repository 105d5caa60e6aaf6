//! What language package managers leave behind.

use crate::document::{RunScript, ScriptForm};
use crate::fix::append;
use crate::image::{ImageName, has_early_conda, has_early_tools};
use crate::packages::{CacheFix, LanguageCache, is_folder_used, is_modern_yarn, language_cache, may_be_gone};
use crate::report::Finding;
use crate::rules::prelude::*;
use crate::shell::{Command, Word, is_pip};
use layerwise_syntax::MountType;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "language-package-cache",
    category: Category::Size,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("pip").codes(&[
            hadolint("DL3042"),
            kics("Pip install Keeping Cached Packages"),
            semgrep("missing-pip-no-cache-dir"),
            parfum("pipUseNoCacheDir"),
            droast("DF030"),
        ]),
        Case::new("yarn").codes(&[hadolint("DL3060"), parfum("yarnCacheCleanAfterInstall"), droast("DF055")]),
        Case::new("npm").severity(Severity::Info).codes(&[parfum("npmCacheCleanAfterInstall")]),
        Case::new("gem-docs").severity(Severity::Info).codes(&[parfum("gemUpdateNoDocument")]),
        Case::new("gem-home").severity(Severity::Info).codes(&[parfum("gemUpdateSystemRmRootGem")]),
        Case::new("bundler").severity(Severity::Info).codes(&[tally("tally/ruby/leftover-bundler-cache")]),
        Case::new("other").severity(Severity::Info),
        Case::new("builder").codes(&[hadolint("DL3042")]).off(),
    ],
    supersedes: &["use-cache-mount"],
    title: "Download cache left in the layer",
    summary: "The language package manager leaves its download cache or documentation in the layer.",
    why: "
Package managers keep every archive that they download, so that the next install is faster. In an image there is no next install: the copies
stay in the layer and may double what your dependencies weigh.

Switch the cache off, clear it in the same `RUN`, or put it on a mount, `RUN --mount=type=cache,target=/root/.cache/pip`, which is fast and leaves
nothing behind.
",
    leave_it_when: "The image is meant for installing more when it runs.",
    references: &[
        "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
        "https://pip.pypa.io/en/stable/topics/caching/",
        "https://github.com/hadolint/hadolint/wiki/DL3042",
    ],
    fix_changes: &[Change::Options, Change::UnusedFiles],
    examples: &[
        fixed(
            "FROM python:3.13-slim\nCOPY requirements.txt .\nRUN «pip install» -r requirements.txt\n",
            "FROM python:3.13-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n",
        )
        .case("pip"),
        fixed("FROM python:3.13-slim\nRUN «python3 -m pip install» flask\n", "FROM python:3.13-slim\nRUN python3 -m pip install --no-cache-dir flask\n").case("pip"),
        fixed("FROM node:24-slim\nRUN «npm ci» --omit=dev\n", "FROM node:24-slim\nRUN npm ci --omit=dev && npm cache clean --force\n").case("npm"),
        // A newer Yarn, which the project may bring, keeps the packages themselves there.
        reviewed("FROM node:24-slim\nCOPY . .\nRUN «yarn install»\n", "FROM node:24-slim\nCOPY . .\nRUN yarn install && yarn cache clean\n").case("yarn"),
        fixed("FROM node:24-slim\nRUN «yarn install»\n", "FROM node:24-slim\nRUN yarn install && yarn cache clean\n").case("yarn"),
        // Behind the install, the tool is gone, or it is another one.
        flagged("FROM alpine:3.23\nRUN «npm ci» && apk del npm\n").case("npm"),
        flagged("FROM debian:13\nRUN PATH=/opt/n/bin:$PATH «npm ci»\n").case("npm"),
        flagged("FROM node:24-slim\nRUN «npm install» -g n && n stable\n").case("npm"),
        flagged("FROM debian:13\nRUN «/opt/conda/bin/conda install» -y numpy\n").case("other"),
        reviewed(
            "FROM node:24\nRUN git clone https://example.org/app . && «yarn install» && yarn build\n",
            "FROM node:24\nRUN git clone https://example.org/app . && yarn install && yarn build && yarn cache clean\n",
        )
        .case("yarn"),
        // What it keeps is used.
        flagged("FROM python:3.13\nRUN «uv pip» install --system -r a.txt\nRUN «uv pip» install --offline --target /w -r a.txt\n").case("other"),
        flagged("FROM node:24\nRUN «npm ci»\nCOPY . .\nRUN --network=none rm -rf node_modules && «npm ci» --omit=dev\n").case("npm"),
        flagged("FROM python:3.13\nRUN «pip install» flask\nRUN chown -R 1000:1000 /root/.cache\n").case("pip"),
        flagged("FROM python:3.13 AS deps\nRUN «pip install» flask\nFROM deps\nCOPY --from=deps /root/.cache/pip /root/.cache/pip\n").case("pip"),
        flagged("FROM node:24\nRUN «npm ci»\nRUN cp -r \"$(npm config get cache)\" /cache\n").case("npm"),
        // The tool is taken out.
        flagged("FROM node:24\nRUN «npm ci» --omit=dev && rm -rf /usr/local/lib/node_modules /opt/yarn*\n").case("npm"),
        flagged("FROM composer:2\nRUN «composer install» --no-dev && unlink /usr/bin/composer\n").case("other"),
        flagged("FROM mambaorg/micromamba:0.15.3\nRUN «micromamba install» -y -n base python=3.9\n").case("other"),
        // RubyGems had another flag there.
        flagged("FROM ubuntu:14.04\nRUN «gem install» compass\n").case("gem-docs"),
        fixed("FROM debian:13\nRUN «gem install» rails\n", "FROM debian:13\nRUN gem install --no-document rails\n").case("gem-docs"),
        reviewed("FROM ruby:3.4\nRUN «gem update» --system\n", "FROM ruby:3.4\nRUN gem update --system && rm -rf ~/.gem\n").case("gem-home"),
        flagged("FROM ruby:3.4\nRUN «bundle install»\n").case("bundler"),
        fixed("FROM php:8.4\nRUN «composer install» --no-dev\n", "FROM php:8.4\nRUN composer install --no-dev && composer clear-cache\n").case("other"),
        reviewed("FROM python:3.13-slim\nRUN «poetry install»\n", "FROM python:3.13-slim\nRUN poetry install && rm -rf ~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts\n").case("other"),
        fixed("FROM python:3.13-slim\nRUN «uv pip» install flask\n", "FROM python:3.13-slim\nRUN uv pip install --no-cache flask\n").case("other"),
        fixed("FROM mambaorg/micromamba:2.3.3\nRUN «micromamba install» -y numpy\n", "FROM mambaorg/micromamba:2.3.3\nRUN micromamba install -y numpy && micromamba clean -afy\n").case("other"),
        flagged("FROM continuumio/miniconda3:25.3.1-1\nRUN if true; then «conda install» numpy; fi\n").case("other"),
        flagged("FROM python:3.13 AS build\nRUN «pip install» flask\nFROM python:3.13-slim\nCOPY --from=build /x /x\n").case("builder"),
        // This pip knows no such flag.
        flagged("FROM ubuntu:14.04\nRUN «pip install» flask\n").case("pip"),
        flagged("FROM debian:jessie-slim\nRUN «pip install» flask\n").case("pip"),
        // Only another tool minds.
        flagged("FROM python:3.13-slim\nRUN «pip install» flask && rm -rf /root/.cache\n").case("builder"),
        clean("FROM python:3.13-slim\nRUN pip install --no-cache-dir flask\nRUN pip list && pip --version\n"),
        clean("FROM python:3.13-slim\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n"),
        clean("FROM python:3.13-slim\nRUN PIP_NO_CACHE_DIR=yes pip install flask\n"),
        clean("FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache pip install flask && poetry install\n"),
        clean("FROM python:3.13-slim\nRUN pip install flask && rm -rf ~/.cache\n"),
        clean("FROM node:24-slim\nRUN npm ci && npm cache clean --force\nRUN npm run build && npm start\n"),
        clean("FROM node:24-slim\nCOPY .yarnrc.yml ./\nRUN yarn install\n"),
        clean("FROM ruby:3.4\nRUN gem install rails\n"),
        clean("FROM debian:13\nRUN echo 'gem: --no-document' >> /etc/gemrc\nRUN gem install rails\n"),
        clean("FROM node:24-slim\nCOPY . .\nRUN yarn install --immutable\n"),
        // Whatever truth value pip is given here switches its cache off.
        clean("FROM python:3.13-slim\nENV PIP_NO_CACHE_DIR=off\nRUN pip install flask\n"),
        clean("FROM python:3.13-slim\nRUN pip install --no-cache flask\nRUN PIP_CACHE_DIR=/tmp/c pip install flask && rm -rf /tmp/c\n"),
        clean("FROM node:24-slim\nENV npm_config_cache=/tmp/npm\nRUN npm ci && rm -rf /tmp/npm\nRUN npm ci --cache /tmp/npm && rm -rf /tmp/npm\n"),
        clean("FROM node:24 AS build\nRUN npm ci\nFROM node:24-slim\nCOPY --from=build /app /app\n"),
        clean("FROM golang:1.26\nRUN go install ./... && rm -rf /go/pkg\nRUN go build ./... && rm -rf /go/*\nRUN go install std\n"),
        // A version of another image is none of Debian's, and only the codename tells of it.
        fixed("FROM mambaorg/micromamba:0.22.0\nRUN «pip install» flask==3.1\n", "FROM mambaorg/micromamba:0.22.0\nRUN pip install --no-cache-dir flask==3.1\n").case("pip"),
        flagged("FROM buildpack-deps:jessie-scm\nRUN «pip install» flask==1.0\n").case("pip"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let is_used = OnceCell::new();
    for stage in document.stages() {
        let is_shipped = stage.is_shipped() && !stage.is_windows;
        let around = Around::of(stage, &is_used);
        let mut has_modules = false;
        for step in stage.steps.iter().filter(|step| step.is_run() && step.is_readable()) {
            let mut told: Vec<&str> = Vec::new();
            for (run, command) in
                step.scripts.iter().flat_map(|run| run.script.commands.iter().map(move |it| (run, it)))
            {
                let Some(cache) = language_cache(command).filter(|cache| !told.contains(&cache.case)) else { continue };
                // What was downloaded ahead is not downloaded again.
                let is_go = command.is_one_of("go");
                let is_again = is_go && has_modules;
                has_modules |= is_go;
                let is_left = !is_again
                    && !is_exempt(document, &around, command, cache)
                    && !cache.is_off(document, step, command)
                    && !cache.is_cleared(step, command);
                if is_left && is_shipped {
                    told.push(cache.case);
                    let finding = report.at(cache.case, call(command), message(command, cache));
                    mend(document, &around, step, run, command, cache, finding);
                } else if cache.case == "pip" && !is_off_for_hadolint(document, step, command) {
                    told.push(cache.case);
                    report.at("builder", call(command), message(command, cache));
                }
            }
        }
    }
}

/// A stage, and what is asked of all of it for each of its commands: answered once.
struct Around<'s, 'd> {
    stage: &'s Stage<'d>,
    brings_cache: OnceCell<bool>,
    installs_offline: OnceCell<bool>,
    has_modern_yarn: OnceCell<bool>,
    copies_project: OnceCell<bool>,
    has_pip_settings: OnceCell<bool>,
    has_gem_settings: OnceCell<bool>,
    /// For the whole file.
    is_used: &'s OnceCell<bool>,
}

impl<'s, 'd> Around<'s, 'd> {
    fn of(stage: &'s Stage<'d>, is_used: &'s OnceCell<bool>) -> Self {
        let [brings_cache, installs_offline, has_modern_yarn, copies_project, has_pip_settings, has_gem_settings] =
            Default::default();
        Around {
            stage,
            brings_cache,
            installs_offline,
            has_modern_yarn,
            copies_project,
            has_pip_settings,
            has_gem_settings,
            is_used,
        }
    }

    /// Whether the stage copies a cache from somewhere, to install from it.
    fn brings_cache(&self) -> bool {
        let brings = |step: &Step<'_>| step.copy().is_some_and(|copy| copy.destination.text.contains("/.cache"));
        *self.brings_cache.get_or_init(|| self.stage.steps.iter().any(brings))
    }

    /// Whether a step installs from what an earlier one has left.
    fn installs_offline(&self) -> bool {
        let is_name = |name: &str| name.to_ascii_uppercase().ends_with_any("_OFFLINE COMPOSER_DISABLE_NETWORK");
        let is_told = |command: &Command| {
            command.has_any_flag("--offline --prefer-offline")
                || command.assignments.iter().any(|assignment| is_name(&assignment.name))
        };
        let is_offline = |step: &Step<'_>| {
            step.is_offline()
                || step.all_commands().any(is_told)
                || step.env_pairs().iter().any(|pair| is_name(&pair.key.text))
        };
        *self.installs_offline.get_or_init(|| self.stage.steps.iter().any(is_offline))
    }

    /// Whether somebody uses what a tool keeps: names its folder, or asks where it is.
    fn is_used(&self, document: &Document<'_>) -> bool {
        const FOLDERS: &str = "/.cache/pip /.cache/pypoetry /.cache/uv /.cache/yarn /.npm /bundle/cache /.composer/cache /conda/pkgs \
            /miniconda3/pkgs";
        let asks = |command: &Command| {
            command.starts_with("cache dir")
                || command.starts_with("cache path")
                || command.starts_with("config get cache")
                || command.words.iter().any(|word| word.shown().contains_any("always_softlink allow_softlinks"))
        };
        *self.is_used.get_or_init(|| {
            is_folder_used(document, FOLDERS, "/.cache") || document.steps().flat_map(Step::commands).any(asks)
        })
    }

    fn has_modern_yarn(&self) -> bool {
        *self.has_modern_yarn.get_or_init(|| is_modern_yarn(self.stage))
    }

    /// Whether the whole project comes, with settings that nobody sees here: copied, mounted, cloned or unpacked.
    fn copies_project(&self) -> bool {
        let brings = |step: &Step<'_>| {
            step.whole_context().is_some()
                || step.kind() == InstructionKind::Add
                || step.mounts.iter().any(|mount| mount.kind == MountType::Bind)
                || step.commands().any(|it| it.is_one_of("tar unzip") || it.is_one_of("git") && it.starts_with("clone"))
        };
        *self.copies_project.get_or_init(|| self.stage.steps.iter().any(brings))
    }

    fn has_pip_settings(&self) -> bool {
        *self.has_pip_settings.get_or_init(|| has_settings(self.stage, "pip.conf"))
    }

    fn has_gem_settings(&self) -> bool {
        *self.has_gem_settings.get_or_init(|| has_settings(self.stage, "gemrc"))
    }
}

/// Whether hadolint sees that pip keeps nothing.
fn is_off_for_hadolint(document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
    const VARIABLE: &str = "PIP_NO_CACHE_DIR";
    let is_set = document.is_variable_set(VARIABLE, step) || step.commands().any(|it| it.assigned(VARIABLE).is_some());
    let is_mounted =
        step.mounts.iter().any(|mount| mount.target.as_deref().is_some_and(|target| target.contains(".cache/pip")));
    command.arguments().iter().any(|word| word.is("--no-cache-dir")) || is_set || is_mounted
}

fn is_exempt(document: &Document<'_>, around: &Around<'_, '_>, command: &Command, cache: &LanguageCache) -> bool {
    match cache.case {
        // This image's own settings leave the documentation out.
        "gem-docs" => {
            document.chain_base(around.stage).image().is_some_and(|image| image.short_name() == "ruby")
                || around.has_gem_settings()
        }
        "gem-home" => !command.has_flag("--system"),
        "yarn" => around.has_modern_yarn(),
        _ if around.brings_cache() => true,
        "pip" => around.has_pip_settings(),
        _ => false,
    }
}

/// Adds a flag where there is one, and else the command that clears.
fn mend(
    document: &Document<'_>,
    around: &Around<'_, '_>,
    step: &Step<'_>,
    run: &RunScript,
    command: &Command,
    cache: &LanguageCache,
    finding: &mut Finding,
) {
    let lacks_flag: fn(&ImageName) -> bool = match cache.case {
        "pip" | "gem-docs" => has_early_tools,
        _ if command.is_one_of("conda mamba micromamba") => has_early_conda,
        _ => |_| false,
    };
    if document.base_image_at(step).is_some_and(lacks_flag) {
        return;
    }
    if around.installs_offline() || around.is_used(document) {
        return;
    }
    match cache.fix(command) {
        Some(CacheFix::Flag(flag)) if run.form != ScriptForm::Exec => {
            let operands = command.operands();
            // `uv pip install` and its like have two words that say what to do.
            let verb = operands.iter().take_while(|word| word.is("pip") || word.is("tool")).count();
            if let Some(verb) = operands.get(verb) {
                finding.fix(Safe, format!("Add {flag}"), [insert(verb.range.end(), format!(" {flag}"))]);
            }
        }
        Some(CacheFix::Command(clear)) if is_there_afterwards(step, command) => {
            if let Some(edit) = append(document, step, run, command, &clear) {
                // What comes with the whole project may say that a newer Yarn is run, which keeps the packages themselves there.
                let may_be_modern = cache.case == "yarn" && around.copies_project();
                finding.fix(if may_be_modern { Review } else { Safe }, format!("Add {clear}"), [edit]);
            }
        }
        Some(CacheFix::Review(clear)) => {
            if let Some(edit) = append(document, step, run, command, clear) {
                finding.fix(Review, format!("Add {clear}, where no later step needs what is there"), [edit]);
            }
        }
        _ => {}
    }
}

/// Whether the tool of a command can be called by its name when the commands after it have run, and is still the same one.
fn is_there_afterwards(step: &Step<'_>, command: &Command) -> bool {
    let program = command.program().unwrap_or_default();
    let is_by_name = command.words.first().is_some_and(|word| word.is(program)) && command.assignments.is_empty();
    let renews_itself = command.operands().iter().any(|word| word.is_one_of("npm n yarn"));
    is_by_name && !renews_itself && !may_be_gone(step, command)
}

fn message(command: &Command, cache: &LanguageCache) -> String {
    let program = command.program().unwrap_or_default();
    match cache.case {
        "gem-docs" => format!("`{program}` also installs the documentation of every gem"),
        "bundler" => format!("`{program}` leaves what it downloads in the `cache` folder of the gems"),
        _ => format!("`{program}` leaves what it downloads in `{}`", cache.folder),
    }
}

/// Whether a stage brings or writes a file of settings, which may say anything.
fn has_settings(stage: &Stage<'_>, file: &str) -> bool {
    let names = |word: &Word| word.shown().ends_with(file);
    stage.steps.iter().any(|step| {
        let copies = step.copy().is_some_and(|copy| {
            copy.destination.text.ends_with(file)
                || copy.sources.iter().any(|source| source.word().text.ends_with(file))
        });
        let configures = |command: &Command| {
            let is_config = command.program().is_some_and(is_pip) && command.starts_with("config");
            let targets = command.redirects.iter().filter_map(|redirect| redirect.target.as_ref());
            is_config || targets.chain(command.arguments()).any(names)
        };
        copies || step.commands().any(configures)
    })
}

/// From the program, `python -m` before it included, to its first operand.
fn call(command: &Command) -> TextRange {
    let end = command.subcommand().or(command.words.first()).map_or(command.range, |word| word.range);
    let python = command
        .wrappers
        .last()
        .filter(|wrapper| wrapper.program().is_some_and(|program| program.starts_with("python")));
    let start = python.and_then(|wrapper| wrapper.words.first()).or(command.words.first());
    start.map_or(end, |start| start.range.cover(end))
}
