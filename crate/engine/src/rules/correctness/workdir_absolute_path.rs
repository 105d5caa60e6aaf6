//! Relative paths in `WORKDIR`.

use crate::Finding;
use crate::document::is_absolute;
use crate::rules::prelude::*;
use layerwise_syntax::Word;

pub const RULE: Rule = Rule {
    id: "workdir-absolute-path",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[kics("WORKDIR Path Not Absolute"), semgrep("use-absolute-workdir"), droast("DF009")],
    cases: &[
        Case::new("unanchored").codes(&[
            hadolint("DL3000"),
            buildkit("WorkdirRelativePath"),
            trivy("DS-0009"),
            checkov("CKV_DOCKER_10"),
        ]),
        Case::new("anchored").severity(Severity::Info).codes(&[
            hadolint("DL3000"),
            trivy("DS-0009"),
            checkov("CKV_DOCKER_10"),
        ]),
        Case::new("tilde").severity(Severity::Error).codes(&[
            hadolint("DL3000"),
            buildkit("WorkdirRelativePath"),
            trivy("DS-0009"),
            checkov("CKV_DOCKER_10"),
        ]),
    ],
    supersedes: &[],
    title: "Relative path in WORKDIR",
    summary: "Use absolute paths in WORKDIR.",
    why: "
A relative path starts from wherever the base image, or an earlier line, happens to be. When that changes, your files quietly move.

A tilde is no home directory here: `WORKDIR ~/app` makes a directory whose name is `~`.
",
    leave_it_when: "A few lines above stands the absolute path that it continues.",
    references: &[
        "https://docs.docker.com/reference/build-checks/workdir-relative-path/",
        "https://docs.docker.com/build/building/best-practices/#workdir",
        "https://github.com/hadolint/hadolint/wiki/DL3000",
        "https://avd.aquasec.com/misconfig/ds-0009",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        reviewed(
            "FROM nginx:1.30\nWORKDIR «usr/share/nginx/html»\nCOPY index.html .\n",
            "FROM nginx:1.30\nWORKDIR /usr/share/nginx/html\nCOPY index.html .\n",
        )
        .case("unanchored"),
        reviewed("FROM alpine:3.23\nWORKDIR «\"app\"»\n", "FROM alpine:3.23\nWORKDIR \"/app\"\n").case("unanchored"),
        reviewed("FROM alpine:3.23\nARG NAME\nWORKDIR «src/$NAME»\n", "FROM alpine:3.23\nARG NAME\nWORKDIR /src/$NAME\n").case("unanchored"),
        // What `..` leads to, only the base image knows; and the value stands elsewhere.
        flagged("FROM alpine:3.23\nWORKDIR «../app»\n").case("unanchored"),
        flagged("FROM alpine:3.23\nARG DIR=app\nWORKDIR «$DIR»\n").case("unanchored"),
        reviewed(
            "FROM alpine:3.23\nWORKDIR «app»\nWORKDIR «./web»\n",
            "FROM alpine:3.23\nWORKDIR /app\nWORKDIR /app/web\n",
        )
        .case("unanchored"),
        fixed(
            "FROM alpine:3.23\nWORKDIR /srv/\nRUN make\nWORKDIR «./app»\n",
            "FROM alpine:3.23\nWORKDIR /srv/\nRUN make\nWORKDIR /srv/app\n",
        )
        .case("anchored"),
        fixed(
            "FROM alpine:3.23 AS base\nWORKDIR /srv\nWORKDIR /opt\nFROM base\nWORKDIR «../var/./app»\n",
            "FROM alpine:3.23 AS base\nWORKDIR /srv\nWORKDIR /opt\nFROM base\nWORKDIR /var/app\n",
        )
        .case("anchored"),
        flagged("FROM alpine:3.23\nARG WHERE\nWORKDIR /srv/$WHERE\nWORKDIR «app»\n").case("anchored"),
        reviewed("FROM alpine:3.23\nWORKDIR «~/app»\n", "FROM alpine:3.23\nWORKDIR /root/app\n").case("tilde"),
        flagged("FROM alpine:3.23\nUSER app\nWORKDIR «~»\n").case("tilde"),
        // A build argument may lead somewhere else, and a trigger of the parent does.
        flagged("FROM alpine:3.23\nARG D=app\nWORKDIR /$D\nWORKDIR «src»\n").case("anchored"),
        flagged("FROM alpine:3.23 AS base\nWORKDIR /a\nONBUILD WORKDIR /b\nFROM base\nWORKDIR «c»\n").case("anchored"),
        flagged("ARG BASE=dev\nFROM alpine:3.23 AS dev\nWORKDIR /srv/dev\nFROM alpine:3.23 AS prod\nWORKDIR /srv/prod\nFROM ${BASE}\nWORKDIR «web»\n").case("anchored"),
        clean("FROM nginx:1.30\nWORKDIR /usr/share/nginx/html\nCOPY index.html .\n"),
        clean("FROM alpine:3.23\nWORKDIR $HOME/app\nARG DIR=/app\nWORKDIR \"${DIR}\"\n"),
        clean("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nWORKDIR C:/app\nWORKDIR C:\\\\app\nWORKDIR \\\\app\n"),
        // Where a build on top of this image stands, nobody knows; that it is relative may be meant.
        flagged("FROM alpine:3.23\nONBUILD WORKDIR «app»\n").case("unanchored"),
    ],
    check,
};

/// How far a stage has got.
#[derive(Debug, Clone, Default)]
struct Standing {
    directory: Directory,
    /// Whether it, or a stage below, has had a `WORKDIR`.
    has_moved: bool,
}

/// Where a stage stands.
#[derive(Debug, Clone, Default, PartialEq)]
enum Directory {
    /// Where the base image says.
    #[default]
    Inherited,
    /// Below that: this is where it would be if the base image stood at the root, if that is known.
    Below(Option<String>),
    /// At an absolute path that depends on something outside this file.
    Unknown,
    /// Here.
    Known(String),
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut ends: Vec<Standing> = Vec::new();
    for stage in document.stages() {
        let start = stage.parent.and_then(|parent| ends.get(parent)).cloned().unwrap_or_default();
        let Standing { mut directory, mut has_moved } = start;
        // A build argument may choose another parent.
        let is_chosen = stage.from.is_some_and(|(_, from)| !from.image.is_plain());
        if parent_moves(document, stage) || is_chosen {
            directory = directory.moved_by_parent();
        }
        for step in &stage.steps {
            let Arguments::Workdir(path) = &step.instruction.arguments else { continue };
            let value = document.start_of_path(path, step);
            let is_relative =
                value.as_deref().is_some_and(|value| !value.is_empty() && !is_absolute(value, stage.is_windows));
            if let Some(value) = value.filter(|_| is_relative) {
                let finding = match &directory {
                    _ if value.starts_with('~') => tilde(document, stage, step, path, report),
                    Directory::Inherited | Directory::Below(_) => {
                        unanchored(document, stage, step, path, &directory, report)
                    }
                    _ if step.is_trigger => unanchored(document, stage, step, path, &directory, report),
                    directory => anchored(directory, stage, path, report),
                };
                // With the first one, it holds, all that follow are mended.
                if has_moved {
                    finding.seen_by(Tool::Buildkit, "");
                }
            }
            if !step.is_trigger {
                directory = directory.then(is_relative, literal(path));
                has_moved = true;
            }
        }
        ends.push(Standing { directory, has_moved });
    }
}

fn tilde<'r>(
    document: &Document<'_>,
    stage: &Stage<'_>,
    step: &Step<'_>,
    path: &Word,
    report: &'r mut Reporter<'_>,
) -> &'r mut Finding {
    let message = format!("`{}` is not in the home directory, but in one whose name is `~`", path.text);
    let finding = report.at("tilde", path.range, message);
    let is_root = !step.is_trigger && document.last_user(stage).is_none();
    let rest = path.text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
    if let Some(rest) = rest.filter(|_| is_root && path.is_plain()) {
        finding.fix(Review, "Name the home directory of root", [replace(path.range, format!("/root{rest}"))]);
    }
    finding
}

fn anchored<'r>(
    directory: &Directory,
    stage: &Stage<'_>,
    path: &Word,
    report: &'r mut Reporter<'_>,
) -> &'r mut Finding {
    let message = format!("`{}` continues an earlier WORKDIR, and moves when that does", path.text);
    let finding = report.at("anchored", path.range, message);
    if let Directory::Known(directory) = directory
        && path.is_plain()
        && !stage.is_windows
    {
        let whole = joined(directory, &path.text);
        finding.fix(Safe, format!("Write the whole path, {whole}"), [replace(path.range, whole)]);
    }
    finding
}

fn unanchored<'r>(
    document: &Document<'_>,
    stage: &Stage<'_>,
    step: &Step<'_>,
    path: &Word,
    directory: &Directory,
    report: &'r mut Reporter<'_>,
) -> &'r mut Finding {
    let message = format!("Where `{}` ends up depends on the base image", path.text);
    let finding = report.at("unanchored", path.range, message);
    let written = document.slice(path.range);
    let unquoted = written.trim_start_matches(['"', '\'']);
    let is_literal = unquoted.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_');
    let edit = match directory {
        _ if stage.is_windows || step.is_trigger => None,
        Directory::Inherited if is_literal => {
            let quotes = TextSize::of(written) - TextSize::of(unquoted);
            Some(insert(path.range.start() + quotes, "/"))
        }
        // It continues another one that starts at the root once that is mended.
        Directory::Below(Some(above)) if path.is_plain() => Some(replace(path.range, joined(above, &path.text))),
        _ => None,
    };
    if let Some(edit) = edit {
        finding.fix(Review, "Start at the root (the base image may stand elsewhere)", [edit]);
    }
    finding
}

impl Directory {
    /// Where a WORKDIR leads from here.
    fn then(self, is_relative: bool, path: Option<String>) -> Directory {
        match (self, path) {
            (_, Some(path)) if !is_relative => Directory::Known(path),
            (Directory::Known(directory), Some(path)) if directory.len() < LONGEST_PATH => {
                Directory::Known(joined(&directory, &path))
            }
            (Directory::Inherited, path) if is_relative => Directory::Below(path.map(|path| joined("", &path))),
            (Directory::Below(Some(above)), Some(path)) if is_relative && above.len() < LONGEST_PATH => {
                Directory::Below(Some(joined(&above, &path)))
            }
            (Directory::Below(_), _) if is_relative => Directory::Below(None),
            _ => Directory::Unknown,
        }
    }

    /// What is known of it once an `ONBUILD WORKDIR` of the parent has led on from here, or where another one may be the parent.
    fn moved_by_parent(self) -> Directory {
        match self {
            Directory::Inherited => Directory::Inherited,
            Directory::Below(_) => Directory::Below(None),
            Directory::Known(_) | Directory::Unknown => Directory::Unknown,
        }
    }
}

/// The path, where no build argument can change it and it means the same wherever it is written.
fn literal(path: &Word) -> Option<String> {
    let is_simple = path.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | '@'));
    (path.is_plain() && is_simple).then(|| path.text.clone())
}

/// Whether the stage that this one is built from moves it with an `ONBUILD WORKDIR`.
fn parent_moves(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    let parent = stage.parent.and_then(|parent| document.stage(parent));
    let moves = |step: &Step<'_>| step.is_trigger && step.kind() == InstructionKind::Workdir;
    parent.is_some_and(|parent| parent.steps.iter().any(moves))
}

/// Linux allows no longer path.
const LONGEST_PATH: usize = 4096;

/// A path below a directory, dots resolved.
fn joined(directory: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    format!("/{}", parts.join("/"))
}
