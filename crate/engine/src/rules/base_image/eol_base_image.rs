//! Base images whose release gets no more security fixes.

use crate::date::Date;
use crate::fix::{retag, unless_for_score};
use crate::image::{Cycle, End, Entry, ImageName, day_of, is_os, line_of, refreshed, successor, system_of};
use crate::packages::{Ecosystem, install, language_install, manifest_install, package_name};
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::Word;

pub const RULE: Rule = Rule {
    id: "eol-base-image",
    category: Category::BaseImage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("ended"),
        Case::new("ended-ruby").codes(&[tally("tally/ruby/eol-ruby-version")]),
        Case::new("distro"),
        Case::new("ending").severity(Severity::Info),
        Case::new("superseded").severity(Severity::Info),
    ],
    supersedes: &[],
    title: "Base image that is no longer supported",
    summary: "Choose a base image release that still receives security fixes.",
    why: "
Once a release reaches its end of life nobody patches it, so every vulnerability that is published later stays in your image for good. The
package mirrors of dead distributions vanish too, and one day the build simply stops working.

A tag may name two releases: `python:3.9-slim-bullseye` is Python 3.9 on Debian 11, and each ends on a day of its own.

Moving one supported release forward while it is easy beats moving five in a hurry.
",
    leave_it_when: "Somebody sells you support for the old release, or the image is kept to reproduce an old state and never runs in earnest.",
    references: &[
        "https://endoflife.date/",
        "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
        "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «node:16-alpine3.15»\nCOPY server.js /srv/\nCMD [\"node\", \"/srv/server.js\"]\n",
            "FROM node:22-alpine3.24\nCOPY server.js /srv/\nCMD [\"node\", \"/srv/server.js\"]\n",
        )
        .case("ended"),
        clean("FROM node:24-alpine3.23\nCOPY server.js /srv/\nCMD [\"node\", \"/srv/server.js\"]\n"),
        reviewed("FROM «docker.io/library/debian:stretch-slim»\n", "FROM docker.io/library/debian:bookworm-slim\n").case("ended"),
        reviewed("FROM «python:3.12-slim-buster» AS build\n", "FROM python:3.12-slim-trixie AS build\n").case("distro"),
        reviewed("FROM «ubuntu:18.04»\nFROM «alpine:3.12.1»\n", "FROM ubuntu:24.04\nFROM alpine:3.22\n").case("ended"),
        reviewed("FROM «nginx:1.25-alpine»\n", "FROM nginx:1.30-alpine\n").case("ended"),
        reviewed("FROM «ruby:2.7-slim»\n", "FROM ruby:3.4-slim\n").case("ended-ruby"),
        // What once moved with the releases of a line stopped with the last.
        flagged("FROM «python:2»\nFROM «python:2.7-slim»\n").case("ended"),
        reviewed("FROM «php:7-apache»\n", "FROM php:8.3-apache\n").case("ended"),
        // The data of a database may not survive such a step.
        flagged("FROM «postgres:9.6-alpine»\n").case("ended"),
        flagged("FROM «mcr.microsoft.com/dotnet/aspnet:6.0-focal»\n").case("ended"),
        flagged("FROM «gcr.io/distroless/base-debian11:nonroot»\n").case("distro"),
        flagged("FROM «nvidia/cuda:11.3.1-cudnn8-devel-ubuntu18.04»\n").case("distro"),
        flagged("ARG VERSION=3.7\nFROM «python:${VERSION}-slim»\n").case("ended"),
        flagged(
            "FROM «debian:stretch@sha256:1111111111111111111111111111111111111111111111111111111111111111»\n",
        )
        .case("ended"),
        // Of such products each release is looked after until the next one.
        reviewed("FROM «rust:1.97-slim» AS build\n", "FROM rust:1.98-slim AS build\n").case("superseded"),
        reviewed("FROM «php:8.2-cli»\n", "FROM php:8.3-cli\n").case("ending"),
        flagged("FROM «postgres:14»\n").case("ending"),
        // These move on by themselves, are not known, or have a life of their own.
        clean("FROM python:3\nFROM node:lts-slim\nFROM python:slim\nFROM alpine:edge\nFROM debian:stable\n"),
        clean("FROM example.com/team/python:3.6\nFROM our-base:2\nFROM webteam/php:ubuntu-16.04\n"),
        clean("FROM python:3.15-rc-slim\nFROM golang:1.99\nFROM ubuntu:24.04\nFROM rockylinux:9.3-minimal\n"),
        // It would not build with another release.
        flagged("FROM «ubuntu:20.04»\nRUN apt-get update && apt-get install -y php7.4-fpm && rm -rf /var/lib/apt/lists/*\n").case("ended"),
        flagged("FROM «debian:11»\nRUN apt-get update && apt-get install -y curl=7.74.0-1.3 && rm -rf /var/lib/apt/lists/*\n").case("ended"),
        flagged("FROM «python:3.7-slim-buster»\nCOPY a.py /\nCMD [\"python3.7\", \"/a.py\"]\n").case("ended"),
    ],
    check,
};

/// What ends within this time is worth a word.
const SOON_IN_DAYS: u16 = 91;

/// For so long it is no more than a word when a release ended because the next one came, as it does every few weeks.
const JUST_SUPERSEDED_IN_DAYS: u16 = 180;

/// Images for which a step over so many major versions is more than a new tag: what they keep, or run, would not survive it.
const CAREFUL: [(&str, u32); 9] = [
    ("postgres", 0),
    ("mysql", 1),
    ("mariadb", 1),
    ("mongo", 1),
    ("elasticsearch", 1),
    ("cassandra", 1),
    ("nextcloud", 1),
    ("neo4j", 1),
    ("python", 0),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(today) = day_of(document.today) else { return };
    let soon = today.plus_days(SOON_IN_DAYS);
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base) else { continue };
        let line = line_of(image);
        let system = system_of(image, line).filter(|_| is_known(image));
        let by = |cycle: Option<Cycle>, day: Date| cycle.filter(|cycle| cycle.end.is_before(day));
        let (case, cycle) = match (by(line, today), by(system, today), by(line, soon), by(system, soon)) {
            (Some(cycle), ..) if is_just_superseded(image, cycle, today) => ("superseded", cycle),
            (Some(cycle), ..) if image.repository == "ruby" => ("ended-ruby", cycle),
            (Some(cycle), ..) => ("ended", cycle),
            (_, Some(cycle), ..) => ("distro", cycle),
            (_, _, Some(cycle), _) | (_, _, _, Some(cycle)) => ("ending", cycle),
            _ => continue,
        };
        let is_line = line.is_some_and(|line| line == cycle);
        let finding = report.at(case, from.image.range, message(image, &cycle, is_line, today));
        let fix = || mend(document, stage, &from.image, image, (line, system), &cycle);
        if let Some((title, edit)) = unless_for_score(document, fix) {
            finding.fix(Review, title, [edit]);
        }
    }
}

/// The step to a release that is looked after, from the releases that the image and its system are of, because of the one that ends. Behind a door.
#[inline(never)]
fn mend(
    document: &Document<'_>,
    stage: &Stage<'_>,
    word: &Word,
    image: &ImageName,
    (line, system): (Option<Cycle>, Option<Cycle>),
    ended: &Cycle,
) -> Option<(String, Edit)> {
    let is_line = line.is_some_and(|line| line == *ended);
    let (tag, edit) = moved(document, word, image, line, is_line)?;
    if [line, system].into_iter().flatten().any(|cycle| is_left(document, stage, &cycle, &tag))
        || counts_on_release(document, stage, image)
    {
        return None;
    }
    let refuses = is_line && pip_would_refuse(document, stage, image, ended, &tag);
    Some((title(&tag, refuses), edit))
}

/// Whether a release ended not long ago, of a product whose newest release has no end but the one after it.
fn is_just_superseded(image: &ImageName, cycle: Cycle, today: Date) -> bool {
    let newest = Entry::of(&image.repository).and_then(|entry| entry.cycles().next());
    newest.is_some_and(|newest| newest.end == End::Open)
        && cycle.last_day().is_some_and(|day| today < day.plus_days(JUST_SUPERSEDED_IN_DAYS))
}

/// Whether the operating system in an image's tag is known to be what is in there: a stranger may mean something else.
fn is_known(image: &ImageName) -> bool {
    Entry::of(&image.repository).is_some()
        || image.repository == "nvidia/cuda"
        || image.repository.starts_with_any("gcr.io/distroless/ registry.access.redhat.com/ubi redhat/ubi")
}

fn message(image: &ImageName, cycle: &Cycle, is_line: bool, today: Date) -> String {
    let (name, title) = (image.shown(), cycle.title());
    let is = if is_line { "is" } else { "stands on" };
    match cycle.last_day() {
        Some(day) if day < today => format!("`{name}` {is} {title}, whose support ended on {day}"),
        Some(day) => format!("`{name}` {is} {title}, whose support ends on {day}"),
        None => format!("`{name}` {is} {title}, whose support has ended"),
    }
}

/// What to do besides, where it can be told.
fn title(tag: &str, refuses: bool) -> String {
    let mut title = format!("Move to `{tag}`, which is supported for longer; check that your program runs on it");
    if refuses {
        title += ", and give pip a virtual environment, because it refuses to install for the whole system there";
    }
    title
}

/// Whether a stage names a release that it leaves, as the addresses of package sources do.
fn is_left(document: &Document<'_>, stage: &Stage<'_>, cycle: &Cycle, tag: &str) -> bool {
    let is_named = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == cycle.mark);
    let mut texts = stage.own_steps().map(|step| document.slice(step.outer.range));
    cycle.has_code_name() && !is_named(tag) && texts.any(is_named)
}

/// Whether a stage installs what only some releases have, or calls the program of a version: with another release it does not build.
fn counts_on_release(document: &Document<'_>, stage: &Stage<'_>, image: &ImageName) -> bool {
    const OF_RELEASES: &str = "clang- g++- gcc- libboost libffi6 libicu libjpeg8 libncurses5 libpng12 libpython3. libreadline6 \
        libreadline7 libssl1 llvm- mysql-server-5 openjdk- php5 php7 php8 postgresql- python2 python3. ruby2";
    let has_number = |name: &str| name.contains(|letter: char| letter.is_ascii_digit());
    let is_of_release = |word: &crate::shell::Word| {
        let text = word.shown();
        let name = package_name(text);
        is_os(image) && text.contains('=') || name == "python" || has_number(name) && name.starts_with_any(OF_RELEASES)
    };
    let version: String = image.tag_parts().next().unwrap_or_default().split('.').take(2).collect::<Vec<_>>().join(".");
    let program = format!("{}{version}", image.short_name());
    let calls = |step: &Step<'_>| version.contains('.') && document.slice(step.outer.range).contains(&program);
    let mut packages = stage.own_steps().flat_map(Step::commands).filter_map(install).flat_map(|it| it.packages);
    packages.any(is_of_release) || stage.own_steps().any(calls)
}

/// Whether a stage has pip install for the whole system, which it refuses from Debian 12 and Ubuntu 23.04 on.
/// <https://peps.python.org/pep-0668/>
fn pip_would_refuse(document: &Document<'_>, stage: &Stage<'_>, image: &ImageName, from: &Cycle, tag: &str) -> bool {
    let first = match image.repository.as_str() {
        "debian" => 12,
        "ubuntu" => 23,
        _ => return false,
    };
    let to = line_of(&ImageName { tag: Some(tag.to_owned()), ..image.clone() });
    let installs = |command: &Command| {
        language_install(command).is_some_and(|install| install.ecosystem == Ecosystem::Pip)
            || manifest_install(command).is_some_and(|install| install.ecosystem == Ecosystem::Pip)
    };
    const SIGNS: &str = "/venv /activate virtual_env break_system break-system";
    let is_told = |step: &Step<'_>| document.slice(step.outer.range).to_ascii_lowercase().contains_any(SIGNS);
    major(from.name) < first
        && to.is_some_and(|to| major(to.name) >= first)
        && stage.own_steps().any(|step| step.commands().any(installs))
        && !stage.own_steps().any(is_told)
}

/// The tag of a supported release, and the edit that moves to it.
fn moved(
    document: &Document<'_>,
    word: &Word,
    image: &ImageName,
    line: Option<Cycle>,
    is_line: bool,
) -> Option<(String, Edit)> {
    let to = if is_line { successor } else { refreshed };
    let tag = to(image, line?, document.today);
    let tag = tag.filter(|_| image.digest.is_none())?;
    let careful = CAREFUL.iter().find(|(name, _)| *name == image.repository);
    if careful.is_some_and(|(_, most)| major(&tag).abs_diff(major(image.tag.as_deref().unwrap_or_default())) > *most) {
        return None;
    }
    let edit = retag(word, image, &tag)?;
    Some((tag, edit))
}

fn major(tag: &str) -> u32 {
    let end = tag.find(|c: char| !c.is_ascii_digit()).unwrap_or(tag.len());
    tag.get(..end).and_then(|number| number.parse().ok()).unwrap_or_default()
}
