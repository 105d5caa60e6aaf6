//! The progress bar of wget in a build log.

use crate::fix::argument_behind;
use crate::image::OsFamily;
use crate::packages::{Manager, install, package_name, removes};
use crate::rules::prelude::*;
use crate::shell::{Command, RedirectKind, Word};

pub const RULE: Rule = Rule {
    id: "wget-progress",
    category: Category::Style,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("gnu").codes(&[hadolint("DL3047"), droast("DF056")]),
        Case::new("busybox").codes(&[hadolint("DL3047")]).off(),
        Case::new("hidden-flags").codes(&[hadolint("DL3047")]).off(),
    ],
    supersedes: &[],
    title: "wget draws its progress bar",
    summary: "wget's progress bar floods the build log; use -q, -nv or --progress=dot:giga.",
    why: "
Where there is no terminal, wget prints a line for every 50 kilobytes: thousands of them for a large archive. The error that you look for is
somewhere in between.

`--progress=dot:giga` prints a line for every 32 megabytes, `-nv` one for each file, `-q` nothing at all.
",
    leave_it_when: "The file is small, so that the log stays short.",
    references: &[
        "https://github.com/hadolint/hadolint/wiki/DL3047",
        "https://www.gnu.org/software/wget/manual/wget.html",
    ],
    fix_changes: &[Change::Options],
    examples: &[
        fixed(
            "FROM debian:13\nRUN «wget» https://example.org/tool-1.4.2.tar.gz\n",
            "FROM debian:13\nRUN wget --progress=dot:giga https://example.org/tool-1.4.2.tar.gz\n",
        )
        .case("gnu"),
        // One finding for a RUN, and one fix for all of it.
        fixed(
            "FROM debian:13\nRUN [\"bash\", \"-c\", \"«wget» -O /a $URL && wget -c https://example.org/b\"]\nRUN [«\"wget\"», \"https://example.org/c\"]\n",
            "FROM debian:13\nRUN [\"bash\", \"-c\", \"wget --progress=dot:giga -O /a $URL && wget --progress=dot:giga -c https://example.org/b\"]\nRUN [\"wget\", \"--progress=dot:giga\", \"https://example.org/c\"]\n",
        )
        .case("gnu"),
        fixed(
            "FROM alpine:3.23\nRUN apk add --no-cache wget~1 && «wget» https://example.org/a\n",
            "FROM alpine:3.23\nRUN apk add --no-cache wget~1 && wget --progress=dot:giga https://example.org/a\n",
        )
        .case("gnu"),
        // The one of BusyBox knows no other way.
        fixed("FROM example.org/base:1\nRUN «wget» https://example.org/a\n", "FROM example.org/base:1\nRUN wget -q https://example.org/a\n")
            .case("gnu"),
        fixed("FROM alpine:3.23\nRUN «wget» https://example.org/a\n", "FROM alpine:3.23\nRUN wget -q https://example.org/a\n").case("busybox"),
        flagged("FROM debian:13\nARG FLAGS\nRUN «wget» $FLAGS https://example.org/a\n").case("hidden-flags"),
        clean("FROM debian:13\nARG FLAGS\nRUN wget $FLAGS https://example.org/a\n"),
        clean("FROM debian:13\nRUN wget --progress=dot:giga https://example.org/tool-1.4.2.tar.gz\n"),
        clean("FROM debian:13\nRUN wget -q https://example.org/a && wget -nv https://example.org/b && wget -qO- https://example.org/c && wget -o /log https://example.org/d\n"),
        clean("FROM debian:13\nRUN wget --spider https://example.org/a && wget --version && echo wget https://example.org/b\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache wget~1\nHEALTHCHECK CMD wget http://localhost/\n"),
        // GNU's is gone again.
        fixed(
            "FROM alpine:3.23\nRUN apk add --no-cache --virtual .deps wget && apk del .deps\nRUN «wget» https://example.org/b.tgz\n",
            "FROM alpine:3.23\nRUN apk add --no-cache --virtual .deps wget && apk del .deps\nRUN wget -q https://example.org/b.tgz\n",
        )
        .case("busybox"),
        clean("FROM debian:13\nRUN wget https://example.org/b.tgz 2>&1 | grep -q saved\n"),
        clean("FROM debian:13\nRUN wget https://example.org/b.tgz 2> log && wget https://example.org/c.tgz > log 2>&1\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, has_gnu: &mut bool| {
        if !step.is_run() {
            return;
        }
        let image = document.base_image_at(step);
        let family = document.os_family_at(step);
        // Fedora's wget is another program now, which draws nothing but a bar.
        let has_wget2 = image.is_some_and(|image| image.short_name() == "fedora");
        for run in &step.scripts {
            let mut edits = Vec::new();
            let mut first = None;
            let mut unknown = None;
            for command in &run.script.commands {
                *has_gnu |= installs_wget(command);
                // With it, or with the virtual package that it came with, BusyBox's is back.
                *has_gnu &= removes(command) != Some(Manager::Apk);
                let Some(word) = command.words.first().filter(|_| is_loud(command)) else { continue };
                if hides_flags(command) {
                    unknown = unknown.or(Some(word));
                    continue;
                }
                let is_gnu =
                    *has_gnu || family == Some(OsFamily::Debian) || family == Some(OsFamily::Fedora) && !has_wget2;
                edits.push(argument_behind(run, word, if is_gnu { "--progress=dot:giga" } else { "-q" }));
                first = first.or(Some((word, is_gnu || family.is_none())));
            }
            if let Some((word, is_gnu)) = first {
                let case = if is_gnu { "gnu" } else { "busybox" };
                report.at(case, word.range, "`wget` prints its progress into the build log").fix(
                    Safe,
                    "Print less",
                    edits,
                );
            } else if let Some(word) = unknown {
                report.at("hidden-flags", word.range, "`wget` may print its progress into the build log");
            }
        }
    });
}

/// Whether a command is a wget that downloads and draws how far it is.
fn is_loud(command: &Command) -> bool {
    const QUIET: &str = "--progress -q --quiet -nv --no-verbose -o --output-file -a --append-output --spider";
    const OTHER: &str = "-b --background -V --version -h --help";
    let is_written = command.redirects.iter().any(|redirect| redirect.writes() && redirect.descriptor.is_none());
    // What it draws goes to standard error, and there it is read or kept.
    let is_taken = command.redirects.iter().any(|redirect| {
        redirect.kind == RedirectKind::WriteBoth
            || redirect.descriptor == Some(2) && (redirect.writes() || is_written || command.context.writes_pipe)
    });
    command.is_one_of("wget") && !is_taken && !command.has_any_flag(QUIET) && !command.has_any_flag(OTHER)
}

/// Whether flags may hide in a variable in front of the address.
fn hides_flags(command: &Command) -> bool {
    let is_open = |word: &Word| !word.is_quoted && word.shown().starts_with('$') && !word.shown().contains('/');
    let address = command.arguments().iter().rposition(|word| !word.is_flag()).unwrap_or_default();
    command.arguments().iter().take(address).any(is_open)
}

/// On Alpine the package of this name puts GNU's program in the place of BusyBox's.
fn installs_wget(command: &Command) -> bool {
    install(command).is_some_and(|install| {
        install.manager == Manager::Apk && install.packages.iter().any(|word| package_name(word.shown()) == "wget")
    })
}
