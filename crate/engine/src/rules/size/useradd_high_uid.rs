//! A user whose number makes the log of log-ins huge.

use crate::fix::argument_behind;
use crate::rules::prelude::*;
use crate::shell::Word;

pub const RULE: Rule = Rule {
    id: "useradd-high-uid",
    category: Category::Size,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("number").codes(&[hadolint("DL3046"), droast("DF064")]),
        Case::new("builder").codes(&[hadolint("DL3046")]).off(),
    ],
    supersedes: &[],
    title: "useradd with a huge number",
    summary: "useradd with a huge UID writes a sparse file of gigabytes; add --no-log-init.",
    why: "
`useradd` enters the new user into `lastlog` and `faillog`, two files that are indexed by the user's number. For the number 1000000 they are
hundreds of megabytes long, almost all of it holes. A layer stores the holes as zeros, and an export of the image writes them out in full.

With `--no-log-init` the user is not entered, and nothing that runs in a container asks for it.
",
    leave_it_when: "The image keeps a record of log-ins.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3046",
        "https://docs.docker.com/build/building/best-practices/#user",
        "https://github.com/moby/moby/issues/5419",
    ],
    fix_changes: &[Change::Options],
    examples: &[
        fixed(
            "FROM debian:13-slim\nRUN «useradd» --uid 1234567 app\n",
            "FROM debian:13-slim\nRUN useradd --no-log-init --uid 1234567 app\n",
        )
        .case("number"),
        fixed("FROM debian:13-slim\nRUN sudo «useradd» -mu 100000 app\n", "FROM debian:13-slim\nRUN sudo useradd --no-log-init -mu 100000 app\n").case("number"),
        fixed("FROM debian:13-slim\nRUN «useradd» -u $USER_ID app\n", "FROM debian:13-slim\nRUN useradd --no-log-init -u $USER_ID app\n").case("builder"),
        clean("FROM debian:13-slim\nRUN useradd --no-log-init --uid 1234567 app\n"),
        clean("FROM debian:13-slim\nRUN useradd -l -u 1234567 app && useradd -u 99999 b && useradd longusername && useradd -u $ID c\n"),
        clean("FROM debian:13-slim\nRUN --mount=type=tmpfs,target=/var/log useradd -u 1234567 app\nRUN adduser -u 1234567 b\n"),
    ],
    check,
};

/// From this number of digits, or letters of a variable, on.
const LONG: usize = 6;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run() && !step.is_mounted("/var/log/lastlog")) {
        let is_shipped = document.stage_of(step).is_some_and(|stage| stage.ships && !stage.is_dev);
        for run in &step.scripts {
            for command in &run.script.commands {
                let is_useradd = command.is_one_of("useradd") && !command.has_any_flag("-l --no-log-init");
                let Some(program) = command.words.first().filter(|_| is_useradd) else { continue };
                let Some(number) = number(command.arguments()).filter(|word| length(word) >= LONG) else { continue };
                let is_number = number.shown().chars().all(|letter| letter.is_ascii_digit());
                if !is_number && command.has_flag("--uid") {
                    continue;
                }
                let case = if is_number && is_shipped { "number" } else { "builder" };
                let message = format!("the number {} makes `useradd` write large files", number.shown());
                report.at(case, program.range, message).fix(
                    Safe,
                    "Do not enter the user into the log",
                    [argument_behind(run, program, "--no-log-init")],
                );
            }
        }
    }
}

/// The word that gives the user's number, on its own.
fn number(arguments: &[Word]) -> Option<&Word> {
    let is_short = |flag: &str| flag.starts_with('-') && !flag.starts_with("--") && flag.ends_with('u');
    arguments.windows(2).find_map(|pair| match pair {
        [flag, value] if flag.is("--uid") || is_short(flag.shown()) => Some(value),
        _ => None,
    })
}

/// The length of a word in which `$A` is `${A}`.
fn length(word: &Word) -> usize {
    let is_bare = word.has_variable() && !word.shown().contains('{');
    word.shown().trim_matches('"').len() + if is_bare { 2 } else { 0 }
}
