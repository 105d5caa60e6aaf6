//! `COPY ../x`.

use crate::rules::prelude::*;
use layerwise_syntax::Source;

pub const RULE: Rule = Rule {
    id: "copy-outside-context",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[dockerfilelint("add_src_invalid")],
    cases: &[],
    supersedes: &[],
    title: "Source outside the build context",
    summary: "Copy only from the build context: `..` above it is dropped, and paths of your machine mean nothing to the builder.",
    why: "
Only the files that are sent as the context exist for the build. `../shared` becomes `shared` inside the context: either it is missing, or
worse, another folder of that name is copied.

Build from the folder above, with `docker build -f app/Dockerfile ..`, or pass a second context: `--build-context shared=../shared`, and then
`COPY --from=shared`.
",
    leave_it_when: "Never: the file is not where the path seems to point.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#adding-files-from-the-build-context",
        "https://docs.docker.com/build/concepts/context/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\nCOPY «../shared/config.yml» /etc/app/\n"),
        flagged("FROM alpine:3.23\nADD a «./b/../../c» «~/.ssh/config» «/Users/me/x» /d/\n"),
        flagged("FROM alpine:3.23\nARG DIR=..\nCOPY «$DIR/lib» /lib/\n"),
        clean("FROM alpine:3.23\nCOPY shared/config.yml /etc/app/\n"),
        clean("FROM alpine:3.23\nCOPY a/../b /b\nCOPY /etc/app.conf /etc/\nCOPY ..data /d\nADD https://example.org/../a /a\n"),
        clean("FROM alpine:3.23 AS a\nFROM alpine:3.23\nCOPY --from=a ../x /home/me/y /z/\n"),
        // The context is laid out as the image is.
        clean("FROM alpine:3.23\nCOPY /home/app/.bashrc /home/app/.bashrc\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.instruction.flag("from").is_none()) {
        let Some(copy) = step.copy() else { continue };
        for source in &copy.sources {
            let Source::Path(word) = source else { continue };
            let path = document.value_at(word, step).unwrap_or_else(|| word.text.clone());
            let root: String = path.split_inclusive('/').take(2).collect();
            if leaves(&path) {
                let message = format!("`{}` lies above the build context, and the builder drops the `..`", word.text);
                report.here(word.range, message);
            } else if is_of_a_machine(&path) && !copy.destination.text.starts_with(&root) {
                report.here(word.range, format!("`{}` is looked for inside the build context", word.text));
            }
        }
    }
}

/// Whether a path goes up further than it went down.
fn leaves(path: &str) -> bool {
    let mut depth = 0_i32;
    for part in path.split('/') {
        match part {
            // An address, which is no path.
            part if part.ends_with(':') => return false,
            "" | "." => {}
            ".." => depth -= 1,
            _ => depth += 1,
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// Whether a path names a place on somebody's machine.
fn is_of_a_machine(path: &str) -> bool {
    let mut letters = path.chars();
    let has_drive = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && matches!(letters.next(), Some('\\' | '/'));
    has_drive || path.starts_with("~/") || path.starts_with("/home/") || path.starts_with("/Users/")
}
