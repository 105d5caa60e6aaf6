//! Tools that report how they are used.

use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "telemetry-opt-out",
    category: Category::Config,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::All,
    codes: &[tally("tally/prefer-telemetry-opt-out")],
    cases: &[],
    supersedes: &[],
    title: "A tool reports how it is used",
    summary: "Set the variable with which a tool stops reporting how it is used.",
    why: "
Build machines and containers send data about themselves that nobody decided to share. Each maker documents a variable that stops it.
",
    leave_it_when: "You want its makers to know.",
    references: &["https://learn.microsoft.com/en-us/dotnet/core/tools/telemetry"],
    fix_changes: &[Change::Environment],
    examples: &[
        fixed(
            "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nRUN «dotnet» publish -o /out\n",
            "FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet publish -o /out\n",
        ),
        fixed(
            "FROM node:24\nRUN npx «next» build && next build\nCMD [\"next\", \"start\"]\n",
            "FROM node:24\nENV NEXT_TELEMETRY_DISABLED=1\nRUN npx next build && next build\nCMD [\"next\", \"start\"]\n",
        ),
        fixed(
            "FROM python:3.13\nRUN «hf» download example/model\n",
            "FROM python:3.13\nENV HF_HUB_DISABLE_TELEMETRY=1\nRUN hf download example/model\n",
        ),
        // Yarn reports a week after its first call at the earliest: in a build it sends nothing.
        clean("FROM node:24\nRUN corepack enable && yarn install --immutable\nRUN yarn build\n"),
        clean("FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nENV DOTNET_CLI_TELEMETRY_OPTOUT=1\nRUN dotnet publish -o /out\n"),
        clean("FROM mcr.microsoft.com/dotnet/aspnet:10.0\nENTRYPOINT [\"dotnet\", \"app.dll\"]\nRUN echo next\n"),
        clean("FROM node:24\nRUN NEXT_TELEMETRY_DISABLED=1 next build\n"),
    ],
    check,
};

/// Programs, and the variables that stop their reports.
const TOOLS: [(&str, &str, &str); 14] = [
    ("dotnet", "DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
    ("next", "NEXT_TELEMETRY_DISABLED", "1"),
    ("nuxt", "NUXT_TELEMETRY_DISABLED", "1"),
    ("gatsby", "GATSBY_TELEMETRY_DISABLED", "1"),
    ("astro", "ASTRO_TELEMETRY_DISABLED", "1"),
    ("turbo", "TURBO_TELEMETRY_DISABLED", "1"),
    ("wrangler", "WRANGLER_SEND_METRICS", "false"),
    ("az", "AZURE_CORE_COLLECT_TELEMETRY", "0"),
    ("brew", "HOMEBREW_NO_ANALYTICS", "1"),
    ("bun", "DO_NOT_TRACK", "1"),
    ("hf", "HF_HUB_DISABLE_TELEMETRY", "1"),
    ("huggingface-cli", "HF_HUB_DISABLE_TELEMETRY", "1"),
    ("vcpkg", "VCPKG_DISABLE_METRICS", "1"),
    ("pwsh", "POWERSHELL_TELEMETRY_OPTOUT", "1"),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        let mut told: Vec<&str> = Vec::new();
        let Some((from, _)) = stage.from else { continue };
        for step in stage.own_steps() {
            for command in step.all_commands() {
                let Some((word, (tool, name, value))) = reporting(command) else { continue };
                let is_set =
                    document.is_variable_set(name, step) || step.commands().any(|it| it.assigned(name).is_some());
                if is_set || told.contains(tool) {
                    continue;
                }
                told.push(tool);
                let finding = report.here(word, format!("`{tool}` reports how it is used"));
                let line = document.line_like(from, "ENV", &format!("{name}={value}"));
                finding.fix(Safe, "Opt out", [insert(from.lines.end(), line)]);
            }
        }
    }
}

/// The tool that a command runs, and where it is named. Of a program that `dotnet` starts, nothing is reported.
fn reporting(command: &Command) -> Option<(TextRange, &'static (&'static str, &'static str, &'static str))> {
    let is_runner = command.is_one_of("npx bunx pnpx");
    let word = if is_runner { command.subcommand()? } else { command.words.first()? };
    let program = crate::path::last_part(word.known()?);
    let found = TOOLS.iter().find(|(tool, ..)| *tool == program)?;
    let runs_program = program == "dotnet" && command.subcommand().is_none_or(|it| it.shown().ends_with(".dll"));
    (!runs_program).then_some((word.range, found))
}
