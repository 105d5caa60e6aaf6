//! Images from registries that a team has not allowed.

use crate::image::ImageName;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "allowed-registries",
    category: Category::BaseImage,
    severity: Severity::Warning,
    is_on: false,
    scope: Scope::All,
    codes: &[hadolint("DL3026"), droast("DF065"), cis("4.2"), dockle("CIS-DI-0002")],
    cases: &[],
    supersedes: &[],
    title: "Image from a registry that is not allowed",
    summary: "Take images only from the registries that your organisation trusts.",
    why: "
Whoever owns the base image decides what runs before your first line, and an image that is only copied from brings programs as well. A
name that is off by one letter, or an account that was abandoned and taken over, is enough.

A short list of registries keeps such images out, and a mirror on it can scan whatever comes in. Set `allowed_registries` to the hosts,
with a `*` at either end where it helps; an image without a host comes from `docker.io`.
",
    leave_it_when: "The image is tried out, and nothing that is built from it leaves your machine.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3026",
        "https://www.cisecurity.org/benchmark/docker",
        "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM «quay.example.net/random/python:3.13»\nCOPY app.py /app.py\n").config(HUB),
        clean("FROM docker.io/library/python:3.13-slim\nCOPY app.py /app.py\n").config(HUB),
        clean("FROM python:3.13-slim AS build\nFROM build\nFROM scratch\nCOPY --from=build /a /a\nCOPY --from=0 /b /b\n").config(HUB),
        flagged(
            "FROM alpine:3.23\nCOPY --from=«ghcr.io/example/tool:1» /tool /tool\nRUN --mount=from=«localhost/x:1»,target=/x /x/run\n",
        )
        .config(HUB),
        flagged("ARG REGISTRY=mirror.example.net:5000\nFROM «$REGISTRY/python:3.13»\n").config(HUB),
        flagged("FROM «mirror.gcr.io/library/python:3.13»\n").config(HUB),
        clean("FROM registry-1.docker.io/library/python:3.13\nFROM index.docker.io/grafana/grafana:12.0.0\n").config(HUB),
        clean("FROM Mirror.example.com/python:3.13\nFROM ghcr.example.com:5000/python:3.13\n")
            .config(Config { allowed_registries: &["*.example.com", "ghcr.*"], ..Config::DEFAULT }),
        flagged("FROM «alpine:3.23»\n").config(Config { allowed_registries: &["*.example.com"], ..Config::DEFAULT }),
        clean("FROM alpine:3.23\n").config(Config { allowed_registries: &["hub.docker.com"], ..Config::DEFAULT }),
        clean("FROM alpine:3.23\nCOPY --from=assets /a /a\nFROM assets\n")
            .config(Config { allowed_registries: &["docker.io"], named_contexts: &["assets"], ..Config::DEFAULT }),
        // Nobody knows where it comes from; and a snippet does not show the other stages.
        clean("ARG REGISTRY\nFROM $REGISTRY/python:3.13\n").config(HUB),
        clean("COPY --from=build /app /app\n").config(Config { allowed_registries: &["ghcr.io"], ..Config::DEFAULT }),
        clean("FROM quay.example.net/random/python:3.13\n"),
    ],
    check,
};

const HUB: Config<'static> = Config { allowed_registries: &["docker.io"], ..Config::DEFAULT };

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let config = &document.config;
    if config.allowed_registries.is_empty() || document.file.is_fragment {
        return;
    }
    let mut judge = |image: &ImageName, range| {
        let registry = official_name(&image.registry);
        if !config.allowed_registries.iter().any(|allowed| is_matched(official_name(allowed), registry)) {
            report.here(range, format!("`{registry}` is none of the registries that are allowed"));
        }
    };
    for stage in document.stages() {
        if let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base)
            && !document.is_named_context(&from.image.text)
        {
            judge(image, from.image.range);
        }
    }
    for step in document.steps() {
        for (image, range) in document.images_taken_from(step) {
            judge(&image, range);
        }
    }
}

/// Docker Hub by the one of its names that stands in references.
fn official_name(registry: &str) -> &str {
    match registry {
        "hub.docker.com" | "index.docker.io" | "registry-1.docker.io" => "docker.io",
        other => other,
    }
}

/// Whether a host is the one that is allowed, which may have a `*` at either end.
fn is_matched(allowed: &str, registry: &str) -> bool {
    let (allowed, registry) = (allowed.to_ascii_lowercase(), registry.to_ascii_lowercase());
    match (allowed.strip_prefix('*'), allowed.strip_suffix('*')) {
        (Some(rest), Some(_)) => rest.strip_suffix('*').is_none_or(|inner| registry.contains(inner)),
        (Some(end), None) => registry.ends_with(end),
        (None, Some(start)) => registry.starts_with(start),
        (None, None) => registry == allowed,
    }
}
