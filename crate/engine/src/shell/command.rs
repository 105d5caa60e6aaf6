//! A simple command, and the questions that rules ask about one.

use super::chain::ChainId;
use super::options::{self, Role};
use super::redirect::Redirect;
use super::word::Word;
use super::wrapper::Wrapper;
use crate::path::last_part;
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;
use std::sync::Arc;
use text_size::TextRange;

/// A variable assignment in front of a command, or on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// The value; `None` for an array.
    pub value: Option<Word>,
    /// The whole assignment.
    pub range: TextRange,
}

/// The circumstances in which a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// Stands in an `if`, a loop, a `case` or a function, or right of `||`: it may run, once, often or never.
    pub is_conditional: bool,
    /// Stands in a function's body: it runs where the function is called.
    pub in_function: bool,
    /// Runs in a shell of its own, `(…)` or `sh -c`: a change of directory or variable ends with it.
    pub in_subshell: bool,
    /// Stands in `$(…)`, backticks or `<(…)`.
    pub in_substitution: bool,
    /// Gets its input from a pipe.
    pub reads_pipe: bool,
    /// Gives its output to a pipe.
    pub writes_pipe: bool,
    /// Stands behind `!`.
    pub is_negated: bool,
    /// Decides something: stands in the condition of an `if` or a loop, or left of `||`. Its failure is expected.
    pub is_tested: bool,
    /// How it ends reaches nobody: stands in a substitution that is no plain assignment `X=$(…)`.
    pub loses_status: bool,
    /// Runs in the background.
    pub in_background: bool,
    /// The shell that runs it.
    pub shell: ShellId,
}

/// Names a shell of a script: the one that reads it, or one of its own for `(…)`, `$(…)` or `sh -c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShellId {
    /// In the order in which they start; that which reads the script is 0.
    pub number: usize,
    /// In how many others it runs.
    pub depth: usize,
}

/// A simple command: assignments, a program with its arguments, redirections. Wrappers such as `sudo` and `env` are
/// taken off its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The program and its arguments. Empty where there are only assignments or redirections.
    pub words: Vec<Word>,
    /// The commands that run this one, the outermost first. Shared, as all commands of one `sh -c` have the same.
    pub wrappers: Vec<Arc<Wrapper>>,
    /// Assignments in force for this command, those given to `env` or `sudo` included, and those that `export` and its like make.
    pub assignments: Vec<Assignment>,
    /// Its redirections.
    pub redirects: Vec<Redirect>,
    /// The whole command in the Dockerfile, wrappers, assignments and redirections included.
    pub range: TextRange,
    /// The circumstances in which it runs.
    pub context: Context,
    /// The chain that it is a link of, or part of a link of.
    pub chain: ChainId,
    pub(super) reading: Reading,
}

/// What every rule asks of every command, told once: it follows from the words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Reading {
    /// Where in the first word the program's name begins; `None` where there is no name.
    name_start: Option<usize>,
    /// The flags of the program that take the next word as their value.
    value_flags: &'static str,
    is_package_manager: bool,
    /// What each argument is.
    roles: Vec<Role>,
}

impl Reading {
    fn of(words: &[Word]) -> Reading {
        let path = words.first().and_then(Word::known).unwrap_or_default();
        let name = last_part(path);
        let value_flags = options::value_flags(name);
        Reading {
            name_start: (!name.is_empty()).then_some(path.len() - name.len()),
            value_flags,
            is_package_manager: options::is_package_manager(name),
            roles: options::roles(words.get(1..).unwrap_or_default(), value_flags),
        }
    }
}

impl Command {
    /// A command of these words, with nothing around it.
    pub(crate) fn new(words: Vec<Word>, range: TextRange) -> Command {
        Command {
            reading: Reading::of(&words),
            words,
            wrappers: Vec::new(),
            assignments: Vec::new(),
            redirects: Vec::new(),
            range,
            context: Context::default(),
            chain: ChainId::default(),
        }
    }

    /// The program's name without its directory: `/usr/bin/apt-get` is `apt-get`. `None` where it is not literal.
    pub fn program(&self) -> Option<&str> {
        self.words.first()?.known()?.get(self.reading.name_start?..)
    }

    /// Whether the program manages packages of an operating system.
    pub fn is_package_manager(&self) -> bool {
        self.reading.is_package_manager
    }

    /// Whether the program is one of `names`, which stand in one text as all tables of words do.
    pub fn is_one_of(&self, names: &str) -> bool {
        self.program().is_some_and(|program| program.is_one_of(names))
    }

    /// Where its words stand, wrappers, assignments and redirections left out; of an exec form without the brackets.
    pub fn words_range(&self) -> TextRange {
        match (self.words.first(), self.words.last()) {
            (Some(first), Some(last)) => first.range.cover(last.range),
            _ => self.range,
        }
    }

    /// The words after the program.
    pub fn arguments(&self) -> &[Word] {
        self.words.get(1..).unwrap_or_default()
    }

    /// The arguments that are neither flags nor values of flags.
    pub fn operands(&self) -> Vec<&Word> {
        self.roles().filter(|(_, role)| *role == Role::Operand).map(|(word, _)| word).into_list()
    }

    /// The first operand: `install` in `apt-get -y install curl`.
    pub fn subcommand(&self) -> Option<&Word> {
        self.roles().find(|(_, role)| *role == Role::Operand).map(|(word, _)| word)
    }

    /// Whether the first operands are `words`.
    pub fn starts_with(&self, words: &str) -> bool {
        let mut operands = self.roles().filter(|(_, role)| *role == Role::Operand);
        words_of(words).all(|word| operands.next().is_some_and(|(operand, _)| operand.is(word)))
    }

    /// Whether a flag is given: `--yes` also as `--yes=…`, `-y` also among others, as in `-yqq`.
    pub fn has_flag(&self, flag: &str) -> bool {
        self.flag(flag).is_some()
    }

    /// Whether any of `flags` is given.
    pub fn has_any_flag(&self, flags: &str) -> bool {
        words_of(flags).any(|flag| self.has_flag(flag))
    }

    /// The word that gives a flag.
    pub fn flag(&self, flag: &str) -> Option<&Word> {
        let value_flags = self.reading.value_flags;
        for (word, role) in self.roles() {
            if role == Role::Flag && options::gives(word.shown(), flag, value_flags) {
                return Some(word);
            }
        }
        None
    }

    /// The value of a flag, from `--name=value`, `--name value`, `-n value` or `-nvalue`, as far as it is literal.
    pub fn flag_value(&self, flag: &str) -> Option<&str> {
        self.flag_values(flag).first().copied()
    }

    /// All values of a flag that is given several times.
    pub fn flag_values(&self, flag: &str) -> Vec<&str> {
        let mut values = Vec::new();
        for (index, (word, role)) in self.roles().enumerate() {
            if role != Role::Flag || !options::gives(word.shown(), flag, self.reading.value_flags) {
                continue;
            }
            let attached = word.known().map(|text| options::attached_value(text, flag));
            let value = match attached {
                Some(None) => self.arguments().get(index + 1).and_then(Word::known),
                Some(attached) => attached,
                None => None,
            };
            values.extend(value);
        }
        values
    }

    /// The wrapper of this name, if the command is run by it.
    pub fn wrapper(&self, program: &str) -> Option<&Wrapper> {
        self.wrappers.iter().map(Arc::as_ref).find(|wrapper| wrapper.program() == Some(program))
    }

    /// The value assigned to a variable in front of this command.
    pub fn assigned(&self, name: &str) -> Option<&Word> {
        self.assignments.iter().rev().find(|assignment| assignment.name == name)?.value.as_ref()
    }

    /// The names of all variables that its words, assignments and redirections use.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        let assigned = self.assignments.iter().filter_map(|assignment| assignment.value.as_ref());
        let targets = self.redirects.iter().filter_map(|redirect| redirect.target.as_ref());
        let wrapping = self.wrappers.iter().flat_map(|wrapper| wrapper.words.iter());
        self.words
            .iter()
            .chain(assigned)
            .chain(targets)
            .chain(wrapping)
            .flat_map(|word| word.variables.iter().map(String::as_str))
    }

    fn roles(&self) -> impl Iterator<Item = (&Word, Role)> {
        self.arguments().iter().zip(self.reading.roles.iter().copied())
    }
}
