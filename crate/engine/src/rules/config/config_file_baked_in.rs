//! Configuration of one environment that is built into the image.

use crate::rules::prelude::*;
use layerwise_syntax::Source;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "config-file-baked-in",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Configuration of one environment in the image",
    summary: "An environment-specific configuration file is built into the image; mount it at run time.",
    why: "
One image should run unchanged in every environment: that is what makes \"tested in staging\" mean something. A production configuration that
is built in asks for one image per environment, and for a rebuild whenever a value changes.

Mount the file when the container starts, `docker run -v ./production.yml:/app/config/production.yml:ro`, or let the program read its
environment.
",
    leave_it_when: "The image carries the files of all environments, and a variable picks one at the start.",
    references: &["https://12factor.net/config", "https://docs.docker.com/engine/storage/bind-mounts/"],
    fix_changes: &[],
    examples: &[
        flagged(
            "FROM eclipse-temurin:21-jre\nCOPY app.jar /app/app.jar\nCOPY «config/application-production.yml» /app/application.yml\n\
             CMD [\"java\", \"-jar\", \"/app/app.jar\"]\n",
        ),
        flagged("FROM node:24-slim\nCOPY package.json «settings.prod.json» /app/\n"),
        flagged("FROM php:8.4-fpm\nCOPY «docker-compose.override.yml» /srv/\n"),
        clean("FROM eclipse-temurin:21-jre\nCOPY app.jar /app/app.jar\nCMD [\"java\", \"-jar\", \"/app/app.jar\", \"--spring.config.location=/config/application.yml\"]\n"),
        clean("FROM eclipse-temurin:21-jre\nCOPY app.jar /app/app.jar\nCOPY application.yml /app/\n"),
        clean("FROM nginx:1.30\nCOPY nginx.conf /etc/nginx/nginx.conf\nCOPY conf/ /etc/nginx/conf.d/\n"),
        // Names that only look like it, files that are no configuration, and files of another stage.
        clean("FROM node:24-slim\nCOPY src/live.js product.json tests/config.json latest.yml /app/\n"),
        clean("FROM node:24-slim AS build\nFROM node:24-slim\nCOPY --from=build /app/config.prod.json /app/\n"),
        clean("FROM node:24-slim AS test\nCOPY config.test.json /app/\n"),
    ],
    check,
};

/// Words that name an environment.
const ENVIRONMENTS: &str =
    "dev development test testing qa uat stage staging preprod prod production live local sandbox acceptance";
const ENDINGS: &str = "yml yaml json toml ini conf cfg properties xml env";
const CODE_ENDINGS: &str = "py rb js";
const FOLDERS: &str = "config conf settings environments";
const BEGINNINGS: &str = "application appsettings config settings values log4j logback database parameters env";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.instruction.flag("from").is_none()) {
        let Some(copy) = step.copy() else { continue };
        for source in &copy.sources {
            let Source::Path(word) = source else { continue };
            if word.is_plain() && is_of_one_environment(&word.text) {
                report.here(word.range, format!("`{}` makes this the image of one environment", word.text));
            }
        }
    }
}

fn is_of_one_environment(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let mut folders: Vec<&str> = lower.split('/').into_list();
    let name = folders.pop().unwrap_or_default();
    let Some((stem, ending)) = name.rsplit_once('.') else { return false };
    let is_compose = stem.starts_with("docker-compose") || stem == "compose" || stem.starts_with("compose.");
    if is_compose && matches!(ending, "yml" | "yaml") {
        return true;
    }
    let parts: Vec<&str> = stem.split(['.', '-', '_']).into_list();
    let is_config = ending.is_one_of(ENDINGS) || ending.is_one_of(CODE_ENDINGS);
    let is_in_folder = folders.iter().any(|folder| folder.is_one_of(FOLDERS));
    let begins_like_one = parts.first().is_some_and(|first| first.is_one_of(BEGINNINGS)) && parts.len() > 1;
    // Under a folder for configuration the name alone may be the environment's.
    is_config
        && (is_in_folder || begins_like_one)
        && parts.iter().any(|part| part.is_one_of(ENVIRONMENTS))
        && !folders.iter().any(|folder| folder.starts_with("test"))
}
