//! Full images where the slim variant would do.

use crate::fix::retag;
use crate::image::{ImageName, slim_tag};
use crate::packages::{build, install, is_build_package, language_install, package_name};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "prefer-slim-base-image",
    category: Category::BaseImage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Full image where a slim one would do",
    summary: "Start the image that ships from the slim variant, unless it needs what only the full one has.",
    why: "
The plain tags of language images carry compilers, headers and version control, so that anything builds on them. When the program runs they are
several hundred megabytes of dead weight, and a long list of packages to patch.

The slim variant runs the same program with the same C library. Alpine is smaller still, but has musl, so native extensions need a test there.
",
    leave_it_when: "Something at run time needs a tool that only the full image has, or extensions are compiled while the image is built.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
        "https://hub.docker.com/_/python",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «node:24»\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD [\"node\", \"server.js\"]\n",
        ),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD [\"node\", \"server.js\"]\n"),
        reviewed(
            "FROM «python:3.13-bookworm» AS base\nFROM base\nCOPY app.py /\nCMD [\"python\", \"/app.py\"]\n",
            "FROM python:3.13-slim-bookworm AS base\nFROM base\nCOPY app.py /\nCMD [\"python\", \"/app.py\"]\n",
        ),
        reviewed("FROM «debian:trixie»\nCOPY api /\nCMD [\"/api\"]\n", "FROM debian:trixie-slim\nCOPY api /\nCMD [\"/api\"]\n"),
        flagged("ARG VERSION=24\nFROM «node:$VERSION»\nCOPY . .\nCMD [\"node\", \".\"]\n"),
        flagged("FROM «python:3.14»\nCOPY app.py /\nHEALTHCHECK CMD curl -f http://localhost:8000/\nUSER 10001\nCMD [\"python\", \"/app.py\"]\n"),
        reviewed(
            "FROM «python:3.14»\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost:8000/\nUSER 10001\nCMD [\"python\", \"/app.py\"]\n",
            "FROM python:3.14-slim\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost:8000/\nUSER 10001\nCMD [\"python\", \"/app.py\"]\n",
        ),
        // It compiles, or takes a tool that the slim image lacks.
        clean("FROM python:3.13\nRUN apt-get update && apt-get install -y libpq-dev && pip install psycopg2\nCMD [\"python\", \"/app.py\"]\n"),
        clean("FROM node:24\nRUN git clone https://git.example.com/app.git /app\nCMD [\"node\", \"/app\"]\n"),
        clean("FROM ruby:3.4\nRUN curl -fsSLO https://example.com/data.json\nCMD [\"ruby\", \"/app.rb\"]\n"),
        clean("FROM ruby:3.4\nRUN bundle install\nCMD [\"ruby\", \"/app.rb\"]\n"),
        // A toolchain, a stage that does not ship, and one for people.
        clean("FROM rust:1.98\nRUN cargo build --release\nCMD [\"/target/release/api\"]\n"),
        clean("FROM node:24 AS build\nRUN npm run build\nFROM nginx:1.30\nCOPY --from=build /dist /srv\nCMD [\"nginx\"]\n"),
        clean("FROM python:3.13\nCMD [\"bash\"]\n"),
        clean("FROM nginx:1.30\nCOPY . /srv\nCMD [\"nginx\"]\n"),
        // What has no wheels is compiled.
        clean("FROM python:3.13\nRUN pip install mysqlclient==2.2\nCMD [\"python\", \"a.py\"]\n"),
    ],
    check,
};

/// Programs that the full images have and the slim ones lack.
const TOOLS: &str = "\
    git curl wget gcc g++ cc c++ make cmake autoconf automake libtool patch pkg-config svn hg ssh unzip \
    mysql_config pg_config file convert";

/// Managers whose packages are mostly compiled while they are installed.
const COMPILERS: &str = "bundle gem cpanm cargo stack cabal mix";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some(image) = document.chain_base(stage).image().filter(|image| image.digest.is_none()) else { return };
    let Some(slim) = slim_tag(image) else { return };
    if document.is_workplace(stage) || document.start(stage).is_none() || needs_full(document, stage) {
        return;
    }
    let Some((_, from)) = document.chain(stage).first().and_then(|root| root.from) else { return };
    let message = format!("`{}` ships with compilers and headers, and `{slim}` would do as well", image.shown());
    let message = if image.repository == "debian" { lean(image, &slim) } else { message };
    // It asks with what goes, so that both have to be changed.
    if let Some(tool) = checked_with(document, stage) {
        report.here(from.image.range, format!("{message}, once its health check needs no `{tool}`"));
        return;
    }
    let finding = report.here(from.image.range, message);
    if let Some(edit) = retag(&from.image, image, &slim) {
        finding.fix(
            Review,
            format!("Start from `{slim}`; tools and libraries that only the full image has are then missing"),
            [edit],
        );
    }
}

fn lean(image: &ImageName, slim: &str) -> String {
    format!("`{}` ships with manuals and translations, and `{slim}` has none", image.shown())
}

/// The program that only the full image has and that the health check asks with.
fn checked_with(document: &Document<'_>, stage: &Stage<'_>) -> Option<&'static str> {
    let check = document.healthcheck(stage)?;
    let brings = |command: &Command, tool: &str| {
        install(command).is_some_and(|install| install.packages.iter().any(|it| package_name(it.shown()) == tool))
    };
    let steps = document.chain_steps(stage);
    words_of(TOOLS)
        .find(|tool| check.all_commands().any(|command| command.is_one_of(tool)))
        .filter(|tool| !steps.iter().any(|step| step.commands().any(|command| brings(command, tool))))
}

/// Whether a package of Python is compiled as it is installed, for want of a wheel for Linux.
fn compiles(package: &str) -> bool {
    const WITHOUT_WHEELS: &str =
        "psycopg2 mysqlclient uwsgi python-ldap pycairo pygobject dbus-python gssapi pycups pygraphviz mod-wsgi";
    let name = package.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).next();
    name.is_some_and(|name| name.to_ascii_lowercase().replace('_', "-").is_one_of(WITHOUT_WHEELS))
}

/// Whether something in the stages calls for what only the full image has.
fn needs_full(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let mut commands =
        document.chain_steps(stage).into_iter().flat_map(|step| step.commands()).chain(document.start_commands(stage));
    commands.any(|command| {
        build(command).is_some()
            || command.has_flag("--no-binary")
            || language_install(command)
                .is_some_and(|install| install.packages.iter().any(|package| compiles(package.shown())))
            || command.is_one_of(TOOLS)
            || command.is_one_of(COMPILERS)
            || install(command).is_some_and(|install| {
                install.packages.iter().any(|package| is_build_package(package_name(package.shown())))
            })
    })
}
