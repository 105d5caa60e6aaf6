//! `CMD` and `ENTRYPOINT` in shell form.

use crate::fix::{array, has_no_assignment, is_builtin, is_plain, json, only_command, words};
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::{Command, Script};
use layerwise_syntax::{Command as DockerfileCommand, Healthcheck, ShellForm};

pub const RULE: Rule = Rule {
    id: "exec-form-cmd",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::Final,
    codes: &[kics("Not Using JSON In CMD And ENTRYPOINT Arguments"), semgrep("prefer-json-notation")],
    cases: &[
        Case::new("plain").codes(&[
            hadolint("DL3025"),
            buildkit("JSONArgsRecommended"),
            droast("DF018"),
            droast("DF025"),
        ]),
        Case::new("shell-features").codes(&[
            hadolint("DL3025"),
            buildkit("JSONArgsRecommended"),
            droast("DF018"),
            droast("DF025"),
        ]),
        Case::new("exec-prefix").codes(&[hadolint("DL3025"), buildkit("JSONArgsRecommended")]).off(),
        Case::new("shell-set").codes(&[hadolint("DL3025")]).off(),
        Case::new("healthcheck").codes(&[hadolint("DL3025")]).off(),
        Case::new("other-stage").codes(&[hadolint("DL3025"), buildkit("JSONArgsRecommended")]).off(),
    ],
    supersedes: &[],
    title: "A shell around the program",
    summary: "Write CMD and ENTRYPOINT as JSON arrays, so that the program itself gets the stop signal.",
    why: "
Shell form runs `/bin/sh -c \"your command\"`. The shell is then process 1, and it does not pass `SIGTERM` on: after ten seconds the
container is killed, requests are cut off, and data may be lost.

In exec form, a JSON array, the program is process 1 and can shut down in order. Where a shell is needed, `exec` in front of the last
command makes the shell step aside for it.
",
    leave_it_when: "The command is a short script that ends by itself, so that there is nothing to stop.",
    references: &[
        "https://docs.docker.com/reference/build-checks/json-args-recommended/",
        "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form",
        "https://docs.docker.com/build/building/best-practices/#cmd",
        "https://github.com/hadolint/hadolint/wiki/DL3025",
    ],
    fix_changes: &[Change::Process],
    examples: &[
        fixed(
            "FROM python:3.13-slim\nCOPY app.py /app.py\nCMD «python /app.py --port 8000»\n",
            "FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\", \"--port\", \"8000\"]\n",
        )
        .case("plain"),
        reviewed(
            "FROM debian:13-slim\nENTRYPOINT «serve \"two words\" 'it is' a\\ b \"say \\\"x\\\"\"»\n",
            "FROM debian:13-slim\nENTRYPOINT [\"serve\", \"two words\", \"it is\", \"a b\", \"say \\\"x\\\"\"]\n",
        )
        .case("plain"),
        fixed(
            "FROM python:3.13-slim\r\nCMD «gunicorn \\\r\n    # two per core\r\n    --workers 4 \\\r\n    app:app»\r\n",
            "FROM python:3.13-slim\r\nCMD [\"gunicorn\", \\\r\n    # two per core\r\n    \"--workers\", \"4\", \\\r\n    \"app:app\"]\r\n",
        )
        .case("plain"),
        fixed("FROM debian:13-slim\nCMD «env LANG=C serve»\n", "FROM debian:13-slim\nCMD [\"env\", \"LANG=C\", \"serve\"]\n")
            .case("plain"),
        // A shell also runs a script that does not say what runs it; a kernel does not.
        reviewed("FROM debian:13-slim\nCMD «./start.sh --all»\n", "FROM debian:13-slim\nCMD [\"./start.sh\", \"--all\"]\n")
            .case("plain"),
        // The entrypoint gets other arguments now.
        reviewed(
            "FROM debian:13-slim\nENTRYPOINT [\"/entry\"]\nCMD «serve all»\n",
            "FROM debian:13-slim\nENTRYPOINT [\"/entry\"]\nCMD [\"serve\", \"all\"]\n",
        )
        .case("plain"),
        reviewed(
            "FROM debian:13-slim\nENTRYPOINT «serve»\nCMD [\"all\"]\n",
            "FROM debian:13-slim\nENTRYPOINT [\"serve\"]\nCMD [\"all\"]\n",
        )
        .case("plain"),
        reviewed("FROM example.org/base:1\nCMD «serve all»\n", "FROM example.org/base:1\nCMD [\"serve\", \"all\"]\n").case("plain"),
        reviewed("ARG BASE\nFROM $BASE\nCMD «serve all»\n", "ARG BASE\nFROM $BASE\nCMD [\"serve\", \"all\"]\n").case("plain"),
        // Only a shell can do these.
        clean("FROM debian:13-slim\nCMD ulimit -n 4096\n"),
        clean("FROM debian:13-slim\nCMD exit 1\n"),
        // The echo of the shell and the program of that name differ here.
        flagged("FROM debian:13-slim\nCMD «echo 'a\\nb'»\n").case("plain"),
        flagged("FROM debian:13-slim\nCMD «echo -e a»\n").case("plain"),
        fixed("FROM debian:13-slim\nCMD «echo a»\n", "FROM debian:13-slim\nCMD [\"echo\", \"a\"]\n").case("plain"),
        flagged("FROM debian:13-slim\nCMD «sh -c \"serve all\"»\n").case("shell-features"),
        reviewed(
            "FROM python:3.13-slim\nENV PORT=80\nCMD «gunicorn --bind \"0.0.0.0:$PORT\" app:app»\n",
            "FROM python:3.13-slim\nENV PORT=80\nCMD [\"/bin/sh\", \"-c\", \"exec gunicorn --bind \\\"0.0.0.0:$PORT\\\" app:app\"]\n",
        )
        .case("shell-features"),
        flagged("FROM python:3.13-slim\nCMD «python manage.py migrate && gunicorn app:app»\n").case("shell-features"),
        flagged("FROM debian:13-slim\nCMD «LANG=C serve»\n").case("shell-features"),
        flagged("FROM debian:13-slim\nCMD «serve $(hostname)»\n").case("shell-features"),
        flagged("FROM debian:13-slim\nCMD «cd /app && ./serve | tee /log»\n").case("shell-features"),
        reviewed(
            "FROM debian:13-slim\nCMD «serve \\\n  --port $PORT»\n",
            "FROM debian:13-slim\nCMD exec serve \\\n  --port $PORT\n",
        )
        .case("shell-features"),
        // This one is in force in the image too.
        reviewed(
            "FROM debian:13-slim AS base\nENTRYPOINT «serve --all»\nFROM base\nCOPY a /a\n",
            "FROM debian:13-slim AS base\nENTRYPOINT [\"serve\", \"--all\"]\nFROM base\nCOPY a /a\n",
        )
        .case("plain"),
        clean("FROM python:3.13-slim\nCOPY app.py /app.py\nCMD [\"python\", \"/app.py\", \"--port\", \"8000\"]\n"),
        // The shell steps aside.
        clean("FROM python:3.13-slim\nCMD exec gunicorn --bind 0.0.0.0:$PORT app:app\n"),
        clean("FROM python:3.13-slim\nCMD python manage.py migrate && exec gunicorn app:app\n"),
        flagged("FROM debian:13-slim\nHEALTHCHECK CMD «serve --ping»\n").case("healthcheck"),
        flagged("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-c\"]\nCMD «serve all»\n").case("shell-set"),
        flagged("FROM debian:13-slim\nCMD «exec serve all»\n").case("exec-prefix"),
        flagged("FROM debian:13-slim AS build\nENTRYPOINT «make»\nFROM debian:13-slim\nCMD [\"serve\"]\n").case("other-stage"),
        // A shell that was chosen on purpose, another system, a check that nobody stops, a stage that does not ship, a CMD that
        // another one replaces.
        clean("FROM debian:13-slim\nSHELL [\"/bin/bash\", \"-c\"]\nCMD serve all\n"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCMD serve.exe all\n"),
        clean("FROM debian:13-slim\nHEALTHCHECK CMD serve --ping\n"),
        clean("FROM debian:13-slim AS build\nCMD make\nFROM debian:13-slim\nCMD [\"serve\"]\n"),
        clean("FROM debian:13-slim AS base\nCMD make\nFROM base\nCMD [\"serve\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let stage = document.final_stage().filter(|stage| !stage.is_windows);
    let in_force = stage.map(|stage| [document.entrypoint(stage), document.cmd(stage)]).unwrap_or_default();
    for step in document.steps().filter(|step| !step.is_trigger) {
        let Some(text) = shell_form(step) else { continue };
        let image = stage.filter(|_| in_force.iter().flatten().any(|start| std::ptr::eq(*start, step)));
        if image.is_some_and(|stage| in_image(document, stage, step, text, report)) {
            continue;
        }
        // Other tools report these as well, where no signal matters or the shell is wanted.
        let case = if step.kind() == InstructionKind::Healthcheck {
            "healthcheck"
        } else if step.in_force.shell.is_some() {
            "shell-set"
        } else if image.is_none() {
            "other-stage"
        } else {
            "exec-prefix"
        };
        report.at(case, text.range, format!("{} is not a JSON array", step.kind().name()));
    }
}

/// The text of an instruction that a shell runs.
fn shell_form<'a>(step: &Step<'a>) -> Option<&'a ShellForm> {
    let command = match &step.instruction.arguments {
        Arguments::Healthcheck(Healthcheck::Command(command)) => command,
        _ => step.start_command()?,
    };
    match command {
        DockerfileCommand::Shell(text) => Some(text),
        DockerfileCommand::Exec(_) => None,
    }
}

/// Reports what the image starts, unless the shell is no hindrance there.
fn in_image(
    document: &Document<'_>,
    stage: &Stage<'_>,
    step: &Step<'_>,
    text: &ShellForm,
    report: &mut Reporter<'_>,
) -> bool {
    let script = step.scripts.first().map(|script| &script.script);
    // What begins with a bracket is another rule's business, and nothing at all starts nothing.
    let is_no_command = text.text.starts_with('[') || text.text.is_empty();
    if is_no_command || step.in_force.shell.is_some() || script.is_some_and(steps_aside) {
        return false;
    }
    match script.filter(|_| is_plain(&text.text)).and_then(only_command) {
        Some(command) if command.words.first().is_some_and(is_builtin) && command.wrappers.is_empty() => return false,
        Some(command) if has_no_assignment(command) => {
            let finding = report.at("plain", text.range, message(command));
            if let Some((edits, (applicability, title))) =
                array(document, command).zip(title(document, stage, step, command))
            {
                finding.fix(applicability, title, edits);
            }
        }
        _ => {
            let command = script.and_then(only_command);
            let message = command.map_or_else(
                || "A shell runs these commands, and stop signals may not get past it".to_owned(),
                message,
            );
            let finding = report.at("shell-features", text.range, message);
            let edit = command.and_then(|command| handing_over(step, text, command));
            if let Some(edit) = edit.filter(|_| !is_ignored(document, stage, step)) {
                finding.fix(Review, "Let the shell hand over to the program with exec", [edit]);
            }
        }
    }
    true
}

fn message(command: &Command) -> String {
    match command.program() {
        Some(program) => format!("A shell stands in front of `{program}`, and stop signals may not get past it"),
        None => "A shell stands in front of the program, and stop signals may not get past it".to_owned(),
    }
}

/// Whether the shell makes way for its last command.
fn steps_aside(script: &Script) -> bool {
    let last = script.top_level_commands().last();
    last.and_then(|command| command.wrappers.first()).is_some_and(|wrapper| wrapper.program() == Some("exec"))
}

/// Whether the array may be written without a look at it, and what to say. None where it would change nothing that matters.
fn title(
    document: &Document<'_>,
    stage: &Stage<'_>,
    step: &Step<'_>,
    command: &Command,
) -> Option<(crate::fix::Applicability, String)> {
    if is_ignored(document, stage, step) {
        return None;
    }
    let keyword = step.kind().name();
    let review = |what: &str| Some((Review, format!("Write {keyword} as a JSON array ({what})")));
    if step.kind() == InstructionKind::Cmd {
        match document.entrypoint(stage).and_then(Step::start_command) {
            Some(DockerfileCommand::Exec(exec)) if !exec.arguments.is_empty() => {
                return review("ENTRYPOINT then gets these words, and no shell");
            }
            // Those of the official languages and systems run what they are given; of others nobody here knows.
            None if !document.starts_plain(stage) => {
                return review("an entrypoint of the base image then gets these words, and no shell");
            }
            _ => {}
        }
    } else {
        return review("CMD and what is given to `docker run` are then passed to it");
    }
    if words(command).next().is_some_and(|word| may_be_script(word.shown())) {
        return review("a script must begin with a #! line then");
    }
    Some((Safe, format!("Write {keyword} as a JSON array")))
}

/// Whether a CMD has no effect, as an ENTRYPOINT in shell form takes no arguments.
fn is_ignored(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>) -> bool {
    let entrypoint = document.entrypoint(stage).and_then(Step::start_command);
    step.kind() == InstructionKind::Cmd && matches!(entrypoint, Some(DockerfileCommand::Shell(_)))
}

/// Whether a program may be a shell script.
fn may_be_script(program: &str) -> bool {
    const SIGNS: &str = "entrypoint start run boot init setup";
    let name = last_part(program);
    let is_path = program.contains('/');
    name.ends_with(".sh") || name.ends_with(".bash") || is_path && name.contains_any(SIGNS)
}

/// The edit with which the shell makes way for the one command that it runs.
fn handing_over(step: &Step<'_>, text: &ShellForm, command: &Command) -> Option<Edit> {
    let is_simple = command.context == crate::shell::Context::default() && command.wrappers.is_empty();
    let is_program = command.words.first().is_some_and(|word| !is_builtin(word)) && command.range == text.range;
    let edit = || match &step.instruction.continuations[..] {
        [] => replace(text.range, format!("[\"/bin/sh\", \"-c\", {}]", json(&format!("exec {}", text.text)))),
        // The author's lines stay as they are.
        _ => insert(text.range.start(), "exec "),
    };
    (is_simple && is_program && has_no_assignment(command)).then(edit)
}
