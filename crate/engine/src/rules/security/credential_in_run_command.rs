//! Logins that stay in a layer.

use crate::packages::call_range;
use crate::rules::prelude::*;
use crate::secret_name::is_secret_name;
use crate::shell::{Command, Word};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{Mount, MountType};

pub const RULE: Rule = Rule {
    id: "credential-in-run-command",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("login"),
        Case::new("leak").severity(Severity::Error),
        Case::new("configured").codes(&[tally("tally/require-secret-mounts")]),
    ],
    supersedes: &[],
    title: "A login that stays in the layer",
    summary: "A build step logs in or stores a credential in a way that leaves it in the layer.",
    why: "
Tools remember a login in a file, `~/.docker/config.json` or `~/.npmrc`, and that file becomes part of the layer, where everybody with the image can read
it. What stands on a command line ends up in the history.

Mount the finished file of credentials for the one step that needs it: `RUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp …`. A
mount leaves nothing behind, unless the step copies it.

A team can list the commands that need a secret, `secret_commands = { 'npm ci' = 'npmrc' }` in the settings: then a `RUN` that calls one without that mount is
found.
",
    leave_it_when: "The credential is worth nothing once the build has ended.",
    references: &["https://docs.docker.com/build/building/secrets/", "https://avd.aquasec.com/misconfig/ds-0031"],
    fix_changes: &[],
    examples: &[
        flagged("FROM amazonlinux:2023\nARG KEY_ID\nRUN «aws configure set aws_access_key_id \"$KEY_ID\"» && aws s3 cp s3://bucket/model.bin /opt/\n").case("login"),
        flagged("FROM docker:28\nARG P\nRUN «docker login -u ci -p $P registry.example.net» && docker pull a\n").case("login"),
        flagged("FROM node:24\nARG NPM_TOKEN\nRUN «echo \"//npm.example.net/:_authToken=$NPM_TOKEN\"» > .npmrc && npm ci\n").case("login"),
        flagged("FROM node:24\nARG T\nRUN «npm config set //npm.example.net/:_authToken $T» && npm ci\n").case("login"),
        flagged("FROM debian:13\nARG T\nRUN «git config --global url.\"https://x:${T}@git.example.net/\".insteadOf https://git.example.net/»\n").case("login"),
        flagged("FROM debian:13\nRUN --mount=type=secret,id=npmrc «cp /run/secrets/npmrc /root/.npmrc» && npm ci\n").case("leak"),
        flagged("FROM debian:13\nRUN --mount=type=secret,id=k,env=API_KEY «echo \"key=$API_KEY\"» > /app/.env\n").case("leak"),
        flagged("FROM debian:13\nRUN --mount=type=secret,id=k «cat /run/secrets/k» >> /app/.env\n").case("leak"),
        flagged("FROM node:24\nRUN «npm --silent ci» && npm run build\nRUN --mount=type=secret,id=other «npm ci»\n").config(ASKED).case("configured"),
        flagged("FROM node:24-slim\nRUN --mount=type=secret,id=t,env=T «npm config set //registry.example.org/:_authToken=$T» && npm ci\n").case("leak"),
        flagged("FROM alpine:3.23\nRUN --mount=type=secret,id=t «git config --global url.\"https://$(cat /run/secrets/t)@example.org/\".insteadOf https://example.org/» && make\n").case("leak"),
        flagged("FROM alpine:3.23\nRUN --mount=type=secret,id=t T=\"$(cat /run/secrets/t)\" && «git clone https://x:${T}@example.org/a /src»\n").case("leak"),
        clean("FROM alpine:3.23\nRUN --mount=type=secret,id=t,env=T git clone https://x:$T@example.org/a /src && rm -rf /src/.git\nRUN --mount=type=secret,id=t,env=T npm config set //a/:_authToken=$T && npm ci && npm config delete //a/:_authToken\n"),
        clean("FROM node:24-slim\nRUN --mount=type=secret,id=t,env=T npm config set //a/:_authToken='${T}' && npm ci && git clone https://example.org/a /src\n"),
        clean("FROM node:24-slim\nRUN --mount=type=secret,id=t git config --global core.sshCommand \"ssh -i /run/secrets/t\" && npm config set cafile /run/secrets/t\n"),
        clean("FROM alpine:3.23\nRUN --mount=type=tmpfs,target=/src --mount=type=secret,id=t,env=T git clone https://x:$T@example.org/a /src\nRUN --mount=type=secret,id=t,env=T git clone https://x:$T@example.org/a /a && git -C /a remote remove origin\n"),
        clean("FROM alpine:3.23 AS b\nRUN --mount=type=secret,id=t,env=T git clone https://x:$T@example.org/a /src && make -C /src\nFROM alpine:3.23\nCOPY --from=b /src/out /out\n"),
        clean("FROM amazonlinux:2023\nRUN --mount=type=secret,id=aws,target=/root/.aws/credentials \\\n    aws s3 cp s3://bucket/model.bin /opt/\n"),
        clean("FROM node:24\nRUN --mount=type=secret,id=npmrc npm ci\nRUN npm run build\n").config(ASKED),
        clean("FROM amazonlinux:2023\nRUN --mount=type=secret,id=aws,target=/root/.aws/credentials aws s3 cp s3://bucket/model.bin /opt/\n"),
        clean("FROM node:24\nARG NPM_TOKEN\nRUN echo \"//npm.example.net/:_authToken=$NPM_TOKEN\" > .npmrc && npm ci && rm -f .npmrc\n"),
        clean("FROM debian:13\nRUN --mount=type=secret,id=k cp /run/secrets/k /tmp/k && make && rm /tmp/k && TOKEN=$(cat /run/secrets/k) make > log.txt\n"),
        clean("FROM docker:28 AS test\nRUN docker login -u a -p $P\nFROM debian:13\nRUN aws configure set region eu-west-1 && npm config set registry https://npm.example.net && echo $TOKEN_URL > a\n"),
        clean("FROM debian:13\nRUN git config --global url.\"https://\".insteadOf git:// && docker logout && git config --global url.git@example.net:.insteadOf https://example.net/\n"),
    ],
    check,
};

const ASKED: Config<'static> = Config { secret_commands: &[("npm ci", "npmrc")], ..Config::DEFAULT };

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    check_configured(document, report);
    for stage in document.stages().iter().filter(|stage| !stage.is_dev) {
        for step in stage.steps.iter().filter(|step| step.is_run()) {
            let secrets: Vec<&Mount> = step.mounts.iter().filter(|mount| mount.kind == MountType::Secret).into_list();
            // From the end, so that it is known what is taken back later.
            let mut found = None;
            let mut undone: HashSet<&str> = HashSet::new();
            let commands: Vec<&Command> = step.commands().into_list();
            for command in commands.into_iter().rev() {
                let case = match secrets.is_empty() {
                    true => logs_in(command).then_some("login"),
                    false => leaks(step, command, &secrets)
                        .or_else(|| (stage.is_shipped() && keeps(step, command, &secrets)).then_some("leak")),
                };
                let program = command.program().unwrap_or_default();
                if case.is_some() && !undone.contains("rm") && !undone.contains(program) {
                    found = case.map(|case| (case, command));
                }
                if undoes(command) {
                    undone.insert(if command.is_one_of("shred find") { "rm" } else { program });
                }
            }
            match found {
                Some(("leak", command)) => {
                    report.at(
                        "leak",
                        call_range(command),
                        "the secret is mounted, and here it is copied into the layer",
                    );
                }
                Some((case, command)) => {
                    report.at(case, call_range(command), "what this stores to log in stays in the layer");
                }
                None => {}
            }
        }
    }
}

/// The commands that the settings name, in every stage: what they need is asked for in a build of any.
fn check_configured(document: &Document<'_>, report: &mut Reporter<'_>) {
    for &(asked, id) in document.config.secret_commands {
        let (program, operands) = asked.split_once(' ').unwrap_or((asked, ""));
        for step in document.steps().filter(|step| step.is_run()) {
            let has = |mount: &Mount| mount.kind == MountType::Secret && mount.id.as_deref() == Some(id);
            if step.mounts.iter().any(has) {
                continue;
            }
            for command in step.commands().filter(|command| command.is_one_of(program) && command.starts_with(operands))
            {
                report.at("configured", call_range(command), format!("`{asked}` runs without the secret `{id}`"));
            }
        }
    }
}

/// Whether a command takes back what one before it of the same program has stored, or removes a file.
fn undoes(command: &Command) -> bool {
    const UNDO: &str = "logout delete --unset --unset-all unset --remove-section revoke set-url";
    let removes_git = || command.is_one_of("git") && command.arguments().iter().any(|word| word.is("remove"));
    command.is_one_of("rm shred find")
        || removes_git()
        || command.arguments().iter().any(|word| word.shown().is_one_of(UNDO))
}

/// Whether a command stores a credential, or is given one.
fn logs_in(command: &Command) -> bool {
    let has = |wanted: &dyn Fn(&str) -> bool| command.arguments().iter().any(|word| wanted(word.shown()));
    let is_given = || has(&|text| text == "-p" || text.starts_with("--password"));
    let is_config = command.starts_with("config");
    match command.program() {
        Some("docker" | "podman" | "buildah" | "helm" | "az" | "skopeo" | "oras" | "crane") => {
            (command.starts_with("login") || command.starts_with("registry login")) && is_given()
        }
        Some("aws") => {
            const KEYS: &str = "aws_access_key_id aws_secret_access_key aws_session_token";
            command.starts_with("configure set") && has(&|text| text.ends_with_any(KEYS))
        }
        Some("gcloud") => command.starts_with("auth activate-service-account"),
        Some("gh") => command.starts_with("auth login") && command.has_flag("--with-token"),
        Some("npm" | "yarn" | "pnpm") => {
            is_config
                && has(&|text| {
                    words_of("_authToken _auth _password")
                        .any(|key| text.split('=').next().is_some_and(|name| name.ends_with(key)))
                })
        }
        Some("git") => {
            is_config
                && command
                    .arguments()
                    .iter()
                    .any(|word| word.shown().starts_with("url.") && word.shown().contains('@') && word.has_variable())
        }
        Some("composer" | "bundle" | "bundler" | "pip" | "pip3" | "poetry") => {
            is_config && command.arguments().iter().any(names_secret)
        }
        Some("dotnet" | "nuget") => has(&|text| text.eq_ignore_ascii_case("-password") || text == "--password"),
        Some("subscription-manager") => command.starts_with("register") && is_given(),
        Some("echo" | "printf") => writes(command) && command.arguments().iter().any(names_secret),
        _ => false,
    }
}

/// Whether a word uses a variable whose name is that of a secret.
fn names_secret(word: &Word) -> bool {
    word.variables.iter().any(|name| is_secret_name(name))
}

/// Whether a command writes to a file that stays.
fn writes(command: &Command) -> bool {
    let targets = command.redirects.iter().filter(|redirect| redirect.writes());
    targets.filter_map(|redirect| redirect.target.as_ref()).any(|target| stays(target.shown()))
}

fn stays(path: &str) -> bool {
    !path.starts_with("/dev/") && !path.starts_with("/tmp/")
}

/// Whether a command of a shipped stage stores what a mount brings: npm in its `.npmrc`, Git in its settings, and with the address of what is
/// cloned.
fn keeps(step: &Step<'_>, command: &Command, secrets: &[&Mount]) -> bool {
    // A path by itself is no secret.
    let reads_mount = |text: &str| {
        let mut targets = secrets.iter().filter_map(|mount| mount.target.as_deref());
        text.contains_any("$( `") && (text.contains("/run/secrets/") || targets.any(|target| text.contains(target)))
    };
    let is_set_from_mount = |name: &String| {
        let mut values = step.commands().flat_map(|other| &other.assignments).filter(|other| other.name == *name);
        secrets.iter().any(|mount| mount.env.as_ref() == Some(name))
            || values.any(|other| other.value.as_ref().is_some_and(|value| reads_mount(&value.raw)))
    };
    let is_secret = |word: &&Word| reads_mount(&word.raw) || word.variables.iter().any(is_set_from_mount);
    let mut words = command.arguments().iter().filter(is_secret);
    let is_in_mount = || command.operands().iter().any(|word| word.known().is_some_and(|path| step.is_mounted(path)));
    // Between `https://` and `@`.
    let has_user = |word: &Word| {
        let user = word.raw.split_once("://").and_then(|(_, rest)| rest.split_once('@'));
        user.is_some_and(|(user, _)| user.contains(['$', '`']))
    };
    match command.program() {
        Some("git") if command.starts_with("clone") => words.any(has_user) && !is_in_mount(),
        Some("git" | "npm" | "yarn" | "pnpm" | "composer" | "bundle" | "pip" | "pip3" | "poetry") => {
            command.starts_with("config") && !command.has_flag("--get") && words.next().is_some()
        }
        _ => false,
    }
}

/// Whether a command copies a mounted secret to a file that stays.
fn leaks(step: &Step<'_>, command: &Command, secrets: &[&Mount]) -> Option<&'static str> {
    let is_secret = |word: &Word| {
        secrets.iter().any(|mount| match (&mount.target, &mount.id) {
            (Some(target), _) => word.is(target),
            (None, Some(id)) => word.known().and_then(|path| path.strip_prefix("/run/secrets/")) == Some(id),
            _ => false,
        })
    };
    let variable =
        |word: &Word| secrets.iter().filter_map(|mount| mount.env.as_ref()).any(|env| word.variables.contains(env));
    let is_leak = match command.program()? {
        "cp" | "mv" | "install" => {
            let operands = command.operands();
            let (target, sources) = operands.split_last()?;
            let is_kept = !target.known().is_some_and(|path| step.is_mounted(path));
            sources.iter().any(|word| is_secret(word)) && stays(target.shown()) && is_kept
        }
        "cat" => writes(command) && command.arguments().iter().any(is_secret),
        "echo" | "printf" => writes(command) && command.arguments().iter().any(variable),
        _ => false,
    };
    is_leak.then_some("leak")
}
