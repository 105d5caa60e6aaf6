//! Downloads whose address means another file from one day to the next.

use crate::packages::{download_url, is_archive, verifies};
use crate::path::last_part;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "moving-download-url",
    category: Category::Caching,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Download of whatever is newest",
    summary: "Put the version into the address, so that an upgrade is a visible change.",
    why: "
The cache may keep an old copy for weeks, and the next build without it jumps versions without a word. An `ARG` with the version in the
address makes the upgrade a line in your history.
",
    leave_it_when: "Its makers publish no versions.",
    references: &["https://docs.docker.com/build/cache/invalidation/"],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\nRUN wget -q «https://example.org/tool/releases/latest/download/tool» -O /usr/local/bin/tool\n"),
        flagged("FROM alpine:3.23\nADD «https://raw.githubusercontent.com/example/tool/main/tool.conf» /etc/\n"),
        flagged("FROM debian:13\nRUN curl -fsSLO \"«https://example.org/Tool-latest-Linux-${ARCH}.tgz»\"\n"),
        flagged("FROM debian:13\nRUN curl -fsSL «https://github.com/example/tool/archive/refs/heads/develop.tar.gz» | tar -xz\n"),
        clean("FROM alpine:3.23\nARG V=1.4.2\nRUN wget -q https://example.org/tool/releases/download/v${V}/tool -O /usr/local/bin/tool\n"),
        flagged("FROM debian:13\nADD «https://git.example.org/tool/+archive/Master.tar.gz» /src/\n"),
        clean("FROM debian:13\nADD https://example.org/archive/main.pdf https://example.org/files/main.zip /srv/\n"),
        // The version comes later in the address.
        clean("FROM debian:13\nRUN curl -fsSLO https://example.org/linux/stable/x86_64/tool-27.1.1.tgz\nRUN curl -fsSLO https://example.org/stable/tool-$TOOL_VERSION.tgz\n"),
        clean("FROM debian:13\nRUN curl -fsSLO https://deb.example.org/pool/main/t/tool.deb\nRUN curl -fsSL https://example.org/stable/key.asc -o /k.asc\n"),
        clean("FROM debian:13\nRUN curl -fsSLO https://example.org/latest/tool && echo \"$SUM  tool\" | sha256sum -c\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/latest/x /x\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        if let Arguments::Add(add) = &step.instruction.arguments {
            let is_checked = step.instruction.flag("checksum").is_some();
            for word in add.sources.iter().map(|source| source.word()).filter(|_| !is_checked) {
                tell(&word.text, word.range, report);
            }
        }
        if step.commands().any(verifies) {
            continue;
        }
        for word in step.commands().filter_map(download_url) {
            let address = word.raw.trim_matches(['"', '\'']);
            let before = word.raw.find(address).and_then(|before| TextSize::try_from(before).ok()).unwrap_or_default();
            tell(address, TextRange::at(word.range.start() + before, TextSize::of(address)), report);
        }
    }
}

fn tell(address: &str, range: TextRange, report: &mut Reporter<'_>) {
    if let Some(part) = moving_part(address) {
        report.here(range, format!("`{part}` in this address means another file from one day to the next"));
    }
}

/// What in an address means whatever is newest, where nothing behind it names a version.
fn moving_part(address: &str) -> Option<&str> {
    const MOVING: &str = "latest master main head trunk nightly snapshot snapshots stable";
    const BRANCHES: &str = "master main head trunk";
    const EXEMPT: &str = ".asc .gpg .key .pub .pem .crt .list .repo .sources";
    const REPOSITORIES: &str = "pool dists deb apt";
    let (scheme, rest) = address.split_once("://")?;
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let is_key = path.to_ascii_lowercase().contains("gpg") || path.ends_with_any(EXEMPT);
    if !scheme.starts_with("http") || is_key || path.contains(['(', '`']) {
        return None;
    }
    let (mut found, mut previous) = (None, "");
    for (index, part) in path.split('/').enumerate().skip(1) {
        let lower = part.to_ascii_lowercase();
        if lower.is_one_of(REPOSITORIES) {
            return None;
        }
        if index > 1 && names_version(&lower) {
            found = None;
        }
        let mut words = lower.split(['-', '_', '.']);
        // Hosts of code pack a branch under its name.
        let (archives, branch) = (previous.trim_start_matches('+'), lower.split('.').next().unwrap_or_default());
        let is_packed = archives == "archive" && branch.is_one_of(BRANCHES) && is_archive(&lower);
        previous = part;
        if is_packed || lower.is_one_of(MOVING) || words.any(|word| word == "latest") && !names_version(&lower) {
            found = Some(part);
        }
    }
    let is_branch = path.contains("/archive/refs/heads/");
    found.or_else(|| is_branch.then(|| last_part(path)))
}

/// Whether a part of an address holds a version: `1.4`, `20240131`, or a variable that is named for one.
fn names_version(part: &str) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let bytes = part.as_bytes();
    let has_dotted =
        bytes.windows(3).any(|three| matches!(three, [first, b'.' | b'_', last] if is_digit(first) && is_digit(last)));
    let is_commit = part.len() >= 7 && bytes.iter().all(u8::is_ascii_hexdigit) && bytes.iter().any(is_digit);
    let is_variable = part.contains('$') && part.contains_any("ver tag release commit");
    has_dotted || is_commit || is_variable
}
