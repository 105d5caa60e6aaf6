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
    cases: &[],
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
        ),
        // Nobody can make it any more.
        flagged("FROM debian:13-slim\nRUN useradd app && mkdir /data\nUSER app\nVOLUME «/data»\nCMD [\"server\"]\n"),
        flagged("FROM scratch\nCOPY a /a\nVOLUME [«\"/data\"»]\nUSER 65532\nCMD [\"/a\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd --system --user-group app && install -d -o app -g app /data\nVOLUME /data\nUSER app\nCMD [\"server\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd -m app && mkdir -p /srv/data && chown -R app /srv\nVOLUME /srv/data /home/app/x /tmp/y\nUSER app\n"),
        clean("FROM debian:13-slim\nUSER 1000\nWORKDIR /data\nVOLUME /data\n"),
clean("FROM debian:13-slim\nCOPY --from=example/app:1 /data /data\nVOLUME /data\nUSER 1000\n"),
clean("FROM postgres:18\nVOLUME /x\nUSER postgres\n"),
        clean("FROM debian:13-slim\nVOLUME /data\nUSER root\n"),
clean("FROM example/app:1\nVOLUME /data\nUSER app\n"),
        // The package makes its own directory, for its own user.
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y redis\nVOLUME /var/lib/redis\nUSER redis\n"),
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
    for step in steps {
        let Arguments::Volume { paths, .. } = &step.instruction.arguments else { continue };
        for word in paths {
            let Some(path) = document.value_at(word, step).and_then(|path| step.absolute_path(&path)) else { continue };
            let is_users = words_of("/home /tmp /var/tmp").any(|folder| is_within(&path, folder));
            if is_users || opened.touches(&path) || !is_own && path.starts_with("/var/") {
                continue;
            }
            let finding =
                report.here(word.range, format!("`{path}` belongs to root, and the program runs as `{name}`"));
            let is_there = since.is_none_or(|since| since < (step.stage, step.index));
            let may_make = document.runner(step) == Runner::Root && is_there && step.in_force.shell.is_none();
            if may_make && step.stage == stage.index && paths.len() == 1 {
                let line = document.line_above(step.outer, "RUN", &format!("install -d -o {name} {path}"));
                finding.fix(Review, "Make the directory for the user", [line]);
            }
        }
    }
}
