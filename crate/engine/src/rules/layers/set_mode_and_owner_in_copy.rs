//! `chmod` and `chown` of what was just copied.

use crate::document::{Runner, is_within};
use crate::fix::drop_command;
use crate::packages::{FlagSupport, ModeChange, mode_change};
use crate::report::Finding;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::Source;
use layerwise_syntax::list::IntoList;
use std::sync::Arc;

pub const RULE: Rule = Rule {
    id: "set-mode-and-owner-in-copy",
    category: Category::Layers,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[Case::new("adjacent").codes(&[tally("tally/prefer-copy-chmod")]), Case::new("later")],
    supersedes: &[],
    title: "chmod or chown after COPY",
    summary: "Set mode and owner while copying; a later chmod or chown stores the files a second time.",
    why: "
Layers only grow. `RUN chown -R app /app` writes every file anew into a layer of its own, and the image holds all of them twice.

`COPY --chown=app --chmod=755` does it in one go, and needs no shell.
",
    leave_it_when: "The RUN also changes files that were not copied, or the files are tiny.",
    references: &["https://docs.docker.com/reference/dockerfile/#copy---chown---chmod"],
    fix_changes: &[Change::Layers, Change::Modes, Change::Redundant],
    examples: &[
        fixed(
            "FROM debian:13-slim\nCOPY entrypoint.sh /usr/local/bin/entrypoint.sh\nRUN «chmod 755 /usr/local/bin/entrypoint.sh»\n",
            "FROM debian:13-slim\nCOPY --chmod=755 entrypoint.sh /usr/local/bin/entrypoint.sh\n",
        )
        .case("adjacent"),
        fixed(
            "FROM debian:13-slim\nWORKDIR /app\nCOPY a.sh b.sh ./\nRUN «chown 1000:1000 a.sh /app/b.sh»\nUSER 1000\n",
            "FROM debian:13-slim\nWORKDIR /app\nCOPY --chown=1000:1000 a.sh b.sh ./\nUSER 1000\n",
        )
        .case("adjacent"),
        // Files that others may read by their group stay root's.
        fixed(
            "FROM debian:13-slim\nCOPY app.conf /etc/\nRUN «chown 1000 /etc/app.conf»\n",
            "FROM debian:13-slim\nCOPY --chown=1000:0 app.conf /etc/\n",
        )
        .case("adjacent"),
        fixed(
            "FROM debian:13-slim\n\nCOPY a.sh /opt/\n\nRUN «chmod 755 /opt/a.sh»\n\nUSER 1000\n",
            "FROM debian:13-slim\n\nCOPY --chmod=755 a.sh /opt/\n\nUSER 1000\n",
        )
        .case("adjacent"),
        // Folders that the copy makes would be closed to others too.
        reviewed(
            "FROM debian:13-slim\nCOPY key.pem /etc/app/key.pem\nRUN «chmod 600 /etc/app/key.pem»\n",
            "FROM debian:13-slim\nCOPY --chmod=600 key.pem /etc/app/key.pem\n",
        )
        .case("adjacent"),
        flagged("FROM debian:13-slim\nCOPY --link key.pem /etc/\nRUN «chmod 600 /etc/key.pem»\n").case("adjacent"),
        flagged("FROM debian:13-slim\nCOPY a.sh b.sh /opt/\nRUN «chmod 755 /opt/a.sh»\n").case("adjacent"),
        flagged("FROM node:24-slim\nWORKDIR /app\nCOPY dist dist\nCOPY package.json ./\nRUN «chown -R node /app»\n").case("later"),
        // The first ones that were tried out did not know the flag.
        flagged("# syntax=docker/dockerfile:1.1-experimental\nFROM alpine:3.23\nCOPY run.sh /bin/\nRUN «chmod 755 /bin/run.sh»\n").case("adjacent"),
        // Modes in letters came with version 1.14 of the frontend.
        fixed(
            "# syntax=docker/dockerfile:1\nFROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod +x /app/run.sh»\n",
            "# syntax=docker/dockerfile:1\nFROM debian:13-slim\nCOPY --chmod=+x run.sh /app/\n",
        )
        .case("adjacent"),
        reviewed(
            "FROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod +x /app/run.sh»\n",
            "FROM debian:13-slim\nCOPY --chmod=+x run.sh /app/\n",
        )
        .case("adjacent"),
        flagged("# syntax=docker/dockerfile:1.9\nFROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod +x /app/run.sh»\n").case("adjacent"),
        flagged("FROM debian:13-slim\nCOPY run.sh /app/\nRUN «chown root.root /app/run.sh»\n").case("adjacent"),
        // What comes behind it finds the mode as it was.
        fixed(
            "FROM debian:13-slim\nCOPY setup.sh /usr/local/bin/\nRUN «chmod 755 /usr/local/bin/setup.sh» \\\n    && setup.sh\n",
            "FROM debian:13-slim\nCOPY --chmod=755 setup.sh /usr/local/bin/\nRUN setup.sh\n",
        )
        .case("later"),
        fixed(
            "FROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod 755 /app/run.sh»; make\n",
            "FROM debian:13-slim\nCOPY --chmod=755 run.sh /app/\nRUN make\n",
        )
        .case("later"),
        flagged("FROM debian:13-slim\nCOPY run.sh /app/\nRUN «chmod 755 /app/run.sh» || make\n").case("later"),
        flagged("FROM debian:13-slim\nCOPY run.sh /app/\nRUN make && «chmod 755 /app/run.sh»\n").case("later"),
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN «chown -R node:node /app»\nUSER node\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node . .\nUSER node\n",
        )
        .case("later"),
        flagged("# syntax=docker/dockerfile:1\nFROM debian:13-slim\nCOPY x.sh /bin/\nRUN «chmod 755 /bin/x.sh» # people start it\n").case("adjacent"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node . .\nUSER node\n"),
        // The RUN between them made files too.
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN chown -R node:node /app\n"),
        clean("FROM debian:13-slim\nCOPY a /app/\nRUN mkdir /data && chown nobody /data && chmod u+s /app/a\n"),
        clean("FROM debian:13 AS build\nCOPY run.sh /app/\nRUN chmod 755 /app/run.sh\nFROM debian:13-slim\nCOPY --from=build /app /app\n"),
        clean("FROM debian:13-slim\nCOPY a b /app/\nRUN chmod 755 /app/*\n"),
        // A folder's own mode is no second copy of what it holds; builders may lose special bits; an archive is unpacked.
        clean("FROM debian:13-slim\nCOPY conf /etc/conf\nRUN chmod 700 /etc/conf\n"),
        clean("FROM debian:13-slim\nCOPY keys.d /etc/keys.d\nRUN chmod 755 /etc/keys.d\n"),
        clean("FROM debian:13-slim\nCOPY su.bin /bin/\nRUN chmod 4755 /bin/su.bin\nADD a.tar /opt/a\nRUN chmod 700 /opt/a\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nRUN chown -R node /app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages().filter(|stage| !stage.is_windows) {
        // The copies since the last RUN: whatever a RUN did to their files is not known.
        let mut copies: Vec<&Step<'_>> = Vec::new();
        let mut worked_in = Vec::new();
        for step in &stage.steps {
            if step.copy().is_some() {
                copies.push(step);
            }
            if !step.is_run() {
                continue;
            }
            if step.is_readable() {
                changes(document, stage, step, &copies, &worked_in, report);
            }
            copies.clear();
            worked_in.extend(step.in_force.workdir.clone());
        }
    }
}

fn changes(
    document: &Document<'_>,
    stage: &Stage<'_>,
    run: &Step<'_>,
    copies: &[&Step<'_>],
    worked_in: &[Arc<str>],
    report: &mut Reporter<'_>,
) {
    let is_alone = run.commands().count() == 1;
    for command in run.commands() {
        let Some(change) = mode_change(run, command).filter(|change| !change.is_special()) else { continue };
        let changed: Vec<&&Step<'_>> = copies.iter().filter(|copy| is_of(&change, copy)).into_list();
        let Some(copy) = changed.last() else { continue };
        // What earlier RUNs made there, no COPY can give to anybody.
        let is_shared = |path: &String| worked_in.iter().any(|folder| is_within(folder, path));
        if change.is_recursive && change.paths.iter().any(is_shared) {
            continue;
        }
        let is_next = copy.index + 1 == run.index;
        let case = if is_next && is_alone && !change.is_recursive { "adjacent" } else { "later" };
        let path = change.paths.first().map(String::as_str).unwrap_or_default();
        let message = format!("`{}` stores `{path}` a second time", change.flag);
        let finding = report.at(case, command.range, message);
        // What runs before it might tell the difference.
        let is_first = run.commands().next().is_some_and(|first| first.range == command.range);
        let is_mendable = is_next
            && is_first
            && changed.len() == 1
            && run.instruction.flags.is_empty()
            && run.outer.comments.is_empty()
            && !document.has_comment_above(run.outer)
            && (!change.is_recursive
                || is_alone && change.flag == "chown" && !is_worked_in_later(document, stage, run));
        if is_mendable && let Some(edits) = edits(document, &change, copy, run, command) {
            offer(document, copy, &change, edits, finding);
        }
    }
}

fn offer(document: &Document<'_>, copy: &Step<'_>, change: &ModeChange<'_>, edits: Vec<Edit>, finding: &mut Finding) {
    let title = format!("Copy with --{}", change.flag);
    let parent = |path: &String| {
        path.rsplit_once('/').map(|(parent, _)| if parent.is_empty() { "/" } else { parent }.to_owned())
    };
    let leaves_folders = change.suits_folders()
        || change.paths.iter().all(|path| parent(path).is_some_and(|parent| copy.has_folder(&parent)));
    match change.support(document) {
        FlagSupport::No => {}
        _ if change.is_recursive => {
            finding.fix(Review, format!("{title}; the folder itself keeps its owner and mode"), edits);
        }
        FlagSupport::Recent => {
            finding.fix(Review, format!("{title}, which builders before 2025 do not know with letters"), edits);
        }
        FlagSupport::Sure if leaves_folders => finding.fix(Safe, title, edits),
        FlagSupport::Sure => finding.fix(Review, format!("{title}, also of folders that the copy makes"), edits),
    }
}

/// Whether a copy brought what is changed: exactly the files, or for a recursive change something below the folder.
fn is_of(change: &ModeChange<'_>, step: &Step<'_>) -> bool {
    if change.is_recursive {
        let destination = step.copy().and_then(|copy| step.absolute_path(&copy.destination.text));
        return destination.is_some_and(|destination| change.paths.iter().any(|path| is_within(&destination, path)));
    }
    let files = copied_files(step);
    change.paths.iter().all(|path| files.contains(path))
}

/// The files that a step copies, where they are surely files: what a folder holds is not changed with the folder.
fn copied_files(step: &Step<'_>) -> Vec<String> {
    let Some(copy) = step.copy() else { return Vec::new() };
    let Some(destination) = step.absolute_path(&copy.destination.text) else { return Vec::new() };
    let is_into_folder = copy.destination.text.ends_with('/') || matches!(copy.destination.text.as_str(), "." | "..");
    let is_program_folder =
        |path: &str| path.rsplit('/').nth(1).is_some_and(|folder| folder == "bin" || folder == "sbin");
    let file = |source: &Source| match source {
        Source::Heredoc(..) if is_into_folder => None,
        Source::Heredoc(..) => Some(destination.clone()),
        Source::Path(word) => {
            let name = crate::path::last_part(&word.text);
            let is_name = !matches!(name, "" | "." | "..") && word.is_plain() && !name.contains(['*', '?', '[']);
            let is_unpacked = step.kind() == InstructionKind::Add && name.contains(".t");
            // The content of a folder would be copied, without its name.
            let is_file = is_into_folder || has_ending_of_files(name) || is_program_folder(&destination);
            let path = if is_into_folder {
                format!("{}/{name}", destination.trim_end_matches('/'))
            } else {
                destination.clone()
            };
            (is_name && is_file && !is_unpacked).then_some(path)
        }
    };
    copy.sources.iter().filter_map(file).into_list()
}

/// Whether folders are not named like that, as `conf.d` and `example.org` are: a mode of a `COPY` would be that of every file below them.
fn has_ending_of_files(name: &str) -> bool {
    const OF_FILES: &str = "asc bash bashrc bat bin cer cert cfg cjs cmd cnf conf crt cron crontab css csv deb ear env exe gpg groovy gz htm html \
        ini j2 jar jks js json key keystore list lua md mjs netrc npmrc p12 pem php pl profile properties ps1 pub py rb repo rpm rules service sh \
        so sources sql template tgz tmpl toml tpl ts txt war whl xml yaml yml zip zsh";
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.is_one_of(OF_FILES))
}

/// Whether somebody other than root runs something in a later step: they may count on owning the folder itself.
fn is_worked_in_later(document: &Document<'_>, stage: &Stage<'_>, run: &Step<'_>) -> bool {
    stage.steps.iter().skip(run.index + 1).any(|later| later.is_run() && document.runner(later) != Runner::Root)
}

/// Moves the mode or owner into the copy, and takes the command away; the RUN too where it does nothing else.
fn edits(
    document: &Document<'_>,
    change: &ModeChange<'_>,
    copy: &Step<'_>,
    run: &Step<'_>,
    command: &Command,
) -> Option<Vec<Edit>> {
    let arguments = copy.copy()?;
    // Linked layers bring folders of their own, which would have the mode and owner too.
    let has_flag = ["link", "checksum", change.flag].iter().any(|flag| copy.instruction.flag(flag).is_some());
    let is_whole = change.is_recursive || arguments.sources.len() == change.paths.len();
    if has_flag || !is_whole || copy.is_trigger || run.is_trigger {
        return None;
    }
    let at = copy.instruction.keyword.range.end();
    let [script] = &run.scripts[..] else { return None };
    let removal = drop_command(document, run, script, command)?;
    // Without a group the builder gives the files that with the number of the user, and `chown` lets them keep root's.
    let group = if change.flag == "chown" && !change.value.contains(':') { ":0" } else { "" };
    Some(vec![insert(at, format!(" --{}={}{group}", change.flag, change.value)), removal])
}
