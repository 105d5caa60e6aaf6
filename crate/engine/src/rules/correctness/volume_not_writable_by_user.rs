//! Volumes that the user may not write to.

use crate::document::{Opened, Runner, is_root, is_within};
use crate::rules::prelude::*;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "volume-not-writable-by-user",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("volume"),
        Case::new("app").severity(Severity::Info).codes(&[tally("tally/ruby/state-paths-not-writable-as-non-root")]),
    ],
    supersedes: &[],
    title: "A volume that its user cannot write to",
    summary: "The container's user cannot write to the directory meant for its data.",
    why: "
A new volume takes over the owner of the directory in the image. Where that is root, or where the directory is not there, the first write of an
unprivileged process ends with \"permission denied\".

Make the directory and give it to the user before `VOLUME`. It is also what lets you run the container with `--read-only`.
",
    leave_it_when: "The volume is only read, or the platform sets its owner.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#volume",
        "https://docs.docker.com/engine/storage/volumes/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nRUN useradd --system app\nVOLUME «/data»\nUSER app\nCMD [\"server\"]\n",
            "FROM debian:13-slim\nRUN useradd --system app\nRUN install -d -o app /data\nVOLUME /data\nUSER app\nCMD [\"server\"]\n",
        )
        .case("volume"),
        // Nobody can make it any more.
        flagged("FROM debian:13-slim\nRUN useradd app && mkdir /data\nUSER app\nVOLUME «/data»\nCMD [\"server\"]\n").case("volume"),
        flagged("FROM scratch\nCOPY a /a\nVOLUME [«\"/data\"»]\nUSER 65532\nCMD [\"/a\"]\n").case("volume"),
        flagged("FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\nRUN useradd app\nUSER app\n«CMD» [\"bundle\", \"exec\", \"rails\", \"server\"]\n").case("app"),
        clean("FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\nRUN useradd app && chown -R app log tmp\nUSER app\nCMD [\"bundle\", \"exec\", \"rails\", \"server\"]\n"),
        clean("FROM php:8.4-cli\nWORKDIR /\nCOPY . .\nRUN useradd app && chown -R app /storage\nUSER app\nCMD [\"php\", \"artisan\", \"serve\"]\n"),
        clean("FROM ruby:3.4-slim\nWORKDIR /app\nCOPY . .\nUSER 10001\nCMD [\"bundle\", \"exec\", \"puma\"]\n"),
        clean("FROM php:8.4-cli\nWORKDIR /app\nCOPY --chown=www-data . .\nRUN useradd app\nUSER app\nCMD [\"php\", \"artisan\", \"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd --system --user-group app && install -d -o app -g app /data\nVOLUME /data\nUSER app\nCMD [\"server\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd -m app && mkdir -p /srv/data && chown -R app /srv\nVOLUME /srv/data /home/app/x /tmp/y\nUSER app\n"),
        clean("FROM debian:13-slim\nUSER 1000\nWORKDIR /data\nVOLUME /data\n"),
clean("FROM debian:13-slim\nCOPY --from=example/app:1 /data /data\nVOLUME /data\nUSER 1000\n"),
clean("FROM postgres:18\nVOLUME /x\nUSER postgres\n"),
        clean("FROM debian:13-slim\nVOLUME /data\nUSER root\n"),
clean("FROM example/app:1\nVOLUME /data\nUSER app\n"),
        // The package makes its own directory, for its own user.
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y redis\nVOLUME /var/lib/redis\nUSER redis\n"),
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y postgresql\nUSER postgres\nVOLUME /etc/postgresql\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some((last, word)) = document.last_user(stage).filter(|_| document.starts_plain(stage)) else { return };
    let Some(user) = document.value_at(word, last).filter(|user| !is_root(user)) else { return };
    let name = user.split(':').next().unwrap_or_default();
    let steps = document.chain_steps(stage);
    let mut opened = Opened::default();
    steps.iter().for_each(|step| opened.note(document, step));
    let created = document.created_users(stage);
    let own = created.iter().rev().find(|created| created.name == name);
    let is_own = own.is_some() || name.bytes().all(|byte| byte.is_ascii_digit());
    let since = own.map(|created| (created.step.stage, created.step.index));
    if is_own {
        app(document, stage, &opened, name, report);
    }
    for step in steps {
        let Arguments::Volume { paths, .. } = &step.instruction.arguments else { continue };
        for word in paths {
            let Some(path) = document.value_at(word, step).and_then(|path| step.absolute_path(&path)) else { continue };
            let is_users = words_of("/home /tmp /var/tmp").any(|folder| is_within(&path, folder));
            // The package that made the account may have left it there.
            let is_packages = || words_of("/var /etc /opt /usr /srv").any(|folder| is_within(&path, folder));
            if is_users || opened.touches(&path) || !is_own && is_packages() {
                continue;
            }
            let finding =
                report.at("volume", word.range, format!("`{path}` belongs to root, and the program runs as `{name}`"));
            let is_there = since.is_none_or(|since| since < (step.stage, step.index));
            let may_make = document.runner(step) == Runner::Root && is_there && step.in_force.shell.is_none();
            if may_make && step.stage == stage.index && paths.len() == 1 {
                let line = document.line_above(step.outer, "RUN", &format!("install -d -o {name} {path}"));
                finding.fix(Review, "Make the directory for the user", [line]);
            }
        }
    }
}

/// Reports a framework that writes into its own tree, where that was copied for root.
fn app(document: &Document<'_>, stage: &Stage<'_>, opened: &Opened, name: &str, report: &mut Reporter<'_>) {
    let Some(folder) = stage.end.workdir.as_deref() else { return };
    let Some((start, process)) = document.main_process(stage) else { return };
    let writes = if process.is_one_of("rails") || process.is_one_of("bundle") && process.starts_with("exec rails") {
        "tmp"
    } else if process.is_one_of("php") && process.starts_with("artisan") {
        "storage"
    } else if process.is_one_of("next") && process.starts_with("start") {
        ".next/cache"
    } else {
        return;
    };
    let path = format!("{}/{writes}", folder.trim_end_matches('/'));
    let brings =
        |step: &Step<'_>| step.whole_context().is_some() && document.destination_of(step).as_deref() == Some(folder);
    if stage.own_steps().any(brings) && !opened.touches(&path) {
        let program = process.program().unwrap_or_default();
        let message = format!("`{program}` writes to `{path}`, which was copied for root, and runs as `{name}`");
        report.at("app", start.instruction.keyword.range, message);
    }
}
