//! `COPY --from=… / /`.

use crate::image::ImageName;
use crate::rules::prelude::*;
use layerwise_syntax::Source;

pub const RULE: Rule = Rule {
    id: "copy-whole-filesystem",
    category: Category::MultiStage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("onto-base").codes(&[hadolint("DL3067")]),
        Case::new("flatten").severity(Severity::Info).codes(&[hadolint("DL3067")]),
        // Written in another way, which only we know to be the same.
        Case::new("onto-base-all"),
        Case::new("flatten-all").severity(Severity::Info),
        // An image that holds just what is meant to be copied, as far as anybody can tell.
        Case::new("made-to-copy").codes(&[hadolint("DL3067")]).off(),
    ],
    supersedes: &[],
    title: "Everything is copied from another stage",
    summary: "Copy the files that you need from another stage, not its whole root.",
    why: "
A second stage is worth its lines because you choose what crosses over. `COPY --from=build / /` chooses nothing: compilers, caches and
temporary files come along, and everything lies on top of the files of the base image, so that the two get mixed. It is one layer that no
other image shares, pulled anew after every change.

Copied into `scratch`, it makes one layer of many. The files arrive; `ENV`, `USER`, `WORKDIR`, `CMD` and the labels do not.
",
    leave_it_when: "The other stage holds just what is meant to be copied, or an image of one layer is what you want.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3067",
        "https://docs.docker.com/build/building/multi-stage/",
    ],
    fix_changes: &[],
    examples: &[
        flagged(
            "FROM golang:1.26 AS build\nRUN go install golang.org/x/tools/cmd/stringer@v0.38.0\n\nFROM debian:13-slim\nCOPY --from=build «/ /»\n",
        )
        .case("onto-base"),
        clean(
            "FROM golang:1.26 AS build\nRUN go install golang.org/x/tools/cmd/stringer@v0.38.0\n\nFROM debian:13-slim\nCOPY --from=build /go/bin/stringer /usr/local/bin/stringer\n",
        ),
        flagged("FROM debian:13-slim\nCOPY --from=golang:1.26 [«\"/\", \"/\"»]\n").case("onto-base"),
        flagged("FROM debian:13 AS build\nFROM alpine:3.23\nCOPY --from=build --chown=1000 «/* /»\nCOPY --from=build «\"/.\" /»\n").case("onto-base-all"),
        flagged("FROM debian:13 AS build\nRUN make\nFROM scratch\nCOPY --from=build «/. /»\n").case("flatten-all"),
        flagged("FROM debian:13 AS build\nFROM scratch\nCOPY --from=build «/ /»\nCMD [\"bash\"]\n").case("flatten"),
        clean("FROM debian:13 AS build\nFROM scratch\nCOPY --from=build / /mnt\nCOPY --from=build /out/ /\nCOPY . /\n"),
        // What was put together in an empty stage, or in an image made for it, is what is meant.
        clean("FROM scratch AS files\nCOPY etc /etc\nFROM debian:13-slim\nCOPY --from=files / /\n"),
        flagged("FROM alpine:3.23\nCOPY --from=example/tools:2 «/ /»\n").case("made-to-copy"),
        clean("FROM --platform=$BUILDPLATFORM tonistiigi/xx:1.6.1 AS xx\nFROM alpine:3.23\nCOPY --from=xx / /\nCOPY --from=tonistiigi/xx:1.6.1 / /\n"),
        clean("FROM debian:13-slim\nCOPY --from=example/tools:1 / /\n"),
        // A snippet does not show the other stages.
        clean("COPY --from=build / /\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if document.file.is_fragment {
        return;
    }
    for step in document.steps() {
        let Some((copy, stage)) = step.copy().zip(document.stage_of(step)) else { continue };
        let Some(from) = step.instruction.flag("from").and_then(|flag| flag.value.as_ref()?.value()) else { continue };
        let Some((source, is_plain)) = copy.sources.iter().find_map(whole) else { continue };
        if copy.destination.value().as_deref() != Some("/") {
            continue;
        }
        let range = source.cover(copy.destination.range);
        if is_made_to_copy(document, &from) {
            if is_plain {
                report.at("made-to-copy", range, format!("all files of `{from}` are copied"));
            }
        } else if *document.chain_base(stage) == Base::Scratch {
            let case = if is_plain { "flatten" } else { "flatten-all" };
            let what = "come along, but not its ENV, USER, WORKDIR, CMD, labels and shared layers";
            report.at(case, range, format!("all files of `{from}` {what}"));
        } else {
            let case = if is_plain { "onto-base" } else { "onto-base-all" };
            report.at(case, range, format!("the whole root of `{from}` is copied over the files of the base image"));
        }
    }
}

/// Where a source is that means the whole root, and whether it is plainly `/`.
fn whole(source: &Source) -> Option<(TextRange, bool)> {
    let path = source.word().value()?;
    matches!(path.as_str(), "/" | "/." | "/*").then(|| (source.word().range, path == "/"))
}

/// Whether what is copied from holds just what is meant to be copied: an empty stage that was filled, or an image of a few files. Of images
/// that only their makers know, nobody can tell.
fn is_made_to_copy(document: &Document<'_>, from: &str) -> bool {
    match document.stage_of_reference(from).map(|stage| document.chain_base(stage)) {
        Some(Base::Scratch) => true,
        Some(base) => base.image().is_some_and(|image| image.short_name() == "xx"),
        None => ImageName::parse(from).is_none_or(|image| !image.is_official()),
    }
}
