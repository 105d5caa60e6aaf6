//! Copies of everything that a build has left, sources included.

use crate::document::is_within;
use crate::packages::{BuildKind, build};
use crate::path::name;
use crate::rules::prelude::*;
use layerwise_syntax::Command;

pub const RULE: Rule = Rule {
    id: "copy-build-workspace",
    category: Category::MultiStage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "The whole build folder is copied",
    summary: "Copy what the build made, and not the folder in which it was made.",
    why: "
Sources, test data and intermediate objects go into production with it, which the second stage was meant to avoid. Let the build write to a path
of its own, and copy just that.
",
    leave_it_when: "The program reads its sources when it runs.",
    references: &["https://docs.docker.com/build/building/multi-stage/"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM rust:1.98 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --locked\nFROM debian:13-slim\nCOPY --from=build «/src» /app\nCMD [\"/app/target/release/api\"]\n",
            "FROM rust:1.98 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --locked\nFROM debian:13-slim\nCOPY --from=build /src/target/release/api /app/target/release/api\nCMD [\"/app/target/release/api\"]\n",
        ),
        flagged("FROM golang:1.26 AS build\nCOPY . /go/src/app\nRUN cd /go/src/app && go build\nFROM alpine:3.23\nCOPY --from=build «/go/src/app/» ./\nCMD [\"./app\"]\n"),
        clean("FROM rust:1.98 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release --locked\nFROM debian:13-slim\nCOPY --from=build /src/target/release/api /usr/local/bin/api\nCMD [\"api\"]\n"),
        // Only what was built is there, or something is left out, or it is no compiler's.
        clean("FROM golang:1.26 AS build\nCOPY . /src\nWORKDIR /out\nRUN go build -C /src -o /out/api\nFROM alpine:3.23\nCOPY --from=build /out /app\n"),
        clean("FROM rust:1.98 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build\nFROM debian:13-slim\nCOPY --from=build --exclude=src /src /app\n"),
        clean("FROM node:24 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM node:24-slim\nCOPY --from=build /app /app\n"),
        clean("FROM rust:1.98 AS build\nWORKDIR /src/dist\nCOPY . .\nRUN cargo build\nFROM debian:13-slim\nCOPY --from=build /src/dist /app\n"),
    ],
    check,
};

const OUTPUTS: &str = "dist build out bin publish release _build output rel";
/// What they make often needs what lies beside it.
const UNSURE: &str = "make cmake ninja meson mix gcc g++ cc nvcc";

/// Of more copies than these, nobody wrote the rest.
const MOST_COPIES: usize = 100;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages().filter(|_| !document.has_many_stages()) {
        let is_whole = |step: &&Step<'_>| step.copy().is_some() && step.instruction.flag("exclude").is_none();
        for step in stage.own_steps().filter(is_whole).take(MOST_COPIES) {
            let (Some(copy), Some(from)) = (step.copy(), document.stages_taken_from(step).next()) else { continue };
            for source in copy.sources.iter().map(|source| source.word()) {
                let Some(folder) = workspace(document, from, &source.text) else { continue };
                let message = format!("`{folder}` holds the sources and everything else that the build left there");
                let finding = report.here(source.range, message);
                let started = (copy.sources.len() == 1).then(|| started_below(document, step, &copy.destination.text));
                if let Some((path, below)) = started.flatten() {
                    let edits = [
                        replace(source.range, format!("{}/{below}", folder.trim_end_matches('/'))),
                        replace(copy.destination.range, path),
                    ];
                    finding.fix(Review, "Copy what the container starts, if that is all it needs", edits);
                }
            }
        }
    }
}

/// The folder that a source names, where a compiler worked there on what was copied in.
fn workspace(document: &Document<'_>, from: &Stage<'_>, source: &str) -> Option<String> {
    let folder = from.steps.last()?.absolute_path(source.trim_end_matches('*')).filter(|folder| folder != "/")?;
    if name(&folder).is_one_of(OUTPUTS) {
        return None;
    }
    let steps = document.chain_steps(from);
    let compiles =
        |step: &&Step<'_>| step.commands().any(|it| build(it) == Some(BuildKind::Compiled) && !it.is_one_of(UNSURE));
    let brings_sources = |step: &&Step<'_>| {
        let is_context = step.instruction.flag("from").is_none();
        let is_all = step.copy().is_some_and(|copy| {
            copy.sources
                .iter()
                .any(|source| matches!(source.word().text.as_str(), "." | "./" | "src" | "./src" | "src/"))
        });
        is_context && is_all && step.copied_paths().iter().any(|path| is_within(path, &folder))
    };
    (steps.iter().any(compiles) && steps.iter().any(brings_sources)).then_some(folder)
}

/// The file below a folder that a container of the step's stage starts, as a whole and from there.
fn started_below(document: &Document<'_>, step: &Step<'_>, destination: &str) -> Option<(String, String)> {
    let stage = document.final_stage().filter(|stage| stage.index == step.stage)?;
    let start = document.entrypoint(stage).or_else(|| document.cmd(stage))?;
    let Command::Exec(exec) = start.start_command()? else { return None };
    let path = exec.arguments.first()?.value.clone();
    let folder = step.absolute_path(destination)?;
    let below = path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')?;
    let is_plain = !below.is_empty() && !below.contains([' ', '*', '$', '"']);
    is_plain.then(|| (path.clone(), below.to_owned()))
}
