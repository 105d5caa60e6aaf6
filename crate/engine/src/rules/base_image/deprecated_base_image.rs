//! Base images that their publisher has given up.

use crate::fix::reference;
use crate::image::{ImageName, Retired, retired};
use crate::packages::install;
use crate::rules::prelude::*;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "deprecated-base-image",
    category: Category::BaseImage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &["eol-base-image"],
    title: "Base image that nobody updates",
    summary: "Replace base images whose publisher has abandoned, moved or frozen them.",
    why: "
A repository can answer `docker pull` for years after its last update, so nothing in the build tells you that it is dead. What is found in it
later stays in your image.

Where the maintainers have moved, the successor takes the same job; where nobody goes on, pick the official image of what you run.
",
    leave_it_when: "You keep the old image on purpose, and rebuild what it holds yourself.",
    references: &[
        "https://hub.docker.com/_/openjdk",
        "https://hub.docker.com/_/centos",
        "https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/",
        "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «openjdk:17-jdk-slim»\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
            "FROM eclipse-temurin:17-jdk\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
        ),
        clean("FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n"),
        reviewed(
            "FROM «openjdk:8-jre-alpine» AS run\nFROM «java:8»\n",
            "FROM eclipse-temurin:8-jre-alpine AS run\nFROM eclipse-temurin:8-jdk\n",
        ),
        reviewed("FROM «k8s.gcr.io/pause:3.2»\n", "FROM registry.k8s.io/pause:3.2\n"),
        flagged("FROM alpine:3.23\nCOPY --from=«openjdk:8-jre-slim» /usr/local/openjdk-8 /java\n"),
        flagged("FROM «centos:7»\nFROM «bitnami/redis:7.4»\nFROM «node:8-onbuild»\nFROM «docker.io/library/openjdk:11»\n"),
        // It was never maintained under another name, and lists no tag any more.
        flagged("FROM «php-zendserver»\n"),
        flagged("ARG VERSION=11\nFROM «openjdk:$VERSION»\n"),
        clean("FROM openjdk:27-rc-slim\nFROM jenkins/jenkins:lts\nFROM quay.io/centos/centos:stream9\n"),
        clean("FROM example.com/mirror/openjdk:11\nFROM our-centos:7\n"),
        clean("FROM alpine:3.23 AS java\nFROM java\nCOPY --from=java /a /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base) else { continue };
        let Some(found) = retired(image) else { continue };
        let finding = report.here(from.image.range, message(image, &found));
        let Some(successor) = found.reference else { continue };
        if let Some(edit) = reference(&from.image, image, successor.clone()) {
            finding.fix(Review, title(&successor, lost_program(stage, image)), [edit]);
        }
    }
    for step in document.steps() {
        for (image, range) in document.images_taken_from(step) {
            // In the successor the files may lie elsewhere, so that is for people to look up.
            if let Some(found) = retired(&image) {
                report.here(range, message(&image, &found));
            }
        }
    }
}

fn message(image: &ImageName, found: &Retired) -> String {
    let (name, fate) = (image.shown(), found.fate);
    match &found.successor {
        Some(successor) => format!("`{name}` {fate}; `{successor}` takes its place"),
        None => format!("`{name}` {fate}"),
    }
}

fn title(successor: &str, lost: Option<&str>) -> String {
    let install = lost.map(|program| format!(" and install `{program}`, which it lacks")).unwrap_or_default();
    format!("Take `{successor}`{install}; check that your program runs on it")
}

/// A program that a stage calls and does not install, because its base brings it and the successor does not: the images of OpenJDK stand on
/// Debian with what fetches sources, those of Eclipse Temurin on a bare Ubuntu.
fn lost_program(stage: &Stage<'_>, image: &ImageName) -> Option<&'static str> {
    const LOST: &str = "git unzip bzip2 xz";
    const OTHER_VARIANTS: &str = "slim alpine oracle oraclelinux7 oraclelinux8";
    if image.repository != "openjdk" || image.tag_parts().any(|part| part.is_one_of(OTHER_VARIANTS)) {
        return None;
    }
    let commands = || stage.own_steps().flat_map(Step::all_commands);
    let installs = |program: &str| {
        commands()
            .filter_map(install)
            .any(|install| install.packages.iter().any(|word| word.shown().starts_with(program)))
    };
    words_of(LOST).find(|program| commands().any(|command| command.is_one_of(program)) && !installs(program))
}
