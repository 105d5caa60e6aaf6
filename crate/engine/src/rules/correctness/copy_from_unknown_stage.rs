//! `COPY --from` and `RUN --mount=from=` of something that is no stage.

use crate::image::{ImageName, is_in_library};
use crate::rules::prelude::*;
use layerwise_syntax::nearest;

pub const RULE: Rule = Rule {
    id: "copy-from-unknown-stage",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[kics("COPY '--from' Without FROM Alias Defined Previously"), droast("DF049")],
    cases: &[
        Case::new("bad-index").severity(Severity::Error).codes(&[hadolint("DL3022")]),
        Case::new("unknown-name").codes(&[hadolint("DL3022")]),
        Case::new("untagged-image").severity(Severity::Info).codes(&[hadolint("DL3022")]),
        Case::new("forward").severity(Severity::Error).codes(&[hadolint("DL3022")]),
        Case::new("variable").severity(Severity::Error).codes(&[hadolint("DL3022")]),
    ],
    supersedes: &[],
    title: "Files from a stage that does not exist",
    summary: "COPY --from names something that is neither a stage of this file nor a proper image reference.",
    why: "
A misspelt stage is not an error to the builder: it goes looking for an image of that name on Docker Hub. Usually there is none, and the
build stops. If somebody has registered one, a stranger's files are copied into your image.

A stage can take only from stages above it: one that stands further down is an error where it is built.

An image that is really meant needs a tag or a digest like every other. A variable is not expanded here: give it to a `FROM`, name that
stage, and copy from it.
",
    leave_it_when: "The name is a build context that you give with `--build-context`; name it in `named_contexts`.",
    references: &["https://docs.docker.com/reference/dockerfile/#copy---from"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS builder\nRUN go build -o /app .\nFROM alpine:3.23\nCOPY --from=«bulider» /app /app\n",
            "FROM golang:1.26 AS builder\nRUN go build -o /app .\nFROM alpine:3.23\nCOPY --from=builder /app /app\n",
        )
        .case("unknown-name"),
        flagged("FROM alpine:3.23\nCOPY --from=«assets» /app /app\n").case("unknown-name"),
        flagged("FROM alpine:3.23\nRUN --mount=type=bind,from=«assets»,target=/a cp -r /a /b\n").case("unknown-name"),
        flagged("FROM alpine:3.23\nCOPY --from=«3» /app /app\n").case("bad-index"),
        flagged("FROM alpine:3.23\nCOPY --from=«-1» /app /app\n").case("bad-index"),
        flagged("FROM alpine:3.23\nCOPY --from=«ghcr.io/example/tool» /tool /tool\n").case("untagged-image"),
        flagged("FROM php:8.4\nCOPY --from=«composer» /usr/bin/composer /usr/bin/composer\n").case("untagged-image"),
        flagged("FROM alpine:3.23\nCOPY --from=«later» /a /a\nFROM alpine:3.23 AS later\nRUN touch /a\n").case("forward"),
        flagged("FROM alpine:3.23\nCOPY --from=«1» /a /a\nRUN --mount=from=«1»,target=/b ls /b\nFROM alpine:3.23\nRUN touch /a\n").case("forward"),
        flagged("ARG FROM=alpine:3.23\nFROM alpine:3.23\nCOPY --from=«$FROM» /app /app\n").case("variable"),
        clean("FROM alpine:3.23\nCOPY --from= a /a\nCOPY --from=\"\" b /b\n"),
        clean("FROM golang:1.26 AS Builder\nFROM alpine:3.23\nCOPY --from=builder /app /app\nCOPY --from=0 /b /b\n"),
        clean("FROM alpine:3.23\nCOPY --from=ghcr.io/example/tool:1.2 /tool /tool\n"),
        clean("FROM alpine:3.23\nCOPY --from=assets /app /app\n")
            .config(Config { named_contexts: &["assets"], ..Config::DEFAULT }),
        // A snippet does not show the other stages.
        clean("COPY --from=build /app /app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::UnknownStageNumber]) {
        report.refused("bad-index", problem);
    }
    for problem in document.problems(&[ProblemKind::VariableStage]) {
        report.refused("variable", problem);
    }
    if document.file.is_fragment {
        return;
    }
    for step in document.steps() {
        for (name, range) in step.takes_from() {
            let is_named_context = document.is_named_context(name);
            if is_named_context {
                continue;
            }
            match document.stage_of_reference(name) {
                Some(stage) if stage.index > step.stage => {
                    let message =
                        format!("the stage `{name}` stands further down, and only those above can be taken from");
                    report.at("forward", range, message);
                }
                Some(_) => {}
                None if name.parse::<i64>().is_ok() => {}
                None if name.contains([':', '@']) => {}
                None if name.contains(['/', '.']) => {
                    report.at("untagged-image", range, format!("`{name}` is an image without a version"));
                }
                None => unknown(document, name, range, report),
            }
        }
    }
}

fn unknown(document: &Document<'_>, name: &str, range: TextRange, report: &mut Reporter<'_>) {
    let is_image = || ImageName::parse(name).is_some_and(|image| is_in_library(&image));
    let names = document.stages().iter().filter_map(|stage| stage.name);
    let near = nearest(name, names);
    if near.is_none() && is_image() {
        report.at("untagged-image", range, format!("`{name}` is an image without a version"));
        return;
    }
    let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let message =
        format!("there is no stage `{name}`: unless a named build context is given, an image is looked for{hint}");
    let finding = report.at("unknown-name", range, message.trim_end_matches('?'));
    if let Some(near) = near {
        finding.fix(Review, format!("Copy from {near}"), [replace(range, near)]);
    }
}
