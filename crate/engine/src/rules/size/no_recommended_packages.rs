//! `apt-get install` without `--no-install-recommends`.

use crate::document::{RunScript, ScriptForm};
use crate::fix::{argument_behind, line_indent};
use crate::image::{OsFamily, is_os, os_family};
use crate::packages::{Install, Manager, brings_settings, install, may_give, package_name, setting};
use crate::rules::prelude::*;
use crate::shell::Command;
use crate::table::words_of;

pub const RULE: Rule = Rule {
    id: "no-recommended-packages",
    category: Category::Size,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("apt").codes(&[
            hadolint("DL3015"),
            trivy("DS-0029"),
            kics("APT-GET Not Avoiding Additional Packages"),
            semgrep("missing-no-install-recommends"),
            parfum("aptGetInstallUseNoRec"),
            dockerfilelint("apt-get_recommends"),
            droast("DF016"),
        ]),
        // Other tools look at `apt-get` alone.
        Case::new("apt-frontend"),
        Case::new("builder").codes(&[hadolint("DL3015"), trivy("DS-0029")]).off(),
        Case::new("weak-deps").off(),
    ],
    supersedes: &[],
    title: "Recommended packages are installed too",
    summary: "Install only what you name: add --no-install-recommends.",
    why: "
A Debian package names packages that it needs and packages that most people like to have beside it: manuals, fonts, a mail server. apt
installs both kinds. In an image the second is seldom used, and it can be half of the layer, with security holes of its own.

With `--no-install-recommends` you get what you name and what that needs. When something then is missing, name it: most often it is
`ca-certificates`, without which no HTTPS connection is trusted.
",
    leave_it_when: "You want what the distribution recommends, as on a desktop, and the size does not matter.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#apt-get",
        "https://github.com/hadolint/hadolint/wiki/DL3015",
        "https://avd.aquasec.com/misconfig/ds-0029",
        "https://www.debian.org/doc/debian-policy/ch-relationships.html#binary-dependencies-depends-recommends-suggests-enhances-pre-depends",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get «install» -y curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install --no-install-recommends -y ca-certificates curl \\\n    && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        reviewed(
            "FROM python:3.13\nRUN apt-get update && apt-get «install» -y libpq5\n",
            "FROM python:3.13\nRUN apt-get update && apt-get install --no-install-recommends -y libpq5\n",
        )
        .case("apt"),
        // A package per line.
        reviewed(
            "FROM ubuntu:26.04\r\nRUN apt-get update && apt-get -qq «install» -y \\\r\n      # for the sources\r\n      git \\\r\n      make\r\n",
            "FROM ubuntu:26.04\r\nRUN apt-get update && apt-get -qq install --no-install-recommends -y \\\r\n      # for the sources\r\n      ca-certificates \\\r\n      git \\\r\n      make\r\n",
        )
        .case("apt"),
        // One finding for a RUN, and one fix for all of it.
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get «install» -y ca-certificates && apt-get install -y curl=8.14.* git\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install --no-install-recommends -y ca-certificates && apt-get install --no-install-recommends -y curl=8.14.* git\n",
        )
        .case("apt"),
        reviewed(
            "FROM debian:13-slim\nRUN <<EOF\napt-get update\nif test -n \"$DEBUG\"; then apt-get «install» -y gdb; fi\nEOF\n",
            "FROM debian:13-slim\nRUN <<EOF\napt-get update\nif test -n \"$DEBUG\"; then apt-get install --no-install-recommends -y gdb; fi\nEOF\n",
        )
        .case("apt"),
        reviewed(
            "FROM debian:13-slim\nARG PACKAGES=\"jq file\"\nONBUILD RUN apt-get update && apt-get «install» -y $PACKAGES\n",
            "FROM debian:13-slim\nARG PACKAGES=\"jq file\"\nONBUILD RUN apt-get update && apt-get install --no-install-recommends -y $PACKAGES\n",
        )
        .case("apt"),
        reviewed(
            "FROM debian:13-slim\nRUN [\"apt-get\", «\"install\"», \"-y\", \"jq\"]\n",
            "FROM debian:13-slim\nRUN [\"apt-get\", \"install\", \"--no-install-recommends\", \"-y\", \"jq\"]\n",
        )
        .case("apt"),
        reviewed(
            "FROM debian:13-slim\nRUN [\"sh\", \"-c\", \"apt-get «install» -y jq\"]\n",
            "FROM debian:13-slim\nRUN [\"sh\", \"-c\", \"apt-get install --no-install-recommends -y jq\"]\n",
        )
        .case("apt"),
        // The variable says that certificates are there, or that they are wanted.
        reviewed(
            "FROM debian:13-slim\nARG PACKAGES=\"ca-certificates curl\"\nRUN apt-get update && apt-get «install» -y $PACKAGES\n",
            "FROM debian:13-slim\nARG PACKAGES=\"ca-certificates curl\"\nRUN apt-get update && apt-get install --no-install-recommends -y $PACKAGES\n",
        )
        .case("apt"),
        reviewed(
            "FROM debian:13-slim\nENV PACKAGES=\"curl jq\"\nRUN apt-get update && apt-get «install» -y ${PACKAGES}\n",
            "FROM debian:13-slim\nENV PACKAGES=\"curl jq\"\nRUN apt-get update && apt-get install --no-install-recommends -y ca-certificates ${PACKAGES}\n",
        )
        .case("apt"),
        reviewed(
            "FROM debian:13-slim\nRUN apt update && apt «install» -y jq\n",
            "FROM debian:13-slim\nRUN apt update && apt install --no-install-recommends -y jq\n",
        )
        .case("apt-frontend"),
        // aptitude has a flag of its own name.
        reviewed(
            "FROM debian:13-slim\nRUN aptitude update && aptitude -y «install» jq\n",
            "FROM debian:13-slim\nRUN aptitude update && aptitude -y install --without-recommends jq\n",
        )
        .case("apt-frontend"),
        reviewed(
            "FROM fedora:43\nRUN dnf -y «install» nginx git && dnf clean all\n",
            "FROM fedora:43\nRUN dnf -y install --setopt=install_weak_deps=False nginx git && dnf clean all\n",
        )
        .case("weak-deps"),
        reviewed(
            "FROM opensuse/leap:15.6\nRUN zypper -n «install» nginx && zypper clean\n",
            "FROM opensuse/leap:15.6\nRUN zypper -n install --no-recommends nginx && zypper clean\n",
        )
        .case("weak-deps"),
        clean("FROM fedora:43\nRUN echo install_weak_deps=False >> /etc/dnf/dnf.conf && dnf -y install nginx && dnf clean all\n"),
        clean("FROM debian:13-slim\nRUN apt-get update \\\n    && apt-get install -y --no-install-recommends ca-certificates curl \\\n    && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get -o APT::Install-Recommends=false install -y curl\n"),
        clean("FROM debian:13-slim AS base\nRUN echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/99lean\nFROM base\nRUN apt-get update && apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nRUN <<EOF\ncat > /etc/apt/apt.conf.d/99lean <<CONF\nAPT::Install-Recommends \"false\";\nCONF\napt-get update && apt-get install -y curl\nEOF\n"),
        clean("FROM debian:13-slim\nCOPY 99lean /etc/apt/apt.conf.d/\nRUN apt-get update && apt-get install -y curl\n"),
        clean("FROM debian:13-slim\nENV APT_INSTALL=\"-y --no-install-recommends\"\nRUN apt-get update && apt-get install $APT_INSTALL curl\n"),
        clean("FROM debian:13-slim\nRUN opts='-y --no-install-recommends' && apt-get install $opts curl\nRUN apt-get install $APT_OPTS git\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --install-recommends texlive\n"),
        clean("FROM debian:13-slim\nCOPY app.deb /tmp/\nRUN dpkg -i /tmp/app.deb || apt-get install -fy\nRUN apt-get install -y /tmp/*.deb\n"),
        clean("FROM debian:13-slim\nRUN aptitude install -R jq && apt-get update && apt-get upgrade -y\n"),
        flagged("FROM debian:13 AS build\nRUN apt-get update && apt-get «install» -y gcc\nFROM debian:13-slim\nCOPY --from=build /app /app\n").case("builder"),
        clean("FROM debian:13 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:13-slim\nCOPY --from=build /app /app\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache curl\n# RUN apt-get install curl\n"),
    ],
    check,
};

/// What earlier steps of a chain mean for the installs after them.
#[derive(Clone, Default)]
struct Before {
    is_configured: bool,
    has_certificates: bool,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    // Whoever names the setting, wherever that is, has thought of it.
    let is_asked_for = report.is_asked_for("weak-deps", &document.config);
    let of = |setting| is_asked_for && !document.file.text().contains(setting);
    let (of_dnf, of_zypper) = (of("install_weak_deps"), of("recommends"));
    document.along_chains(|step, before: &mut Before| {
        before.is_configured |= brings_settings(step, "/etc/apt/apt.conf");
        if !step.is_run() {
            return;
        }
        let is_shipped = document.stage_of(step).is_some_and(Stage::is_shipped);
        for run in &step.scripts {
            if is_shipped && (of_dnf || of_zypper) {
                weak_dependencies(run, of_dnf, of_zypper, report);
            }
            let mut found: Vec<(&Command, Vec<Edit>)> = Vec::new();
            for command in &run.script.commands {
                before.is_configured |= setting(document, command, "Install-Recommends").is_some();
                let Some(install) = install(command).filter(|install| install.manager == Manager::Apt) else {
                    continue;
                };
                before.has_certificates |= names(document, step, &install, "ca-certificates");
                if before.is_configured || !installs_recommended(document, step, command, &install) {
                    continue;
                }
                found.push((command, edits(document, step, run, command, &install, before)));
            }
            if !is_shipped || found.is_empty() {
                others(run, report);
                continue;
            }
            let Some((first, _)) = found.iter().find(|(command, _)| is_apt_get(command)).or(found.first()) else {
                continue;
            };
            let case = if is_apt_get(first) { "apt" } else { "apt-frontend" };
            let Some(verb) = first.subcommand() else { continue };
            let adds_certificates = found.iter().any(|(_, edits)| edits.len() > 1);
            let title = if adds_certificates {
                "Install without recommended packages, of which one besides ca-certificates may be needed"
            } else {
                "Install without recommended packages, of which one may be needed after all"
            };
            let edits = found.iter().flat_map(|(_, edits)| edits.clone());
            report.at(case, verb.range, message(first)).fix(Review, title, edits);
        }
    });
}

/// The same of `dnf` and `zypper`, on the first install of a script.
fn weak_dependencies(run: &RunScript, of_dnf: bool, of_zypper: bool, report: &mut Reporter<'_>) {
    for command in &run.script.commands {
        let Some(install) = install(command).filter(|install| !install.packages.is_empty() && !install.is_local())
        else {
            continue;
        };
        let flag = match install.manager {
            Manager::Dnf if of_dnf => "--setopt=install_weak_deps=False",
            Manager::Zypper if of_zypper => "--no-recommends",
            _ => continue,
        };
        if install.verb.is("install") {
            report.at("weak-deps", install.verb.range, message(command)).fix(
                Review,
                "Install without recommended packages, of which one may be needed after all",
                [argument_behind(run, install.verb, flag)],
            );
            return;
        }
    }
}

fn is_apt_get(command: &Command) -> bool {
    command.program() == Some("apt-get")
}

/// What other tools report as well: in a builder stage, of files that lie on disk, and where a setting says it.
fn others(run: &RunScript, report: &mut Reporter<'_>) {
    let is_told = |command: &Command| {
        command.has_flag("--no-install-recommends")
            || command.arguments().iter().any(|word| word.is("APT::Install-Recommends=false"))
    };
    let asks = |command: &&Command| is_apt_get(command) && command.starts_with("install") && !is_told(command);
    if let Some(verb) = run.script.commands.iter().find(asks).and_then(Command::subcommand) {
        report.at("builder", verb.range, "`apt-get install` without `--no-install-recommends`");
    }
}

fn installs_recommended(document: &Document<'_>, step: &Step<'_>, command: &Command, install: &Install<'_>) -> bool {
    const FLAGS: &str = "--no-install-recommends --without-recommends --install-recommends --with-recommends";
    let says = may_give(document, step, command, FLAGS)
        || (command.program() == Some("aptitude") && command.has_any_flag("-R -r"))
        || command.has_any_flag("--download-only -d --simulate -s --dry-run --print-uris");
    install.verb.is("install") && !install.packages.is_empty() && !install.is_local() && !says
}

fn message(command: &Command) -> String {
    let packages = install(command).map(|install| install.packages).unwrap_or_default();
    match &packages[..] {
        [only] => format!("`{}` brings all that it recommends along", only.shown()),
        [first, ..] => {
            format!("`{}` and {} more bring all that they recommend along", first.shown(), packages.len() - 1)
        }
        [] => String::new(),
    }
}

fn edits(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    command: &Command,
    install: &Install<'_>,
    before: &mut Before,
) -> Vec<Edit> {
    let flag = if command.program() == Some("aptitude") { "--without-recommends" } else { "--no-install-recommends" };
    let is_json_word = install.verb.raw.starts_with('"');
    if run.form == ScriptForm::Exec && is_json_word {
        return vec![insert(install.verb.range.end(), format!(", \"{flag}\""))];
    }
    let mut edits = vec![insert(install.verb.range.end(), format!(" {flag}"))];
    let wants_certificates = words_of("curl wget git").any(|name| names(document, step, install, name));
    if let Some(first) = install.packages.first()
        && wants_certificates
        && !before.has_certificates
        && is_bare_debian(document, step)
    {
        before.has_certificates = true;
        edits.push(insert(
            first.range.start(),
            match line_indent(document, first.range.start()) {
                Some(indent) => {
                    format!("ca-certificates {}{}{indent}", document.file.escape, newline_of(document.file.text()))
                }
                None => "ca-certificates ".to_owned(),
            },
        ));
    }
    edits
}

/// Whether an install names a package, with or without a version, itself or in a variable whose value stands in this file.
fn names(document: &Document<'_>, step: &Step<'_>, install: &Install<'_>, name: &str) -> bool {
    let is_it = |shown: &str| package_name(shown).split(['/', ':']).next() == Some(name);
    install.packages.iter().any(|package| {
        let mut values = package.variables.iter().filter_map(|variable| document.variable_at(variable, step));
        is_it(package.shown()) || values.any(|value| value.split_whitespace().any(is_it))
    })
}

/// Whether a step's image is Debian's or Ubuntu's own, which has no certificates.
fn is_bare_debian(document: &Document<'_>, step: &Step<'_>) -> bool {
    let image = document.base_image_at(step);
    image.is_some_and(|image| {
        is_os(image) && os_family(image) == Some(OsFamily::Debian) && image.repository != "buildpack-deps"
    })
}
