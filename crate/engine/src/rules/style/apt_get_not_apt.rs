//! `apt`, which is made for people, in a script.

use crate::document::RunScript;
use crate::fix::argument_behind;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "apt-get-not-apt",
    category: Category::Style,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[
        hadolint("DL3027"),
        checkov("CKV_DOCKER_9"),
        kics("Run Using apt"),
        semgrep("prefer-apt-get"),
        droast("DF059"),
    ],
    cases: &[],
    supersedes: &[],
    title: "apt in a script",
    summary: "Use apt-get in scripts; apt is meant for people at a terminal.",
    why: "
`apt` warns of it in every build log: it \"does not have a stable CLI interface. Use with caution in scripts.\" Its options and its
output may change with the next release of the distribution. `apt-get` and `apt-cache` do the same work, and their words stay as they are.
",
    leave_it_when: "You need something that only `apt` can, such as `apt list`.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3027",
        "https://manpages.debian.org/trixie/apt/apt.8.en.html",
    ],
    fix_changes: &[Change::Wording],
    examples: &[
        fixed(
            "FROM debian:13-slim\nRUN «apt» update && apt install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n",
        ),
        // apt also installs what an upgrade newly needs.
        fixed(
            "FROM debian:13-slim\nRUN sudo «/usr/bin/apt» -y upgrade && apt full-upgrade -y && apt search jq\n",
            "FROM debian:13-slim\nRUN sudo /usr/bin/apt-get -y upgrade --with-new-pkgs && apt-get dist-upgrade -y && apt-cache search jq\n",
        ),
        fixed("FROM debian:13-slim\nRUN [«\"apt\"», \"update\"]\n", "FROM debian:13-slim\nRUN [\"apt-get\", \"update\"]\n"),
        flagged("FROM debian:13-slim\nRUN «apt» update && apt list --installed\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN rm -rf /etc/apt && echo apt update && apt-cache policy curl && apt-mark hold curl\n"),
        clean("FROM openjdk:7\nRUN apt -nocompile Main.java\n"),
        // They write it in other words.
        flagged("FROM debian:13\nRUN apt-get update && «apt» search ^linux-headers > /list\n"),
        flagged("FROM debian:13\nRUN «apt» show nodejs | grep -q '^Version: 18'\n"),
    ],
    check,
};

/// The verbs that `apt-get` and `apt-cache` share with it.
const VERBS: [(&str, &str); 2] = [
    (
        "apt-get",
        "install reinstall update upgrade full-upgrade remove purge autoremove autopurge autoclean clean build-dep source download",
    ),
    ("apt-cache", "search show policy depends rdepends"),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for run in document.steps().filter(|step| step.is_run()).flat_map(|step| &step.scripts) {
        let calls: Vec<&Command> = run.script.commands.iter().filter(|command| is_apt(command)).into_list();
        let Some(word) = calls.first().and_then(|first| first.words.first()) else { continue };
        let finding = report.here(word.range, "`apt` is made for people at a terminal, and may change");
        let mut edits = Vec::new();
        let can_all = calls.iter().all(|call| !is_read(call) && translate(run, call, &mut edits).is_some());
        if can_all {
            finding.fix(Safe, "Call apt-get", edits);
        }
    }
}

/// Whether something reads what a command finds: another program writes that otherwise.
fn is_read(command: &Command) -> bool {
    let is_taken = command.context.writes_pipe || command.redirects.iter().any(|redirect| redirect.writes());
    let finds = command
        .subcommand()
        .is_some_and(|verb| verb.known().is_none_or(|verb| verb.is_one_of("list policy search show")));
    finds && (is_taken || command.context.in_substitution)
}

/// Whether a command is the one of Debian: Java once had a tool of the same name.
fn is_apt(command: &Command) -> bool {
    command.program() == Some("apt") && !command.arguments().iter().any(|word| word.shown().ends_with(".java"))
}

/// The edits that let another program do the same.
fn translate(run: &RunScript, command: &Command, edits: &mut Vec<Edit>) -> Option<()> {
    let (word, verb) = (command.words.first()?, command.subcommand()?);
    let (program, _) = VERBS.iter().find(|(_, verbs)| verb.is_one_of(verbs))?;
    let name = word.raw.trim_end_matches(['"', '\'']).len();
    if !word.raw.get(..name)?.ends_with("apt") {
        return None;
    }
    let end = word.range.start() + TextSize::try_from(name).ok()?;
    edits.push(replace(TextRange::new(end - TextSize::of("apt"), end), *program));
    match verb.known()? {
        "full-upgrade" => edits.push(replace(verb.range, verb.raw.replace("full-", "dist-"))),
        "upgrade" => edits.push(argument_behind(run, verb, "--with-new-pkgs")),
        _ => {}
    }
    Some(())
}
