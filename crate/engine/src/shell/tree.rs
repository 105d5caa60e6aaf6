//! What the reader hands to the walk: the statements of a script, and the scripts inside them.

use super::command::Assignment;
use super::redirect::Redirect;
use super::word::Word;
use text_size::TextRange;

/// Commands and what joins them, one after another.
pub(super) type Sequence = Vec<Stage>;

/// What stands behind a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Pipe,
    And,
    Or,
    Semicolon,
    Background,
    Newline,
    End,
}

/// A command of a pipeline, simple or compound.
pub(super) struct Stage {
    pub node: Node,
    pub redirects: Vec<Redirect>,
    /// The scripts in its words and redirections, in the order of the text; for a compound command, those that are no statements of its.
    pub inner: Vec<Inner>,
    /// From its first byte, a `!` or `time` included, to its last one, its redirections included but no heredoc's body. `None`
    /// where a body stands in between, just before the end.
    pub range: Option<TextRange>,
    /// Stands behind `!`, as the first of its pipeline.
    pub is_negated: bool,
    /// The word `time` in front of its pipeline.
    pub timer: Option<Word>,
    /// Is the body of a function.
    pub is_function: bool,
    /// Stands behind `coproc`.
    pub is_coprocess: bool,
    pub joint: Joint,
}

pub(super) enum Node {
    /// Words, and the assignments in front of them; with redirections in `range`.
    Simple { assignments: Vec<Assignment>, words: Vec<Word>, range: TextRange },
    /// Everything that holds statements, and `[[ … ]]` and `(( … ))`, which hold none.
    Compound(Vec<Part>),
}

/// Statements inside a compound command.
pub(super) struct Part {
    pub role: Role,
    pub body: Sequence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `{ … }`.
    Group,
    /// `( … )`.
    Subshell,
    /// The condition of an `if` or of a loop.
    Condition,
    /// What runs once, often or never.
    Branch,
}

/// A script inside a command.
pub(super) enum Inner {
    /// `$(…)`, `` `…` ``, `<(…)`.
    Substitution {
        body: Sequence,
        /// Makes the value of a variable; unless a command follows, how it ends is how the assignment ends.
        is_assigned: bool,
    },
    /// The heredoc of this number, which is read later: at the end of the line.
    Heredoc(usize),
}

/// The body of a heredoc.
#[derive(Default)]
pub(super) struct Body {
    pub range: Option<TextRange>,
    pub inner: Vec<Inner>,
}
