//! Commands that change the shell they run in.

use super::command::Command;

impl Command {
    /// Whether the shell may be another one after it: another directory, other variables, options or functions.
    pub fn changes_shell(&self) -> bool {
        const BUILTINS: &str = "\
            . : alias builtin cd declare enable eval exec exit export getopts hash let local mapfile popd pushd read \
            readarray readonly return set shift shopt source trap typeset ulimit umask unalias unset";
        // What these tools switch to, they switch to in the shell that calls them.
        const SHELL_FUNCTIONS: &str = "nvm sdk rvm workon module fnm";
        self.words.is_empty()
            || self.is_one_of(BUILTINS)
            || self.is_one_of(SHELL_FUNCTIONS)
            || self.starts_with("activate")
            || self.wrapper("exec").is_some()
            || self.is_one_of("printf") && self.has_flag("-v")
    }
}
