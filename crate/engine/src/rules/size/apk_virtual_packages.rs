//! Packages that are needed for a moment, added and deleted by name.

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
        // What stays must be added by itself.
        flagged("FROM alpine:3.23\nRUN apk «add» --no-cache gcc musl-dev libpq && make && apk del gcc musl-dev\n"),
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
            if let Some(edits) = group(&install, &deleted, both.len()) {
                finding.fix(Review, "Give them a name of their own; what the base image had of them now stays", edits);
            }
        }
    }
}

/// The edits that name the packages, where all that is added is deleted again.
fn group(install: &Install<'_>, deleted: &[&Word], common: usize) -> Option<Vec<Edit>> {
    let (first, last) = (deleted.first()?, deleted.last()?);
    let is_same = common == deleted.len() && common == install.packages.len();
    let is_plain = install.verb.raw == "add" && install.packages.iter().all(|package| !package.has_variable());
    (is_same && is_plain).then(|| {
        vec![
            insert(install.verb.range.end(), " --virtual .build-deps"),
            replace(first.range.cover(last.range), ".build-deps"),
        ]
    })
}
