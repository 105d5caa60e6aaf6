//! Downloads that anybody on the way can alter.

use crate::packages::{is_private, verifies};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "insecure-download-url",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("curl").codes(&[parfum("curlUseHttpsUrl")]),
        Case::new("wget").codes(&[parfum("wgetUseHttpsUrl")]),
        Case::new("other"),
        Case::new("verified").severity(Severity::Info),
    ],
    supersedes: &[],
    title: "Download without encryption",
    summary: "A download uses plain http, which anyone on the path can alter.",
    why: "
Plain http proves nothing: neither who answered nor that the answer arrived as it was sent. A router, a proxy or a mirror that somebody controls can
hand you another file, and the build will take it.

Nearly every site answers at `https://` too. Where one does not, compare the file with a checksum that comes from elsewhere.
",
    leave_it_when: "The server has no https, and the file's checksum or signature is verified.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#add-or-copy",
        "https://curl.se/docs/sslcerts.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM debian:13\nRUN curl -fsSL «http://example.org/a.tgz» -o /a\n", "FROM debian:13\nRUN curl -fsSL https://example.org/a.tgz -o /a\n").case("curl"),
        reviewed("FROM debian:13\nARG V=1\nRUN wget \"«http://example.org/a-${V}.tgz»\"\n", "FROM debian:13\nARG V=1\nRUN wget \"https://example.org/a-${V}.tgz\"\n").case("wget"),
        flagged("FROM debian:13\nRUN wget «ftp://example.org/a.tgz» «http://example.org:8080/b» «http://198.51.100.7/c»\n").case("wget"),
        reviewed("FROM debian:13\nADD «http://example.org/a.tgz» /opt/\n", "FROM debian:13\nADD https://example.org/a.tgz /opt/\n").case("other"),
        reviewed("FROM debian:13\nRUN git clone «http://example.org/a.git»\n", "FROM debian:13\nRUN git clone https://example.org/a.git\n").case("other"),
        flagged("FROM debian:13\nRUN git clone «git://example.org/a.git»\n").case("other"),
        reviewed("FROM python:3.13\nRUN pip install --index-url=«http://pypi.example.org/simple» flask\n", "FROM python:3.13\nRUN pip install --index-url=https://pypi.example.org/simple flask\n").case("other"),
        reviewed("FROM debian:13\nRUN wget «http://example.org/a» && echo '0123 a' | sha256sum -c\n", "FROM debian:13\nRUN wget https://example.org/a && echo '0123 a' | sha256sum -c\n").case("verified"),
        clean("FROM debian:13\nRUN curl https://example.org/a http://localhost:8080/b http://files/c http://nexus.corp.internal/d http://10.0.0.7/e\n"),
        clean("FROM debian:13\nRUN curl -x http://proxy.example.org:3128 -H 'Referer: http://example.org' -d url=http://example.org https://example.org/a\n"),
        clean("FROM debian:13\nRUN echo 'deb http://deb.debian.org/debian trixie main' > /etc/apt/sources.list && http_proxy=http://p.example.org make\n"),
        clean("FROM debian:13\nHEALTHCHECK CMD curl -f http://example.org/\nRUN npm config set proxy http://proxy.example.org:80 && curl http://$HOST/\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        if let Arguments::Add(add) = &step.instruction.arguments {
            let checksum = step.instruction.flag("checksum").is_some();
            for word in add.sources.iter().map(|source| source.word()) {
                insecure(if checksum { "verified" } else { "other" }, &word.text, word.range, report);
            }
        }
        let is_verified = step.commands().any(verifies);
        for command in step.commands() {
            let Some(case) = case_of(command) else { continue };
            let case = if is_verified { "verified" } else { case };
            for word in addresses(command) {
                insecure(case, &word.raw, word.range, report);
            }
        }
    }
}

fn case_of(command: &Command) -> Option<&'static str> {
    match command.program()? {
        "curl" => Some("curl"),
        "wget" | "aria2c" => Some("wget"),
        "git" if command.starts_with("clone") => Some("other"),
        "npm" | "yarn" | "pnpm" | "gem" | "uv" if !command.starts_with("config") => Some("other"),
        program if program.starts_with("pip") && command.starts_with("install") => Some("other"),
        _ => None,
    }
}

/// The arguments that are addresses to download from.
fn addresses(command: &Command) -> Vec<&Word> {
    // What follows these is an address for another purpose, or no address at all.
    const VALUES: &str = "\
        -x --proxy --preproxy --socks5 -e --referer -H --header -d --data --data-raw -A --user-agent -F --form \
        --trusted-host --connect-to -w";
    let mut is_value = false;
    let mut found = Vec::new();
    for word in command.arguments() {
        let shown = word.shown();
        if !is_value && !shown.starts_with_any(VALUES) {
            found.push(word);
        }
        is_value = shown.is_one_of(VALUES);
    }
    found
}

/// Reports an address in a word, given as it is written.
fn insecure(case: &'static str, raw: &str, range: TextRange, report: &mut Reporter<'_>) {
    let Some(at) = ["http://", "ftp://", "git://"].iter().find_map(|scheme| raw.find(scheme)) else { return };
    let before = raw.get(..at).unwrap_or_default();
    let is_start = before.is_empty() || before.ends_with(['"', '\'', '=', '+']);
    let address = raw.get(at..).unwrap_or_default().trim_end_matches(['"', '\'']);
    let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    if !is_start || host.contains(['$', '{', '<']) || is_private(address) {
        return;
    }
    let Ok(offset) = TextSize::try_from(at) else { return };
    let place = TextRange::at(range.start() + offset, TextSize::of(address));
    let finding = report.at(case, place, format!("`{address}` travels in the open, where anybody can alter it"));
    let is_address = host.split(':').next().is_some_and(|host| host.parse::<std::net::IpAddr>().is_ok());
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port != "80");
    if address.starts_with("http://") && !is_address && !has_port && !host.ends_with(":80") {
        let title = "Use https (the build fails where the site does not offer it)";
        finding.fix(Review, title, [replace(TextRange::at(place.start(), 7.into()), "https://")]);
    }
}
