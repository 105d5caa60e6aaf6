//! Containers that start several services.

use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "one-concern-per-container",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[Case::new("many"), Case::new("keep-alive").severity(Severity::Warning)],
    supersedes: &[],
    title: "More than one service, or none that Docker sees",
    summary: "Let the container's first process be the one service that it is for.",
    why: "
Docker watches one process. If that is `supervisord` or `tail -f /dev/null`, a service that crashed looks healthy, the logs of all of them mix, and
none can be scaled, updated or restarted alone.

One container for each service, tied together with Compose, gives all of that back.
",
    leave_it_when: "The processes belong together so closely that one without the other is of no use, and an init watches them.",
    references: &[
        "https://docs.docker.com/engine/containers/multi-service_container/",
        "https://docs.docker.com/build/building/best-practices/#decouple-applications",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13\nCMD service nginx start && service php8.4-fpm start && «tail -f /dev/null»\n").case("keep-alive"),
        flagged("FROM debian:13\nCMD [«\"sleep\", \"infinity\"»]\n").case("keep-alive"),
        flagged("FROM debian:13\nCMD «service nginx start» && service cron start && tail -f /var/log/nginx/access.log\n").case("many"),
        flagged("FROM debian:13\nCMD «/etc/init.d/ssh start»; service nginx start; exec serve\n").case("many"),
        flagged("FROM debian:13\nCMD [«\"/usr/bin/supervisord\", \"-n\"»]\n").case("many"),
        flagged("FROM debian:13\nCMD «redis-server & serve»\n").case("many"),
        clean("FROM nginx:1.30\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        clean("FROM debian:13\nCMD service nginx start && tail -f /var/log/nginx/access.log\n"),
        clean("FROM debian:13\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"serve\"]\n"),
        clean("FROM debian:13\nCMD migrate && serve\n"),
        clean("FROM debian:13\nCMD serve & wait\n"),
        clean("FROM debian:13 AS dev\nCMD [\"sleep\", \"infinity\"]\n"),
        clean("FROM mcr.microsoft.com/devcontainers/base:trixie\nCMD [\"sleep\", \"infinity\"]\n"),
    ],
    check,
};

/// They run several programs and start them again.
const SUPERVISORS: &str = "supervisord circusd pm2-supervisor runsvdir monit";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage() else { return };
    if document.is_on_workspace(stage) {
        return;
    }
    for step in [document.entrypoint(stage), document.cmd(stage)].into_iter().flatten() {
        let commands: Vec<&Command> = step.all_commands().into_list();
        let Some(last) = commands.last() else { continue };
        if keeps_alive(last) {
            let shown = shown(last);
            report.at(
                "keep-alive",
                last.words_range(),
                format!("`{shown}` runs for ever and does nothing, whatever becomes of the service"),
            );
            continue;
        }
        if let Some(supervisor) = commands.iter().find(|command| command.is_one_of(SUPERVISORS)) {
            let name = supervisor.program().unwrap_or_default();
            report.at(
                "many",
                supervisor.words_range(),
                format!("`{name}` runs several services, of which Docker sees none"),
            );
            continue;
        }
        let services: Vec<&&Command> = commands.iter().filter(|command| starts_service(command)).into_list();
        let background = commands.iter().find(|command| command.context.in_background);
        if let [first, _, ..] = services[..] {
            report.at("many", first.words_range(), format!("{} services are started in one container", services.len()));
        } else if let Some(first) = background.filter(|_| is_service_behind(&commands)) {
            let range = first.words_range().cover(last.words_range());
            report.at("many", range, format!("`{}` goes on in the background of `{}`", shown(first), shown(last)));
        }
    }
}

fn keeps_alive(command: &Command) -> bool {
    match command.program() {
        Some("tail") => command.words.iter().any(|word| word.is("/dev/null")),
        Some("sleep") => command.words.iter().any(|word| word.is("infinity")),
        _ => false,
    }
}

fn starts_service(command: &Command) -> bool {
    let Some(path) = command.words.first().map(|word| word.shown()) else { return false };
    let has = |word: &str| command.arguments().iter().any(|argument| argument.is(word));
    match command.program() {
        Some("service" | "rc-service" | "systemctl") => has("start"),
        _ => path.starts_with("/etc/init.d/") && has("start"),
    }
}

/// Whether the last command is a service of its own, and no waiting for what runs in the background.
fn is_service_behind(commands: &[&Command]) -> bool {
    const WAITING: &str = "wait tail sleep kill trap fg echo exit true";
    let Some(last) = commands.last().filter(|last| !last.context.in_background) else { return false };
    last.program().is_some() && !last.is_one_of(WAITING) && !last.context.is_conditional
}

fn shown(command: &Command) -> String {
    let words: Vec<&str> = command.words.iter().take(3).map(|word| word.shown()).into_list();
    words.join(" ")
}
