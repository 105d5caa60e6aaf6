//! What BuildKit would refuse.

use text_size::TextRange;

/// A reason for which BuildKit would refuse the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which reason.
    pub kind: ProblemKind,
    /// One sentence for people: what is wrong here.
    pub message: String,
    /// Where.
    pub range: TextRange,
    /// A mend, where one is obvious.
    pub correction: Option<Correction>,
}

/// A change of the text that mends a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// An imperative, such as `Write RUN`.
    pub title: String,
    /// What goes.
    pub range: TextRange,
    /// What comes.
    pub text: String,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The file has no instruction at all.
    Empty,
    /// The file has instructions and no `FROM`, and is no fragment either.
    NoStage,
    /// Something other than `ARG` before the first `FROM`.
    BeforeFrom,
    /// No such instruction.
    UnknownInstruction,
    /// Too few or too many arguments.
    ArgumentCount,
    /// An argument that is not of the form that the instruction asks for.
    InvalidArgument,
    /// A flag that the instruction does not have, has twice, or has without its value.
    InvalidFlag,
    /// A JSON array that holds something else than strings, or no JSON where only JSON will do.
    InvalidJson,
    /// A heredoc without its end.
    UnterminatedHeredoc,
    /// A directive that is given twice or has a value it cannot have.
    InvalidDirective,
    /// A variable that cannot be expanded, such as `${`.
    InvalidVariable,
    /// An instruction that `ONBUILD` cannot take.
    InvalidTrigger,
    /// A line longer than BuildKit reads.
    LineTooLong,
    /// Stages that are built from each other, or a stage number that does not exist.
    InvalidStage,
}
