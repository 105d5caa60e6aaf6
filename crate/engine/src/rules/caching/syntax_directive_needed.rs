//! Features that an older frontend does not know.

use crate::document::Frontend;
use crate::rules::prelude::*;
use layerwise_syntax::{DirectiveKind, MountType};

pub const RULE: Rule = Rule {
    id: "syntax-directive-needed",
    category: Category::Caching,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("missing"),
        Case::new("too-old").severity(Severity::Error),
        Case::new("labs").severity(Severity::Error),
    ],
    supersedes: &[],
    title: "Newer than the frontend that reads it",
    summary: "Begin the file with `# syntax=docker/dockerfile:1` when it uses what an older builder does not know.",
    why: "
What a Dockerfile may say depends on the frontend that reads it. Every builder brings one along, as old as itself: the same file builds on one machine
and fails on the next with an unknown flag.

`# syntax=docker/dockerfile:1` lets each builder fetch the newest frontend of the first version, bug fixes included, before it reads the file.
",
    leave_it_when: "The builders are known to be new, or cannot reach Docker Hub.",
    references: &[
        "https://docs.docker.com/build/buildkit/frontend/",
        "https://docs.docker.com/build/buildkit/dockerfile-release-notes/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nRUN «--mount=type=cache,target=/root/.cache/pip» pip install -r requirements.txt\nRUN --mount=type=tmpfs,target=/tmp make\n",
            "# syntax=docker/dockerfile:1\nFROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\nRUN --mount=type=tmpfs,target=/tmp make\n",
        )
        .case("missing"),
        reviewed(
            "FROM python:3.13-slim\nCOPY «--exclude=*.md» . /app\n",
            "# syntax=docker/dockerfile:1\nFROM python:3.13-slim\nCOPY --exclude=*.md . /app\n",
        )
        .case("missing"),
        reviewed(
            "# escape=`\r\nFROM alpine:3.23\r\nCOPY «--parents» src/*/go.mod /app/\r\n",
            "# syntax=docker/dockerfile:1\r\n# escape=`\r\nFROM alpine:3.23\r\nCOPY --parents src/*/go.mod /app/\r\n",
        )
        .case("missing"),
        reviewed(
            "# syntax=docker/dockerfile:1.4\nFROM alpine:3.23\nADD «--checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d» https://example.com/a /a\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a /a\n",
        )
        .case("too-old"),
        reviewed(
            "# syntax=docker/dockerfile:1.2\nFROM alpine:3.23\nRUN «<<EOF»\nmake\nEOF\n",
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\nRUN <<EOF\nmake\nEOF\n",
        )
        .case("too-old"),
        reviewed(
            "# syntax=docker/dockerfile:1\nFROM alpine:3.23\nRUN «--device=vendor.com/gpu» make\n",
            "# syntax=docker/dockerfile:1-labs\nFROM alpine:3.23\nRUN --device=vendor.com/gpu make\n",
        )
        .case("labs"),
        clean("# syntax=docker/dockerfile:1\nFROM python:3.13-slim\nCOPY --exclude=*.md . /app\n"),
        clean("# syntax=docker/dockerfile:1.4\nFROM alpine:3.23\nCOPY --link a b\nRUN <<EOF\nmake\nEOF\n"),
        clean("# syntax=ghcr.io/example/frontend:2\nFROM alpine:3.23\nCOPY --parents a b\n"),
        clean("FROM alpine:3.23\nCOPY --chown=app --from=build a b\nHEALTHCHECK --interval=1m CMD up\n"),
        clean("RUN --mount=type=cache,target=/root/.npm npm ci\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let directive = document.file.directives.iter().find(|directive| directive.kind == DirectiveKind::Syntax);
    let frontend = document.frontend();
    let mut is_missing_told = false;
    for step in document.steps() {
        for (range, feature) in features(step) {
            let Feature::Since(minor, name) = feature else {
                labs(directive.map(|directive| directive.value_range), frontend, range, report);
                continue;
            };
            match (frontend, directive) {
                (Frontend::Minor(pinned), Some(directive)) if pinned < minor => {
                    report
                        .at(
                            "too-old",
                            range,
                            format!("{name} is new in frontend 1.{minor}, and this file asks for 1.{pinned}"),
                        )
                        .fix(Review, "Ask for the newest", [replace(directive.value_range, "docker/dockerfile:1")]);
                }
                (Frontend::Builder, _) if !is_missing_told => {
                    let Some(edit) = document.newest_frontend() else { continue };
                    is_missing_told = true;
                    report
                        .at(
                            "missing",
                            range,
                            format!("{name} is new in frontend 1.{minor}, which older builders do not have"),
                        )
                        .fix(Review, "Let the builder fetch the newest", [edit]);
                }
                _ => {}
            }
        }
    }
}

fn labs(directive: Option<TextRange>, frontend: Frontend, range: TextRange, report: &mut Reporter<'_>) {
    if !matches!(frontend, Frontend::Newest | Frontend::Minor(_)) {
        return;
    }
    let finding = report.at("labs", range, "`RUN --device` is known to the labs frontend only");
    if let Some(value) = directive {
        finding.fix(Review, "Ask for the labs frontend", [replace(value, "docker/dockerfile:1-labs")]);
    }
}

enum Feature {
    /// The minor version of the frontend that brought it, and what it is called.
    Since(u32, &'static str),
    /// Still tried out.
    Labs,
}

/// What of an instruction came after the first frontend, with its place.
/// <https://docs.docker.com/build/buildkit/dockerfile-release-notes/>
fn features(step: &Step<'_>) -> Vec<(TextRange, Feature)> {
    let mut found = Vec::new();
    let kind = step.kind();
    let is_copy = matches!(kind, InstructionKind::Copy | InstructionKind::Add);
    for flag in &step.instruction.flags {
        let feature = match flag.name.as_str() {
            "mount" if step.is_run() => Feature::Since(2, "`RUN --mount`"),
            "network" if step.is_run() => Feature::Since(3, "`RUN --network`"),
            "security" if step.is_run() => Feature::Since(20, "`RUN --security`"),
            "device" if step.is_run() => Feature::Labs,
            "link" if is_copy => Feature::Since(4, "`--link`"),
            "exclude" if is_copy => Feature::Since(19, "`--exclude`"),
            "parents" if kind == InstructionKind::Copy => Feature::Since(20, "`COPY --parents`"),
            "checksum" if kind == InstructionKind::Add => Feature::Since(6, "`ADD --checksum`"),
            "unpack" if kind == InstructionKind::Add => Feature::Since(17, "`ADD --unpack`"),
            "start-interval" if kind == InstructionKind::Healthcheck => Feature::Since(6, "`--start-interval`"),
            "chmod" if is_copy => {
                let is_octal =
                    flag.value.as_ref().is_some_and(|value| value.text.bytes().all(|byte| byte.is_ascii_digit()));
                if is_octal { Feature::Since(2, "`--chmod`") } else { Feature::Since(14, "`--chmod` with letters") }
            }
            _ => continue,
        };
        // The value may be a variable's.
        let is_open = flag.name == "chmod" && flag.value.as_ref().is_some_and(|value| !value.is_plain());
        if !is_open {
            found.push((flag.range, feature));
        }
    }
    let has_secret = step.mounts.iter().any(|mount| mount.kind == MountType::Secret && mount.env.is_some());
    if let Some(flag) = step.instruction.flag("mount").filter(|_| has_secret) {
        found.push((flag.range, Feature::Since(10, "a secret as a variable")));
    }
    if let Some(heredoc) = step.instruction.heredocs.first() {
        found.push((heredoc.marker, Feature::Since(4, "a heredoc")));
    }
    found
}
