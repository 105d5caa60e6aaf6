//! A script: its commands, and the chains they stand in.

use super::chain::{Chain, ChainId, Separator};
use super::command::Command;
use super::walk::Walk;
use text_size::TextSize;

/// Which shell's grammar a script is read with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// `sh`, `dash`, `ash`: the shell of a RUN unless SHELL says otherwise.
    #[default]
    Posix,
    /// `bash`, and the shells near enough to it.
    Bash,
}

/// The commands of one script, in the order in which they run.
///
/// The commands of a substitution come before the command whose word they make.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Script {
    /// All simple commands, those inside conditions, loops, groups, functions and substitutions included.
    pub commands: Vec<Command>,
    /// The `&&` chains that the commands stand in, outer ones before the ones inside them.
    pub chains: Vec<Chain>,
    /// Whether it holds a loop over a variable, a function or arithmetic: what runs after it in the same shell may know their names.
    pub leaves_names: bool,
    /// Whether the whole script could be read. When not, there are no commands.
    pub is_readable: bool,
    /// Whether any command has an assignment.
    pub has_assignments: bool,
    /// Whether the script holds shell comments: text may not be joined behind one.
    pub has_comments: bool,
}

impl Script {
    /// The chain of this id.
    pub fn chain(&self, id: ChainId) -> Option<&Chain> {
        self.chains.get(id.index())
    }

    /// The chain that `command` is a direct link of.
    pub fn chain_of(&self, command: &Command) -> Option<&Chain> {
        self.chain(command.chain)
    }

    /// The top-level chain that holds `command`, however deep it is nested.
    pub fn outermost_chain_of(&self, command: &Command) -> Option<&Chain> {
        let mut chain = self.chain_of(command)?;
        // Chains are numbered as they open, so a parent's number is lower and this ends.
        while let Some(parent) = chain.parent {
            chain = self.chain(parent)?;
        }
        Some(chain)
    }

    /// Whether nothing comes after the chain of `command`, nor after any group around it: how it ends is how the script ends.
    pub fn ends_with_chain_of(&self, command: &Command) -> bool {
        let mut chain = self.chain_of(command);
        while let Some(it) = chain.filter(|chain| chain.is_last) {
            let Some(parent) = it.parent else { return true };
            chain = self.chain(parent);
        }
        false
    }

    /// The chains that stand at the top level, in order.
    pub fn top_level(&self) -> impl Iterator<Item = &Chain> {
        self.chains.iter().filter(|chain| chain.is_top_level())
    }

    /// Whether the whole script is one `&&` chain, so that it can be joined to another with `&&` as it stands.
    pub fn is_one_chain(&self) -> bool {
        let mut chains = self.top_level();
        match (chains.next(), chains.next()) {
            (Some(only), None) => only.followed_by == Separator::End,
            _ => false,
        }
    }

    /// The separator that the script's text ends with (`a; b;`), if it does end with one.
    pub fn trailing_separator(&self) -> Option<Separator> {
        let last = self.top_level().last()?;
        matches!(last.followed_by, Separator::Semicolon | Separator::Background).then_some(last.followed_by)
    }

    /// The commands that are direct links of a top-level chain.
    pub fn top_level_commands(&self) -> impl Iterator<Item = &Command> {
        self.commands.iter().filter(|command| self.chain_of(command).is_some_and(Chain::is_top_level))
    }
}

/// Reads a script whose first byte stands at `offset` in the Dockerfile.
///
/// Continuations and Dockerfile comments must have been blanked in place, so that byte positions still agree. Total:
/// any input gives an answer in bounded time and on a bounded stack.
pub fn parse(script: &str, offset: TextSize, dialect: Dialect) -> Script {
    Walk::of(script, offset, dialect)
}
