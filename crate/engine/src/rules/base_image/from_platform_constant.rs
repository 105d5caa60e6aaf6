//! A fixed platform in `FROM`.

use crate::rules::prelude::*;
use layerwise_syntax::PLATFORM_ARGS;

pub const RULE: Rule = Rule {
    id: "from-platform-constant",
    category: Category::BaseImage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[kics("Using Platform Flag with FROM Command"), semgrep("avoid-platform-with-from"), droast("DF061")],
    cases: &[
        Case::new("constant").codes(&[hadolint("DL3029"), buildkit("FromPlatformFlagConstDisallowed")]),
        Case::new("other-platform").codes(&[buildkit("InvalidBaseImagePlatform"), hadolint("DL3029")]),
        Case::new("per-platform-stage").codes(&[hadolint("DL3029")]).off(),
        Case::new("written-for-it").codes(&[hadolint("DL3029"), buildkit("FromPlatformFlagConstDisallowed")]).off(),
        Case::new("variable").codes(&[hadolint("DL3029")]).off(),
    ],
    supersedes: &[],
    title: "Fixed platform in FROM",
    summary: "Leave the platform to whoever builds; a fixed one ties the image to a single kind of processor.",
    why: "
With a fixed `--platform` everybody gets that one architecture, whatever they asked for. On another machine each command of the build runs
in an emulator, many times slower, and a build for two platforms yields the same one twice.

The platform belongs on the command line: `docker buildx build --platform linux/amd64,linux/arm64`. In a stage that cross-compiles,
`--platform=$BUILDPLATFORM` is right: it runs natively, and compiles for `$TARGETARCH`.
",
    leave_it_when: "The program exists for one architecture only, as a vendor's binary may.",
    references: &[
        "https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/",
        "https://github.com/hadolint/hadolint/wiki/DL3029",
        "https://docs.docker.com/build/building/multi-platform/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «--platform=linux/amd64» alpine:3.23\nRUN apk add --no-cache jq\n",
            "FROM alpine:3.23\nRUN apk add --no-cache jq\n",
        )
        .case("constant"),
        reviewed("from «--platform=\"linux/arm/v7\"»  golang:1.26 as build\n", "from golang:1.26 as build\n").case("constant"),
        reviewed("FROM «--platform=arm64» alpine:3.23 AS build\n", "FROM alpine:3.23 AS build\n").case("constant"),
        flagged("FROM «--platform=linux/amd64» \\\n# for the vendor's program\n    alpine:3.23\n").case("constant"),
        flagged("FROM «--platform=linux/amd64» alpine:3.23 AS build_amd64\n").case("per-platform-stage"),
        flagged("FROM --platform=linux/amd64 «arm64v8/alpine:3.23»\n").case("other-platform"),
        flagged("FROM --platform=arm64 «docker.io/amd64/alpine:3.23»\n").case("other-platform"),
        clean("FROM --platform=linux/arm/v7 arm32v7/alpine:3.23 AS box_arm\n"),
        // The file is written for this platform.
        flagged("FROM «--platform=linux/amd64» alpine:3.23\nRUN wget -q https://example.org/tool-amd64.tgz\n").case("written-for-it"),
        clean("FROM --platform=linux/amd64 alpine:3.23\nRUN wget -q https://example.org/tool-x86_64.tgz\n"),
        clean("FROM --platform=linux/arm64 alpine:3.23\nCOPY qemu-aarch64-static /usr/bin/\n"),
        flagged("ARG WANTED=linux/amd64\nFROM «--platform=$WANTED» alpine:3.23\n").case("variable"),
        clean("FROM --platform=$BUILDPLATFORM golang:1.26 AS build\nFROM alpine:3.23\n"),
        clean("FROM --platform=linux/${TARGETARCH} alpine:3.23\nFROM --platform=${TARGETPLATFORM:-linux/amd64} alpine:3.23\n"),
        // Stages for one platform each, of which one is picked.
        clean("FROM --platform=linux/amd64 alpine:3.23 AS build_amd64\nFROM --platform=linux/arm64 alpine:3.23 AS tools-aarch64\n"),
        clean("FROM --platform=windows/amd64 example/tool:1\nFROM --platform=linux/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2025\n"),
        clean("FROM alpine:3.23 AS base\nFROM --platform=linux/amd64 base\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut known: Vec<(String, bool)> = Vec::new();
    for stage in document.stages().iter().filter(|stage| stage.parent.is_none()) {
        let Some((from, arguments)) = stage.from else { continue };
        let Some(flag) = from.flag("platform") else { continue };
        let Some(value) = &flag.value else { continue };
        let Some(platform) = value.value() else {
            if !value.variables().iter().all(|variable| PLATFORM_ARGS.contains(&&*variable.name)) {
                let message = format!("`{}` decides the platform, in the place of the build's own", value.text);
                report.at("variable", flag.range, message);
            }
            continue;
        };
        if stage.is_windows || platform.starts_with("windows") {
            continue;
        }
        if let Some(own) = own_architecture(stage).filter(|own| *own != architecture(&platform)) {
            let message = format!("`{}` is an image for {own}, and `{platform}` is asked for", arguments.image.text);
            report.at("other-platform", arguments.image.range, message);
            continue;
        }
        let message = format!("`{platform}` is fixed here, whatever platform the build is for");
        let is_meant = match known.iter().find(|(other, _)| *other == platform) {
            Some((_, is_meant)) => *is_meant,
            None => {
                let is_meant = document.steps().any(|step| is_written_for(document, step, &platform));
                known.push((platform.clone(), is_meant));
                is_meant
            }
        };
        if stage.name.is_some_and(|name| names_platform(name, &platform)) {
            report.at("per-platform-stage", flag.range, message);
            continue;
        }
        if is_meant {
            report.at("written-for-it", flag.range, message);
            continue;
        }
        let finding = report.at("constant", flag.range, message);
        if let Some(edit) = document.flag_to_go(flag, arguments.image.range.start()) {
            finding.fix(
                Review,
                "Build for the platform that is asked for (commands may fetch programs of another)",
                [edit],
            );
        }
    }
}

/// Whether a step is for one platform only: it names the architecture, or an emulator of it.
fn is_written_for(document: &Document<'_>, step: &Step<'_>, platform: &str) -> bool {
    let text = document.slice(step.instruction.range);
    text.contains("qemu-") || names_platform(text, platform.split_once('/').map_or(platform, |(_, rest)| rest))
}

/// The architecture of a platform, in Docker's words.
fn architecture(platform: &str) -> &str {
    match platform.split('/').nth(1).unwrap_or(platform) {
        "x86_64" | "x86-64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

/// The architecture of an official image that is taken from the namespace of just that one.
fn own_architecture<'s>(stage: &'s Stage<'_>) -> Option<&'s str> {
    let (_, from) = stage.from?;
    stage.base.image().filter(|image| image.is_official())?;
    let namespace = from.image.text.rsplit('/').nth(1)?;
    Some(match namespace {
        "arm32v5" | "arm32v6" | "arm32v7" => "arm",
        "arm64v8" => "arm64",
        "i386" => "386",
        "amd64" | "mips64le" | "ppc64le" | "riscv64" | "s390x" => namespace,
        _ => return None,
    })
}

/// Whether a stage's name holds the system or the architecture of its platform, by any of its names.
fn names_platform(name: &str, platform: &str) -> bool {
    const SAME: [&str; 3] = ["amd64 x86_64 x86-64 x64", "arm64 aarch64", "386 i386 x86"];
    let name = name.to_ascii_lowercase();
    let platform = platform.to_ascii_lowercase();
    let is_named = |part: &str| {
        let others = SAME.iter().find(|names| part.is_one_of(names)).copied().unwrap_or_default();
        name.contains(part) || name.contains_any(others)
    };
    platform.split('/').take(2).filter(|part| !part.is_empty()).any(is_named)
}
