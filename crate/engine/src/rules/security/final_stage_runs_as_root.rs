//! The container runs as root.

use crate::document::{Account, Root, is_root};
use crate::fix::{switch_title, switch_user};
use crate::packages::build;
use crate::rules::prelude::*;
use layerwise_syntax::Word;

pub const RULE: Rule = Rule {
    id: "final-stage-runs-as-root",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[cis("4.1")],
    cases: &[
        Case::new("explicit").codes(&[
            hadolint("DL3002"),
            checkov("CKV_DOCKER_8"),
            trivy("DS-0002"),
            kics("Last User Is 'root'"),
            semgrep("last-user-is-root"),
            droast("DF002"),
        ]),
        Case::new("implicit").codes(&[
            checkov("CKV_DOCKER_3"),
            trivy("DS-0002"),
            kics("Missing User Instruction"),
            semgrep("missing-user"),
            semgrep("missing-user-entrypoint"),
            dockle("CIS-DI-0001"),
            droast("DF020"),
        ]),
        Case::new("stateful").codes(&[tally("tally/stateful-root-runtime")]).off(),
        Case::new("builder").codes(&[hadolint("DL3002")]).off(),
    ],
    supersedes: &[],
    title: "The container runs as root",
    summary: "Create an unprivileged user and switch to it with USER before the program starts.",
    why: "
Root in a container is root for the kernel. Whoever gets through a hole in the program owns every file in the image and on mounted
volumes, and stands in the best place to break out.

An ordinary user costs two lines: one `RUN` that creates it, and `USER` behind everything that has to be installed as root. Name it by its
number: a cluster that refuses to run root cannot look up names. Files that the program writes must belong to that user.
",
    leave_it_when: "The program has to start as root and gives it up by itself, or the platform runs the container as another user.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#user",
        "https://github.com/hadolint/hadolint/wiki/DL3002",
        "https://avd.aquasec.com/misconfig/ds-0002",
        "https://www.cisecurity.org/benchmark/docker",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html#rule-2---set-a-user",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM «python:3.13-slim»\nCOPY app.py /srv/app.py\nCMD [\"python\", \"/srv/app.py\"]\n",
            "FROM python:3.13-slim\nCOPY app.py /srv/app.py\nRUN useradd --system --uid 10001 --create-home appuser\nUSER 10001\nCMD [\"python\", \"/srv/app.py\"]\n",
        )
        .case("implicit"),
        reviewed(
            "FROM «node:24-alpine» AS app\r\nWORKDIR /app\r\nCOPY . .\r\n# How to start it.\r\nHEALTHCHECK CMD [\"node\", \"up.js\"]\r\nCMD [\"node\", \".\"]\r\n",
            "FROM node:24-alpine AS app\r\nWORKDIR /app\r\nCOPY . .\r\nUSER node\r\n# How to start it.\r\nHEALTHCHECK CMD [\"node\", \"up.js\"]\r\nCMD [\"node\", \".\"]\r\n",
        )
        .case("implicit"),
        reviewed(
            "from «alpine:3.23»\nrun apk add --no-cache darkhttpd\n  entrypoint [\"darkhttpd\", \"/srv\"]\n",
            "from alpine:3.23\nrun apk add --no-cache darkhttpd\n  run addgroup -S app && adduser -S -G app -u 10001 app\n  user 10001\n  entrypoint [\"darkhttpd\", \"/srv\"]\n",
        )
        .case("implicit"),
        reviewed(
            "FROM golang:1.26 AS build\nRUN go build -o /api .\n\nFROM «scratch»\nCOPY --from=build /api /api\nENTRYPOINT [\"/api\"]\n",
            "FROM golang:1.26 AS build\nRUN go build -o /api .\n\nFROM scratch\nCOPY --from=build /api /api\nUSER 65532:65532\nENTRYPOINT [\"/api\"]\n",
        )
        .case("implicit"),
        // A stage of this file is what it is built from; a user that exists and owns files is the one to use.
        reviewed(
            "FROM debian:13-slim AS base\nRUN useradd app && mkdir /app && chown app: /app\nFROM «base»\nCMD [\"serve\"]\n",
            "FROM debian:13-slim AS base\nRUN useradd app && mkdir /app && chown app: /app\nFROM base\nUSER app\nCMD [\"serve\"]\n",
        )
        .case("implicit"),
        // Nobody but root may enter root's home.
        flagged("FROM «debian:13-slim»\nENV PATH=/root/.local/bin:$PATH\nCMD [\"serve\"]\n").case("implicit"),
        flagged("FROM «debian:13-slim»\nWORKDIR /root\nCMD [\"serve\"]\n").case("implicit"),
        flagged("FROM «debian:13-slim»\nCOPY settings.toml /root/.config/\nCMD serve --home ~/.serve\n").case("implicit"),
        // Tools keep there what the program needs, or others are kept out of it.
        flagged("FROM «python:3.13-slim»\nWORKDIR /app\nCOPY . .\nRUN pip install pipenv==2026.0.0 && pipenv install --deploy\nCMD [\"pipenv\", \"run\", \"serve\"]\n").case("implicit"),
        flagged("FROM «python:3.13-slim»\nCOPY . .\nRUN poetry install\nCMD [\"poetry\", \"run\", \"serve\"]\n").case("implicit"),
        flagged("FROM «node:24-slim»\nCOPY . .\nRUN corepack enable && npm ci && npx playwright install chromium\nCMD [\"node\", \".\"]\n").case("implicit"),
        flagged("FROM «node:24-slim»\nCOPY . .\nRUN corepack enable && yarn install\nCMD [\"yarn\", \"start\"]\n").case("implicit"),
        flagged("FROM «python:3.13-slim»\nCOPY app /app\nRUN chmod -R 700 /app\nCMD [\"python\", \"/app\"]\n").case("implicit"),
        flagged("FROM «python:3.13-slim»\nCOPY --chmod=750 start.py /\nCMD [\"/start.py\"]\n").case("implicit"),
        reviewed(
            "FROM «python:3.13-slim»\nRUN poetry config virtualenvs.create false && poetry install && chmod 600 ~/.netrc\nCMD [\"python\", \"-m\", \"app\"]\n",
            "FROM python:3.13-slim\nRUN poetry config virtualenvs.create false && poetry install && chmod 600 ~/.netrc\nRUN useradd --system --uid 10001 --create-home appuser\nUSER 10001\nCMD [\"python\", \"-m\", \"app\"]\n",
        )
        .case("implicit"),
        // What it keeps belongs to root, unless it is given away. A daemon may need more than that.
        flagged("FROM «debian:13-slim»\nRUN mkdir -p /var/lib/serve\nCMD [\"serve\"]\n").case("implicit"),
        reviewed(
            "FROM «node:24-slim»\nCOPY . /app\n# What it keeps.\nVOLUME /data\nCMD [\"node\", \"/app\"]\n",
            "FROM node:24-slim\nCOPY . /app\nRUN mkdir -p /data && chown -R node /data\nUSER node\n# What it keeps.\nVOLUME /data\nCMD [\"node\", \"/app\"]\n",
        )
        .case("implicit"),
        // Nobody knows what else is there, or who needs it.
        flagged("FROM «python:3.13-slim»\nVOLUME /etc/serve\nCMD [\"python\", \"/serve.py\"]\n").case("implicit"),
        flagged("FROM «python:3.13-slim»\nVOLUME /data\nRUN make\nCMD [\"python\", \"/serve.py\"]\n").case("implicit"),
        reviewed(
            "FROM «debian:13-slim»\nRUN useradd app && mkdir /data && chown -R app:app /data\nVOLUME /data /tmp\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nRUN useradd app && mkdir /data && chown -R app:app /data\nVOLUME /data /tmp\nUSER app\nCMD [\"serve\"]\n",
        )
        .case("implicit"),
        // Its work takes root, as far as can be seen, or its author says so.
        flagged("FROM «debian:13-slim»\nRUN apt-get install -y iptables=1.8.11\nCMD [\"watch-rules\"]\n").case("implicit"),
        flagged("FROM «debian:13-slim»\n# Must run as root to read the sockets.\nCMD [\"serve\"]\n").case("implicit"),
        flagged("FROM «debian:13-slim»\nRUN useradd app && chown app /srv\nCOPY start.sh /\nCMD [\"/start.sh\"]\n").case("implicit"),
        // The stage that says so is one for development, and this one is not.
        flagged("FROM registry.example.com/team/base:4 AS dev\nUSER root\nFROM «dev» AS prod\nCMD [\"serve\"]\n").case("explicit"),
        // What comes after CMD still needs root.
        flagged("FROM «python:3.13-slim»\nCMD [\"python\", \"/app.py\"]\nRUN pip install flask==3.1.2\n").case("implicit"),
        // Nobody knows how this image creates users.
        flagged("FROM «registry.example.com/team/base:4»\nCOPY app /app\nENTRYPOINT [\"/app\"]\n").case("implicit"),
        flagged("FROM «debian:13-slim»\nVOLUME /data\nCMD [\"serve\"]\n")
            .case("stateful")
            .config(Config { ignore: &["final-stage-runs-as-root/implicit"], ..Config::DEFAULT }),
        reviewed(
            "FROM debian:13-slim\nUSER «root»\nVOLUME /tmp/cache\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nRUN useradd --system --uid 10001 --create-home appuser\nUSER 10001\nVOLUME /tmp/cache\nCMD [\"serve\"]\n",
        )
        .case("explicit"),
        flagged("FROM debian:13-slim\nUSER «root»\nVOLUME /data\nCMD [\"serve\", \"/data\"]\n").case("explicit"),
        reviewed(
            "FROM grafana/grafana:12.1.0\nUSER grafana\nUSER «0:0»\nRUN apk add --no-cache curl\n",
            "FROM grafana/grafana:12.1.0\nUSER grafana\nUSER 0:0\nRUN apk add --no-cache curl\nUSER grafana\n",
        )
        .case("explicit"),
        flagged("FROM jenkins/jenkins:2.528.1\nUSER «root»\nRUN apt-get update && apt-get install -y make\n").case("explicit"),
        flagged("FROM debian:13-slim\nARG WHO=root\nUSER «$WHO»\nCMD [\"serve\"]\nRUN make\n").case("explicit"),
        clean(
            "FROM python:3.13-slim\nRUN useradd --system --uid 10001 --create-home appuser\nCOPY app.py /srv/app.py\nUSER 10001\nCMD [\"python\", \"/srv/app.py\"]\n",
        ),
        flagged("FROM debian:13 AS build\nUSER «0:0»\nRUN make\nFROM debian:13-slim\nUSER 1000\nCMD [\"serve\"]\n").case("builder"),
        clean("FROM debian:13-slim\nUSER root\nRUN apt-get update\nUSER 1000\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nARG WHO\nUSER $WHO\nCMD [\"serve\"]\n"),
        clean("FROM gcr.io/distroless/static-debian13:nonroot\nCOPY api /api\nENTRYPOINT [\"/api\"]\n"),
        clean("ARG BASE\nFROM $BASE\nCMD [\"serve\"]\n"),
        // What an unknown image starts, and as whom, stays its own business.
        clean("FROM registry.example.com/team/base:4\nCOPY app.conf /etc/app.conf\n"),
        clean("FROM our-base-of-yesterday\nCOPY app.conf /etc/app.conf\n"),
        // Files to take out, and images for others to build on or with.
        clean("FROM scratch\nCOPY bin/ /\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y make\n"),
        clean("FROM golang:1.26\nRUN go install example.com/tool@v1.2.0\n"),
        // These start as root on purpose and give it up.
        clean("FROM postgres:18\nCOPY init.sql /docker-entrypoint-initdb.d/\n"),
        clean("FROM nginx:1.30\nENTRYPOINT [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        clean("FROM debian:13-slim\nENTRYPOINT [\"tini\", \"--\", \"gosu\", \"app\", \"serve\"]\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache su-exec\nCOPY start.sh /\nENTRYPOINT [\"/start.sh\"]\n"),
        clean(
            "FROM alpine:3.23\nCOPY <<EOF /start.sh\n#!/bin/sh\nchown -R app /data\nexec setpriv --reuid app serve\nEOF\nENTRYPOINT [\"/start.sh\"]\n",
        ),
        clean("FROM alpine:3.23\nRUN apk add --no-cache 'su-exec>=0.2'\nENTRYPOINT [\"/start.sh\"]\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache nginx\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        clean("FROM debian:13-slim\nCMD [\"php-fpm8.4\", \"-F\"]\n"),
        clean("FROM alpine:3.23\nCMD [\"named\", \"-u\", \"named\", \"-f\"]\n"),
        clean("FROM debian:13-slim\nCMD sudo -E -u app serve\n"),
        clean("FROM debian:13-slim\nCMD [\"start-stop-daemon\", \"--chuid\", \"app\", \"--exec\", \"/serve\"]\n"),
        clean("FROM debian:13-slim\nCMD su - app -c serve\n"),
        // These do what only root can.
        clean("FROM debian:13-slim\nCMD [\"/sbin/my_init\"]\n"),
        clean("FROM debian:13-slim\nVOLUME /var/lib/docker\nENTRYPOINT [\"builder\"]\n"),
        // A file system for others to build on.
        clean("FROM scratch\nADD rootfs.tar.xz /\nCMD [\"sh\"]\n"),
        clean("FROM debian:13-slim\nRUN mkdir /run/sshd\nCMD [\"/usr/sbin/sshd\", \"-D\"]\n"),
        // It has settings of its own for who runs what it starts; people log in here; another file says what starts.
        clean("FROM debian:13-slim\nCOPY apps.conf /etc/\nCMD [\"supervisord\", \"-n\"]\n"),
        clean("FROM debian:13-slim\nEXPOSE 22\nCMD [\"/start.sh\"]\n"),
        clean("FROM python:3.13-slim\nCOPY . /srv\n"),
        // Somebody works in there, or from an editor.
        clean("FROM debian:13-slim\nCOPY entry.sh /\nENTRYPOINT [\"/entry.sh\"]\nCMD [\"bash\"]\n"),
        clean("FROM mcr.microsoft.com/devcontainers/base:2-trixie\nUSER root\nRUN apt-get update\n"),
        clean("FROM golang:1.26\nCMD [\"sleep\", \"infinity\"]\n"),
        clean("FROM debian:13-slim\nENTRYPOINT [\"tail\", \"-f\", \"/dev/null\"]\n"),
        clean("FROM ruby:3.4\nARG USERNAME=vscode\nCMD [\"sleep\", \"infinity\"]\n"),
        clean("FROM nvidia/cuda:13.0.1-devel-ubuntu24.04\nRUN make tools\n"),
        // A stage for development, and Windows, which has no root.
        clean("FROM node:24 AS dev\nCMD [\"npm\", \"run\", \"watch\"]\n"),
        clean("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD [\"serve.exe\"]\n"),
        // Here another rule says what is missing: USER for the user that is there.
        clean("FROM debian:13-slim\nRUN useradd -r -s /bin/false app\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim\nRUN useradd -m app\nENTRYPOINT [\"chroot\", \"--userspec=app:app\", \"/\", \"serve\"]\n"),
        // What it builds is written beside the source, which is root's.
        flagged("FROM «debian:13-slim»\nCOPY . /src\nCMD [\"make\", \"-C\", \"/src\", \"test\"]\n").case("implicit"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    final_stage(document, report);
    for stage in document.stages() {
        let is_user = |step: &&Step<'_>| step.kind() == InstructionKind::User;
        let last = stage.own_steps().rfind(is_user).map(|step| &step.instruction.arguments);
        if let Some(Arguments::User(user)) = last
            && is_root(&user.text)
            && !report.has_told_of(user.range)
        {
            report.at("builder", user.range, "this stage ends as root");
        }
    }
}

fn final_stage(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some(root) = document.root(stage) else { return };
    if document.unused_user(stage).is_some() {
        return;
    }
    let Some((_, from)) = stage.from else { return };
    let state = document.state(stage);
    if let Some(path) = state.first() {
        report.at(
            "stateful",
            from.image.range,
            format!("The program runs as root, and what it keeps in `{path}` is root's"),
        );
    }
    let finding = match root {
        Root::Explicit { step, user } => {
            // Of a stage for development nothing is reported, of one that is built from it all.
            let is_in_dev = document.stage_of(step).is_some_and(|stage| stage.is_dev);
            let range = if is_in_dev { from.image.range } else { user.range };
            report.at("explicit", range, explicit_message(document, stage, user))
        }
        Root::Implicit { is_sure } => {
            report.at("implicit", from.image.range, implicit_message(document, stage, is_sure))
        }
    };
    // A script that nobody sees may switch to the user that is created, and need root until then.
    let may_switch = || document.unseen_start_script(stage).is_some() && !document.created_users(stage).is_empty();
    // What builds or tests writes beside the source, which is root's.
    const WRITERS: &str = "make ninja cmake mvn mvnw gradle gradlew tox nox pytest prove ctest rake tests";
    let builds =
        || document.start_commands(stage).iter().any(|command| build(command).is_some() || command.is_one_of(WRITERS));
    if document.starts_a_daemon(stage) || may_switch() || builds() {
        return;
    }
    let Some(account) = Account::of(document, stage) else { return };
    if let Some(edits) = switch_user(document, stage, &root, &account, &state) {
        finding.fix(Review, switch_title(&account), edits);
    }
}

fn explicit_message(document: &Document<'_>, stage: &Stage<'_>, user: &Word) -> String {
    format!("`USER {}` is the last word: the program runs as root{}", user.text, owned(document, stage))
}

fn implicit_message(document: &Document<'_>, stage: &Stage<'_>, is_sure: bool) -> String {
    let rest = if is_sure {
        owned(document, stage)
    } else {
        let base = document.chain_base(stage);
        let name = base.image().map_or("its base", |image| &image.repository);
        format!(" unless `{name}` sets another user")
    };
    format!("No `USER` is set, so the program runs as root{rest}")
}

/// What root owns of what the program keeps.
fn owned(document: &Document<'_>, stage: &Stage<'_>) -> String {
    document.state(stage).first().map(|path| format!(" and owns all of `{path}`")).unwrap_or_default()
}
