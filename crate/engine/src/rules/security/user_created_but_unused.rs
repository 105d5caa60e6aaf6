//! A user is created, and the program runs as root all the same.

use crate::document::{Account, CreatedUser};
use crate::fix::{switch_title, switch_user};
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "user-created-but-unused",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[tally("tally/user-created-but-never-used")],
    cases: &[],
    supersedes: &[],
    title: "A user that nothing runs as",
    summary: "Switch with USER to the user that the image creates.",
    why: "
An account does nothing by itself. As long as no `USER` names it, every process in the container starts as root, and whoever gets
through a hole in the program owns every file in the image and on mounted volumes.

The work is nearly done: put `USER` behind everything that has to be installed as root, in front of `ENTRYPOINT` and `CMD`. Files that
the program writes must belong to that user.
",
    leave_it_when: "A start script that is not in the Dockerfile switches to the user, or the platform that runs the container does.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#user",
        "https://www.docker.com/blog/understanding-the-docker-user-instruction/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nRUN useradd --system «app»\nCOPY server /usr/local/bin/server\nCMD [\"server\"]\n",
            "FROM debian:13-slim\nRUN useradd --system app\nCOPY server /usr/local/bin/server\nUSER app\nCMD [\"server\"]\n",
        ),
        reviewed(
            "FROM alpine:3.23\r\nRUN addgroup -S web && \\\r\n    adduser -S -G web -h /srv -D «web»\r\n\r\n# How to start it.\r\nHEALTHCHECK CMD [\"up\"]\r\nENTRYPOINT [\"serve\"]\r\n",
            "FROM alpine:3.23\r\nRUN addgroup -S web && \\\r\n    adduser -S -G web -h /srv -D web\r\n\r\nUSER web\r\n# How to start it.\r\nHEALTHCHECK CMD [\"up\"]\r\nENTRYPOINT [\"serve\"]\r\n",
        ),
        reviewed(
            "FROM python:3.13-slim\nRUN <<EOF\nset -e\nadduser --disabled-password --gecos '' «'worker'»\nEOF\nCMD [\"python\", \"/srv/job.py\"]\n",
            "FROM python:3.13-slim\nRUN <<EOF\nset -e\nadduser --disabled-password --gecos '' 'worker'\nEOF\nUSER worker\nCMD [\"python\", \"/srv/job.py\"]\n",
        ),
        reviewed(
            "FROM debian:13-slim\nRUN [\"useradd\", «\"app\"»]\nUSER root\nEXPOSE 8080\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nRUN [\"useradd\", \"app\"]\nUSER app\nEXPOSE 8080\nCMD [\"serve\"]\n",
        ),
        reviewed(
            "FROM debian:13-slim AS base\nRUN groupadd app && useradd -g app «app» && usermod -aG audio app\nFROM base\nCOPY . /srv\nCMD [\"serve\"]\n",
            "FROM debian:13-slim AS base\nRUN groupadd app && useradd -g app app && usermod -aG audio app\nFROM base\nCOPY . /srv\nUSER app\nCMD [\"serve\"]\n",
        ),
        // Its number says to everybody that it is not root.
        reviewed(
            "FROM debian:13-slim\nRUN useradd -u 1001 «app»\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nRUN useradd -u 1001 app\nUSER 1001\nCMD [\"serve\"]\n",
        ),
        // Only root can create a user, so this base runs as root, whatever it is.
        reviewed(
            "ARG BASE\nFROM $BASE\nRUN useradd «app»\nENTRYPOINT [\"serve\"]\n",
            "ARG BASE\nFROM $BASE\nRUN useradd app\nUSER app\nENTRYPOINT [\"serve\"]\n",
        ),
        // What comes after CMD still needs root.
        flagged("FROM debian:13-slim\nRUN useradd «app»\nCMD [\"serve\"]\nRUN apt-get update\n"),
        // Which of the two is meant?
        flagged("FROM debian:13-slim\nRUN useradd web && useradd «worker»\nCMD [\"serve\"]\n"),
        // What the base image starts may be meant for root.
        flagged("FROM python:3.13-slim\nRUN useradd «app»\nUSER root\nCOPY . /srv\n"),
        // The script may switch by itself.
        flagged("FROM debian:13-slim\nRUN useradd «app»\nCOPY start.sh /\nENTRYPOINT [\"/start.sh\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd --system app\nCOPY server /usr/local/bin/server\nUSER app\nCMD [\"server\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd -u 10001 app\nUSER 10001\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nARG WHO=app\nRUN useradd app\nUSER ${WHO}\nCMD [\"serve\"]\n"),
        // It was used, so the last USER is what is wrong.
        clean("FROM debian:13-slim\nRUN useradd app\nUSER app\nRUN make\nUSER root\nCMD [\"serve\"]\n"),
        // Something belongs to it, or is done as it.
        clean("FROM debian:13-slim\nRUN useradd app\nCOPY --chown=app:app . /srv\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd -u 1001 app && chown -R 1001:0 /srv\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd app && chown app.app /srv\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd app && ./configure --user=app\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd app\nRUN su app -c 'make install'\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd app\nENTRYPOINT [\"gosu\", \"app\", \"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd web && useradd worker && chown web: /srv\nCMD [\"serve\"]\n"),
        // Whether the user was there before, or what it is called, is not known.
        clean("FROM debian:13-slim\nRUN id app || useradd app\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nARG WHO\nRUN useradd $WHO\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN adduser www-data audio\nCMD [\"serve\"]\n"),
        // Daemons have a setting for who does the work.
        clean("FROM debian:13-slim\nRUN useradd www && make install\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        clean("FROM postgres:18\nRUN useradd report\n"),
        clean("FROM debian:13-slim\nRUN useradd -m admin && echo 'admin:x' | chpasswd -e\nCMD [\"/usr/sbin/sshd\", \"-D\"]\n"),
        // An image for others to build on or to work in.
        clean("FROM debian:13-slim\nRUN useradd -m vscode\n"),
        clean("FROM debian:13-slim AS dev\nRUN useradd app\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim AS build\nRUN useradd app\nFROM debian:13-slim\nUSER 1000\nCMD [\"serve\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some(root) = document.root(stage) else { return };
    let Some(user) = document.unused_user(stage) else { return };
    let script = document.unseen_start_script(stage);
    let started = match script {
        Some(script) => format!("`{script}` starts as root"),
        None => "the program runs as root".to_owned(),
    };
    let message = format!("`{}` is created, but nothing here switches to it: {started}", user.name);
    let finding = report.here(user.word.range, message);
    // A script may switch, and need root until then.
    if script.is_some() {
        return;
    }
    let Some(account) = account(document, stage, &user) else { return };
    if let Some(edits) = switch_user(document, stage, &root, &account, &document.state(stage)) {
        finding.fix(Review, switch_title(&account), edits);
    }
}

/// The user as who the program is to run, where it is surely this one. A program that the base image starts may be meant for root.
fn account(document: &Document<'_>, stage: &Stage<'_>, user: &CreatedUser<'_, '_>) -> Option<Account> {
    let starts = document.entrypoint(stage).is_some() || document.cmd(stage).is_some();
    let is_only = document.created_users(stage).iter().all(|other| other.name == user.name);
    Account::of(document, stage).filter(|account| starts && is_only && account.name == user.name)
}
