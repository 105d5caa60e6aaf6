//! `ARG`s that nothing uses.

use crate::rules::prelude::*;
use layerwise_syntax::PLATFORM_ARGS;

pub const RULE: Rule = Rule {
    id: "unused-arg",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "ARG that nothing uses",
    summary: "Take out an ARG that no later line uses.",
    why: "
Whoever reads an `ARG` believes that it can be set, sets it, and wonders why nothing changes. It also costs the cache of every `RUN` below it when its
value does change.
",
    leave_it_when: "A program that is run later reads it from its environment.",
    references: &["https://docs.docker.com/reference/dockerfile/#arg"],
    fix_changes: &[],
    examples: &[
        reviewed("FROM alpine:3.23\nARG «APP_COLOUR=blue»\nRUN echo hello\n", "FROM alpine:3.23\nRUN echo hello\n"),
        flagged("ARG TAG=3.23 «NAME»\nFROM alpine:$TAG\n"),
        clean("FROM alpine:3.23\nARG APP_COLOUR=blue\nRUN echo \"$APP_COLOUR\"\n"),
        clean("ARG A\nFROM alpine:3.23\nARG A TARGETARCH DEBIAN_FRONTEND=noninteractive PIP_INDEX_URL http_proxy\nRUN make A=1\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if !document.file.instructions.iter().any(|instruction| matches!(instruction.arguments, Arguments::Arg(_))) {
        return;
    }
    let mentions = document.last_mentions();
    for instruction in &document.file.instructions {
        let Arguments::Arg(declarations) = &instruction.arguments else { continue };
        for declaration in declarations {
            let name = declaration.name.text.as_str();
            let is_used = mentions.get(name).is_some_and(|last| *last > declaration.range.end() + TextSize::of('\n'));
            let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
            if is_used || !is_name || is_read_by_tools(name) {
                continue;
            }
            let finding = report.here(declaration.range, format!("nothing below uses `{name}`"));
            if declarations.len() == 1 && instruction.comments.is_empty() && !document.has_comment_above(instruction) {
                let edit = delete(document.lines_to_go(instruction));
                finding.fix(Review, "Delete it (a program may read it from its environment)", [edit]);
            }
        }
    }
}

/// Whether programs, or the builder itself, look for a variable of this name.
fn is_read_by_tools(name: &str) -> bool {
    const NAMES: &str = "CI CC CXX NODE_ENV DEBIAN_FRONTEND MAKEFLAGS CFLAGS CXXFLAGS LDFLAGS SOURCE_DATE_EPOCH \
        TZ LANG LANGUAGE TERM HOME PATH LD_LIBRARY_PATH PKG_CONFIG_PATH";
    const STARTS: &str = "\
        NPM_CONFIG_ PIP_ UV_ CARGO_ RUST GO CGO_ JAVA_ MAVEN_ GRADLE_ BUNDLE_ RAILS_ COMPOSER_ DOTNET_ BUILDKIT_ \
        NUGET_ YARN_ LC_ CMAKE_";
    let name = name.to_ascii_uppercase();
    name.is_one_of(NAMES)
        || PLATFORM_ARGS.contains(&name.as_str())
        || name.ends_with("_PROXY")
        || name.starts_with_any(STARTS)
}
