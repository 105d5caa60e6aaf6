//! Labels that a team asks for.

use crate::config::LabelKind;
use crate::rules::prelude::*;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "label-schema",
    category: Category::Config,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::Final,
    codes: &[],
    cases: &[Case::new("missing").codes(&[hadolint("DL3049")]), Case::new("unexpected").codes(&[hadolint("DL3050")])],
    supersedes: &[],
    title: "Labels that the team asks for",
    summary: "Give the image the labels that your team has agreed on.",
    why: "
Labels tell who built an image, from which source, and under which licence, long after the log of the build is gone. Tools that clean up, report
and alert rely on them, so a team agrees on which there must be.

List them in the settings, each with what its value must be; `strict_labels` says that there may be no others.
",
    leave_it_when: "The labels are added when the image is built, with `docker build --label`.",
    references: &[
        "https://docs.docker.com/engine/manage-resources/labels/",
        "https://github.com/hadolint/hadolint/wiki/DL3049",
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM «alpine:3.23»\nCMD [\"true\"]\n").case("missing").config(SCHEMA),
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.source=https://example.com «team»=web\n").case("unexpected").config(STRICT),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.source=https://example.com team=web\nCMD [\"true\"]\n").config(SCHEMA),
        clean("FROM alpine:3.23 AS base\nLABEL org.opencontainers.image.source=https://example.com\nFROM base\n").config(STRICT),
        clean("FROM alpine:3.23\nARG KEY\nLABEL $KEY=1\n").config(SCHEMA),
        clean("FROM alpine:3.23\nCMD [\"true\"]\n"),
    ],
    check,
};

const ASKED: &[(&str, LabelKind)] = &[("org.opencontainers.image.source", LabelKind::Url)];

const SCHEMA: Config<'static> = Config { label_schema: ASKED, ..Config::DEFAULT };

const STRICT: Config<'static> = Config { label_schema: ASKED, strict_labels: true, ..Config::DEFAULT };

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let schema = document.config.label_schema;
    let mut missing: Vec<&str> = schema.iter().map(|(key, _)| *key).into_list();
    let mut may_have_any = false;
    for step in document.chain_steps(stage) {
        for pair in step.labels() {
            let Some(key) = pair.key.value() else {
                may_have_any = true;
                continue;
            };
            missing.retain(|asked| *asked != key);
            let is_asked = schema.iter().any(|(asked, _)| *asked == key);
            if document.config.strict_labels && !is_asked {
                report.at(
                    "unexpected",
                    pair.key.range,
                    format!("`{key}` is not among the labels that the team has agreed on"),
                );
            }
        }
    }
    let Some((_, from)) = stage.from.filter(|_| !may_have_any) else { return };
    for key in missing {
        report.at("missing", from.image.range, format!("the label `{key}` is missing"));
    }
}
