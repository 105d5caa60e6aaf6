//! Base images without a fixed version.

use crate::fix::retag;
use crate::image::{ImageName, codename, is_in_library, is_os, is_unversioned, pinned_tag};
use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{ArgDeclaration, Part, Word};

pub const RULE: Rule = Rule {
    id: "pin-base-image-tag",
    category: Category::BaseImage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[
        trivy("DS-0001"),
        checkov("CKV_DOCKER_7"),
        dockle("DKL-DI-0006"),
        droast("DF001"),
        droast("DF024"),
    ],
    cases: &[
        Case::new("untagged").codes(&[hadolint("DL3006"), kics("Image Version Not Explicit"), semgrep("missing-image-version"), dockerfilelint("missing_tag")]),
        Case::new("latest").codes(&[hadolint("DL3007"), kics("Image Version Using 'latest'"), semgrep("avoid-latest-version"), dockerfilelint("latest_tag")]),
        Case::new("symbolic"),
        Case::new("unversioned").severity(Severity::Info).codes(&[hadolint("DL3006"), kics("Image Version Not Explicit"), semgrep("missing-image-version"), dockerfilelint("missing_tag")]),
        Case::new("unversioned-latest").severity(Severity::Info).codes(&[hadolint("DL3007"), kics("Image Version Using 'latest'"), semgrep("avoid-latest-version"), dockerfilelint("latest_tag")]),
        Case::new("local").severity(Severity::Info).codes(&[hadolint("DL3006"), kics("Image Version Not Explicit"), semgrep("missing-image-version"), dockerfilelint("missing_tag")]),
        Case::new("local-latest").severity(Severity::Info).codes(&[hadolint("DL3007"), kics("Image Version Using 'latest'"), semgrep("avoid-latest-version"), dockerfilelint("latest_tag")]),
        Case::new("arg-default").codes(&[kics("Image Version Not Explicit"), semgrep("missing-image-version"), dockerfilelint("missing_tag"), kics("Image Version Using 'latest'"), semgrep("avoid-latest-version"), dockerfilelint("latest_tag")]),
        Case::new("copy-from").codes(&[kics("Image Version Using 'latest'"), semgrep("avoid-latest-version"), dockerfilelint("latest_tag")]),
    ],
    supersedes: &[],
    title: "Base image without a fixed version",
    summary: "Give every base image a specific version tag; a missing, `latest` or purely symbolic tag means a different image tomorrow.",
    why: "
A tag such as `latest` is a moving label, not a version. The build you tested and the build that ships can start from different operating
systems or runtimes without one changed line.

A specific tag makes rebuilds predictable and turns an upgrade into a reviewed diff. The price is small: somebody, often a bot, must move
the tag forward now and then.
",
    leave_it_when: "The image is thrown away right after the build, as in a test that wants the newest of everything.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
        "https://github.com/hadolint/hadolint/wiki/DL3006",
        "https://github.com/hadolint/hadolint/wiki/DL3007",
        "https://avd.aquasec.com/misconfig/ds-0001",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «python:latest»\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n",
            "FROM python:3.14\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n",
        )
        .case("latest"),
        clean("FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n"),
        reviewed("FROM «docker.io/library/node» AS build\n", "FROM docker.io/library/node:26 AS build\n").case("untagged"),
        reviewed("FROM --platform=linux/amd64 «golang:alpine»\n", "FROM --platform=linux/amd64 golang:1.27-alpine\n").case("symbolic"),
        reviewed("FROM «node:lts-slim»\n", "FROM node:26-slim\n").case("symbolic"),
        reviewed("FROM «python:bookworm»\n", "FROM python:3.14-bookworm\n").case("symbolic"),
        reviewed("FROM «debian:stable-slim»\n", "FROM debian:13-slim\n").case("symbolic"),
        // Whoever asks for these wants them to move.
        flagged("FROM «ubuntu:rolling»\n").case("symbolic"),
        flagged("FROM «example/db:edge-debian»\nFROM «golang:tip-bookworm»\nFROM «example/app:canary»\nFROM «node:onbuild»\n").case("symbolic"),
        clean("FROM example/app:2.1-edge\nFROM example/app:edge-20260401\n"),
        flagged("FROM «our-base»\nFROM «our-base:dev»\n").case("local"),
        flagged("FROM «our-base:latest»\n").case("local-latest"),
        flagged("FROM «registry.example.com:5000/team/app»\n").case("untagged"),
        flagged("FROM «gcr.io/distroless/static»\n").case("unversioned"),
        flagged("FROM «gcr.io/distroless/static:latest»\n").case("unversioned-latest"),
        clean("FROM gcr.io/distroless/static-debian13:nonroot\n"),
        reviewed("ARG BASE=«node:latest»\nFROM $BASE\nFROM ${BASE}\n", "ARG BASE=node:26\nFROM $BASE\nFROM ${BASE}\n").case("arg-default"),
        reviewed("ARG BASE=«\"node:latest\"»\nFROM $BASE\n", "ARG BASE=\"node:26\"\nFROM $BASE\n").case("arg-default"),
        clean("ARG BASE=our-base:latest\nFROM $BASE\n"),
        flagged("ARG TAG=«latest»\nFROM example/app:${TAG}\n").case("arg-default"),
        flagged("ARG REGISTRY=registry.example.com\nFROM «${REGISTRY}/app»\n").case("untagged"),
        flagged("FROM alpine:3.23\nCOPY --from=«busybox:latest» /bin/busybox /bin/\n").case("copy-from"),
        flagged("FROM alpine:3.23\nRUN --mount=«from=tools/all:latest,target=/tools» /tools/run\n").case("copy-from"),
        clean("FROM alpine:3.23 AS base\nFROM base\nFROM scratch\n"),
        clean("FROM debian:trixie-slim\nFROM ubuntu:noble\nFROM arm32v7/debian:bookworm-slim\n"),
        clean("FROM mcr.microsoft.com/devcontainers/base:trixie\n"),
        // There is no node:26-buster.
        flagged("FROM «node:lts-buster»\n").case("symbolic"),
        clean("ARG VERSION\nARG UNKNOWN\nFROM node:$VERSION\nFROM $UNKNOWN\n"),
        clean("ARG VERSION=3.13\nFROM python:${VERSION}-slim\n"),
        clean("FROM alpine@sha256:1111111111111111111111111111111111111111111111111111111111111111\n"),
        clean("FROM alpine:latest@sha256:1111111111111111111111111111111111111111111111111111111111111111\n"),
        // Without the argument nothing is built.
        clean("ARG BASE=non-existing\nFROM $BASE\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut judged_args = HashSet::new();
    for stage in document.stages() {
        let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base) else { continue };
        let is_stopper = from.image.has_variable() && image.repository.is_one_of(STOPPERS);
        let Some(fault) = Fault::of(image).filter(|_| !is_stopper) else { continue };
        match deciding_arg(document, &from.image) {
            // An image that is built here is handed in as it comes.
            Some(_) if fault == Fault::Local => {}
            Some((declaration, default, is_whole)) => {
                // Several stages may take their image from one ARG.
                if judged_args.insert(declaration.range) {
                    report_default(document, report, default, is_whole.then_some(image), image);
                }
            }
            None => {
                let finding = report.at(fault.case(image), from.image.range, fault.message(image, &from.image.text));
                if let Some(edit) = pinned(document, image, &from.image) {
                    finding.fix(Review, title(&edit), [edit]);
                }
            }
        }
    }
    check_copies(document, report);
}

/// What is wrong with a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Untagged,
    Latest,
    Symbolic,
    Unversioned,
    Local,
}

impl Fault {
    fn of(image: &ImageName) -> Option<Fault> {
        if image.digest.is_some() {
            return None;
        }
        let fault = match image.tag.as_deref() {
            None => Fault::Untagged,
            Some("latest") => Fault::Latest,
            Some(_) if is_symbolic(image) && !is_unversioned(image) => Fault::Symbolic,
            Some(_) => return None,
        };
        Some(match fault {
            _ if is_unversioned(image) => Fault::Unversioned,
            _ if image.is_official() && !is_in_library(image) => Fault::Local,
            fault => fault,
        })
    }

    fn case(self, image: &ImageName) -> &'static str {
        let is_latest = image.tag.as_deref() == Some("latest");
        match self {
            Fault::Untagged => "untagged",
            Fault::Latest => "latest",
            Fault::Symbolic => "symbolic",
            Fault::Unversioned if is_latest => "unversioned-latest",
            Fault::Unversioned => "unversioned",
            Fault::Local if is_latest => "local-latest",
            Fault::Local => "local",
        }
    }

    fn message(self, image: &ImageName, written: &str) -> String {
        let tag = image.tag.as_deref().unwrap_or("latest");
        match self {
            Fault::Untagged => format!("`{written}` has no tag, so it means `latest`, which can change between builds"),
            Fault::Latest => format!("`{written}` can change between builds: `latest` is a moving label"),
            Fault::Symbolic => format!("`{written}` can change between builds: `{tag}` names no version"),
            Fault::Unversioned => {
                format!("`{written}` can change between builds; this repository has no version tags, so pin a digest")
            }
            Fault::Local => {
                format!(
                    "`{written}` is probably built locally, as no official image has its name: which build it is can change"
                )
            }
        }
    }
}

/// Tags and parts of tags that name a channel: what they stand for moves.
const CHANNELS: &str = "\
    stable oldstable testing unstable sid edge rolling rawhide lts current mainline nightly dev main master latest \
    experimental beta tip devel develop canary snapshot onbuild preview";
/// Parts of tags that name a variant of every version.
const VARIANTS: &str = "alpine slim fpm cli apache jdk jre";

/// Whether a tag names a channel and no number, or nothing but variants: no version.
fn is_symbolic(image: &ImageName) -> bool {
    // Of a language's image a distribution's name says nothing; of a distribution's it is the version, and of others it may be.
    let is_release = |part: &str| codename(part).is_some() && (is_os(image) || !image.is_official());
    let is_known = |part: &str| part.is_one_of(VARIANTS) || codename(part).is_some();
    let has_digit = image.tag.as_deref().is_some_and(|tag| tag.contains(|c: char| c.is_ascii_digit()));
    let is_channel = !has_digit && image.tag_parts().any(|part| part.is_one_of(CHANNELS));
    is_channel || image.tag_parts().all(is_known) && !image.tag_parts().any(is_release)
}

/// The edit that pins the reference that a word is.
fn pinned(document: &Document<'_>, image: &ImageName, word: &Word) -> Option<Edit> {
    retag(word, image, &pinned_tag(image, document.today)?)
}

fn title(edit: &Edit) -> String {
    format!(
        "Pin to `{}`, the newest supported release; check that your program runs on it",
        edit.text.trim_start_matches(':')
    )
}

/// Defaults that are no image, so that the build stops where nothing is given.
const STOPPERS: &str = "non-existing nonexistent non-existent unset none invalid required undefined missing override";

/// The `ARG` that decides the tag of a `FROM`, with its default, and whether the default is the whole reference.
fn deciding_arg<'d>(document: &Document<'d>, image: &Word) -> Option<(&'d ArgDeclaration, &'d Word, bool)> {
    let (variable, is_whole) = match &image.parts[..] {
        [Part::Variable(variable)] => (variable, true),
        [.., Part::Literal(before), Part::Variable(variable)] if before.ends_with(':') => (variable, false),
        _ => return None,
    };
    let declarations = document.global_args.iter().filter_map(|instruction| match &instruction.arguments {
        Arguments::Arg(declarations) => Some(declarations),
        _ => None,
    });
    let declaration = declarations.flatten().rfind(|declaration| declaration.name.text == variable.name)?;
    let default = declaration.default.as_ref().filter(|default| !default.has_variable())?;
    Some((declaration, default, is_whole))
}

fn report_default(
    document: &Document<'_>,
    report: &mut Reporter<'_>,
    default: &Word,
    whole: Option<&ImageName>,
    image: &ImageName,
) {
    let why = match image.tag.as_deref() {
        Some(tag) => format!("`{tag}` names no version of `{}`", image.repository),
        None => "it has no tag, so it means `latest`".to_owned(),
    };
    let message = format!("The default `{}` can change between builds: {why}", default.text.trim_matches('"'));
    let finding = report.at("arg-default", default.range, message);
    if let Some(edit) = whole.and_then(|image| pinned(document, image, default)) {
        finding.fix(Review, title(&edit), [edit]);
    }
}

/// Images that files are copied or mounted from.
fn check_copies(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let copied = step
            .instruction
            .flag("from")
            .and_then(|flag| flag.value.as_ref())
            .and_then(|word| Some((word.range, word.value()?)));
        let mounted = step
            .instruction
            .flags_named("mount")
            .zip(&step.mounts)
            .filter_map(|(flag, mount)| Some((flag.value.as_ref()?.range, mount.from.clone()?)));
        for (range, reference) in copied.into_iter().chain(mounted) {
            let Some(image) = ImageName::parse(&reference).filter(|image| image.tag.as_deref() == Some("latest"))
            else {
                continue;
            };
            if image.digest.is_none() {
                report.at(
                    "copy-from",
                    range,
                    format!("`{reference}` can change between builds: `latest` is a moving label"),
                );
            }
        }
    }
}
