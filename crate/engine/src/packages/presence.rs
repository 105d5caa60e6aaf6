//! Whether a program is still there when others have run behind it.

use super::manager::{manager, removes};
use crate::document::{Step, is_within};
use crate::shell::{Command, Word};
use crate::table::{Listed, words_of};

/// Where programs lie, and what they are made of.
const OF_PROGRAMS: &str = "/bin /lib /opt /usr/bin /usr/lib /usr/lib64 /usr/libexec /usr/local/bin /usr/local/lib";

/// Whether a command that runs later in the step may remove, move or replace the program of a command.
pub fn may_be_gone(step: &Step<'_>, command: &Command) -> bool {
    const SWITCHES: &str = "n nvm fnm volta hash source";
    let program = command.program().unwrap_or_default();
    let is_of_program = |word: &Word| {
        let path = word.shown();
        let holds = |folder: &str| is_within(path, folder) || is_within(folder, path.trim_end_matches('*'));
        // Of the system's managers nobody writes the path.
        word.text.is_none() && manager(command).is_none()
            || path.contains(program)
            || path.starts_with('/') && words_of(OF_PROGRAMS).any(holds)
    };
    let takes_away = |later: &Command| {
        let is_file_gone =
            later.is_one_of("rm mv unlink find") && later.operands().iter().any(|word| is_of_program(word));
        // A manager of the system's packages stays unless it is named, or what it is made of.
        let is_named = || later.arguments().iter().any(|word| word.shown().contains_any("dnf yum zypper rpm python"));
        let is_package_gone = removes(later).is_some() && (manager(command).is_none() || is_named())
            || later.is_one_of("rpm") && later.has_any_flag("-e --erase")
            || later.is_one_of("dpkg") && later.has_any_flag("-r -P --remove --purge");
        is_file_gone || is_package_gone || later.is_one_of(SWITCHES) || later.starts_with("uninstall")
    };
    step.commands().filter(|later| later.range.start() > command.range.start()).any(takes_away)
}
