//! Where the library says something else than ShellCheck does, which was compared by `cargo xtask compare --peer shellcheck`, and where both say
//! what is not so.

use crate::codes::fixed_word;
use crate::place::last_command;
use crate::prelude::is_name;
use crate::script::{Dialect, Script, ShellFinding};
use std::ops::Range;

/// Programs that run a text in single quotes, which ShellCheck knows by any path and the library by their bare names.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "ash", "ksh", "zsh"];

/// Findings that say the same again at the same place: the library's is the first, ShellCheck's are the others.
const SAID_TWICE: &[(u16, &[u16])] = &[(1044, &[1039, 1040, 1041, 1042, 1118]), (2276, &[2270, 2282])];

/// Makes ShellCheck's findings of the library's.
pub(crate) fn adjust(findings: &mut Vec<ShellFinding>, script: &Script<'_>) {
    let text = script.text;
    for finding in findings.iter_mut().filter(|finding| finding.code == 2078) {
        if let Some((code, level)) = text.get(finding.range.clone()).and_then(fixed_word) {
            (finding.code, finding.level) = (code, level);
        }
    }
    findings.retain(|finding| is_meant(finding, script));
    for (code, others) in SAID_TWICE {
        if findings.iter().any(|finding| others.contains(&finding.code)) {
            findings.retain(|finding| finding.code != *code);
        }
    }
}

fn is_meant(finding: &ShellFinding, script: &Script<'_>) -> bool {
    let text = script.text;
    let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    match finding.code {
        2016 => !is_for_a_shell(text.get(..finding.range.start).unwrap_or_default()),
        // Outside of quotes the shell takes the one backslash away before echo sees it, and SC1012 says so.
        2028 => at(&finding.range).contains(['"', '\'']) || at(&finding.range).contains("\\\\"),
        // What is no expansion of a variable is not one that is never set.
        2154 => {
            let is_expansion = !at(&finding.range).starts_with("${\"") && !at(&finding.range).starts_with("${'");
            is_expansion && !may_set_any(text.get(..finding.range.start).unwrap_or_default())
        }
        // With what comes last the script fails as well.
        2164 => !text.get(finding.range.end..).unwrap_or_default().trim_matches([' ', '\t', '\n', ';', ')']).is_empty(),
        3045 if matches!(script.dialect, Dialect::Dash | Dialect::BusyBox) => !has_option(
            text.get(..finding.range.start).unwrap_or_default(),
            text.get(finding.range.start..).unwrap_or_default(),
        ),
        _ => true,
    }
}

/// Whether a command of a text sets variables whose names do not stand there: `. ./env`, `eval "$(tool)"`, `export $(cat env)`.
fn may_set_any(text: &str) -> bool {
    const SEPARATORS: [char; 6] = ['\n', ';', '&', '|', '(', '{'];
    const BEFORE: [&str; 8] = ["if", "then", "else", "elif", "do", "while", "until", "!"];
    let is_open = |word: &str| word.trim_start_matches(['"', '-']).starts_with(['$', '`']);
    // The last one is that which is looked at.
    let ended = text.rfind(SEPARATORS).and_then(|end| text.get(..end)).unwrap_or_default();
    ended.split(SEPARATORS).any(|command| {
        let mut words = command.split_whitespace().skip_while(|word| BEFORE.contains(word));
        match words.next() {
            Some("." | "source" | "eval") => true,
            Some("export" | "declare" | "readonly" | "local" | "typeset") => words.any(is_open),
            _ => false,
        }
    })
}

/// Whether `dash` and BusyBox have an option that POSIX has not: those of `ulimit`, and `-p` of `read`.
fn has_option(before: &str, from_option: &str) -> bool {
    let is_prompt = |option: &str| option.chars().all(|letter| "-rp".contains(letter));
    match last_command(before).split_whitespace().next() {
        Some("ulimit") => true,
        Some("read") => from_option.split_whitespace().next().is_some_and(is_prompt),
        _ => false,
    }
}

/// Whether the command that begins in a text, and goes on behind it, is a shell called by its path.
fn is_for_a_shell(before: &str) -> bool {
    let mut words = last_command(before).split_whitespace().skip_while(|word| *word == "exec" || is_assignment(word));
    let program = words.next().and_then(|word| word.rsplit_once('/'));
    program.is_some_and(|(_, name)| SHELLS.contains(&name))
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

#[cfg(test)]
mod tests {
    use crate::{Dialect, Level, Linter, Script};

    fn raised(text: &str) -> Vec<u16> {
        Linter::new().lint(&Script::new(text, Dialect::Sh)).iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn nothing_is_set_nowhere_behind_what_sets_names_that_nobody_sees() {
        for text in [
            "export $(cat env) && echo \"$download\"",
            ". /env && echo \"$download\"",
            "eval \"$(tool)\"; echo \"$download\"",
        ] {
            assert!(!raised(text).contains(&2154), "{text}");
        }
        for text in ["export A=1 && echo \"$download\"", "echo \"$download\"; . /env", "ls . && echo \"$download\""] {
            assert!(raised(text).contains(&2154), "{text}");
        }
    }

    #[test]
    fn a_text_for_a_shell_may_hold_variables() {
        for text in [
            "/bin/bash -lc 'echo $HOME'",
            "A=1 exec /bin/sh -c 'echo $HOME'",
            "true && /bin/bash -o pipefail -c 'echo $HOME | cat'",
        ] {
            assert_eq!(raised(text), [0; 0], "{text}");
        }
        assert_eq!(raised("/bin/bash -c x; echo 'echo $HOME'"), [2016]);
        assert_eq!(raised("/usr/bin/env bash -c 'echo $HOME'"), [2016]);
    }

    #[test]
    fn echo_gets_no_escape_that_the_shell_takes_away() {
        assert_eq!(raised("echo one\\ttwo"), [1012]);
        assert_eq!(raised("echo one\\\\ttwo"), [2028]);
        assert_eq!(raised("echo 'one\\ttwo'"), [2028]);
    }

    #[test]
    fn each_word_that_is_always_true_has_its_own_code() {
        let linter = Linter::new();
        for (word, code, level) in [
            ("1", 2161, Level::Style),
            ("true", 2160, Level::Style),
            ("0", 2159, Level::Error),
            ("false", 2158, Level::Error),
            ("other", 2078, Level::Error),
        ] {
            let text = format!("if [ {word} ]; then make; fi");
            let found: Vec<_> =
                linter.lint(&Script::new(&text, Dialect::Sh)).iter().map(|it| (it.code, it.level)).collect();
            assert_eq!(found, [(code, level)], "{text}");
        }
    }

    #[test]
    fn dash_and_busybox_have_options_that_posix_has_not() {
        let of = |dialect| {
            let findings = Linter::new().lint(&Script::new("ulimit -n 10 && read -r -p x y; read -p x y", dialect));
            findings.into_iter().map(|finding| finding.code).filter(|code| *code == 3045).count()
        };
        assert_eq!(of(Dialect::Sh), 3);
        assert_eq!((of(Dialect::Dash), of(Dialect::BusyBox)), (0, 0));
    }

    #[test]
    fn one_mistake_is_said_once() {
        assert_eq!(raised("cat <<END\nhello\n  END\n"), [1039]);
        assert_eq!(raised("1=value"), [2270]);
    }
}
