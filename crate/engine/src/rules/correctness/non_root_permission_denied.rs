//! Steps that the user in force may not do.

use crate::document::{Opened, Runner, is_within};
use crate::packages::{call_range, install, refreshes_index, removes, spoken_call, stays, upgrades, written};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::{Listed, words_of};

pub const RULE: Rule = Rule {
    id: "non-root-permission-denied",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("privileged").severity(Severity::Error),
        Case::new("workdir"),
        Case::new("copied").codes(&[tally("tally/copy-after-user-without-chown")]),
    ],
    supersedes: &[],
    title: "The user may not do this",
    summary: "This step runs as an unprivileged user but needs root or a directory it does not own.",
    why: "
`USER` holds for every later `RUN`. `COPY` and `WORKDIR` are another matter: what `COPY` writes belongs to root unless `--chown` says otherwise, and so
does a directory that `WORKDIR` made before `USER`.

Do first what needs root, give away the directories that are to be written to, and switch the user last.
",
    leave_it_when: "The base image has given the directory to this user.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#user",
        "https://docs.docker.com/reference/dockerfile/#copy---chown",
        "https://www.docker.com/blog/understanding-the-docker-user-instruction/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nUSER nobody\nRUN «apt-get update» && apt-get install -y curl\n").case("privileged"),
        flagged("FROM debian:13-slim\nUSER 1000\nRUN «useradd app»\n").case("privileged"),
        flagged("FROM debian:13-slim\nUSER 1000\nRUN «mkdir /etc/app»\n").case("privileged"),
        flagged("FROM node:24-slim\nUSER node\nRUN «npm install -g serve»\n").case("privileged"),
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nUSER node\nCOPY package.json package-lock.json ./\nRUN «npm ci --omit=dev»\n",
            "FROM node:24-slim\nWORKDIR /app\nRUN chown node /app\nUSER node\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n",
        )
        .case("workdir"),
        reviewed(
"FROM debian:13-slim AS a\nWORKDIR /srv/app\nFROM a\nUSER 1000\nRUN «mkdir cache»\n",
"FROM debian:13-slim AS a\nWORKDIR /srv/app\nFROM a\nRUN chown 1000 /srv/app\nUSER 1000\nRUN mkdir cache\n",
).case("workdir"),
        reviewed(
            "FROM debian:13-slim\nUSER 1000\nCOPY start.sh /home/app/start.sh\nRUN «chmod +x /home/app/start.sh»\n",
            "FROM debian:13-slim\nUSER 1000\nCOPY --chown=1000 start.sh /home/app/start.sh\nRUN chmod +x /home/app/start.sh\n",
        )
        .case("copied"),
        // A directory that is there keeps its owner, whoever owns what is copied into it.
        reviewed(
            "FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node package*.json ./\nUSER node\nRUN «npm ci --omit=dev»\n",
            "FROM node:24-slim\nWORKDIR /app\nCOPY --chown=node:node package*.json ./\nRUN chown node /app\nUSER node\nRUN npm ci --omit=dev\n",
        )
        .case("workdir"),
        // What is given away is what is named, and a mode that lets nobody write gives nothing.
        flagged("FROM debian:13-slim\nCOPY entry.sh /\nRUN chmod +x /entry.sh && chmod 755 /opt && mkdir /a && chown -R 1000:1000 /a\nUSER 1000\nRUN «mkdir /opt/x»\n").case("privileged"),
        flagged("FROM debian:13-slim\nUSER 1000\nRUN «mkdir /data»\n").case("privileged"),
        clean("FROM node:24-slim\nWORKDIR /app\nRUN chmod --reference=/tmp /app\nUSER node\nRUN npm ci && mkdir -p /proc /data\n"),
        clean("FROM debian:13-slim\nRUN chmod -R g=u /opt\nUSER 1001\nRUN mkdir /opt/x\n"),
        clean("FROM debian:13-slim\nRUN mkdir /data && chmod 777 /data /opt\nUSER 1000\nRUN mkdir /data/a /opt/x && touch /tmp/b\n"),
        clean("FROM node:24-slim\nCOPY --chown=node:node package*.json /app/\nWORKDIR /app\nUSER node\nRUN npm ci --omit=dev\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl\nUSER nobody\n"),
        clean("FROM debian:13-slim\nUSER nobody\nRUN sudo apt-get update || apt-get update\nUSER root\nRUN apt-get update && mkdir /etc/app\nUSER 1000\nRUN dnf check-update && apk info && apt-cache policy\n"),
        clean("FROM node:24-slim\nWORKDIR /app\nRUN chown node:node /app\nUSER node\nCOPY --chown=node:node package.json package-lock.json ./\nRUN npm ci --omit=dev\n"),
        clean("FROM node:24-slim\nUSER node\nWORKDIR /app\nRUN npm ci\nRUN NPM_CONFIG_PREFIX=/home/node/.g npm install -g serve && mkdir /tmp/a ~/b /home/node/c\n"),
        clean("FROM node:24-slim\nRUN mkdir -p /opt/app && chown -R node /opt/app\nUSER node\nWORKDIR /opt/app\nRUN npm ci && mkdir /opt/app/x\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y postgresql\nUSER postgres\nRUN echo x >> /etc/postgresql/17/main/pg_hba.conf\n"),
        flagged("FROM debian:13-slim\nUSER www\nRUN «mkdir /etc/www»\n").case("privileged"),
        clean("FROM jenkins/jenkins:lts\nUSER jenkins\nRUN mkdir /usr/share/jenkins/ref/x\nARG WHO\nUSER $WHO\nRUN apt-get update\n"),
        clean("FROM debian:13-slim\nUSER 1000\nCOPY --chown=1000 a.sh /home/a.sh\nRUN chmod +x /home/a.sh\nUSER root\nCOPY b.sh /b.sh\nRUN chmod +x /b.sh\nUSER 1000\nCOPY --from=alpine:3.23 c.sh /home/c.sh\nRUN chmod +x /home/c.sh\n"),
    ],
    check,
};

/// What the steps so far have left.
#[derive(Clone, Default)]
struct State {
    /// Whether the base image leaves the directories of the system to root.
    is_plain_base: bool,
    /// Whether a step may have told npm where global packages go.
    sets_prefix: bool,
    opened: Opened,
    /// The directory that `WORKDIR` made for root.
    roots_workdir: Option<String>,
    /// What `COPY` has written for root while somebody else was in force: where the keyword ends, and the path.
    copied: Vec<(TextSize, String)>,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, state: &mut State| {
        state.is_plain_base = document.is_plain_root_at(step);
        let names_prefix = |command: &Command| command.words.iter().any(|word| word.shown().contains("prefix"));
        state.sets_prefix |= step.commands().any(names_prefix);
        let runner = document.runner(step);
        if runner == Runner::Other && step.is_run() {
            denied(document, step, state, report);
        }
        if let (Arguments::Workdir(_), Some(stage)) = (&step.instruction.arguments, document.stage_of(step)) {
            let next = stage.steps.get(step.index + 1).map_or(&stage.end, |next| &next.in_force);
            let path = next.workdir.as_deref().filter(|_| runner == Runner::Root && state.is_plain_base);
            state.roots_workdir = path.map(str::to_owned);
        }
        let is_roots = ["chown", "from"].iter().all(|flag| step.instruction.flag(flag).is_none());
        if is_roots && runner == Runner::Other && step.kind() == InstructionKind::Copy && state.copied.len() < 32 {
            let at = step.instruction.keyword.range.end();
            state.copied.extend(step.copied_paths().into_iter().map(|path| (at, path)).take(32));
        }
        state.opened.note(document, step);
    });
}

/// Reports the first command of a step that its user may not do.
fn denied(document: &Document<'_>, step: &Step<'_>, state: &State, report: &mut Reporter<'_>) {
    let Some(user) = step.in_force.user.and_then(|user| document.value_at(user, step)) else { return };
    let name = user.split(':').next().unwrap_or_default();
    let stays = stays(step);
    for command in step.commands() {
        let context = command.context;
        if context.is_conditional || context.is_tested || context.in_background || !command.wrappers.is_empty() {
            continue;
        }
        let (_, spoken) = spoken_call(command);
        let workdir = state.roots_workdir.as_deref().filter(|path| step.in_force.workdir.as_deref() == Some(*path));
        let is_opened = |path: &str| {
            let is_install = !command.is_one_of("mkdir touch");
            if is_install { state.opened.touches_folder(path) } else { state.opened.touches(path) }
        };
        if let Some(path) =
            workdir.filter(|path| stays && fills_workdir(command) && !is_users(path) && !is_opened(path))
        {
            let message = format!("`{spoken}` writes to `{path}`, which belongs to root, and this runs as `{name}`");
            let finding = report.at("workdir", call_range(command), message);
            let switch = document.stage_of(step).and_then(|stage| document.last_user_before(stage, step));
            if let Some(switch) = switch.filter(|switch| document.runner(switch) == Runner::Root) {
                let line = document.line_above(switch.outer, "RUN", &format!("chown {name} {path}"));
                finding.fix(Review, "Give the directory to the user", [line]);
            }
            return;
        }
        let needed = if needs_root(document, step, command, state) {
            Some(format!("`{spoken}` needs root"))
        } else {
            roots_path(step, command, name, state).map(|path| format!("only root may write `{path}`"))
        };
        if let Some(needed) = needed {
            report.at("privileged", call_range(command), format!("{needed}, and this runs as `{name}`"));
            return;
        }
        let changes_mode = command.is_one_of("chmod chown chgrp");
        for changed in written(step, command, stays).iter().filter(|_| changes_mode) {
            let Some((at, path)) = state.copied.iter().rev().find(|(_, path)| *path == changed.path) else { continue };
            if state.opened.may_hold(path) {
                continue;
            }
            let message = format!("`{path}` was copied for root, and `{name}` may not change it");
            let finding = report.at("copied", call_range(command), message);
            finding.fix(Review, "Copy it for the user", [insert(*at, format!(" --chown={user}"))]);
            return;
        }
    }
}

/// Whether a command is one that only root may give.
fn needs_root(document: &Document<'_>, step: &Step<'_>, command: &Command, state: &State) -> bool {
    let is_elsewhere = command.has_any_flag("--root --installroot --download-only -s --simulate --usermode");
    let manages = install(command).is_some() || removes(command).is_some();
    let refreshes = refreshes_index(command).is_some() && !command.starts_with("check-update");
    if manages || refreshes || upgrades(command).is_some() {
        return !is_elsewhere;
    }
    if command.is_one_of("useradd groupadd adduser addgroup usermod groupmod") {
        return true;
    }
    if !leaves_system_to_root(step, state) || !is_global_install(command) {
        return false;
    }
    let has_prefix = command.has_flag("--prefix")
        || words_of("NPM_CONFIG_PREFIX npm_config_prefix PREFIX")
            .any(|name| document.is_variable_set(name, step) || command.assigned(name).is_some());
    let is_node = document.base_image_at(step).is_some_and(|image| image.repository == "node");
    is_node && !has_prefix && !is_open("/usr/local", state) && !state.sets_prefix
}

fn is_global_install(command: &Command) -> bool {
    command.is_one_of("npm")
        && command.has_any_flag("-g --global")
        && (command.starts_with("install") || command.starts_with("i"))
}

/// The path that a command writes and only root may.
fn roots_path(step: &Step<'_>, command: &Command, user: &str, state: &State) -> Option<String> {
    const SYSTEM: &str = "/etc /usr /opt /bin /sbin /lib /root /srv /var";
    // `rm -f` of what is not there does no harm.
    let writes = !command.is_one_of("rm rmdir ln chmod chown chgrp") && !is_global_install(command);
    if !writes || !leaves_system_to_root(step, state) {
        return None;
    }
    let is_roots = |path: &str| {
        let is_asked_for = command.is_one_of("mkdir") && command.has_any_flag("-p --parents");
        let is_in_root =
            !is_asked_for && path.rfind('/') == Some(0) && !path.is_one_of("/dev /proc /sys /run /mnt /media /boot");
        (is_in_root || words_of(SYSTEM).any(|folder| is_within(path, folder)))
            && !is_open(path, state)
            && !may_own(user, path)
            && !is_known_folder(step, command, path)
    };
    written(step, command, stays(step)).into_iter().map(|written| written.path).find(|path| is_roots(path))
}

fn leaves_system_to_root(step: &Step<'_>, state: &State) -> bool {
    state.is_plain_base && step.mounts.iter().all(|mount| mount.target.is_none())
}

/// Whether everybody may write to a path, as to some of official images, or may have been let.
fn is_open(path: &str, state: &State) -> bool {
    const OPEN: &str = "/var/tmp /usr/local/bundle /usr/local/cargo /usr/local/rustup /var/www /usr/src /var/run";
    is_users(path) || words_of(OPEN).any(|open| is_within(path, open)) || state.opened.touches(path)
}

/// Whether a path lies in a folder of settings or data that has the user's name, which the package that made the user often leaves to it:
/// `/etc/postgresql/15/main`.
fn may_own(user: &str, path: &str) -> bool {
    // `postgres` owns `postgresql`; shorter names say little.
    const LONG: usize = 5;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_packages = words_of("/etc /var").any(|system| is_within(path, system));
    let is_of_user = |part: &str| part == user || user.len() >= LONG && part.starts_with(user);
    is_packages && user.starts_with(|first: char| first.is_alphabetic()) && folder.split('/').any(is_of_user)
}

/// Whether `mkdir -p` only finds that the folder is there.
fn is_known_folder(step: &Step<'_>, command: &Command, path: &str) -> bool {
    command.is_one_of("mkdir") && command.has_any_flag("-p --parents") && step.has_folder(path)
}

fn is_users(path: &str) -> bool {
    words_of("/home /tmp /var/www /var/tmp /go").any(|folder| is_within(path, folder))
}

/// Whether a command surely makes something in the working directory.
fn fills_workdir(command: &Command) -> bool {
    let is_elsewhere = command.has_any_flag("--prefix -g --global --cwd -C --dir -d --working-dir");
    let verb = command.operands().first().and_then(|word| word.known());
    match command.program() {
        _ if is_elsewhere => false,
        Some("npm") => matches!(verb, Some("ci" | "install" | "i")),
        Some("yarn") => matches!(verb, None | Some("install")) && !command.has_flag("--version"),
        Some("pnpm" | "composer") => matches!(verb, Some("install" | "i")),
        Some("mkdir" | "touch") => {
            let is_here = |path: &str| !path.starts_with(['/', '~', '$']) && !path.contains('/');
            command.operands().iter().any(|word| word.known().is_some_and(is_here))
        }
        _ => false,
    }
}
