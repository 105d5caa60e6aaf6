//! curl and wget, where one would do.

use crate::image::{ImageName, OsFamily, os_family};
use crate::packages::{install, package_name, removes};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "one-download-tool",
    category: Category::Size,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("installed"),
        Case::new("used").codes(&[
            hadolint("DL4001"),
            trivy("DS-0014"),
            kics("Run Using 'wget' and 'curl'"),
            semgrep("use-either-wget-or-curl"),
            droast("DF058"),
        ]),
        Case::new("used-any").codes(&[hadolint("DL4001"), trivy("DS-0014")]).off(),
    ],
    supersedes: &[],
    title: "Two download tools",
    summary: "Both curl and wget are used; one is enough.",
    why: "
`curl` and `wget` do the same job. The second one is one more package to download, to keep and to patch, and it has other habits: `wget`
fails on \"404 Not Found\" and follows redirects by itself, `curl` does so with `-fL` only. Who reads the file has to know both.
",
    leave_it_when: "A script that you do not write needs the other one.",
    references: &["https://github.com/hadolint/hadolint/wiki/DL4001", "https://avd.aquasec.com/misconfig/ds-0014"],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl=8.14.* «wget=1.25.*» && rm -rf /var/lib/apt/lists/*\n").case("installed"),
        flagged("FROM example.org/base:1\nRUN curl -fsSLO https://example.org/a\nRUN «wget» -q https://example.org/b\nRUN wget -q https://example.org/c\n").case("used"),
        flagged("FROM alpine:3.23 AS base\nRUN wget -q https://example.org/a\nFROM base\nRUN apk add --no-cache curl~8 && «curl» -fsSLO https://example.org/b\n").case("used"),
        flagged("FROM python:3.13\nRUN curl -fsSLO https://example.org/a && «wget» -q https://example.org/b\n").case("used-any"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates=20250419 curl=8.14.* && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSLO https://example.org/a -O https://example.org/b\n"),
        clean("FROM node:24\nRUN curl -fsSLO https://example.org/a && wget -q https://example.org/b\n"),
        clean("FROM example.org/base:1 AS one\nRUN curl -fsSLO https://example.org/a\nFROM example.org/base:1\nRUN wget -q https://example.org/b\n"),
        clean("FROM example.org/base:1\nRUN curl -fsSLO https://example.org/a\nHEALTHCHECK CMD wget -q http://localhost/\n"),
    ],
    check,
};

const TOOLS: &str = "curl wget";

/// What a chain has so far.
#[derive(Clone, Default)]
struct Seen {
    installed: [bool; 2],
    used: [bool; 2],
    /// What the own stage has used, which is all that others look at.
    used_here: [bool; 2],
    stage: usize,
    is_told: bool,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, seen: &mut Seen| {
        if seen.stage != step.stage {
            seen.stage = step.stage;
            seen.used_here = [false; 2];
        }
        let stage = document.stage_of(step);
        let is_shipped = stage.is_some_and(|stage| stage.ships && !stage.is_dev);
        let brings_both = document.base_image_at(step).is_some_and(brings_both);
        let mut user = None;
        // What comes and goes within one RUN does not stay.
        let goes = step.commands().any(|command| removes(command).is_some());
        for command in step.commands() {
            for (index, tool) in words_of(TOOLS).enumerate() {
                if command.is_one_of(tool) {
                    mark(&mut seen.used, index);
                    mark(&mut seen.used_here, index);
                    user = Some(command);
                }
                let Some(range) = installs(command, tool).filter(|_| !goes) else { continue };
                mark(&mut seen.installed, index);
                if seen.installed == [true; 2] && is_shipped && !seen.is_told {
                    seen.is_told = true;
                    report.at("installed", range, "`curl` and `wget` do the same job, and both are installed");
                }
            }
        }
        let Some(word) = user.and_then(|user| user.words.first()) else { return };
        if seen.used != [true; 2] {
            return;
        }
        let is_first = !std::mem::replace(&mut seen.is_told, true);
        let case = if is_first && is_shipped && !brings_both && !goes { "used" } else { "used-any" };
        if case == "used" || seen.used_here == [true; 2] {
            let finding = report.at(case, word.range, "`curl` and `wget` do the same job, and both are used");
            if seen.used_here != [true; 2] {
                finding.seen_by(Tool::Hadolint, "");
            }
        }
    });
}

fn mark(flags: &mut [bool; 2], index: usize) {
    if let Some(flag) = flags.get_mut(index) {
        *flag = true;
    }
}

/// Where a command names a tool as a package.
fn installs(command: &Command, tool: &str) -> Option<TextRange> {
    let install = install(command)?;
    let package = install.packages.iter().find(|word| package_name(word.shown()) == tool)?;
    Some(package.range)
}

/// Whether an image holds both anyway: the full images of languages are built on one that does.
fn brings_both(image: &ImageName) -> bool {
    const FULL: &str = "buildpack-deps gcc golang node perl python ruby rust";
    image.repository.is_one_of(FULL)
        && os_family(image) == Some(OsFamily::Debian)
        && !image.tag_parts().any(|part| part == "slim")
}
