//! Addresses of one deployment in the environment of the image.

use crate::packages::url_host;
use crate::rules::prelude::*;
use crate::table::words_of;
use std::net::IpAddr;

pub const RULE: Rule = Rule {
    id: "environment-specific-env",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Address of one deployment in the image",
    summary: "Leave addresses of databases and services to whoever starts the container.",
    why: "
Whoever starts the container knows where its database is; the image does not. With the address in `ENV` the image for the test environment is another one
than that for production, and what was tested is not what ships.

Leave the variable unset, or give it a value that does no harm, and supply the real one with `-e`, `--env-file` or the orchestrator.
",
    leave_it_when: "The address is the same wherever the image will ever run.",
    references: &["https://12factor.net/config", "https://docs.docker.com/reference/cli/docker/container/run/#env"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nENV «DATABASE_URL»=postgres://db01.prod.example.net:5432/shop\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n",
            "FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n",
        ),
        reviewed(
            "FROM python:3.13-slim\nENV LANG=C.UTF-8 «API_HOST»=10.20.0.7\nCMD [\"python\", \"/app.py\"]\n",
            "FROM python:3.13-slim\nENV LANG=C.UTF-8\nCMD [\"python\", \"/app.py\"]\n",
        ),
        reviewed(
            "FROM python:3.13-slim\nENV «API»=\"https://api.staging.shop.net/v1\"\nCMD [\"python\", \"/app.py\"]\n",
            "FROM python:3.13-slim\nCMD [\"python\", \"/app.py\"]\n",
        ),
        flagged("FROM python:3.13-slim\nENV «BROKER»=amqp://mq.shop.net\nENV QUEUE=$BROKER/jobs\nCMD [\"python\", \"/app.py\"]\n"),
        clean("FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\"]\n"),
        clean("FROM python:3.13-slim\nENV DATABASE_URL=postgres://db:5432/shop REDIS_URL=redis://localhost:6379 LISTEN_ADDR=0.0.0.0 HOST=127.0.0.1 ADDRESS=10.0.0.1\nCMD [\"python\"]\n"),
        clean("FROM python:3.13-slim\nENV PIP_INDEX_URL=https://pypi.test.shop.net/simple GOPROXY=https://go.dev.shop.net https_proxy=http://10.0.0.1:3128\n"),
        clean("FROM python:3.13-slim\nENV DOCS=https://docs.shop.net/ MIRROR=https://dev.mysql.com/get VERSION=10.0.0.1 SAMPLE=postgres://db.example.com/a\n"),
        clean("FROM python:3.13-slim AS dev\nENV API_HOST=10.20.0.7\n"),
    ],
    check,
};

/// Schemes of addresses at which one finds what only one deployment has.
const SERVICES: &str =
    "postgres postgresql mysql mariadb mongodb mongodb+srv redis rediss amqp amqps kafka nats ldap ldaps smtp mssql";

/// Labels of a host's name that say which deployment it belongs to.
const DEPLOYMENTS: &str = "staging stage qa uat preprod prod production test internal";

/// How names of variables end that hold an address.
const ENDINGS: &str = "HOST ADDR ADDRESS SERVER ENDPOINT URL URI";

/// How names of variables end that say where to download from, which is the same everywhere.
const DOWNLOADS: &str = "_INDEX_URL _REGISTRY _MIRROR _REPO _PROXY GOPROXY _DOWNLOAD_URL";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    for step in document.chain_steps(stage) {
        for pair in step.env_pairs() {
            let name = pair.key.text.to_ascii_uppercase();
            let Some(value) = pair.value.value() else { continue };
            if name.ends_with_any(DOWNLOADS) {
                continue;
            }
            let Some(host) = host_of_one_deployment(&name, &value) else { continue };
            let finding = report.here(
                pair.key.range,
                format!("`{}` fixes `{host}`, an address that one deployment has", pair.key.text),
            );
            if document.is_expanded(&pair.key.text) {
                continue;
            }
            if let Some(edit) = document.pair_to_go(step, step.env_pairs(), pair) {
                finding.fix(Review, "Remove it, and set it when the container is started", [edit]);
            }
        }
    }
}

/// The host that a value names, where it belongs to one deployment.
fn host_of_one_deployment<'v>(name: &str, value: &'v str) -> Option<&'v str> {
    let address = value.strip_prefix("jdbc:").unwrap_or(value);
    let Some((scheme, _)) = address.split_once("://") else {
        let is_private = value.parse().is_ok_and(is_private);
        // `ADDRESS` alone is the address of the container itself.
        return (is_private && name.contains('_') && name.ends_with_any(ENDINGS)).then_some(value);
    };
    let host = url_host(address)?;
    if let Ok(ip) = host.parse() {
        return is_private(ip).then_some(host);
    }
    let is_open = host.contains('.') && !is_example(host);
    let names_deployment = || host.split('.').any(|label| label.split('-').any(|part| part.is_one_of(DEPLOYMENTS)));
    let is_meant = scheme.is_one_of(SERVICES) || (scheme.starts_with("http") && names_deployment());
    (is_open && is_meant).then_some(host)
}

/// Names that nobody owns. <https://www.rfc-editor.org/rfc/rfc2606>
fn is_example(host: &str) -> bool {
    words_of("example.com example.org").any(|name| host == name || host.ends_with(&format!(".{name}")))
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private(),
        IpAddr::V6(ip) => ip.is_unique_local(),
    }
}
