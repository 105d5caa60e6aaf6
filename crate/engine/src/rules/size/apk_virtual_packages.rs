//! Packages that are needed for a moment, added and deleted by name.

use crate::fix::{drop_argument, put_in_front};
use crate::packages::{Install, Manager, install, package_name, removes};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::wording::listed;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "apk-virtual-packages",
    category: Category::Size,
    severity: Severity::Style,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[dockerfilelint("apkadd-missing-virtual")],
    cases: &[],
    supersedes: &[],
    title: "Temporary packages without a group",
    summary: "Group temporary apk packages with --virtual, so that removing them cannot miss one.",
    why: "
`apk add --virtual .build-deps gcc musl-dev` gives the packages a name of their own, and `apk del .build-deps` takes all of them away
again, with what they needed. A list that is kept twice by hand soon misses a package, and that one stays in the image.
",
    leave_it_when: "The two lists are meant to differ.",
    references: &[
        "https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper",
        "https://github.com/gliderlabs/docker-alpine/blob/master/docs/usage.md#virtual-packages",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nRUN apk «add» --no-cache gcc~15 musl-dev~1.2 make~4.4 \\\n    && make -C /src install \\\n    && apk del gcc musl-dev make\n",
            "FROM alpine:3.23\nRUN apk add --virtual .build-deps --no-cache gcc~15 musl-dev~1.2 make~4.4 \\\n    && make -C /src install \\\n    && apk del .build-deps\n",
        ),
        // What stays is added by itself.
        reviewed(
            "FROM alpine:3.23\nRUN apk «add» --no-cache gcc musl-dev libpq && make && apk del gcc musl-dev\n",
            "FROM alpine:3.23\nRUN apk add --no-cache libpq && apk add --virtual .build-deps --no-cache gcc musl-dev && make && apk del .build-deps\n",
        ),
        reviewed(
            "FROM alpine:3.23\nRUN apk update && \\\n    apk «add» \\\n      bash \\\n      gcc \\\n      libpq \\\n      make && \\\n    make && \\\n    apk del make gcc\n",
            "FROM alpine:3.23\nRUN apk update && \\\n    apk add bash libpq && \\\n    apk add --virtual .build-deps \\\n      gcc \\\n      make && \\\n    make && \\\n    apk del .build-deps\n",
        ),
        flagged("FROM alpine:3.23\nRUN sudo apk «add» gcc musl-dev libpq && make && sudo apk del gcc musl-dev\n"),
        flagged("FROM alpine:3.23\nRUN apk «add» gcc musl-dev libpq && make && apk del gcc musl-dev wget\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache --virtual .build-deps gcc~15 musl-dev~1.2 make~4.4 \\\n    && make -C /src install \\\n    && apk del .build-deps\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache gcc musl-dev && make && apk del gcc musl-dev\nRUN apk add -t .x a b c && apk del a b\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache curl git jq && apk del wget apk-tools\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let is_deletion = |command: &&Command| removes(command) == Some(Manager::Apk);
        let mut deletions = step.commands().filter(is_deletion);
        let (Some(deletion), None) = (deletions.next(), deletions.next()) else { continue };
        let deleted: Vec<&Word> = deletion.operands().into_iter().skip(1).into_list();
        for command in step.commands() {
            let Some(install) = install(command).filter(|install| install.manager == Manager::Apk) else { continue };
            let is_grouped = command.has_any_flag("-t --virtual");
            let is_added =
                |name: &&Word| install.packages.iter().any(|package| package_name(package.shown()) == name.shown());
            // Lists that nobody writes by hand are not looked at.
            if is_grouped || install.packages.len() < 3 || install.packages.len() * deleted.len() > 10_000 {
                continue;
            }
            let both: Vec<&Word> = deleted.iter().copied().filter(is_added).into_list();
            if both.len() < 2 {
                continue;
            }
            let names: Vec<&str> = both.iter().map(|word| word.shown()).into_list();
            let finding = report.here(install.verb.range, format!("{} are added and deleted by name", listed(&names)));
            let Some(mut edits) = group(&install, &deleted, both.len()) else { continue };
            if both.len() < install.packages.len() {
                let Some(apart) = keep_apart(document, step, command, &install, &deleted) else { continue };
                edits.extend(apart);
            }
            finding.fix(Review, "Give them a name of their own; what the base image had of them now stays", edits);
        }
    }
}

/// The edits that name the packages, where all that is deleted was added.
fn group(install: &Install<'_>, deleted: &[&Word], common: usize) -> Option<Vec<Edit>> {
    let (first, last) = (deleted.first()?, deleted.last()?);
    let is_plain = install.verb.raw == "add" && install.packages.iter().all(|package| !package.has_variable());
    (is_plain && common == deleted.len()).then(|| {
        vec![
            insert(install.verb.range.end(), " --virtual .build-deps"),
            replace(first.range.cover(last.range), ".build-deps"),
        ]
    })
}

/// The edits that add what stays with a command of its own, in front.
fn keep_apart(
    document: &Document<'_>,
    step: &Step<'_>,
    command: &Command,
    install: &Install<'_>,
    deleted: &[&Word],
) -> Option<Vec<Edit>> {
    let goes = |word: &&Word| deleted.iter().any(|name| name.shown() == package_name(word.shown()));
    let is_flag = |word: &&Word| !install.packages.iter().any(|package| package.range == word.range);
    let stays: Vec<&Word> = install.packages.iter().copied().filter(|word| !goes(word)).into_list();
    let head = command.words.iter().filter(is_flag).chain(stays.iter().copied());
    let head: Vec<&str> = head.map(|word| word.raw.as_str()).into_list();
    let mut edits = vec![put_in_front(document, step, step.scripts.first()?, command, &head.join(" "))?];
    for word in stays {
        edits.push(drop_argument(document, command, word.range)?);
    }
    let is_bare = command.wrappers.is_empty() && command.assignments.is_empty();
    is_bare.then_some(edits)
}
