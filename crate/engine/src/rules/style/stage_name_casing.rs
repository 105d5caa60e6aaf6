//! Capitals in the names of stages.

use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "stage-name-casing",
    category: Category::Style,
    severity: Severity::Style,
    is_on: true,
    scope: Scope::All,
    codes: &[buildkit("StageNameCasing")],
    cases: &[],
    supersedes: &[],
    title: "Capitals in a stage's name",
    summary: "Write the names of stages in lower case.",
    why: "
The builder keeps the names of stages in lower case: a stage `AS Build` can be copied from as `Build`, but a later `FROM` must say `build`. In
lower case there is but one way to write a name, and it does not look like an instruction.
",
    leave_it_when: "A script outside the file compares the name letter by letter.",
    references: &["https://docs.docker.com/reference/build-checks/stage-name-casing/"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23 AS «BuildBase»\nRUN make\nFROM buildbase\nFROM alpine:3.23\nCOPY --from=BuildBase /a /a\nRUN --mount=type=bind,from=buildBase,target=/b ls /b\n",
            "FROM alpine:3.23 AS buildbase\nRUN make\nFROM buildbase\nFROM alpine:3.23\nCOPY --from=buildbase /a /a\nRUN --mount=type=bind,from=buildbase,target=/b ls /b\n",
        ),
        flagged("FROM alpine:3.23 AS a\nFROM alpine:3.23 AS «A»\n"),
        clean("FROM alpine:3.23 AS build-base\nRUN make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut seen: HashSet<String> = HashSet::new();
    let references = document.stage_references();
    for stage in document.stages() {
        let Some(name) = stage.from.and_then(|(_, from)| from.name.as_ref()) else { continue };
        let lower = name.text.to_ascii_lowercase();
        let is_single =
            seen.insert(lower.clone()) && document.stage_named(&lower).is_some_and(|last| last.index == stage.index);
        // To other builders it is a variable.
        if lower == name.text || name.text.contains('$') {
            continue;
        }
        let finding = report.here(name.range, format!("the builder knows `{}` as `{lower}`", name.text));
        if !is_single {
            continue;
        }
        let mut edits = vec![replace(name.range, &lower)];
        for reference in references.get(&lower).into_iter().flatten() {
            if document.slice(reference.range) != lower {
                edits.push(replace(reference.range, &lower));
            }
        }
        finding.fix(Safe, format!("Write {lower}"), edits);
    }
}
