//! A linter that remembers.

use crate::lint::Linter;
use crate::script::{Dialect, Script, ShellFinding};
use std::cell::RefCell;
use std::collections::HashMap;

/// So many scripts are remembered; then all are forgotten. A Dockerfile has fewer, and one that is being written changes one at a time.
const MOST: usize = 200;

/// A linter that remembers what it said of a script. A Dockerfile is checked again with every key that is pressed, and for every fix that is
/// tried; most of its scripts are the same as before.
#[derive(Debug, Default)]
pub struct Memory {
    linter: Linter,
    said: RefCell<HashMap<Key, Option<Vec<ShellFinding>>>>,
}

/// Everything that a script's findings depend on.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    dialect: Dialect,
    stops_at_errors: bool,
    known: String,
}

impl Memory {
    /// As [`Linter::read`].
    pub fn lint(&self, script: &Script<'_>) -> Option<Vec<ShellFinding>> {
        let Script { text, dialect, stops_at_errors, known } = *script;
        let key = Key { text: text.to_owned(), dialect, stops_at_errors, known: known.join(" ") };
        if let Some(said) = self.said.borrow().get(&key) {
            return said.clone();
        }
        let said = self.linter.read(script);
        let mut remembered = self.said.borrow_mut();
        if remembered.len() >= MOST {
            remembered.clear();
        }
        remembered.insert(key, said.clone());
        said
    }
}
