//! Labels that say where an image comes from, and go stale with the next commit.

use crate::rules::prelude::*;
use layerwise_syntax::EnvPair;

pub const RULE: Rule = Rule {
    id: "hand-written-provenance-label",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("revision"),
        Case::new("base-digest").codes(&[tally("tally/labels/no-stale-base-digest")]),
        Case::new("buildx").codes(&[tally("tally/labels/no-buildx-git-overlap")]).off(),
    ],
    supersedes: &[],
    title: "Provenance that is written by hand",
    summary: "Let the build fill in revision, date and base of an image.",
    why: "
A label that is wrong is worse than none, because people trust it. Let the build system set it, with `--label` or an `ARG`.
",
    leave_it_when: "A release script writes this line.",
    references: &["https://github.com/opencontainers/image-spec/blob/main/annotations.md"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nLABEL team=web «org.opencontainers.image.revision»=\"4f2c1b7a9d0e8c6b5a4f3e2d1c0b9a8f7e6d5c4b\"\n",
            "FROM alpine:3.23\nLABEL team=web\n",
        )
        .case("revision"),
        reviewed("FROM alpine:3.23\nLABEL «org.opencontainers.image.created»=2026-01-31T10:00:00Z\n", "FROM alpine:3.23\n").case("revision"),
        reviewed(
            "FROM alpine:3.23\nLABEL «org.opencontainers.image.base.digest»=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d\n",
            "FROM alpine:3.23\n",
        )
        .case("base-digest"),
        reviewed("FROM alpine:3.23\nLABEL «org.opencontainers.image.source»=https://example.org/api\n", "FROM alpine:3.23\n").case("buildx"),
        clean("FROM alpine:3.23\nARG GIT_SHA\nLABEL org.opencontainers.image.revision=$GIT_SHA org.opencontainers.image.created=\"\"\n"),
        clean("FROM alpine@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d\nLABEL org.opencontainers.image.base.digest=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let base = document.chain_base(stage).image();
    for step in document.chain_steps(stage) {
        for pair in step.labels() {
            let Some((case, message)) = problem(pair, base.and_then(|image| image.digest.as_deref())) else { continue };
            let finding = report.at(case, pair.key.range, message);
            if let Some(edit) = document.pair_to_go(step, step.labels(), pair) {
                finding.fix(Review, "Leave it to the build", [edit]);
            }
        }
    }
}

fn problem(pair: &EnvPair, digest: Option<&str>) -> Option<(&'static str, &'static str)> {
    let key = pair.key.value()?;
    let name = key.strip_prefix("org.opencontainers.image.");
    let value = pair.value.value();
    let written = value.as_deref().filter(|value| !value.is_empty());
    let is_hash = |value: &str| value.len() >= 7 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name {
        Some("revision") if written.is_some_and(is_hash) => Some(("revision", "this commit is not the next one")),
        Some("created") if written.is_some_and(|value| value.starts_with("20")) => {
            Some(("revision", "this is not when the next build takes place"))
        }
        Some("base.digest") if value.is_none() || written.is_some() && written != digest => {
            Some(("base-digest", "no FROM is pinned to this digest, so that it goes stale"))
        }
        Some("revision" | "source") => Some(("buildx", "Buildx writes this label too, where it is told to")),
        _ if key == "com.docker.image.source.entrypoint" => {
            Some(("buildx", "Buildx writes this label too, where it is told to"))
        }
        _ => None,
    }
}
