//! What a shell, or a process, really gets.

use super::{Place, shortened};
use crate::document::words_besides_markers;
use crate::fix::StopsAtErrors;
use crate::wording::listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Command, InstructionKind};

pub fn of(place: &Place<'_, '_>) -> String {
    let Some(command) = place.step.command() else { return String::new() };
    let starts = matches!(place.planned.kind, InstructionKind::Cmd | InstructionKind::Entrypoint);
    let shell = match command {
        Command::Exec(exec) => {
            let program = exec.arguments.first().map(|word| shortened(&word.value)).unwrap_or_default();
            let is_arguments =
                place.planned.kind == InstructionKind::Cmd && place.document.entrypoint(place.stage).is_some();
            return match (starts && !is_arguments && !place.stage.is_windows, is_arguments) {
                (true, _) => [
                    "`",
                    &program,
                    "` itself is process 1: no shell, and signals reach it. Nothing puts values in for variables.",
                ]
                .concat(),
                (_, true) => "The words as they are written: no shell, no variables.".to_owned(),
                _ => ["`", &program, "` itself: no shell, so no variables, no `&&` and no `~`."].concat(),
            };
        }
        Command::Shell(shell) => shell,
    };
    let reader = match (&place.step.in_force.shell, place.stage.is_windows) {
        (Some(shell), _) => shell.arguments.iter().map(|word| word.value.as_str()).into_list().join(" "),
        (None, true) => "cmd /S /C".to_owned(),
        (None, false) => "/bin/sh -c".to_owned(),
    };
    let mut text = match place.step.instruction.heredocs.first() {
        None => {
            ["`", &reader, "` reads `", &shortened(&shell.text.split_whitespace().into_list().join(" ")), "`."].concat()
        }
        Some(heredoc) => from_heredoc(place, &reader, &shell.text, place.document.slice(heredoc.body)),
    };
    if starts {
        text.push_str(
            " The shell is process 1: a stop signal may not reach the program, unless it is started with `exec`.",
        );
    }
    let mut names: Vec<&str> = Vec::new();
    for command in place.step.all_commands() {
        for name in command.variables() {
            if !names.contains(&name) && place.document.is_variable_set(name, place.step) {
                names.push(name);
            }
        }
    }
    if let [name] = names[..]
        && let Some(value) = place.document.variable_at(name, place.step)
    {
        text.push_str(&[" The shell puts in `", name, "`, which is `", &shortened(&value), "`."].concat());
    } else if !names.is_empty() {
        text.push_str(&[" The shell, and not Docker, puts in the values of ", &listed(&names), "."].concat());
    }
    text
}

/// A heredoc is a script where nothing but its marker stands in the text, and else the input of the command that stands there.
fn from_heredoc(place: &Place<'_, '_>, reader: &str, text: &str, body: &str) -> String {
    let command = words_besides_markers(text).into_list().join(" ");
    let first = body.trim_start().lines().next().unwrap_or_default();
    if !command.is_empty() {
        return ["`", reader, "` runs `", &shortened(&command), "`, and what stands below is its input."].concat();
    }
    if let Some(program) = first.strip_prefix("#!") {
        return ["`", &shortened(program.trim()), "` reads what stands below as a script."].concat();
    }
    let stops = place.step.scripts.iter().any(|run| {
        let errexit = StopsAtErrors::of(place.document, place.step, run);
        run.script.commands.last().is_some_and(|last| errexit.at(last))
    });
    let end = if stops {
        ", and stops at the first command that fails."
    } else {
        ": without `set -e` only its last command decides whether the step fails."
    };
    ["`", reader, "` reads what stands below as a script", end].concat()
}
