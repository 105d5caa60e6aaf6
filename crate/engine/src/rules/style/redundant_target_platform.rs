//! `FROM --platform=$TARGETPLATFORM`.

use crate::rules::prelude::*;
use layerwise_syntax::{Part, Word};

pub const RULE: Rule = Rule {
    id: "redundant-target-platform",
    category: Category::Style,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[buildkit("RedundantTargetPlatform")],
    cases: &[Case::new("exact").codes(&[hadolint("DL3065")]), Case::new("written-otherwise")],
    supersedes: &[],
    title: "Platform that is meant anyway",
    summary: "Leave out `--platform=$TARGETPLATFORM`: a stage is built for that platform anyway.",
    why: "
A stage is built for the platform that was asked for, unless `--platform` says otherwise. A flag that only says so again makes readers look
for a reason, and hides the one stage where another platform is really meant.
",
    leave_it_when: "Another builder than BuildKit reads the file, and needs to be told.",
    references: &[
        "https://docs.docker.com/reference/build-checks/redundant-target-platform/",
        "https://github.com/hadolint/hadolint/wiki/DL3065",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed("FROM «--platform=$TARGETPLATFORM» alpine:3.23\nRUN make\n", "FROM alpine:3.23\nRUN make\n").case("exact"),
        fixed("from «--platform=${TARGETPLATFORM}»  alpine:3.23 as a\n", "from alpine:3.23 as a\n").case("exact"),
        fixed("FROM «--platform=\"${TARGETPLATFORM:-linux/amd64}\"» alpine:3.23\n", "FROM alpine:3.23\n").case("written-otherwise"),
        flagged("FROM «--platform=$TARGETPLATFORM» \\\n# the usual one\n    alpine:3.23\n").case("exact"),
        clean("FROM alpine:3.23\nRUN make\n"),
        clean("FROM --platform=$BUILDPLATFORM alpine:3.23 AS a\nFROM --platform=linux/$TARGETARCH alpine:3.23\n"),
        // Where somebody sets it, it is another value.
        clean("ARG TARGETPLATFORM=linux/arm64\nFROM --platform=$TARGETPLATFORM alpine:3.23\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for (from, arguments) in document.stages().iter().filter_map(|stage| stage.from) {
        let Some(flag) = from.flag("platform") else { continue };
        let Some(value) = flag.value.as_ref().filter(|value| is_target(value)) else { continue };
        if document.is_global_arg(TARGET) {
            continue;
        }
        let is_exact = matches!(value.text.as_str(), "$TARGETPLATFORM" | "${TARGETPLATFORM}");
        let case = if is_exact { "exact" } else { "written-otherwise" };
        let finding = report.at(case, flag.range, "the stage is built for the target platform anyway");
        if let Some(edit) = document.flag_to_go(flag, arguments.image.range.start()) {
            finding.fix(Safe, "Remove the flag", [edit]);
        }
    }
}

const TARGET: &str = "TARGETPLATFORM";

/// Whether a value is that of the variable, which always has one.
fn is_target(value: &Word) -> bool {
    let [Part::Variable(variable)] = &value.parts[..] else { return false };
    let is_same =
        variable.modifier.as_ref().is_none_or(|modifier| matches!(modifier.operator, ":-" | "-" | ":?" | "?"));
    variable.name == TARGET && is_same
}
