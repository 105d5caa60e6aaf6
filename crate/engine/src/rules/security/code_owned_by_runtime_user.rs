//! Programs that can rewrite themselves.

use crate::document::{is_root, is_within};
use crate::rules::prelude::*;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "code-owned-by-runtime-user",
    category: Category::Security,
    severity: Severity::Info,
    is_on: false,
    scope: Scope::Final,
    codes: &[kics("Chown Flag Exists")],
    cases: &[],
    supersedes: &[],
    title: "A program that may rewrite itself",
    summary: "Program files belong to the user who runs them, so a compromised process can rewrite its own code.",
    why: "
A process that only reads its code needs no right to change it. Files that belong to root are readable for everybody and safe from an intruder, who
then cannot plant anything that survives a restart. Give the user write access to a directory for data alone.

Off unless it is asked for: programs that write beside their code break without it.
",
    leave_it_when: "The program writes beside its code.",
    references: &[
        "https://www.sysdig.com/learn-cloud-native/dockerfile-best-practices",
        "https://docs.kics.io/latest/queries/dockerfile-queries/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY «--chown=node:node» . .\nUSER node\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY . .\nUSER node\nCMD [\"node\", \"server.js\"]\n",
        ),
        // A later step needs to write there.
        flagged("FROM node:24-slim\nWORKDIR /app\nUSER node\nCOPY «--chown=node» . .\nRUN npm ci\n"),
        clean("FROM node:24-slim\nCOPY . .\nCOPY --chown=node data /data/\nCOPY --chown=node up /app/uploads\nCOPY --chown=node rc /home/node/.rc\nUSER node\n"),
        clean("FROM node:24-slim\nCOPY --chown=root . .\nCOPY --chown=www-data a /a\nUSER node\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some((step, word)) = document.last_user(stage) else { return };
    let Some(user) = document.value_at(word, step).filter(|user| !is_root(user)) else { return };
    let user = user.split(':').next().unwrap_or_default();
    let steps = document.chain_steps(stage);
    let runs_as_user = |step: &Step<'_>| {
        step.is_run() && step.in_force.user.is_some_and(|runner| runner.text.split(':').next() == Some(user))
    };
    let last_run = steps.iter().rposition(|step| runs_as_user(step));
    for (index, step) in steps.iter().enumerate() {
        let (Some(copy), Some(flag)) = (step.copy(), step.instruction.flag("chown")) else { continue };
        let owner = flag.value.as_ref().and_then(|owner| document.value_at(owner, step)).unwrap_or_default();
        if owner.split(':').next() != Some(user) || is_state(&copy.destination.text) {
            continue;
        }
        let finding = report.here(flag.range, format!("`{user}`, who runs the program, may rewrite it"));
        let rest = document.slice(TextRange::new(flag.range.end(), step.instruction.range.end()));
        if rest.starts_with(' ') && last_run.is_none_or(|run| run < index) {
            let range = TextRange::new(flag.range.start(), flag.range.end() + TextSize::of(' '));
            finding.fix(Review, "Leave the files to root (what the program writes among them fails)", [delete(range)]);
        }
    }
}

/// Whether a path is meant for data.
fn is_state(path: &str) -> bool {
    const STATE: &str = "data var tmp uploads storage cache logs log media";
    // A home belongs to its user.
    let is_home = words_of("/home ~ $HOME ${HOME}").any(|home| is_within(path, home));
    is_home || path.split('/').any(|part| part.trim_start_matches('.').is_one_of(STATE))
}
