//! Variables and operators in JSON arrays.

use crate::fix::json;
use crate::path::last_part;
use crate::rules::prelude::*;
use crate::shell::SHELLS;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Command, ExecForm};

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
        flagged("FROM alpine:3.23\nCMD [«\"echo 'Mount the sources'\"»]\n").case("operator"),
        flagged("FROM alpine:3.23\nCMD [«\"exec\"», \"/serve\"]\n").case("operator"),
        clean("FROM ruby:4.0\nENTRYPOINT [\"bundle\"]\nCMD [\"exec\", \"rails\", \"s\"]\nFROM example.org/tool:1\nCMD [\"export\", \"--all\"]\n"),
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

/// How many characters of an argument are shown.
const LONGEST_SHOWN: usize = 40;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let mut ends_in_shell = false;
        let has_entrypoint = stage.own_steps().any(|step| step.kind() == InstructionKind::Entrypoint);
        for step in &stage.steps {
            let Some(Command::Exec(exec)) = step.command() else { continue };
            let is_own = calls_interpreter(exec);
            if step.kind() == InstructionKind::Entrypoint {
                ends_in_shell = is_own;
            }
            if is_own || step.kind() == InstructionKind::Cmd && ends_in_shell {
                continue;
            }
            let names_program = match step.kind() {
                // Else it is what an entrypoint gets.
                InstructionKind::Cmd => document.entrypoint(stage).is_none() && document.starts_bare(stage),
                _ => true,
            };
            let cases = cases(exec, names_program);
            for case in ["variable", "operator", "tilde"] {
                let Some(index) = cases.iter().position(|found| *found == Some(case)) else { continue };
                let Some(argument) = exec.arguments.get(index) else { continue };
                let mut shown: String = argument.value.chars().take(LONGEST_SHOWN).collect();
                if shown.len() < argument.value.len() {
                    shown.push('…');
                }
                let message = format!("no shell reads `{shown}`, and it is passed on as it stands");
                let finding = report.at(case, argument.range, message);
                if !may_be_rewritten(document, stage, step, has_entrypoint) {
                    continue;
                }
                if index == 0 && case == "operator" {
                    if let Some(words) = split(&argument.value) {
                        finding.fix(Review, "Make each word an argument of its own", [replace(argument.range, words)]);
                    }
                    continue;
                }
                let edit = replace(exec.range, format!("[\"/bin/sh\", \"-c\", {}]", json(&script(exec, &cases))));
                finding.fix(Review, "Let a shell run it (look at the quotes)", [edit]);
                // One rewriting is enough.
                break;
            }
        }
    }
}

/// Whether another array may take the place of an instruction's: there is a shell, and nothing else gets the array's words.
fn may_be_rewritten(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, has_entrypoint: bool) -> bool {
    let goes_elsewhere = match step.kind() {
        InstructionKind::Entrypoint => true,
        InstructionKind::Cmd => stage.parent.is_some() || has_entrypoint,
        _ => false,
    };
    !document.starts_without_shell(stage) && !goes_elsewhere && step.instruction.comments.is_empty()
}

/// Whether an array calls a shell with a script, or a program that understands variables or has a language of its own.
fn calls_interpreter(exec: &ExecForm) -> bool {
    const THEMSELVES: &str = "\
        envsubst jinja2 confd gomplate mustache awk gawk mawk sed perl pwsh powershell cmd cmd.exe powershell.exe \
        busybox make jq dockerize";
    let mut is_shell = false;
    for argument in &exec.arguments {
        let name = last_part(&argument.value);
        if name.is_one_of(THEMSELVES) || is_shell && argument.value.starts_with('-') && argument.value.ends_with('c') {
            return true;
        }
        is_shell |= name.is_one_of(SHELLS) || name == "su";
    }
    false
}

/// What each argument of an array needs a shell for.
fn cases(exec: &ExecForm, names_program: bool) -> Vec<Option<&'static str>> {
    let program = exec.arguments.first().map(|program| program.value.as_str()).unwrap_or_default();
    let name = last_part(program);
    let mut before = None;
    let mut cases = Vec::new();
    for argument in &exec.arguments {
        let is_program = before.is_none() && names_program;
        let is_builtin = is_program && argument.value.is_one_of("exec cd source . export set eval");
        cases.push(if is_builtin { Some("operator") } else { case_of(name, before, &argument.value) });
        before = Some(argument.value.as_str());
    }
    cases
}

/// What an argument of a program needs a shell for; the first is the program itself.
fn case_of(program: &str, before: Option<&str>, value: &str) -> Option<&'static str> {
    const OPERATORS: &str = "&& || | ; > >> < 2>&1 &";
    // These are followed by a program in another language.
    if matches!(before, Some("-e" | "-c" | "-g" | "-r" | "--eval" | "-exec")) {
        return None;
    }
    // Quotes are for a shell to take off.
    let is_sentence = before.is_none() && !value.starts_with('/') && split(&value.replace(['"', '\''], "")).is_some();
    if is_sentence || value.is_one_of(OPERATORS) && !(value == ";" && program == "find") {
        return Some("operator");
    }
    if value.starts_with("~/") {
        return Some("tilde");
    }
    // Spring and its like fill in `${…}` themselves.
    let is_property = program == "java" && (value.starts_with("-D") || value.starts_with("--"));
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
    let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(json).into_list();
    (words.len() > 1 && text.chars().all(is_plain)).then(|| words.join(", "))
}

/// The text for a shell that does what the author of an array meant.
fn script(exec: &ExecForm, cases: &[Option<&'static str>]) -> String {
    let has_operator = cases.contains(&Some("operator"));
    let has_exec = exec.arguments.first().is_some_and(|first| first.value == "exec");
    let mut text = if has_operator || has_exec { String::new() } else { "exec ".to_owned() };
    for (argument, case) in exec.arguments.iter().zip(cases) {
        if !matches!(text.as_str(), "" | "exec ") {
            text.push(' ');
        }
        let value = argument.value.as_str();
        let is_bare = |letter: char| letter.is_ascii_alphanumeric() || "./:_=-@,~+%".contains(letter);
        if *case == Some("operator") || !value.is_empty() && value.chars().all(is_bare) {
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
