//! `RUN cd /app`, and other things that end with their `RUN`.

use crate::document::ScriptForm;
use crate::packages::spoken_call;
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "run-state-does-not-persist",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("cd"),
        Case::new("export"),
        Case::new("unset"),
        Case::new("activate"),
        Case::new("user"),
        Case::new("setting"),
        Case::new("background"),
    ],
    supersedes: &[],
    title: "RUN without a lasting effect",
    summary: "Use WORKDIR, ENV and USER for what is to last; a shell forgets it when its RUN ends.",
    why: "
Every `RUN` is a new shell in a new container, and only files outlive it. A folder that was changed to, a variable, an activated environment, a
program in the background: the next line knows nothing of them.
",
    leave_it_when: "Never: the line has no effect.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#env",
        "https://docs.docker.com/build/building/best-practices/#workdir",
        "https://docs.docker.com/reference/dockerfile/#run",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nRUN python -m venv /opt/venv\nRUN «. /opt/venv/bin/activate»\n",
            "FROM python:3.13-slim\nRUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\n",
        )
        .case("activate"),
        reviewed("FROM alpine:3.23\nRUN «cd /app»\n", "FROM alpine:3.23\nWORKDIR /app\n").case("cd"),
        reviewed(
            "FROM alpine:3.23\nrun «export A=\"x $PATH\"»\n",
            "FROM alpine:3.23\nenv A=\"x $PATH\"\n",
        )
        .case("export"),
        flagged("FROM alpine:3.23\nRUN «A=$HOME» && echo $A\n").case("export"),
        flagged("FROM alpine:3.23\nRUN «cd src» && pwd\n").case("cd"),
        flagged("FROM alpine:3.23\nRUN «unset http_proxy»\n").case("unset"),
        flagged("FROM continuumio/miniconda3:25.3.1-1\nRUN echo on && «conda activate web»\n").case("activate"),
        flagged("FROM debian:13-slim\nRUN «su - app»\n").case("user"),
        flagged("FROM debian:13-slim\nRUN «alias python=python3»\n").case("setting"),
        flagged("FROM debian:13-slim\nRUN «ulimit -n 4096»\n").case("setting"),
        flagged("FROM debian:13-slim\nRUN make && «redis-server» &\n").case("background"),
        clean("FROM python:3.13-slim\nRUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\n"),
        clean("FROM alpine:3.23\nRUN cd /app && make\nRUN . ./install.sh\nRUN export A=1 && echo $A > /a\n"),
        clean("FROM debian:13-slim\nRUN su app -c make\nRUN su app <<EOF\nmake\nEOF\nRUN Xvfb :99 & make test\nRUN (make a &) && make b & wait\n"),
        clean("FROM alpine:3.23\nRUN A=$(make)\nRUN echo hello\nRUN cd /app; rm -rf .git\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run() && step.is_readable()) {
        let Some(last) = step.commands().last() else { continue };
        if last.context.in_background && !last.context.in_subshell && !last.words.is_empty() {
            let message =
                format!("`{}` ends with this RUN, whatever comes later", last.program().unwrap_or("the program"));
            report.at("background", last.range, message);
            continue;
        }
        let mut found: Option<(&str, &Command)> = None;
        let mut is_only_state = true;
        for command in step.commands() {
            let state = state_of(command);
            is_only_state &= state.is_some() && !command.redirects.iter().any(|redirect| redirect.writes());
            if let Some(case) = state.filter(|case| !case.is_empty()) {
                found = found.or(Some((case, command)));
            }
        }
        let Some((case, command)) = found.filter(|_| is_only_state) else { continue };
        let what = match command.program() {
            // What else these do lasts.
            Some("conda" | "mamba" | "micromamba") => format!("`{}`", spoken_call(command).1),
            Some(program) => format!("`{program}`"),
            None => "an assignment".to_owned(),
        };
        let message = format!("{what} changes nothing but the shell of this RUN, which ends here");
        let finding = report.at(case, command.range, message);
        let is_inline = step.scripts.iter().all(|run| run.form == ScriptForm::Inline);
        let is_alone = is_inline && step.commands().count() == 1 && step.instruction.comments.is_empty();
        if let Some((keyword, value)) = lasting(document, case, command).filter(|_| is_alone) {
            let line = document.line_like(step.outer, keyword, &value);
            let edit = replace(step.instruction.range, line.trim());
            finding.fix(Review, format!("Write {keyword} (it then takes effect)"), [edit]);
        }
    }
}

/// What a command changes in its shell and nowhere else; the empty text for one that changes nothing at all.
fn state_of(command: &Command) -> Option<&'static str> {
    let Some(program) = command.program() else {
        let is_assignment = command.words.is_empty() && !command.assignments.is_empty();
        return is_assignment.then_some("export");
    };
    let first = command.arguments().first().map(|word| word.shown()).unwrap_or_default();
    let state = match program {
        "cd" | "pushd" => "cd",
        "export" => "export",
        "unset" => "unset",
        "alias" | "unalias" | "umask" | "ulimit" | "shopt" => "setting",
        "." | "source" if is_environment(first) => "activate",
        "nvm" | "sdk" if first == "use" => "activate",
        "conda" | "mamba" | "micromamba" if first == "activate" => "activate",
        "pyenv" if matches!(first, "shell" | "activate") => "activate",
        "rbenv" if first == "shell" => "activate",
        "workon" => "activate",
        "newgrp" => "user",
        "su" if starts_shell(command) => "user",
        "echo" | "pwd" | "true" | "set" => "",
        _ => return None,
    };
    command.wrappers.is_empty().then_some(state)
}

/// Whether `su` is given nothing to do: the shell that it starts ends at once.
fn starts_shell(command: &Command) -> bool {
    let has_input = command.context.reads_pipe || !command.redirects.is_empty();
    let users = command.operands().iter().filter(|word| !word.is("-")).count();
    !has_input && users <= 1 && !command.has_any_flag("-c --command")
}

/// Whether a file that is read into a shell only sets variables there.
fn is_environment(file: &str) -> bool {
    const NAMES: &str = "activate .bashrc .profile .bash_profile nvm.sh sdkman-init.sh setup.bash conda.sh";
    last_part(file).is_one_of(NAMES) || file.ends_with("/.cargo/env")
}

/// The instruction that does for good what a command does for its shell.
fn lasting(document: &Document<'_>, case: &str, command: &Command) -> Option<(&'static str, String)> {
    let first = command.arguments().first();
    match case {
        "cd" => {
            let path = first?.known().filter(|path| path.starts_with('/') && !path.contains([' ', '$']))?;
            Some(("WORKDIR", path.to_owned()))
        }
        "export" => {
            let [assignment] = &command.assignments[..] else { return None };
            let value = assignment.value.as_ref()?;
            // What the shell knows, and the builder does not, would be lost.
            let is_known = value.known().is_some() || value.variables.iter().all(|name| name == "PATH");
            let written = document.slice(assignment.range);
            (is_known && !written.contains(['`', '~', '\\'])).then(|| ("ENV", written.to_owned()))
        }
        "activate" => {
            let folder = first?.known()?.strip_suffix("/activate").filter(|folder| folder.starts_with('/'))?;
            Some(("ENV", format!("PATH={folder}:$PATH")))
        }
        _ => None,
    }
}
