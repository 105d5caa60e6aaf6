//! Health checks that can never succeed, or never fail.

use crate::image::{ImageName, OsFamily, is_os, is_shell_less, os_family};
use crate::packages::{download_url, fails_on_errors, install, may_install_unseen};
use crate::rules::prelude::*;
use crate::shell::{Command, Script};

pub const RULE: Rule = Rule {
    id: "broken-healthcheck",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[],
    cases: &[
        Case::new("tool-missing"),
        Case::new("always-passes"),
        Case::new("wrong-port").severity(Severity::Info),
        Case::new("exit-code").severity(Severity::Style),
        Case::new("zero").severity(Severity::Info),
    ],
    supersedes: &[],
    title: "Health check that tells nothing",
    summary: "Ask with a program that the image has, and let the check fail when the service does.",
    why: "
Slim images hold no curl, so that a copied check calls every container unhealthy. And without `-f` curl takes an error page for a good answer.
Use what is there: `wget` on Alpine, the language itself elsewhere.
",
    leave_it_when: "The error page is the answer that you look for.",
    references: &["https://docs.docker.com/reference/dockerfile/#healthcheck"],
    fix_changes: &[Change::Healthcheck],
    examples: &[
        flagged("FROM python:3.13-slim\nHEALTHCHECK CMD «curl» -f http://localhost:8000/ || exit 1\nCMD [\"python\", \"/app.py\"]\n").case("tool-missing"),
        flagged("FROM alpine:3.23\nHEALTHCHECK CMD [«\"curl\"», \"-f\", \"http://localhost:8000/\"]\n").case("tool-missing"),
        reviewed(
            "FROM python:3.13\nHEALTHCHECK CMD «curl» http://localhost:8000/ || exit 1\n",
            "FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1\n",
        )
        .case("always-passes"),
        reviewed(
            "FROM python:3.13\nHEALTHCHECK CMD [«\"curl\"», \"http://localhost:8000/\"]\n",
            "FROM python:3.13\nHEALTHCHECK CMD [\"curl\", \"-f\", \"http://localhost:8000/\"]\n",
        )
        .case("always-passes"),
        flagged("FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost:8000/ || «exit 0»\n").case("always-passes"),
        flagged("FROM python:3.13\nHEALTHCHECK CMD «true»\n").case("always-passes"),
        flagged("FROM python:3.13\nEXPOSE 8000\nHEALTHCHECK CMD curl -f «http://localhost:8080/up» || exit 1\n").case("wrong-port"),
        fixed(
            "FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost:8000/ || «exit 2»\n",
            "FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost:8000/ || exit 1\n",
        )
        .case("exit-code"),
        flagged("FROM python:3.13\nHEALTHCHECK «--interval=0s» CMD curl -f http://localhost:8000/\n").case("zero"),
        flagged("FROM python:3.13-slim\nCOPY app.py /\nHEALTHCHECK CMD «pgrep» -f app.py\nCMD [\"python\", \"/app.py\"]\n").case("tool-missing"),
        clean("FROM mcr.microsoft.com/dotnet/aspnet:10.0\nHEALTHCHECK CMD pgrep dotnet\nCMD [\"dotnet\", \"a.dll\"]\n"),
        clean("FROM alpine:3.23\nHEALTHCHECK CMD pgrep app\nCMD [\"app\"]\n"),
        clean("FROM debian:13-slim\nRUN apt-get update && apt-get install -y haproxy\nHEALTHCHECK CMD ps aux | grep haproxy\nCMD [\"haproxy\"]\n"),
        clean("FROM python:3.13-slim\nEXPOSE 8000\nHEALTHCHECK CMD [\"python\", \"-c\", \"import urllib.request as u; u.urlopen('http://localhost:8000/', timeout=2)\"]\n"),
        clean("FROM python:3.13-slim\nRUN apt-get update && apt-get install -y curl\nEXPOSE 8000 9000\nHEALTHCHECK --retries=5 CMD curl -fsS http://localhost:9000/ || exit 1\n"),
        clean("FROM python:3.13\nHEALTHCHECK CMD curl -s http://localhost/ | grep -q ready\n"),
        clean("FROM python:3.13\nHEALTHCHECK CMD test \"$(curl -so /dev/null -w '%{http_code}' http://localhost/)\" = 404\n"),
        clean("FROM python:3.13\nHEALTHCHECK CMD curl -f http://localhost:8000/ && exit 0 || exit 1\n"),
        clean("FROM alpine:3.23\nHEALTHCHECK CMD wget -q --spider http://localhost:80/ || exit 1\n"),
        clean("FROM python:3.13-slim\nCOPY --from=tools / /usr/\nHEALTHCHECK CMD curl -f http://localhost:8000/\n"),
        clean("FROM nginx:1.29\nEXPOSE 8080\nHEALTHCHECK CMD curl -f http://localhost:80/\n"),
    ],
    check,
};

/// Programs that a check may ask with, and what a name of a package that brings one may hold.
const TOOLS: [(&str, &str); 8] = [
    ("curl", "curl"),
    ("wget", "wget"),
    ("nc", "netcat"),
    ("pg_isready", "postgres"),
    ("redis-cli", "redis"),
    ("mysqladmin", "m"),
    ("pgrep", PROCPS),
    ("ps", PROCPS),
];

/// Many packages need it.
const PROCPS: &str = "procps";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let Some(stage) = document.final_stage().filter(|stage| !stage.is_windows) else { return };
    let Some(step) = document.healthcheck(stage) else { return };
    for flag in &step.instruction.flags {
        let value = flag.value.as_ref().map_or("", |value| value.text.as_str());
        if flag.name != "start-period" && matches!(value, "0" | "0s" | "0ms" | "0m") {
            report.at("zero", flag.range, "0 stands for the default here, and switches nothing off");
        }
    }
    let [run] = &step.scripts[..] else { return };
    let Some(first) = run.script.commands.first() else { return };
    let steps = document.chain_steps(stage);
    let image = document.chain_base(stage).image();
    let tool = TOOLS.iter().find(|(tool, _)| first.is_one_of(tool) && image.is_some_and(|image| lacks(image, tool)));
    let word = first.words.first().map_or(first.range, |word| word.range);
    let is_brought = |(tool, package): &&(&str, &str)| steps.iter().any(|it| may_bring(document, it, tool, package));
    if let Some((tool, _)) = tool.filter(|tool| !is_brought(tool)) {
        report.at("tool-missing", word, format!("the image holds no `{tool}`, so this check never succeeds"));
    } else if takes_errors(first) && run.script.commands.len() <= 2 {
        let finding = report.at("always-passes", word, "without `-f`, curl takes an error page for a good answer");
        let is_json = document.slice(word).starts_with('"');
        finding.fix(Review, "Add -f", [insert(word.end(), if is_json { ", \"-f\"" } else { " -f" })]);
    }
    ending(&run.script, report);
    if let Some(url) = download_url(first).filter(|_| image.is_some_and(exposes_nothing)) {
        let port = local_port(url.shown());
        let exposed = exposed(&steps);
        let is_other = |port: &&str| exposed.is_some_and(|all| !all.is_empty() && !all.iter().any(|it| it == port));
        if let Some(port) = port.filter(is_other) {
            report.at("wrong-port", url.range, format!("the image does not expose port {port}, which this asks"));
        }
    }
}

/// Whether an image is known not to hold a tool.
fn lacks(image: &ImageName, tool: &str) -> bool {
    const SLIM: &str = "python node ruby rust perl";
    const ALPINE: &str = "alpine node python ruby golang rust redis postgres";
    let name = image.repository.as_str();
    if image.repository.starts_with("gcr.io/distroless/") {
        return is_shell_less(image);
    }
    let is_of_procps = matches!(tool, "pgrep" | "ps");
    let is_own = matches!((name, tool), ("redis", "redis-cli") | ("postgres", "pg_isready"));
    let is_slim = || name.is_one_of(SLIM) && image.tag_parts().any(|part| part == "slim");
    let is_bare = || {
        // Ubuntu, on which some of .NET's are built, has these.
        let may_be_ubuntu =
            matches!(name, "ubuntu" | "mcr.microsoft.com/dotnet/aspnet" | "mcr.microsoft.com/dotnet/runtime");
        name == "debian" || may_be_ubuntu && !is_of_procps || is_slim()
    };
    match os_family(image) {
        Some(OsFamily::Alpine) => name.is_one_of(ALPINE) && !is_own && !is_of_procps && !matches!(tool, "wget" | "nc"),
        Some(OsFamily::Debian) => is_bare(),
        _ => false,
    }
}

/// Whether a step may put a tool into the image.
fn may_bring(document: &Document<'_>, step: &Step<'_>, tool: &str, package: &str) -> bool {
    let text = document.slice(step.outer.range);
    if step.is_run() {
        return text.contains(tool)
            || text.contains(package) && package.len() > 1
            || package.len() == 1 && (text.contains("mysql") || text.contains("mariadb"))
            || package == PROCPS && step.commands().any(|command| install(command).is_some())
            || !step.is_readable()
            || step.commands().any(may_install_unseen);
    }
    let Some(copy) = step.copy() else { return false };
    let is_foreign = step.instruction.flag("from").is_some();
    let target = &copy.destination.text;
    text.contains(tool) || is_foreign && (target == "/" || target.starts_with_any("/usr /bin /opt /lib"))
}

/// Whether a curl that asks for a page goes well whatever the answer.
fn takes_errors(command: &Command) -> bool {
    let looks = command.context.writes_pipe || command.context.in_substitution;
    let is_web = command.operands().iter().all(|word| {
        let shown = word.shown();
        shown.starts_with("http") || !shown.contains("://")
    });
    let is_other = command.has_any_flag("-w --write-out --telnet-option -K --config");
    let short = |word: &str| word.starts_with('-') && !word.starts_with("--") && word.contains('f');
    let is_short = command.arguments().iter().any(|word| short(word.shown()));
    command.is_one_of("curl") && !looks && is_web && !is_other && !fails_on_errors(command) && !is_short
}

/// Reports how a check ends: with success whatever was found, or with a code that Docker keeps for itself.
fn ending(script: &Script, report: &mut Reporter<'_>) {
    let Some(last) = script.commands.last() else { return };
    let Some(chain) = script.chain_of(last) else {
        if last.is_one_of("true echo") {
            report.at("always-passes", last.words_range(), "this check goes well whatever the service does");
        }
        return;
    };
    let code = last.arguments().first().and_then(|word| word.known());
    let is_exit = last.is_one_of("exit");
    let is_reached = chain.links == 1 && (chain.is_alternative || !last.context.is_conditional);
    let others = script.commands.iter().filter(|other| other.is_one_of("exit set return")).count();
    let succeeds = last.is_one_of("true :") || is_exit && code == Some("0");
    let is_only = script.commands.len() == 1 && last.is_one_of("echo") && last.redirects.is_empty();
    if is_only || succeeds && is_reached && chain.is_top_level() && others <= usize::from(is_exit) {
        report.at("always-passes", last.range, "this check goes well whatever the service does");
    } else if is_exit
        && chain.is_alternative
        && let Some(word) = last.arguments().first()
        && !matches!(word.known(), Some("0" | "1") | None)
    {
        let finding = report.at("exit-code", last.range, "only 0 and 1 are codes of a health check");
        finding.fix(Safe, "Exit with 1", [replace(word.range, "1")]);
    }
}

/// Whether an image is known to expose no port by itself.
fn exposes_nothing(image: &ImageName) -> bool {
    const LANGUAGES: &str = "python node ruby golang rust openjdk eclipse-temurin perl";
    is_os(image) || image.repository.is_one_of(LANGUAGES)
}

/// The port of an address of the container itself.
fn local_port(url: &str) -> Option<&str> {
    let (_, rest) = url.trim_matches('"').split_once("://")?;
    let (host, port) = rest.split(['/', '?']).next()?.split_once(':')?;
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "0.0.0.0");
    (is_local && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(port)
}

/// The ports that are exposed; `None` where they are not all numbers.
fn exposed(steps: &[&Step<'_>]) -> Option<Vec<String>> {
    let mut ports = Vec::new();
    for step in steps {
        let Arguments::Expose(words) = &step.instruction.arguments else { continue };
        for word in words {
            let port = word.text.split('/').next().unwrap_or_default();
            if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            ports.push(port.to_owned());
        }
    }
    Some(ports)
}
