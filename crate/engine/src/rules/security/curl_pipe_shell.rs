//! Scripts from the network that are run unseen.

use crate::rules::prelude::*;
use crate::shell::Command;

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

const INTERPRETERS: [&str; 9] = ["sh", "bash", "ash", "dash", "zsh", "ksh", "perl", "ruby", "php"];
const VERIFIERS: [&str; 9] =
    ["sha256sum", "sha512sum", "sha1sum", "shasum", "md5sum", "gpg", "gpgv", "cosign", "minisign"];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run()) {
        let is_told = step.scripts.iter().any(|run| {
            let commands = &run.script.commands;
            let Some(download) = unseen(commands) else { return false };
            report.at("pipe", download.range, format!("{} and run without a look at it", described(download)));
            true
        });
        let commands: Vec<&Command> = step.commands().collect();
        let is_verified = commands.iter().any(|command| command.is_one_of(&VERIFIERS));
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
    let is_local =
        url(command).is_some_and(|url| ["://localhost", "://127.", "://[::1]"].iter().any(|host| url.contains(host)));
    command.is_one_of(&["curl", "wget", "fetch"]) && !is_local
}

/// Whether a command runs what it is given: an interpreter that is told no other script.
fn runs_input(command: &Command) -> bool {
    let is_interpreter = command.is_one_of(&INTERPRETERS)
        || command.program().is_some_and(|program| program.starts_with("python") || program == "node");
    let only_checks = command.has_any_flag(&["-n", "-c", "-m", "-e"]);
    let names_script =
        command.operands().iter().any(|word| !word.is("-") && !word.is("/dev/stdin") && !command.has_flag("-s"));
    is_interpreter && !only_checks && !names_script
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
                holds && outer.is_one_of(&["sh", "bash", "ash", "dash", "zsh", "eval", "source", "."])
            });
        (is_piped || is_substituted).then_some(download)
    })
}

/// A file that is downloaded, and the call that runs it.
fn saved_and_run<'c>(commands: &[&'c Command]) -> Option<(&'c str, &'c Command)> {
    commands.iter().enumerate().find_map(|(index, download)| {
        let path = match download.program()? {
            "curl" => download.flag_value("-o").or_else(|| download.flag_value("--output")),
            "wget" => download.flag_value("-O").or_else(|| download.flag_value("--output-document")),
            _ => None,
        };
        let path = path.filter(|_| is_download(download))?;
        let name = path.rsplit('/').next().unwrap_or(path);
        if name.contains('.') && !name.ends_with(".sh") {
            return None;
        }
        let bare = path.trim_start_matches("./");
        let is_it = |text: &str| text.trim_start_matches("./") == bare;
        let call = commands.iter().skip(index + 1).find(|later| {
            let is_script = later.is_one_of(&INTERPRETERS)
                && later.operands().first().and_then(|word| word.known()).is_some_and(is_it);
            let first = later.words.first().and_then(|word| word.known());
            is_script || first.is_some_and(|first| first.contains('/') && is_it(first))
        })?;
        Some((path, *call))
    })
}
