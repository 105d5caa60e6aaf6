//! gpg where nobody can answer it.

use crate::fix::argument_behind;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::words_of;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "gpg-unattended",
    category: Category::Correctness,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("batch").codes(&[parfum("gpgUseBatchFlag")]),
        Case::new("dead-pool").severity(Severity::Warning).codes(&[parfum("gpgUseHaPools")]),
    ],
    supersedes: &[],
    title: "gpg that wants a terminal, or a key server that is gone",
    summary: "gpg in a build: use --batch, and a key server that still exists.",
    why: "
`gpg` is made for people: without `--batch` it may ask, and its exit status does not always say what happened.

The pools of `sks-keyservers.net` were closed in 2021, and servers such as `keys.gnupg.net` went with them. `keys.openpgp.org` and
`keyserver.ubuntu.com` answer.
",
    leave_it_when: "A key server of your own has one of these names.",
    references: &[
        "https://www.gnupg.org/documentation/manuals/gnupg/Unattended-Usage-of-GPG.html",
        "https://keys.openpgp.org/about",
        "https://github.com/docker-library/faq#openpgp--gnupg-keys-and-verification",
    ],
    fix_changes: &[Change::Options],
    examples: &[
        fixed(
            "FROM debian:13\nRUN «gpg» --keyserver keyserver.ubuntu.com --recv-keys 0123456789ABCDEF0123456789ABCDEF01234567\n",
            "FROM debian:13\nRUN gpg --batch --keyserver keyserver.ubuntu.com --recv-keys 0123456789ABCDEF0123456789ABCDEF01234567\n",
        )
        .case("batch"),
        flagged("FROM debian:13\nRUN «gpg» --gen-key\n").case("batch"),
        reviewed(
            "FROM debian:13\nRUN gpg --batch --keyserver «hkp://ha.pool.sks-keyservers.net:80» --recv-keys 01234567\n",
            "FROM debian:13\nRUN gpg --batch --keyserver hkp://keyserver.ubuntu.com:80 --recv-keys 01234567\n",
        )
        .case("dead-pool"),
        reviewed(
            "FROM ubuntu:26.04\nRUN apt-key adv --keyserver «keys.gnupg.net» --recv-keys 01234567\n",
            "FROM ubuntu:26.04\nRUN apt-key adv --keyserver keyserver.ubuntu.com --recv-keys 01234567\n",
        )
        .case("dead-pool"),
        clean("FROM debian:13\nRUN gpg --batch --keyserver keyserver.ubuntu.com --recv-keys 0123456789ABCDEF0123456789ABCDEF01234567\n"),
        clean("FROM debian:13\nRUN gpg --no-tty --yes --import /key && gpg --dearmor < /key > /ring && gpgconf --kill all && gpg --version\n"),
        flagged("FROM debian:13\nRUN «gpg» --keyring ./keys.gpg --verify a.tgz.asc\n").case("batch"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for run in document.steps().filter(|step| step.is_run()).flat_map(|step| &step.scripts) {
        let mut is_batch_told = false;
        for command in &run.script.commands {
            if asks(command) && !std::mem::replace(&mut is_batch_told, true) {
                let Some(word) = command.words.first() else { continue };
                let finding = report.at("batch", word.range, "without `--batch`, `gpg` counts on somebody who answers");
                // With --batch these take what they need from somewhere else.
                let asking = || run.script.commands.iter().filter(|command| asks(command));
                if !asking().any(looks_elsewhere) {
                    let edits: Vec<Edit> = asking()
                        .filter_map(|command| command.words.first())
                        .map(|word| argument_behind(run, word, "--batch"))
                        .into_list();
                    finding.fix(Safe, "Add --batch", edits);
                }
            }
            if !command.is_one_of("gpg gpg2 apt-key dirmngr") {
                continue;
            }
            for word in command.arguments() {
                let Some((range, host)) = dead_host(word) else { continue };
                report.at("dead-pool", word.range, format!("the key server {host} is gone")).fix(
                    Review,
                    "Ask keyserver.ubuntu.com, which may hold other keys",
                    [replace(range, "keyserver.ubuntu.com")],
                );
            }
        }
    }
}

/// Whether a command is a gpg that does something for which it may ask.
fn asks(command: &Command) -> bool {
    const ACTIONS: &str =
        "--recv-keys --recv-key --recv --import --verify --decrypt --gen-key --full-generate-key --keyserver";
    command.is_one_of("gpg gpg2")
        && command.has_any_flag(ACTIONS)
        && !command.has_flag("--batch")
        && !(command.has_flag("--no-tty") && command.has_flag("--yes"))
}

/// Whether a gpg looks somewhere else for what it needs as soon as it may not ask: for a passphrase, or for the file that a signature is of.
fn looks_elsewhere(command: &Command) -> bool {
    let is_file = |word: &&Word| !word.is_flag();
    // Before it stand values of other flags.
    let behind_verify = command.arguments().iter().skip_while(|word| !word.is("--verify"));
    command.has_any_flag("--gen-key --full-generate-key --decrypt")
        || command.has_flag("--verify") && behind_verify.filter(is_file).count() < 2
}

/// The host in a word that is one of those which are gone, and where it stands.
fn dead_host(word: &Word) -> Option<(TextRange, &str)> {
    const GONE: &str = "sks-keyservers.net keys.gnupg.net keyserver.pgp.com";
    let raw = word.raw.as_str();
    let is_of_host = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    for name in words_of(GONE) {
        let Some(at) = raw.find(name) else { continue };
        let start = raw.get(..at)?.rfind(|letter| !is_of_host(letter)).map_or(0, |mark| mark + 1);
        let host = raw.get(start..at + name.len())?;
        let start = word.range.start() + TextSize::try_from(start).ok()?;
        return Some((TextRange::at(start, TextSize::of(host)), host));
    }
    None
}
