//! Tests, documentation and repository metadata in the shipped image.

use crate::document::Use;
use crate::fix::drop_source;
use crate::packages::{manager, manifest_install};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{Source, Word};

pub const RULE: Rule = Rule {
    id: "unneeded-files-copied",
    category: Category::Size,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("git").severity(Severity::Warning).codes(&[dockle("DKL-LI-0003")]),
        Case::new("misc").codes(&[dockle("DKL-LI-0003")]),
        Case::new("host-deps").severity(Severity::Warning),
    ],
    supersedes: &[],
    title: "Files that nobody needs at run time",
    summary: "Tests, documentation or repository metadata are copied into the shipped image.",
    why: "
Nobody runs the tests in production. Such files make the image larger, and rebuild it when someone mends a typo in the README. `.git` is
worse: it hands out the whole history, secrets that were deleted years ago included.

Dependencies that come from a developer's machine, such as `node_modules`, are built for another system, and nobody knows what is in them.
Install them in the build. List the rest in `.dockerignore`, or copy only what the program reads.
",
    leave_it_when: "The program serves or reads these files when it runs.",
    references: &["https://docs.docker.com/build/concepts/context/#dockerignore-files"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nCOPY src ./src\nCOPY «tests» ./tests\nCMD [\"python\", \"-m\", \"src\"]\n",
            "FROM python:3.13-slim\nCOPY src ./src\nCMD [\"python\", \"-m\", \"src\"]\n",
        )
        .case("misc"),
        reviewed("FROM node:24-slim\nCOPY src «README.md» /app/\n", "FROM node:24-slim\nCOPY src /app/\n").case("misc"),
        flagged("FROM alpine:3.23\nCOPY «.git» /app/.git\nRUN git -C /app describe > /version\n").case("git"),
        flagged("FROM node:24-slim\nCOPY «node_modules» /app/node_modules\nCMD [\"node\", \"/app/server.js\"]\n").case("host-deps"),
        reviewed(
            "FROM python:3.13-slim\nCOPY requirements.txt «CHANGELOG.md» ./\nRUN pip install -r requirements.txt && chown -R app .\n",
            "FROM python:3.13-slim\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt && chown -R app .\n",
        )
        .case("misc"),
        // Something later speaks of the path, or may read it.
        clean("FROM python:3.13-slim\nCOPY docs /app/docs\nRUN rm -r /app/docs\n"),
        clean("FROM python:3.13-slim\nCOPY docs /app/manual\nCMD [\"serve\", \"/app/manual\"]\n"),
        clean("FROM gcc:15\nCOPY tests tests/\nRUN cmake . && make\nCMD [\"./app\"]\n"),
        clean("FROM python:3.13-slim\nCOPY setup.py ./\nCOPY README.md .\nCMD [\"serve\"]\n"),
        // The README keeps the COPY from failing; every folder was chosen; somebody works in there.
        clean("FROM debian:13\nCOPY app-*.deb README.md /tmp/\n"),
        clean("FROM python:3.13-slim\nCOPY agents agents\nCOPY chat chat\nCOPY test test\n"),
        clean("FROM debian:13\nCOPY tests /opt/tests/\nCMD [\"/bin/bash\"]\n"),
        clean("FROM python:3.13-slim\nCOPY pyproject.toml README.md ./\nCOPY LICENSE NOTICE ./\n"),
        clean("FROM nginx:1.30\nCOPY docs /usr/share/nginx/html\n"),
        clean("FROM python:3.13-slim AS test\nCOPY tests ./tests\nRUN pytest\n"),
        clean("FROM node:24 AS build\nCOPY tests ./tests\nFROM node:24-slim\nCOPY --from=build /app/node_modules /app/node_modules\n"),
        clean("FROM node:24-slim\nCOPY contests specification.json latest.md.tmpl /app/\n"),
        // What runs is said elsewhere.
        clean("FROM python:3.13-slim\nCOPY manage.py example tests /app/\n"),
    ],
    check,
};

/// The last parts of paths that no program needs. One with a `*` at its end stands for all that begin so.
const UNNEEDED: &str = "\
    test tests __tests__ spec specs e2e cypress testdata fixtures coverage .nyc_output docs doc examples example \
    samples readme* changelog* contributing* .gitignore .gitattributes .github .gitlab-ci.yml .circleci \
    .travis.yml jenkinsfile .vscode .idea .ds_store dockerfile* .dockerignore docker-compose* .editorconfig \
    .pre-commit-config.yaml tox.ini .pytest_cache __pycache__ .cache .mypy_cache *.md *.test.js *.spec.ts \
    *.spec.js *.test.ts";
const HOST_DEPENDENCIES: &str = "node_modules .venv venv bundle";
/// Files whose packaging reads the README beside them.
const PACKAGING: &str = "pyproject.toml setup.py setup.cfg cargo.toml composer.json";
/// Where web servers find what they serve.
const WEB_ROOTS: &str = "/usr/share/nginx /var/www /usr/local/apache2/htdocs /srv /usr/share/caddy";

/// Programs that take no notice of what the copied files say.
const HOUSEKEEPING: &str =
    "rm mkdir chown chmod ln touch cd set echo true useradd adduser groupadd addgroup usermod curl wget";
/// From this many folders on that are copied one by one, each was chosen.
const CHOSEN: usize = 3;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        let mut doubtful = Vec::new();
        for step in stage.own_steps().filter(|step| step.instruction.flag("from").is_none()) {
            let Some(copy) = step.copy() else { continue };
            for word in copy.sources.iter().filter_map(plain_path) {
                match case_of(&word.text, &last_part(&word.text)) {
                    Some("misc") => doubtful.push((step, word)),
                    Some(case) => _ = report.at(case, word.range, message(case, &word.text)),
                    None => {}
                }
            }
        }
        if !doubtful.is_empty() && !document.starts_prompt(stage) {
            report_unused(document, stage, &doubtful, report);
        }
    }
}

/// Reports the files of which nothing in the Dockerfile makes use.
fn report_unused(
    document: &Document<'_>,
    stage: &Stage<'_>,
    doubtful: &[(&Step<'_>, &Word)],
    report: &mut Reporter<'_>,
) {
    let starts_any = !document.start_commands(stage).is_empty();
    let read_later = document.needed_later(|step| if may_read(step) { Use::Needs } else { Use::Ignores });
    let mentions = last_mentions(document);
    let is_mentioned =
        |step: &Step<'_>, name: &str| mentions.get(name).is_some_and(|&last| last > (step.stage, step.index));
    let is_package = sources(stage).any(is_packaging);
    let are_chosen = stage.own_steps().filter(|step| copies_folder(step)).count() >= CHOSEN;
    for (step, word) in doubtful {
        let Some(copy) = step.copy() else { continue };
        let name = last_part(&word.text);
        // A source alone may get another name; what lies in a folder keeps its own.
        let renamed = copy.sources.len() == 1 && !copy.destination.text.ends_with(['/', '.']);
        let target = if renamed { last_part(&copy.destination.text) } else { name.clone() };
        let ending = name.rfind('.').and_then(|dot| name.get(dot..)).unwrap_or(&name);
        let is_served = copy.destination.text.starts_with_any(WEB_ROOTS);
        // A file that is always there keeps a COPY from failing when no file fits the pattern.
        let has_pattern = copy.sources.iter().any(|source| source.word().text.contains(['*', '?', '[']));
        let is_used = read_later.after(step) || [&name, &target, ending].iter().any(|name| is_mentioned(step, name));
        // Where nothing is said of what runs, it may be what lies in such a folder.
        let may_run = !starts_any && !name.contains('.');
        if is_served
            || may_run
            || has_pattern
            || is_used
            || (is_package && name.starts_with("readme"))
            || (are_chosen && copies_folder(step))
        {
            continue;
        }
        let finding = report.at("misc", word.range, message("misc", &word.text));
        if !copy.is_json {
            finding.fix(Review, "Leave it out", [drop_source(step, word.range)]);
        }
    }
}

fn plain_path(source: &Source) -> Option<&Word> {
    match source {
        Source::Path(word) if word.is_plain() => Some(word),
        _ => None,
    }
}

fn sources<'s>(stage: &'s Stage<'_>) -> impl Iterator<Item = &'s str> {
    stage.own_steps().filter_map(Step::copy).flat_map(|copy| &copy.sources).map(|source| source.word().text.as_str())
}

/// Whether a step copies one folder, by its name, to a folder of that name.
fn copies_folder(step: &Step<'_>) -> bool {
    let Some(copy) = step.copy() else { return false };
    let [source] = &copy.sources[..] else { return false };
    let name = last_part(&source.word().text);
    !name.is_empty() && !name.contains('.') && name == last_part(&copy.destination.text)
}

/// Whether a step builds, installs or tests, as far as anybody can tell: it does more than to tidy up, and to install packages that the
/// copied files are no part of.
fn may_read(step: &Step<'_>) -> bool {
    let is_blind = |command: &Command| {
        let installs_listed = manifest_install(command).is_some_and(|install| !install.named.is_empty());
        command.is_one_of(HOUSEKEEPING)
            || manager(command).is_some()
            || (installs_listed && command.operands().len() == 1)
            || command.words.is_empty()
    };
    step.is_run() && (!step.is_readable() || !step.commands().all(is_blind))
}

/// Where each name is spoken of last, in small letters.
fn last_mentions<'d>(document: &'d Document<'_>) -> HashMap<String, (usize, usize)> {
    let is_apart = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '.' | '_' | '-');
    let names = |step: &'d Step<'_>| {
        let text = document.slice(step.outer.range).to_ascii_lowercase();
        let names: Vec<String> = text.split(is_apart).map(str::to_owned).into_list();
        names.into_iter().map(|name| (name, (step.stage, step.index)))
    };
    document.steps().flat_map(names).collect()
}

fn last_part(path: &str) -> String {
    crate::path::name(path).to_ascii_lowercase()
}

fn is_packaging(path: &str) -> bool {
    let name = last_part(path);
    name.is_one_of(PACKAGING) || name.ends_with(".gemspec")
}

fn case_of(path: &str, name: &str) -> Option<&'static str> {
    let is_bundle = name != "bundle" || path.trim_end_matches('/').ends_with("vendor/bundle");
    let is_unneeded = |pattern: &str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        _ => name == pattern,
    };
    match name {
        ".git" => Some("git"),
        _ if name.is_one_of(HOST_DEPENDENCIES) && is_bundle => Some("host-deps"),
        _ if words_of(UNNEEDED).any(is_unneeded) => Some("misc"),
        _ => None,
    }
}

fn message(case: &str, path: &str) -> String {
    match case {
        "git" => format!("`{path}` is the whole history of the repository, and it ships"),
        "host-deps" => format!("`{path}` was installed on another machine, and it ships"),
        _ => format!("`{path}` ships, and nothing in this file uses it"),
    }
}
