//! A linter that remembers.

use crate::lint::{Linter, tell};
use crate::prelude::Told;
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    /// The text, told of variables: of all that are known, of those that matter to the script.
    told: Told,
    dialect: Dialect,
    stops_at_errors: bool,
}

impl Memory {
    /// As [`Linter::read`].
    pub fn lint(&self, script: &Script<'_>) -> Option<Vec<ShellFinding>> {
        self.remembered(script, |told| self.linter.read_told(script, told))
    }

    /// What is remembered of a script, or what `read` says of it. One at which `read` panics is from then on one that it does not get through.
    fn remembered(
        &self,
        script: &Script<'_>,
        read: impl FnOnce(&Told) -> Option<Vec<ShellFinding>>,
    ) -> Option<Vec<ShellFinding>> {
        tell(script, |told| {
            let key = Key { told, dialect: script.dialect, stops_at_errors: script.stops_at_errors };
            if let Some(said) = self.said.borrow().get(&key) {
                return said.clone();
            }
            self.remember(key.clone(), None);
            let said = read(&key.told);
            self.remember(key, said.clone());
            said
        })
    }

    fn remember(&self, key: Key, said: Option<Vec<ShellFinding>>) {
        let mut remembered = self.said.borrow_mut();
        if remembered.len() >= MOST && !remembered.contains_key(&key) {
            remembered.clear();
        }
        remembered.insert(key, said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn variables_that_a_script_does_not_use_make_no_other_script_of_it() {
        let memory = Memory::default();
        let codes = |text: &str, known: &[&str]| {
            let said = memory.lint(&Script { known, ..Script::new(text, Dialect::Sh) }).unwrap_or_default();
            said.iter().map(|finding| finding.code).collect::<Vec<_>>()
        };
        assert_eq!(codes("echo $home", &["home", "other"]), [0; 0]);
        assert_eq!(codes("echo $home", &["home", "third"]), [0; 0]);
        assert_eq!(memory.said.borrow().len(), 1);
        assert_eq!(codes("echo $home", &["other"]), [2154, 2086]);
        assert_eq!(memory.said.borrow().len(), 2);
    }

    #[test]
    fn a_script_at_which_the_linter_fails_is_looked_at_once() {
        let memory = Memory::default();
        let script = Script::new("echo a", Dialect::Sh);
        let failing = || memory.remembered(&script, |_| panic!("as this test wants it"));
        assert!(catch_unwind(AssertUnwindSafe(failing)).is_err());
        assert_eq!(memory.remembered(&script, |_| panic!("it is remembered")), None);
    }
}
