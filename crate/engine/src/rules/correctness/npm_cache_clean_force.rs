//! `npm cache clean`, which does nothing without `--force`.

use crate::fix::argument_behind;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "npm-cache-clean-force",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[parfum("npmCacheCleanUseForce")],
    cases: &[],
    supersedes: &[],
    title: "npm refuses to clean its cache",
    summary: "`npm cache clean` refuses to work without --force.",
    why: "
Since its version 5 npm looks after its cache itself, and `npm cache clean` only explains that and fails. The cache stays in the layer, and
a chain of `&&` stops there. With `--force` it does what you ask for.
",
    leave_it_when: "The image has npm 4 or older.",
    references: &["https://docs.npmjs.com/cli/commands/npm-cache", "https://github.com/tdurieux/docker-parfum"],
    fix_changes: &[Change::Options],
    examples: &[
        fixed(
            "FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && «npm cache clean»\n",
            "FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\n",
        ),
        fixed("FROM node:24-slim\nRUN «npm cache clear» || true\n", "FROM node:24-slim\nRUN npm cache clear --force || true\n"),
        clean("FROM node:24-slim\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\n"),
        clean("FROM node:24-slim\nRUN npm cache clean -f && npm cache verify && yarn cache clean\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for run in document.steps().filter(|step| step.is_run()).flat_map(|step| &step.scripts) {
        for command in &run.script.commands {
            let cleans = ["cache clean", "cache clear", "cache rm"].iter().any(|verbs| command.starts_with(verbs));
            if !cleans || !command.is_one_of("npm") || command.has_any_flag("--force -f") {
                continue;
            }
            let Some(verb) = command.operands().get(1).copied() else { continue };
            report.here(command.range, "`npm cache clean` refuses to work without `--force`").fix(
                Safe,
                "Add --force",
                [argument_behind(run, verb, "--force")],
            );
        }
    }
}
