//! A program that is compiled in the stage that ships.

use crate::document::is_within;
use crate::fix::{Artefact, Sources, artefact, second_stage};
use crate::packages::{
    BuildKind, DevFamily, DevUse, build, calls_it_development, dev_use, language_install, manifest_install,
    pattern_of_build, removes,
};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;

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
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /usr/local/bin/api ./cmd/api\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /usr/local/bin/api /usr/local/bin/api\nEXPOSE 8080\nCMD [\"api\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM golang:1.26-alpine\r\nENV CGO_ENABLED=0\r\nRUN «go build -o /api .»\r\n# Listens on 8080.\r\nENTRYPOINT [\"/api\", \"--verbose\"]\r\n",
            "FROM golang:1.26-alpine AS build\r\nENV CGO_ENABLED=0\r\nRUN go build -o /api .\r\n\r\nFROM gcr.io/distroless/static-debian13:nonroot\r\nCOPY --from=build /api /api\r\n# Listens on 8080.\r\nENTRYPOINT [\"/api\", \"--verbose\"]\r\n",
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
            "FROM rust:1.96 AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nWORKDIR /app\nCOPY --from=build /app/target/release/api /app/target/release/api\nCMD [\"/app/target/release/api\", \"--port\", \"80\"]\n",
        )
        .case("compiled"),
        reviewed(
            "from maven:3.9-eclipse-temurin-21\nworkdir /shop\ncopy . .\nrun «mvn -B package»\nexpose 80\ncmd [\"java\", \"-Xmx1g\", \"-jar\", \"target/shop.jar\"]\n",
            "from maven:3.9-eclipse-temurin-21 as build\nworkdir /shop\ncopy . .\nrun mvn -B package\n\nfrom eclipse-temurin:21-jre\nworkdir /shop\ncopy --from=build /shop/target/shop.jar /shop/target/shop.jar\nexpose 80\ncmd [\"java\", \"-Xmx1g\", \"-jar\", \"target/shop.jar\"]\n",
        )
        .case("compiled"),
        // What the program is told to read, and what is made for it, would stay behind.
        flagged("FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 «go build -o server .»\nCMD [\"./server\", \"-config\", \"config/prod.yml\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 «go build -o server .»\nENTRYPOINT [\"./server\"]\nCMD [\"--config=app.toml\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN mkdir -p data && touch data/db.sqlite\nRUN CGO_ENABLED=0 «go build -o server .»\nCMD [\"./server\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 «go build -o server .» && curl -fsSLO https://example.org/cities.mmdb\nCMD [\"./server\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN CGO_ENABLED=0 «go build -o server .» && cp .env.example .env\nCMD [\"./server\"]\n").case("compiled"),
        flagged("FROM maven:3-eclipse-temurin-25\nWORKDIR /app\nCOPY . .\nRUN «mvn -B package»\nCMD [\"java\", \"-javaagent:otel.jar\", \"-jar\", \"target/app.jar\"]\n").case("compiled"),
        flagged("FROM maven:3-eclipse-temurin-25\nWORKDIR /app\nCOPY . .\nRUN «mvn -B package dependency:copy-dependencies»\nCMD [\"java\", \"-jar\", \"target/app.jar\"]\n").case("compiled"),
        reviewed(
            "FROM rust:1.96\nWORKDIR /app\nENV RUST_LOG=info CARGO_NET_RETRY=5\nRUN mkdir src && echo 'fn main() {}' > src/main.rs\nCOPY app.toml ./\nRUN «cargo build --release»\nCMD [\"/app/target/release/api\", \"app.toml\"]\n",
            "FROM rust:1.96 AS build\nWORKDIR /app\nENV RUST_LOG=info CARGO_NET_RETRY=5\nRUN mkdir src && echo 'fn main() {}' > src/main.rs\nCOPY app.toml ./\nRUN cargo build --release\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nENV RUST_LOG=info CARGO_NET_RETRY=5\nWORKDIR /app\nCOPY --from=build /app/target/release/api /app/target/release/api\nCOPY app.toml ./\nCMD [\"/app/target/release/api\", \"app.toml\"]\n",
        )
        .case("compiled"),
        // On Alpine a program may need its C library, which distroless has not; and this one is for another target.
        flagged("FROM golang:1.26-alpine\nRUN apk add --no-cache gcc musl-dev\nRUN «go build -o /api .»\nCMD [\"/api\"]\n").case("compiled"),
        flagged("FROM rust:1.96\nWORKDIR /app\nRUN «cargo build --release --target x86_64-unknown-linux-musl»\nCMD [\"./target/release/api\"]\n").case("compiled"),
        flagged("FROM maven:3-eclipse-temurin-25\nCOPY . .\nRUN «mvn -B package»\nCMD [\"java\", \"-jar\", \"target/app.jar\"]\n")
            .case("compiled"),
        flagged("FROM debian:13-slim\nRUN ./configure && make -j4 && «make install»\nRUN make -C more install\nCMD [\"serve\"]\n")
            .case("compiled"),
        // What the message says of the sources is true.
        flagged("FROM debian:13\nRUN git clone https://example.org/a && «make -C a install» && rm -rf a\nCMD [\"a\"]\n").case("compiled"),
        reviewed(
            "FROM golang:1.26\nRUN «go install example.com/cmd/serve@v1.2.0»\nENTRYPOINT [\"serve\"]\n",
            "FROM golang:1.26 AS build\nRUN go install example.com/cmd/serve@v1.2.0\n\nFROM gcr.io/distroless/base-debian13:nonroot\nCOPY --from=build /go/bin/serve /usr/local/bin/serve\nENTRYPOINT [\"serve\"]\n",
        )
        .case("compiled"),
        flagged("FROM rust:1.96 AS base\nRUN «cargo build --release»\nFROM base\nCMD [\"./target/release/app\"]\n").case("compiled"),
        flagged("FROM node:24-slim\nCOPY . .\nRUN npm ci && «npm run build»\nCMD [\"node\", \"dist/main.js\"]\n").case("frontend"),
        // Without a compiler of C, Go does without C.
        reviewed(
            "FROM golang:1.26-alpine\nRUN «go build -o /api .»\nCMD [\"/api\"]\n",
            "FROM golang:1.26-alpine AS build\nRUN go build -o /api .\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /api /api\nCMD [\"/api\"]\n",
        )
        .case("compiled"),
        // What the program may read comes along.
        reviewed(
            "FROM golang:1.26\nENV LISTEN=:80\nRUN CGO_ENABLED=0 «go build -o /api .»\nCMD [\"/api\"]\n",
            "FROM golang:1.26 AS build\nENV LISTEN=:80\nRUN CGO_ENABLED=0 go build -o /api .\n\nFROM gcr.io/distroless/static-debian13:nonroot\nENV LISTEN=:80\nCOPY --from=build /api /api\nCMD [\"/api\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM golang:1.26\n\nLABEL org.opencontainers.image.title=shop\nENV GOFLAGS=-trimpath LANG=C.UTF-8\nWORKDIR /src\n\n# Modules\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY cmd ./cmd\nCOPY templates ./templates\nRUN «go build -o shop ./cmd/shop»\nCOPY shop.yaml .\nEXPOSE 8080\nCMD [\"./shop\"]\n",
            "FROM golang:1.26 AS build\n\nENV GOFLAGS=-trimpath LANG=C.UTF-8\nWORKDIR /src\n\n# Modules\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY cmd ./cmd\nCOPY templates ./templates\nRUN go build -o shop ./cmd/shop\n\nFROM gcr.io/distroless/base-debian13:nonroot\nLABEL org.opencontainers.image.title=shop\nENV GOFLAGS=-trimpath LANG=C.UTF-8\nWORKDIR /src\nCOPY --from=build /src/shop /src/shop\nCOPY templates ./templates\nCOPY shop.yaml .\nEXPOSE 8080\nCMD [\"./shop\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM golang:1.26-alpine\nWORKDIR /go/src\nCOPY go.mod ./\nCOPY hot/*.go ./hot/\nRUN «go install ./...»\nCMD [\"hot\"]\n",
            "FROM golang:1.26-alpine AS build\nWORKDIR /go/src\nCOPY go.mod ./\nCOPY hot/*.go ./hot/\nRUN go install ./...\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /go/bin/hot /usr/local/bin/hot\nCMD [\"hot\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM rust:1.96-alpine\nWORKDIR /app\nCOPY . .\nRUN «cargo build --release» && mv target/release/api /usr/local/bin/\nCMD [\"api\"]\n",
            "FROM rust:1.96-alpine AS build\nWORKDIR /app\nCOPY . .\nRUN cargo build --release && mv target/release/api /usr/local/bin/\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /usr/local/bin/api /usr/local/bin/api\nCMD [\"api\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM rust:1.96\nWORKDIR /app\nCOPY . .\nRUN «cargo install --path .»\nCMD [\"api\"]\n",
            "FROM rust:1.96 AS build\nWORKDIR /app\nCOPY . .\nRUN cargo install --path .\n\nFROM gcr.io/distroless/cc-debian13:nonroot\nCOPY --from=build /usr/local/cargo/bin/api /usr/local/bin/api\nCMD [\"api\"]\n",
        )
        .case("compiled"),
        // Moved to where it is started from.
        reviewed(
            "FROM gradle:9-jdk25\nWORKDIR /shop\nCOPY . .\nRUN «gradle bootJar --no-daemon» && cp build/libs/*.jar /shop.jar\nEXPOSE 8080\nUSER 10001\nENTRYPOINT [\"java\", \"-jar\", \"/shop.jar\"]\n",
            "FROM gradle:9-jdk25 AS build\nWORKDIR /shop\nCOPY . .\nRUN gradle bootJar --no-daemon && cp build/libs/*.jar /shop.jar\n\nFROM eclipse-temurin:25-jre\nCOPY --from=build /shop.jar /shop.jar\nEXPOSE 8080\nUSER 10001\nENTRYPOINT [\"java\", \"-jar\", \"/shop.jar\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM eclipse-temurin:21-jdk-alpine\nWORKDIR /shop\nCOPY . .\nRUN «./mvnw package»\nENTRYPOINT java $JAVA_OPTS -jar target/shop.jar\n",
            "FROM eclipse-temurin:21-jdk-alpine AS build\nWORKDIR /shop\nCOPY . .\nRUN ./mvnw package\n\nFROM eclipse-temurin:21-jre-alpine\nWORKDIR /shop\nCOPY --from=build /shop/target/shop.jar /shop/target/shop.jar\nENTRYPOINT java $JAVA_OPTS -jar target/shop.jar\n",
        )
        .case("compiled"),
        // Settings are looked for where it starts, so that this is where it must lie.
        reviewed(
            "FROM mcr.microsoft.com/dotnet/sdk:10.0.100-alpine3.23\nWORKDIR /src\nCOPY . .\nRUN «dotnet publish -c Release -o /app»\nWORKDIR /app\nENTRYPOINT [\"dotnet\", \"Shop.dll\"]\n",
            "FROM mcr.microsoft.com/dotnet/sdk:10.0.100-alpine3.23 AS build\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -c Release -o /app\n\nFROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY --from=build /app /app\nWORKDIR /app\nENTRYPOINT [\"dotnet\", \"Shop.dll\"]\n",
        )
        .case("compiled"),
        // The C library of a system that is at least as new, or the same.
        reviewed(
            "FROM gcc:15\nWORKDIR /src\nCOPY . .\nRUN «gcc -O2 -o /usr/local/bin/tick tick.c -lm»\nCMD [\"tick\"]\n",
            "FROM gcc:15 AS build\nWORKDIR /src\nCOPY . .\nRUN gcc -O2 -o /usr/local/bin/tick tick.c -lm\n\nFROM debian:13-slim\nCOPY --from=build /usr/local/bin/tick /usr/local/bin/tick\nCMD [\"tick\"]\n",
        )
        .case("compiled"),
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y g++ && rm -rf /var/lib/apt/lists/*\nCOPY tick.cpp /src/\nRUN «g++ -o /tick /src/tick.cpp»\nVOLUME /data\nCMD [\"/tick\"]\n",
            "FROM debian:13-slim AS build\nRUN apt-get update && apt-get install -y g++ && rm -rf /var/lib/apt/lists/*\nCOPY tick.cpp /src/\nRUN g++ -o /tick /src/tick.cpp\n\nFROM debian:13-slim\nCOPY --from=build /tick /tick\nVOLUME /data\nCMD [\"/tick\"]\n",
        )
        .case("compiled"),
        // What is installed from source the usual way lies in one folder.
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y gcc make && rm -rf /var/lib/apt/lists/*\nWORKDIR /src\nCOPY . .\nRUN ./configure && make -j4 && «make install»\nCMD [\"tick\"]\n",
            "FROM debian:13-slim AS build\nRUN apt-get update && apt-get install -y gcc make && rm -rf /var/lib/apt/lists/*\nWORKDIR /src\nCOPY . .\nRUN ./configure && make -j4 && make install\n\nFROM debian:13-slim\nCOPY --from=build /usr/local /usr/local\nRUN ldconfig\nCMD [\"tick\"]\n",
        )
        .case("compiled"),
        // What else the first stage makes or installs, and what nobody knows the use of, may be needed.
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN «go build -o api .» && mkdir -p /var/lib/api\nCMD [\"./api\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nRUN apt-get update && apt-get install -y ffmpeg\nWORKDIR /src\nCOPY . .\nRUN «go build -o api .»\nCMD [\"./api\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY model.bin ./\nCOPY . .\nRUN «go build -o api .»\nCMD [\"./api\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nARG PORT=80\nWORKDIR /src\nCOPY . .\nRUN «go build -o api .»\nEXPOSE $PORT\nCMD [\"./api\"]\n").case("compiled"),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y g++ libssl-dev && rm -rf /var/lib/apt/lists/*\nCOPY tick.cpp /src/\nRUN «g++ -o /tick /src/tick.cpp -lssl»\nCMD [\"/tick\"]\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nCOPY lists ./lists\nRUN «go build -o api .»\nCMD [\"./api\"]\n").case("compiled"),
        flagged("FROM maven:3.9-eclipse-temurin-25\nWORKDIR /shop\nCOPY . .\nRUN «mvn package»\nCMD [\"java\", \"-jar\", \"target/quarkus-app/quarkus-run.jar\"]\n").case("compiled"),
        flagged("FROM postgres:18\nCOPY . /src\nRUN cd /src && ./configure && «make install»\nCMD [\"postgres\"]\n").case("compiled"),
        // There would be no shell, no program, an older library, other settings.
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN «go build -o api .»\nCMD ./api --port $PORT\n").case("compiled"),
        flagged("FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN --mount=type=cache,target=/src/bin «go build -o bin/api .»\nCMD [\"bin/api\"]\n").case("compiled"),
        flagged("FROM rust:1.60\nWORKDIR /app\nCOPY . .\nRUN «cargo install --path .»\nCMD [\"api\"]\n").case("compiled"),
        flagged("FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN «dotnet publish -c Release -o out»\nENTRYPOINT [\"dotnet\", \"out/Shop.dll\"]\n").case("compiled"),
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nENV TZ=UTC\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN «npm run build»\n\n# Not root.\nUSER node\nEXPOSE 3000\nCMD [\"node\", \"dist/main.js\"]\n",
            "# syntax=docker/dockerfile:1\nFROM node:24-slim AS build\nWORKDIR /app\nENV TZ=UTC\nCOPY package*.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci\nCOPY . .\nRUN npm run build\nRUN npm prune --omit=dev\n\nFROM node:24-slim\nENV TZ=UTC\nWORKDIR /app\nCOPY --from=build /app /app\n# Not root.\nUSER node\nEXPOSE 3000\nCMD [\"node\", \"dist/main.js\"]\n",
        )
        .case("frontend"),
        // What npm starts may be a tool of development; another tool serves the files.
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && «npm run build»\nCMD [\"npm\", \"start\"]\n").case("frontend"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && «npm run build»\nCMD [\"npx\", \"serve\", \"-s\", \"build\"]\n").case("frontend"),
        clean(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/api .\n\nFROM gcr.io/distroless/static-debian13:nonroot\nCOPY --from=build /out/api /api\nENTRYPOINT [\"/api\"]\n",
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
        let removes = step.commands().any(|command| command.is_one_of("rm") && command.has_any_flag("-r -R"));
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
            finding.fix(
                Review,
                "Ship only the program, from a second stage (look at what else it reads or writes)",
                edits,
            );
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
        command.is_one_of("make cargo mvn mvnw gradle gradlew sbt lein air go")
            || command.is_one_of("dotnet") && words_of("watch run test build").any(|verb| command.starts_with(verb))
            || build(command).is_some()
    };
    document.start_commands(stage).iter().any(builds)
        || document.starts_prompt(stage)
        || document.chain_steps(stage).into_iter().any(calls_it_development)
}

/// The name of the tool that a command installs and that its author did not write: `air` in `go install example.com/air@v1`.
fn tool(command: &Command) -> Option<&str> {
    let is_install = command.is_one_of("go cargo") && language_install(command).is_some();
    let named = command.operands().get(1).filter(|_| is_install)?.shown();
    named.split('@').next().map(last_part)
}

/// Whether all that runs is a server of files, for which an image of a web server is made.
fn serves_files(started: &[Command]) -> bool {
    let is_server =
        |word: &Word| word.known().is_some_and(|word| last_part(word).is_one_of("serve http-server preview"));
    started.iter().any(|command| command.words.iter().any(is_server))
}

fn runs(started: &[Command], tool: &str) -> bool {
    started.iter().any(|command| command.is_one_of(tool))
}

/// Whether a stage starts nothing, and its name or its base says that others build with it, or from it; or its last `RUN` is a script of
/// the project, whose results somebody takes out.
fn is_to_build_with(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let is_named = |name: &str| {
        let lower = name.to_ascii_lowercase();
        lower.contains_any("sdk build toolchain base compile")
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
    let stages: Vec<usize> = document.shipped_stages().filter(keeps).map(|stage| stage.index).into_list();
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
    let last = stage.own_steps().rfind(|step| step.is_run())?;
    let folder = last.in_force.workdir.as_deref().filter(|folder| *folder != "/")?;
    // Older ones call it something else.
    if image.major().is_some_and(|major| major < 16) || stage.end.workdir.as_deref() != Some(folder) {
        return None;
    }
    let mut edits: Vec<Edit> = document.newest_frontend().into_iter().into_list();
    for step in stage.own_steps().filter(|step| step.is_run()) {
        let is_elsewhere = |command: &Command| {
            command.is_one_of("yarn pnpm bun cd npx")
                || command.has_any_flag("--prefix -C -g --global -w --workspace --workspaces")
        };
        if step.in_force.workdir.as_deref() != Some(folder) || step.commands().any(is_elsewhere) {
            return None;
        }
        if step.mounts.is_empty() && step.commands().any(|command| manifest_install(command).is_some()) {
            let mount = insert(step.instruction.keyword.range.end(), " --mount=type=cache,target=/root/.npm");
            edits.push(mount.because(WHY_MOUNTED));
        }
    }
    if words_of("npm_config_cache NPM_CONFIG_CACHE HOME").any(|name| document.is_variable_set(name, last)) {
        return None;
    }
    let (start, process) = document.main_process(stage)?;
    let program = process.operands().first().and_then(|word| start.absolute_path(word.known()?))?;
    let is_built = is_within(&program, folder) && program.ends_with_any(".js .mjs .cjs");
    if !process.is_one_of("node") || !is_built || program.contains("/node_modules/") {
        return None;
    }
    let artefact = Artefact::on_same_base(folder, image, "");
    let prune = document.line_like(last.outer, "RUN", "npm prune --omit=dev");
    edits.push(insert(last.outer.lines.end(), prune).because(WHY_PRUNED));
    edits.extend(second_stage(document, stage, last, &artefact, Sources::Inside)?);
    Some(edits)
}

const WHY_MOUNTED: &str = "a folder that outlives the build and is in no layer: only what is new is downloaded";
const WHY_PRUNED: &str = "what only the build needed goes, before the folder is copied";
