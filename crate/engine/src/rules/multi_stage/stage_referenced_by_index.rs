//! `COPY --from=0`.

use crate::document::cased_like;
use crate::rules::prelude::*;
use layerwise_syntax::lookup::{HashMap, HashSet};

pub const RULE: Rule = Rule {
    id: "stage-referenced-by-index",
    category: Category::MultiStage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("index").codes(&[kics("Using Unnamed Build Stages")]),
        Case::new("unnamed").codes(&[droast("DF023")]).off(),
    ],
    supersedes: &[],
    title: "Stage by number",
    summary: "Refer to build stages by name, not by number.",
    why: "
`--from=0` means whichever stage comes first. Put a `FROM` above it and it means another one; if that has a file of the same name, the build
goes well and ships the wrong one.

A name stays with its stage wherever it moves, and says what the stage is for.
",
    leave_it_when: "The file is made by a program that counts its stages itself.",
    references: &[
        "https://docs.docker.com/build/building/multi-stage/#name-your-build-stages",
        "https://docs.kics.io/latest/queries/dockerfile-queries/",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM golang:1.26\nRUN go install golang.org/x/tools/cmd/stringer@v0.38.0\n\nFROM alpine:3.23\nCOPY --from=«0» /go/bin/stringer /usr/local/bin/\n",
            "FROM golang:1.26 AS build\nRUN go install golang.org/x/tools/cmd/stringer@v0.38.0\n\nFROM alpine:3.23\nCOPY --from=build /go/bin/stringer /usr/local/bin/\n",
        )
        .case("index"),
        fixed(
            "FROM golang:1.26 AS build\nRUN make\nFROM scratch\nCOPY --from=\"«0»\" /app /app\n",
            "FROM golang:1.26 AS build\nRUN make\nFROM scratch\nCOPY --from=\"build\" /app /app\n",
        )
        .case("index"),
        clean(
            "FROM golang:1.26 AS tools\nRUN go install golang.org/x/tools/cmd/stringer@v0.38.0\n\nFROM alpine:3.23\nCOPY --from=tools /go/bin/stringer /usr/local/bin/\n",
        ),
        // In lower case, as another rule wants the stage's own name.
        fixed(
            "from golang:1.26 as Tools\nfrom alpine:3.23\ncopy --from=«0» /a /a\nrun --mount=type=bind,from=«0»,target=/b cp /b/b /b\n",
            "from golang:1.26 as Tools\nfrom alpine:3.23\ncopy --from=tools /a /a\nrun --mount=type=bind,from=tools,target=/b cp /b/b /b\n",
        )
        .case("index"),
        // `build` means something else already.
        fixed(
            "FROM alpine:3.23 AS Build\nfrom golang:1.26\nFROM alpine:3.23\nCOPY --from=«1» /a /a\n",
            "FROM alpine:3.23 AS Build\nfrom golang:1.26 as build-2\nFROM alpine:3.23\nCOPY --from=build-2 /a /a\n",
        )
        .case("index"),
        fixed(
            "FROM golang:1.26\nFROM build\nCOPY --from=«0» /a /a\n",
            "FROM golang:1.26 AS build-2\nFROM build\nCOPY --from=build-2 /a /a\n",
        )
        .case("index"),
        fixed(
            "FROM golang:1.26\nFROM rust:1.96\nFROM alpine:3.23\nCOPY --from=«0» /a /a\nCOPY --from=«1» /b /b\n",
            "FROM golang:1.26 AS build\nFROM rust:1.96 AS build-2\nFROM alpine:3.23\nCOPY --from=build /a /a\nCOPY --from=build-2 /b /b\n",
        )
        .case("index"),
        // The name means the second of the two; the line goes on.
        flagged("FROM golang:1.26 AS a\nFROM alpine:3.23 AS a\nFROM alpine:3.23\nCOPY --from=«0» /a /a\n").case("index"),
        flagged("FROM \\\n  golang:1.26\nFROM alpine:3.23\nCOPY --from=«0» /a /a\n").case("index"),
        flagged("FROM alpine:3.23 AS a\n«FROM alpine:3.23»\nFROM alpine:3.23\n").case("unnamed"),
        // The stages of whoever builds on this image.
        clean("FROM alpine:3.23\nFROM alpine:3.23\nONBUILD COPY --from=0 /a /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut references: HashMap<usize, Vec<TextRange>> = HashMap::new();
    for step in document.steps().filter(|step| !step.is_trigger) {
        for (name, range) in step.takes_from() {
            if let Ok(number) = name.parse::<usize>()
                && number != step.stage
            {
                references.or_insert(number, Vec::new()).push(range);
            }
        }
    }
    let names = names_in_use(document);
    let mut given = 0;
    for stage in document.stages() {
        let is_last = stage.index + 1 == document.stages().len();
        if let (None, Some((from, _))) = (stage.name, stage.from)
            && stage.index > 0
            && !is_last
        {
            report.at("unnamed", from.range, "this stage has no name");
        }
        let places = references.remove(&stage.index).unwrap_or_default();
        // Two stages must not get the same name.
        let naming = if places.is_empty() { None } else { naming(stage, &names, &mut given) };
        for range in &places {
            let written = document.slice(*range);
            let finding = report.at(
                "index",
                *range,
                format!("`{written}` means another stage as soon as a FROM is added above it"),
            );
            match stage.name {
                Some(name) => {
                    let means_it = document.stage_named(name).is_some_and(|named| named.index == stage.index);
                    if means_it {
                        // As the builder knows it, and as the stage is called once another rule has renamed it.
                        let name = name.to_ascii_lowercase();
                        finding.fix(Safe, format!("Copy from {name}"), [replace(*range, name)]);
                    }
                }
                None => {
                    if let Some((name, naming)) = &naming {
                        let edits = [replace(*range, name), naming.clone()];
                        finding.fix(Safe, format!("Name the stage {name}"), edits);
                    }
                }
            }
        }
    }
}

/// Every name that means a stage, an image or a build context somewhere in the file, in lower case.
fn names_in_use(document: &Document<'_>) -> HashSet<String> {
    let stages = document.stages().iter().flat_map(|stage| {
        let image = stage.from.map(|(_, from)| from.image.text.as_str());
        stage.name.into_iter().chain(image)
    });
    let sources = document.steps().flat_map(Step::takes_from).map(|(name, _)| name);
    let contexts = document.config.named_contexts.iter().copied();
    stages.chain(sources).chain(contexts).map(str::to_ascii_lowercase).collect()
}

/// A name for a stage that has none, and the edit that gives it. Only where the `FROM` is one line. `given` counts the names that were
/// thought of.
fn naming(stage: &Stage<'_>, names: &HashSet<String>, given: &mut usize) -> Option<(String, Edit)> {
    let (from, arguments) = stage.from?;
    if arguments.as_keyword.is_some() || !from.continuations.is_empty() {
        return None;
    }
    let name = std::iter::repeat_with(|| {
        *given += 1;
        if *given == 1 { "build".to_owned() } else { format!("build-{given}") }
    })
    .find(|name| !names.contains(name))?;
    let edit = insert(arguments.image.range.end(), format!(" {} {name}", cased_like(from, "AS")));
    Some((name, edit))
}
