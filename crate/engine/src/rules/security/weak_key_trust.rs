//! Keys that may sign for everybody, and keys that anybody can imitate.

use crate::packages::{call_range, download_target};
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "weak-key-trust",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("apt-key"),
        Case::new("short-id"),
        Case::new("long-id").severity(Severity::Info).off(),
    ],
    supersedes: &[],
    title: "A key is trusted too much",
    summary: "A signing key is trusted too widely or identified too loosely.",
    why: "
A key that `apt-key` adds, or that lies in `trusted.gpg.d`, may sign packages of every repository: that of one vendor can replace packages of Debian
itself. `apt-key` is gone from Debian 13 and from current Ubuntu.

Put the key into `/etc/apt/keyrings` and name it in the one source that it is for: `deb [signed-by=/etc/apt/keyrings/vendor.asc] https://…`. Name keys by
their whole fingerprint; one with the same last eight digits is made in seconds.
",
    leave_it_when: "The base image is so old that its apt does not know `signed-by`.",
    references: &[
        "https://manpages.debian.org/bookworm/apt/apt-key.8.en.html",
        "https://wiki.debian.org/DebianRepository/UseThirdParty",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:12\nRUN curl -fsSL https://example.org/key.asc | «apt-key add -»\n").case("apt-key"),
        flagged("FROM debian:12\nRUN «apt-key adv --keyserver keys.example.org --recv-keys 0123456789ABCDEF0123456789ABCDEF01234567»\n").case("apt-key"),
        flagged("FROM debian:12\nRUN «curl -fsSL https://example.org/key.gpg -o /etc/apt/trusted.gpg.d/a.gpg»\n").case("apt-key"),
        flagged("FROM debian:12\nRUN curl https://example.org/k | «gpg --dearmor» > /etc/apt/trusted.gpg.d/a.gpg\n").case("apt-key"),
        flagged("FROM debian:12\nCOPY a.gpg «/etc/apt/trusted.gpg.d/»\n").case("apt-key"),
        flagged("FROM debian:12\nRUN gpg --keyserver keys.example.org --recv-keys «0xDEADBEEF»\n").case("short-id"),
        flagged("FROM debian:12\nRUN gpg --recv-keys «DEADBEEFDEADBEEF»\n").case("long-id"),
        clean("FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/key.asc /etc/apt/keyrings/example.asc\nRUN echo \"deb [signed-by=/etc/apt/keyrings/example.asc] https://example.org/apt bookworm main\" > /etc/apt/sources.list.d/example.list\n"),
        clean("FROM debian:13\nADD key.asc /etc/apt/keyrings/a.asc\nRUN apt-key list && apt-key del DEADBEEF && gpg --recv-keys 0123456789ABCDEF0123456789ABCDEF01234567\n"),
        clean("FROM debian:13\nRUN rm -rf /etc/apt/trusted.gpg.d/a.gpg && gpg --verify 12345678 && git checkout deadbeef\n"),
    ],
    check,
};

const TRUSTED: &str = "/etc/apt/trusted.gpg";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        if let Some(copy) = step.copy().filter(|copy| copy.destination.text.starts_with(TRUSTED)) {
            report.at("apt-key", copy.destination.range, WIDE);
        }
        let mut is_told = false;
        for command in step.commands() {
            if !is_told && trusts_for_all(command) {
                report.at("apt-key", call_range(command), WIDE);
                is_told = true;
            }
            if command.is_one_of("gpg gpg2 apt-key") && command.arguments().iter().any(|word| is_fetch(word.shown())) {
                for word in command.arguments() {
                    let Some((case, message)) = word.known().and_then(short) else { continue };
                    report.at(case, word.range, message);
                }
            }
        }
    }
}

const WIDE: &str = "this key may sign packages of every repository";

fn trusts_for_all(command: &Command) -> bool {
    if command.is_one_of("apt-key") {
        let verb = command.operands().first().and_then(|verb| verb.known());
        return matches!(verb, Some("add" | "adv" | "recv-keys"))
            || command.arguments().iter().any(|word| is_fetch(word.shown()));
    }
    let is_trusted = |path: &str| path.starts_with(TRUSTED);
    let is_output = |flag: &str| command.flag_value(flag).is_some_and(is_trusted);
    let is_written = || {
        let targets = command.redirects.iter().filter(|redirect| redirect.writes());
        targets.filter_map(|redirect| redirect.target.as_ref()).any(|target| is_trusted(target.shown()))
    };
    let is_placed = || {
        command.is_one_of("cp mv install tee ln")
            && command.operands().last().is_some_and(|last| is_trusted(last.shown()))
    };
    let is_gpg = || {
        let follows = |pair: &[crate::shell::Word]| match pair {
            [flag, path] => {
                matches!(flag.shown(), "-o" | "--output" | "--keyring" | "--no-default-keyring")
                    && is_trusted(path.shown())
            }
            _ => false,
        };
        command.is_one_of("gpg gpg2") && (is_output("--output") || command.arguments().windows(2).any(follows))
    };
    download_target(command).is_some_and(is_trusted) || is_written() || is_placed() || is_gpg()
}

fn is_fetch(word: &str) -> bool {
    matches!(word, "--recv-keys" | "--recv-key" | "--recv" | "--receive-keys" | "recv-keys")
}

/// Whether a text is the end of a fingerprint instead of all of it.
fn short(text: &str) -> Option<(&'static str, &'static str)> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.len() {
        8 if is_hex => Some(("short-id", "another key with these eight digits is made in seconds")),
        16 if is_hex => Some(("long-id", "a key is named by its whole fingerprint")),
        _ => None,
    }
}
