//! Mends of our own, and which of the library's are offered.
//!
//! A safe mend leaves a script doing what it does, in every shell that its dialect stands for and whatever its variables hold. Everything else
//! is for a person to look at. No mend is better than one that is a guess.

use crate::place::{Place, ends_word, first_command, last_command};
use crate::prelude::{is_name, is_name_letter};
use crate::script::{Script, ShellFinding, ShellFix};
use std::ops::Range;

/// The mend that a finding is offered with; the library's is there already.
pub(crate) fn mend(finding: &mut ShellFinding, script: &Script<'_>) {
    let place = Place { text: script.text, range: finding.range.clone() };
    let own = match finding.code {
        1007 => place.empty_value(),
        2006 => place.backticks(),
        2028 => place.escapes(),
        2155 => place.declaration(),
        2164 => place.directory(),
        3037 => place.option_of_echo(),
        3046 | 3051 => place.source(),
        _ => None,
    };
    if own.is_some() {
        finding.fix = own;
        return;
    }
    match finding.code {
        // The library deletes the blank, so that the value is what was a command.
        1007 if place.is_before_assignment() => finding.fix = None,
        // It renames the variable to `_`, which helps nobody.
        2034 => finding.fix = None,
        // Words that are to be split would be one.
        2086 if place.is_list() => finding.fix = None,
        2046 => match place.substitution() {
            Substitution::OneWord => offer_as_safe(finding, Some("put it in quotes")),
            Substitution::Part => {}
            Substitution::Whole => finding.fix = None,
        },
        2102 if place.is_extra_of_package() => offer_as_safe(finding, Some("put it in quotes")),
        // Another name of the same program, of the same signal; and an argument of `tr` that is no name of a file.
        2196 | 2197 if defines_egrep(script.text) => finding.fix = None,
        2060 | 2196 | 2197 | 3048 => offer_as_safe(finding, None),
        _ => {}
    }
}

/// Whether a script has a function of its own under the name of `egrep` or `fgrep`.
fn defines_egrep(script: &str) -> bool {
    let has = |sign: &str| script.contains(sign);
    has("egrep(") || has("egrep (") || has("fgrep(") || has("fgrep (") || has("function egrep") || has("function fgrep")
}

fn offer_as_safe(finding: &mut ShellFinding, label: Option<&str>) {
    if let Some(fix) = &mut finding.fix {
        fix.is_safe = true;
        if let Some(label) = label {
            fix.label = label.to_owned();
        }
    }
}

/// What a command substitution without quotes is to the command.
enum Substitution {
    /// A part of a word, and what it prints has no blank.
    OneWord,
    /// A part of a word.
    Part,
    /// A whole argument: several, perhaps, or none.
    Whole,
}

/// Commands that print one word of letters, digits and the like, with what may stand behind them.
const PRINT_ONE_WORD: &[&str] = &[
    "nproc",
    "nproc --all",
    "arch",
    "uname -m",
    "uname -s",
    "uname -r",
    "id -u",
    "id -g",
    "dpkg --print-architecture",
    "apk --print-arch",
    "getconf _NPROCESSORS_ONLN",
    "grep -c ^processor /proc/cpuinfo",
    "grep -c processor /proc/cpuinfo",
    "lsb_release -cs",
    "lsb_release -sc",
    "date +%s",
    "rpm -E %fedora",
    "rpm -E %rhel",
];

impl<'s> Place<'s> {
    /// `A= B=1` says `A='' B=1`.
    fn empty_value(&self) -> Option<ShellFix> {
        let equals = self.before().trim_end().len();
        let is_there = self.before().trim_end().ends_with('=');
        (is_there && self.is_before_assignment())
            .then(|| fix("write the empty value as two quotes", true, vec![(equals..equals, "''".to_owned())]))
    }

    fn is_before_assignment(&self) -> bool {
        let rest = self.text.get(self.range.start..).unwrap_or_default().trim_start_matches([' ', '\t']);
        rest.split_once('=').is_some_and(|(name, _)| is_name(name))
    }

    /// `$( )` reads what is in it as it would be read elsewhere. So it does with what is in backticks, but for backslashes. Some texts with a
    /// bracket, a comment or a here-document would be cut at another place.
    fn backticks(&self) -> Option<ShellFix> {
        let inside = self.spot().strip_prefix('`')?.strip_suffix('`')?;
        let is_plain = !inside.contains(['`', '\\', '#', '\n', '(', ')']) && !inside.contains("<<");
        let is_alone = !self.before().ends_with(['$', '\\']);
        if !is_plain || !is_alone || inside.trim().is_empty() || inside.split_whitespace().any(|word| word == "case") {
            return None;
        }
        let Range { start, end } = self.range;
        let edits = vec![(start..start + 1, "$(".to_owned()), (end - 1..end, ")".to_owned())];
        Some(fix("write `$( )` instead of backticks", true, edits))
    }

    /// One text for `echo` with escapes in it is what `printf '%b\n'` takes.
    fn escapes(&self) -> Option<ShellFix> {
        let command = self.words_before()?;
        if command.trim() != "echo" || !self.ends_command() || self.has_control_escape() {
            return None;
        }
        let start = self.range.start - command.trim_start().len();
        let edits = vec![(start..start + "echo".len(), "printf '%b\\n'".to_owned())];
        Some(fix("print it with `printf`, which makes of escapes what they stand for", false, edits))
    }

    /// `echo -n` and `echo -e` with one text.
    fn option_of_echo(&self) -> Option<ShellFix> {
        let command = self.words_before()?;
        if command.trim() != "echo" {
            return None;
        }
        let format = match self.spot() {
            "-n" => "'%s'",
            "-e" => "'%b\\n'",
            "-ne" | "-en" => "'%b'",
            _ => return None,
        };
        let blanks = self.after().len() - self.after().trim_start_matches([' ', '\t']).len();
        let argument = self.range.end + blanks;
        let rest = self.text.get(argument..)?;
        let word = rest.get(..word_end(rest)?)?;
        let whole = Place { text: self.text, range: argument..argument + word.len() };
        if blanks == 0 || word.is_empty() || !whole.ends_command() || whole.has_control_escape() {
            return None;
        }
        // Where the option is known, a text without escapes and values is printed as it is, unless it is one more option.
        let is_option = word.trim_start_matches(['"', '\'']).starts_with('-');
        let is_plain = !word.contains(['\\', '$', '`', '*', '?', '[', '~', '{']);
        let is_safe = self.spot() == "-n" && is_plain && !is_option;
        let start = self.range.start - command.trim_start().len();
        let edits = vec![(start..start + "echo".len(), "printf".to_owned()), (self.range.clone(), format.to_owned())];
        Some(fix("print it with `printf`, which does the same in every shell", is_safe, edits))
    }

    /// `\c` ends what `echo` prints, and what `printf` prints as well, but not in every shell.
    fn has_control_escape(&self) -> bool {
        self.spot().contains("\\c") || self.spot().contains("\\0")
    }

    /// `export A=$(b)` as `A=$(b); export A`, where nothing in front of it or behind it would be tied to another command than before.
    fn declaration(&self) -> Option<ShellFix> {
        let name = self.spot();
        let command = self.words_before()?;
        let keyword = command.trim();
        if !matches!(keyword, "export" | "readonly") || !is_name(name) {
            return None;
        }
        let value = self.after().strip_prefix('=')?;
        let length = word_end(value)?;
        let rest = value.get(length..)?.trim_start_matches([' ', '\t']);
        let is_chained = self.text.get(..self.range.start - command.len())?.trim_end().ends_with("&&");
        let joint = if rest.starts_with("&&") || is_chained {
            " && "
        } else if rest.starts_with(';') && !rest.starts_with(";;") || rest.starts_with('\n') {
            "; "
        } else {
            return None;
        };
        let is_ended = rest.is_empty() || rest.starts_with([';', '\n', ')', '}']) || rest.starts_with("&&");
        let begins = self.begins_command(command) || is_chained;
        if !is_ended || !begins {
            return None;
        }
        let start = self.range.start - command.trim_start().len();
        let end = self.range.end + 1 + length;
        let edits = vec![(start..self.range.start, String::new()), (end..end, [joint, keyword, " ", name].concat())];
        Some(fix("set it first and declare it then, so that a failure is seen", false, edits))
    }

    /// `cd a` as `cd a || exit`.
    fn directory(&self) -> Option<ShellFix> {
        let rest = self.after().trim_start_matches([' ', '\t']);
        let is_ended = rest.starts_with(';') && !rest.starts_with(";;") || rest.starts_with('\n');
        let before = self.words_before()?;
        let is_command = before.trim().is_empty() && self.begins_command(before);
        // In a function `return` may be meant.
        if !is_ended || !is_command || self.before().contains("()") {
            return None;
        }
        let end = self.range.start + self.spot().trim_end().len();
        Some(fix("end the script when it fails", false, vec![(end..end, " || exit".to_owned())]))
    }

    /// `.` is what `source` is everywhere that has it. Where the file is missing, some shells end with `.` and go on with `source`.
    fn source(&self) -> Option<ShellFix> {
        let rest = self.spot().strip_prefix("source")?;
        let end = self.range.end - rest.len();
        let is_whole = rest.starts_with([' ', '\t']) || rest.is_empty() && self.after().starts_with([' ', '\t']);
        is_whole.then(|| fix("write `.` for it", false, vec![(self.range.start..end, ".".to_owned())]))
    }

    /// What stands in front of the place in its command, if that is words alone.
    fn words_before(&self) -> Option<&'s str> {
        Some(last_command(self.before())).filter(|command| !command.contains(['"', '\'', '\\', '$', '<', '>']))
    }

    /// Whether a command begins where its words do and is tied to none before it.
    fn begins_command(&self, words: &str) -> bool {
        let before = self.before();
        let joint = before.get(..before.len() - words.len()).unwrap_or_default().trim_end_matches([' ', '\t']);
        joint.is_empty() || joint.ends_with([';', '\n', '(']) && !joint.ends_with("$(")
    }

    /// Whether a command ends behind the place, or goes on with redirections alone.
    fn ends_command(&self) -> bool {
        let rest = self.after();
        let is_apart = rest.is_empty() || rest.starts_with([' ', '\t', '\n', ';', '&', '|', '>', ')']);
        let words = first_command(rest).trim();
        let file = words.trim_start_matches('>');
        is_apart
            && (words.is_empty()
                || file.len() < words.len() && file.split_whitespace().count() == 1 && !file.contains(['<', '>']))
    }

    /// Whether the value of the variable at the place is meant to be several words: so its name says, or what it is given in the script.
    fn is_list(&self) -> bool {
        let is_word = self.before().chars().next_back().is_none_or(ends_word);
        let is_whole = is_word && self.after().chars().next().is_none_or(ends_word);
        let name: String =
            self.spot().chars().skip_while(|it| !is_name_letter(*it)).take_while(|it| is_name_letter(*it)).collect();
        if !is_whole || name.is_empty() {
            return false;
        }
        let upper = name.to_ascii_uppercase();
        let says_so = ["OPT", "ARG", "LIST", "EXTRA"];
        let is_plural = upper.ends_with('S') && !["SS", "US", "IS", "OS"].iter().any(|end| upper.ends_with(end));
        is_plural || upper.split('_').any(|part| says_so.contains(&part)) || self.is_given_several(&name)
    }

    /// Whether the script gives a variable a text with blanks in quotes.
    fn is_given_several(&self, name: &str) -> bool {
        let assigned = [name, "="].concat();
        self.text.match_indices(&assigned).any(|(at, _)| {
            let value = self.text.get(at + assigned.len()..).unwrap_or_default();
            let quoted = value.get(..word_end(value).unwrap_or(0)).unwrap_or_default();
            quoted.starts_with(['"', '\'']) && quoted.trim_matches(['"', '\'']).trim().contains([' ', '\n', '\t'])
        })
    }

    /// `pip install name[extra]`: no file is meant.
    fn is_extra_of_package(&self) -> bool {
        let command = last_command(self.before());
        let is_plain = self.spot().chars().all(|it| is_name_letter(it) || "[]-,.".contains(it));
        is_plain && command.split_whitespace().any(|word| word == "install") && !command.ends_with(char::is_whitespace)
    }

    fn substitution(&self) -> Substitution {
        let is_glued = self.before().chars().next_back().is_some_and(|before| !ends_word(before))
            || self.after().chars().next().is_some_and(|after| !ends_word(after));
        if !is_glued {
            return Substitution::Whole;
        }
        let spot = self.spot();
        let command = spot.strip_prefix("$(").and_then(|rest| rest.strip_suffix(')'));
        let command = command.or_else(|| spot.strip_prefix('`')?.strip_suffix('`')).unwrap_or_default().trim();
        // What is a blank to the shell the script may change.
        let is_usual = !self.text.contains("IFS");
        if is_usual && PRINT_ONE_WORD.contains(&command) { Substitution::OneWord } else { Substitution::Part }
    }
}

fn fix(label: &str, is_safe: bool, edits: Vec<(Range<usize>, String)>) -> ShellFix {
    ShellFix { label: label.to_owned(), is_safe, edits }
}

/// Where the word ends with which a text begins. `None` where that cannot be told.
pub(crate) fn word_end(text: &str) -> Option<usize> {
    // What is open, the innermost last: a quote, or a bracket that will close.
    let mut open: Vec<char> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let innermost = open.last().copied();
        match character {
            '\'' if innermost == Some('\'') => {
                open.pop();
            }
            _ if innermost == Some('\'') => {}
            '\\' => {
                characters.next()?;
            }
            '"' if innermost == Some('"') => {
                open.pop();
            }
            '"' => open.push('"'),
            '`' if innermost == Some('`') => {
                open.pop();
            }
            '`' if open.contains(&'`') => return None,
            '`' => open.push('`'),
            '\'' if innermost != Some('"') => open.push('\''),
            '$' => match characters.peek() {
                Some((_, '(')) => {
                    characters.next();
                    open.push(')');
                }
                Some((_, '{')) => {
                    characters.next();
                    open.push('}');
                }
                Some((_, '\'')) => return None,
                _ => {}
            },
            '(' if innermost == Some(')') => open.push(')'),
            ')' | '}' if innermost == Some(character) => {
                open.pop();
            }
            // What is a comment, or a pattern of a case, is not looked at here.
            '#' if innermost == Some(')') && text.get(..at).is_some_and(|before| before.ends_with([' ', '\n'])) => {
                return None;
            }
            _ if open.is_empty() && ends_word(character) => return Some(at),
            _ => {}
        }
    }
    open.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests;
