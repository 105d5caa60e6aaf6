//! Images that ship an SDK.

use crate::image::{self, ImageName};
use crate::packages::{build, pattern_of_image};
use crate::rules::prelude::*;
use layerwise_syntax::Word;

pub const RULE: Rule = Rule {
    id: "sdk-base-in-final-stage",
    category: Category::MultiStage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[Case::new("sdk"), Case::new("cuda-devel").codes(&[tally("tally/gpu/prefer-runtime-final-stage")])],
    supersedes: &[],
    title: "Ships on an SDK image",
    summary: "Start the stage that ships from the runtime image; the SDK belongs to the builder.",
    why: "
A program that is built needs its runtime, if anything at all. An SDK image brings compilers, headers and package caches along: hundreds of megabytes
to pull at every start on a fresh machine, and hundreds of packages in which something is found to be unsafe.

Most SDK images have a smaller partner: `21-jre` for `21-jdk`, `dotnet/aspnet` for `dotnet/sdk`, `runtime` for `devel`. What Go and Rust build
needs no more than `scratch` or a distroless image.
",
    leave_it_when: "The program compiles while it runs, or the image is a tool box for builds.",
    references: &[
        "https://docs.docker.com/build/building/multi-stage/",
        "https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «eclipse-temurin:21-jdk»\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
            "FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
        )
        .case("sdk"),
        reviewed(
            "FROM «mcr.microsoft.com/dotnet/sdk:10.0» AS final\nCOPY out /app\nENTRYPOINT [\"dotnet\", \"/app/shop.dll\"]\n",
            "FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final\nCOPY out /app\nENTRYPOINT [\"dotnet\", \"/app/shop.dll\"]\n",
        )
        .case("sdk"),
        reviewed(
            "FROM «nvidia/cuda:12.9.1-devel-ubuntu24.04»\nCOPY solve /solve\nCMD [\"/solve\"]\n",
            "FROM nvidia/cuda:12.9.1-runtime-ubuntu24.04\nCOPY solve /solve\nCMD [\"/solve\"]\n",
        )
        .case("cuda-devel"),
        flagged("FROM golang:1.26 AS build\nRUN go build -o /api .\nFROM «golang:1.26»\nCOPY --from=build /api /api\nCMD [\"/api\"]\n").case("sdk"),
        flagged("FROM «eclipse-temurin:21»\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n").case("sdk"),
        clean("FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n"),
        // What builds in the stage that ships is the business of another rule.
        clean("FROM golang:1.26\nCOPY . .\nRUN go build -o /api .\nCMD [\"/api\"]\n"),
        // The tool is what it is for, as far as can be seen.
        clean("FROM golang:onbuild\nCMD [\"app\"]\n"),
        clean("FROM golang:1.26\nCOPY run.sh /\nCMD [\"/run.sh\"]\n"),
        clean("FROM maven:3.9\nCOPY . .\nCMD [\"mvn\", \"test\"]\n"),
        clean("FROM rust:1.91\nRUN rustup component add clippy\n"),
        clean("FROM eclipse-temurin:21-jdk\nCMD [\"jshell\"]\n"),
        clean("FROM nvidia/cuda:12.9.1-devel-ubuntu24.04\nRUN pip install triton==3.5.0\nCMD [\"python\", \"train.py\"]\n"),
        clean("FROM golang:1.26 AS dev\nCMD [\"/api\"]\n"),
    ],
    check,
};

/// SDK images, with what of the name or tag is exchanged for the runtime image; nothing where there is no such partner.
const SDKS: [(&str, &str, &str); 14] = [
    ("golang", "", ""),
    ("rust", "", ""),
    ("gcc", "", ""),
    ("haskell", "", ""),
    ("maven", "", ""),
    ("gradle", "", ""),
    ("eclipse-temurin:*jdk*", "-jdk", "-jre"),
    ("azul-zulu:*jdk*", "jdk", "jre"),
    ("sapmachine:*jdk*", "-jdk", "-jre"),
    ("ibm-semeru-runtimes:*jdk*", "-jdk", "-jre"),
    ("amazoncorretto:*-jdk*", "", ""),
    ("mcr.microsoft.com/dotnet/sdk", "dotnet/sdk", "dotnet/aspnet"),
    ("nvidia/cuda:*-devel-*", "-devel-", "-runtime-"),
    ("emscripten/emsdk", "", ""),
];

/// Programs of SDKs: who starts one needs it.
const TOOLS: &str =
    "javac jlink jshell jmap jcmd jstack mvn gradle gradlew mvnw go gofmt cargo rustc nvcc gcc g++ make cmake";

/// What compiles for the graphics card while it runs.
const COMPILES_LATER: &str = "triton cupy numba deepspeed flash-attn torch";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some(image) = document.chain_base(stage).image() else { return };
    let Some((from_text, to_text)) = sdk(image) else { return };
    let chain = document.chain(stage);
    let Some((_, from)) = chain.first().and_then(|root| root.from) else { return };
    // Without a command of its own it starts what the SDK image starts: a shell, or the tool.
    if document.start(stage).is_none() || needs_sdk(document, stage) || !is_sure(document, stage, image) {
        return;
    }
    let case = if image.repository == "nvidia/cuda" { "cuda-devel" } else { "sdk" };
    let finding = report.at(
        case,
        from.image.range,
        format!("`{}` ships with all that builds, and nothing builds here", from.image.text),
    );
    finding.shown_by(pattern_of_image(image));
    if let Some(partner) = partner(&from.image, from_text, to_text) {
        finding.fix(Review, format!("Start from {partner}"), [replace(from.image.range, partner)]);
    }
}

/// What of an SDK image's reference is exchanged, and for what.
fn sdk(image: &ImageName) -> Option<(&'static str, &'static str)> {
    // Temurin without a word for the flavour is the JDK.
    let is_plain_temurin = image.repository == "eclipse-temurin"
        && image.tag.is_some()
        && !image.tag_parts().any(|part| part == "jre" || part == "jdk");
    if is_plain_temurin {
        return Some(("", ""));
    }
    let found = SDKS.iter().find(|(pattern, ..)| image::matches(pattern, image))?;
    image.tag.is_some().then_some((found.1, found.2))
}

/// Whether it is sure that only the runtime is used: that is started, or what ships was built in another stage.
fn is_sure(document: &Document<'_>, stage: &Stage<'_>, image: &ImageName) -> bool {
    let starts = |names: &str| document.start_commands(stage).iter().any(|command| command.is_one_of(names));
    let is_built_elsewhere = || {
        stage
            .own_steps()
            .flat_map(|step| document.stages_taken_from(step))
            .any(|from| from.steps.iter().flat_map(Step::commands).any(|command| build(command).is_some()))
    };
    let is_cuda = image.repository == "nvidia/cuda";
    is_cuda || starts("java") || image.repository.ends_with("dotnet/sdk") && starts("dotnet") || is_built_elsewhere()
}

fn partner(written: &Word, from: &str, to: &str) -> Option<String> {
    let is_one = !from.is_empty() && written.is_plain() && written.text.matches(from).count() == 1;
    (is_one && !written.text.contains('@')).then(|| written.text.replacen(from, to, 1))
}

/// Whether something is built in the stage that ships, or will be when it runs.
fn needs_sdk(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let steps = document.chain_steps(stage);
    let builds = steps.iter().flat_map(|step| step.commands()).any(|command| {
        build(command).is_some()
            || command.is_one_of(TOOLS)
            || command.words.iter().any(|word| word.shown().starts_with_any(COMPILES_LATER))
    });
    let starts_tool = document.start_commands(stage).iter().any(|command| {
        command.is_one_of(TOOLS)
            || command.is_one_of("dotnet") && !command.words.iter().any(|word| word.shown().ends_with(".dll"))
    });
    builds || starts_tool || document.starts_prompt(stage) || document.unseen_start_script(stage).is_some()
}
