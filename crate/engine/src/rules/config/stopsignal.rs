//! Signals that do not let a program end well.

use crate::image::{self, OsFamily};
use crate::rules::prelude::*;
use crate::table::words_of;
use layerwise_syntax::Word;

pub const RULE: Rule = Rule {
    id: "stopsignal",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("ungraceful").codes(&[tally("tally/no-ungraceful-stopsignal")]),
        Case::new("systemd").codes(&[tally("tally/prefer-systemd-sigrtmin-plus-3")]),
        Case::new("daemon").severity(Severity::Info).codes(&[tally("tally/prefer-nginx-sigquit")]),
        Case::new("canonical").severity(Severity::Style).codes(&[tally("tally/prefer-canonical-stopsignal")]).off(),
    ],
    supersedes: &[],
    title: "Stop signal that cuts work off",
    summary: "Let STOPSIGNAL be the signal on which the program finishes its work and ends.",
    why: "
`docker stop` sends the container's first process a signal, waits ten seconds, and then kills it. `SIGKILL` and `SIGSTOP` cannot be caught: with
them no request is finished and nothing is flushed.

Some programs end well on another signal than the usual `SIGTERM`: nginx drops connections on `SIGTERM` and drains them on `SIGQUIT`; systemd
does nothing at all before it gets `SIGRTMIN+3`.
",
    leave_it_when: "The program does something of its own on this signal.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#stopsignal",
        "https://nginx.org/en/docs/control.html",
        "https://systemd.io/CONTAINER_INTERFACE/",
    ],
    fix_changes: &[Change::Process],
    examples: &[
        reviewed(
            "FROM debian:13-slim\nSTOPSIGNAL «SIGKILL»\nCMD [\"/usr/local/bin/server\"]\n",
            "FROM debian:13-slim\nSTOPSIGNAL SIGTERM\nCMD [\"/usr/local/bin/server\"]\n",
        )
        .case("ungraceful"),
        reviewed(
            "FROM debian:13-slim\nSTOPSIGNAL «9»\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
            "FROM debian:13-slim\nSTOPSIGNAL SIGQUIT\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
        )
        .case("ungraceful"),
        reviewed(
            "FROM fedora:43\n# Everything starts from here.\nCMD «[\"/sbin/init\"]»\n",
            "FROM fedora:43\nSTOPSIGNAL SIGRTMIN+3\n# Everything starts from here.\nCMD [\"/sbin/init\"]\n",
        )
        .case("systemd"),
        reviewed(
            "FROM fedora:43\nSTOPSIGNAL «SIGTERM»\nENTRYPOINT [\"/usr/lib/systemd/systemd\"]\n",
            "FROM fedora:43\nSTOPSIGNAL SIGRTMIN+3\nENTRYPOINT [\"/usr/lib/systemd/systemd\"]\n",
        )
        .case("systemd"),
        reviewed(
            "FROM alpine:3.23\nRUN apk add --no-cache nginx=1.28.0-r3\nCMD «[\"nginx\", \"-g\", \"daemon off;\"]»\n",
            "FROM alpine:3.23\nRUN apk add --no-cache nginx=1.28.0-r3\nSTOPSIGNAL SIGQUIT\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
        )
        .case("daemon"),
        reviewed(
            "FROM debian:13-slim\nSTOPSIGNAL «QUIT»\nCMD [\"httpd\", \"-DFOREGROUND\"]\n",
            "FROM debian:13-slim\nSTOPSIGNAL SIGWINCH\nCMD [\"httpd\", \"-DFOREGROUND\"]\n",
        )
        .case("daemon"),
        fixed(
            "FROM debian:13-slim\nSTOPSIGNAL «int»\nCMD [\"/serve\"]\n",
            "FROM debian:13-slim\nSTOPSIGNAL SIGINT\nCMD [\"/serve\"]\n",
        )
        .case("canonical"),
        clean("FROM debian:13-slim\nSTOPSIGNAL SIGTERM\nCMD [\"/usr/local/bin/server\"]\n"),
        clean("FROM nginx:1.30\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        // A shell stands in between, and what it passes on is not known here.
        clean("FROM debian:13-slim\nCMD nginx -g 'daemon off;'\n"),
        clean("FROM rocker/r-ver:4.5.2\nCMD [\"/init\"]\n"),
        clean("FROM alpine:3.23\nCMD [\"/sbin/init\"]\n"),
        clean("FROM debian:13-slim\nARG SIGNAL\nSTOPSIGNAL $SIGNAL\nCMD [\"nginx\"]\n"),
        clean("FROM debian:13-slim\nSTOPSIGNAL SIGINT\nCMD [\"postgres\"]\n"),
        // What an image of somebody's own sets is not known.
        clean("FROM registry.example.com/team/web:4\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"),
        clean("FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nSTOPSIGNAL SIGKILL\nCMD [\"serve.exe\"]\n"),
    ],
    check,
};

/// Where systemd lies. `/init` is that of s6.
const SYSTEMD: &str = "systemd /sbin/init /usr/sbin/init /bin/systemd /lib/systemd/systemd /usr/lib/systemd/systemd";

/// What ends a daemon well, the best first. nginx: https://nginx.org/en/docs/control.html, Apache:
/// https://httpd.apache.org/docs/current/stopping.html, PostgreSQL: https://www.postgresql.org/docs/current/server-shutdown.html,
/// HAProxy: https://docs.haproxy.org/3.2/management.html#4
const DAEMONS: [(&str, &str); 6] = [
    ("nginx", "SIGQUIT"),
    ("openresty", "SIGQUIT"),
    ("httpd", "SIGWINCH"),
    ("apache2", "SIGWINCH"),
    ("postgres", "SIGINT SIGTERM"),
    ("haproxy", "SIGUSR1 SIGTERM"),
];

/// Signals by the numbers that Linux gives them on x86 and ARM. <https://man7.org/linux/man-pages/man7/signal.7.html>
const NUMBERS: [(&str, &str); 10] = [
    ("1", "SIGHUP"),
    ("2", "SIGINT"),
    ("3", "SIGQUIT"),
    ("9", "SIGKILL"),
    ("10", "SIGUSR1"),
    ("12", "SIGUSR2"),
    ("15", "SIGTERM"),
    ("19", "SIGSTOP"),
    ("28", "SIGWINCH"),
    ("37", "SIGRTMIN+3"),
];

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let steps = document.chain_steps(stage);
    let set = steps.iter().rev().find_map(|step| match &step.instruction.arguments {
        Arguments::Stopsignal(word) => Some(word),
        _ => None,
    });
    let signal = match set {
        Some(word) => match word.value() {
            Some(value) => canonical(&value),
            None => return,
        },
        None => "SIGTERM".to_owned(),
    };
    let program = main_program(document, stage);
    let wanted = program.map_or("SIGTERM", signals_of);
    let Some(best) = words_of(wanted).next() else { return };
    let Some(word) = set else {
        missing(document, stage, program, wanted, report);
        return;
    };
    if signal == "SIGKILL" || signal == "SIGSTOP" {
        report
            .at("ungraceful", word.range, format!("`{signal}` ends the program without a chance to finish its work"))
            .fix(Review, format!("Send {best}"), [replace(word.range, best)]);
    } else if let Some(program) = program.filter(|_| !signal.is_one_of(wanted) && wanted != "SIGTERM") {
        let case = case_of(program);
        report.at(case, word.range, format!("`{program}` ends well on `{best}`, and gets `{signal}`")).fix(
            Review,
            format!("Send {best}"),
            [replace(word.range, best)],
        );
    } else {
        spelling(word, &signal, report);
    }
}

fn missing(document: &Document<'_>, stage: &Stage<'_>, program: Option<&str>, wanted: &str, report: &mut Reporter<'_>) {
    let (Some(program), Some(best)) = (program, words_of(wanted).next()) else { return };
    // An image of the daemon's own sets the signal; what one from elsewhere sets is not known.
    let is_known = document.chain_base(stage).image().is_some_and(image::is_os);
    if "SIGTERM".is_one_of(wanted) || !is_known {
        return;
    }
    let Some((start, _)) = document.main_process(stage) else { return };
    let case = case_of(program);
    let finding = report.at(
        case,
        start.instruction.arguments_range,
        format!("`{program}` ends well on `{best}`, and without STOPSIGNAL it gets `SIGTERM`"),
    );
    if let Some(first) = document.first_start(stage) {
        let line = document.line_above(first.outer, "STOPSIGNAL", best);
        finding.fix(Review, format!("Send {best}"), [line]);
    }
}

fn spelling(word: &Word, signal: &str, report: &mut Reporter<'_>) {
    let is_known = signal.strip_prefix("SIG").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    if word.text != signal && is_known {
        report.at("canonical", word.range, format!("`{}` is `{signal}`", word.text)).fix(
            Safe,
            "Write its name",
            [replace(word.range, signal)],
        );
    }
}

/// The program that gets the signal: the first word of an exec form. A shell form has a shell in front.
fn main_program<'d>(document: &'d Document<'_>, stage: &'d Stage<'_>) -> Option<&'d str> {
    let (step, command) = document.main_process(stage)?;
    let path = command.words.first().filter(|_| step.instruction.arguments.is_json())?.known()?;
    // Alpine's init is no systemd.
    let has_systemd =
        || document.chain_base(stage).image().is_none_or(|image| image::os_family(image) != Some(OsFamily::Alpine));
    if path.is_one_of(SYSTEMD) {
        return has_systemd().then_some("systemd");
    }
    command.program()
}

fn signals_of(program: &str) -> &'static str {
    if program == "systemd" {
        return "SIGRTMIN+3";
    }
    if program.starts_with("php-fpm") {
        return "SIGQUIT";
    }
    DAEMONS.iter().find(|(name, _)| *name == program).map_or("SIGTERM", |(_, signals)| signals)
}

fn case_of(program: &str) -> &'static str {
    if program == "systemd" { "systemd" } else { "daemon" }
}

fn canonical(value: &str) -> String {
    if let Some((_, name)) = NUMBERS.iter().find(|(number, _)| *number == value) {
        return (*name).to_owned();
    }
    let upper = value.to_ascii_uppercase();
    if upper.starts_with("SIG") { upper } else { format!("SIG{upper}") }
}
