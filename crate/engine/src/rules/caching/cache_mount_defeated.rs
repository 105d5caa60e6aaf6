//! Cache mounts that are emptied, bypassed or shared without a lock.

use crate::document::is_root;
use crate::fix::{drop_argument, drop_last_link, drop_link};
use crate::image::OsFamily;
use crate::packages::{Manager, manager};
use crate::rules::prelude::*;
use crate::shell::{Command, Script};
use crate::table::words_of;
use layerwise_syntax::{Flag, Mount, MountType};

pub const RULE: Rule = Rule {
    id: "cache-mount-defeated",
    category: Category::Caching,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("cleared"), Case::new("docker-clean"), Case::new("unlocked")],
    supersedes: &[],
    title: "Cache mount that does not help",
    summary: "Let the package manager keep what it downloads in a cache mount, and lock it where two builds would disturb each other.",
    why: "
What lies in a cache mount never reaches the image, so there is nothing to clean. A `--no-cache` or `rm -rf` next to the mount empties the cache for the
next build, which downloads everything once more.

Debian's and Ubuntu's images also delete packages after each install, by a hook in `/etc/apt/apt.conf.d/docker-clean`. And two builds at a time that
share apt's folders fail on its lock: `sharing=locked` lets one wait for the other.
",
    leave_it_when: "Something else needs the folder to be empty afterwards.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#run---mounttypecache",
        "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
    ],
    fix_changes: &[Change::Redundant, Change::Options, Change::Mounts],
    examples: &[
        fixed(
            "FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» -r requirements.txt\n",
            "FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n",
        )
        .case("cleared"),
        fixed(
            "FROM node:24-slim\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci && \\\n    «npm cache clean --force»\n",
            "FROM node:24-slim\nRUN --mount=type=cache,target=/root/.npm \\\n    npm ci\n",
        )
        .case("cleared"),
        reviewed(
            "FROM alpine:3.23\nRUN --mount=type=cache,target=/var/cache/apk,sharing=locked apk add «--no-cache» git\n",
            "FROM alpine:3.23\nRUN --mount=type=cache,target=/var/cache/apk,sharing=locked apk add git\n",
        )
        .case("cleared"),
        fixed(
            "FROM alpine:3.23\nRUN «--mount=type=cache,target=/var/cache/apk» apk add git\n",
            "FROM alpine:3.23\nRUN --mount=type=cache,target=/var/cache/apk,sharing=locked apk add git\n",
        )
        .case("unlocked"),
        flagged(
            "FROM debian:13-slim\nRUN «--mount=type=cache,target=/var/cache/apt,sharing=locked» apt-get update && apt-get install -y git\n",
        )
        .case("docker-clean"),
        clean("FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n"),
        clean("FROM python:3.13-slim\nRUN --mount=type=cache,target=/root/.npm pip install --no-cache-dir -r requirements.txt\n"),
        clean(
            "FROM debian:13-slim\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get install -y git\n",
        ),
        clean(
            "FROM debian:13-slim\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked echo 'Binary::apt::APT::Keep-Downloaded-Packages \"true\";' > /etc/apt/apt.conf.d/keep && apt-get install -y git\n",
        ),
        clean("FROM debian:13-slim\nRUN --mount=type=cache,target=/var/cache/apt,sharing=private make\n"),
        // Go keeps its modules elsewhere here, so that it is the layer which is kept small.
        reviewed(
            "FROM golang:1.26\nRUN --mount=type=cache,target=/root/go/pkg/mod go build -o /app . && «go clean -modcache»\n",
            "FROM golang:1.26\nRUN --mount=type=cache,target=/root/go/pkg/mod go build -o /app .\n",
        )
        .case("cleared"),
        reviewed(
            "FROM python:3.13\nENV HOME=/app\nRUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» flask\n",
            "FROM python:3.13\nENV HOME=/app\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask\n",
        )
        .case("cleared"),
    ],
    check,
};

/// Programs, a part of the folder that each keeps its downloads in, and the flags and words that empty or bypass it.
const CACHES: [(&str, &str, &str, &str); 7] = [
    ("pip", "pip", "--no-cache-dir", ""),
    ("pip3", "pip", "--no-cache-dir", ""),
    ("uv", "uv", "--no-cache", ""),
    ("npm", ".npm", "", "cache clean"),
    ("yarn", "yarn", "", "cache clean"),
    ("apk", "/var/cache/apk", "--no-cache", ""),
    ("go", "/pkg/mod", "", "clean -modcache"),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut keeps_packages = false;
    for stage in document.stages() {
        // A stage that is built from another may have got its settings from there: then nothing is said.
        keeps_packages |= stage.parent.is_some();
        for step in stage.steps.iter().filter(|step| step.is_run()) {
            keeps_packages |= speaks_of_clean(document, step);
            for (flag, mount) in step.instruction.flags_named("mount").zip(&step.mounts) {
                if mount.kind == MountType::Cache {
                    mounted(document, step, flag, mount, keeps_packages, report);
                }
            }
        }
    }
}

/// Whether a step says anything of the hook that deletes packages.
fn speaks_of_clean(document: &Document<'_>, step: &Step<'_>) -> bool {
    let text = document.slice(step.outer.range);
    text.contains("docker-clean") || text.contains("Keep-Downloaded-Packages")
}

fn mounted(
    document: &Document<'_>,
    step: &Step<'_>,
    flag: &Flag,
    mount: &Mount,
    keeps_packages: bool,
    report: &mut Reporter<'_>,
) {
    let target = mount.target.as_deref().unwrap_or_default();
    // Another user has another home, and another cache.
    if target.starts_with("/root/") && !step.in_force.user.is_none_or(|user| is_root(&user.text)) {
        return;
    }
    for run in &step.scripts {
        for command in &run.script.commands {
            defeat(document, step, &run.script, command, target, report);
        }
    }
    let uses = |wanted: Manager| step.commands().any(|command| manager(command) == Some(wanted));
    let is_for = |folder: &str| target.trim_end_matches('/') == folder;
    let is_apt =
        (is_for("/var/cache/apt") || is_for("/var/lib/apt") || is_for("/var/cache/apt/archives")) && uses(Manager::Apt);
    let is_system = is_apt
        || is_for("/var/cache/apk") && uses(Manager::Apk)
        || (is_for("/var/cache/dnf") || is_for("/var/cache/libdnf5")) && uses(Manager::Dnf);
    if is_system && mount.sharing.is_none() {
        let finding =
            report.at("unlocked", flag.range, format!("two builds at a time would share `{target}` without a lock"));
        finding.fix(Safe, "Let one wait for the other", [insert(flag.range.end(), ",sharing=locked")]);
    }
    let is_debian = document.os_family_at(step) == Some(OsFamily::Debian);
    if is_apt && target.starts_with("/var/cache") && is_debian && !keeps_packages && mount.sharing.is_some() {
        report.at(
            "docker-clean",
            flag.range,
            format!("the image deletes what apt downloads to `{target}` after each install"),
        );
    }
}

/// Whether a program surely keeps its downloads in a folder: it is the usual one of root, and nothing names another.
fn is_kept_there(document: &Document<'_>, step: &Step<'_>, command: &Command, target: &str) -> bool {
    const USUAL: &str = "/go/pkg/mod /root/.cache /root/.cache/pip /root/.cache/uv /root/.npm /usr/local/share/.cache \
        /usr/local/share/.cache/yarn /usr/local/share/.cache/yarn/v6";
    const SET_BY: &str = "GOMODCACHE GOPATH HOME NPM_CONFIG_CACHE PIP_CACHE_DIR UV_CACHE_DIR XDG_CACHE_HOME YARN_CACHE_FOLDER npm_config_cache";
    let is_another = |name: &str| {
        let is_same = |value: String| value == target || target == format!("{value}/pkg/mod");
        document.is_variable_set(name, step) && !document.variable_at(name, step).is_some_and(is_same)
    };
    target.trim_end_matches('/').is_one_of(USUAL)
        && command.wrapper("sudo").is_none()
        && !words_of(SET_BY).any(|name| is_another(name) || command.assigned(name).is_some())
}

/// Reports a command that bypasses or empties the cache below `target`.
fn defeat(
    document: &Document<'_>,
    step: &Step<'_>,
    script: &Script,
    command: &Command,
    target: &str,
    report: &mut Reporter<'_>,
) {
    let Some(program) = command.program() else { return };
    let Some((_, folder, flags, words)) = CACHES.iter().find(|(name, ..)| *name == program) else { return };
    if !target.contains(folder) && target != "/root/.cache"
        || target == "/root/.cache" && !matches!(*folder, "pip" | "uv")
    {
        return;
    }
    let (sure, doubt) = match is_kept_there(document, step, command, target) {
        true => (Safe, ""),
        false => (Review, ", if the cache is in the mount and not in the layer"),
    };
    for word in command.arguments() {
        if !word.is_one_of(flags) {
            continue;
        }
        // apk's flag also fetches the index, which the image has not.
        let (applicability, title) = if program == "apk" {
            (Review, "Remove the flag, where an index is there".to_owned())
        } else {
            (sure, format!("Remove the flag{doubt}"))
        };
        let finding = report.at(
            "cleared",
            word.range,
            format!("`{}` keeps `{program}` from using the mounted cache", word.shown()),
        );
        if let Some(edit) = drop_argument(document, command, word.range) {
            finding.fix(applicability, title, [edit]);
        }
    }
    let empties =
        !words.is_empty() && words_of(words).all(|wanted| command.arguments().iter().any(|word| word.is(wanted)));
    if empties {
        let finding = report.at(
            "cleared",
            command.range,
            format!("this empties the mounted cache `{target}` for the next build"),
        );
        if let Some(edit) = drop_last_link(document, script, command).or_else(|| drop_link(document, script, command)) {
            finding.fix(sure, format!("Keep what is in it{doubt}"), [edit]);
        }
    }
}
