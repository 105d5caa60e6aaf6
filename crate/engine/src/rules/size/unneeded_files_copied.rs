//! Tests, documentation and repository metadata in the shipped image.

use crate::rules::prelude::*;
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
        // Something later speaks of the path.
        flagged("FROM python:3.13-slim\nCOPY «docs» /app/docs\nRUN make -C /app/docs\n").case("misc"),
        clean("FROM python:3.13-slim\nCOPY pyproject.toml README.md ./\nCOPY LICENSE NOTICE ./\n"),
        clean("FROM nginx:1.30\nCOPY docs /usr/share/nginx/html\n"),
        clean("FROM python:3.13-slim AS test\nCOPY tests ./tests\nRUN pytest\n"),
        clean("FROM node:24 AS build\nCOPY tests ./tests\nFROM node:24-slim\nCOPY --from=build /app/node_modules /app/node_modules\n"),
        clean("FROM node:24-slim\nCOPY contests specification.json latest.md.tmpl /app/\n"),
    ],
    check,
};

/// The last parts of paths that no program needs. One with a `*` at its end stands for all that begin so.
const UNNEEDED: [&str; 44] = [
    "test",
    "tests",
    "__tests__",
    "spec",
    "specs",
    "e2e",
    "cypress",
    "testdata",
    "fixtures",
    "coverage",
    ".nyc_output",
    "docs",
    "doc",
    "examples",
    "example",
    "samples",
    "readme*",
    "changelog*",
    "contributing*",
    ".gitignore",
    ".gitattributes",
    ".github",
    ".gitlab-ci.yml",
    ".circleci",
    ".travis.yml",
    "jenkinsfile",
    ".vscode",
    ".idea",
    ".ds_store",
    "dockerfile*",
    ".dockerignore",
    "docker-compose*",
    ".editorconfig",
    ".pre-commit-config.yaml",
    "tox.ini",
    ".pytest_cache",
    "__pycache__",
    ".cache",
    ".mypy_cache",
    "*.md",
    "*.test.js",
    "*.spec.ts",
    "*.spec.js",
    "*.test.ts",
];
const HOST_DEPENDENCIES: [&str; 4] = ["node_modules", ".venv", "venv", "bundle"];
/// Files whose packaging reads the README beside them.
const PACKAGING: [&str; 5] = ["pyproject.toml", "setup.py", "setup.cfg", "cargo.toml", "composer.json"];
/// Where web servers find what they serve.
const WEB_ROOTS: [&str; 5] = ["/usr/share/nginx", "/var/www", "/usr/local/apache2/htdocs", "/srv", "/usr/share/caddy"];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        for step in stage.own_steps().filter(|step| step.instruction.flag("from").is_none()) {
            let Some(copy) = step.copy() else { continue };
            let words: Vec<&Word> = copy
                .sources
                .iter()
                .filter_map(|source| match source {
                    Source::Path(word) if word.is_plain() => Some(word),
                    _ => None,
                })
                .collect();
            let is_packaging = words.iter().any(|word| is_packaging(&word.text));
            let is_served = WEB_ROOTS.iter().any(|root| copy.destination.text.starts_with(root));
            for word in words {
                let name = last_part(&word.text);
                let Some(case) = case_of(&word.text, &name) else { continue };
                if case == "misc" && (is_served || (is_packaging && name.starts_with("readme"))) {
                    continue;
                }
                let finding = report.at(case, word.range, message(case, &word.text));
                if case == "misc" && !copy.is_json && !is_mentioned(document, step, &name) {
                    finding.fix(Review, "Leave it out", [removal(step, copy.sources.len(), word)]);
                }
            }
        }
    }
}

fn last_part(path: &str) -> String {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_ascii_lowercase()
}

fn is_packaging(path: &str) -> bool {
    let name = last_part(path);
    PACKAGING.contains(&name.as_str()) || name.ends_with(".gemspec")
}

fn case_of(path: &str, name: &str) -> Option<&'static str> {
    let is_bundle = name != "bundle" || path.trim_end_matches('/').ends_with("vendor/bundle");
    let is_unneeded = |pattern: &&str| match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (_, Some(start)) => name.starts_with(start),
        _ => name == *pattern,
    };
    match name {
        ".git" => Some("git"),
        _ if HOST_DEPENDENCIES.contains(&name) && is_bundle => Some("host-deps"),
        _ if UNNEEDED.iter().any(is_unneeded) => Some("misc"),
        _ => None,
    }
}

fn message(case: &str, path: &str) -> String {
    match case {
        "git" => format!("`{path}` is the whole history of the repository, and it ships"),
        "host-deps" => format!("`{path}` was installed on another machine, and it ships"),
        _ => format!("`{path}` ships, and nothing at run time needs it"),
    }
}

/// Whether a later instruction speaks of a path, by its last part.
fn is_mentioned(document: &Document<'_>, step: &Step<'_>, name: &str) -> bool {
    let later = document.steps().filter(|later| (later.stage, later.index) > (step.stage, step.index));
    later.into_iter().any(|later| document.slice(later.outer.range).to_ascii_lowercase().contains(name))
}

/// Takes a source away, or the whole instruction where it is the only one.
fn removal(step: &Step<'_>, sources: usize, word: &Word) -> Edit {
    if sources == 1 {
        return delete(step.outer.lines);
    }
    // What follows a source is another one or the destination; it is parted by blanks or a continued line.
    let Some(copy) = step.copy() else { return delete(word.range) };
    let after = copy.sources.iter().map(|source| source.word().range).chain([copy.destination.range]);
    let next = after.into_iter().find(|range| range.start() >= word.range.end());
    delete(TextRange::new(word.range.start(), next.map_or(word.range.end(), |next| next.start())))
}
