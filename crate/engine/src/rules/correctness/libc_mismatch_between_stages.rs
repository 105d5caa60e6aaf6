//! Programs that were built for another C library than that of the image in which they run.

use crate::document::is_within;
use crate::image::{Libc, libc};
use crate::packages::{manifest_install, stays};
use crate::path::{last_part, name};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "libc-mismatch-between-stages",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("go"), Case::new("rust"), Case::new("c"), Case::new("modules")],
    supersedes: &[],
    title: "Built for another C library",
    summary: "Build without a C library, or build and run on the same family of images.",
    why: "
A program asks for its C library by the name of a file. Built on Debian and started on Alpine or scratch, it dies with \"no such file or directory\",
although it is there.
",
    leave_it_when: "The program asks for no library: `ldd` says \"not a dynamic executable\".",
    references: &["https://wiki.alpinelinux.org/wiki/Running_glibc_programs"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/api .\nFROM alpine:3.23\nCOPY --from=build «/out/api» /usr/local/bin/api\nEXPOSE 8080\nCMD [\"api\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api .\nFROM alpine:3.23\nCOPY --from=build /out/api /usr/local/bin/api\nEXPOSE 8080\nCMD [\"api\"]\n",
        )
        .case("go"),
        flagged("FROM rust:1.98 AS build\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nFROM scratch\nCOPY --from=build «/src/target/release/api» /api\n").case("rust"),
        flagged("FROM gcc:15 AS build\nRUN gcc -o /api api.c\nFROM alpine:3.23\nCOPY --from=build «/api» /api\n").case("c"),
        flagged("FROM node:24 AS build\nWORKDIR /app\nRUN npm ci\nFROM node:24-alpine\nCOPY --from=build «/app/node_modules» ./node_modules\n").case("modules"),
        // A program of Go that has nothing to do with the network is static anyway.
        clean("FROM golang:1.26 AS build\nRUN go build -o /out/tool .\nFROM alpine:3.23\nCOPY --from=build /out/tool /tool\nCMD [\"/tool\"]\n"),
        clean("FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api .\nFROM alpine:3.23\nCOPY --from=build /out/api /usr/local/bin/api\nCMD [\"api\"]\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /out/api . && cp -r web /web\nFROM alpine:3.23\nRUN apk add --no-cache gcompat\nCOPY --from=build /out/api /api\nFROM alpine:3.23\nCOPY --from=build /web /web\n"),
        clean("FROM golang:1.26-alpine AS build\nRUN go build -o /out/api .\nFROM debian:13\nCOPY --from=build /out/api /api\n"),
        clean("FROM golang:1.26 AS build\nENV CGO_ENABLED=0\nRUN go build -o /api .\nRUN export GOARCH=arm64 && go build -o /b .\nFROM scratch\nCOPY --from=build /api /b /\n"),
        clean("FROM rust:1.98 AS build\nRUN cargo build --release --target x86_64-unknown-linux-musl\nFROM scratch\nCOPY --from=build /target/x86_64-unknown-linux-musl/release/api /api\n"),
        clean("FROM golang:1.26 AS build\nRUN go build -o /out/api .\nFROM debian:13-slim\nCOPY --from=build /out/api /api\nFROM gcr.io/distroless/base-debian13\nCOPY --from=build /out/api /api\n"),
    ],
    check,
};

/// Of more copies than these, nobody wrote the rest.
const MOST_COPIES: usize = 100;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|_| !document.has_many_stages()) {
        let Some(target) = libc(document.chain_base(stage)) else { continue };
        let copies = || stage.own_steps().filter(|step| step.instruction.flag("from").is_some());
        if copies().next().is_none() || has_compatibility(document, stage) {
            continue;
        }
        for step in copies().take(MOST_COPIES) {
            let Some(from) = document.stages_taken_from(step).next() else { continue };
            let is_cross = from.from.is_some_and(|(instruction, _)| instruction.flag("platform").is_some());
            let Some(own) = libc(document.chain_base(from)).filter(|own| *own != target && !is_cross) else { continue };
            let Some(copy) = step.copy() else { continue };
            for source in copy.sources.iter().map(|source| source.word()) {
                let Some(path) = from.steps.last().and_then(|last| last.absolute_path(&source.text)) else { continue };
                let Some((case, builder)) = built(document, from, own, &path) else { continue };
                if case == "go" && own == Libc::Glibc && !uses_network(document) {
                    continue;
                }
                let message = format!("this was built {}, and is put {}", own.place(), target.place());
                let finding = report.at(case, source.range, message);
                let Some((at, command)) = builder.filter(|(_, command)| command.is_one_of("go")) else { continue };
                let is_exec = document.slice(command.range).starts_with('[');
                if command.wrappers.is_empty() && !is_exec && !document.is_variable_set("CGO_ENABLED", at) {
                    let edit = insert(command.range.start(), "CGO_ENABLED=0 ");
                    finding.fix(Review, "Build without C, if the program needs none", [edit]);
                }
            }
        }
    }
}

/// Whether a program of Go needs the C library of where it was built: for the network's names, unless the build is told to use C.
fn uses_network(document: &Document<'_>) -> bool {
    document.steps().any(|step| {
        matches!(step.kind(), InstructionKind::Expose | InstructionKind::Healthcheck)
            || document.slice(step.outer.range).contains("CGO_ENABLED=1")
    })
}

/// Whether an image brings what lets programs for the other library run, or a library of its own.
fn has_compatibility(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    const SIGNS: &str = "compat glibc musl ld-linux /lib";
    document.chain_steps(stage).into_iter().any(|step| {
        let text = document.slice(step.outer.range);
        let is_lib =
            |sign: &str| sign != "/lib" || step.copy().is_some_and(|copy| copy.destination.text.starts_with("/lib"));
        words_of(SIGNS).filter(|sign| text.contains(*sign)).any(is_lib)
    })
}

/// What made the file at a path in a stage, where that depends on a C library.
fn built<'d, 'a>(
    document: &'d Document<'a>,
    from: &Stage<'a>,
    own: Libc,
    path: &str,
) -> Option<(&'static str, Option<(&'d Step<'a>, &'d Command)>)> {
    const MODULES: &str = "node_modules site-packages dist-packages venv .venv bundle";
    let steps = document.chain_steps(from);
    for step in &steps {
        for command in step.commands() {
            let case = match command.program() {
                Some("go") if makes_with_go(document, step, command, path) => {
                    // Without a C compiler, Go builds without C.
                    let has_compiler = |it: &&Step<'_>| {
                        let text = document.slice(it.outer.range);
                        it.is_run() && text.contains_any("gcc build-base clang")
                    };
                    (own == Libc::Glibc || steps.iter().any(has_compiler)).then_some("go")
                }
                Some("cargo") if own == Libc::Glibc => {
                    makes_with_cargo(document, step, command, path).then_some("rust")
                }
                Some("gcc" | "g++" | "cc" | "clang") if !is_static(document, step, command) => {
                    let output = command.flag_value("-o").and_then(|output| step.absolute_path(output));
                    (output.as_deref() == Some(path) && stays(step)).then_some("c")
                }
                _ => None,
            };
            if let Some(case) = case {
                return Some((case, Some((step, command))));
            }
        }
    }
    let installs = || steps.iter().flat_map(|step| step.commands()).any(|command| manifest_install(command).is_some());
    let is_modules = name(path).is_one_of(MODULES) && (name(path) != "bundle" || path.contains("vendor"));
    (is_modules && installs()).then_some(("modules", None))
}

/// Whether a command is told to leave C libraries out, or to build for another machine, or what tells it so is not in this file.
fn is_static(document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
    const SIGNS: &str = "static netgo musl CGO_ENABLED GOARCH zig";
    const VARIABLES: &str = "GOARCH GOFLAGS RUSTFLAGS CARGO_BUILD_TARGET CARGO_ENCODED_RUSTFLAGS";
    let text = document.slice(step.outer.range);
    let is_said = words_of(SIGNS).any(|sign| text.contains(sign) && sign != "CGO_ENABLED")
        || text.contains("CGO_ENABLED") && !text.contains("CGO_ENABLED=1");
    let is_set = words_of(VARIABLES).any(|name| document.is_variable_set(name, step));
    let is_off = document.is_variable_set("CGO_ENABLED", step)
        && document.variable_at("CGO_ENABLED", step).as_deref() != Some("1");
    is_said || command.is_one_of("go cargo") && is_set || command.is_one_of("go") && is_off
}

fn makes_with_go(document: &Document<'_>, step: &Step<'_>, command: &Command, path: &str) -> bool {
    if is_static(document, step, command) {
        return false;
    }
    if command.starts_with("install") {
        return path.starts_with("/go/bin/") || path == "/go/bin";
    }
    let is_build = command.starts_with("build");
    let Some(output) = command.flag_value("-o") else {
        let folder = step.in_force.workdir.as_deref().unwrap_or_default();
        let named = command.operands().get(1).and_then(|word| word.known()).map(last_part).filter(|it| *it != ".");
        let file = named.unwrap_or(last_part(folder));
        let is_package = !file.is_empty() && !file.ends_with(".go") && !file.contains("...");
        return is_build
            && is_package
            && stays(step)
            && path.strip_prefix(folder).is_some_and(|it| it.trim_start_matches('/') == file);
    };
    let Some(output) = step.absolute_path(output).filter(|_| stays(step) || output.starts_with('/')) else {
        return false;
    };
    is_build && (output == path || is_within(path, &output) && !last_part(path).contains('.'))
}

fn makes_with_cargo(document: &Document<'_>, step: &Step<'_>, command: &Command, path: &str) -> bool {
    let is_installed = command.starts_with("install") && path.contains("/cargo/bin/");
    let is_built =
        command.starts_with("build") && (path.contains("/target/release/") || path.contains("/target/debug/"));
    (is_installed || is_built) && !last_part(path).contains('.') && !is_static(document, step, command)
}
