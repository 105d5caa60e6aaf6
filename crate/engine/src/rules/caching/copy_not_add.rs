//! `ADD` where `COPY` is enough.

use crate::packages::is_unpacked;
use crate::path::{last_part, name};
use crate::rules::prelude::*;
use crate::table::words_of;
use layerwise_syntax::{CopyArguments, Source};

pub const RULE: Rule = Rule {
    id: "copy-not-add",
    category: Category::Caching,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[
        trivy("DS-0005"),
        kics("Add Instead of Copy"),
        cis("4.9"),
        semgrep("prefer-copy-over-add"),
        droast("DF006"),
    ],
    cases: &[
        Case::new("local").codes(&[hadolint("DL3020")]),
        Case::new("unclear").codes(&[hadolint("DL3020")]).off(),
        Case::new("any").codes(&[checkov("CKV_DOCKER_4"), dockle("CIS-DI-0009")]).off(),
    ],
    supersedes: &[],
    title: "ADD where COPY is enough",
    summary: "Use COPY for local files; ADD also unpacks archives and fetches URLs.",
    why: "
`COPY` does one thing. `ADD` decides by content: a file that happens to be a tar archive is silently unpacked, and a source that looks
like a URL is downloaded.

Keep `ADD` for the cases where you want that, so that a reader knows a copy is only a copy and the cache depends only on your files.
",
    leave_it_when: "The source is an archive that `ADD` is meant to unpack.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#add-or-copy",
        "https://github.com/hadolint/hadolint/wiki/DL3020",
        "https://avd.aquasec.com/misconfig/ds-0005",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM python:3.13-slim\n«ADD» requirements.txt /app/requirements.txt\n",
            "FROM python:3.13-slim\nCOPY requirements.txt /app/requirements.txt\n",
        )
        .case("local"),
        fixed("FROM alpine:3.23\n«add» --chown=1:1 a.conf b.conf /etc/app/\n", "FROM alpine:3.23\ncopy --chown=1:1 a.conf b.conf /etc/app/\n")
            .case("local"),
        // The column of the arguments stays where it is.
        fixed(
            "FROM     alpine:3.23\n«ADD»      a.conf \\\n         /etc/\n«ADD»  b.conf /etc/\n",
            "FROM     alpine:3.23\nCOPY     a.conf \\\n         /etc/\nCOPY b.conf /etc/\n",
        )
        .case("local"),
        // A name without an ending may be an archive all the same, and so may many with one.
        reviewed("FROM alpine:3.23\n«ADD» tool-1.0.apk layer.1 /x/\n", "FROM alpine:3.23\nCOPY tool-1.0.apk layer.1 /x/\n").case("local"),
        reviewed("FROM alpine:3.23\n«ADD» rootfs /\n", "FROM alpine:3.23\nCOPY rootfs /\n").case("local"),
        reviewed("FROM alpine:3.23\n«ADD» layers/v*.layer /x/\n", "FROM alpine:3.23\nCOPY layers/v*.layer /x/\n").case("local"),
        // All that matches such a pattern has the ending.
        fixed("FROM alpine:3.23\n«ADD» conf/*.conf /etc/app/\n", "FROM alpine:3.23\nCOPY conf/*.conf /etc/app/\n").case("local"),
        fixed("FROM alpine:3.23\n«ADD» lib/*.jar Dockerfile /srv/\n", "FROM alpine:3.23\nCOPY lib/*.jar Dockerfile /srv/\n").case("local"),
        // Programs read what lies in such a directory as text.
        fixed("FROM alpine:3.23\n«ADD» etc/logrotate.d/app /etc/logrotate.d/app\n", "FROM alpine:3.23\nCOPY etc/logrotate.d/app /etc/logrotate.d/app\n")
            .case("local"),
        // A name tells of a program, and so does where it goes. Nobody unpacks an archive into a folder that is called like it.
        fixed("FROM alpine:3.23\n«ADD» scripts /opt/scripts/\n«ADD» bin/a.sh bin/stop /\n", "FROM alpine:3.23\nCOPY scripts /opt/scripts/\nCOPY bin/a.sh bin/stop /\n").case("local"),
        fixed("FROM alpine:3.23\n«ADD» fs-check /usr/sbin/fs-check\n«ADD» a b /usr/local/bin/\n", "FROM alpine:3.23\nCOPY fs-check /usr/sbin/fs-check\nCOPY a b /usr/local/bin/\n").case("local"),
        reviewed("FROM alpine:3.23\n«ADD» rootfs /rootfs\n«ADD» bin/tool.1 /bin/tool.1\n", "FROM alpine:3.23\nCOPY rootfs /rootfs\nCOPY bin/tool.1 /bin/tool.1\n").case("local"),
        fixed("FROM alpine:3.23\n«ADD» . /srv/\n", "FROM alpine:3.23\nCOPY . /srv/\n").case("local"),
        fixed("FROM alpine:3.23\n«ADD» conf.d/ /etc/app/\n", "FROM alpine:3.23\nCOPY conf.d/ /etc/app/\n").case("local"),
        fixed("FROM alpine:3.23\nONBUILD «ADD» app.py /app/\n", "FROM alpine:3.23\nONBUILD COPY app.py /app/\n").case("local"),
        clean("FROM python:3.13-slim\nCOPY requirements.txt /app/requirements.txt\n"),
        clean("FROM alpine:3.23\nADD rootfs.tar.xz /\n"),
        clean("FROM alpine:3.23\nADD https://example.com/file /file\n"),
        clean("FROM alpine:3.23\nADD git@example.com:team/tool.git#v1 /src\n"),
        clean("FROM alpine:3.23\nARG TARBALL\nADD $TARBALL /\nADD dist/* /srv/\nADD *.gz /srv/\n"),
        clean("FROM alpine:3.23\nADD --unpack=false bundle /srv/\n"),
        flagged("FROM alpine:3.23\n«ADD» $SOURCE /srv/\n").case("unclear"),
        flagged("FROM alpine:3.23\n«ADD» *.conf? /srv/\n").case("unclear"),
        flagged("FROM alpine:3.23\n«ADD» rootfs.tar.xz /\n").case("any"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.kind() == InstructionKind::Add) {
        let Some(add) = step.copy() else { continue };
        let keyword = &step.instruction.keyword;
        report.at("any", keyword.range, "`ADD` may unpack or download what it is given");
        let asks_for_more = words_of("checksum keep-git-dir unpack").any(|flag| step.instruction.flag(flag).is_some());
        if asks_for_more || !add.sources.iter().all(is_local_and_no_archive) {
            if add.sources.iter().any(|source| is_plain_to_hadolint(&source.word().text)) {
                report.at("unclear", keyword.range, "not every source is known to need `ADD`");
            }
            continue;
        }
        let applicability = if are_surely_no_archives(add) { Safe } else { Review };
        let title = match applicability {
            Safe => "Replace ADD with COPY",
            Review => "Replace ADD with COPY, if no source is an archive to unpack",
        };
        let (range, copy) = document.other_keyword(step.instruction, "COPY");
        report.at("local", keyword.range, message(add)).fix(applicability, title, [replace(range, copy)]);
    }
}

/// Whether hadolint sees no reason for `ADD` in a source: it goes by the text alone.
fn is_plain_to_hadolint(source: &str) -> bool {
    let lower = source.trim_matches('"').to_ascii_lowercase();
    let is_download = lower.starts_with("http://") || lower.starts_with("https://");
    !is_download && !is_unpacked(&lower)
}

fn message(add: &CopyArguments) -> String {
    match &add.sources[..] {
        [only] => format!("`{}` needs no unpacking or download, so `COPY` is enough", only.word().text),
        several => format!("None of the {} sources needs unpacking or download, so `COPY` is enough", several.len()),
    }
}

fn is_local_and_no_archive(source: &Source) -> bool {
    let Source::Path(word) = source else { return false };
    let Some(path) = word.value() else { return false };
    let lower = path.to_ascii_lowercase();
    let is_remote = lower.starts_with_any("http:// https:// ftp:// git:// ssh:// git@")
        || lower.ends_with(".git")
        || lower.contains('#');
    !is_remote && !may_be_archive(&lower)
}

/// Whether a path may be that of an archive, or a glob that may name one.
fn may_be_archive(path: &str) -> bool {
    let last = last_part(path);
    is_unpacked(last) || last.ends_with('*') || last.ends_with('?') || last.ends_with(']')
}

/// Whether the names tell of every source that it is no archive: its own, or where it goes.
fn are_surely_no_archives(add: &CopyArguments) -> bool {
    let destination = add.destination.text.as_str();
    add.sources.iter().all(|source| is_surely_no_archive(source) || is_named_for(source, destination))
}

/// Whether a name without an ending is that of a program, or of what keeps it where it goes: nobody unpacks an archive into a folder that is
/// called as the archive.
fn is_named_for(source: &Source, destination: &str) -> bool {
    const PACKED_BY_NAME: &str = "archive bundle fs image layer tar";
    let path = source.word().text.as_str();
    let last = last_part(path);
    let is_program = |path: &str| path.strip_suffix(last_part(path)).is_some_and(|folder| folder.ends_with("bin/"));
    let is_same = name(destination) == last;
    let is_bare = !last.is_empty() && !last.contains(['.', '*', '?', '[', '$', '"']);
    is_bare
        && (is_program(path)
            || is_program(destination) && (is_same || destination.ends_with('/'))
            || is_same && !last.contains_any(PACKED_BY_NAME))
}

/// Whether a source is by its name a directory, or a file of a kind that is no archive. `ADD` unpacks by content, whatever the name,
/// and many files with endings of their own are archives.
fn is_surely_no_archive(source: &Source) -> bool {
    let path = source.word().text.as_str();
    let last = last_part(path);
    let is_directory = matches!(last, "" | "." | "..");
    let folder = path.strip_suffix(last).unwrap_or_default();
    // A pattern's ending is that of all that it matches.
    let ending = last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    is_directory
        || folder.ends_with(".d/") && !last.contains('.')
        || ending.is_one_of(NO_ARCHIVES)
        || last.is_one_of(TEXTS)
}

/// Files of text that have no ending.
const TEXTS: &str = "\
    Dockerfile Gemfile Makefile Procfile Rakefile authorized_keys ssh_config sshd_config";

/// Endings of files that are no tar archives: text, and formats of their own.
const NO_ARCHIVES: &str = "\
    bash bat c cc cfg cnf conf config cpp crt cs csproj css csv deb dockerignore env ex exs fish gitignore go gradle h \
    htm html inc ini jar java js json jsx key kt list lock lua md mjs mod patch pem php pl properties ps1 pub py r rb \
    repo rpm rs scala service sh sln sql sum template tf toml ts tsx txt war whl xml yaml yml zsh";
