//! Packages that are installed after the whole source is copied.

use crate::document::{ScriptForm, is_within};
use crate::fix::{drop_last_link, drop_link, unless_for_score};
use crate::image::has_early_go;
use crate::packages::{
    self, Ecosystem, ManifestInstall, POINTERS, empties_tool_cache, install, is_modern_yarn, language_install, manager,
    manifest_install, names_project_files, only_cleans, package_name,
};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{CopyArguments, MountType};

pub const RULE: Rule = Rule {
    id: "install-after-source-copy",
    category: Category::Caching,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("dependencies"), Case::new("combined").severity(Severity::Info), Case::new("system")],
    supersedes: &[],
    title: "Installed after the source is copied",
    summary: "Copy the manifest and install before you copy the source, so that a change of code does not install everything again.",
    why: "
The builder takes a step from its cache only while everything before it is unchanged. Source changes every few minutes, lists of
dependencies every few weeks.

Copy the manifest and the lock file first, install, and copy the source last: after a change of one line the build starts where it matters.
Packages of the operating system go before both.
",
    leave_it_when: "The installation needs the source itself, for instance a workspace of many packages.",
    references: &[
        "https://docs.docker.com/build/cache/optimize/#order-your-layers",
        "https://docs.docker.com/build/building/best-practices/#leverage-build-cache",
        "https://docs.docker.com/build/cache/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» --omit=dev && npm cache clean --force\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json* ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM python:3.13-slim\r\nWORKDIR /app\r\n# Everything\r\nADD ./ /app/\r\n\r\n# Flask and friends\r\nRUN «pip install» \\\r\n    -r requirements.txt",
            "FROM python:3.13-slim\r\nWORKDIR /app\r\nCOPY requirements.txt ./\r\n# Flask and friends\r\nRUN pip install \\\r\n    -r requirements.txt\r\n\r\n# Everything\r\nADD ./ /app/\r\n",
        )
        .case("dependencies"),
        // What only installs goes first, with what it leaves; the others stay where the source is.
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» && npm run build\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json* ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY . .\n\n# All of it\nRUN yarn global add serve \\\n && «yarn install» \\\n && yarn build \\\n && yarn lint \\\n && yarn cache clean\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json yarn.lock* ./\nRUN yarn global add serve \\\n && yarn install && yarn cache clean\nCOPY . .\n\n# All of it\nRUN yarn build \\\n && yarn lint\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --upgrade pip && «pip install» -r requirements.txt && python manage.py collectstatic\n",
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --upgrade pip && pip install -r requirements.txt\nCOPY . .\nRUN python manage.py collectstatic\n",
        )
        .case("dependencies"),
        // The copy goes behind the install where that works in its folder only from there on.
        reviewed(
            "FROM node:24-slim\n\n# All of it\nCOPY . /app\nWORKDIR /app\n\nRUN «npm ci» --omit=dev\n\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:24-slim\n\nWORKDIR /app\n\nCOPY package.json package-lock.json* ./\nRUN npm ci --omit=dev\n# All of it\nCOPY . /app\n\nCMD [\"node\", \"server.js\"]\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM node:24-slim\nCOPY ./ /app/\nWORKDIR /app\nRUN «npm ci» && npm run build",
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json* ./\nRUN npm ci\nCOPY ./ /app/\nRUN npm run build",
        )
        .case("dependencies"),
        reviewed(
            "FROM python:3.13-slim\nCOPY . /app\nWORKDIR /app\nRUN «pip install» -r requirements.txt",
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . /app",
        )
        .case("dependencies"),
        // Scripts of the project, and the list of its classes, need the source.
        reviewed(
            "FROM php:8.4\nWORKDIR /app\nCOPY . .\nRUN «composer install» --no-dev -o \\\n    && php artisan view:cache\n",
            "FROM php:8.4\nWORKDIR /app\nCOPY composer.json composer.lock* ./\nRUN composer install --no-dev -o --no-scripts --no-autoloader && composer clear-cache\nCOPY . .\nRUN composer install --no-dev -o \\\n    && php artisan view:cache\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM php:8.4\nWORKDIR /app\nCOPY . .\nRUN «composer install» --no-dev --no-scripts --no-autoloader\nRUN composer dump-autoload -a\n",
            "FROM php:8.4\nWORKDIR /app\nCOPY composer.json composer.lock* ./\nRUN composer install --no-dev --no-scripts --no-autoloader\nCOPY . .\nRUN composer dump-autoload -a\n",
        )
        .case("dependencies"),
        flagged("FROM php:8.4\nWORKDIR /app\nCOPY . .\nRUN cd web && «composer install» --no-dev\n").case("dependencies"),
        reviewed(
            "FROM php:8.4\nCOPY . /app\nWORKDIR /app\nRUN «composer install» --no-dev\n",
            "FROM php:8.4\nWORKDIR /app\nCOPY composer.json composer.lock* ./\nRUN composer install --no-dev --no-scripts --no-autoloader && composer clear-cache\nCOPY . /app\nRUN composer install --no-dev\n",
        )
        .case("dependencies"),
        flagged("FROM node:24-slim\nCOPY . /src\nWORKDIR /app\nRUN «npm ci»\n").case("dependencies"),
        flagged("FROM node:24-slim\nCOPY . /app\nUSER node\nWORKDIR /app\nRUN «npm ci»\n").case("dependencies"),
        // What uv installs besides is the project itself.
        reviewed(
            "FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie-slim\nWORKDIR /app\nCOPY . .\nRUN «uv sync» --locked --no-dev\n",
            "FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock* ./\nRUN uv sync --locked --no-dev --no-install-project --no-cache\nCOPY . .\nRUN uv sync --locked --no-dev\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie-slim\nWORKDIR /app\nCOPY . .\nRUN «uv sync» --locked --no-install-project\n",
            "FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock* ./\nRUN uv sync --locked --no-install-project\nCOPY . .\n",
        )
        .case("dependencies"),
        flagged("FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install uv==0.9.9 && «uv sync»\n").case("dependencies"),
        // A newer Yarn has its settings, and itself, beside the manifest.
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «yarn install» --immutable && yarn build\n").case("dependencies"),
        // A list may name others beside it.
        reviewed(
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN «pip install» -r requirements/prod.txt\n",
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements/ requirements/\nRUN pip install -r requirements/prod.txt\nCOPY . .\n",
        )
        .case("dependencies"),
        reviewed(
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN «pip install» -r requirements-prod.txt\n",
            "FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements*.txt ./\nRUN pip install -r requirements-prod.txt\nCOPY . .\n",
        )
        .case("dependencies"),
        // Two lists, a change of folder, a group, what is taken away again, what happens after a failure.
        flagged("FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN «pip install» -r a.txt && pip install -r b.txt\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN cd web && «npm ci» && npm run build\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN (umask 2 && «npm ci») && npm run build\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN («npm ci» && npm run build) > log\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» && npm run build && npm prune --omit=dev\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» && npm run build || npm run rescue\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» | tee log && npm run build\n").case("dependencies"),
        // What is removed must be there by then.
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» && rm -rf /app/secrets && npm run build\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» && rm -rf /ap*/secrets\n").case("dependencies"),
        flagged("FROM node:24-slim\nCOPY . /app\nWORKDIR /app\nRUN «npm ci» && rm -rf /app/../app/secrets\n").case("dependencies"),
        flagged("FROM debian:13-slim\nWORKDIR /srv/app\nCOPY . .\nRUN «apt-get update» && apt-get install -y --no-install-recommends make && rm -rf /srv\n")
            .case("system"),
        // The manifest lies elsewhere, or others are read as well.
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «npm ci» --prefix web\n").case("dependencies"),
        flagged("FROM ruby:3.4\nWORKDIR /app\nENV BUNDLE_GEMFILE=config/Gemfile\nCOPY . .\nRUN «bundle install»\n").case("dependencies"),
        flagged("FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN «pip install» -r requirements.txt libs/shared/\n").case("dependencies"),
        // Only the author knows what else these steps read.
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN ./prepare\nRUN «yarn»\n").case("dependencies"),
        flagged("FROM ruby:3.4-slim\nCOPY . /app\nRUN «bundle install»\n").case("dependencies"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node . .\nUSER node\nRUN «npm ci»\n").case("dependencies"),
        flagged("FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN «dotnet restore»\nRUN dotnet publish\n").case("dependencies"),
        reviewed(
            "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 «go build» -o /api .\n",
            "FROM golang:1.26\nWORKDIR /src\nCOPY go.mod go.sum* ./\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /api .\n",
        )
        .case("combined"),
        // What the download would lack: a secret, settings, its folder.
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN --mount=type=ssh «go build» -o /api .\n").case("combined"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nENV GOPRIVATE=example.com\nRUN «go build» -o /api .\n").case("combined"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN git config --global url.git@example.com:.insteadOf https://example.com/ && «go build» -o /api .\n").case("combined"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN cd api && «go build» -o /api .\n").case("combined"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY vendor ./vendor\nCOPY . .\nRUN «go build» -o /api .\n").case("combined"),
        flagged("FROM golang:1.10\nWORKDIR /src\nCOPY . .\nRUN «go build» -o /api .\n").case("combined"),
        // Cargo wants a source, and a wrapper comes with it.
        flagged("FROM rust:1.96\nWORKDIR /app\nCOPY . .\nRUN «cargo fetch» --locked\n").case("dependencies"),
        flagged("FROM eclipse-temurin:25\nWORKDIR /app\nCOPY . .\nRUN «./mvnw» dependency:go-offline\n").case("dependencies"),
        flagged("FROM maven:3-eclipse-temurin-25\nCOPY . .\nRUN «mvn» -B package\n").case("combined"),
        reviewed(
            "FROM debian:13-slim\nWORKDIR /app\nCOPY . .\nRUN «apt-get update» && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*\nRUN make\n",
            "FROM debian:13-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*\nCOPY . .\nRUN make\n",
        )
        .case("system"),
        flagged("FROM python:3.13-slim\nCOPY . /app\nRUN cd /app && «pip install» flask==3.1.2\n").case("system"),
        clean(
            "FROM node:24-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        ),
        clean("FROM golang:1.26\nWORKDIR /src\nCOPY go.* ./\nRUN go mod download\nCOPY . .\nRUN go build\n"),
        // What a cache mount holds is not fetched again.
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN --mount=type=cache,target=/root/.npm npm ci\n"),
        // The project itself is what is installed, or a workspace needs all of it.
        clean("FROM python:3.13-slim\nCOPY . /app\nRUN pip install /app\nWORKDIR /app\nRUN pip install -e .\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN pnpm --filter api install\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN pnpm install --frozen-lockfile\nRUN pnpm -r build\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN yarn install --frozen-lockfile && yarn workspace api build\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx lerna run build\n"),
        clean("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -mod=vendor ./...\nRUN go install ./cmd/...\n"),
        clean("FROM rust:1.96 AS chef\nRUN cargo install --locked cargo-chef\nFROM chef\nCOPY . .\nRUN cargo chef cook --release\n"),
        // Not the source, but something of another stage.
        clean("FROM alpine:3.23\nCOPY --from=build / /\nRUN apk add --no-cache curl\n"),
        clean("FROM debian:13-slim\nCOPY --exclude=src . .\nRUN apt-get update && apt-get install -y make\n"),
        // These change the manifest that was copied.
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm install express && yarn add koa\n"),
        clean("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go get app/server && go install app/server\n"),
        // The list of packages comes from the source, or the package does, or what says which.
        clean("FROM debian:13-slim\nWORKDIR /app\nCOPY . .\nRUN apt-get -c ./apt.conf update && apt-get -o Dir::Etc::sourcelist=/app/a.list install -y make\n"),
        clean("FROM alpine:3.23\nWORKDIR /app\nCOPY . .\nRUN apk add --no-cache --keys-dir keys make\n"),
        clean("FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-index --find-links wheels -c constraints.txt shop==1.2\n"),
        clean("FROM debian:13-slim\nCOPY . .\nRUN apt-get install -y $(cat packages.txt) && apt-get install -y ./tool.deb\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !needs_whole_source(stage)) {
        for is_trigger in [false, true] {
            let steps: Vec<&Step<'_>> = stage.steps.iter().filter(|step| step.is_trigger == is_trigger).into_list();
            let Some(copy) = steps.iter().position(|step| copies_all(step)) else { continue };
            let (before, after) = steps.split_at_checked(copy).unwrap_or_default();
            let Some((copy, after)) = after.split_first() else { continue };
            let installed = installed(document, stage, before);
            let sequence = Sequence { document, stage, before, copy, after, installed };
            let told = sequence.dependencies(report);
            sequence.system(told, report);
        }
    }
}

/// The steps of a stage, around the one that copies the whole source.
struct Sequence<'s, 'd, 'a> {
    document: &'d Document<'a>,
    stage: &'d Stage<'a>,
    before: &'s [&'d Step<'a>],
    copy: &'d Step<'a>,
    after: &'s [&'d Step<'a>],
    /// What was installed before the source came, so that only a rest is left to do.
    installed: Vec<Ecosystem>,
}

impl<'d, 'a> Sequence<'_, 'd, 'a> {
    /// Returns the step that it speaks of.
    fn dependencies(&self, report: &mut Reporter<'_>) -> Option<&'d Step<'a>> {
        let manifests = self.commands().filter(|(step, command)| !self.is_exempt(step, command));
        let found = manifests.filter_map(|(step, command)| Some((step, command, manifest_install(command)?)));
        let mut installs =
            found.filter(|(_, command, install)| !self.installed.contains(&install.ecosystem) && !is_project(command));
        let Some((step, command, install)) = installs.next() else {
            self.combined(report);
            return None;
        };
        let range = verb(command);
        let message = format!(
            "`{}` runs again after every change of the source that `{}` copies",
            self.shown(range),
            self.copied()
        );
        let finding = report.at("dependencies", range, message);
        if let Some(edits) = unless_for_score(self.document, || manifest_first(self, step, command, &install)) {
            let title = "Copy the manifest and install before the source (nothing else of the source is there then)";
            finding.fix(Review, title, edits);
        }
        Some(step)
    }

    /// Whether the first file that a COPY would bring came before the source already.
    fn is_copied_before(&self, arguments: &str) -> bool {
        let file = arguments.split(' ').next().unwrap_or_default();
        let mut sources = self.before.iter().filter_map(|step| step.copy()).flat_map(|copy| &copy.sources);
        sources.any(|source| source.word().text.trim_start_matches("./") == file)
    }

    fn combined(&self, report: &mut Reporter<'_>) {
        if self.stage.is_dev {
            return;
        }
        let downloads = |command: &Command| built_by(command).filter(|ecosystem| !self.installed.contains(ecosystem));
        let found = self.commands().find_map(|(step, command)| {
            let is_exempt = self.is_exempt(step, command) || is_offline(self.document, step, command);
            Some((step, command, downloads(command).filter(|_| !is_exempt)?))
        });
        let Some((step, command, ecosystem)) = found else { return };
        let range = verb(command);
        let message =
            format!("`{}` fetches all dependencies again after every change of the source", self.shown(range));
        let finding = report.at("combined", range, message);
        if let Some(edits) = unless_for_score(self.document, || modules_first(self, step, command, ecosystem)) {
            let title = "Download the modules before the source is copied (local replacements need their files)";
            finding.fix(Review, title, edits);
        }
    }

    /// Whether the modules of a build can be downloaded where the source is not there yet, with nothing that stands in between.
    fn may_download_modules(&self, step: &Step<'_>, build: &Command) -> bool {
        const OF_THE_RESULT: &str = "CGO_ENABLED GOAMD64 GOARCH GOARM GOOS";
        let mut between = self.after.iter().take_while(|other| other.index < step.index);
        let is_about_result = |step: &&Step<'_>| match &step.instruction.arguments {
            Arguments::Env(values) => values.pairs.iter().all(|pair| pair.key.text.is_one_of(OF_THE_RESULT)),
            Arguments::Arg(_) | Arguments::Label(_) | Arguments::Expose(_) | Arguments::Stopsignal(_) => true,
            _ => false,
        };
        let is_first = step.commands().next().is_some_and(|first| first.range == build.range);
        let is_off = |name: &str| self.document.variable_at(name, step).is_some_and(|value| value == "off");
        let is_vendored =
            |copy: &CopyArguments| copy.sources.iter().any(|source| crate::path::name(&source.word().text) == "vendor");
        is_first
            && build.assignments.iter().all(|assignment| assignment.name.is_one_of(OF_THE_RESULT))
            && between.all(is_about_result)
            && self.reads_nothing_else(step)
            && !build.has_any_flag("-C -modfile")
            && !is_off("GO111MODULE")
            && !self.before.iter().filter_map(|step| step.copy()).any(is_vendored)
            && !self.document.base_image_at(step).is_some_and(has_early_go)
    }

    fn system(&self, told: Option<&Step<'_>>, report: &mut Reporter<'_>) {
        let is_new = |step: &Step<'_>| told.is_none_or(|told| told.index != step.index);
        let found = self
            .commands()
            .find(|(step, command)| is_new(step) && !self.is_exempt(step, command) && is_system_install(command));
        let Some((step, command)) = found else { return };
        // The index is fetched for what is installed: the finding begins there.
        let first = step.commands().find(|first| manager(first).is_some() && manager(first) == manager(command));
        let range = verb(first.unwrap_or(command));
        let message = format!(
            "`{}` runs again after every change of the source that `{}` copies",
            self.shown(range),
            self.copied()
        );
        let finding = report.at("system", range, message);
        if let Some(edits) = unless_for_score(self.document, || system_first(self, step)) {
            finding.fix(Review, "Install before the source is copied (nothing of the source is there then)", edits);
        }
    }

    /// The commands of the RUNs after the source is copied.
    fn commands(&self) -> impl Iterator<Item = (&'d Step<'a>, &'d Command)> {
        self.after.iter().flat_map(|step| step.commands().map(move |command| (*step, command)))
    }

    /// Whether the command fetches nothing twice, or needs the source.
    fn is_exempt(&self, step: &Step<'_>, command: &Command) -> bool {
        step.mounts.iter().any(|mount| mount.kind == MountType::Cache)
            || command.context.is_conditional
            || command.has_any_flag("-w --workspace --workspaces --filter -F") && !command.is_one_of("pip pip3")
    }

    /// Whether the source goes where the install looks for it: into a directory that this file sets.
    fn is_in_place(&self) -> bool {
        let workdir = self.before.iter().rev().find_map(|step| match &step.instruction.arguments {
            Arguments::Workdir(path) => self.document.value_at(path, step),
            _ => None,
        });
        let Some((workdir, copy)) = workdir.zip(self.copy.copy()) else { return false };
        let destination = copy.destination.text.trim_end_matches('/');
        let is_here = destination == "." || destination == workdir.trim_end_matches('/');
        is_here && self.is_all()
    }

    /// Whether the copy brings all that there is, and nothing is said of how.
    fn is_all(&self) -> bool {
        let is_plain = |copy: &&CopyArguments| self.copy.instruction.flags.is_empty() && !copy.is_json;
        self.copy
            .copy()
            .filter(is_plain)
            .is_some_and(|copy| matches!(&copy.sources[..], [only] if matches!(only.word().text.as_str(), "." | "./")))
    }

    /// Whether nothing that stands between the source and a RUN could matter to what that installs.
    fn may_go_up(&self, step: &Step<'_>) -> bool {
        let mut between = self.after.iter().take_while(|other| other.index < step.index);
        between.all(|other| {
            matches!(other.kind(), InstructionKind::Label | InstructionKind::Expose | InstructionKind::Stopsignal)
        }) && self.reads_nothing_else(step)
    }

    /// The edits that move a RUN to before the source.
    fn moved_up(&self, step: &Step<'_>) -> Option<Vec<Edit>> {
        if !self.may_go_up(step) {
            return None;
        }
        let start = self.document.block_start(step.outer);
        let block = self.document.slice(TextRange::new(start, step.outer.lines.end()));
        // The blank lines above move behind it, so that the two blocks stay as far apart as they are.
        let gap = TextRange::new(self.document.gap_start(start), start);
        let newline = if block.ends_with('\n') { "" } else { newline_of(self.document.file.text()) };
        let text = format!("{block}{newline}{}", self.document.slice(gap));
        Some(vec![
            insert(self.document.block_start(self.copy.outer), text).because(WHY_FIRST),
            delete(TextRange::new(gap.start(), step.outer.lines.end())),
        ])
    }

    /// Whether the source may be copied behind a RUN instead: it goes, by a path written out, into the folder that is worked in there.
    fn may_go_down(&self, step: &Step<'_>) -> bool {
        let mut between = self.after.iter().take_while(|other| other.index < step.index);
        let is_near = between.all(|other| {
            use InstructionKind::{Arg, Env, Expose, Label, Stopsignal, Workdir};
            matches!(other.kind(), Arg | Env | Expose | Label | Stopsignal | Workdir)
        });
        let destination = self.copy.copy().map_or("", |copy| copy.destination.text.as_str());
        let is_there = step.in_force.workdir.as_deref() == Some(destination.trim_end_matches('/'));
        is_near && is_there && destination.starts_with('/') && self.is_all() && self.reads_nothing_else(step)
    }

    /// Whether the stage, or one that it is built on, works with a Yarn whose settings and own program lie beside the manifest.
    fn chain_has_modern_yarn(&self) -> bool {
        self.document.chain(self.stage).iter().any(|stage| is_modern_yarn(stage))
    }

    fn reads_nothing_else(&self, step: &Step<'_>) -> bool {
        let is_pointed = words_of(POINTERS).any(|name| self.document.is_variable_set(name, step));
        step.mounts.is_empty() && step.instruction.heredocs.is_empty() && !step.is_trigger && !is_pointed
    }

    /// The edits that bring the packages before the source, where the install itself has to stay behind it. It finds them there.
    fn fetched_ahead(
        &self,
        step: &Step<'_>,
        command: &Command,
        ecosystem: Ecosystem,
        goes_down: bool,
    ) -> Option<Vec<Edit>> {
        let [run] = &step.scripts[..] else { return None };
        let is_first = run.script.commands.first().is_some_and(|first| first.range == command.range);
        let is_plain = run.form == ScriptForm::Inline && command.wrappers.is_empty() && command.redirects.is_empty();
        let is_possible = goes_down || self.is_in_place() && self.may_go_up(step);
        if !is_first || !is_plain || !is_possible {
            return None;
        }
        let Ahead { flags, without_cache } = ahead(ecosystem)?;
        let missing = words_of(flags).filter(|flag| !command.has_flag(flag)).into_list().join(" ");
        let is_off = without_cache.strip_prefix(' ').is_some_and(|flag| command.has_flag(flag));
        let without_cache = if is_off { "" } else { without_cache };
        let words = format!("{} {missing}{without_cache}", self.document.slice(command.range));
        let line = self.document.line_like(self.copy.outer, "RUN", &words);
        if !goes_down {
            return Some(vec![insert(self.document.block_start(self.copy.outer), line).because(WHY_FIRST)]);
        }
        let (cut, source) = self.cut();
        Some(vec![insert(self.document.block_start(step.outer), line + &source).because(WHY_FIRST), cut])
    }

    /// The edit that takes the copy of the source away with what is said of it, and its text.
    fn cut(&self) -> (Edit, String) {
        let end = self.copy.outer.lines.end();
        let start = self.document.block_start(self.copy.outer);
        let text = self.document.slice(TextRange::new(start, end));
        let is_before_blank =
            self.document.file.text().get(end.into()..).is_some_and(|rest| rest.starts_with(['\r', '\n']));
        let start = if is_before_blank { self.document.gap_start(start) } else { start };
        (delete(TextRange::new(start, end)).because(WHY_FIRST), text.to_owned())
    }

    /// The edits that copy the source behind a RUN.
    fn moved_down(&self, step: &Step<'_>) -> Vec<Edit> {
        let (cut, text) = self.cut();
        let end = step.outer.lines.end();
        let newline = newline_of(self.document.file.text());
        let is_cut_off = !self.document.slice(step.outer.lines).ends_with('\n');
        let text = if is_cut_off { format!("{newline}{}", text.trim_end_matches(['\r', '\n'])) } else { text };
        vec![cut, insert(end, text)]
    }

    /// The edits that give the first commands of a RUN, those that install, and the cleaning behind them, to a RUN of their own before the
    /// source. The others stay, as they may read it.
    fn split(&self, step: &Step<'_>, of: &ManifestInstall<'_>, goes_down: bool) -> Option<Vec<Edit>> {
        let [run] = &step.scripts[..] else { return None };
        let script = &run.script;
        let is_plain = run.form == ScriptForm::Inline
            && script.is_readable
            && script.is_one_chain()
            && !script.has_comments
            && step.instruction.comments.is_empty();
        let count = script.commands.iter().take_while(|command| self.goes_along(command, of)).count();
        let (mut first, mut others) = script.commands.split_at_checked(count)?;
        let start = first.first()?.range.start();
        let end = first.last()?.range.end();
        let chain = script.chain_of(first.first()?)?;
        let begins = chain.is_top_level() && chain.range.is_some_and(|range| range.start() == start);
        let installs = first.iter().any(|command| manifest_install(command).is_some());
        if !is_plain || !begins || !installs || !goes_down && !self.may_go_up(step) {
            return None;
        }
        let mut cleaning = String::new();
        let mut edits = Vec::new();
        // What it leaves goes in the same layer.
        if let Some((last, before)) = others.split_last()
            && empties_tool_cache(last)
            && !before.is_empty()
        {
            cleaning = format!(" && {}", self.document.slice(last.range));
            edits.push(drop_last_link(self.document, script, last)?);
            others = before;
        }
        let undoes = |command: &Command| {
            manifest_install(command).is_some()
                || only_cleans(command)
                || command.is_one_of("rm")
                || command.starts_with("prune")
        };
        if others.iter().any(undoes) {
            return None;
        }
        // Link by link, so that nothing stands between them but `&&`.
        while let Some((command, rest)) = first.split_first() {
            edits.push(drop_link(self.document, script, command)?);
            first = rest;
        }
        let text = self.document.slice(TextRange::new(step.instruction.lines.start(), end));
        let mut text = format!("{text}{cleaning}{}", newline_of(self.document.file.text()));
        let mut below = self.copy;
        if goes_down {
            let (cut, source) = self.cut();
            edits.push(cut);
            text += &source;
            below = step;
        }
        edits.insert(0, insert(self.document.block_start(below.outer), text).because(WHY_FIRST));
        Some(edits)
    }

    /// Whether a command has nothing to do with the source, so that it can go before that along with an install.
    fn goes_along(&self, command: &Command, with: &ManifestInstall<'_>) -> bool {
        self.reads_no_source(command) || manifest_install(command).is_some_and(|install| install == *with)
    }

    fn reads_no_source(&self, command: &Command) -> bool {
        let is_local = install(command).is_some_and(|install| install.is_local());
        let cleans = only_cleans(command) && !self.removes_source(command);
        manager(command).is_some() && !is_local && !names_project_files(command) || names_packages(command) || cleans
    }

    /// Whether a command may remove something that was copied: done before the copy, it would stay in the image.
    fn removes_source(&self, command: &Command) -> bool {
        // A source that goes into the root, or to where nobody knows, is believed to have nothing here.
        const OF_THE_SYSTEM: &str = "/root /tmp /usr/share /var";
        if !command.is_one_of("rm") {
            return false;
        }
        let destination = self.document.destination_of(self.copy).filter(|path| path != "/");
        let is_source = |path: &str| {
            // Of a pattern that is known which stands before it.
            let start = path.split(['*', '?', '[', '{', '$', '\\']).next().unwrap_or_default();
            let is_whole = start == path;
            match (self.copy.absolute_path(start), &destination) {
                (Some(path), Some(folder)) => {
                    is_within(&path, folder) || is_within(folder, &path) || !is_whole && folder.starts_with(&path)
                }
                (Some(path), None) => !words_of(OF_THE_SYSTEM).any(|folder| is_within(&path, folder)),
                (None, _) => true,
            }
        };
        command.operands().iter().any(|word| is_source(word.shown()))
    }

    fn copied(&self) -> String {
        format!("{} {}", self.copy.kind().name(), self.copy.whole_context().map_or(".", |all| &all.text))
    }

    fn shown(&self, range: TextRange) -> String {
        self.document.slice(range).split_whitespace().filter(|word| *word != "\\").into_list().join(" ")
    }
}

/// The edits that copy a manifest, and install what it lists, before the source is copied.
#[inline(never)]
fn manifest_first(
    it: &Sequence<'_, '_, '_>,
    step: &Step<'_>,
    command: &Command,
    install: &ManifestInstall<'_>,
) -> Option<Vec<Edit>> {
    let arguments = match &install.named[..] {
        _ if names_project_files(command) => None,
        // Without a source Cargo says that there is nothing to build.
        _ if install.ecosystem == Ecosystem::Cargo => None,
        [file] if !file.starts_with('/') && !file.contains("..") && is_only_file(command) => {
            Some(list_with_its_kin(file))
        }
        _ if install.ecosystem == Ecosystem::Yarn && it.chain_has_modern_yarn() => None,
        _ => install.ecosystem.copy().map(str::to_owned),
    };
    let goes_down = !it.is_in_place() && it.may_go_down(step);
    let edits = match step.commands().all(|other| it.goes_along(other, install)) {
        _ if needs_source(command, install.ecosystem) => it.fetched_ahead(step, command, install.ecosystem, goes_down),
        true if goes_down => Some(it.moved_down(step)),
        true if it.is_in_place() => it.moved_up(step),
        false if goes_down || it.is_in_place() => it.split(step, install, goes_down),
        _ => None,
    };
    let (arguments, mut edits) = arguments.zip(edits)?;
    if !it.is_copied_before(&arguments) {
        let line = it.document.line_like(it.copy.outer, "COPY", &arguments);
        let below = if goes_down { step } else { it.copy };
        let line = insert(it.document.block_start(below.outer), line);
        edits.insert(0, line.because("all that the install reads, and seldom changed"));
    }
    Some(edits)
}

/// The edit that downloads the modules of a build before the source is copied.
#[inline(never)]
fn modules_first(
    it: &Sequence<'_, '_, '_>,
    step: &Step<'_>,
    build: &Command,
    ecosystem: Ecosystem,
) -> Option<Vec<Edit>> {
    let may_download = ecosystem == Ecosystem::Go && it.is_in_place() && it.may_download_modules(step, build);
    let arguments = ecosystem.copy().filter(|_| may_download)?;
    let is_there = it.is_copied_before(arguments);
    let copy = if is_there { String::new() } else { it.document.line_like(it.copy.outer, "COPY", arguments) };
    let run = it.document.line_like(it.copy.outer, "RUN", "go mod download");
    let at = it.document.block_start(it.copy.outer);
    Some(vec![insert(at, format!("{copy}{run}")).because("the modules change less often than the source")])
}

/// The edits that install packages of the system before the source is copied.
#[inline(never)]
fn system_first(it: &Sequence<'_, '_, '_>, step: &Step<'_>) -> Option<Vec<Edit>> {
    it.moved_up(step).filter(|_| step.commands().all(|command| it.reads_no_source(command)))
}

/// How packages are fetched before the source is there, by a tool whose install reads more than its manifest.
struct Ahead {
    /// What keeps it from the project itself.
    flags: &'static str,
    /// What is written behind, so that it leaves no cache.
    without_cache: &'static str,
}

fn ahead(ecosystem: Ecosystem) -> Option<Ahead> {
    match ecosystem {
        // The project's own classes and scripts, such as `php artisan package:discover`. It fails where they are not there.
        Ecosystem::Composer => {
            Some(Ahead { flags: "--no-scripts --no-autoloader", without_cache: " && composer clear-cache" })
        }
        // It installs the project as well, if that can be built. <https://docs.astral.sh/uv/guides/integration/docker/#intermediate-layers>
        Ecosystem::Uv => Some(Ahead { flags: "--no-install-project", without_cache: " --no-cache" }),
        _ => None,
    }
}

/// Whether an install reads more of the source than its manifest.
fn needs_source(command: &Command, ecosystem: Ecosystem) -> bool {
    let is_told = |flags: &str| words_of(flags).all(|flag| command.has_flag(flag));
    !command.has_any_flag("--no-install-workspace --only-group")
        && ahead(ecosystem).is_some_and(|it| !is_told(it.flags))
}

const WHY_FIRST: &str = "a change of the source behind it no longer runs this again";

/// What a stage installed, or built, before a step and in the stages that it is built from.
fn installed(document: &Document<'_>, stage: &Stage<'_>, before: &[&Step<'_>]) -> Vec<Ecosystem> {
    let parents = document.chain(stage).into_iter().filter(|parent| parent.index != stage.index);
    let steps = parents.flat_map(|parent| &parent.steps).chain(before.iter().copied());
    let of = |command| manifest_install(command).map(|install| install.ecosystem).or_else(|| built_by(command));
    let mut found = Vec::new();
    for ecosystem in steps.flat_map(Step::commands).filter_map(of) {
        if !found.contains(&ecosystem) {
            found.push(ecosystem);
        }
    }
    found
}

/// Tools that look at all packages of a repository.
const TOOLS: &str = "turbo lerna nx";

/// So many words may stand up to such a tool: `pnpm --silent exec turbo`.
const MOST_BEFORE_TOOL: usize = 4;

/// Whether a stage works with tools that look at all packages of a repository, or that sort out by themselves what to install first.
fn needs_whole_source(stage: &Stage<'_>) -> bool {
    let is_such = |command: &Command| {
        command.is_one_of(TOOLS)
            || command.starts_with("chef")
            || command.is_one_of("npm npx pnpm yarn")
                && (command.words.iter().take(MOST_BEFORE_TOOL).any(|word| word.shown().is_one_of(TOOLS))
                    || command.starts_with("workspace")
                    || command.starts_with("workspaces")
                    || command.has_any_flag("-w --workspace --workspaces --filter -F -r --recursive"))
    };
    stage.steps.iter().flat_map(Step::commands).any(is_such)
}

/// Whether a step copies everything there is.
fn copies_all(step: &Step<'_>) -> bool {
    step.whole_context().is_some() && step.instruction.flag("exclude").is_none()
}

/// Whether the project itself is installed along with what it needs.
fn is_project(command: &Command) -> bool {
    command.is_one_of("poetry") && !command.has_any_flag("--no-root --only-root")
        || command.has_any_flag("-e --editable") && !command.has_flag("-r")
}

/// Whether one file is all that a command reads.
fn is_only_file(command: &Command) -> bool {
    command.flag_values("-r").len() + command.flag_values("--requirement").len() == 1
}

/// The arguments of a COPY that brings a list of packages to where it stands in the context, with the lists that it may name:
/// `requirements/prod.txt` mostly begins with `-r base.txt`, and `requirements-dev.txt` with `-r requirements.txt`.
fn list_with_its_kin(file: &str) -> String {
    let file = file.trim_start_matches("./");
    match file.rsplit_once('/') {
        Some((folder, _)) if last_part(folder).contains(LISTS) => format!("{folder}/ {folder}/"),
        Some((folder, _)) => format!("{file} {folder}/"),
        None if file == "requirements.txt" || !file.ends_with(".txt") => format!("{file} ./"),
        None if file.starts_with(LISTS) => format!("{LISTS}*.txt ./"),
        None if file.contains(LISTS) => format!("*{LISTS}*.txt ./"),
        None => format!("{file} ./"),
    }
}

/// How lists of packages for pip are called, and folders of them.
const LISTS: &str = "requirements";

/// The tool that a build fetches its dependencies with.
fn built_by(command: &Command) -> Option<Ecosystem> {
    packages::build(command)?;
    match command.program()? {
        "go" if command.starts_with("build") => Some(Ecosystem::Go),
        "cargo" if !command.starts_with("install") => Some(Ecosystem::Cargo),
        "mvn" | "mvnw" => Some(Ecosystem::Maven),
        "gradle" | "gradlew" => Some(Ecosystem::Gradle),
        "dotnet" => Some(Ecosystem::Dotnet),
        _ => None,
    }
}

/// Whether a build is told that everything is there.
fn is_offline(document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
    let is_vendored = |flags: &str| flags.contains("-mod=vendor");
    command.flag_value("-mod") == Some("vendor")
        || command.has_any_flag("--offline --no-restore --frozen")
        || command.is_one_of("mvn mvnw") && command.has_flag("-o")
        || command.assigned("GOFLAGS").is_some_and(|value| is_vendored(value.shown()))
        || document.variable_at("GOFLAGS", step).is_some_and(|value| is_vendored(&value))
}

/// Whether a command installs packages that it names itself, other than the installer, which is renewed for the installs that follow it.
fn is_system_install(command: &Command) -> bool {
    let is_tool = |word: &&Word| matches!(package_name(word.shown()), "pip" | "setuptools" | "wheel");
    names_packages(command) && !named_packages(command).iter().all(is_tool)
}

fn named_packages(command: &Command) -> Vec<&Word> {
    match (install(command), language_install(command)) {
        (Some(install), _) if !install.is_local() => install.packages,
        (_, Some(install)) if is_outside_project(command, install.ecosystem) => install.packages,
        _ => Vec::new(),
    }
}

/// Whether all that a command installs is in its words.
fn names_packages(command: &Command) -> bool {
    let words = named_packages(command);
    let is_given = command.wrapper("xargs").is_none() && !names_project_files(command);
    let is_read = |word: &Word| word.known().is_none() && !word.has_variable();
    is_given && !words.is_empty() && !words.iter().any(|word| word.is_glob || is_read(word))
}

/// Whether a command leaves the project's own manifest alone.
fn is_outside_project(command: &Command, ecosystem: Ecosystem) -> bool {
    match ecosystem {
        Ecosystem::Pip | Ecosystem::Bundler | Ecosystem::Cargo => true,
        Ecosystem::Npm | Ecosystem::Pnpm | Ecosystem::Bun => command.has_any_flag("-g --global"),
        Ecosystem::Yarn | Ecosystem::Composer => command.starts_with("global"),
        Ecosystem::Uv => command.starts_with("tool"),
        // Without a version `go install` is about packages of the module.
        Ecosystem::Go => {
            command.starts_with("install") && command.operands().iter().any(|word| word.shown().contains('@'))
        }
        _ => false,
    }
}

/// The words that say what a command does: `npm ci`, `go mod download`.
fn verb(command: &Command) -> TextRange {
    const FIRST_OF_TWO: &str = "mod pip global tool group module";
    let Some(program) = command.words.first() else { return command.range };
    let operands = command.operands();
    let verb = match &operands[..] {
        [first, second, ..] if first.is_one_of(FIRST_OF_TWO) => Some(second),
        // A list of goals says less than the program that reaches them.
        [_, ..] if command.is_one_of("mvn mvnw gradle gradlew") => None,
        [first, ..] => Some(first),
        [] => None,
    };
    verb.map_or(program.range, |verb| program.range.cover(verb.range))
}
