//! Downloads from whoever answers.

use crate::document::RunScript;
use crate::fix::{drop_argument, drop_assignment, drop_command};
use crate::packages::{Unchecked, call_range, spoken_call, unchecked, unchecked_variable};
use crate::report::Finding;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};

pub const RULE: Rule = Rule {
    id: "tls-verification-disabled",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("curl").codes(&[checkov("CKV2_DOCKER_2")]),
        Case::new("wget").codes(&[checkov("CKV2_DOCKER_3")]),
        Case::new("pip").codes(&[checkov("CKV2_DOCKER_4"), checkov("CKV2_DOCKER_16")]),
        Case::new("python").codes(&[checkov("CKV2_DOCKER_5")]),
        Case::new("node").codes(&[checkov("CKV2_DOCKER_6")]),
        Case::new("npm").codes(&[checkov("CKV2_DOCKER_12"), checkov("CKV2_DOCKER_13")]),
        Case::new("git").codes(&[checkov("CKV2_DOCKER_14")]),
        Case::new("rpm").codes(&[checkov("CKV2_DOCKER_15")]),
        Case::new("other"),
        Case::new("ssh"),
    ],
    supersedes: &[],
    title: "The other side is not verified",
    summary: "Certificate or host-key checking is switched off, so anyone on the network can replace the download.",
    why: "
A certificate proves that you speak with the real server. Without that proof whoever controls the network, the proxy or the DNS can slip a file of
their own into your image, and nothing in the build will notice.

Where a company's proxy breaks verification, install the certificate of its authority and leave the check on. A variable set with `ENV` also
weakens the program that runs in the container.
",
    leave_it_when: "The file is verified in another way, against a checksum or a signature, before anything uses it.",
    references: &[
        "https://curl.se/docs/sslcerts.html",
        "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
        "https://www.checkov.io/5.Policy%20Index/dockerfile.html",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nRUN wget «--no-check-certificate» -q https://example.org/tool -O /tool\n",
            "FROM alpine:3.23\nRUN wget -q https://example.org/tool -O /tool\n",
        )
        .case("wget"),
        reviewed("FROM debian:13\nRUN curl -fsS«k»L https://example.org/a -o /a\n", "FROM debian:13\nRUN curl -fsSL https://example.org/a -o /a\n").case("curl"),
        reviewed("FROM debian:13\nRUN curl -L \\\n      «-k» \\\n      https://example.org/a\n", "FROM debian:13\nRUN curl -L \\\n      https://example.org/a\n").case("curl"),
        reviewed("FROM debian:13\nRUN curl «--insecure» $URL -o /a\n", "FROM debian:13\nRUN curl $URL -o /a\n").case("curl"),
        reviewed("FROM python:3.13\nRUN pip3 install «--trusted-host pypi.org» flask\n", "FROM python:3.13\nRUN pip3 install flask\n").case("pip"),
        reviewed("FROM python:3.13\nRUN pip install «--trusted-host=pypi.org» flask\n", "FROM python:3.13\nRUN pip install flask\n").case("pip"),
        clean("FROM python:3.13\nRUN pip install --trusted-host localhost -i http://localhost:3141/x/ flask && pip install --trusted-host 127.0.0.1:3141 flask\n"),
        reviewed("FROM python:3.13\nENV «PIP_TRUSTED_HOST»=pypi.org\nRUN make\n", "FROM python:3.13\nRUN make\n").case("pip"),
        reviewed("FROM python:3.13\nRUN «pip config set global.trusted-host pypi.org» && make\n", "FROM python:3.13\nRUN make\n").case("pip"),
        reviewed("FROM python:3.13\nENV A=1 «PYTHONHTTPSVERIFY»=0\n", "FROM python:3.13\nENV A=1\n").case("python"),
        reviewed("FROM node:24\nRUN «NODE_TLS_REJECT_UNAUTHORIZED=0» npm ci\n", "FROM node:24\nRUN npm ci\n").case("node"),
        flagged("FROM node:24\nRUN export «NODE_TLS_REJECT_UNAUTHORIZED=0» && npm ci\n").case("node"),
        reviewed("FROM node:24\nRUN «npm config set strict-ssl false» \\\n && npm ci\n", "FROM node:24\nRUN npm ci\n").case("npm"),
        flagged("FROM node:24\nARG «NPM_CONFIG_STRICT_SSL»=false\n").case("npm"),
        reviewed("FROM node:24\nRUN npm ci\nRUN «git config --global http.sslVerify false»\n", "FROM node:24\nRUN npm ci\n").case("git"),
        flagged("FROM node:24\nRUN «git -c http.sslVerify=false clone https://example.org/a.git»\n").case("git"),
        reviewed("FROM node:24\nRUN «GIT_SSL_NO_VERIFY=true» bash <<EOF\ngit clone https://example.org/a.git\nEOF\n", "FROM node:24\nRUN bash <<EOF\ngit clone https://example.org/a.git\nEOF\n").case("git"),
        flagged("FROM fedora:43\nRUN «echo 'sslverify=0'» >> /etc/dnf/dnf.conf\n").case("rpm"),
        flagged("FROM fedora:43\nRUN «dnf install --setopt=sslverify=false -y git»\n").case("rpm"),
        flagged("FROM debian:13\nRUN «apt-get -o Acquire::https::Verify-Peer=false update»\n").case("other"),
        reviewed("FROM debian:13\nRUN helm repo add «--insecure-skip-tls-verify» a https://example.org\n", "FROM debian:13\nRUN helm repo add a https://example.org\n").case("other"),
        flagged("FROM debian:13\nRUN «echo \"StrictHostKeyChecking no\"» >> /etc/ssh/ssh_config\n").case("ssh"),
        flagged("FROM debian:13\nRUN «GIT_SSH_COMMAND='ssh -o StrictHostKeyChecking=no'» git clone git@example.org:a/b\n").case("ssh"),
        clean("FROM alpine:3.23\nRUN wget -q https://example.org/tool -O /tool && curl -okubectl https://example.org/k\n"),
        clean("FROM alpine:3.23\nRUN server & curl -k https://localhost:8443/ready\nHEALTHCHECK CMD curl -k https://localhost/\n"),
        clean("FROM node:24\nENV NODE_TLS_REJECT_UNAUTHORIZED=1 NPM_CONFIG_STRICT_SSL=true GIT_SSL_NO_VERIFY=\nARG GOINSECURE\n"),
        clean("FROM debian:13\nRUN git config --global http.sslVerify true && ssh -o StrictHostKeyChecking=accept-new a && grep -k -- --insecure /x\n"),
        clean("FROM node:24\nRUN npm config set strict-ssl true && tar -kxf a.tar\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        declared(document, step, report);
        if !step.is_run() {
            continue;
        }
        for run in &step.scripts {
            for command in &run.script.commands {
                assigned(document, command, report);
                called(document, step, run, command, report);
            }
        }
    }
}

/// Reports variables that `ENV` and `ARG` set.
fn declared(document: &Document<'_>, step: &Step<'_>, report: &mut Reporter<'_>) {
    match &step.instruction.arguments {
        Arguments::Env(values) => {
            for pair in &values.pairs {
                let value = document.value_at(&pair.value, step).unwrap_or_default();
                let Some(case) = unchecked_variable(&pair.key.text, &value) else { continue };
                let finding = tell(case, true, pair.key.range, variable_message(&pair.key.text), report);
                let edit = document.pair_to_go(step, &values.pairs, pair);
                if let Some(edit) = edit.filter(|_| !document.has_comments(step)) {
                    finding.fix(Review, TITLE, [edit]);
                }
            }
        }
        Arguments::Arg(declarations) => {
            for declaration in declarations {
                let value = declaration.default.as_ref().and_then(|default| document.value_at(default, step));
                if let Some(case) = unchecked_variable(&declaration.name.text, &value.unwrap_or_default()) {
                    tell(case, true, declaration.name.range, variable_message(&declaration.name.text), report);
                }
            }
        }
        _ => {}
    }
}

/// Reports variables that are set for a command.
fn assigned(document: &Document<'_>, command: &Command, report: &mut Reporter<'_>) {
    for assignment in &command.assignments {
        let value = assignment.value.as_ref().map(Word::shown).unwrap_or_default();
        let Some(case) = unchecked_variable(&assignment.name, value) else { continue };
        let finding = tell(case, true, assignment.range, variable_message(&assignment.name), report);
        if let Some(edit) = drop_assignment(document, command, assignment).filter(|_| case != "ssh") {
            finding.fix(Review, TITLE, [edit]);
        }
    }
}

/// From this many commands on a script is no work for a fix.
const LONGEST_SCRIPT: usize = 500;

const TITLE: &str = "Verify (the build fails where the certificate is not trusted)";

/// Reports it under the code for what does it: a variable, or something else.
fn tell<'r>(
    case: &'static str,
    is_variable: bool,
    range: TextRange,
    message: String,
    report: &'r mut Reporter<'_>,
) -> &'r mut Finding {
    let finding = report.at(case, range, message);
    match (case, is_variable) {
        ("pip", false) => finding.seen_by(Tool::Checkov, "CKV2_DOCKER_4"),
        ("pip", true) => finding.seen_by(Tool::Checkov, "CKV2_DOCKER_16"),
        ("npm", true) => finding.seen_by(Tool::Checkov, "CKV2_DOCKER_12"),
        ("npm", false) => finding.seen_by(Tool::Checkov, "CKV2_DOCKER_13"),
        _ => {}
    }
    finding
}

fn variable_message(name: &str) -> String {
    format!("`{name}` switches off the check of who answers")
}

/// Reports what a command is told, or told to remember.
fn called(document: &Document<'_>, step: &Step<'_>, run: &RunScript, command: &Command, report: &mut Reporter<'_>) {
    let program = command.program().unwrap_or_default();
    match unchecked(document, command) {
        Some((case, Unchecked::Flag(word))) => {
            let (range, edit) = flag(document, command, word);
            let message = format!("`{}` lets `{program}` take what it gets from anybody", word.shown());
            let finding = tell(case, false, range, message, report);
            if let Some(edit) = edit {
                finding.fix(Review, TITLE, [edit]);
            }
        }
        Some((case, Unchecked::Setting)) => {
            let (_, name) = spoken_call(command);
            let is_config = command.starts_with("config");
            let message = match case {
                "ssh" => format!("`{name}` trusts every host, whatever its key"),
                _ => format!("`{name}` switches off the check of certificates"),
            };
            let finding = tell(case, false, call_range(command), message, report);
            // Every offer looks at a whole script.
            let is_short = run.script.commands.len() <= LONGEST_SCRIPT;
            if let Some(edit) = (is_config && is_short).then(|| drop_command(document, step, run, command)).flatten() {
                finding.fix(Review, TITLE, [edit]);
            }
        }
        None => {}
    }
}

/// Where a flag stands, its value or the letter among others too, and the edit that takes it away.
fn flag(document: &Document<'_>, command: &Command, word: &Word) -> (TextRange, Option<Edit>) {
    let shown = word.shown();
    if shown.len() > 2 && !shown.starts_with("--") {
        let at = word.raw.find('k').and_then(|at| TextSize::try_from(at).ok()).unwrap_or_default();
        let letter = TextRange::at(word.range.start() + at, 1.into());
        return (letter, Some(delete(letter)));
    }
    let next = command.words.iter().find(|next| next.range.start() >= word.range.end());
    let range = match next {
        Some(next) if word.is("--trusted-host") => word.range.cover(next.range),
        _ => word.range,
    };
    (range, drop_argument(document, command, range))
}
