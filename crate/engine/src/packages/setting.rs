//! Settings of package managers that commands make.

use crate::document::{Document, Step};
use crate::shell::Command;
use crate::table::{Listed, places_of};

/// What a command sets a setting to, on its command line (`-o NAME=0`) or in a file that it writes (`echo 'NAME "0";' > …`).
pub fn setting(document: &Document<'_>, command: &Command, name: &str) -> Option<bool> {
    let bodies = command.redirects.iter().filter_map(|redirect| redirect.body).map(|body| document.slice(body));
    command.arguments().iter().map(|word| word.shown()).chain(bodies).find_map(|text| value_of(text, name))
}

/// Whether a command sets a setting to a truth value anywhere, on its command line or in a file that it writes.
pub fn sets(document: &Document<'_>, command: &Command, name: &str, value: bool) -> bool {
    let sets = |text: &str| {
        // Most words are too short to hold the name and a value; so the search for it is seldom begun.
        text.len() > name.len() && places_of(name, text).any(|at| value_at(text, at, name) == Some(value))
    };
    let is_said = command.arguments().iter().any(|word| sets(word.shown()))
        || command.redirects.iter().filter_map(|redirect| redirect.body).any(|body| sets(document.slice(body)));
    is_said && !command.is_one_of("grep egrep fgrep [ test")
}

/// Whether a step copies files into a directory of settings, which may say anything.
pub fn brings_settings(step: &Step<'_>, directory: &str) -> bool {
    step.copy().is_some_and(|copy| copy.destination.text.starts_with(directory))
}

/// The truth value that stands behind a name.
fn value_of(text: &str, name: &str) -> Option<bool> {
    places_of(name, text).find_map(|at| value_at(text, at, name))
}

/// The truth value that stands behind a name at a place, where it is no end of a longer name.
fn value_at(text: &str, at: usize, name: &str) -> Option<bool> {
    let (before, after) = (text.get(..at)?, text.get(at + name.len()..)?);
    if before.ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_') {
        return None;
    }
    let value = after.trim_start_matches([' ', '\t', '=', '"', '\'', '\\', ':']).to_ascii_lowercase();
    let starts_with = |words: &str| value.starts_with_any(words);
    if starts_with("0 false no off never") {
        Some(false)
    } else if starts_with("1 true yes on 2") {
        Some(true)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn a_setting_is_read_in_all_its_spellings() {
        for (text, value) in [
            ("APT::Install-Recommends \"0\";", Some(false)),
            ("APT::Install-Recommends=false", Some(false)),
            ("APT::Install-Recommends \\\"false\\\";", Some(false)),
            ("apt\nAPT::Install-Recommends    \"true\";\n", Some(true)),
            ("APT::Install-Recommends", None),
            ("APT::Install-Suggests \"0\";", None),
        ] {
            assert_eq!(value_of(text, "Install-Recommends"), value, "{text}");
        }
    }
}
