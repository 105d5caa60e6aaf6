//! Whether the packages of an operating system are installed in a version that the command names.

use super::manager::{Install, Manager};
use crate::document::{Document, Step};
use crate::shell::Word;
use crate::table::Listed;

/// What a word says about the version that it installs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pin {
    /// It names one, or a range.
    Named,
    /// It names none.
    Open,
    /// It names a tag that moves, such as `latest`.
    Moving,
    /// Nobody can tell, or it is better left open.
    Unsure,
}

#[cfg(test)]
impl Pin {
    /// One letter for each, so that a test can write those of a whole list.
    pub(super) fn letter(self) -> char {
        match self {
            Pin::Named => 'N',
            Pin::Open => 'O',
            Pin::Moving => 'M',
            Pin::Unsure => 'U',
        }
    }
}

/// What is meant to be the newest: lists of authorities, zones and keys.
const ROLLING: &str = "\
    ca-certificates tzdata tzdata-legacy publicsuffix debian-archive-keyring ubuntu-keyring alpine-keys distro-info-data";

/// What a package word of an install says about its version.
pub fn package_pin(document: &Document<'_>, step: &Step<'_>, install: &Install<'_>, word: &Word) -> Pin {
    let shown = word.shown();
    let has = |marks: &[char]| shown.contains(marks);
    let is_named = match install.manager {
        Manager::Apt => has(&['=', '/']) || shown.ends_with(".deb"),
        Manager::Apk => has(&['=', '~', '<', '>']) || shown.ends_with(".apk"),
        Manager::Zypper => has(&['=', '<', '>']) || shown.ends_with(".rpm"),
        Manager::Dnf | Manager::Yum => is_named_for_rpm(document, step, word),
        Manager::Pacman => false,
    };
    let is_unsure = word.text.is_none()
        || word.has_variable()
        || shown.is_one_of(ROLLING)
        // Groups, files and what packages provide have no versions.
        || shown.starts_with(['@', '/'])
        || shown.contains('(')
        || shown.contains("://")
        || shown.contains('*');
    match (is_named, is_unsure) {
        (true, _) => Pin::Named,
        (false, true) => Pin::Unsure,
        (false, false) => Pin::Open,
    }
}

/// `nginx-1.28.0`, `nodejs:22`, `app-${VERSION}`: behind a dash stands a part that begins with a digit, and all parts could be versions.
fn is_named_for_rpm(document: &Document<'_>, step: &Step<'_>, word: &Word) -> bool {
    let shown = word.shown();
    if shown.ends_with(".rpm") || shown.contains(':') && !shown.contains("://") && !shown.contains('-') {
        return true;
    }
    let Some((_, version)) = shown.split_once('-') else { return false };
    if word.has_variable() {
        return word.variables.iter().any(|name| document.is_variable_set(name, step));
    }
    let is_of_version = |letter: char| letter.is_ascii_alphanumeric() || ".~^_:+".contains(letter);
    version.chars().all(|letter| letter == '-' || is_of_version(letter))
        && version.split('-').any(|part| part.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::package_pin;
    use crate::document::Document;
    use crate::input::Input;
    use crate::packages::install;
    use layerwise_syntax::parse;

    #[test]
    fn versions_are_found_in_the_way_of_each_manager() {
        for (command, pins) in [
            ("apt-get install a a=1 a/stable ./a.deb $A a=$A ca-certificates", "ONNNUNU"),
            ("apk add a a=1 a~2 'a>3' b@edge", "ONNNO"),
            (
                "yum install nginx nginx-1.28.0 java-1.8.0-openjdk gcc-c++ a-$V @core a.rpm x-1.* /usr/bin/ps",
                "ONNONUNUU",
            ),
            ("dnf install nodejs:22 a-$X", "NU"),
            ("zypper in a a=1 'a>=2'", "ONN"),
        ] {
            let text = format!("FROM x\nARG V=1\nRUN {command}\n");
            let file = parse(&text);
            let input = Input::new(&text);
            let document = Document::new(&file, &input);
            let step = document.steps().last().unwrap();
            let command = step.commands().next().unwrap();
            let install = install(command).unwrap();
            let found: String =
                install.packages.iter().map(|word| package_pin(&document, step, &install, word).letter()).collect();
            assert_eq!(found, pins, "{text}");
        }
    }
}
