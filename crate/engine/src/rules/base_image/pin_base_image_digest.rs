//! Base images without a digest.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "pin-base-image-digest",
    category: Category::BaseImage,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::All,
    codes: &[semgrep("dockerfile-source-not-pinned")],
    cases: &[],
    supersedes: &[],
    title: "Base image without a digest",
    summary: "Pin the base image by digest where builds must be repeatable to the byte.",
    why: "
A tag is a label that its owner may move. Even `3.13-slim` is put on a new image with every security rebuild, so that two builds a week
apart start from different files; and whoever gets hold of the registry's account can put it on anything.

A digest is computed from the image itself and names that one for ever. The price: security fixes no longer arrive by themselves. Pin
digests where a bot moves them forward.
",
    leave_it_when: "Nothing moves the digests forward: an image that is frozen keeps its holes.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#pin-base-image-versions",
        "https://docs.docker.com/reference/cli/docker/image/pull/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM «alpine:3.23»\nCMD [\"true\"]\n"),
        clean(
            "FROM alpine:3.23@sha256:1111111111111111111111111111111111111111111111111111111111111111\nCMD [\"true\"]\n",
        ),
        flagged("FROM «registry.example.com:5000/team/app:4» AS build\nFROM build\nFROM scratch\n"),
        // Which image a variable stands for is decided elsewhere; without a tag that is what is missing first.
        clean("ARG VERSION=3.23\nFROM alpine:$VERSION\nFROM alpine\nFROM debian:13 AS dev\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_dev) {
        let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base) else { continue };
        if image.tag.is_none() || image.digest.is_some() || from.image.has_variable() {
            continue;
        }
        let name = &from.image.text;
        let message = format!(
            "`{name}` may be another image tomorrow; `docker buildx imagetools inspect {name}` shows the digest of today's"
        );
        report.here(from.image.range, message);
    }
}
