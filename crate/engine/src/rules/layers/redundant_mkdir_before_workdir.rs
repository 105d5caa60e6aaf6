//! `mkdir` right before the `WORKDIR` that would create the directory anyway.

use crate::document::Runner;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "redundant-mkdir-before-workdir",
    category: Category::Layers,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &["combine-adjacent-instructions"],
    title: "mkdir before WORKDIR",
    summary: "WORKDIR creates its directory; the mkdir before it is an extra layer.",
    why: "
`WORKDIR` makes its directory, parents included, when it is not there, and `COPY` makes the directories that it copies to. A `mkdir` before it
costs a layer and a line, and does nothing.
",
    leave_it_when: "The directory needs another owner or mode than the working directory gets.",
    references: &["https://docs.docker.com/reference/dockerfile/#workdir"],
    fix_changes: &[Change::Layers, Change::Redundant],
    examples: &[
        fixed("FROM alpine:3.23\nRUN «mkdir -p /srv/app»\nWORKDIR /srv/app\n", "FROM alpine:3.23\nWORKDIR /srv/app\n"),
        flagged("FROM alpine:3.23\nRUN «mkdir /srv/app» # what the importer left\nWORKDIR /srv/app\n"),
        fixed("FROM alpine:3.23\nRUN «mkdir /srv/app/»\nWORKDIR /srv/app\n", "FROM alpine:3.23\nWORKDIR /srv/app\n"),
        // What the comment says may be worth keeping, and who owns the directory is not known.
        flagged("FROM alpine:3.23\n# where the app lives\nRUN «mkdir /srv/app»\nWORKDIR /srv/app\n"),
        flagged("FROM example.org/base:1\nRUN «mkdir -p /srv/app»\nWORKDIR /srv/app\n"),
        clean("FROM alpine:3.23\nRUN mkdir -p /srv/app /srv/data\nWORKDIR /srv/app\n"),
        clean("FROM alpine:3.23\nRUN mkdir -p /srv/app && chown nobody /srv/app\nWORKDIR /srv/app\n"),
        clean("FROM alpine:3.23\nRUN mkdir -p -m 700 /srv/app\nWORKDIR /srv/app\n"),
        clean("FROM alpine:3.23\nRUN mkdir -p /srv/app\nUSER nobody\nWORKDIR /srv/app\n"),
        clean("FROM alpine:3.23\nUSER nobody\nRUN mkdir -p /tmp/app\nWORKDIR /tmp/app\n"),
        clean("FROM alpine:3.23\nRUN mkdir app\nWORKDIR /srv/app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        for pair in stage.steps.windows(2) {
            let [run, workdir] = pair else { continue };
            let Arguments::Workdir(path) = &workdir.instruction.arguments else { continue };
            if !run.is_run()
                || !run.is_readable()
                || run.is_trigger != workdir.is_trigger
                || document.runner(run) == Runner::Other
            {
                continue;
            }
            let commands: Vec<&Command> = run.commands().into_list();
            let [mkdir] = commands[..] else { continue };
            let made = mkdir.operands();
            let is_plain = mkdir.is_one_of("mkdir") && !mkdir.has_any_flag("-m --mode") && mkdir.redirects.is_empty();
            let [directory] = made[..] else { continue };
            let is_same =
                directory.known().is_some_and(|made| made.trim_end_matches('/') == path.text.trim_end_matches('/'));
            if !is_plain || !is_same || !path.is_plain() || !path.text.starts_with('/') {
                continue;
            }
            let finding = report.here(mkdir.range, format!("`WORKDIR {}` creates the directory itself", path.text));
            let is_bare = run.instruction.flags.is_empty() && !document.has_comments(run);
            if is_bare && document.runner(run) == Runner::Root {
                finding.fix(Safe, "Remove the mkdir", [delete(document.lines_to_go(run.outer))]);
            }
        }
    }
}
