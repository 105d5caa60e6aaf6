//! Downloads that nobody compares with anything.

use crate::packages::{is_private, verifies};
use crate::path::last_part;
use crate::plan::names_commit;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "unverified-download",
    category: Category::Security,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("add").severity(Severity::Warning).codes(&[kics("Curl or Wget Instead of Add")]),
        Case::new("git"),
        Case::new("run"),
    ],
    supersedes: &[],
    title: "A download is not verified",
    summary: "A file is downloaded without checking its checksum or signature.",
    why: "
https proves which server answered, not that the file is the one that you looked at. With a checksum the build fails when a release is replaced or a
bucket is taken over, and it is the same build tomorrow.

`ADD --checksum=sha256:…` downloads and compares in one line. After `curl` or `wget`, compare before anything uses the file:
`echo \"…  tool.tgz\" | sha256sum -c -`.
",
    leave_it_when: "The file is meant to change, or what it is used for would notice that it is another one.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#add---checksum",
        "https://docs.docker.com/build/building/best-practices/#add-or-copy",
        "https://docs.kics.io/latest/queries/dockerfile-queries/",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13-slim\nADD «https://example.org/tool-1.4.2.tar.gz» /opt/\n").case("add"),
        flagged("FROM debian:13-slim\nADD «https://example.org/a.git#main» /opt/\n").case("git"),
        flagged("FROM debian:13-slim\nRUN curl -fsSL «https://example.org/tool-1.4.2.tar.gz» | tar xz -C /opt\n").case("run"),
        flagged("FROM debian:13-slim\nARG V=1\nRUN wget -O /tool \"«https://example.org/tool-${V}»\" && chmod +x /tool\n").case("run"),
        flagged("FROM debian:13-slim\nRUN curl -LO «https://example.org/a.deb» && dpkg -i a.deb\n").case("run"),
        clean("FROM debian:13-slim\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/tool-1.4.2.tar.gz /opt/\n"),
        clean("FROM debian:13-slim\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/a.tgz /opt/\n"),
        clean("FROM debian:13-slim\nADD https://example.org/a.git#0123456789abcdef0123456789abcdef01234567 /opt/\nADD https://example.org/key.asc /k/\n"),
        clean("FROM debian:13-slim\nRUN curl -LO https://example.org/a.tgz && echo '0123  a.tgz' | sha256sum -c - && tar xf a.tgz\n"),
        clean("FROM debian:13-slim\nRUN wget https://example.org/a.tgz https://example.org/a.tgz.asc && gpg --batch --verify a.tgz.asc a.tgz\n"),
        clean("FROM debian:13-slim\nRUN curl -f https://example.org/ping && curl -fsSL https://example.org/install.sh | sh && curl -o /e.repo https://example.org/e.repo\n"),
        clean("FROM debian:13-slim\nRUN curl -s http://localhost:8080/a.tgz -o a && curl -s https://example.org/api | jq .tag\n"),
        clean("FROM debian:13-slim AS dev\nRUN curl -LO https://example.org/a.deb\nFROM debian:13-slim\nCOPY a /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_dev) {
        for step in &stage.steps {
            added(step, report);
            if step.commands().any(verifies) {
                continue;
            }
            let mut commands = step.commands().peekable();
            while let Some(command) = commands.next() {
                let next = commands.peek().filter(|next| command.context.writes_pipe && next.context.reads_pipe);
                if let Some(word) = unverified(command, next.copied()) {
                    let address = address(word);
                    let start = word.raw.find("://").and_then(|_| word.raw.find(address)).unwrap_or_default();
                    let start = word.range.start() + TextSize::try_from(start).unwrap_or_default();
                    report.at("run", TextRange::at(start, TextSize::of(address)), message(address));
                }
            }
        }
    }
}

/// Reports what `ADD` downloads.
fn added(step: &Step<'_>, report: &mut Reporter<'_>) {
    let Arguments::Add(add) = &step.instruction.arguments else { return };
    if step.instruction.flag("checksum").is_some() {
        return;
    }
    for word in add.sources.iter().map(|source| source.word()) {
        let text = &word.text;
        let is_web = text.starts_with("http://") || text.starts_with("https://");
        let (repository, reference) = text.split_once('#').unwrap_or((text, ""));
        let is_git = text.starts_with("git@") || text.starts_with("git://") || is_web && repository.ends_with(".git");
        if is_git && !names_commit(text) && !reference.contains('$') {
            report.at("git", word.range, "this repository is added at whatever commit it has by then");
        } else if is_web && !is_git && !is_exempt(text) {
            report.at("add", word.range, message(repository));
        }
    }
}

fn message(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = last_part(path.trim_matches(['"', '\'']));
    let is_name = !name.contains(['(', ')', '\'', '`', '"']);
    let file = if is_name { format!("`{name}`") } else { "this file".to_owned() };
    format!("{file} is downloaded, and nothing says that it is the right one")
}

/// The address in a word, without quotes.
fn address(word: &Word) -> &str {
    word.raw.trim_matches(['"', '\''])
}

/// Whether a file needs no checksum, or has another rule for it: keys, lists of packages, scripts, what the machine itself serves.
fn is_exempt(address: &str) -> bool {
    const ENDINGS: &str = ".asc .gpg .pem .crt .cer .key .pub .list .repo .sources .sh .bash .py .txt .json .md .conf";
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = last_part(path);
    // A way to look for news in the cache of builds, and no file to keep.
    let is_query = path.contains("://api.github.com/");
    is_private(address) || is_query || name.is_empty() || name.ends_with_any(ENDINGS) || is_key(name)
}

fn is_key(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.contains("gpg") || lower.ends_with("key") || lower.contains("pubkey")
}

/// The address that a command downloads and keeps, or unpacks at once.
fn unverified<'c>(command: &'c Command, next: Option<&Command>) -> Option<&'c Word> {
    const UNPACKERS: &str = "tar bsdtar unzip gunzip zcat xz bunzip2 dpkg rpm rpm2cpio gzip zstd";
    let is_saved = match command.program()? {
        "curl" => command.has_any_flag("-o -O --output --remote-name --remote-name-all"),
        "wget" => !command.has_any_flag("--spider") && !writes_to_output(command),
        _ => return None,
    };
    let is_written = command.redirects.iter().any(|redirect| {
        redirect.writes()
            && redirect.descriptor.is_none()
            && redirect.target.as_ref().is_some_and(|target| !target.shown().starts_with("/dev/"))
    });
    let is_unpacked = next.is_some_and(|next| next.is_one_of(UNPACKERS));
    let is_kept = is_unpacked || (is_saved || is_written) && next.is_none() && !is_discarded(command);
    let word = command.arguments().iter().find(|word| address(word).starts_with("http"))?;
    (is_kept && is_file(address(word)) && !is_exempt(address(word))).then_some(word)
}

/// Whether the last part of an address is a file: an archive, a package, or a program without an ending.
fn is_file(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else { return false };
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    path.split_once('/').is_some_and(|(host, path)| !host.contains('$') && !path.is_empty())
}

fn writes_to_output(command: &Command) -> bool {
    command.arguments().iter().any(|word| {
        let shown = word.shown();
        shown.starts_with('-') && !shown.starts_with("--") && shown.ends_with("O-")
    }) || command
        .arguments()
        .windows(2)
        .any(|pair| matches!(pair, [flag, value] if flag.shown().ends_with('O') && value.is("-")))
}

fn is_discarded(command: &Command) -> bool {
    command.arguments().iter().any(|word| word.is("/dev/null") || word.is("-o/dev/null"))
}
