//! The exec form of a shell's command: a JSON array.

use super::{Edit, replace};
use crate::document::{Document, Step};
use crate::shell::{Command, Script, Word};
use crate::table::{Listed, words_of};
use layerwise_syntax::Command as DockerfileCommand;
use layerwise_syntax::list::IntoList;

/// The edits that write an instruction's command as a JSON array that does the same, where it is one plain command.
pub fn exec_form(document: &Document<'_>, step: &Step<'_>) -> Option<Vec<Edit>> {
    let DockerfileCommand::Shell(text) = step.command()? else { return None };
    let script = &step.scripts.first().filter(|_| is_plain(&text.text))?.script;
    let command = only_command(script).filter(|command| has_no_assignment(command))?;
    array(document, command)
}

/// Whether a text means to a shell just the words it holds.
pub fn is_plain(text: &str) -> bool {
    const SPECIAL: &str = "$`*?[]{}~|&;<>()#!";
    !text.contains(|character| SPECIAL.contains(character))
}

/// The one command of a script that consists of nothing else.
pub fn only_command(script: &Script) -> Option<&Command> {
    match &script.commands[..] {
        [only] if script.chains.len() == 1 => Some(only),
        _ => None,
    }
}

/// The words of a command, those that run it included.
pub fn words(command: &Command) -> impl Iterator<Item = &Word> {
    command.wrappers.iter().flat_map(|wrapper| &wrapper.words).chain(&command.words)
}

/// Whether no assignment stands in front of a command.
pub fn has_no_assignment(command: &Command) -> bool {
    words(command).next().is_some_and(|first| first.range.start() == command.range.start())
}

/// Whether a word is a command of the shell itself, which no program can stand in for.
pub fn is_builtin(word: &Word) -> bool {
    const BUILTINS: &str = "\
        . : alias bg break builtin cd command continue declare dirs disown enable eval exec exit export fc fg \
        getopts hash jobs kill let local logout mapfile popd pushd read readarray readonly return set shift shopt \
        source times trap type typeset ulimit umask unset wait";
    word.known().is_none_or(|word| word.is_one_of(BUILTINS))
}

/// Whether an `echo` says something else when a program does it: shells differ from it, and from each other, in options and escapes.
fn is_odd_echo(command: &Command) -> bool {
    command.is_one_of("echo")
        && command.arguments().iter().any(|word| word.shown().starts_with('-') || word.shown().contains('\\'))
}

/// The edits that make a JSON array of a command. What stands between its words stays.
pub fn array(document: &Document<'_>, command: &Command) -> Option<Vec<Edit>> {
    let words: Vec<&Word> = words(command).into_list();
    let has_inner_script = words_of("sh bash dash ash").any(|shell| command.wrapper(shell).is_some());
    if has_inner_script || words.first().is_none_or(|word| is_builtin(word)) || is_odd_echo(command) {
        return None;
    }
    let last = words.len().saturating_sub(1);
    let edit = |(index, word): (usize, &&Word)| {
        let is_one_line = !document.slice(word.range).contains('\n');
        let value = word.known().filter(|_| is_one_line)?;
        let start = if index == 0 { "[" } else { "" };
        let end = if index == last { "]" } else { "," };
        Some(replace(word.range, format!("{start}{}{end}", json(value))))
    };
    words.iter().enumerate().map(edit).collect()
}

/// A text as a JSON string.
pub fn json(text: &str) -> String {
    let mut string = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => string.extend(['\\', character]),
            '\t' => string.push_str("\\t"),
            _ => string.push(character),
        }
    }
    string.push('"');
    string
}
