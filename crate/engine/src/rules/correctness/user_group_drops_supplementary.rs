//! Groups that do not reach the process.

use crate::document::is_root;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "user-group-drops-supplementary",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[tally("tally/user-explicit-group-drops-supplementary-groups")],
    cases: &[],
    supersedes: &[],
    title: "The other groups of the user are dropped",
    summary: "`USER name:group` drops every other group the user was given.",
    why: "
With a group behind the colon Docker gives the process that group and no other. What the user was put into two lines above, for a socket or a device,
has no effect.

Name the user alone: it starts with its own group and all the others.
",
    leave_it_when: "The process is meant to have that one group.",
    references: &["https://docs.docker.com/reference/dockerfile/#user"],
    fix_changes: &[],
    examples: &[
        reviewed("FROM debian:13-slim\nRUN useradd --system -G audio app\nUSER app«:app»\n", "FROM debian:13-slim\nRUN useradd --system -G audio app\nUSER app\n"),
        reviewed("FROM debian:13-slim\nRUN useradd app && usermod -aG video,app app\nUSER app«:app»\n", "FROM debian:13-slim\nRUN useradd app && usermod -aG video,app app\nUSER app\n"),
        reviewed("FROM alpine:3.23\nRUN adduser -D app && addgroup app audio\nUSER app«:app»\n", "FROM alpine:3.23\nRUN adduser -D app && addgroup app audio\nUSER app\n"),
        clean("FROM debian:13-slim\nRUN useradd --system -G audio app\nUSER app\n"),
        clean("FROM debian:13-slim\nRUN useradd -G audio app && usermod -aG video web\nUSER app:audio\n"),
clean("FROM debian:13-slim\nRUN gpasswd -a web audio\nUSER app:app\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    let Some((_, word)) = document.last_user(stage).filter(|(_, word)| word.is_plain()) else { return };
    let Some((user, group)) = word.text.split_once(':') else { return };
    if is_root(user) || user.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let is_dropped = |name: &&str| !name.is_empty() && *name != group;
    let joined = document
        .chain_steps(stage)
        .into_iter()
        .flat_map(|step| step.commands())
        .find_map(|command| joined_groups(command, user)?.split(',').find(is_dropped).map(str::to_owned));
    let Some(other) = joined else { return };
    let colon = word.range.start() + TextSize::of(user);
    let range = TextRange::new(colon, word.range.end());
    let finding = report.here(range, format!("with a group named here `{user}` is not in `{other}` any more"));
    finding.fix(Review, "Name the user alone", [delete(range)]);
}

/// The groups, parted by commas, that a command puts a user into besides its own.
fn joined_groups<'c>(command: &'c Command, user: &str) -> Option<&'c str> {
    let operands = command.operands();
    let is_last = operands.last().is_some_and(|word| word.is(user));
    let is_groups = |word: &Word| {
        let shown = word.shown();
        shown == "--groups" || shown.starts_with('-') && !shown.starts_with("--") && shown.ends_with('G')
    };
    match command.program()? {
        "useradd" | "usermod" if is_last => command.arguments().windows(2).find_map(|pair| match pair {
            [flag, groups] if is_groups(flag) => groups.known(),
            _ => None,
        }),
        "gpasswd" | "adduser" | "addgroup" => match &operands[..] {
            [name, group] if name.is(user) => group.known(),
            _ => None,
        },
        _ => None,
    }
}
