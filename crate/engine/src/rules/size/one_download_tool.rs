//! curl and wget, where one would do.

use crate::fix::drop_argument;
use crate::image::{ImageName, OsFamily, os_family};
use crate::packages::{install, package_name, removes};
use crate::path::last_part;
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
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl=8.14.* «wget=1.25.*» && rm -rf /var/lib/apt/lists/*\nRUN wget -q https://example.org/a.tar.gz && wget -qO /b \"https://example.org/b?v=$V\"\nRUN wget --progress=dot:giga -O- https://example.org/c | tar x\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl=8.14.* && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSLO https://example.org/a.tar.gz && curl -fsSL -o /b \"https://example.org/b?v=$V\"\nRUN curl -fsSL https://example.org/c | tar x\n",
        )
        .case("installed"),
        // What else it does, curl would do in another way.
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl=8.14.* «wget=1.25.*» && rm -rf /var/lib/apt/lists/*\nRUN wget -r https://example.org/a\n").case("installed"),
        flagged("FROM alpine:3.23\nRUN apk add --no-cache curl~8 «wget~1»\nHEALTHCHECK CMD wget -q http://localhost/\n").case("installed"),
        reviewed(
            "FROM example.org/base:1\nRUN curl -fsSLO https://example.org/a\nRUN «wget» -q https://example.org/b\nRUN wget -q https://example.org/c\n",
            "FROM example.org/base:1\nRUN curl -fsSLO https://example.org/a\nRUN curl -fsSLO https://example.org/b\nRUN curl -fsSLO https://example.org/c\n",
        )
        .case("used"),
        flagged("FROM alpine:3.23 AS base\nRUN wget -q https://example.org/a\nFROM base\nRUN apk add --no-cache curl~8 && «curl» -fsSLO https://example.org/b\n").case("used"),
        flagged("FROM python:3.13\nRUN curl -fsSLO https://example.org/a && «wget» -q https://example.org/b\n").case("used-any"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates=20250419 curl=8.14.* && rm -rf /var/lib/apt/lists/*\nRUN curl -fsSLO https://example.org/a -O https://example.org/b\n"),
        clean("FROM node:24\nRUN curl -fsSLO https://example.org/a && wget -q https://example.org/b\n"),
        clean("FROM example.org/base:1 AS one\nRUN curl -fsSLO https://example.org/a\nFROM example.org/base:1\nRUN wget -q https://example.org/b\n"),
        clean("FROM example.org/base:1\nRUN curl -fsSLO https://example.org/a\nHEALTHCHECK CMD wget -q http://localhost/\n"),
        // The other one is gone by then.
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl «wget» && rm -rf /var/lib/apt/lists/*\nRUN curl -fsS https://example.org/b -o /b\nRUN apt-get purge -y curl\nRUN wget https://example.org/a.tgz\n").case("installed"),
    ],
    check,
};

const TOOLS: &str = "curl wget";

/// A finding: its case, its place, and whether a linter that knows single stages sees it.
type Told = (&'static str, TextRange, bool);

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
    let mut told: Vec<Told> = Vec::new();
    // What lets curl do all that wget does, as far as that can be written down.
    let mut edits = Some(Vec::new());
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
        for command in step.all_commands().filter(|_| !step.is_run()) {
            if command.is_one_of("wget") {
                edits = None;
            }
        }
        for command in step.commands() {
            if removes(command).is_some() && command.arguments().iter().any(|word| word.is("curl")) {
                edits = None;
            }
            for (index, tool) in words_of(TOOLS).enumerate() {
                if command.is_one_of(tool) {
                    mark(&mut seen.used, index);
                    mark(&mut seen.used_here, index);
                    user = Some(command);
                    if tool == "wget" {
                        let has_curl = matches!((seen.used, seen.installed), ([true, _], _) | (_, [true, _]));
                        add(&mut edits, has_curl, &|| as_curl(step, command));
                    }
                }
                let Some(range) = installs(command, tool) else { continue };
                if tool == "wget" {
                    add(&mut edits, installs_more(command), &|| drop_argument(document, command, range));
                }
                if goes {
                    continue;
                }
                mark(&mut seen.installed, index);
                if seen.installed == [true; 2] && is_shipped && !seen.is_told {
                    seen.is_told = true;
                    told.push(("installed", range, true));
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
            told.push((case, word.range, seen.used_here == [true; 2]));
        }
    });
    let mut edits = edits.filter(|edits| !edits.is_empty());
    for (case, range, is_seen) in told {
        let what = if case == "installed" { "installed" } else { "used" };
        let finding = report.at(case, range, format!("`curl` and `wget` do the same job, and both are {what}"));
        if !is_seen {
            finding.seen_by(Tool::Hadolint, "");
        }
        if let Some(edits) = edits.take_if(|_| case != "used-any") {
            finding.fix(Review, "Use curl only, unless a script that is not seen here calls wget", edits);
        }
    }
}

/// Adds an edit that may be made; without it, all the others are of no use.
fn add(edits: &mut Option<Vec<Edit>>, may_be: bool, edit: &dyn Fn() -> Option<Edit>) {
    let Some(found) = edits else { return };
    match may_be.then(edit).flatten() {
        Some(edit) => found.push(edit),
        None => *edits = None,
    }
}

/// The edit that lets curl do what a wget does, where that is to fetch one file and be quiet.
fn as_curl(step: &Step<'_>, command: &Command) -> Option<Edit> {
    let mut target = None;
    let mut address = None;
    let mut words = command.arguments().iter();
    while let Some(word) = words.next() {
        match word.raw.as_str() {
            "-q" | "-nv" | "--quiet" | "--no-verbose" => {}
            "-O" | "-qO" | "-nvO" | "--output-document" => target = Some(words.next()?.raw.as_str()),
            "-O-" | "-qO-" => target = Some("-"),
            flag if flag.starts_with("--progress=") => {}
            written if address.is_none() && written.trim_start_matches('"').starts_with("http") => {
                address = Some(written);
            }
            _ => return None,
        }
    }
    let address = address?;
    let call = match target {
        Some("-") => format!("curl -fsSL {address}"),
        Some(target) => format!("curl -fsSL -o {target} {address}"),
        // Both name the file as the address does, if that ends in a name and nothing else.
        None if !address.contains('?') && !last_part(address).is_empty() => format!("curl -fsSLO {address}"),
        None => return None,
    };
    let range = command.words_range();
    let is_whole = command.words.first().is_some_and(|word| word.raw == "wget")
        && command.redirects.iter().all(|redirect| redirect.range.start() >= range.end())
        && !step.instruction.comments.iter().any(|comment| range.contains_range(*comment));
    is_whole.then(|| replace(range, call))
}

fn mark(flags: &mut [bool; 2], index: usize) {
    if let Some(flag) = flags.get_mut(index) {
        *flag = true;
    }
}

fn installs_more(command: &Command) -> bool {
    install(command).is_some_and(|install| install.packages.len() > 1)
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
        && !image.tag_parts().any(|part| part == "slim")
        && os_family(image) == Some(OsFamily::Debian)
}
