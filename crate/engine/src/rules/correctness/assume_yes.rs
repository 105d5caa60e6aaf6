//! Package managers that ask before they act.

use crate::document::ScriptForm;
use crate::fix::is_fatal;
use crate::image::matches;
use crate::packages::{Manager, brings_settings, install, manager, may_give, removes, setting, spoken, upgrades};
use crate::rules::prelude::*;
use crate::shell::{Command, RedirectKind, Word};
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "assume-yes",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[kics("APT-GET Missing Flags To Avoid Manual Input")],
    cases: &[
        Case::new("apt").codes(&[
            hadolint("DL3014"),
            trivy("DS-0021"),
            kics("APT-GET Missing '-y' To Avoid Manual Input"),
            semgrep("missing-assume-yes-switch"),
            parfum("aptGetInstallUseY"),
            dockerfilelint("apt-get_missing_param"),
            droast("DF015"),
        ]),
        Case::new("yum").codes(&[
            hadolint("DL3030"),
            kics("Yum Install Allows Manual Input"),
            semgrep("missing-yum-assume-yes-switch"),
            parfum("yumInstallForceYes"),
            droast("DF027"),
        ]),
        Case::new("dnf").codes(&[
            hadolint("DL3038"),
            kics("Missing Flag From Dnf Install"),
            semgrep("missing-dnf-assume-yes-switch"),
        ]),
        Case::new("zypper").codes(&[
            hadolint("DL3034"),
            kics("Missing Zypper Non-interactive Switch"),
            semgrep("missing-zypper-no-confirm-switch"),
            droast("DF043"),
        ]),
        Case::new("other").severity(Severity::Warning),
    ],
    supersedes: &[],
    title: "A question that nobody can answer",
    summary: "The package manager will ask a question that nobody can answer; add -y.",
    why: "
A package manager shows what it is about to do and waits for a yes. A build has no keyboard: the manager reads the end of its input, takes
that for a no, and the build stops with `Abort.`

apt asks only when more is to be installed than you named. So a line without `-y` may build for years, until a package gets a new dependency.
",
    leave_it_when: "A configuration file of the base image says yes already.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#apt-get",
        "https://manpages.debian.org/stable/apt/apt-get.8.en.html",
        "https://github.com/hadolint/hadolint/wiki/DL3014",
        "https://github.com/hadolint/hadolint/wiki/DL3030",
        "https://github.com/hadolint/hadolint/wiki/DL3034",
        "https://github.com/hadolint/hadolint/wiki/DL3038",
        "https://avd.aquasec.com/misconfig/ds-0021",
    ],
    fix_changes: &[Change::Options],
    examples: &[
        fixed(
            "FROM debian:13-slim\nRUN apt-get update && «apt-get install» --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n",
        )
        .case("apt"),
        // One finding for a RUN, and one fix for all of it.
        fixed(
            "FROM debian:13-slim\r\nRUN apt-get update \\\r\n  && «apt-get -q install» \\\r\n    curl \\\r\n  && apt-get install -V git\r\n",
            "FROM debian:13-slim\r\nRUN apt-get update \\\r\n  && apt-get -q install -y \\\r\n    curl \\\r\n  && apt-get install -y -V git\r\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nRUN [«\"apt-get\", \"install\"», \"curl\"]\n",
            "FROM debian:13-slim\nRUN [\"apt-get\", \"install\", \"-y\", \"curl\"]\n",
        )
        .case("apt"),
        // Whether a failure within a condition stops the build is not certain.
        reviewed(
            "FROM debian:13-slim\nRUN <<EOF\napt-get update\nif true; then «apt-get install» \"$PACKAGE\"; fi\nEOF\n",
            "FROM debian:13-slim\nRUN <<EOF\napt-get update\nif true; then apt-get install -y \"$PACKAGE\"; fi\nEOF\n",
        )
        .case("apt"),
        fixed(
            "FROM debian:13-slim\nONBUILD RUN sudo «apt-get install» curl\n",
            "FROM debian:13-slim\nONBUILD RUN sudo apt-get install -y curl\n",
        )
        .case("apt"),
        fixed("FROM rockylinux:9\nRUN «yum install» git && yum clean all\n", "FROM rockylinux:9\nRUN yum install -y git && yum clean all\n").case("yum"),
        fixed("FROM fedora:43\nRUN «dnf module install» nodejs:22\n", "FROM fedora:43\nRUN dnf module install -y nodejs:22\n").case("dnf"),
        fixed("FROM redhat/ubi9-minimal:9.6\nRUN «microdnf install» tar\n", "FROM redhat/ubi9-minimal:9.6\nRUN microdnf install -y tar\n").case("dnf"),
        fixed("FROM opensuse/leap:16.0\nRUN «zypper install» curl\n", "FROM opensuse/leap:16.0\nRUN zypper --non-interactive install curl\n").case("zypper"),
        // After the verb `-n` is short for `--name`.
        fixed("FROM opensuse/leap:16.0\nRUN «zypper in» -n curl\n", "FROM opensuse/leap:16.0\nRUN zypper --non-interactive in -n curl\n").case("zypper"),
        fixed("FROM debian:13-slim\nRUN apt-get update && «apt upgrade»\n", "FROM debian:13-slim\nRUN apt-get update && apt upgrade -y\n").case("other"),
        fixed("FROM debian:13-slim\nRUN «apt-get purge» --auto-remove gcc\n", "FROM debian:13-slim\nRUN apt-get purge -y --auto-remove gcc\n").case("other"),
        fixed("FROM archlinux:base\nRUN «pacman -Syu» git\n", "FROM archlinux:base\nRUN pacman -Syu --noconfirm git\n").case("other"),
        // Refused, these stop nothing.
        reviewed("FROM debian:13-slim\nRUN «apt-get autoremove»; apt-get clean\n", "FROM debian:13-slim\nRUN apt-get autoremove -y; apt-get clean\n").case("other"),
        reviewed("FROM debian:13-slim\nRUN «apt-get autoremove» || true\n", "FROM debian:13-slim\nRUN apt-get autoremove -y || true\n").case("other"),
        reviewed("FROM rockylinux:9\nRUN «yum remove» java; yum remove jdk\n", "FROM rockylinux:9\nRUN yum remove -y java; yum remove -y jdk\n").case("other"),
        reviewed("FROM debian:13-slim\nRUN «apt-get install» curl | tee /log\n", "FROM debian:13-slim\nRUN apt-get install -y curl | tee /log\n").case("apt"),
        fixed("FROM debian:13-slim\nRUN set -e; «apt-get install» curl; apt-get clean\n", "FROM debian:13-slim\nRUN set -e; apt-get install -y curl; apt-get clean\n").case("apt"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl=8.14.* && rm -rf /var/lib/apt/lists/*\n"),
        clean("FROM debian:13-slim\nRUN apt-get -yqq install a && apt-get install --yes b && apt-get install --assume-yes c && apt-get -qq install d\n"),
        clean("FROM debian:13-slim\nRUN apt-get -q -q install a && apt-get -q=2 install b && apt-get --quiet=2 install b && apt-get install -o APT::Get::Assume-Yes=true c\n"),
        clean("FROM debian:13-slim AS base\nRUN echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90yes\nFROM base\nRUN apt-get install curl\n"),
        clean("FROM debian:13-slim\nCOPY 90yes /etc/apt/apt.conf.d/\nRUN apt-get install curl\n"),
        clean("FROM debian:13-slim\nRUN yes | apt-get install curl\nRUN echo y | apt-get install git\nRUN apt-get install jq <<< y\n"),
        clean("FROM debian:13-slim\nARG YES=-y\nRUN apt-get install $YES curl\nRUN apt-get install $APT_OPTS curl\n"),
        fixed(
            "FROM debian:13-slim\nRUN apt-get -o APT::Get::Assume-Yes=true install jq\nRUN timeout 100 «apt-get install» curl\n",
            "FROM debian:13-slim\nRUN apt-get -o APT::Get::Assume-Yes=true install jq\nRUN timeout 100 apt-get install -y curl\n",
        )
        .case("apt"),
        // What xargs reads, the program that it starts does not.
        fixed("FROM debian:13-slim\nRUN cat /list | xargs «apt-get install»\n", "FROM debian:13-slim\nRUN cat /list | xargs apt-get install -y\n").case("apt"),
        clean("FROM debian:13-slim\nRUN apt-get install --simulate curl\nRUN apt-get install --print-uris curl\nRUN apt-get clean && apt-get update\n"),
        clean("FROM cimg/base:2026.01\nRUN sudo apt-get install curl\n"),
        clean("FROM fedora:43\nRUN echo assumeyes=True >> /etc/dnf/dnf.conf && dnf install git\n"),
        clean("FROM fedora:43\nRUN dnf -qy install git && dnf install --assumeyes jq && dnf --setopt=assumeyes=1 install tar\n"),
        clean("FROM opensuse/leap:16.0\nRUN zypper -n install curl && zypper --non-interactive in git && zypper in -y jq && zypper rm --no-confirm tar\n"),
        clean("FROM archlinux:base\nRUN pacman -Syu --noconfirm git && pacman -Sy && pacman -Q\n"),
        // At the end of their input these take what they propose for granted.
        clean("FROM condaforge/miniforge3:25.3.1-0\nRUN conda install numpy && micromamba install jq\n"),
        // It asks at a terminal only.
        clean("FROM ubuntu:26.04\nRUN add-apt-repository ppa:x/y\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache curl\nCMD apt-get install curl\n"),
        // That of release 8 takes a yes for granted, and of an image that nobody knows nobody knows which it has.
        clean("FROM registry.access.redhat.com/ubi8/ubi-minimal:8.10\nRUN microdnf install tar\nFROM fedora-minimal:32\nRUN microdnf install tar\nFROM example/app:12\nRUN microdnf install tar\n"),
    ],
    check,
};

/// A configuration that says yes for good.
#[derive(Clone, Default)]
struct Settled {
    apt: bool,
    dnf: bool,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, settled: &mut Settled| {
        settled.apt |= brings_settings(step, "/etc/apt/apt.conf") || is_settled_by_base(document, step);
        settled.dnf |= brings_settings(step, "/etc/dnf") || brings_settings(step, "/etc/yum.conf");
        if !step.is_run() {
            return;
        }
        for run in &step.scripts {
            let mut found: Vec<(&'static str, &Command)> = Vec::new();
            for command in &run.script.commands {
                // On its own command line it holds for that alone.
                let is_kept = manager(command).is_none();
                settled.apt |= is_kept && setting(document, command, "Assume-Yes") == Some(true);
                settled.dnf |= is_kept && setting(document, command, "assumeyes") == Some(true);
                let Some((case, of)) = asks(command) else { continue };
                if !is_answered(document, step, command, of, settled) {
                    found.push((case, command));
                }
            }
            for case in ["apt", "yum", "dnf", "zypper", "other"] {
                let commands: Vec<&Command> =
                    found.iter().filter(|(of, _)| *of == case).map(|(_, command)| *command).into_list();
                let Some((range, call)) = commands.first().and_then(|first| spoken(first)) else { continue };
                let finding =
                    report.at(case, range, format!("`{call}` may ask before it goes on, and a build cannot answer"));
                if let Some(edits) =
                    commands.iter().map(|command| answer(command, run.form)).collect::<Option<Vec<_>>>()
                {
                    // Where a refusal stopped nothing, a yes changes what the image holds.
                    if commands.iter().all(|command| is_fatal(document, step, run, command)) {
                        finding.fix(Safe, "Answer yes in advance", edits);
                    } else {
                        finding.fix(
                            Review,
                            "Answer yes in advance, if what the build may pass over so far is to happen",
                            edits,
                        );
                    }
                }
            }
        }
    });
}

/// The case of a command that asks, and the manager that does.
fn asks(command: &Command) -> Option<(&'static str, Manager)> {
    let of = manager(command)?;
    let installs = install(command).is_some();
    let is_patch = of == Manager::Zypper && (command.starts_with("patch") || removes(command).is_some());
    let case = match of {
        Manager::Apk => return None,
        Manager::Apt if command.program() == Some("apt-get") && command.starts_with("install") => "apt",
        Manager::Yum if installs => "yum",
        Manager::Dnf if installs => "dnf",
        Manager::Zypper if installs || is_patch => "zypper",
        _ if installs || upgrades(command).is_some() || removes(command).is_some() => "other",
        _ => return None,
    };
    Some((case, of))
}

fn is_answered(document: &Document<'_>, step: &Step<'_>, command: &Command, of: Manager, settled: &Settled) -> bool {
    const DRY: &str = "--simulate --just-print --dry-run --recon --no-act --print-uris --assumeno --assume-no --help";
    // What xargs reads, those that it starts do not see.
    let is_piped = command.context.reads_pipe && command.wrapper("xargs").is_none();
    let says_yes = || ["Assume-Yes", "assumeyes"].iter().any(|name| setting(document, command, name) == Some(true));
    let is_fed = is_piped
        || command.redirects.iter().any(|redirect| {
            matches!(redirect.kind, RedirectKind::Read | RedirectKind::HereDoc | RedirectKind::HereString)
        });
    if is_fed || command.has_any_flag(DRY) || says_yes() {
        return true;
    }
    match of {
        Manager::Apt => {
            settled.apt
                || is_quiet_enough(command)
                || may_give(document, step, command, "-s --force-yes")
                || may_give(document, step, command, of.yes_flags())
        }
        Manager::Dnf if command.is_one_of("microdnf") && !microdnf_asks(document, step) => true,
        Manager::Dnf | Manager::Yum => settled.dnf || may_give(document, step, command, of.yes_flags()),
        Manager::Zypper => {
            is_non_interactive(command) || may_give(document, step, command, "-y --no-confirm --non-interactive")
        }
        Manager::Apk | Manager::Pacman => may_give(document, step, command, of.yes_flags()),
    }
}

/// Whether microdnf is one that asks: that of release 9 and later, and of Fedora since 34. Before, it took a yes for granted.
/// <https://github.com/rpm-software-management/microdnf/pull/97>
fn microdnf_asks(document: &Document<'_>, step: &Step<'_>) -> bool {
    const FIRST: u32 = 9;
    const FIRST_FEDORA: u32 = 34;
    const NUMBERED: &str = "rockylinux almalinux oraclelinux centos rocky stream minimal";
    let Some(image) = document.base_image_at(step) else { return false };
    let name = image.short_name();
    if name.starts_with("fedora") {
        return image.major().is_none_or(|major| major >= FIRST_FEDORA);
    }
    let of_ubi = |text: &str| text.strip_prefix("ubi")?.split('-').next()?.parse().ok();
    let parts = image.repository.split('/').chain(image.tag_parts());
    let release: Option<u32> = parts.filter_map(of_ubi).next();
    let release = release.or_else(|| image.major().filter(|_| name.is_one_of(NUMBERED)));
    release.is_some_and(|release| release >= FIRST)
}

/// Two `-q` count as a yes for apt.
fn is_quiet_enough(command: &Command) -> bool {
    let letters = |word: &Word| -> usize {
        let short = word.shown().strip_prefix('-').filter(|rest| !rest.starts_with('-')).unwrap_or_default();
        match short {
            "q=2" => 2,
            _ if word.is("--quiet=2") => 2,
            _ => short.chars().take_while(char::is_ascii_alphabetic).filter(|letter| *letter == 'q').count(),
        }
    };
    let long = command.arguments().iter().filter(|word| word.is("--quiet")).count();
    command.arguments().iter().map(letters).sum::<usize>() + long >= 2
}

/// Whether zypper's own flags, which stand before the verb, say so.
fn is_non_interactive(command: &Command) -> bool {
    let Some(verb) = command.subcommand() else { return false };
    command.flag("-n").is_some_and(|flag| flag.range.start() < verb.range.start())
}

/// The images of a service whose apt has been told to say yes.
fn is_settled_by_base(document: &Document<'_>, step: &Step<'_>) -> bool {
    let image = document.base_image_at(step);
    image.is_some_and(|image| matches("cimg/*", image) || matches("circleci/*", image))
}

/// The edit that answers yes.
fn answer(command: &Command, form: ScriptForm) -> Option<Edit> {
    let (spoken, _) = spoken(command)?;
    let (at, flag) = match manager(command) {
        Some(Manager::Zypper) => (command.words.first()?.range.end(), "--non-interactive"),
        Some(Manager::Pacman) => (spoken.end(), "--noconfirm"),
        _ => (spoken.end(), "-y"),
    };
    Some(match form {
        ScriptForm::Exec if command.words.iter().all(|word| word.raw.starts_with('"')) => {
            insert(at, format!(", \"{flag}\""))
        }
        _ => insert(at, format!(" {flag}")),
    })
}
