//! Runtimes of languages on a bare operating system.

use crate::image;
use crate::packages::{install, package_name};
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "language-runtime-on-os-image",
    category: Category::BaseImage,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "A language on a bare operating system",
    summary: "Start from the official image of the language instead of installing it onto an operating system.",
    why: "
A distribution packages one version of a language, often an old one, and moves on with its own calendar. The official image of the language comes in
every supported version, small and large, is rebuilt when either the language or the system below is mended, and sets up what its tools expect.

`python:3.13-slim` is Debian with Python, and no larger than what `apt-get install python3 python3-pip` makes of `debian`.
",
    leave_it_when: "The image needs other software of that distribution, or your company prescribes the base.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image",
        "https://hub.docker.com/search?badges=official",
    ],
    fix_changes: &[],
    examples: &[
        flagged(
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y --no-install-recommends «python3» && rm -rf /var/lib/apt/lists/*\nCOPY app.py /app.py\nCMD [\"python3\", \"/app.py\"]\n",
        ),
        flagged("FROM alpine:3.23\nRUN apk add --no-cache «nodejs» npm\nCOPY . /app\nCMD node /app\n"),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y «openjdk-21-jre-headless»\nENTRYPOINT [\"java\", \"-jar\", \"/app.jar\"]\n"),
        clean("FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache nodejs\nCOPY . /app\nCMD node /app\n"),
        // Two languages, or one that only helps along.
        clean("FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3 nodejs\nCMD [\"python3\", \"/app.py\"]\n"),
        clean("FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y python3 && python3 setup.py\nCMD [\"serve\"]\n"),
        // The base is prescribed, and a stage that does not ship.
        clean("FROM registry.access.redhat.com/ubi9/ubi:9.6\nRUN dnf install -y python3\nCMD [\"python3\", \"/app.py\"]\n"),
        clean("FROM debian:13 AS build\nRUN apt-get install -y nodejs\nFROM nginx:1.30\nCOPY --from=build /a /a\nCMD [\"nginx\"]\n"),
        // Debian's modules are for Debian's Python.
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y python3 python3-markdown\nCMD [\"python3\", \"a.py\"]\n"),
    ],
    check,
};

/// Official images, the packages that distributions have of the same language, and the programs that it is started with.
const RUNTIMES: [(&str, &str, &str); 5] = [
    ("python", "python3 python python3-pip py3-pip", "python python3 gunicorn uvicorn flask celery"),
    ("node", "nodejs nodejs-current node", "node nodejs npm yarn npx pm2"),
    ("eclipse-temurin", "default-jre default-jre-headless default-jdk default-jdk-headless", "java"),
    ("ruby", "ruby ruby-full", "ruby bundle rails puma rackup"),
    ("php", "php php-cli php-fpm", "php php-fpm"),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some(base) =
        document.chain_base(stage).image().filter(|base| image::is_os(base) && is_free_choice(&base.repository))
    else {
        return;
    };
    let started = document.start_commands(stage);
    let mut brings_npm = false;
    let mut modules: Vec<&str> = Vec::new();
    let mut found: Option<(&str, TextRange, String)> = None;
    for command in document.chain_steps(stage).into_iter().flat_map(|step| step.commands()) {
        for package in install(command).map(|install| install.packages).unwrap_or_default() {
            let name = package_name(package.shown());
            brings_npm |= name == "npm";
            if let Some(language) = language_of_module(name) {
                modules.push(language);
            }
            let Some((official, _, programs)) =
                RUNTIMES.iter().find(|(_, packages, _)| name.is_one_of(packages) || is_java(name, packages))
            else {
                continue;
            };
            match &found {
                Some((other, ..)) if other != official => return,
                Some(_) => {}
                // Something else is started, for which the language is a tool.
                None if !started.iter().any(|command| command.is_one_of(programs)) => return,
                None => {
                    let range = TextRange::at(package.range.start(), TextSize::of(package_name(&package.raw)));
                    found = Some((official, range, name.to_owned()));
                }
            }
        }
    }
    // On Alpine, Node without npm is smaller than any official image of it.
    let is_lean = found.as_ref().is_some_and(|(official, ..)| *official == "node")
        && base.short_name() == "alpine"
        && !brings_npm;
    if let Some((official, range, name)) = found.filter(|(official, ..)| !is_lean && !modules.contains(official)) {
        report.here(
            range,
            format!("`{name}` is installed onto `{}`, where the image `{official}` has it ready", base.repository),
        );
    }
}

/// The official image of the language for which the distribution has compiled a module, which runs with no other: `python3-sphinx`.
fn language_of_module(name: &str) -> Option<&'static str> {
    const TOOLS: &str = "pip venv dev devel setuptools wheel full minimal distutils virtualenv pkg-resources";
    let of_python = name.strip_prefix("python3-").or_else(|| name.strip_prefix("py3-"));
    if of_python.is_some_and(|rest| !rest.is_one_of(TOOLS)) {
        return Some("python");
    }
    let of_perl = name.starts_with("lib") && name.ends_with("-perl");
    of_perl.then_some("perl").or_else(|| name.starts_with("node-").then_some("node"))
}

/// `openjdk-21-jre-headless`, `java-21-openjdk`, `openjdk21-jre`.
fn is_java(name: &str, packages: &str) -> bool {
    "default-jre".is_one_of(packages) && (name.starts_with("openjdk") || name.starts_with("java-"))
}

/// Whether a base is one that a company does not prescribe.
fn is_free_choice(repository: &str) -> bool {
    !repository.contains_any("ubi redhat amazonlinux suse oraclelinux rhel")
}
