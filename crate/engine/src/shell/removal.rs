//! Whether a command takes a directory's content away.

use super::command::Command;

/// How many words braces may stand for: `{a,b}{c,d}` stands for four.
const MOST_ALTERNATIVES: usize = 64;

impl Command {
    /// Whether it deletes what is in a directory: `rm` of the directory, of one above it or of a pattern in it, or `find … -delete`.
    ///
    /// Braces count as a list whatever the shell makes of them: whether it knows them is another question.
    pub fn empties(&self, directory: &str) -> bool {
        match self.program() {
            Some("rm") => self.operands().iter().any(|word| reaches(word.shown(), directory)),
            Some("find") => {
                let deletes = self.arguments().iter().any(|word| word.is("-delete") || word.is("rm"));
                // The places to search stand before the first test.
                let mut places = self.arguments().iter().take_while(|word| !word.is_flag());
                deletes && places.any(|word| reaches(word.shown(), directory))
            }
            _ => false,
        }
    }
}

/// Whether a path with wildcards takes in all of a directory, or files in it by a wildcard.
fn reaches(path: &str, directory: &str) -> bool {
    alternatives(path).iter().any(|path| {
        if !path.starts_with('/') {
            return false;
        }
        let mut directory = directory.split('/').filter(|part| !part.is_empty());
        for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
            match directory.next() {
                Some(name) if fits(part, name) => {}
                Some(_) => return false,
                None => return part.contains('*'),
            }
        }
        true
    })
}

/// The words that one with `{a,b}` stands for.
fn alternatives(word: &str) -> Vec<String> {
    let mut open = vec![word.to_owned()];
    let mut done = Vec::new();
    while let Some(word) = open.pop() {
        match first_braces(&word) {
            Some((before, inner, after)) if open.len() + done.len() < MOST_ALTERNATIVES => {
                open.extend(inner.split(',').map(|choice| format!("{before}{choice}{after}")));
            }
            _ => done.push(word),
        }
    }
    done
}

/// The first braces that hold no others, with what stands before and behind them.
fn first_braces(word: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = word.split_once('}')?;
    let (before, inner) = before.rsplit_once('{')?;
    (inner.contains(',') && !before.ends_with('$')).then_some((before, inner, after))
}

/// Whether a name fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut ends_open = false;
    let mut has_star = false;
    for piece in pieces {
        has_star = true;
        ends_open = piece.is_empty();
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None if piece.is_empty() => {}
            None => return false,
        }
    }
    rest.is_empty() || (has_star && ends_open)
}

#[cfg(test)]
mod tests {
    use crate::shell::{Dialect, parse};

    fn empties(command: &str, directory: &str) -> bool {
        parse(command, 0.into(), Dialect::Bash).commands.iter().any(|command| command.empties(directory))
    }

    #[test]
    fn a_directory_goes_with_those_above_it_and_with_patterns_in_it() {
        for command in [
            "rm -rf /var/lib/apt/lists/*",
            "rm -r /var/lib/apt/lists",
            "rm -rf /tmp/* /var/lib/apt/lists/ /var/tmp/*",
            "sudo rm -fr /var/lib/apt",
            "rm -rf /var/lib/apt/*",
            "rm -rf /var/lib/{apt,dpkg,cache,log}/",
            "rm -rf /var/{lib/{apt,dpkg},cache}/lists",
            "rm -rf \"/var/lib/apt/lists\"/*",
            "rm /var/lib/apt/lists/*_*",
            "rm -rf /var/l*/apt/lists",
            "find /var/lib/apt/lists -type f -delete",
            "find /tmp /var/lib/apt/ -mindepth 1 -exec rm -rf {} +",
        ] {
            assert!(empties(command, "/var/lib/apt/lists"), "{command}");
        }
    }

    #[test]
    fn what_lies_elsewhere_or_deeper_stays() {
        for command in [
            "rm -rf /var/lib/apt/lists/partial",
            "rm -rf /var/cache/apt/*",
            "rm -rf lists/*",
            "rm -rf $LISTS",
            "rm -rf /var/lib/{dpkg,log}",
            "ls /var/lib/apt/lists",
            "find /var/lib/apt/lists -type f",
            "echo rm -rf /var/lib/apt/lists",
        ] {
            assert!(!empties(command, "/var/lib/apt/lists"), "{command}");
        }
    }

    #[test]
    fn braces_without_end_stay_few() {
        assert!(!empties(&format!("rm {}", "{a,b}".repeat(2000)), "/x"));
    }
}
