//! Bash syntax for a shell that is none.

use crate::document::{RunScript, ScriptForm};
use crate::image::{OsFamily, dash_without_pipefail};
use crate::rules::prelude::*;
use crate::shell::{Chain, Command, Context, RedirectKind, Word};

/// Its id, for those who ask for nothing else.
pub const ID: &str = "bashism-without-bash";

pub const RULE: Rule = Rule {
    id: ID,
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[droast("DF066")],
    cases: &[],
    supersedes: &[],
    title: "Bash syntax without bash",
    summary: "Bash syntax is used, but this image's /bin/sh is not bash.",
    why: "
`RUN` gives its script to `/bin/sh`. On Debian and Ubuntu that is `dash`, on Alpine the `ash` of BusyBox, and both know what POSIX knows and little
more. `source` is \"not found\", `{a,b}` is one word, `echo -e` prints the `-e`, and `set -o pipefail` ends the script where `dash` is older than that
of Debian 13 or Ubuntu 25.04.

Write what every shell understands, or say which one you want: `SHELL [\"/bin/bash\", \"-c\"]`, after it has been installed where it is missing.
",
    leave_it_when: "The base image has made bash its `/bin/sh`.",
    references: &[
        "https://wiki.ubuntu.com/DashAsBinSh",
        "https://docs.docker.com/reference/dockerfile/#shell",
        "https://www.shellcheck.net/wiki/SC3046",
    ],
    fix_changes: &[Change::Wording],
    examples: &[
        fixed(
            "FROM debian:13-slim\nRUN «source» /etc/os-release && echo \"$VERSION_ID\" > /version\n",
            "FROM debian:13-slim\nRUN . /etc/os-release && echo \"$VERSION_ID\" > /version\n",
        ),
        fixed("FROM debian:13-slim\nRUN [ \"$A\" «==» b ] && make\n", "FROM debian:13-slim\nRUN [ \"$A\" = b ] && make\n"),
        reviewed("FROM debian:13-slim\nRUN make «&> /log»\n", "FROM debian:13-slim\nRUN make > /log 2>&1\n"),
        reviewed("FROM debian:13-slim\nRUN «source» /x || true\n", "FROM debian:13-slim\nRUN . /x || true\n"),
        reviewed("FROM debian:13-slim\nRUN if «source» /x; then make; fi\n", "FROM debian:13-slim\nRUN if . /x; then make; fi\n"),
        reviewed("FROM debian:13-slim\nRUN «source» /x; make\n", "FROM debian:13-slim\nRUN . /x; make\n"),
        flagged("FROM debian:13-slim\nRUN «echo» -e 'a\\nb' > /f\n"),
        flagged("FROM debian:13-slim\nRUN mkdir -p «/app/{a,b}» && echo «$RANDOM» > /r\n"),
        flagged("FROM debian:13-slim\nRUN make «\"${A^^}\"»\n"),
        fixed("ARG V\nFROM debian:${V:-13}\nRUN «source» ./x\n", "ARG V\nFROM debian:${V:-13}\nRUN . ./x\n"),
        clean("FROM alpine:${V-3.23}\nRUN source ./x\n"),
        flagged("FROM debian:12-slim\nRUN «set -euo pipefail»; make | tee /log\n"),
        clean("FROM debian:13-slim\nRUN set -euo pipefail; make | tee /log\n"),
        clean("FROM ubuntu:22.04\nRUN set -- pipefail; if command -v bash; then set -o pipefail; fi; make | tee /log\n"),
        clean("FROM node:24-bookworm\nRUN (set -o pipefail) 2> /dev/null && set -o pipefail; make | tee /log\n"),
        clean("FROM alpine:3.23\nRUN set -euo pipefail; make | tee /log\n"),
        flagged("FROM alpine:3.23\nRUN «pushd» /a && make\n"),
        flagged("FROM alpine:3.23\nRUN «TOOLS=(curl git)» && make\n"),
        clean("FROM debian:13-slim\nRUN . /etc/os-release && echo \"$VERSION_ID\" > /version\n"),
        clean("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-c\"]\nRUN source /x && echo {a,b}\nRUN bash -c 'source /x'\n"),
        clean("FROM fedora:43\nRUN source /x\nFROM example.org/base:1\nRUN source /x\n"),
        clean("FROM alpine:3.23\nRUN echo '${A^^}' \"${A%,,}\" ${A:-^^}\n"),
        reviewed(
            "FROM debian:13-slim\nRUN if [ \"$A\" «==» b ]; then make; fi\n",
            "FROM debian:13-slim\nRUN if [ \"$A\" = b ]; then make; fi\n",
        ),
        fixed("FROM debian:13-slim\nRUN «source» env.sh\n", "FROM debian:13-slim\nRUN . ./env.sh\n"),
        clean("FROM alpine:3.23\nRUN source /x && echo -e a && [ a == b ]\n"),
        clean("FROM debian:13-slim\nRUN ln -sf /bin/bash /bin/sh\nRUN source /x\n"),
        clean("FROM debian:13-slim\nRUN <<EOF\n#!/bin/bash\nsource /x\nEOF\nRUN echo '{a,b}' \"source\" && find . -name '*' -exec ls {} +\n"),
        // Another program of that name.
        clean("FROM debian:13-slim\nRUN /bin/echo -e \"a\\tb\" > /a\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    document.along_chains(|step, is_bash: &mut bool| {
        let family = document.os_family_at(step);
        let is_dash = family == Some(OsFamily::Debian);
        let is_known = is_dash || family == Some(OsFamily::Alpine);
        for run in step.scripts.iter().filter(|_| step.is_run()) {
            *is_bash |= run.script.commands.iter().any(makes_bash_sh);
            let has_own = run.own_shell.is_some() || run.form == ScriptForm::Exec || step.in_force.shell.is_some();
            if has_own || *is_bash || !is_known {
                continue;
            }
            if is_dash {
                tell_pipefail(document, step, run, report);
            }
            for command in run.script.commands.iter().filter(|command| !is_inner(command)) {
                tell(run, command, is_dash, report);
            }
        }
    });
}

/// Reports the first `set -o pipefail` at which an older `dash` ends the script.
fn tell_pipefail(document: &Document<'_>, step: &Step<'_>, run: &RunScript, report: &mut Reporter<'_>) {
    let gives = |(flag, word): (&Word, &Word)| word.is("pipefail") && flag.shown().ends_with('o');
    let sets = |command: &&Command| {
        let mut pairs = command.arguments().iter().zip(command.arguments().iter().skip(1));
        command.is_one_of("set") && !command.context.is_conditional && pairs.any(gives)
    };
    let mut setting = run.script.commands.iter().filter(sets);
    // Who tries it first, `(set -o pipefail) && …`, knows what may come.
    if setting.clone().any(|command| command.context.in_subshell || command.context.is_tested) {
        return;
    }
    let Some(command) = setting.next().filter(|command| !is_inner(command)) else { return };
    if let Some(system) = document.base_image_at(step).and_then(dash_without_pipefail) {
        let message = format!("the `dash` of {system} has no `pipefail`, and the script stops here");
        report.here(command.range, message);
    }
}

/// Whether a command is the script of another shell.
fn is_inner(command: &Command) -> bool {
    command.wrappers.iter().any(|wrapper| wrapper.is_shell())
}

/// Whether a command may make bash the `/bin/sh` of the image.
pub(crate) fn makes_bash_sh(command: &Command) -> bool {
    command.arguments().iter().any(|word| {
        let shown = word.shown();
        shown.ends_with("bin/sh") || shown == "dash" || shown.contains("dash/sh")
    })
}

/// Reports the first thing in a command that the shell does not know.
fn tell(run: &RunScript, command: &Command, is_dash: bool, report: &mut Reporter<'_>) {
    const BUILTINS: &str = "declare mapfile popd pushd readarray select shopt typeset";
    let shell = if is_dash { "dash" } else { "BusyBox's ash" };
    if let Some(array) = command.assignments.iter().find(|assignment| assignment.value.is_none()) {
        report.here(array.range, format!("arrays are bash's, and this image's shell is {shell}"));
        return;
    }
    let Some(program) = command.words.first() else { return };
    if command.is_one_of(BUILTINS) {
        report.here(program.range, format!("`{}` is bash's, and this image's shell is {shell}", program.shown()));
        return;
    }
    if is_dash && command.is_one_of("source") && program.raw == "source" {
        // Where the file is missing, `.` ends the shell, and nothing behind it is run any more.
        let applicability = if is_end_of_script(run, command) { Safe } else { Review };
        // It looks for a bare name on the PATH alone.
        let is_bare = |word: &&Word| word.known() == Some(&word.raw) && !word.raw.contains('/');
        let file = command.arguments().first().filter(is_bare).map(|word| insert(word.range.start(), "./"));
        report.here(program.range, "`source` is bash's, and this image's shell is dash").fix(
            applicability,
            "Use `.`",
            [replace(program.range, ".")].into_iter().chain(file),
        );
        return;
    }
    let compares = is_dash && command.is_one_of("[ test");
    if let Some(word) = command.arguments().iter().find(|word| compares && word.raw == "==") {
        // Where a comparison decides, dash has always taken the other way.
        let applicability = if is_end_of_script(run, command) { Safe } else { Review };
        report.here(word.range, "dash compares with `=`").fix(applicability, "Use =", [replace(word.range, "=")]);
        return;
    }
    // By its path it is another program.
    let is_echo = program.raw == "echo" && command.arguments().first().is_some_and(|word| word.is("-e"));
    if is_dash && is_echo {
        report.here(program.range, "dash prints the `-e` of `echo -e`; `printf` knows escapes");
        return;
    }
    let redirect = command.redirects.iter().find(|redirect| match redirect.kind {
        RedirectKind::WriteBoth | RedirectKind::HereString => is_dash,
        _ => false,
    });
    if let Some(redirect) = redirect {
        let finding = report.here(redirect.range, "this redirection is bash's, and this image's shell is dash");
        if let Some(target) = redirect.target.as_ref().filter(|_| redirect.kind == RedirectKind::WriteBoth) {
            let text = format!("> {} 2>&1", target.raw);
            finding.fix(
                Review,
                "Redirect both in the way of every shell; so far the command ran in the background",
                [replace(redirect.range, text)],
            );
        }
        return;
    }
    if let Some(word) = command.arguments().iter().find(|word| is_of_bash(word, is_dash, run)) {
        report.here(word.range, format!("`{}` is bash's, and this image's shell is {shell}", word.raw));
    }
}

/// Whether a script ends where a command of it fails.
fn is_end_of_script(run: &RunScript, command: &Command) -> bool {
    let Context { is_tested, is_negated, reads_pipe, writes_pipe, .. } = command.context;
    let is_plain = !(is_tested || is_negated || reads_pipe || writes_pipe);
    let is_link = run.script.chain_of(command).is_some_and(Chain::is_top_level);
    is_plain && is_link && run.script.ends_with_chain_of(command)
}

/// Whether a word is written as only bash reads it.
fn is_of_bash(word: &Word, is_dash: bool, run: &RunScript) -> bool {
    let raw = word.raw.as_str();
    let braces = || {
        let (_, after) = raw.split_once('{')?;
        let (inside, _) = after.split_once('}')?;
        let is_list = inside.contains(',') || inside.contains("..");
        Some(is_list && !raw.contains("${") && !inside.contains([' ', '"', '\'', ':', '%']))
    };
    let is_random = is_dash && word.variables.iter().any(|name| name == "RANDOM") && !run.script.leaves_names;
    // A variable in other letters.
    let changes_case = word.variables.iter().any(|name| {
        let named = raw.split_once("${").and_then(|(_, rest)| rest.strip_prefix(name.as_str()));
        named.is_some_and(|rest| rest.starts_with("^^}") || rest.starts_with(",,}"))
    });
    is_random || changes_case || !word.is_quoted && !raw.contains('\\') && braces().unwrap_or_default()
}
