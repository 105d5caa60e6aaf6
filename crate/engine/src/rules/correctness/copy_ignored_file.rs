//! `COPY` of what `.dockerignore` keeps out of the build.

use crate::dockerignore::Dockerignore;
use crate::rules::prelude::*;
use layerwise_syntax::Source;

pub const RULE: Rule = Rule {
    id: "copy-ignored-file",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[buildkit("CopyIgnoredFile")],
    cases: &[],
    supersedes: &[],
    title: "Copied, and left out of the build",
    summary: "COPY names a file that .dockerignore keeps out of the build.",
    why: "
What `.dockerignore` leaves out is not sent to the builder. To the builder such a file does not exist, so the build stops with a \"not
found\" that names a file which you can plainly see.

The last line of `.dockerignore` that matches decides, and a folder takes everything in it along. Change the line, let the file in again
behind it with `!path`, or copy from where the file really is.
",
    leave_it_when: "The image is built with another `.dockerignore`, such as one of its own beside the Dockerfile.",
    references: &[
        "https://docs.docker.com/reference/build-checks/copy-ignored-file/",
        "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\nCOPY «dist/app» /app\n").dockerignore("dist\n"),
        clean("FROM alpine:3.23\nCOPY build/app /app\n").dockerignore("dist\n"),
        flagged("FROM alpine:3.23\nADD «./notes.txt» «/web/notes.txt» /srv/\n").dockerignore("**/notes.*\n"),
        flagged("FROM alpine:3.23\nARG OUT=dist\nCOPY [«\"$OUT/app\"», \"/app\"]\n").dockerignore("dist\n"),
        flagged("FROM alpine:3.23\nCOPY «.» /srv\n").dockerignore("# nothing at all\n*\n"),
        flagged("FROM alpine:3.23\nCOPY go.mod «tmp» /srv/\n").dockerignore("tmp\n!tmpl\n"),
        clean("FROM alpine:3.23\nCOPY docs/index.md src /srv/\n").dockerignore("*\n!src\n!docs/index.md\n"),
        // An exception lets a part of the folder in.
        clean("FROM alpine:3.23\nCOPY docs /srv/docs\n").dockerignore("docs\n!docs/index.md\n"),
        clean("FROM alpine:3.23\nCOPY docs /srv/docs\n").dockerignore("docs/**\n"),
        clean("FROM alpine:3.23\nCOPY . /srv\n").dockerignore(".git\nsrc\n"),
        // What comes from elsewhere, patterns, and values that nobody knows.
        clean("FROM alpine:3.23 AS dist\nRUN touch /dist\nFROM alpine:3.23\nCOPY --from=dist dist /dist\n").dockerignore("dist\n"),
        clean("FROM alpine:3.23\nADD https://example.org/dist /dist\nCOPY <<dist /a\ndist\n").dockerignore("**dist\n"),
        clean("FROM alpine:3.23\nARG OUT\nCOPY dist* $OUT/app /app/\n").dockerignore("dist\n"),
        clean("FROM alpine:3.23\nCOPY dist/app /app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(ignore) = &document.dockerignore else { return };
    // BuildKit's check does not look at files with exceptions.
    if document.config.compat == Some(Tool::Buildkit) && ignore.has_exceptions() {
        return;
    }
    for step in document.steps().filter(|step| step.instruction.flag("from").is_none()) {
        for source in step.copy().into_iter().flat_map(|copy| &copy.sources) {
            let Source::Path(word) = source else { continue };
            let Some(path) = document.value_at(word, step).filter(|path| is_of_context(path)) else { continue };
            if !is_left_out(ignore, &path) {
                continue;
            }
            report.here(word.range, format!("the .dockerignore leaves out `{path}`, so there is nothing to copy"));
        }
    }
}

/// Whether it is a path of the context, and neither a pattern nor an address.
fn is_of_context(path: &str) -> bool {
    !path.is_empty() && !path.contains(['*', '?', '[', '\\', ':'])
}

fn is_left_out(ignore: &Dockerignore, path: &str) -> bool {
    if ignore.may_bring_back_from(path) {
        return false;
    }
    match path {
        "." | "./" | "/" => ignore.excludes_everything_first(),
        _ => ignore.excludes(path),
    }
}
