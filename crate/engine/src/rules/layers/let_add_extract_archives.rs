//! Archives that are copied packed, and unpacked in a layer of their own.

use crate::packages::{decompresses, download_url, extracts_tar, is_packed, is_tar};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;
use layerwise_syntax::Source;
use layerwise_syntax::lookup::HashMap;

pub const RULE: Rule = Rule {
    id: "let-add-extract-archives",
    category: Category::Layers,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[droast("DF067")],
    cases: &[
        Case::new("copied").codes(&[hadolint("DL3010")]),
        Case::new("exempted").codes(&[hadolint("DL3010")]).off(),
        Case::new("downloaded").codes(&[tally("tally/prefer-add-unpack")]).off(),
        Case::new("add-url").severity(Severity::Warning),
    ],
    supersedes: &[],
    title: "An archive stays in its layer",
    summary: "ADD can unpack a tar archive in one layer; copying or downloading it first leaves the archive behind.",
    why: "
`COPY` stores the packed archive in one layer, and the `RUN` that unpacks it stores its contents in the next: the image carries both, whether or
not the archive is deleted afterwards. `ADD site.tar.gz /srv/` unpacks a local tar archive on the way in.

Mind the asymmetry: an archive from a URL stays packed, unless `ADD --unpack=true` says otherwise.
",
    leave_it_when: "tar is given options that `ADD` has not, or the archive itself is wanted.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#adding-local-tar-archives",
        "https://docs.docker.com/reference/dockerfile/#add---unpack",
        "https://github.com/hadolint/hadolint/wiki/DL3010",
        "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nCOPY «site.tar.gz» /tmp/\nRUN tar -xzf /tmp/site.tar.gz -C /srv\n").case("copied"),
        flagged("FROM debian:13-slim\nCOPY «build/site.bin» /tmp/site.tgz\nRUN ls && cd /tmp && tar xf site.tgz\n").case("copied"),
        // A single file is not unpacked by ADD.
        flagged("FROM debian:13-slim\nCOPY «dump.sql.gz» /tmp/\nRUN gunzip /tmp/dump.sql.gz\n").case("exempted"),
        flagged("FROM debian:13-slim\nRUN curl -fsSL «https://example.org/a.tgz» | tar xz -C /opt\n").case("downloaded"),
        reviewed(
            "FROM debian:13-slim\nADD «https://example.org/a.tar.xz» /opt/\n",
            "FROM debian:13-slim\nADD --unpack=true https://example.org/a.tar.xz /opt/\n",
        )
        .case("add-url"),
        reviewed(
            "FROM debian:13-slim\nADD notes.txt «https://example.org/a.tgz» /opt\n",
            "FROM debian:13-slim\nADD --unpack=true notes.txt https://example.org/a.tgz /opt\n",
        )
        .case("add-url"),
        clean("FROM debian:13-slim\nADD site.tar.gz /srv/\n"),
        clean("FROM debian:13-slim\nADD site.tar.gz /srv/\nADD --unpack=true https://example.org/a.tar.xz /opt/\n"),
        clean("FROM debian:13-slim\nADD https://example.org/a.tar.xz /opt/\nRUN tar -xf /opt/a.tar.xz\n"),
        clean("FROM debian:13-slim\nADD https://example.org/a.tar.xz /opt/a.tar.xz\nADD https://example.org/tool /opt/\n"),
        clean("FROM debian:13-slim\nCOPY site.tar.gz /tmp/\nCOPY --from=x /b.tgz /\nRUN tar -czf /tmp/site.tar.gz /srv && tar xf b.tgz && unzip a.zip\n"),
        clean("FROM debian:13-slim AS build\nADD https://example.org/a.tar.xz /opt/\nFROM debian:13-slim\nCOPY --from=build /opt /opt\n"),
    ],
    check,
};

/// An archive that lies in a stage.
struct Lying<'a> {
    /// Where its source is written.
    written: TextRange,
    name: &'a str,
    /// Of one from a URL the keyword behind which a flag goes.
    added: Option<TextRange>,
    is_used: bool,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let last = document.stages().len().checked_sub(1);
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let mut lying: Vec<Lying<'_>> = Vec::new();
        let mut names: HashMap<String, usize> = HashMap::new();
        let mut settled = 0;
        for step in stage.own_steps() {
            for archive in archives(step) {
                names.insert(archive.name.to_owned(), lying.len());
                lying.push(archive);
            }
            let commands = step.scripts.iter().filter(|_| step.is_run()).flat_map(|run| {
                let all = &run.script.commands;
                all.iter().enumerate().map(|(index, command)| (command, all.get(index + 1..).unwrap_or_default()))
            });
            for (command, rest) in commands {
                for word in command.arguments() {
                    let name = last_part(word.shown().trim_matches(['"', '\'']));
                    let Some(archive) = names.get(name).and_then(|index| lying.get_mut(*index)) else { continue };
                    let is_first = !std::mem::replace(&mut archive.is_used, true);
                    if archive.added.is_none() && is_first {
                        archive.is_used = tell_copied(archive, command, Some(stage.index) == last, report);
                    }
                }
                // Which file is meant here is not known.
                if extracts_tar(command) && command.arguments().iter().any(|word| word.is_glob || word.has_variable()) {
                    for archive in lying.iter_mut().skip(settled) {
                        archive.is_used |= archive.added.is_some();
                    }
                    settled = lying.len();
                    names.clear();
                }
                tell_downloaded(command, rest, report);
            }
        }
        for archive in lying.iter().filter(|archive| stage.ships && !archive.is_used) {
            let Some(keyword) = archive.added else { continue };
            let message = format!("`{}` stays packed: `ADD` unpacks local archives only", archive.name);
            report.at("add-url", archive.written, message).fix(
                Review,
                "Unpack it, which needs version 1.17 of the Dockerfile syntax",
                [insert(keyword.end(), " --unpack=true")],
            );
        }
    }
}

/// The archives that a step brings.
fn archives<'a>(step: &Step<'a>) -> Vec<Lying<'a>> {
    let Some(copy) = step.copy() else { return Vec::new() };
    let destination = copy.destination.text.as_str();
    // Several sources need a directory, whether or not a slash says so yet.
    let is_into_directory = destination.ends_with('/') || copy.sources.len() > 1;
    let mut found = Vec::new();
    for source in &copy.sources {
        let Source::Path(word) = source else { continue };
        let is_url = word.text.starts_with("http://") || word.text.starts_with("https://");
        let is_copy = step.kind() == InstructionKind::Copy && step.instruction.flag("from").is_none();
        let is_add = step.kind() == InstructionKind::Add
            && is_url
            && word.is_plain()
            && is_into_directory
            && is_tar(&word.text)
            && step.instruction.flag("unpack").is_none();
        let name = last_part(if is_packed(destination) { destination } else { &word.text });
        if is_add || is_copy && is_packed(name) && !name.ends_with(".zip") {
            found.push(Lying {
                written: word.range,
                name,
                added: is_add.then_some(step.instruction.keyword.range),
                is_used: false,
            });
        }
    }
    found
}

/// Reports a copied archive if this command unpacks it.
fn tell_copied(archive: &Lying<'_>, command: &Command, is_last: bool, report: &mut Reporter<'_>) -> bool {
    let by_tar = extracts_tar(command);
    if !by_tar && !decompresses(command) {
        return false;
    }
    let case = if by_tar && is_tar(archive.name) { "copied" } else { "exempted" };
    let message = format!("`ADD` would unpack `{}` without keeping it", archive.name);
    let finding = report.at(case, archive.written, message);
    // It forgets what it knows at every FROM, and asks for a dash.
    let has_dash = command.arguments().iter().any(|word| word.shown().starts_with('-') && word.shown().contains('x'));
    if !is_last || by_tar && !has_dash && !command.has_any_flag("--extract --get") {
        finding.seen_by(Tool::Hadolint, "");
    }
    true
}

/// A download is unpacked a few commands later, if at all.
const NEAR: usize = 8;

fn tell_downloaded(command: &Command, rest: &[Command], report: &mut Reporter<'_>) {
    let Some(url) = download_url(command).filter(|url| url.known().is_some_and(is_tar)) else { return };
    let name = last_part(url.shown());
    let mut later = rest.iter().take(NEAR);
    let unpacks = |later: &Command| {
        extracts_tar(later)
            && (later.context.reads_pipe || later.arguments().iter().any(|word| last_part(word.shown()) == name))
    };
    if later.any(unpacks) {
        report.at("downloaded", url.range, format!("`ADD --unpack=true` would download and unpack `{name}`"));
    }
}
