//! What ShellCheck's codes mean, in our own words: for people, and never for linting.
//!
//! One table after the other in the order of the numbers. Nothing that lints refers to them, so the module for the browser does not carry them.

mod from_1000;
mod from_1070;
mod from_2000;
mod from_2050;
mod from_2100;
mod from_2150;
mod from_2200;
mod from_2260;
mod from_3000;
mod from_3030;

use crate::Dialect;

/// A code, explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// ShellCheck's number for it: 2086 for `SC2086`.
    pub code: u16,
    /// The shell that `bad` and `good` are for.
    pub dialect: Dialect,
    /// The problem in a few words, without a full stop.
    pub title: &'static str,
    /// What the shell does, why that hurts in the build of an image, and what to write instead: one to three sentences.
    pub why: &'static str,
    /// A script that has the problem, as it stands behind `RUN`. Several lines are the body of a heredoc.
    pub bad: &'static str,
    /// The same without the problem.
    pub good: &'static str,
}

const PARTS: &[&[Explained]] = &[
    from_1000::CODES,
    from_1070::CODES,
    from_2000::CODES,
    from_2050::CODES,
    from_2100::CODES,
    from_2150::CODES,
    from_2200::CODES,
    from_2260::CODES,
    from_3000::CODES,
    from_3030::CODES,
];

/// Every code that is explained, in the order of the numbers.
pub fn all() -> impl Iterator<Item = &'static Explained> {
    PARTS.iter().copied().flatten()
}

/// What is said about a code.
pub fn explained(code: u16) -> Option<&'static Explained> {
    all().find(|explained| explained.code == code)
}

#[cfg(test)]
mod tests;
