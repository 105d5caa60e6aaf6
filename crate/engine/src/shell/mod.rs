//! The shell text of a RUN as a list of commands.
//!
//! Rules ask this module ("which commands run, in which order, with which words?") and never look at shell text. The
//! reader makes a small tree of the text, and the walk over that makes the commands. Every position is a position of the Dockerfile, so that
//! what is found can be edited.
//!
//! Reading is all or nothing: a script that a shell would refuse yields no commands at all.

mod chain;
mod command;
mod lasting;
mod options;
mod reader;
mod redirect;
mod removal;
mod script;
mod source;
mod tree;
mod unquote;
mod walk;
mod word;
mod wrapper;

pub use chain::{Chain, ChainId, Separator};
pub use command::{Assignment, Command, Context, ShellId};
pub(crate) use options::{PACKAGE_MANAGERS, is_pip, takes_next};
pub use redirect::{Redirect, RedirectKind};
pub use script::{Dialect, Script, parse};
pub use word::Word;
pub(crate) use wrapper::SHELLS;
pub use wrapper::Wrapper;
pub(crate) use wrapper::script_argument;

#[cfg(test)]
mod tests;
