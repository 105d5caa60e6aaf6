//! Two commands.

use super::Difference;
use crate::path::last_part;
use crate::plan::PlannedCommand;
use crate::rules::Change;
use crate::shell::Context;
use crate::table::Listed;
use layerwise_syntax::list::IntoList;

/// Whether a command may be another one, written otherwise.
pub fn is_kin(was: &PlannedCommand, is: &PlannedCommand) -> bool {
    was.text == is.text || program(was) == program(is)
}

/// The name of a program; those by which one takes the place of another are one. Of a command that only sets a variable it is that one's name.
fn program(command: &PlannedCommand) -> &str {
    let first = command.words.first().map_or(command.text.as_str(), String::as_str);
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if let Some((name, _)) = first.split_once('=').filter(|(name, _)| is_name(name)) {
        return name;
    }
    match last_part(first) {
        "apt" | "apt-cache" => "apt-get",
        "source" => ".",
        "echo" => "printf",
        "egrep" | "fgrep" => "grep",
        "[[" => "[",
        program => program,
    }
}

/// The first argument that is no flag.
pub fn operand(command: &PlannedCommand) -> Option<&String> {
    command.words.iter().skip(1).find(|word| !word.starts_with('-'))
}

/// How a command differs from its kin.
pub fn difference(was: &PlannedCommand, is: &PlannedCommand) -> Option<Difference> {
    if circumstances(was.context) != circumstances(is.context) || was.shell_state != is.shell_state {
        return Some(Difference::never("when or where a command runs"));
    }
    match (was.stops_build, is.stops_build) {
        (true, false) => return Some(Difference::never("whether a failure stops the build")),
        (false, true) => return Some(Difference::allowed(Change::Strictness, "whether a failure stops the build")),
        _ => {}
    }
    if was.text == is.text {
        return None;
    }
    let arguments =
        |command: &PlannedCommand| command.words.iter().filter(|word| !word.starts_with('-')).cloned().into_list();
    let is_rest_same = is_same_around(was, is) && arguments(was) == arguments(is);
    let change = if is_rest_same { Change::Options } else { Change::Wording };
    Some(Difference::allowed(change, "the words of a command"))
}

/// Whether what stands around the words of two commands, such as `sudo` or a redirection, is the same.
fn is_same_around(was: &PlannedCommand, is: &PlannedCommand) -> bool {
    let around = |command: &PlannedCommand| {
        let first = command.words.first()?;
        let (before, _) = command.text.split_once(first.as_str())?;
        let redirects = command.text.matches(['<', '>']).count();
        Some((before.to_owned(), redirects))
    };
    around(was) == around(is)
}

/// The circumstances that decide when a command runs and what its failure does. In which shell it runs shows in that one's state.
fn circumstances(context: Context) -> Context {
    Context { in_subshell: false, shell: Default::default(), is_tested: false, ..context }
}

/// What it means that a command runs no more.
pub fn is_gone(command: &PlannedCommand) -> Difference {
    let change = if command.refreshes_index { Change::Freshness } else { Change::Redundant };
    Difference::allowed(change, "the commands that run")
}

/// What it means that a command did not run before.
pub fn is_new(command: &PlannedCommand) -> Difference {
    if command.refreshes_index {
        return Difference::allowed(Change::Freshness, "how fresh a package index is");
    }
    if cleans(command) {
        return Difference::allowed(Change::UnusedFiles, "what is removed");
    }
    Difference::never("the commands that run")
}

/// Whether a command only removes.
fn cleans(command: &PlannedCommand) -> bool {
    let is_removal = command.words.first().is_some_and(|program| program == "rm");
    let names_it = |word: &String| word.contains_any("clean cache purge prune clear");
    is_removal || command.words.iter().any(names_it)
}
