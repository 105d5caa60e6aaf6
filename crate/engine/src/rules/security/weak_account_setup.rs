//! Accounts with a known or an empty password, or with somebody else's number.

use crate::packages::{call_range, sets};
use crate::rules::prelude::*;
use crate::shell::{Command, RedirectKind, Word};

pub const RULE: Rule = Rule {
    id: "weak-account-setup",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[
        Case::new("password").severity(Severity::Error).codes(&[checkov("CKV2_DOCKER_17")]),
        Case::new("empty").severity(Severity::Error).codes(&[dockle("DKL-LI-0001")]),
        Case::new("uid").codes(&[dockle("DKL-LI-0002")]),
        Case::new("any-chpasswd").codes(&[checkov("CKV2_DOCKER_17")]).off(),
    ],
    supersedes: &[],
    title: "An account that others can use",
    summary: "An account gets a known, empty or shared identity at build time.",
    why: "
A password that the build sets is the same in every container, and `docker history` shows the command that set it. An empty one needs not even that.
Two names with one number are one account: what one may do, the other may too, and with number 0 that is everything.

Containers need no passwords. Leave the account locked, as `useradd` does, and let the platform decide who may enter: `docker exec -u`.
",
    leave_it_when: "The image is a toy of one machine that nobody else can reach.",
    references: &[
        "https://www.checkov.io/5.Policy%20Index/dockerfile.html",
        "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md",
    ],
    fix_changes: &[],
    examples: &[
        flagged("FROM debian:13\nRUN echo \"root:Docker2026\" | «chpasswd»\n").case("password"),
        flagged("FROM debian:13\nRUN useradd app && printf 'app:%s' hunter22 | «/usr/sbin/chpasswd»\n").case("password"),
        flagged("FROM debian:13\nRUN «chpasswd» <<EOF\nroot:hunter22\nEOF\nRUN make\n").case("password"),
        flagged("FROM debian:13\nSHELL [\"/bin/bash\", \"-c\"]\nRUN «chpasswd» <<< 'app:hunter22'\n").case("password"),
        flagged("FROM fedora:43\nRUN echo hunter22 | «passwd --stdin root»\n").case("password"),
        flagged("FROM debian:13\nRUN «useradd -m -p '$6$salt$hunter22hash' app»\n").case("password"),
        flagged("FROM debian:13\nRUN useradd -p $(«openssl passwd -1 hunter22») app\n").case("password"),
        flagged("FROM debian:13\nRUN «passwd -d root»\n").case("empty"),
        flagged("FROM debian:13\nRUN «usermod -p '' app» && «sed -i 's/^root:[^:]*:/root::/' /etc/shadow»\n").case("empty"),
        flagged("FROM debian:13\nRUN «echo 'PermitEmptyPasswords yes'» >> /etc/ssh/sshd_config\n").case("empty"),
        flagged("FROM debian:13\nRUN «useradd -o -u 1000 app»\n").case("uid"),
        flagged("FROM debian:13\nRUN «useradd -u 0 toor»\n").case("uid"),
        flagged("FROM debian:13\nRUN useradd -u 1000 app\nRUN «adduser --uid 1000 web»\n").case("uid"),
        flagged("FROM debian:13\nRUN echo \"app:$PASSWORD\" | «chpasswd»\n").case("any-chpasswd"),
        clean("FROM debian:13\nRUN useradd --system --uid 10001 app\nUSER 10001\n"),
        clean("FROM debian:13\nRUN useradd --system app && passwd -l root && adduser -D web && usermod -p '*' root && useradd -p ! x && useradd -p hunter22 y\n"),
        clean("FROM debian:13\nRUN --mount=type=secret,id=a echo \"app:$(cat /run/secrets/a)\" | chpasswd && echo 'root:*' | chpasswd -e\n"),
        clean("FROM debian:13\nRUN useradd -u 1000 app || useradd -u 1000 app2\nRUN sed -i 's/a/b/' /etc/shadow && openssl passwd -stdin\n"),
        clean("FROM debian:13 AS build\nRUN useradd -u 1000 app\nFROM debian:13\nRUN useradd -u 1000 web\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        for step in stage.own_steps() {
            for run in &step.scripts {
                let mut before: Option<&Command> = None;
                for command in run.script.commands.iter().filter(|_| step.is_run()) {
                    if let Some((case, message)) = password(document, command, before) {
                        report.at(case, call_range(command), message);
                    }
                    before = Some(command);
                }
            }
        }
    }
    numbers(document, report);
}

const KNOWN: &str = "this gives an account a password that everybody with the image knows";
const HASH: &str = "this gives an account a password whose hash everybody with the image can try to guess";
const EMPTY: &str = "this lets an account in without a password";

/// Which password a command sets, given the one before it, which may speak to it through a pipe.
fn password(
    document: &Document<'_>,
    command: &Command,
    before: Option<&Command>,
) -> Option<(&'static str, &'static str)> {
    if sets(document, command, "PermitEmptyPasswords", true) {
        return Some(("empty", EMPTY));
    }
    let is_known = match command.program()? {
        "chpasswd" => {
            if !reads_literal(document, command, before)? {
                return Some(("any-chpasswd", "this sets the password of an account"));
            }
            true
        }
        "passwd" if command.has_flag("--stdin") => reads_literal(document, command, before)?,
        "passwd" => return command.has_any_flag("-d --delete").then_some(("empty", EMPTY)),
        "useradd" | "usermod" => {
            let value = command.flag_value("-p").or_else(|| command.flag_value("--password"))?;
            if value.is_empty() {
                return Some(("empty", EMPTY));
            }
            // Another word is no hash: no password fits it.
            let is_des = value.len() == 13
                && value.bytes().all(|byte| matches!(byte, b'.' | b'/') || byte.is_ascii_alphanumeric());
            return (is_des || value.starts_with('$')).then_some(("password", HASH));
        }
        "openssl" => command.starts_with("passwd") && literal_operand(command, 1),
        "mkpasswd" => literal_operand(command, 0),
        "sed" => {
            let mut words = command.arguments().iter().map(Word::shown);
            let is_accounts = words.clone().any(|word| matches!(word, "/etc/shadow" | "/etc/passwd"));
            return (is_accounts && words.any(|word| word.contains("/root::"))).then_some(("empty", EMPTY));
        }
        _ => false,
    };
    is_known.then_some(("password", KNOWN))
}

/// Whether one of the operands from a place on is a literal that may be a password.
fn literal_operand(command: &Command, from: usize) -> bool {
    let is_method = |word: &Word| word.shown().starts_with("sha") || word.shown().contains("crypt") || word.is("md5");
    let operands = command.operands();
    let last = operands.last().filter(|_| operands.len() > from);
    last.is_some_and(|word| word.known().is_some_and(|text| text.len() > 2) && !is_method(word))
        && !command.has_any_flag("-stdin --stdin -s -in")
}

/// Whether what a command reads is literal: from a pipe, a heredoc, a here-string. `None` where it is a secret of the build, or locks.
fn reads_literal(document: &Document<'_>, command: &Command, before: Option<&Command>) -> Option<bool> {
    let is_lock = |text: &str| text.trim_end().ends_with([':', '*', '!']) && text.contains(":");
    let mut is_known = false;
    let piped = before.filter(|before| before.context.writes_pipe && command.context.reads_pipe);
    if let Some(before) = piped {
        if document.slice(before.range).contains("/run/secrets/")
            || before.words.last().is_some_and(|word| is_lock(word.shown()))
        {
            return None;
        }
        is_known = before.is_one_of("echo printf") && before.words.iter().all(|word| word.known().is_some());
    }
    for redirect in &command.redirects {
        let body = redirect.body.map(|body| document.slice(body));
        let text = body.or_else(|| {
            redirect.target.as_ref().filter(|_| redirect.kind == RedirectKind::HereString).and_then(|word| word.known())
        });
        match text {
            Some(text) => is_known |= !text.contains(['$', '`']),
            None if redirect.target.as_ref().is_some_and(|target| target.shown().contains("/run/secrets/")) => {
                return None;
            }
            None => {}
        }
    }
    Some(is_known)
}

/// From this many accounts on nobody keeps count.
const MOST_ACCOUNTS: usize = 64;

/// Reports numbers that two accounts share.
fn numbers(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, taken: &mut Vec<(String, String)>| {
        for command in step.commands().filter(|command| command.is_one_of("useradd adduser groupadd")) {
            let is_group = command.is_one_of("groupadd");
            let number = match is_group {
                true => command.flag_value("-g").or_else(|| command.flag_value("--gid")),
                false => command.flag_value("-u").or_else(|| command.flag_value("--uid")),
            };
            let operands = command.operands();
            let name = operands.last().map(|name| name.shown()).unwrap_or_default();
            let is_shared = command.has_flag("--non-unique") || !command.is_one_of("adduser") && command.has_flag("-o");
            let is_root = number == Some("0") && name != "root" && !is_group;
            let other = taken.iter().find(|(known, owner)| Some(known.as_str()) == number && owner != name);
            let message = match other {
                _ if is_root => format!("`{name}` is root by another name"),
                Some((number, other)) if !is_group && !command.context.is_conditional => {
                    format!("`{name}` gets number {number}, which `{other}` has already")
                }
                _ if is_shared => format!("`{name}` may get a number that somebody else has"),
                _ => {
                    let is_counted = !is_group && !command.context.is_conditional && taken.len() < MOST_ACCOUNTS;
                    if let Some(number) = number.filter(|_| is_counted) {
                        taken.push((number.to_owned(), name.to_owned()));
                    }
                    continue;
                }
            };
            report.at("uid", call_range(command), message);
        }
    });
}
