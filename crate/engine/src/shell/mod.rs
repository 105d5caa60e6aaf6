//! The shell text of a RUN as a list of commands.
//!
//! Rules ask this module ("which commands run, in which order, with which words?") and never look at shell text. The
//! work of reading is done by `shuck-parser`; this module bounds it, walks its tree and keeps every position a position
//! of the Dockerfile, so that what it finds can be edited.
//!
//! Reading is all or nothing: a script that the parser has to guess at yields no commands at all.

mod chain;
mod command;
mod extent;
mod limits;
mod options;
mod read;
mod redirect;
mod removal;
mod script;
mod substitution;
mod unquote;
mod walk;
mod word;
mod wrapper;

pub use chain::{Chain, ChainId, Separator};
pub use command::{Assignment, Command, Context};
pub(crate) use options::is_pip;
pub use redirect::{Redirect, RedirectKind};
pub use script::{Dialect, Script, parse};
pub use word::Word;
pub use wrapper::Wrapper;

#[cfg(test)]
mod tests;
