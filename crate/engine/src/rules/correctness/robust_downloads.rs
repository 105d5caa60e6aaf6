//! curl that takes an error page for the file.

use crate::document::RunScript;
use crate::fix::argument_behind;
use crate::packages::{
    brings_settings, download_url, fails_on_errors, follows_redirects, is_loopback, sends_data, sends_secrets,
};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use crate::table::Listed;
use layerwise_syntax::list::IntoList;

pub const RULE: Rule = Rule {
    id: "robust-downloads",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("fail").codes(&[parfum("curlUseFlagF"), droast("DF035")]),
        Case::new("location").severity(Severity::Info).codes(&[
            parfum("curlUseFlagL"),
            tally("tally/curl-should-follow-redirects"),
        ]),
        Case::new("retry")
            .severity(Severity::Info)
            .codes(&[tally("tally/prefer-curl-config"), tally("tally/prefer-wget-config")])
            .off(),
    ],
    supersedes: &[],
    title: "A failed download goes unnoticed",
    summary: "Make curl fail on HTTP errors and follow redirects.",
    why: "
For `curl`, \"404 Not Found\" is a page like any other: it saves the page under the name of your archive and reports success. A file that has
moved gives an empty one. The build goes on, and fails somewhere else, or not at all.

`-f` makes an error an error, `-L` goes where the file has moved to. `curl -fsSL` is the form to remember: it also hides the progress bar and
still tells what went wrong.
",
    leave_it_when: "The page is wanted whatever the status, and something looks at it.",
    references: &["https://curl.se/docs/manpage.html", "https://github.com/tdurieux/docker-parfum"],
    fix_changes: &[Change::Options],
    examples: &[
        fixed(
            "FROM debian:13\nRUN «curl» -L -o /opt/tool.tar.gz https://example.org/tool-1.4.2.tar.gz\n",
            "FROM debian:13\nRUN curl -fL -o /opt/tool.tar.gz https://example.org/tool-1.4.2.tar.gz\n",
        )
        .case("fail"),
        // One finding for a RUN, and one fix for all of it.
        fixed(
            "FROM debian:13\nRUN «curl» -O https://example.org/a && curl -sSLO https://example.org/b\n",
            "FROM debian:13\nRUN curl -fLO https://example.org/a && curl -fsSLO https://example.org/b\n",
        )
        .case("fail"),
        fixed("FROM debian:13\nRUN «curl» https://example.org/a > /a\n", "FROM debian:13\nRUN curl -fL https://example.org/a > /a\n").case("fail"),
        fixed("FROM debian:13\nRUN [«\"curl\"», \"-sSLO\", \"https://example.org/a\"]\n", "FROM debian:13\nRUN [\"curl\", \"-fsSLO\", \"https://example.org/a\"]\n").case("fail"),
        fixed(
            "FROM debian:13\nRUN «curl» -fsSo /a \"https://$HOST/a\" | sh\n",
            "FROM debian:13\nRUN curl -LfsSo /a \"https://$HOST/a\" | sh\n",
        )
        .case("location"),
        reviewed("FROM debian:13\nRUN «curl» -fsS -H 'Authorization: x' https://example.org/a\n", "FROM debian:13\nRUN curl -LfsS -H 'Authorization: x' https://example.org/a\n")
            .case("location"),
        // Whatever the header is called, what stands in it may be one.
        reviewed("FROM debian:13\nARG T\nRUN «curl» -H \"PRIVATE-TOKEN: $T\" -O https://example.org/a\n", "FROM debian:13\nARG T\nRUN curl -fLH \"PRIVATE-TOKEN: $T\" -O https://example.org/a\n")
            .case("fail"),
        reviewed("FROM debian:13\nRUN «curl» -fsS -H @/run/secrets/h https://example.org/a\n", "FROM debian:13\nRUN curl -LfsS -H @/run/secrets/h https://example.org/a\n")
            .case("location"),
        reviewed("FROM debian:13\nRUN «curl» -sSL https://example.org/a | tar xz\n", "FROM debian:13\nRUN curl -fsSL https://example.org/a | tar xz\n")
            .case("fail"),
        reviewed("FROM debian:13\nRUN «curl» -fsSL https://example.org/a\n", "FROM debian:13\nRUN curl --retry 3 -fsSL https://example.org/a\n").case("retry"),
        flagged("FROM debian:13\nRUN «wget» https://example.org/a && wget https://example.org/b\n").case("retry"),
        clean("FROM debian:13\nRUN wget --tries=3 https://example.org/a\n"),
        clean("FROM debian:13\nCOPY wgetrc /etc/wgetrc\nRUN wget https://example.org/a\n"),
        clean("FROM debian:13\nRUN curl -fsSL -o /opt/tool.tar.gz https://example.org/tool-1.4.2.tar.gz\n"),
        clean("FROM debian:13\nRUN curl --fail --location -O https://example.org/a && curl --fail-with-body -LO https://example.org/b\n"),
        clean("FROM tomcat:11\nRUN catalina.sh start && curl http://localhost:8080/ && catalina.sh stop\n"),
        clean("FROM debian:13\nRUN curl -fsS -o page -w '%{redirect_url}' --retry 3 https://example.org/latest > latest\n"),
        clean("FROM debian:13\nRUN curl -I https://example.org/a && curl -so /dev/null -w '%{http_code}' https://example.org && curl --version\n"),
        clean("FROM debian:13\nRUN if curl -s https://example.org/a; then true; fi; curl -s https://example.org/b || exit 1\n"),
        clean("FROM debian:13\nCOPY .curlrc /root/\nRUN curl -O https://example.org/a\n"),
        clean("FROM debian:13\nRUN V=$(curl -s https://example.org/v | jq .v) && curl -fsS http://127.0.0.1:80/x && curl -fX POST https://example.org/hook\n"),
    ],
    check,
};

/// What a chain has settled.
#[derive(Clone, Default)]
struct Settled {
    has_settings: bool,
    is_retry_told: bool,
    is_wget_told: bool,
}

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, settled: &mut Settled| {
        settled.has_settings |= has_settings(document, step);
        wget_retry(document, step, settled, report);
        if !step.is_run() || settled.has_settings {
            return;
        }
        for run in &step.scripts {
            let downloads: Vec<&Command> =
                run.script.commands.iter().filter(|command| is_download(command)).into_list();
            let deaf = |command: &&&Command| !fails_on_errors(command);
            let lost = |command: &&&Command| !follows_redirects(command);
            tell(run, downloads.iter().filter(deaf), report);
            let mut strict = downloads.iter().filter(|command| !deaf(command));
            tell_location(run, strict.clone().filter(lost), report);
            let Some(command) = strict.find(|command| !command.has_flag("--retry") && follows_redirects(command))
            else {
                continue;
            };
            let Some(word) = command.words.first() else { continue };
            if !std::mem::replace(&mut settled.is_retry_told, true) {
                let finding = report.at("retry", word.range, "one lost packet ends this build");
                finding.about("curl");
                finding.fix(Review, "Try again three times", [argument_behind(run, word, "--retry 3")]);
            }
        }
    });
}

/// Reports the first wget of a chain that does not say how often it tries.
fn wget_retry(document: &Document<'_>, step: &Step<'_>, settled: &mut Settled, report: &mut Reporter<'_>) {
    let has_settings = document.slice(step.outer.range).contains("wgetrc") || document.is_variable_set("WGETRC", step);
    settled.is_wget_told |= has_settings;
    for command in step.commands().filter(|command| command.is_one_of("wget")) {
        let Some(word) = command.words.first().filter(|_| !settled.is_wget_told) else { continue };
        if download_url(command).is_some() && !command.has_any_flag("-t --tries --retry-connrefused") {
            settled.is_wget_told = true;
            report.at("retry", word.range, "nothing says how often this tries").about("wget");
        }
    }
}

/// Reports the first of some commands that do not fail, with one fix for all.
fn tell<'s>(run: &RunScript, deaf: impl Iterator<Item = &'s &'s Command>, report: &mut Reporter<'_>) {
    let deaf: Vec<&Command> = deaf.copied().into_list();
    let Some(first) = deaf.first() else { return };
    let Some(word) = first.words.first() else { return };
    let finding = report.at("fail", word.range, "`curl` takes an error page for the file");
    if deaf.iter().all(|command| sends_data(command)) {
        finding.severity = Severity::Info;
    }
    let mut edits = Vec::new();
    for command in &deaf {
        let Some(word) = command.words.first() else { continue };
        edits.push(with_letters(run, command, word, if follows_redirects(command) { "f" } else { "fL" }));
    }
    let may_leak = deaf.iter().any(|command| sends_secrets(command) && !follows_redirects(command));
    // An interpreter takes an error page for a fault, and no input for success.
    let feeds = deaf.iter().any(|command| command.context.writes_pipe);
    let sends = deaf.iter().any(|command| sends_data(command));
    if sends {
        finding.fix(Review, "Fail on HTTP errors, also those that what is sent may be met with", edits);
    } else if feeds {
        finding.fix(Review, "Fail on HTTP errors, which the shell sees behind a pipe with pipefail only", edits);
    } else {
        finding.fix(if may_leak { Review } else { Safe }, "Fail on HTTP errors", edits);
    }
}

/// The same for commands that stay where a file no longer is.
fn tell_location<'s>(run: &RunScript, lost: impl Iterator<Item = &'s &'s Command>, report: &mut Reporter<'_>) {
    let lost: Vec<&Command> = lost.copied().into_list();
    let Some(word) = lost.first().and_then(|first| first.words.first()) else { return };
    let may_leak = lost.iter().any(|command| sends_secrets(command));
    let (applicability, title) = match may_leak {
        false => (Safe, "Follow redirects"),
        true => (Review, "Follow redirects, which may take what is sent to another host"),
    };
    let mut edits = Vec::new();
    for command in &lost {
        let Some(word) = command.words.first() else { continue };
        edits.push(with_letters(run, command, word, "L"));
    }
    report.at("location", word.range, "`curl` does not go where a file has moved to").fix(applicability, title, edits);
}

/// The edit that gives short flags: with those that stand behind the program, or by themselves.
fn with_letters(run: &RunScript, command: &Command, program: &Word, letters: &str) -> Edit {
    let first = command.arguments().first();
    let cluster = first.and_then(|word| Some((word, word.raw.trim_start_matches('"').strip_prefix('-')?)));
    match cluster.filter(|(_, flags)| flags.starts_with(|letter: char| letter.is_ascii_alphabetic())) {
        Some((word, _)) => {
            let dash = if word.raw.starts_with('"') { TextSize::of("\"-") } else { TextSize::of('-') };
            insert(word.range.start() + dash, letters)
        }
        None => argument_behind(run, program, &format!("-{letters}")),
    }
}

fn is_download(command: &Command) -> bool {
    const LOOKS: &str = "-I --head -V --version -h --help --fail-early -i --include -v --verbose --max-redirs --no-location -D --dump-header";
    let is_url = |shown: &str| shown.contains("://") && !shown.contains("file://");
    const ASKED: &str = "http_code num_redirects redirect_url response_code";
    let mut arguments = command.arguments().iter();
    // Of a server that the step has started itself any answer may do.
    let asks_status =
        arguments.any(|word| word.shown().contains_any(ASKED) || word.is("/dev/null") || is_loopback(word.shown()));
    let context = command.context;
    command.is_one_of("curl")
        && command.arguments().iter().any(|word| is_url(word.shown()) && !word.is_flag())
        && !command.has_any_flag(LOOKS)
        && !asks_status
        && !context.is_tested
        && !context.is_negated
        && !context.in_substitution
        && !context.in_background
}

/// Whether a step brings or writes settings of curl, which may say all of this.
fn has_settings(document: &Document<'_>, step: &Step<'_>) -> bool {
    let is_file = |shown: &str| shown.ends_with("curlrc");
    let copies = step.copy().is_some_and(|copy| {
        is_file(&copy.destination.text) || copy.sources.iter().any(|source| is_file(&source.word().text))
    });
    let writes = |command: &Command| {
        command.redirects.iter().filter_map(|redirect| redirect.target.as_ref()).any(|target| is_file(target.shown()))
    };
    copies
        || brings_settings(step, "/etc/curlrc")
        || document.is_variable_set("CURL_HOME", step)
        || step.commands().any(writes)
}
