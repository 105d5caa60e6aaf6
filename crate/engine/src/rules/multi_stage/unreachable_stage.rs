//! Stages that nothing needs.

use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "unreachable-stage",
    category: Category::MultiStage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[tally("tally/no-unreachable-stages")],
    cases: &[Case::new("unnamed").severity(Severity::Warning), Case::new("named")],
    supersedes: &[],
    title: "Stage that nothing needs",
    summary: "Remove stages from which nothing reaches the image, or add the COPY --from that is missing.",
    why: "
The builder starts at the last stage and builds only what that one needs. A stage that nothing is copied from, and no other is built on,
is skipped without a word: its commands never run, and whatever breaks in it goes unnoticed.

Mostly it was left over when a file was rearranged. Sometimes the `COPY --from` that should use it is missing, and the image lacks what it
makes.
",
    leave_it_when: "It is built on its own, with `docker build --target`.",
    references: &[
        "https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage",
        "https://docs.docker.com/build/building/multi-stage/#differences-between-legacy-builder-and-buildkit",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "«FROM alpine:3.23»\nRUN echo never used > /file\n\n# What ships\nFROM alpine:3.23\nCMD [\"true\"]\n",
            "# What ships\nFROM alpine:3.23\nCMD [\"true\"]\n",
        )
        .case("unnamed"),
        clean("FROM alpine:3.23 AS data\nRUN echo used > /file\n\nFROM alpine:3.23\nCOPY --from=data /file /file\nCMD [\"true\"]\n"),
        flagged("«FROM alpine:3.23 AS data»\nRUN echo never used > /file\n\nFROM alpine:3.23\nCMD [\"true\"]\n").case("named"),
        // A comment would be lost; what is on top of the image may want it; numbers would mean other stages.
        flagged("«FROM alpine:3.23»\n# for later\nRUN make\nFROM alpine:3.23\n").case("unnamed"),
        flagged("«FROM alpine:3.23»\nONBUILD RUN make\nFROM alpine:3.23\n").case("unnamed"),
        flagged("«FROM alpine:3.23»\nRUN make\nFROM alpine:3.23\nRUN make\nFROM alpine:3.23\nCOPY --from=1 /a /a\n").case("unnamed"),
        flagged("«FROM alpine:3.23 AS a»\nRUN make\n«FROM alpine:3.23 AS b»\nCOPY --from=a /a /a\nFROM alpine:3.23\n").case("named"),
        // By number, through other stages, with quotes, in a mount.
        clean("FROM alpine:3.23\nRUN make\nFROM alpine:3.23 AS b\nCOPY --from=0 /a /a\nFROM alpine:3.23\nRUN --mount=from=B,target=/b cp /b/a /a\n"),
        clean("FROM alpine:3.23 AS a\nFROM a AS b\nFROM alpine:3.23\nCOPY --from=\"b\" /a /a\n"),
        // Built on their own.
        clean("FROM alpine:3.23 AS base\nFROM base AS app-test\nFROM alpine:3.23 AS tools\nFROM scratch AS release\nCOPY --from=tools /t /t\nFROM base\n"),
        clean("FROM alpine:3.23 AS migrations\nFROM alpine:3.23 AS build-api\nFROM alpine:3.23\n"),
        clean("FROM alpine:3.23 AS proxy\nCMD [\"proxy\"]\nFROM alpine:3.23 AS full\nFROM full AS rootless\nUSER 1000\nFROM full\n"),
        // One of them is picked.
        clean("FROM alpine:3.23 AS build_amd64\nFROM alpine:3.23 AS build_arm64\nFROM build_${TARGETARCH}\n"),
        clean("FROM alpine:3.23 AS base2\nFROM example/app:base2\n"),
        clean("ARG FLAVOUR=small\nFROM alpine:3.23 AS small\nFROM debian:13 AS large\nFROM $FLAVOUR\n"),
        flagged("ARG BASE=debian:13\n«FROM alpine:3.23 AS small»\nFROM $BASE\n").case("named"),
        // It is built to be taken out.
        clean("FROM golang:1.26 AS build\nRUN make vendor\nFROM scratch AS update\nCOPY --from=build /vendor /\nFROM alpine:3.23\nRUN x\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let picked = document.variable_bases();
    let may_be_picked = |name: &str| {
        picked
            .iter()
            .any(|(start, end)| name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end))
    };
    // What other stages take from a registry under a stage's name is built and pushed by that name.
    let tags: HashSet<&str> = document.stages().iter().filter_map(|stage| stage.base.image()?.tag.as_deref()).collect();
    let is_built = |stage: &Stage<'_>| {
        stage.name.is_some_and(|name| tags.contains(name))
            || stage.is_dev
            || stage.name.is_some_and(|name| {
                is_target(name) || is_export(document, stage) || is_variant(stage) || may_be_picked(name)
            })
    };
    let reached = document.reached_stages(is_built);
    let has_numbers = document.steps().flat_map(Step::takes_from).any(|(name, _)| name.parse::<usize>().is_ok());
    for (stage, is_reached) in document.stages().iter().zip(reached) {
        let Some((from, _)) = stage.from.filter(|_| !is_reached) else { continue };
        if let Some(name) = stage.name {
            report.at("named", from.range, format!("nothing of the stage `{name}` reaches the image"));
            continue;
        }
        let finding =
            report.at("unnamed", from.range, "nothing of this stage reaches the image, and no `--target` can name it");
        let has_trigger = stage.steps.iter().any(|step| step.is_trigger);
        if let Some(edit) = removal(document, stage).filter(|_| !has_numbers && !has_trigger) {
            finding.fix(Review, "Remove the stage, unless a COPY from it is missing", [edit]);
        }
    }
}

/// Whether a stage is an image of its own: it is built on another one of the file, or starts something.
fn is_variant(stage: &Stage<'_>) -> bool {
    stage.parent.is_some() || stage.own_steps().any(|step| step.start_command().is_some())
}

/// Whether a stage has nothing below it: with a name, such are built to be taken out, with `--output`.
fn is_export(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    matches!(document.chain_base(stage), Base::Scratch)
}

/// Whether a stage's name says that it is there to be built by itself: `docker build --target`.
fn is_target(name: &str) -> bool {
    const TARGETS: &str = "\
        artifact artifacts binary binaries release dist output package docs prod production runtime final app \
        server worker api web cli export";
    let lower = name.to_ascii_lowercase();
    lower.split(['-', '_', '.']).any(|part| part.is_one_of(TARGETS) || part.starts_with("migrat"))
}

/// The edit that takes a stage away, up to the comments of the next one. `None` where a comment would go with it.
fn removal(document: &Document<'_>, stage: &Stage<'_>) -> Option<Edit> {
    let (from, _) = stage.from?;
    let (next, _) = document.stage(stage.index + 1)?.from?;
    let range = TextRange::new(from.lines.start(), document.block_start(next));
    let has_comment_inside =
        stage.steps.iter().any(|step| !step.outer.comments.is_empty()) || !from.comments.is_empty();
    let has_comment = document.has_comment_above(from)
        || has_comment_inside
        || document.file.comments().any(|comment| range.contains_range(comment));
    (!has_comment).then(|| delete(range))
}
