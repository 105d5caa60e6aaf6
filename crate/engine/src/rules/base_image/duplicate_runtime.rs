//! Runtimes and tools that the image has already.

use crate::fix::drop_argument;
use crate::image::ImageName;
use crate::packages::{Ecosystem, install, language_install, package_name};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::{Listed, words_of};
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "duplicate-runtime",
    category: Category::BaseImage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("os-package"),
        Case::new("bundled-tool").codes(&[tally("tally/ruby/redundant-bundler-install")]),
    ],
    supersedes: &[],
    title: "A second copy of what the image has",
    summary: "Use the runtime that the image brings; a second one differs and takes space.",
    why: "
`apt-get install python3` on a `python` image installs Debian's interpreter next to the one that you chose. Packages land in one while the program
runs in the other, and the image grows for nothing.
",
    leave_it_when: "A package of the system works with the system's own runtime only.",
    references: &["https://hub.docker.com/_/python"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y git «python3-pip»\n",
            "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y git\n",
        )
        .case("os-package"),
        flagged("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends «python3-pip=25.*»\n").case("os-package"),
        flagged("FROM eclipse-temurin:21\nRUN apt-get update && apt-get install -y «openjdk-21-jre»\n").case("os-package"),
        flagged("FROM ruby:3.4\nRUN gem install «bundler»\n").case("bundled-tool"),
        flagged("FROM node:24\nRUN npm install -g «yarn»\n").case("bundled-tool"),
        clean("FROM python:3.13-slim\nRUN pip install --no-cache-dir --upgrade pip requests==2.32.4\n"),
        clean("FROM node:24\nRUN apt-get update && apt-get install -y python3\nRUN npm install -g npm@11 yarn@1.22.22\n"),
        clean("FROM ruby:3.4\nRUN gem install bundler:2.6.0\nRUN gem install bundler -v 2.5.1\n"),
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y python3-pip\n"),
        // The system's own interpreter is meant.
        clean("FROM python:3.13\nRUN apt-get update && apt-get install -y python3-dev && /usr/bin/python3 -m venv /v\n"),
        clean("FROM python:3.13\nRUN apt-get update && apt-get install -y python3-pip python3-gi\nRUN /usr/bin/python3 -m pip install dbus-python\n"),
    ],
    check,
};

/// Images, the packages of the system that hold the same once more, and the tools that they bring.
const BUNDLED: [(&str, &str, &str); 8] = [
    ("python", "python3 python3-pip python3-dev python3-venv python-is-python3 py3-pip", ""),
    ("node", "nodejs npm yarn", "npm yarn"),
    ("ruby", "ruby ruby-full ruby-dev bundler", "bundler"),
    ("golang", "golang golang-go go", ""),
    ("rust", "cargo rustc rust", ""),
    ("php", "php php-cli php-fpm", ""),
    ("eclipse-temurin", "default-jre default-jre-headless default-jdk openjdk-", ""),
    ("maven", "default-jre default-jre-headless default-jdk openjdk-", ""),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let is_system_called = OnceCell::new();
    for stage in document.shipped_stages() {
        let Some(image) = document.chain_base(stage).image() else { continue };
        let Some((_, packages, tools)) = BUNDLED.iter().find(|(name, ..)| image.repository == *name) else { continue };
        // Who calls one by its path there wants that of the system.
        let is_of_system = |step: &Step<'_>| document.slice(step.outer.range).contains_any(OF_SYSTEM);
        if *is_system_called.get_or_init(|| document.steps().any(is_of_system)) {
            continue;
        }
        for step in stage.own_steps() {
            for command in step.commands() {
                system(document, image, command, packages, report);
                bundled(image, command, tools, report);
            }
        }
    }
}

/// Runtimes where packages of the system put them.
const OF_SYSTEM: &str = "/usr/bin/python /usr/bin/node /usr/bin/ruby /usr/bin/php";

/// Reports packages of the system that hold what the image has.
fn system(document: &Document<'_>, image: &ImageName, command: &Command, known: &str, report: &mut Reporter<'_>) {
    let Some(install) = install(command) else { return };
    for package in &install.packages {
        let name = package_name(package.shown());
        if !words_of(known).any(|known| name == known || known.ends_with('-') && name.starts_with(known)) {
            continue;
        }
        let message = format!("`{name}` is another one than that of the `{}` image", image.repository);
        let finding = report.at("os-package", package.range, message);
        if install.packages.len() > 1
            && let Some(edit) = drop_argument(document, command, package.range)
        {
            finding.fix(Review, "Use the one of the image", [edit]);
        }
    }
}

/// Reports tools that come with the image, where no version says that another one is wanted.
fn bundled(image: &ImageName, command: &Command, tools: &str, report: &mut Reporter<'_>) {
    let Some(install) = language_install(command) else { return };
    let is_global = match install.ecosystem {
        Ecosystem::Bundler => !command.has_any_flag("-v --version"),
        Ecosystem::Npm => command.has_any_flag("-g --global"),
        _ => false,
    };
    for package in install.packages.iter().filter(|_| is_global) {
        // Node's images bring Yarn up to version 25.
        let is_there = !package.is("yarn") || image.major().is_some_and(|major| major < 26);
        if is_there && package.is_one_of(tools) {
            let message = format!("the `{}` image brings `{}` already", image.repository, package.shown());
            report.at("bundled-tool", package.range, message);
        }
    }
}
