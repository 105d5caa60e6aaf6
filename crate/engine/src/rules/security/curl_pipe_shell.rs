//! Scripts from the network that are run unseen.

use crate::packages::{download_target, verifies};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, SHELLS, Word};
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "curl-pipe-shell",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("pipe").codes(&[droast("DF021")]), Case::new("file").severity(Severity::Info)],
    supersedes: &[],
    title: "Script from the network, run unseen",
    summary: "A script from the network is run without being looked at or verified.",
    why: "
The server decides at the moment of the download what runs as root in your build. It can serve something else tomorrow, something else to you
than to others, and a connection that breaks half-way runs half a script.

Use the package of the distribution, or an image that brings the tool. Otherwise download a fixed version, verify its checksum, and run that.
",
    leave_it_when: "You trust the server as much as the base image, and the script checks what it fetches.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/",
        "https://docs.docker.com/reference/dockerfile/#add---checksum",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13\nRUN «curl -fsSL https://example.org/install.sh» | sh\n").case("pipe"),
        flagged("FROM debian:13\nRUN apt-get update && «wget -qO- https://example.org/setup» | sudo -E bash -\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl https://example.org/get.py» | tee /tmp/x | python3 -\n").case("pipe"),
        flagged("FROM debian:13\nRUN sh -c \"$(«curl -fsSL https://example.org/install.sh»)\"\n").case("pipe"),
        flagged("FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\nRUN bash <(«curl -s https://example.org/install.sh»)\n").case("pipe"),
        flagged("FROM debian:13\nRUN curl -fsSL https://example.org/install.sh -o /tmp/install.sh && «sh /tmp/install.sh»\n").case("file"),
        flagged("FROM debian:13\nRUN wget -O setup https://example.org/setup && chmod +x setup && «./setup --yes»\n").case("file"),
        // Named by the URL, redirected, or passed through.
        flagged("FROM debian:13\nRUN wget https://example.org/i.sh && «bash i.sh -b»\n").case("file"),
        flagged("FROM debian:13\nARG V=1\nRUN curl -fLO https://example.org/get-$V.sh && «sh ./get-$V.sh»\n").case("file"),
        flagged("FROM debian:13\nRUN curl -fsSL https://example.org/i > i.sh && «sh i.sh»\n").case("file"),
        flagged("FROM debian:13\nRUN curl -fsSL https://example.org/i | tee i.sh && «sh i.sh»\n").case("file"),
        // Arguments for the script, and options of the shell.
        flagged("FROM php:8.4\nRUN «curl -sS https://example.org/installer» | php -- --install-dir=/bin\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl -sS https://example.org/i» | bash -s stable\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl -sS https://example.org/i» | bash -ex\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl -sS https://example.org/i» | bash /dev/stdin --yes\n").case("pipe"),
        flagged("FROM debian:13\nRUN «curl -sS https://example.org/i» | python3 - --yes v1\n").case("pipe"),
        clean("FROM debian:13\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/install.sh /tmp/install.sh\nRUN sh /tmp/install.sh\n"),
        clean("FROM debian:13\nRUN curl -sS https://example.org/data | sh convert.sh && wget https://example.org/a.conf && sh b.sh\n"),
        clean("FROM debian:13\nRUN curl -s https://example.org/a.json | python3 -c 'import json' | perl -ne print\n"),
        clean(
            "FROM debian:13\nRUN curl -fsSL https://example.org/install-1.4.2.sh -o /tmp/i.sh \\\n    && echo \"24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  /tmp/i.sh\" | sha256sum -c - \\\n    && sh /tmp/i.sh\n",
        ),
        clean("FROM debian:13\nRUN curl -fsSL https://example.org/a.tgz | tar xz -C /opt\nRUN curl -s https://example.org/v | sh -n\n"),
        clean("FROM debian:13\nRUN curl -fsSL https://example.org/key | gpg --dearmor > /k.gpg && bash ./build.sh\n"),
        clean("FROM debian:13\nHEALTHCHECK CMD curl -s http://localhost/check | sh\n"),
        clean("FROM debian:13\nRUN curl -fsSL https://example.org/a.sh -o /usr/local/bin/a.sh && chmod +x /usr/local/bin/a.sh\n"),
    ],
    check,
};

const INTERPRETERS: &str = "perl ruby php node";
/// Commands of a shell that run a file in it.
const SOURCES: &str = "source .";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run()) {
        let is_told = step.scripts.iter().any(|run| {
            let commands = &run.script.commands;
            let Some(download) = unseen(commands) else { return false };
            report.at("pipe", download.range, format!("{} and run without a look at it", described(download)));
            true
        });
        let commands: Vec<&Command> = step.commands().into_list();
        let is_verified = commands.iter().any(|command| verifies(command));
        if is_told || is_verified {
            continue;
        }
        if let Some((path, call)) = saved_and_run(&commands) {
            report.at("file", call.range, format!("`{path}` was downloaded, and runs without being verified"));
        }
    }
}

fn described(download: &Command) -> String {
    match url(download) {
        Some(url) => format!("`{url}` is downloaded"),
        None => "a script is downloaded".to_owned(),
    }
}

fn url(command: &Command) -> Option<&str> {
    command.arguments().iter().filter_map(|word| word.known()).find(|text| text.contains("://"))
}

fn is_download(command: &Command) -> bool {
    let is_local = url(command).is_some_and(|url| url.contains_any("://localhost ://127. ://[::1]"));
    command.is_one_of("curl wget fetch") && !is_local
}

/// Whether a command runs what it is given: an interpreter that is told no other script.
fn runs_input(command: &Command) -> bool {
    let is_shell = command.is_one_of(SHELLS);
    let is_other = command.is_one_of(INTERPRETERS) || command.program().is_some_and(|name| name.starts_with("python"));
    // `-e` makes a shell stop at errors; others are given their script with it.
    let script_flags: &str = if is_shell { "-n -c" } else { "-c -m -e -r" };
    // What follows the first operand, or `php --`, is for the script.
    let is_input = |word: &Word| word.is("-") || word.is("/dev/stdin") || (word.is("--") && !is_shell);
    let first = command.arguments().iter().find(|word| !word.is_flag() || is_input(word));
    let reads_input = first.is_none_or(is_input) || (is_shell && command.has_flag("-s"));
    (is_shell || is_other) && reads_input && !command.has_any_flag(script_flags)
}

/// A download whose output an interpreter runs.
fn unseen(commands: &[Command]) -> Option<&Command> {
    commands.iter().enumerate().find_map(|(index, download)| {
        if !is_download(download) {
            return None;
        }
        let piped = commands.iter().skip(index + 1).take_while(|next| next.context.reads_pipe);
        let is_piped = download.context.writes_pipe && piped.into_iter().any(runs_input);
        let is_substituted = download.context.in_substitution
            && commands.iter().any(|outer| {
                let holds = outer.range.contains_range(download.range) && outer.range != download.range;
                holds && (outer.is_one_of(SHELLS) || outer.is_one_of(SOURCES) || outer.is_one_of("eval"))
            });
        (is_piped || is_substituted).then_some(download)
    })
}

/// A file that is downloaded, and the call that runs it.
fn saved_and_run<'c>(commands: &[&'c Command]) -> Option<(String, &'c Command)> {
    commands.iter().enumerate().find_map(|(index, download)| {
        let rest = commands.get(index + 1..).unwrap_or_default();
        let path = saved_as(download, rest).filter(|path| is_download(download) && may_be_script(path))?;
        let is_it = |word: &Word| word.shown().trim_start_matches("./") == path.trim_start_matches("./");
        let call = rest.iter().find(|later| {
            let is_run = later.is_one_of(SHELLS) || later.is_one_of(INTERPRETERS) || later.is_one_of(SOURCES);
            let is_script = is_run && later.operands().first().is_some_and(|word| is_it(word));
            is_script || later.words.first().is_some_and(|first| first.shown().contains('/') && is_it(first))
        })?;
        Some((path, *call))
    })
}

/// The file that a download ends up in.
fn saved_as(download: &Command, rest: &[&Command]) -> Option<String> {
    if let Some(path) = download_target(download) {
        return Some(path.to_owned());
    }
    if let Some(redirect) =
        download.redirects.iter().find(|redirect| redirect.writes() && redirect.descriptor.is_none())
    {
        return Some(redirect.target.as_ref()?.shown().to_owned());
    }
    if download.context.writes_pipe {
        let tee = rest.first().filter(|next| next.context.reads_pipe && next.is_one_of("tee"))?;
        return Some(tee.operands().first()?.shown().to_owned());
    }
    let is_named_by_url = match download.program()? {
        "curl" => download.has_any_flag("-O --remote-name") && !download.has_flag("--output-dir"),
        "wget" => !download.has_any_flag("-O --output-document -P --directory-prefix -i"),
        _ => false,
    };
    let mut urls = download.arguments().iter().map(Word::shown).filter(|text| text.contains("://"));
    let (url, None) = (urls.next().filter(|_| is_named_by_url)?, urls.next()) else { return None };
    let name = last_part(url.trim_matches(['"', '\'']));
    (!name.is_empty() && !name.contains('?')).then(|| name.to_owned())
}

/// Whether a file is a script by its name.
fn may_be_script(path: &str) -> bool {
    let name = last_part(path);
    !name.contains('.') || name.ends_with(".sh")
}
