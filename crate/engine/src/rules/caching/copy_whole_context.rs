//! `COPY . .` without a strict `.dockerignore`.

use crate::dockerignore::Dockerignore;
use crate::packages::{build, manifest_install};
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "copy-whole-context",
    category: Category::Caching,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("unknown").codes(&[droast("DF007")]),
        Case::new("weak").severity(Severity::Warning).codes(&[droast("DF033")]),
    ],
    supersedes: &[],
    title: "The whole build context is copied",
    summary: "COPY . takes everything in the build context; list what you need or keep a strict .dockerignore.",
    why: "
The context usually holds `.git`, dependencies of your own machine, test data and an `.env` file. A change to any of them rebuilds this layer
and all after it, and whatever ships in the image can be pulled out of it again by anyone who has it.

A `.dockerignore` is to an image what `.gitignore` is to a repository. The safest begins with `*` and then lets in what the build needs.
",
    leave_it_when: "The context is made for this build and holds nothing else.",
    references: &["https://docs.docker.com/build/concepts/context/#dockerignore-files"],
    fix_changes: &[],
    examples: &[
        flagged("FROM python:3.13-slim\nWORKDIR /app\nCOPY «.» .\nCMD [\"python\", \"main.py\"]\n").case("unknown"),
        flagged("FROM node:24-slim\nCOPY package.json ./\nRUN npm ci\nADD «./» /app\nCOPY . /again\n").case("unknown"),
        flagged("FROM node:24-slim\nCOPY package.json ./\nRUN npm ci\nCOPY «.» .\n").dockerignore(".git\n.env*\n").case("weak"),
        flagged("FROM alpine:3.23\nCOPY «*» /srv/\n").dockerignore("dist\n").case("weak"),
        clean("FROM python:3.13-slim\nWORKDIR /app\nCOPY main.py ./\nCOPY shop/ ./shop/\nCMD [\"python\", \"main.py\"]\n"),
        clean("FROM node:24-slim\nCOPY package.json ./\nRUN npm ci\nCOPY . .\n").dockerignore(".git\n.env\n**/node_modules\n"),
        clean("FROM python:3.13-slim\nRUN pip install -r requirements.txt\nCOPY . .\n").dockerignore("*\n!src\n"),
        clean("FROM python:3.13-slim\nCOPY pyproject.toml main.py ./\nCOPY src ./src\n"),
        clean("FROM node:24-slim AS build\nFROM node:24-slim\nCOPY --from=build . .\n"),
        clean("FROM alpine:3.23\nCOPY --exclude=.git --exclude=.env . /srv\n"),
        clean("FROM node:24 AS lint\nCOPY . .\nRUN npm run lint\nFROM node:24-slim\nCOPY src /app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_dev) {
        let everything = stage.own_steps().find_map(|step| {
            let mut excluded = step.instruction.flags_named("exclude").filter_map(|flag| flag.value.as_ref());
            if excluded.any(|value| value.text.contains(".git")) {
                return None;
            }
            step.whole_context()
        });
        let Some(word) = everything else { continue };
        match &document.dockerignore {
            None => {
                report.at(
                    "unknown",
                    word.range,
                    format!("`{}` copies everything that no `.dockerignore` leaves out", word.text),
                );
            }
            Some(ignore) => {
                let missing = missing_from(ignore, document, stage);
                if !missing.is_empty() {
                    let list = missing.join("`, `");
                    report.at("weak", word.range, format!("the .dockerignore does not leave out `{list}`"));
                }
            }
        }
    }
}

/// What a `.dockerignore` should leave out and does not.
fn missing_from(ignore: &Dockerignore, document: &Document<'_>, stage: &Stage<'_>) -> Vec<&'static str> {
    if ignore.excludes_everything_first() {
        return Vec::new();
    }
    let mut wanted = vec![".git", ".env"];
    for step in document.chain_steps(stage) {
        for command in step.commands() {
            let is_built = manifest_install(command).is_some() || build(command).is_some();
            let folder = match command.program().filter(|_| is_built) {
                Some("npm" | "yarn" | "pnpm" | "bun") => "node_modules",
                Some("pip" | "pip3" | "uv" | "poetry" | "pipenv") => ".venv",
                Some("cargo") => "target",
                Some("dotnet") => "obj",
                Some("composer") => "vendor",
                _ => continue,
            };
            if !wanted.contains(&folder) {
                wanted.push(folder);
            }
        }
    }
    wanted.retain(|path| !ignore.excludes(path));
    wanted
}
