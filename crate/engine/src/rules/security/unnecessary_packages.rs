//! Tools that ship and that nothing uses.

use crate::fix::drop_argument;
use crate::image::glob;
use crate::packages::{install, package_name, removes};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::words_of;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "unnecessary-packages",
    category: Category::Security,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[cis("4.3"), dockle("CIS-DI-0003")],
    cases: &[],
    supersedes: &[],
    title: "Tools that the program does not need",
    summary: "Editors, debuggers and network tools are installed into the shipped image.",
    why: "
Every tool has to be patched, makes the image bigger, and is one more gift for an intruder: with netcat and an editor at hand half of the work is
done.

To look into a running container use `docker debug`, or a second container that brings its own tools: `docker run --pid container:app …`.
",
    leave_it_when: "A script that is not in the Dockerfile uses the tool, or people work in the container.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages",
        "https://docs.docker.com/reference/cli/docker/debug/",
        "https://www.cisecurity.org/benchmark/docker",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl «vim» «netcat-openbsd» ca-certificates\nCMD [\"app\"]\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y curl ca-certificates\nCMD [\"app\"]\n",
        ),
        reviewed(
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y \\\n    curl \\\n    «nano=8.*» \\\n    «tmux»\nCMD [\"app\"]\n",
            "FROM debian:13-slim\nRUN apt-get update && apt-get install -y \\\n    curl\nCMD [\"app\"]\n",
        ),
        flagged("FROM debian:13-slim\nRUN apt-get update && apt-get install -y \\\n    curl \\\n # look around\n    «tmux»\nCMD [\"app\"]\n"),
        flagged("FROM alpine:3.23\nRUN apk add --no-cache «strace»\nCMD [\"app\"]\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y ca-certificates git curl gnupg\nCMD [\"app\"]\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y netcat-openbsd htop && htop -v\nHEALTHCHECK CMD nc -z localhost 80\nCMD [\"app\"]\n"),
        // The script may wait for a port with it.
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y netcat-openbsd\nCOPY start.sh /\nCMD [\"/start.sh\"]\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y vim && apt-get purge -y vim\nCMD [\"app\"]\n"),
        // Somebody works in there.
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y vim\nCMD [\"bash\"]\n"),
        clean("FROM debian:13\nRUN apt-get update && apt-get install -y tmux\nCMD [\"pg_autoctl\", \"do tmux session --nodes 3\"]\n"),
        clean("FROM debian:13-slim AS dev\nRUN apt-get update && apt-get install -y vim\nCMD [\"app\"]\n"),
    ],
    check,
};

/// Packages, the programs that they bring, and whether scripts use these to wait for something.
const TOOLS: [(&str, &str, bool); 38] = [
    ("vim", "vim vi", false),
    ("vim-*", "vim vi", false),
    ("nano", "nano", false),
    ("emacs", "emacs", false),
    ("emacs-*", "emacs", false),
    ("joe", "joe", false),
    ("mc", "mc", false),
    ("man-db", "man mandb", false),
    ("manpages", "man", false),
    ("telnet", "telnet", true),
    ("inetutils-telnet", "telnet", true),
    ("netcat", "nc netcat", true),
    ("netcat-*", "nc netcat", true),
    ("ncat", "ncat nc", true),
    ("nmap", "nmap", false),
    ("nmap-*", "ncat nc nmap", true),
    ("net-tools", "netstat ifconfig route arp hostname", true),
    ("iputils-ping", "ping", true),
    ("iputils", "ping", true),
    ("dnsutils", "dig nslookup host", true),
    ("bind9-dnsutils", "dig nslookup host", true),
    ("bind9-host", "host", true),
    ("bind-tools", "dig nslookup host", true),
    ("bind-utils", "dig nslookup host", true),
    ("tcpdump", "tcpdump", false),
    ("traceroute", "traceroute", false),
    ("mtr", "mtr", false),
    ("mtr-tiny", "mtr", false),
    ("strace", "strace", false),
    ("ltrace", "ltrace", false),
    ("htop", "htop", false),
    ("iotop", "iotop", false),
    ("tmux", "tmux", false),
    ("lynx", "lynx", true),
    ("w3m", "w3m", true),
    ("elinks", "elinks", true),
    ("bash-completion", "", false),
    ("command-not-found", "", false),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(last) = document.final_stage() else { return };
    if document.is_for_people(last) {
        return;
    }
    let has_script = document.unseen_start_script(last).is_some();
    let started = document.start_commands(last);
    let mut called: HashSet<&str> = HashSet::new();
    for stage in document.shipped_stages() {
        let commands = stage.steps.iter().flat_map(Step::all_commands);
        called.extend(commands.filter_map(Command::program));
    }
    let words = started.iter().flat_map(|command| &command.words).filter_map(|word| word.known());
    // An argument may be a whole line for somebody else to run.
    called.extend(words.flat_map(str::split_whitespace).map(last_part));
    let is_unneeded = |word: &Word| {
        let name = package_name(word.shown());
        let tool = TOOLS.iter().find(|(pattern, ..)| glob(pattern, name));
        tool.is_some_and(|(_, programs, is_for_scripts)| {
            let is_used = words_of(programs).any(|program| called.contains(&program));
            !(is_used || *is_for_scripts && has_script)
        })
    };
    for stage in document.shipped_stages() {
        for step in &stage.steps {
            let is_removed = step.commands().any(|command| removes(command).is_some());
            for command in step.commands().filter(|_| !is_removed) {
                let Some(install) = install(command) else { continue };
                let (unneeded, needed): (Vec<&Word>, Vec<&Word>) =
                    install.packages.iter().partition(|word| is_unneeded(word));
                for word in unneeded {
                    let name = package_name(word.shown());
                    let finding = report.here(word.range, format!("`{name}` ships, and nothing in this file uses it"));
                    if let Some(edit) = drop_argument(document, command, word.range).filter(|_| !needed.is_empty()) {
                        finding.fix(Review, "Leave it out, if no script uses it", [edit]);
                    }
                }
            }
        }
    }
}
