//! Two stages of one name.

use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashMap;

pub const RULE: Rule = Rule {
    id: "duplicate-stage-name",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[
        buildkit("DuplicateStageName"),
        trivy("DS-0012"),
        checkov("CKV_DOCKER_11"),
        kics("Same Alias In Different Froms"),
        semgrep("alias-must-be-unique"),
        droast("DF042"),
    ],
    cases: &[Case::new("same").codes(&[hadolint("DL3024")]), Case::new("other-case")],
    supersedes: &[],
    title: "Stage name used twice",
    summary: "Give every stage a name of its own, so that a reference can mean only one.",
    why: "
`COPY --from=build` means one stage. Where two are called that, the later one silently wins: what the first one built is not copied, and a
file of the same name from the other may be. Letter case makes no difference, `Build` and `build` are the same name.
",
    leave_it_when: "Never: a second name costs nothing.",
    references: &[
        "https://docs.docker.com/reference/build-checks/duplicate-stage-name/",
        "https://github.com/hadolint/hadolint/wiki/DL3024",
        "https://avd.aquasec.com/misconfig/ds-0012",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS build\nRUN make api\n\nFROM node:24-slim AS «build»\nRUN make web\n\nFROM alpine:3.23\nCOPY --from=build /web /web\n",
            "FROM golang:1.26 AS build\nRUN make api\n\nFROM node:24-slim AS build-2\nRUN make web\n\nFROM alpine:3.23\nCOPY --from=build-2 /web /web\n",
        )
        .case("same"),
        reviewed(
            "FROM alpine:3.23 AS base\nFROM alpine:3.23 AS «Base»\nFROM base\nRUN --mount=from=BASE,target=/b ls /b\n",
            "FROM alpine:3.23 AS base\nFROM alpine:3.23 AS base-2\nFROM base-2\nRUN --mount=from=base-2,target=/b ls /b\n",
        )
        .case("other-case"),
        // Which of three a reference means is for its author to say, and `a-2` is there already.
        flagged("FROM alpine:3.23 AS a\nFROM alpine:3.23 AS «a»\nFROM alpine:3.23 AS «a»\n").case("same"),
        flagged("FROM alpine:3.23 AS a\nFROM alpine:3.23 AS a-2\nFROM alpine:3.23 AS «a»\n").case("same"),
        clean("FROM golang:1.26 AS build-api\nRUN make api\n\nFROM node:24-slim AS build-web\nRUN make web\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut named: HashMap<String, Vec<&Stage<'_>>> = HashMap::new();
    for stage in document.stages() {
        if let Some(name) = stage.name {
            named.or_insert(name.to_ascii_lowercase(), Vec::new()).push(stage);
        }
    }
    let references = document.stage_references();
    for stage in document.stages() {
        let Some(name) = stage.from.and_then(|(_, from)| from.name.as_ref()) else { continue };
        let lower = name.text.to_ascii_lowercase();
        let same = named.get(&lower).map(Vec::as_slice).unwrap_or_default();
        let Some(first) = same.first().filter(|first| first.index < stage.index) else { continue };
        let case = if first.name == Some(&name.text) { "same" } else { "other-case" };
        let finding = report.at(case, name.range, format!("an earlier stage is called `{lower}` already"));
        let other = format!("{lower}-2");
        if same.len() > 2 || document.stage_named(&other).is_some() {
            continue;
        }
        let mut edits = vec![replace(name.range, &other)];
        for reference in references.get(&lower).into_iter().flatten() {
            if reference.stage > stage.index {
                edits.push(replace(reference.range, &other));
            }
        }
        finding.fix(Review, format!("Call it {other} (the references below may mean the first one)"), edits);
    }
}
