//! Typed arguments.

use crate::{Instruction, Word};
use text_size::TextRange;

/// What an instruction's arguments say.
#[derive(Debug, Clone, PartialEq)]
pub enum Arguments {
    /// `ADD`
    Add(CopyArguments),
    /// `ARG`
    Arg(Vec<ArgDeclaration>),
    /// `CMD`
    Cmd(Command),
    /// `COPY`
    Copy(CopyArguments),
    /// `ENTRYPOINT`
    Entrypoint(Command),
    /// `ENV`
    Env(KeyValues),
    /// `EXPOSE`: ports such as `80` or `8000-8010/udp`.
    Expose(Vec<Word>),
    /// `FROM`
    From(FromArguments),
    /// `HEALTHCHECK`
    Healthcheck(Healthcheck),
    /// `LABEL`
    Label(KeyValues),
    /// `MAINTAINER`: the rest of the line.
    Maintainer(Word),
    /// `ONBUILD`: the instruction that a build on top of this image runs first.
    Onbuild(Box<Instruction>),
    /// `RUN`
    Run(Command),
    /// `SHELL`
    Shell(ExecForm),
    /// `STOPSIGNAL`
    Stopsignal(Word),
    /// `USER`
    User(Word),
    /// `VOLUME`
    Volume {
        /// The paths, in order.
        paths: Vec<Word>,
        /// Whether they are written as a JSON array.
        is_json: bool,
    },
    /// `WORKDIR`
    Workdir(Word),
    /// Arguments that the instruction cannot take, or those of an unknown one. A problem says what is wrong.
    Malformed,
}

impl Arguments {
    /// Whether they are written as a JSON array; of an `ONBUILD`, whether those of its trigger are.
    pub fn is_json(&self) -> bool {
        match self {
            Arguments::Run(command)
            | Arguments::Cmd(command)
            | Arguments::Entrypoint(command)
            | Arguments::Healthcheck(Healthcheck::Command(command)) => matches!(command, Command::Exec(_)),
            Arguments::Copy(copy) | Arguments::Add(copy) => copy.is_json,
            Arguments::Volume { is_json, .. } => *is_json,
            Arguments::Shell(_) => true,
            Arguments::Onbuild(trigger) => trigger.arguments.is_json(),
            _ => false,
        }
    }
}

/// The arguments of `FROM`.
#[derive(Debug, Clone, PartialEq)]
pub struct FromArguments {
    /// An image reference, or the name of an earlier stage.
    pub image: Word,
    /// Where the word `AS` is.
    pub as_keyword: Option<TextRange>,
    /// The stage's name.
    pub name: Option<Word>,
}

/// A command: text for a shell, or a program with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Text for a shell.
    Shell(ShellForm),
    /// A program with its arguments, in JSON.
    Exec(ExecForm),
}

/// Text for a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellForm {
    /// Joined over continued lines, comment lines left out: what the shell receives, heredocs apart.
    pub text: String,
    /// Where it is; heredoc bodies lie after it.
    pub range: TextRange,
}

/// A JSON array of strings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecForm {
    /// The strings.
    pub arguments: Vec<ExecArgument>,
    /// Where the array is, brackets included.
    pub range: TextRange,
}

/// A string of an exec form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecArgument {
    /// Its value, JSON escapes resolved.
    pub value: String,
    /// Where it is, quotes included.
    pub range: TextRange,
}

/// The arguments of `COPY` and `ADD`.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyArguments {
    /// What is copied, in order.
    pub sources: Vec<Source>,
    /// Where it goes.
    pub destination: Word,
    /// Whether they are written as a JSON array.
    pub is_json: bool,
}

/// What `COPY` or `ADD` takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A path, a pattern, or for `ADD` also a URL or a Git reference.
    Path(Word),
    /// The heredoc of this index among the instruction's heredocs; the word is its marker.
    Heredoc(usize, Word),
}

impl Source {
    /// The source as written.
    pub fn word(&self) -> &Word {
        match self {
            Source::Path(word) | Source::Heredoc(_, word) => word,
        }
    }
}

/// The arguments of `ENV` and `LABEL`.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyValues {
    /// In order.
    pub pairs: Vec<EnvPair>,
    /// Written the old way, `KEY value`, where the rest of the line is one value.
    pub is_legacy: bool,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct EnvPair {
    /// What is set.
    pub key: Word,
    /// What it is set to.
    pub value: Word,
    /// Where the pair is.
    pub range: TextRange,
}

/// What one word of `ARG` declares.
#[derive(Debug, Clone, PartialEq)]
pub struct ArgDeclaration {
    /// The argument's name.
    pub name: Word,
    /// Its default, if it has one.
    pub default: Option<Word>,
    /// Where the declaration is.
    pub range: TextRange,
}

/// The arguments of `HEALTHCHECK`.
#[derive(Debug, Clone, PartialEq)]
pub enum Healthcheck {
    /// `NONE`: the base image's check is switched off.
    None(TextRange),
    /// `CMD` and a command.
    Command(Command),
}
