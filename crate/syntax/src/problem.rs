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
    /// An argument is missing.
    MissingArgument,
    /// An argument too many.
    ExtraArgument,
    /// An argument that is not of the form that the instruction asks for.
    InvalidArgument,
    /// An image reference or the name of a stage or variable that cannot be one.
    InvalidName,
    /// A port that is none.
    InvalidPort,
    /// A port above 65535, or a range of ports that ends before it begins.
    PortOutOfRange,
    /// A flag that the instruction does not have.
    UnknownFlag,
    /// A flag that is given twice, without its value, or with one that it cannot have.
    InvalidFlag,
    /// A JSON array that holds something else than strings.
    InvalidJson,
    /// A heredoc without its end.
    UnterminatedHeredoc,
    /// A quote without its end.
    UnclosedQuote,
    /// A variable that cannot be expanded, such as `${`.
    InvalidVariable,
    /// A directive that is given twice.
    DuplicateDirective,
    /// An escape character that is neither backslash nor backtick.
    InvalidEscape,
    /// An instruction that `ONBUILD` cannot take.
    InvalidTrigger,
    /// No such instruction after `ONBUILD`.
    UnknownTrigger,
    /// A line longer than BuildKit reads, or a file that is larger than anybody does.
    TooLong,
    /// A stage that takes files from itself.
    StageTakesFromItself,
    /// Stages that each need the other to be built first.
    StageCircle,
    /// The number of a stage that does not exist.
    UnknownStageNumber,
    /// A variable in the name of a stage to take files from, where BuildKit expands none.
    VariableStage,
}
