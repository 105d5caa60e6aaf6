//! ShellCheck's findings for the scripts of a file, from a linter that the caller brings.
//!
//! The engine hands out scripts and takes findings in, all of it plain data; who looks at a script it does not know. So the page can do without
//! until the linter has arrived, and has the score that it will have then: these findings weigh nothing.

mod codes;
mod hand_out;
mod same;
mod take_in;

use crate::severity::Severity;
use std::fmt::Debug;
use std::ops::Range;

pub(crate) use codes::is_code;
pub use codes::{codes, is_reported};
pub(crate) use same::{in_place_of_ours, is_on_purpose};
pub(crate) use take_in::{Said, said};

/// Says what ShellCheck would say about a script.
pub trait ShellLinter: Debug {
    /// What is to be said about it, in any order; `None` of a script that it does not get through. Ranges that are none of the script's are
    /// passed over.
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>>;
}

/// A script of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShellScript<'a> {
    /// What the shell reads. Continuations of the file, and the comments between them, are blanks in it.
    pub text: &'a str,
    /// The shell.
    pub dialect: ShellDialect,
    /// Whether the shell is called with `-e`, so that the first command that fails ends it.
    pub stops_at_errors: bool,
    /// The variables that are set before it runs.
    pub known: &'a [&'a str],
}

/// The shells that there are findings for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShellDialect {
    /// Some `/bin/sh`.
    Sh,
    /// Debian's `dash`.
    Dash,
    /// The `ash` of BusyBox.
    BusyBox,
    /// `bash`.
    Bash,
    /// `ksh`.
    Ksh,
}

impl ShellDialect {
    /// The name that ShellCheck knows it by.
    pub fn name(self) -> &'static str {
        match self {
            ShellDialect::Sh => "sh",
            ShellDialect::Dash => "dash",
            ShellDialect::BusyBox => "busybox",
            ShellDialect::Bash => "bash",
            ShellDialect::Ksh => "ksh",
        }
    }
}

/// One thing about a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellFinding {
    /// ShellCheck's number for it: 2086 for `SC2086`.
    pub code: u16,
    /// How bad ShellCheck thinks it is.
    pub severity: Severity,
    /// A sentence about it.
    pub message: String,
    /// Where, in bytes of the script's text.
    pub range: Range<usize>,
    /// A mend, where one is known.
    pub fix: Option<ShellFix>,
}

/// A mend for a finding of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellFix {
    /// What it does, as an imperative.
    pub label: String,
    /// Whether the script does the same after it.
    pub is_safe: bool,
    /// What takes the place of what: ranges of bytes of the script's text, apart.
    pub edits: Vec<(Range<usize>, String)>,
}

#[cfg(test)]
mod tests;
