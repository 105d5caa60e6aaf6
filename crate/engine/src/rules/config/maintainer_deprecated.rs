//! `MAINTAINER`.

use crate::rules::prelude::*;
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "maintainer-deprecated",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[
        hadolint("DL4000"),
        buildkit("MaintainerDeprecated"),
        trivy("DS-0022"),
        checkov("CKV_DOCKER_6"),
        kics("MAINTAINER Instruction Being Used"),
        semgrep("maintainer-is-deprecated"),
        droast("DF019"),
        dockerfilelint("deprecated_in_1.13"),
    ],
    cases: &[],
    supersedes: &[],
    title: "MAINTAINER is deprecated",
    summary: "MAINTAINER is deprecated; use the label org.opencontainers.image.authors.",
    why: "
Labels hold any metadata, and every tool can read them. `MAINTAINER` is a single legacy field that new tools ignore.
",
    leave_it_when: "A tool that you cannot change still reads the old field.",
    references: &[
        "https://docs.docker.com/reference/build-checks/maintainer-deprecated/",
        "https://docs.docker.com/reference/dockerfile/#maintainer-deprecated",
        "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    ],
    fix_changes: &[Change::Labels],
    examples: &[
        fixed(
            "FROM alpine:3.23\n«MAINTAINER Ada Example <ada@example.org>»\n",
            "FROM alpine:3.23\nLABEL org.opencontainers.image.authors=\"Ada Example <ada@example.org>\"\n",
        ),
        fixed(
            "from alpine:3.23\n«maintainer \"A \\\"B\\\" $C\"»\n",
            "from alpine:3.23\nlabel org.opencontainers.image.authors=\"A \\\"B\\\" \\$C\"\n",
        ),
        fixed(
            "FROM       alpine:3.23\n«MAINTAINER Ada»\n«MAINTAINER   Ada»\n",
            "FROM       alpine:3.23\nLABEL      org.opencontainers.image.authors=\"Ada\"\nLABEL        org.opencontainers.image.authors=\"Ada\"\n",
        ),
        // A comment among the lines would be lost.
        flagged("FROM alpine:3.23\n«MAINTAINER Ada \\\n# who else\n  Example»\n"),
        fixed(
            "FROM alpine:3.23\n«MAINTAINER \"A\" and \"B\"»\n",
            "FROM alpine:3.23\nLABEL org.opencontainers.image.authors=\"\\\"A\\\" and \\\"B\\\"\"\n",
        ),
        // The label that is there already says it, and another one would take its place.
        flagged("FROM alpine:3.23\nLABEL org.opencontainers.image.authors=\"Team\"\n«MAINTAINER Ada»\n"),
        clean("FROM alpine:3.23\nLABEL org.opencontainers.image.authors=\"Ada Example <ada@example.org>\"\n"),
    ],
    check,
};

const AUTHORS: &str = "org.opencontainers.image.authors";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        // Looked for once in a stage, which may have thousands of them.
        let has_authors = OnceCell::new();
        for step in &stage.steps {
            let Arguments::Maintainer(name) = &step.instruction.arguments else { continue };
            let instruction = step.instruction;
            let finding =
                report.here(instruction.range, "`MAINTAINER` is deprecated: a label says who is behind the image");
            if step.is_trigger
                || !instruction.comments.is_empty()
                || *has_authors.get_or_init(|| sets_authors(document, stage))
            {
                continue;
            }
            let value = quoted(&name.text, document.file.escape);
            let (range, label) = document.other_keyword(instruction, "LABEL");
            let gap = if range == instruction.keyword.range { " " } else { "" };
            let text = format!("{label}{gap}{AUTHORS}={value}");
            finding.fix(Safe, "Replace MAINTAINER with a label", [replace(instruction.range, text)]);
        }
    }
}

/// Whether the label is set already, in a stage or by one below: another one would take its place.
fn sets_authors(document: &Document<'_>, stage: &Stage<'_>) -> bool {
    document.chain_steps(stage).into_iter().any(|step| match &step.instruction.arguments {
        Arguments::Label(labels) => labels.pairs.iter().any(|pair| pair.key.value().as_deref() == Some(AUTHORS)),
        _ => false,
    })
}

/// The text as a quoted value: quotes around it taken off, and what has a meaning in quotes escaped.
fn quoted(text: &str, escape: char) -> String {
    // Quotes belong together only when no other of their kind stands between them.
    let is_quoted = |quote: char| {
        let inner = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner.is_some_and(|inner| {
            !inner.replace([escape, quote].iter().collect::<String>().as_str(), "").contains(quote)
        })
    };
    let was_quoted = is_quoted('"') || is_quoted('\'');
    let inner = if was_quoted { text.get(1..text.len() - 1).unwrap_or(text) } else { text };
    let mut value = String::from("\"");
    let mut characters = inner.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // A quote that is escaped already stays as it is.
            _ if character == escape && was_quoted && characters.peek() == Some(&'"') => {
                value.push(escape);
                value.extend(characters.next());
            }
            _ if character == '"' || character == '$' || character == escape => value.extend([escape, character]),
            _ => value.push(character),
        }
    }
    value.push('"');
    value
}
