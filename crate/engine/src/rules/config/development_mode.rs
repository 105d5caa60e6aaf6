//! Images that start in development mode.

use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "development-mode",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[Case::new("env"), Case::new("cmd")],
    supersedes: &[],
    title: "Ships in development mode",
    summary: "Ship the production server and production settings; keep the others for a stage of their own.",
    why: "
Development servers reload code, run one request at a time and print stack traces with the values of variables; some open a console in the
browser. Their own documentation warns against using them in production.

Put them in a stage that is called `dev` and build that one with `--target dev`. What ships starts the production server.
",
    leave_it_when: "The image is for development and for nothing else.",
    references: &[
        "https://flask.palletsprojects.com/en/stable/deploying/",
        "https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver",
        "https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nENV «FLASK_DEBUG»=1 LANG=C.UTF-8\nCMD [\"gunicorn\", \"app:app\"]\n",
            "FROM python:3.13-slim\nENV FLASK_DEBUG=0 LANG=C.UTF-8\nCMD [\"gunicorn\", \"app:app\"]\n",
        )
        .case("env"),
        reviewed(
            "FROM node:24-slim AS base\nENV «NODE_ENV» development\nFROM base\nCMD [\"node\", \".\"]\n",
            "FROM node:24-slim AS base\nENV NODE_ENV production\nFROM base\nCMD [\"node\", \".\"]\n",
        )
        .case("env"),
        reviewed(
            "FROM debian:13-slim\nENV «GIN_MODE»=\"debug\"\nCMD [\"/serve\"]\n",
            "FROM debian:13-slim\nENV GIN_MODE=release\nCMD [\"/serve\"]\n",
        )
        .case("env"),
        flagged("FROM node:24-slim\nARG MODE=dev\nENV «NODE_ENV»=$MODE\nCMD [\"node\", \".\"]\n").case("env"),
        flagged("FROM python:3.13-slim\nCMD [«\"flask\", \"run\", \"--host=0.0.0.0\"»]\n").case("cmd"),
        flagged("FROM python:3.13-slim\nCMD «python manage.py runserver 0.0.0.0:8000»\n").case("cmd"),
        flagged("FROM python:3.13-slim\nENTRYPOINT [«\"uvicorn\", \"app:app\", \"--reload\"»]\n").case("cmd"),
        flagged("FROM node:24-slim\nCMD [«\"npm\", \"run\", \"dev\"»]\n").case("cmd"),
        flagged("FROM node:24-slim\nCMD npm run migrate && «npx nodemon server.js»\n").case("cmd"),
        flagged("FROM php:8.4-cli\nCMD [«\"php\", \"-S\", \"0.0.0.0:80\"»]\n").case("cmd"),
        flagged("FROM node:24-slim\nCMD [«\"ng\", \"serve\"»]\n").case("cmd"),
        clean("FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD [\"gunicorn\", \"--bind=0.0.0.0:8000\", \"app:app\"]\n"),
        clean("FROM node:24-slim\nENV NODE_ENV=development\nRUN npm ci\nENV NODE_ENV=production\nCMD [\"node\", \".\"]\n"),
        clean("FROM node:24-slim AS dev\nENV NODE_ENV=development\nCMD [\"npm\", \"run\", \"dev\"]\n"),
        clean("FROM node:24-slim\nARG NODE_ENV=development\nENV NODE_ENV=$NODE_ENV_OF_TODAY\nENV DEBUG=app:* FLASK_DEBUG=0\nCMD [\"npm\", \"start\"]\n"),
        clean("FROM node:24-slim\nCMD [\"vite\", \"preview\"]\n"),
        // An image for development by all that it is based on.
        clean("FROM mcr.microsoft.com/devcontainers/python:3.13\nENV FLASK_DEBUG=1\nCMD [\"flask\", \"run\"]\n"),
    ],
    check,
};

const MODES: &str = "\
    NODE_ENV RAILS_ENV RACK_ENV APP_ENV FLASK_ENV DJANGO_ENV ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT MIX_ENV \
    SPRING_PROFILES_ACTIVE ENVIRONMENT";

const SWITCHES: &str = "FLASK_DEBUG APP_DEBUG DJANGO_DEBUG DEBUG WP_DEBUG";

/// Development servers: a program, and the words one of which makes it one; none where it is nothing else.
const SERVERS: [(&str, &str); 22] = [
    ("flask", "run"),
    ("manage.py", "runserver"),
    ("django-admin", "runserver"),
    ("fastapi", "dev"),
    ("uvicorn", "--reload"),
    ("hypercorn", "--reload"),
    ("gunicorn", "--reload"),
    ("npm", "dev start:dev serve watch"),
    ("yarn", "dev start:dev serve watch"),
    ("pnpm", "dev start:dev serve watch"),
    ("nodemon", ""),
    ("ts-node-dev", ""),
    ("tsx", "watch"),
    ("next", "dev"),
    ("nuxt", "dev"),
    ("ng", "serve"),
    ("react-scripts", "start"),
    ("vue-cli-service", "serve"),
    ("webpack-dev-server", ""),
    ("cargo", "watch"),
    ("dotnet", "watch"),
    ("php", "-S"),
];

/// They run what their first operand names.
const RUNNERS: &str = "npx python python3 bundle pipenv poetry";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    if document.is_on_workspace(stage) {
        return;
    }
    let mut set: HashSet<&str> = HashSet::new();
    for step in document.chain_steps(stage).into_iter().rev() {
        for pair in step.env_pairs().iter().rev() {
            let name = pair.key.text.as_str();
            if !set.insert(name) {
                continue;
            }
            let Some(value) = document.value_at(&pair.value, step) else { continue };
            let Some(production) = production_value(name, &value) else { continue };
            let finding = report.at("env", pair.key.range, format!("`{name}` is `{value}` in the image that ships"));
            if pair.value.value().is_some() {
                finding.fix(Review, format!("Set it to {production}"), [replace(pair.value.range, production)]);
            }
        }
    }
    for step in [document.entrypoint(stage), document.cmd(stage)].into_iter().flatten() {
        for command in step.all_commands() {
            if let Some(server) = development_server(command) {
                report.at("cmd", command.words_range(), format!("`{server}` is a server for development"));
            }
        }
    }
}

/// What a variable is in production, where its value is one for development.
fn production_value(name: &str, value: &str) -> Option<&'static str> {
    let is = |values: &str| words_of(values).any(|other| value.eq_ignore_ascii_case(other));
    if name == "GIN_MODE" && is("debug") {
        return Some("release");
    }
    if name.is_one_of(SWITCHES) && is("1 true yes on") {
        return Some(if value == "1" { "0" } else { "false" });
    }
    (name.is_one_of(MODES) && is("dev develop development debug local")).then_some("production")
}

/// What a command that starts a development server is called.
fn development_server(command: &Command) -> Option<String> {
    let words = command.words.iter().map(|word| word.shown());
    let names = words.map(last_part).into_list();
    let is_runner = names.first().is_some_and(|first| first.is_one_of(RUNNERS));
    let at = if is_runner {
        names.iter().skip(1).position(|name| !name.starts_with('-') && *name != "exec" && *name != "run")? + 1
    } else {
        0
    };
    let (program, rest) = names.get(at..)?.split_first()?;
    let is_server = |(name, words): &(&str, &str)| {
        name == program && (words.is_empty() || rest.iter().take(8).any(|word| word.is_one_of(words)))
    };
    let (name, words) = SERVERS.iter().find(|server| is_server(server))?;
    let word = rest.iter().find(|word| word.is_one_of(words));
    Some(match word {
        Some(word) if *word != "run" && rest.contains(&"run") => format!("{name} run {word}"),
        Some(word) => format!("{name} {word}"),
        None => (*name).to_owned(),
    })
}
