//! Variables and operators in JSON arrays.

use crate::fix::json;
use crate::image::is_shell_less;
use crate::rules::prelude::*;
use layerwise_syntax::{Command, ExecArgument, ExecForm};

pub const RULE: Rule = Rule {
    id: "exec-form-needs-shell",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("variable"),
        Case::new("operator").severity(Severity::Error),
        Case::new("tilde"),
    ],
    supersedes: &[],
    title: "Exec form that needs a shell",
    summary: "A JSON array runs no shell: variables, `&&`, `>` and `~` in it are passed on as they stand.",
    why: "
`CMD [\"echo\", \"$HOME\"]` prints the five characters `$HOME`. To fill in variables and to understand `&&` is the work of a shell, and the exec form
has none.

Where you need one, call it: `[\"sh\", \"-c\", \"exec serve --port $PORT\"]`. Or let the program read its own environment.
",
    leave_it_when: "The program fills in variables by itself.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#variable-substitution",
        "https://docs.docker.com/reference/dockerfile/#exec-form",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM python:3.13-slim\nENV PORT=8000\nCMD [\"python\", \"-m\", \"http.server\", «\"$PORT\"»]\n",
            "FROM python:3.13-slim\nENV PORT=8000\nCMD [\"/bin/sh\", \"-c\", \"exec python -m http.server \\\"$PORT\\\"\"]\n",
        )
        .case("variable"),
        reviewed(
            "FROM alpine:3.23\nRUN [\"cp\", \"it's\", «\"~/a\"»]\n",
            "FROM alpine:3.23\nRUN [\"/bin/sh\", \"-c\", \"exec cp \\\"it's\\\" ~/a\"]\n",
        )
        .case("tilde"),
        reviewed(
            "FROM alpine:3.23\nCMD [\"migrate\", «\"&&\"», \"serve\"]\n",
            "FROM alpine:3.23\nCMD [\"/bin/sh\", \"-c\", \"migrate && serve\"]\n",
        )
        .case("operator"),
        reviewed("FROM node:24-slim\nCMD [«\"node server.js\"»]\n", "FROM node:24-slim\nCMD [\"node\", \"server.js\"]\n").case("operator"),
        // What follows `docker run IMAGE` must still reach the program; and here is no shell.
        flagged("FROM alpine:3.23\nENTRYPOINT [\"serve\", «\"--port=${PORT}\"»]\n").case("variable"),
        flagged("FROM scratch\nCMD [\"/serve\", «\"$PORT\"»]\n").case("variable"),
        clean("FROM python:3.13-slim\nENV PORT=8000\nCMD [\"sh\", \"-c\", \"exec python -m http.server $PORT\"]\n"),
        clean("FROM alpine:3.23\nENTRYPOINT [\"tini\", \"--\", \"bash\", \"-lc\", \"cd ~/a && serve > /log $PORT\"]\n"),
        clean("FROM alpine:3.23\nENTRYPOINT [\"sh\", \"-c\"]\nCMD [\"echo $HOME\"]\n"),
        // No variables of a shell, and programs with a language of their own.
        clean("FROM alpine:3.23\nCMD [\"grep\", \"^a$\", \"$1\", \"/x\"]\nRUN [\"awk\", \"{print $NF > $1}\"]\n"),
        clean("FROM eclipse-temurin:25\nENTRYPOINT [\"java\", \"-Dx=${X}\", \"-jar\", \"a.jar\", \"--b=${B}\"]\n"),
        clean("FROM alpine:3.23\nRUN [\"find\", \"/\", \"-exec\", \"ls\", \"{}\", \";\"]\nRUN [\"node\", \"-e\", \"`${a}` && b\"]\n"),
        clean("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCMD [\"app.exe\", \"$a\", \">\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let mut ends_in_shell = false;
        for step in &stage.steps {
            let Some(Command::Exec(exec)) = step.command() else { continue };
            let is_own = calls_interpreter(exec);
            if step.kind() == InstructionKind::Entrypoint {
                ends_in_shell = is_own;
            }
            if is_own || step.kind() == InstructionKind::Cmd && ends_in_shell {
                continue;
            }
            for case in ["variable", "operator", "tilde"] {
                let Some(index) = exec.arguments.iter().position(|argument| case_of(exec, argument) == Some(case))
                else {
                    continue;
                };
                let Some(argument) = exec.arguments.get(index) else { continue };
                let shown: String = argument.value.chars().take(40).collect();
                let finding = report.at(
                    case,
                    argument.range,
                    format!("no shell reads `{shown}`, and it is passed on as it stands"),
                );
                let is_bare = match document.chain_base(stage) {
                    Base::Image(image) => is_shell_less(image),
                    base => *base == Base::Scratch,
                };
                let reaches_program = step.kind() == InstructionKind::Entrypoint
                    || step.kind() == InstructionKind::Cmd && document.entrypoint(stage).is_some();
                if is_bare || reaches_program || !step.instruction.comments.is_empty() {
                    continue;
                }
                if index == 0 && case == "operator" {
                    if let Some(words) = split(&argument.value) {
                        finding.fix(Review, "Make each word an argument of its own", [replace(argument.range, words)]);
                    }
                    continue;
                }
                let edit = replace(exec.range, format!("[\"/bin/sh\", \"-c\", {}]", json(&script(exec))));
                finding.fix(Review, "Let a shell run it (look at the quotes)", [edit]);
                // One rewriting is enough.
                break;
            }
        }
    }
}

/// Whether an array calls a shell with a script, or a program that understands variables or has a language of its own.
fn calls_interpreter(exec: &ExecForm) -> bool {
    const THEMSELVES: [&str; 19] = [
        "envsubst",
        "jinja2",
        "confd",
        "gomplate",
        "mustache",
        "awk",
        "gawk",
        "mawk",
        "sed",
        "perl",
        "pwsh",
        "powershell",
        "cmd",
        "cmd.exe",
        "powershell.exe",
        "busybox",
        "make",
        "jq",
        "dockerize",
    ];
    const SHELLS: [&str; 7] = ["sh", "bash", "ash", "dash", "zsh", "ksh", "su"];
    let mut is_shell = false;
    for argument in &exec.arguments {
        let name = argument.value.rsplit('/').next().unwrap_or_default();
        if THEMSELVES.contains(&name) || is_shell && argument.value.starts_with('-') && argument.value.ends_with('c') {
            return true;
        }
        is_shell |= SHELLS.contains(&name);
    }
    false
}

/// What an argument needs a shell for.
fn case_of(exec: &ExecForm, argument: &ExecArgument) -> Option<&'static str> {
    const OPERATORS: [&str; 9] = ["&&", "||", "|", ";", ">", ">>", "<", "2>&1", "&"];
    let value = argument.value.as_str();
    let program = exec.arguments.first()?;
    let name = program.value.rsplit('/').next().unwrap_or_default();
    let is_program = argument.range == program.range;
    let before = exec.arguments.iter().take_while(|other| other.range != argument.range).last();
    // A program, such as `-e`, `-c` or nginx's `-g` is given.
    if before.is_some_and(|before| matches!(before.value.as_str(), "-e" | "-c" | "-g" | "-r" | "--eval" | "-exec")) {
        return None;
    }
    if OPERATORS.contains(&value) && !(value == ";" && name == "find") {
        return Some("operator");
    }
    if is_program && value.contains(' ') && !value.starts_with('/') && split(value).is_some() {
        return Some("operator");
    }
    if value.starts_with("~/") {
        return Some("tilde");
    }
    // Spring and its like fill in `${…}` themselves.
    let is_property = name == "java" && (value.starts_with("-D") || value.starts_with("--"));
    (names_variable(value) && !is_property).then_some("variable")
}

/// Whether a text holds `$NAME` or `${NAME`.
fn names_variable(text: &str) -> bool {
    text.split('$').skip(1).any(|rest| {
        let name = rest.strip_prefix('{').unwrap_or(rest);
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
    })
}

/// The plain words of a text as arguments of an array; `None` where it has others, or but one.
fn split(text: &str) -> Option<String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || " ./:_=-@,".contains(letter);
    let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(json).collect();
    (words.len() > 1 && text.chars().all(is_plain)).then(|| words.join(", "))
}

/// The text for a shell that does what the author of an array meant.
fn script(exec: &ExecForm) -> String {
    let has_operator = exec.arguments.iter().any(|argument| case_of(exec, argument) == Some("operator"));
    let mut text = if has_operator { String::new() } else { "exec ".to_owned() };
    for (index, argument) in exec.arguments.iter().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        let value = argument.value.as_str();
        let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "./:_=-@,~+%".contains(letter);
        if case_of(exec, argument) == Some("operator") || !value.is_empty() && value.chars().all(is_bare) {
            text.push_str(value);
        } else {
            text.push('"');
            for letter in value.chars() {
                if matches!(letter, '"' | '\\' | '`') {
                    text.push('\\');
                }
                text.push(letter);
            }
            text.push('"');
        }
    }
    text
}
