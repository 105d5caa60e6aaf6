//! A program that is compiled in the stage that ships.

use crate::document::is_within;
use crate::fix::{Artefact, Sources, WHY_SAME, artefact, second_stage};
use crate::packages::{BuildKind, DevFamily, DevUse, build, dev_use, language_install, pattern_of_build, removes};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "single-stage-build",
    category: Category::MultiStage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("compiled").codes(&[tally("tally/prefer-multi-stage-build"), droast("DF011")]),
        Case::new("frontend").severity(Severity::Info),
    ],
    supersedes: &["build-tools-in-final-stage", "sdk-base-in-final-stage"],
    title: "Built in the stage that ships",
    summary: "Build in one stage and copy the result into a small second one, so that the compiler stays behind.",
    why: "
A compiler, its headers, the source and the module cache are needed for a minute, and then shipped for years.

A second `FROM` starts from a clean, small base, and `COPY --from` brings over only what was built. The image shrinks, often tenfold, and
whoever breaks in finds no compiler.
",
    leave_it_when: "The image is there to build things, as an image for CI is.",
    references: &[
        "https://docs.docker.com/build/building/multi-stage/",
        "https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 «go build -o /usr/local/bin/api ./cmd/api»\n\nEXPOSE 8080\nCMD [\"api\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /usr/local/bin/api ./cmd/api\n\nFROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /usr/local/bin/api /usr/local/bin/api\nEXPOSE 8080\nCMD [\"api\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM golang:1.26-alpine\r\nENV CGO_ENABLED=0\r\nRUN «go build -o /api .»\r\n# Listens on 8080.\r\nENTRYPOINT [\"/api\", \"--verbose\"]\r\n",
            "FROM golang:1.26-alpine AS build\r\nENV CGO_ENABLED=0\r\nRUN go build -o /api .\r\n\r\nFROM gcr.io/distroless/static-debian12:nonroot\r\nCOPY --from=build /api /api\r\n# Listens on 8080.\r\nENTRYPOINT [\"/api\", \"--verbose\"]\r\n",
        )
        .case("compiled"),
        // Without CGO_ENABLED=0 it may need a C library, and Rust one of its own.
        reviewed(
            "FROM golang:1.26\nWORKDIR /src\nRUN «go build -o api .»\nCMD [\"./api\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nRUN go build -o api .\n\nFROM gcr.io/distroless/base-debian13:nonroot\nWORKDIR /src\nCOPY --from=build /src/api /src/api\nCMD [\"./api\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM rust:1.96\nWORKDIR /app\nCOPY . .\nRUN «cargo build --release»\nCMD [\"/app/target/release/api\", \"--port\", \"80\"]\n",
            "FROM rust:1.96 AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /app/target/release/api /app/target/release/api\nCMD [\"/app/target/release/api\", \"--port\", \"80\"]\n",
        )
        .case("compiled"),
        reviewed(
            "from maven:3.9-eclipse-temurin-21\nworkdir /shop\ncopy . .\nrun «mvn -B package»\nexpose 80\ncmd [\"java\", \"-Xmx1g\", \"-jar\", \"target/shop.jar\"]\n",
            "from maven:3.9-eclipse-temurin-21 as build\nworkdir /shop\ncopy . .\nrun mvn -B package\n\nfrom eclipse-temurin:21-jre\nworkdir /shop\ncopy --from=build /shop/target/shop.jar /shop/target/shop.jar\nexpose 80\ncmd [\"java\", \"-Xmx1g\", \"-jar\", \"target/shop.jar\"]\n",
        )
        .case("compiled"),
        // On Alpine a program may need its C library, which distroless has not; the last needs a setting, and this one another target.
        flagged("FROM golang:1.26-alpine\nRUN «go build -o /api .»\nCMD [\"/api\"]\n").case("compiled"),
        flagged("FROM rust:1.96\nWORKDIR /app\nRUN «cargo build --release --target x86_64-unknown-linux-musl»\nCMD [\"./target/release/api\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nENV LISTEN=:80\nRUN CGO_ENABLED=0 «go build -o /api .»\nCMD [\"/api\"]\n").case("compiled"),
        flagged("FROM maven:3-eclipse-temurin-25\nCOPY . .\nRUN «mvn -B package»\nCMD [\"java\", \"-jar\", \"target/app.jar\"]\n")
            .case("compiled"),
        flagged("FROM debian:13-slim\nRUN ./configure && make -j4 && «make install»\nRUN make -C more install\nCMD [\"serve\"]\n")
            .case("compiled"),
        // What the message says of the sources is true.
        flagged("FROM debian:13\nRUN git clone https://example.org/a && «make -C a install» && rm -rf a\nCMD [\"a\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nRUN «go install example.com/cmd/serve@v1.2.0»\nENTRYPOINT [\"serve\"]\n").case("compiled"),
        flagged("FROM rust:1.96 AS base\nRUN «cargo build --release»\nFROM base\nCMD [\"./target/release/app\"]\n").case("compiled"),
        flagged("FROM node:24-slim\nCOPY . .\nRUN npm ci && «npm run build»\nCMD [\"node\", \"dist/main.js\"]\n").case("frontend"),
        clean(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api .\n\nFROM gcr.io/distroless/static-debian12:nonroot\nCOPY --from=build /out/api /api\nENTRYPOINT [\"/api\"]\n",
        ),
        // The compiler is gone before the layer is written.
        clean("FROM php:8.4-apache\nRUN docker-php-ext-install intl\nRUN curl -fsSL https://example.org/ext.tgz | tar xz && cd ext && phpize && ./configure && make install\nCOPY . /var/www/html\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache --virtual .build gcc make && make install && apk del .build\nCMD [\"serve\"]\n"),
        // Extensions that a package manager compiles, and a frontend without development dependencies.
        clean("FROM python:3.13-slim\nRUN pip install -r requirements.txt\nCMD [\"serve\"]\n"),
        clean("FROM node:24-slim\nRUN npm ci --omit=dev && npm run build\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24-slim\nRUN npm ci && npm run build && npm prune --omit=dev\nCMD [\"node\", \".\"]\n"),
        // For development, and images to build with.
        clean("FROM golang:1.26 AS dev\nRUN go install golang.org/x/tools/gopls@latest\nCMD [\"bash\"]\n"),
        clean("FROM golang:1.26\nRUN go build ./...\nCMD [\"go\", \"test\", \"./...\"]\n"),
        clean("FROM debian:13 AS toolchain\nRUN make install\n"),
        clean("FROM example.org/buildpack:13\nRUN make install\n"),
        clean("ARG BASE\nFROM $BASE\nRUN make install\n"),
        clean("FROM debian:13\nRUN make install\nRUN ./pack.sh\n"),
        clean("FROM debian:13\nRUN make install\nENTRYPOINT [\"/init\"]\nCMD [\"zsh\", \"-l\"]\n"),
        clean("FROM debian:13\nENV APP_ENV=Development\nRUN make install\nCMD [\"serve\"]\n"),
        // A tool for the build.
        clean("FROM golang:1.26\nRUN go install example.com/gen@v1 && gen\nCMD [\"compare\"]\n"),
        clean("FROM golang:1.26\nRUN go install example.com/tool@v1.2.0\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !is_to_build_with(document, stage)) else { return };
    if *document.chain_base(stage) == Base::Scratch || is_for_development(document, stage) {
        return;
    }
    let started = document.start_commands(stage);
    let mut compiled =
        builds(document, BuildKind::Compiled).filter(|(_, command)| tool(command).is_none_or(|it| runs(started, it)));
    if let Some((step, command)) = compiled.next() {
        let name = shown(command);
        let removes = step.commands().any(|command| command.is_one_of(&["rm"]) && command.has_any_flag(&["-r", "-R"]));
        let ships = if removes || tool(command).is_some() {
            "what compiles ships"
        } else {
            "what compiles and the sources ship"
        };
        let message = format!("`{name}` runs in the stage that ships, so {ships} too");
        let range = command.words_range();
        let finding = report.at("compiled", range, message);
        finding.shown_by(pattern_of_build(command));
        if let Some(edits) = split_off(document, step, command) {
            finding.fix(Review, "Ship only the program, from a second stage (look at what else it reads or writes)", edits);
        }
    } else if let Some(command) = frontend(document) {
        let name = shown(command);
        let message = format!("`{name}` runs in the stage that ships, so the development dependencies ship too");
        let finding = report.at("frontend", command.words_range(), message);
        finding.shown_by(if serves_files(started) { "node-static" } else { pattern_of_build(command) });
        if let Some(edits) = pruned(document) {
            finding.fix(Review, "Ship without development dependencies, from a second stage", edits);
        }
    }
}

/// The builds of one kind that ship with what did them.
fn builds<'d, 'a>(document: &'d Document<'a>, kind: BuildKind) -> impl Iterator<Item = (&'d Step<'a>, &'d Command)> {
    document
        .shipped_stages()
        .flat_map(|stage| stage.own_steps())
        .filter(|step| !step.commands().any(|command| removes(command).is_some() || extends_php(command)))
        .flat_map(|step| step.commands().map(move |command| (step, command)))
        .filter(move |(_, command)| build(command) == Some(kind))
}

/// Whether a command prepares an extension of PHP, which is compiled against the PHP of the image and belongs into it.
fn extends_php(command: &Command) -> bool {
    command.program().is_some_and(|program| program == "phpize" || program.starts_with("docker-php-ext-"))
}

/// Whether a container of a stage starts by building or with a prompt, or an environment variable calls it one for development: the
/// compiler is meant to be there.
fn is_for_development(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let builds = |command: &Command| {
        command.is_one_of(&["make", "cargo", "mvn", "mvnw", "gradle", "gradlew", "sbt", "lein", "air", "go"])
            || command.is_one_of(&["dotnet"])
                && ["watch", "run", "test", "build"].iter().any(|verb| command.starts_with(&[verb]))
            || build(command).is_some()
    };
    document.start_commands(stage).iter().any(builds)
        || document.starts_prompt(stage)
        || document.chain_steps(stage).into_iter().any(calls_it_development)
}

/// Whether an `ENV` such as `APP_ENV=development` says what the image is for.
fn calls_it_development(step: &Step<'_>) -> bool {
    let Arguments::Env(values) = &step.instruction.arguments else { return false };
    values.pairs.iter().any(|pair| {
        let is_mode = ["_ENV", "_ENVIRONMENT"].iter().any(|end| pair.key.text.ends_with(end));
        is_mode && ["development", "dev"].iter().any(|mode| pair.value.text.eq_ignore_ascii_case(mode))
    })
}

/// The name of the tool that a command installs and that its author did not write: `air` in `go install example.com/air@v1`.
fn tool(command: &Command) -> Option<&str> {
    let is_install = command.is_one_of(&["go", "cargo"]) && language_install(command).is_some();
    let named = command.operands().get(1).filter(|_| is_install)?.shown();
    named.split('@').next().map(last_part)
}

/// Whether all that runs is a server of files, for which an image of a web server is made.
fn serves_files(started: &[Command]) -> bool {
    const SERVERS: [&str; 3] = ["serve", "http-server", "preview"];
    started.iter().any(|command| {
        command.words.iter().any(|word| SERVERS.iter().any(|server| word.known().map(last_part) == Some(*server)))
    })
}

fn runs(started: &[Command], tool: &str) -> bool {
    started.iter().any(|command| command.is_one_of(&[tool]))
}

/// Whether a stage starts nothing, and its name or its base says that others build with it, or from it; or its last `RUN` is a script of
/// the project, whose results somebody takes out.
fn is_to_build_with(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let is_named = |name: &str| {
        let lower = name.to_ascii_lowercase();
        ["sdk", "build", "toolchain", "base", "compile"].iter().any(|word| lower.contains(word))
    };
    let is_own_script = |command: &Command| {
        command
            .words
            .first()
            .and_then(|word| word.known())
            .is_some_and(|path| path.starts_with("./") && path.ends_with(".sh"))
    };
    starts_nothing(document)
        && (stage.name.is_some_and(is_named)
            || document.chain_base(stage).image().is_none_or(|image| is_named(image.short_name()))
            || stage.own_steps().rfind(|step| step.is_run()).is_some_and(|last| last.commands().any(is_own_script)))
}

fn starts_nothing(document: &Document<'_>) -> bool {
    let serves = |step: &Step<'_>| {
        matches!(step.kind(), InstructionKind::Cmd | InstructionKind::Entrypoint | InstructionKind::Expose)
    };
    !document.steps().any(serves)
}

/// The first build of a frontend whose stage keeps what only development needs.
fn frontend<'d>(document: &'d Document<'_>) -> Option<&'d Command> {
    let keeps = |stage: &&Stage<'_>| keeps_dev_dependencies(document, stage);
    let stages: Vec<usize> = document.shipped_stages().filter(keeps).map(|stage| stage.index).collect();
    let mut builds = builds(document, BuildKind::Frontend);
    builds.find(|(step, _)| stages.contains(&step.stage)).map(|(_, command)| command)
}

/// Whether a stage holds development dependencies of a JavaScript project at its end.
fn keeps_dev_dependencies(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let mut installs = false;
    for step in stage.own_steps() {
        for command in step.commands() {
            match dev_use(document, step, command) {
                Some(DevUse::Installs(DevFamily::Node, _)) => installs = true,
                Some(DevUse::Removes(DevFamily::Node)) => return false,
                _ => {}
            }
        }
    }
    installs
}

/// The program and what it is told to do.
fn shown(command: &Command) -> String {
    let program = command.program().unwrap_or_default();
    if let Some(flag) = command.arguments().first().filter(|_| program == "cmake") {
        return format!("{program} {}", flag.shown());
    }
    match command.subcommand().and_then(|word| word.known()) {
        Some(verb) if !verb.contains(['/', '.']) => {
            let script = command.operands().get(1).and_then(|word| word.known()).filter(|_| verb == "run");
            script.map_or_else(|| format!("{program} {verb}"), |script| format!("{program} {verb} {script}"))
        }
        _ => program.to_owned(),
    }
}

/// The edits that let the program ship alone. Only where it is certain where it lies and what it needs to run.
fn split_off(document: &Document<'_>, step: &Step<'_>, command: &Command) -> Option<Vec<Edit>> {
    let [stage] = document.stages() else { return None };
    let artefact = artefact(document, stage, step, command)?;
    // What lies in a cache is in no layer.
    if builds(document, BuildKind::Compiled).count() != 1 || step.is_mounted(&artefact.path) {
        return None;
    }
    let last = stage.own_steps().rfind(|step| step.is_run())?;
    second_stage(document, stage, last, &artefact, Sources::Compiled)
}

/// The edits that take away what only building a frontend needs, and ship the rest from a second stage. Only where npm did it all, in one
/// folder, and Node is given a file from there.
fn pruned(document: &Document<'_>) -> Option<Vec<Edit>> {
    let [stage] = document.stages() else { return None };
    let image = stage.base.image().filter(|image| image.repository == "node")?;
    let version = image.tag_parts().next().and_then(|part| part.split('.').next()?.parse::<u32>().ok());
    let last = stage.own_steps().rfind(|step| step.is_run())?;
    let folder = last.in_force.workdir.as_deref().filter(|folder| *folder != "/")?;
    // Older ones call it something else.
    if version.is_some_and(|version| version < 16) || stage.end.workdir.as_deref() != Some(folder) {
        return None;
    }
    for step in stage.own_steps().filter(|step| step.is_run()) {
        let is_elsewhere = |command: &Command| {
            command.is_one_of(&["yarn", "pnpm", "bun", "cd", "npx"])
                || command.has_any_flag(&["--prefix", "-C", "-g", "--global", "-w", "--workspace", "--workspaces"])
        };
        if step.in_force.workdir.as_deref() != Some(folder) || step.commands().any(is_elsewhere) {
            return None;
        }
    }
    let (start, process) = document.main_process(stage)?;
    let program = process.operands().first().and_then(|word| start.absolute_path(word.known()?))?;
    let is_built = is_within(&program, folder) && [".js", ".mjs", ".cjs"].iter().any(|end| program.ends_with(end));
    if !process.is_one_of(&["node"]) || !is_built || program.contains("/node_modules/") {
        return None;
    }
    let artefact = Artefact {
        path: folder.to_owned(),
        destination: folder.to_owned(),
        image: image.reference(),
        why: WHY_SAME,
        counts_on_directory: true,
        keeps_base: true,
        finish: "",
        environment: "",
    };
    let prune = document.line_like(last.outer, "RUN", "npm prune --omit=dev");
    let mut edits = vec![insert(last.outer.lines.end(), prune).because(WHY_PRUNED)];
    edits.extend(second_stage(document, stage, last, &artefact, Sources::Inside)?);
    Some(edits)
}

const WHY_PRUNED: &str = "what only the build needed goes, before the folder is copied";
