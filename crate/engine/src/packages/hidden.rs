//! Flags that hide in variables: `apt-get install $APT_OPTIONS curl`.

use crate::document::{Document, Step};
use crate::shell::Command;
use crate::table::Listed;

/// Whether a command gives one of `flags`, or may give it through a variable whose value this file does not tell.
pub fn may_give(document: &Document<'_>, step: &Step<'_>, command: &Command, flags: &str) -> bool {
    command.has_any_flag(flags)
        || command
            .arguments()
            .iter()
            .filter(|word| !word.is_quoted)
            .flat_map(|word| &word.variables)
            .any(|name| may_hold(document, step, name, flags))
}

fn may_hold(document: &Document<'_>, step: &Step<'_>, name: &str, flags: &str) -> bool {
    let holds = |value: &str| value.split_whitespace().any(|word| word.is_one_of(flags));
    let assigned = step
        .commands()
        .flat_map(|command| &command.assignments)
        .filter(|assignment| assignment.name == name)
        .filter_map(|assignment| assignment.value.as_ref())
        .map(|value| holds(value.shown()))
        .reduce(|any, one| any || one);
    assigned
        .or_else(|| document.variable_at(name, step).map(|value| holds(&value)))
        .unwrap_or_else(|| name.to_ascii_uppercase().contains_any("OPT FLAG ARG"))
}
