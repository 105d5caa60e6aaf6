//! Commands that run another command: `sudo`, `env`, `xargs` and their like.

use super::command::Assignment;
use super::options;
use super::word::Word;
use crate::path::last_part;
use crate::table::{Listed, words_of};
use text_size::{TextRange, TextSize};

/// A command that runs the command it stands in front of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapper {
    /// Its words up to the wrapped command; for `sh -c`, up to the script.
    pub words: Vec<Word>,
}

impl Wrapper {
    /// Its name without directory.
    pub fn program(&self) -> Option<&str> {
        self.words.first()?.known().map(last_part)
    }

    /// Whether it is a shell that reads the command in a script of its own, as `sh -c` does.
    pub fn is_shell(&self) -> bool {
        self.program().is_some_and(is_shell)
    }
}

/// What a wrapper's own arguments look like.
struct Grammar {
    value_flags: &'static str,
    /// Flags with which it runs nothing, or something that its words do not show.
    refused: &'static str,
    takes_assignments: bool,
    /// How many operands of its own stand in front of the command.
    operands: usize,
}

fn grammar(program: &str) -> Option<Grammar> {
    let (value_flags, refused, takes_assignments): (&'static str, &'static str, bool) = match program {
        "env" => ("-u --unset -C --chdir", "-S --split-string", true),
        "sudo" => (
            "-u --user -g --group -h --host -p --prompt -C -r -t -T -D --chdir -R",
            "-e --edit -l --list -v --validate -K -V",
            true,
        ),
        "exec" => ("-a", "", false),
        "command" => ("", "-v -V", false),
        "time" => ("-f --format -o --output", "", false),
        "nohup" | "nosync" | "eatmydata" | "chronic" => ("", "", false),
        "timeout" => ("-k --kill-after -s --signal", "", false),
        "stdbuf" => ("-i --input -o --output -e --error", "", false),
        "nice" => ("-n --adjustment", "", false),
        "xargs" => ("-a --arg-file -d --delimiter -E -I -L -n --max-args -P --max-procs -s", "", false),
        _ => return None,
    };
    let operands = usize::from(program == "timeout");
    Some(Grammar { value_flags, refused, takes_assignments, operands })
}

/// How many wrappers are taken off one command.
const MAX_WRAPPERS: usize = 16;

/// A command with its wrappers taken off.
pub(super) struct Unwrapped {
    pub wrappers: Vec<Wrapper>,
    pub assignments: Vec<Assignment>,
    pub words: Vec<Word>,
}

/// Takes wrappers off the front of `words` while what they run is certain.
pub(super) fn unwrap(mut words: Vec<Word>) -> Unwrapped {
    let mut wrappers = Vec::new();
    let mut assignments = Vec::new();
    while wrappers.len() < MAX_WRAPPERS
        && let Some(start) = wrapped_command(&words)
    {
        let rest = words.split_off(start);
        let wrapper = Wrapper { words: std::mem::replace(&mut words, rest) };
        if wrapper.program().and_then(grammar).is_some_and(|grammar| grammar.takes_assignments) {
            assignments.extend(wrapper.words.iter().skip(1).filter_map(assignment));
        }
        wrappers.push(wrapper);
    }
    Unwrapped { wrappers, assignments, words }
}

/// The index of the command that the wrapper in front of `words` runs, if it is one and runs one.
fn wrapped_command(words: &[Word]) -> Option<usize> {
    let program = last_part(words.first()?.known()?);
    if is_python(program) {
        // `python3 -m pip install x` is pip by another name; other modules are no commands.
        let is_pip = words.get(1)?.is("-m") && words.get(2)?.is("pip");
        return is_pip.then_some(2);
    }
    let grammar = grammar(program)?;
    let mut index = 1;
    let mut operands = grammar.operands;
    loop {
        let word = words.get(index)?;
        let shown = word.shown();
        if word.is("--") {
            index += 1 + operands;
            return words.get(index).map(|_| index);
        }
        if word.is_flag() {
            if words_of(grammar.refused).any(|flag| options::gives(shown, flag, grammar.value_flags)) {
                return None;
            }
            index += if options::takes_next(shown, grammar.value_flags) { 2 } else { 1 };
        } else if grammar.takes_assignments && assignment(word).is_some() {
            index += 1;
        } else if operands > 0 {
            operands -= 1;
            index += 1;
        } else {
            return Some(index);
        }
    }
}

/// `python`, `python3` or `python3.12`.
fn is_python(program: &str) -> bool {
    program
        .strip_prefix("python")
        .is_some_and(|version| version.chars().all(|letter| letter.is_ascii_digit() || letter == '.'))
}

/// Reads `NAME=value`.
fn assignment(word: &Word) -> Option<Assignment> {
    let (name, _) = word.shown().split_once('=')?;
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !starts_well || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        return None;
    }
    let mut value = word.clone();
    value.text = word.known().and_then(|text| text.split_once('=')).map(|(_, text)| text.to_owned());
    if let Some(raw) = word.raw.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
        let start = word.range.end().checked_sub(TextSize::of(raw)).unwrap_or(word.range.start());
        value.range = TextRange::new(start, word.range.end());
        value.raw = raw.to_owned();
    }
    Some(Assignment { name: name.to_owned(), value: Some(value), range: word.range })
}

/// Programs that read scripts as `sh` does.
pub(crate) const SHELLS: &str = "sh bash dash ash ksh zsh";

fn is_shell(program: &str) -> bool {
    program.is_one_of(SHELLS)
}

/// The index of the script in `sh -c script`, with any other flags.
pub(crate) fn script_argument(words: &[Word]) -> Option<usize> {
    let program = last_part(words.first()?.known()?);
    if !is_shell(program) {
        return None;
    }
    let mut takes_script = false;
    let mut index = 1;
    loop {
        let text = words.get(index)?.known()?;
        let letters = text.strip_prefix(['-', '+']).filter(|letters| !letters.is_empty());
        match letters {
            Some(letters) if text.starts_with("--") => {
                index += if letters == "-" && !takes_script { return None } else { 1 }
            }
            Some(letters) => {
                takes_script |= text.starts_with('-') && letters.contains('c');
                // `-o pipefail`, also as the end of `-euxo pipefail`.
                index += if letters.ends_with(['o', 'O']) { 2 } else { 1 };
            }
            None => return takes_script.then_some(index),
        }
    }
}
