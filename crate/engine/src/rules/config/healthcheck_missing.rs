//! Services of which nobody learns whether they answer.

use crate::fix::unless_for_score;
use crate::image::{self, ImageName, OsFamily};
use crate::packages::{install, package_name};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "healthcheck-missing",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("service").codes(&[
            hadolint("DL3057"),
            trivy("DS-0026"),
            checkov("CKV_DOCKER_2"),
            kics("Healthcheck Instruction Missing"),
            dockle("CIS-DI-0006"),
            cis("4.6"),
            tally("tally/ruby/healthcheck-rails-up-endpoint"),
            droast("DF012"),
        ]),
        Case::new("any-stage").codes(&[hadolint("DL3057"), trivy("DS-0026"), checkov("CKV_DOCKER_2")]).off(),
    ],
    supersedes: &[],
    title: "Service without a health check",
    summary: "Give a network service a HEALTHCHECK that asks it for an answer.",
    why: "
\"Up 3 days\" only says that the process exists. With a `HEALTHCHECK`, Docker, Compose and Swarm know whether the service answers: what depends on
it can wait for it, and a hung one can be replaced.

The check runs inside of the container, so use what the image has: the language itself, or the `wget` of Alpine. Let it ask for something
that needs what the service needs, and answer within its timeout.
",
    leave_it_when: "It runs on Kubernetes alone, which ignores HEALTHCHECK and has probes of its own, or nothing asks for its health.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#healthcheck",
        "https://github.com/hadolint/hadolint/wiki/DL3057",
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nCOPY server.js /app/server.js\nEXPOSE 3000\n«CMD» [\"node\", \"/app/server.js\"]\n",
            "FROM node:24-slim\nCOPY server.js /app/server.js\nEXPOSE 3000\nHEALTHCHECK CMD [\"node\", \"-e\", \"fetch('http://127.0.0.1:3000/').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))\"]\nCMD [\"node\", \"/app/server.js\"]\n",
        )
        .case("service"),
        reviewed(
            "FROM python:3.13-slim\nEXPOSE 8000/tcp\n# How it starts.\nENTRYPOINT [\"gunicorn\"]\n«CMD» [\"shop:app\"]\n",
            "FROM python:3.13-slim\nEXPOSE 8000/tcp\nHEALTHCHECK CMD [\"python\", \"-c\", \"import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/', timeout=3)\"]\n# How it starts.\nENTRYPOINT [\"gunicorn\"]\nCMD [\"shop:app\"]\n",
        )
        .case("service"),
        reviewed(
            "FROM alpine:3.23\nEXPOSE 80\n«CMD» [\"serve\"]\n",
            "FROM alpine:3.23\nEXPOSE 80\nHEALTHCHECK CMD [\"wget\", \"-q\", \"--spider\", \"http://127.0.0.1:80/\"]\nCMD [\"serve\"]\n",
        )
        .case("service"),
        // What a proxy says to `/` depends on who is behind it.
        flagged("FROM alpine:3.23\nRUN apk add --no-cache traefik\nEXPOSE 80\n«CMD» [\"traefik\"]\n").case("service"),
        // A script may start what is installed, or brought from elsewhere.
        flagged("FROM alpine:3.23\nRUN apk add --no-cache haproxy=3.0.5-r0\nCOPY start.sh /\nEXPOSE 80\n«ENTRYPOINT» [\"/start.sh\"]\n").case("service"),
        flagged("FROM alpine:3.23\nCOPY --from=traefik:v3 /usr/local/bin/traefik /usr/local/bin/\nEXPOSE 80\n«ENTRYPOINT» [\"/start.sh\"]\n").case("service"),
        flagged("FROM traefik:v3 AS proxy\nFROM alpine:3.23\nCOPY --from=proxy /usr/local/bin/traefik /usr/local/bin/\nEXPOSE 80\n«ENTRYPOINT» [\"/start.sh\"]\n").case("service"),
        flagged("FROM alpine:3.23\nEXPOSE 80\nENTRYPOINT [\"tini\", \"--\"]\n«CMD» [\"traefik\"]\n").case("service"),
        // What is only spoken of is no proxy.
        reviewed(
            "FROM alpine:3.23\nEXPOSE 80\n«CMD» [\"serve\", \"--behind\", \"traefik\"]\n",
            "FROM alpine:3.23\nEXPOSE 80\nHEALTHCHECK CMD [\"wget\", \"-q\", \"--spider\", \"http://127.0.0.1:80/\"]\nCMD [\"serve\", \"--behind\", \"traefik\"]\n",
        )
        .case("service"),
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nEXPOSE 80\n«CMD» [\"serve\"]\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nEXPOSE 80\nHEALTHCHECK CMD [\"curl\", \"-fsS\", \"-o\", \"/dev/null\", \"http://127.0.0.1:80/\"]\nCMD [\"serve\"]\n",
        )
        .case("service"),
        reviewed(
            "FROM ruby:4.0-slim\nEXPOSE 3000\n«CMD» [\"bundle\", \"exec\", \"puma\"]\n",
            "FROM ruby:4.0-slim\nEXPOSE 3000\nHEALTHCHECK CMD [\"ruby\", \"-rnet/http\", \"-e\", \"exit Net::HTTP.get_response(URI('http://127.0.0.1:3000/')).is_a?(Net::HTTPSuccess)\"]\nCMD [\"bundle\", \"exec\", \"puma\"]\n",
        )
        .case("service"),
        flagged("FROM node:14-slim\nEXPOSE 3000\n«CMD» [\"node\", \".\"]\n").case("service"),
        // Nothing here can ask, or nobody knows what.
        flagged("FROM debian:13-slim\nEXPOSE 80\n«CMD» [\"serve\"]\n").case("service"),
        flagged("FROM node:24-slim\nEXPOSE 80 443\n«CMD» [\"node\", \".\"]\n").case("service"),
        flagged("FROM node:24-slim\nEXPOSE 50051\n«CMD» [\"node\", \".\"]\n").case("service"),
        flagged("FROM node:24-slim\nEXPOSE 53/udp\n«CMD» [\"node\", \".\"]\n").case("service"),
        flagged("FROM node:24-slim\nEXPOSE $PORT\n«CMD» [\"node\", \".\"]\n").case("service"),
        flagged("FROM alpine:3.23 AS build\nRUN make\nFROM «alpine:3.23»\nCOPY --from=build /a /a\n").case("any-stage"),
        clean(
            "FROM node:24-slim\nCOPY server.js /app/server.js\nEXPOSE 3000\nHEALTHCHECK CMD [\"node\", \"/app/health.js\"]\nCMD [\"node\", \"/app/server.js\"]\n",
        ),
        clean("FROM node:24-slim AS base\nHEALTHCHECK NONE\nFROM base\nEXPOSE 80\nCMD [\"node\", \".\"]\n"),
        // A tool, a job, and something for development.
        clean("FROM node:24-slim\nCMD [\"node\", \"migrate.js\"]\n"),
        clean("FROM node:24-slim\nEXPOSE 3000\n"),
        clean("FROM alpine:3.23\nEXPOSE 3000\nENTRYPOINT [\"serve\"]\nCMD [\"--help\"]\n"),
        // Somebody logs in there, of which another rule speaks.
        clean("FROM debian:13-slim\nEXPOSE 22\nCMD [\"/usr/sbin/sshd\", \"-D\"]\n"),
        clean("FROM node:24-slim AS dev\nEXPOSE 3000\nCMD [\"node\", \".\"]\n"),
        // Nothing is in there that could ask.
        clean("FROM gcr.io/distroless/nodejs24-debian13\nEXPOSE 3000\nCMD [\"server.js\"]\n"),
        clean("FROM scratch\nCOPY serve /\nEXPOSE 80\nCMD [\"/serve\"]\n"),
        // An image that nobody here knows may bring its own.
        clean("FROM registry.example.com/team/base:4\nEXPOSE 80\nCMD [\"serve\"]\n"),
        flagged("FROM php:8.4-fpm-alpine\nEXPOSE 9000\n«CMD» [\"php-fpm\"]\n").case("service"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if service(document, report).is_none() {
        any_stage(document, report);
    }
}

/// Reports a service that nobody asks for its health.
fn service(document: &Document<'_>, report: &mut Reporter<'_>) -> Option<()> {
    let stage = document.final_stage().filter(|stage| !stage.is_windows)?;
    let steps = document.chain_steps(stage);
    let image = document.chain_base(stage).image().filter(|image| may_be_asked(image))?;
    let start = document.start(stage)?;
    let is_there = |kind: InstructionKind| steps.iter().any(|step| step.kind() == kind);
    if is_there(InstructionKind::Healthcheck)
        || !is_there(InstructionKind::Expose)
        || document.starts_prompt(stage)
        || asks_for_help(start)
    {
        return None;
    }
    let port = only_port(&steps);
    if port.as_deref() == Some("22") {
        return None;
    }
    let place = port.as_ref().map(|port| format!(" on port {port}")).unwrap_or_default();
    let finding = report.at(
        "service",
        start.instruction.keyword.range,
        format!("nothing tells whether the service that this starts still answers{place}"),
    );
    let is_ruby = start.all_commands().any(|command| command.is_one_of("bundle puma rackup rails ruby unicorn"));
    finding.about(if is_ruby { "ruby" } else { "" });
    if let Some(line) = unless_for_score(document, || mend(document, stage, image, &steps, start, port)) {
        finding.fix(Review, "Ask the port for `/` (let it be a path that only a healthy service answers)", [line]);
    }
    Some(())
}

/// A health check that asks a port, where something is there that can. Behind a door.
#[inline(never)]
fn mend(
    document: &Document<'_>,
    stage: &Stage<'_>,
    image: &ImageName,
    steps: &[&Step<'_>],
    start: &Step<'_>,
    port: Option<String>,
) -> Option<Edit> {
    let first = document.first_start(stage)?;
    let port = port.filter(|port| is_web(port) && !passes_requests_on(document, image, steps, start))?;
    let command = ask_for(image, steps, &port)?;
    Some(document.line_above(first.outer, "HEALTHCHECK", &format!("CMD {command}")))
}

/// Whether a service may have no answer of its own for `/`: a proxy passes it on, and says 404 or 503 where nobody is behind it.
fn passes_requests_on(document: &Document<'_>, image: &ImageName, steps: &[&Step<'_>], start: &Step<'_>) -> bool {
    const PROXIES: &str = "apisix envoy haproxy kong oauth2-proxy squid tinyproxy traefik varnish varnishd";
    let is_proxy = |image: &ImageName| image.short_name().is_one_of(PROXIES);
    // A script may start what is installed, or brought from elsewhere.
    let installs = |command: &Command| {
        let packages = install(command).map(|install| install.packages).unwrap_or_default();
        packages.iter().any(|package| package_name(package.shown()).is_one_of(PROXIES))
    };
    let brings = |step: &&Step<'_>| {
        document.images_taken_from(step).any(|(image, _)| is_proxy(&image))
            || document.stages_taken_from(step).any(|stage| document.chain_base(stage).image().is_some_and(is_proxy))
    };
    is_proxy(image)
        || start.all_commands().any(|command| command.is_one_of(PROXIES))
        || steps.iter().flat_map(|step| step.commands()).any(installs)
        || steps.iter().any(brings)
}

/// Whether all that is started by itself is a text about how to start it.
fn asks_for_help(start: &Step<'_>) -> bool {
    let words = start.all_commands().flat_map(|command| &command.words);
    words.last().is_some_and(|word| last_part(word.shown()).is_one_of("help --help -h usage"))
}

/// As other tools do: any final stage without a health check.
fn any_stage(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.stages().last() else { return };
    let Some((_, from)) = stage.from else { return };
    if !document.chain_steps(stage).iter().any(|step| step.kind() == InstructionKind::Healthcheck) {
        report.at("any-stage", from.image.range, "there is no HEALTHCHECK");
    }
}

/// Whether an image brings no check of its own, as far as is known, and has something that could ask.
fn may_be_asked(image: &ImageName) -> bool {
    let is_known = image::os_family(image).is_some() || image::is_os(image) || image::is_in_library(image);
    is_known && !image.repository.contains("distroless") && !image.repository.contains("lambda")
}

/// The TCP port that is exposed, if it is just one and its number is written down.
fn only_port(steps: &[&Step<'_>]) -> Option<String> {
    let mut ports = steps.iter().filter_map(|step| match &step.instruction.arguments {
        Arguments::Expose(words) => Some(words),
        _ => None,
    });
    let [word] = &ports.next()?[..] else { return None };
    if ports.next().is_some() {
        return None;
    }
    let value = word.value()?;
    let port = value.strip_suffix("/tcp").unwrap_or(&value);
    port.bytes().all(|byte| byte.is_ascii_digit()).then(|| port.to_owned())
}

/// Whether a port is one at which a web server is found: another protocol would take the question for a fault, as FastCGI does at 9000.
fn is_web(port: &str) -> bool {
    match port.parse::<u16>() {
        Ok(8443 | 8883) => false,
        Ok(port) => matches!(port, 80 | 81 | 3000..=3010 | 4000 | 4200 | 5000 | 5173 | 8000..=8999 | 9090),
        Err(_) => false,
    }
}

/// A command that asks a port, made of what the image has.
fn ask_for(image: &ImageName, steps: &[&Step<'_>], port: &str) -> Option<String> {
    let url = format!("http://127.0.0.1:{port}/");
    let is_older_than = |major| image.major().is_some_and(|version| version < major);
    Some(match image.short_name() {
        // Node has `fetch` since its version 18.
        "node" if is_older_than(18) && image::os_family(image) != Some(OsFamily::Alpine) => return None,
        "python" if is_older_than(3) => return None,
        "node" if !is_older_than(18) => {
            format!(
                "[\"node\", \"-e\", \"fetch('{url}').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))\"]"
            )
        }
        "python" => {
            format!("[\"python\", \"-c\", \"import urllib.request; urllib.request.urlopen('{url}', timeout=3)\"]")
        }
        "ruby" => {
            format!(
                "[\"ruby\", \"-rnet/http\", \"-e\", \"exit Net::HTTP.get_response(URI('{url}')).is_a?(Net::HTTPSuccess)\"]"
            )
        }
        _ if image::os_family(image) == Some(OsFamily::Alpine) => {
            format!("[\"wget\", \"-q\", \"--spider\", \"{url}\"]")
        }
        "php" | "nginx" => curl(&url),
        _ if steps.iter().any(|step| installs_curl(step)) => curl(&url),
        _ => return None,
    })
}

fn curl(url: &str) -> String {
    format!("[\"curl\", \"-fsS\", \"-o\", \"/dev/null\", \"{url}\"]")
}

fn installs_curl(step: &Step<'_>) -> bool {
    step.commands().filter_map(install).any(|install| install.packages.iter().any(|package| package.is("curl")))
}
