//! What is said of a finding: one sentence that names the thing at its place.
//!
//! The library's own messages say what to do in general. Here stands what is so at this place, for every code whose finding can be named by
//! what stands there; for the others the library's message stays.

use crate::place::{Place, ends_word, first_command, last_command};
use crate::prelude::is_name_letter;
use crate::script::{Dialect, Script};
use std::ops::Range;

/// So many characters of what stands at a place are shown.
const SHOWN: usize = 40;

/// The sentence for a finding; `None` where the code has none, or nothing stands there that could be named.
pub(crate) fn sentence(code: u16, script: &Script<'_>, range: &Range<usize>) -> Option<String> {
    let at = SENTENCES.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    let (_, sentence) = SENTENCES.get(at)?;
    let place = Place { text: script.text, range: range.clone() };
    let mut said = String::new();
    let mut rest = *sentence;
    while let Some((before, from)) = rest.split_once('{') {
        let (what, after) = from.split_once('}')?;
        said.push_str(before);
        if what == "shell" {
            said.push_str(name_of(script.dialect));
        } else {
            said.push('`');
            said.push_str(&shortened(place.named(what)?)?);
            said.push('`');
        }
        rest = after;
    }
    said.push_str(rest);
    Some(said)
}

fn name_of(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sh => "a POSIX `sh`",
        Dialect::Dash => "`dash`",
        Dialect::BusyBox => "BusyBox's `ash`",
        Dialect::Bash => "`bash`",
        Dialect::Ksh => "`ksh`",
    }
}

/// A text on one line, without what could be taken for the end of the code in the sentence, and not too long. `None` when nothing is left.
fn shortened(text: &str) -> Option<String> {
    let mut shown = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if !shown.is_empty() {
            shown.push(' ');
            length += 1;
        }
        for character in word.chars() {
            if length == SHOWN || character == '`' {
                let whole = shown.trim_end().len();
                shown.truncate(whole);
                shown.push('…');
                return (whole > 0).then_some(shown);
            }
            shown.push(character);
            length += 1;
        }
    }
    (!shown.is_empty()).then_some(shown)
}

impl<'s> Place<'s> {
    /// What a sentence means by a word in braces.
    fn named(&self, what: &str) -> Option<&'s str> {
        let spot = self.seen()?;
        match what {
            "" => Some(spot),
            "in" => Some(inside(spot)),
            "name" => name(spot),
            "first" => spot.split_whitespace().next(),
            "word" => self.word(),
            "before" => last_word(self.before().trim_end()),
            "after" => first_word(self.after().trim_start()),
            "command" => self.command(),
            "expansion" => expansion(spot),
            "rest" => rest(spot),
            "escape" => spot.match_indices('\\').find_map(|(at, _)| token(spot.get(at..)?)),
            _ => None,
        }
    }

    /// What stands at the place. A point between two characters stands for what follows it, and at the end of a line for what is before: that
    /// is what is underlined in the file as well.
    fn seen(&self) -> Option<&'s str> {
        let (before, after) = (self.before(), self.after());
        if !self.range.is_empty() {
            return Some(self.spot());
        }
        if after.is_empty() || after.starts_with(['\n', '\r']) {
            let (last, _) = before.char_indices().next_back()?;
            return before.get(last..);
        }
        token(after)
    }

    /// The word in which the place is.
    fn word(&self) -> Option<&'s str> {
        let before = last_word(self.before()).unwrap_or_default();
        let after = first_word(self.after()).unwrap_or_default();
        self.text.get(self.range.start - before.len()..self.range.end + after.len())
    }

    /// The command in which the place is, as far as it can be told without reading the script.
    fn command(&self) -> Option<&'s str> {
        let (before, after) = (last_command(self.before()), first_command(self.after()));
        self.text.get(self.range.start - before.len()..self.range.end + after.len())
    }
}

fn last_word(text: &str) -> Option<&str> {
    text.rsplit(ends_word).next()
}

fn first_word(text: &str) -> Option<&str> {
    text.split(ends_word).next()
}

/// The smallest thing that a text begins with: a word of letters and digits, a backslash with what it is for, or one character.
fn token(text: &str) -> Option<&str> {
    let letters = text.find(|character| !is_name_letter(character)).unwrap_or(text.len());
    let mut characters = text.chars();
    let length = match characters.next()? {
        '\\' => 1 + characters.next().filter(|next| !next.is_whitespace()).map_or(0, char::len_utf8),
        first => letters.max(first.len_utf8()),
    };
    text.get(..length)
}

/// A command without what makes a substitution of it, a text without its quotes.
fn inside(text: &str) -> &str {
    let without = |start: &str, end: &str| text.strip_prefix(start)?.strip_suffix(end);
    let unquoted = without("\"", "\"").or_else(|| without("'", "'")).unwrap_or(text);
    let without = |start: &str, end: &str| unquoted.strip_prefix(start)?.strip_suffix(end);
    without("$(", ")").or_else(|| without("`", "`")).unwrap_or(unquoted).trim()
}

/// The first name in a text: that of a variable, or of a function which is defined there.
fn name(text: &str) -> Option<&str> {
    let text = text.strip_prefix("function ").unwrap_or(text);
    let start = text.find(is_name_letter)?;
    text.get(start..)?.split(|character| !is_name_letter(character)).next()
}

/// The first expansion in a text: `$name`, `${name}`, `$(command)`.
fn expansion(text: &str) -> Option<&str> {
    let is_expanded = |next: char| is_name_letter(next) || "{(?@*#!$-".contains(next);
    let starts = text.match_indices('$').map(|(at, _)| at);
    starts.into_iter().find_map(|start| {
        let from = text.get(start..)?;
        let next = from.get(1..)?.chars().next().filter(|next| is_expanded(*next))?;
        let end = match next {
            '{' => closed(from, '{', '}')?,
            '(' => closed(from, '(', ')')?,
            '0'..='9' => 2,
            _ if is_name_letter(next) => {
                1 + from.get(1..)?.find(|character| !is_name_letter(character)).unwrap_or(from.len() - 1)
            }
            _ => 1 + next.len_utf8(),
        };
        from.get(..end)
    })
}

/// Where the first bracket of a text is closed again.
fn closed(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        if character == open {
            depth += 1;
        } else if character == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at + close.len_utf8());
            }
        }
    }
    None
}

/// What is left of a word when the expansion with which it begins is empty.
fn rest(text: &str) -> Option<&str> {
    let text = inside(text);
    let expanded = expansion(text).filter(|expansion| text.starts_with(expansion))?;
    text.get(expanded.len()..).filter(|rest| !rest.contains('"'))
}

/// In the order of the codes. In braces stands what is named: nothing for what is at the place, and otherwise as in [`Place::named`].
const SENTENCES: &[(u16, &str)] = &[
    (1001, "The backslash of {} does nothing: the shell takes it away"),
    (1003, "A backslash within single quotes is only a backslash, and hides no quote behind it"),
    (1007, "{before} gives an empty value, since a blank follows the `=`"),
    (1010, "{} stands among the words of a command; to close a loop or a block it needs a `;` or a line of its own"),
    (1012, "{} without quotes is only a letter: the shell takes the backslash away"),
    (1020, "The `]` of a test needs a blank in front of it"),
    (1035, "{} needs a blank behind it"),
    (1037, "The shell takes only the first digit of {} for the number of an argument"),
    (1044, "No line ends the here-document that {} begins"),
    (1045, "A `&` ends a command already, so that the {} behind it is an error"),
    (1048, "In front of {} the `else` has no command"),
    (1064, "The body of a function stands in braces, and {} does not"),
    (1065, "A function of a shell has no list of parameters: it is given `$1`, `$2` and so on"),
    (1069, "{} needs a blank between the keyword and the bracket"),
    (1075, "This `else if` opens a second `if`, which needs a `fi` of its own; `elif` does not"),
    (1078, "A string that began before goes on over the end of its line: a quote may be missing"),
    (1079, "A string ends here that began lines before: a quote may be missing"),
    (1083, "{} is a plain brace here: no list and no block begins or ends with it"),
    (1087, "{word} is a whole value and then a text in brackets; an element of an array needs braces"),
    (1089, "{} closes nothing that is open"),
    (1110, "{} is a typographic quote, which the shell takes for a letter"),
    (1112, "{} is a typographic quote within single quotes, where a plain one may be meant"),
    (1127, "{} begins no comment in a shell; `#` does"),
    (1132, "{} ends the command and sends it to the background, as it is not in quotes"),
    (1133, "{} begins a line, and belongs at the end of the line before"),
    (2001, "{} starts `sed` for a replacement that the shell can make itself"),
    (2003, "{} starts a program for a sum, which `$(( ))` makes in the shell itself"),
    (2004, "{} needs no `$` within `$(( ))`"),
    (2005, "Through `echo` goes what {in} prints anyway, and its exit status is lost"),
    (2006, "{in} stands in backticks, which do not nest and are easily taken for quotes"),
    (2007, "{} is an old form of `$(( ))`"),
    (2009, "{} lists processes for people to read, and `grep` finds itself in it"),
    (2010, "{command} lists names for people to read, and unusual ones come out changed"),
    (2011, "`xargs` splits the names that {command} prints at blanks and quotes"),
    (2012, "{} lists names for people to read, and unusual ones come out changed"),
    (2013, "The loop goes through the words that {in} prints, and not through its lines"),
    (2014, "{} is expanded once, before `find` begins, and not for each file"),
    (2015, "What follows `||` runs also when the command behind {} fails: this is no if-then-else"),
    (2016, "{expansion} stays as it is written: single quotes expand nothing"),
    (2018, "{} leaves out letters beyond a to z, which `[:lower:]` has"),
    (2019, "{} leaves out letters beyond A to Z, which `[:upper:]` has"),
    (2021, "The brackets of {} are characters like others to `tr`"),
    (2022, "In {}, a pattern of `grep`, `*` repeats the character in front of it"),
    (2024, "The file behind {} is opened by this shell, without the rights that `sudo` gives"),
    (2026, "{} stands outside of the quotes on both sides of it"),
    (2027, "{} stands outside of the quotes on both sides of it"),
    (2028, "What `echo` makes of {escape} depends on the shell"),
    (2029, "{} is expanded here, before `ssh` hands the command over"),
    (2030, "{name} is set in a subshell, and has its old value again behind it"),
    (2031, "{} was set in a subshell, and has its old value here"),
    (2034, "{name} is set here, and never used in this script"),
    (2035, "{word} also matches names that begin with `-`, which are then taken for options"),
    (2038, "`xargs` splits the names that {} prints at blanks and quotes"),
    (2043, "The loop runs once, since {} is all that it goes through"),
    (2044, "The loop takes a name with a blank, which {in} may print, for two names"),
    (2045, "The loop takes a name with a blank, which {in} may print, for two names"),
    (2046, "What {in} prints is not in quotes, so the shell splits it at blanks and expands `*` in it"),
    (2048, "{} is not in quotes, so an argument with a blank becomes two"),
    (2050, "{before} and {after} are fixed words, so this comparison always says the same"),
    (2053, "{} is not in quotes, so it is compared as a pattern"),
    (2054, "The commas in {} become parts of the elements"),
    (2059, "{expansion} is part of a format, and `printf` reads a `%` or a backslash in its value as part of it too"),
    (2060, "{} is not in quotes, so the shell may put the name of a file in its place"),
    (2061, "{} is not in quotes, so the shell may expand it before `find` sees it"),
    (2062, "{} is not in quotes, so the shell may expand it before `grep` sees it"),
    (2063, "{} begins with a `*`, which repeats nothing in a pattern of `grep`"),
    (2064, "{} is expanded when the trap is set, and not when it runs"),
    (2066, "The quotes make one word of what {in} gives, so the loop runs once"),
    (2068, "{} is not in quotes, so an element with a blank becomes two"),
    (2069, "{} comes too early: errors go where the output went until then"),
    (2070, "{} is not in quotes, so the test is true even when it is empty"),
    (2071, "{} compares texts; `-gt` and `-lt` compare numbers"),
    (2072, "{} is compared as a text, by which 3.10 comes before 3.9"),
    (2076, "{} is in quotes, so `=~` looks for just that text"),
    (2078, "{} is a fixed word, so this test is always true"),
    (2080, "{} begins with a zero, which makes it an octal number, and it is none"),
    (2081, "{} is no pattern here: `[ ]` compares character by character"),
    (2086, "{} is not in quotes, so the shell splits its value at blanks and expands `*` in it"),
    (2088, "{} is in quotes, so its `~` does not become the home directory"),
    (2089, "The quotes within {} stay characters where the variable is used"),
    (2090, "Quotes in the value of {} are only characters here, and group nothing"),
    (2091, "What {in} prints is run as a command"),
    (2092, "What {in} prints is run as a command"),
    (2094, "{} is read and written by the same pipeline"),
    (2097, "{name} is set for this command alone, when its words are already expanded"),
    (2098, "{} is expanded before the assignment in front of the command counts"),
    (2100, "{} is a text and no sum; that needs `$(( ))`"),
    (2102, "{} stands for one of its characters, as it is not in quotes"),
    (2103, "{} is wrong when the `cd` before it failed; a subshell needs no way back"),
    (2104, "{} stands outside of a loop"),
    (2105, "{} stands outside of a loop"),
    (2115, "{} is {rest} when the variable is empty, and `rm` would remove that"),
    (2116, "The `echo` of {} only repeats its arguments, which could stand here themselves"),
    (2117, "{} opens a new shell, and what follows runs only when that has ended"),
    (2119, "{} is called without the arguments that it uses"),
    (2120, "{name} uses arguments, and is never given any"),
    (2121, "{} sets no option without a `-` in front of it; it becomes `$1`"),
    (2124, "{} is a list, of which an assignment makes one text"),
    (2125, "{} is not expanded in an assignment"),
    (2126, "{} prints lines that are counted behind it, and `grep -c` counts them itself"),
    (2128, "{} is only the first element of its array"),
    (2129, "{} opens a file that the commands behind it open again"),
    (2139, "{} is expanded when the alias is defined, and not when it is used"),
    (2140, "{} stands outside of the quotes on both sides of it"),
    (2141, "{} makes separators of a backslash and a letter, and not of a line break"),
    (2142, "{} uses arguments, which an alias does not have"),
    (2143, "This test collects all that `grep` prints, where `grep -q` only answers"),
    (2144, "{} may match several files, and the test takes one"),
    (2145, "{} puts a list into a text, which falls into several words there"),
    (2146, "{} belongs to the last of the alternatives alone"),
    (2154, "{} is used here, but {name} is set nowhere: not in this script, and not before it"),
    (2155, "{name} is declared and set in one step, which hides a failure of the command in its value"),
    (2156, "{} has the name of a file put into it, and a name may hold commands"),
    (2157, "{} is a fixed word, so this test always says the same"),
    (2158, "{} is a word like any other here, so this test is true"),
    (2159, "{} is a word like any other here, so this test is true"),
    (2160, "{} is a word like any other here, and the test would be true with any"),
    (2161, "{} is a word like any other here, and the test would be true with any"),
    (2162, "{} without `-r` takes backslashes out of what it reads"),
    (2163, "{} exports the variable that its value names"),
    (2164, "{} may fail, and what follows then runs in the wrong directory"),
    (2166, "{} within a test is not read alike by every shell; `&&` and `||` between tests are"),
    (2168, "{first} stands outside of a function"),
    (2172, "{} is the number of a signal, which is not the same on every system"),
    (2178, "{name} held a list, and is given one text"),
    (2179, "{name} is a list, and this lengthens its first element"),
    (2181, "{} is asked for, where the command itself could be the condition"),
    (2184, "{} is not in quotes, so the shell may put the name of a file in its place"),
    (2186, "{} is not on every system, and `mktemp` is"),
    (2188, "{} is given to no command"),
    (2194, "{} is a fixed word, so always the same branch is taken"),
    (2195, "{} can never match"),
    (2196, "{} is deprecated, and newer versions say so each time; `grep -E` does the same"),
    (2197, "{} is deprecated, and newer versions say so each time; `grep -F` does the same"),
    (2198, "{} is a list, and a test compares one text"),
    (2199, "{} is a list, and a test compares one text"),
    (2202, "{} may become several words, which `[ ]` cannot compare"),
    (2206, "{} is not in quotes, so the shell splits its value at blanks and expands `*` in it"),
    (2207, "What {in} prints is split at blanks, so a line with a blank becomes two elements"),
    (2209, "{name} is given the name of a command, and not what it prints"),
    (2210, "{} writes to a file of that name"),
    (2211, "{} runs the first file that matches, and gives it the others as arguments"),
    (2212, "This test is empty, so it is never true"),
    (2214, "{} has a branch here, and `getopts` does not know it"),
    (2215, "{} is run as a command: the line before it may lack its backslash"),
    (2217, "{first} does not read what the here-document gives it"),
    (2218, "{} is called before it is defined"),
    (2219, "{} needs quotes for its blanks and operators, which `$(( ))` does not"),
    (2220, "This `case` has no branch for an option that `getopts` does not know"),
    (2221, "{} takes what a later pattern is for"),
    (2222, "{} is never reached: an earlier pattern takes all of it"),
    (2223, "{} is not in quotes, so its value is split and expanded once it is set"),
    (2231, "{} is not in quotes, so a folder with a blank in its name becomes two words"),
    (2233, "{} starts a subshell for one test"),
    (2235, "{} starts a subshell where braces would do"),
    (2238, "{} is a file here, which is written to; no command of that name is run"),
    (2240, "{} is given to a script that `.` runs, and {shell} does not pass it on"),
    (2242, "{} is no number, and an exit status is one"),
    (2252, "One of the two sides of {} is always true, so both together are"),
    (2254, "{} is not in quotes, so it is matched as a pattern"),
    (2260, "{} takes the output, so that nothing goes through the pipe"),
    (2261, "{} is one of several redirections of the same output, of which the last counts"),
    (2267, "{} is an option of `xargs` that is deprecated; `-I` takes its place"),
    (2268, "The `x` of {} is for shells of long ago"),
    (2270, "{} cannot be set with `=`"),
    (2276, "{} is no assignment, so it is run as a command"),
    (2280, "{} does not set the name of the script"),
    (2282, "{} is no assignment, since no name begins so, and is run as a command"),
    (2288, "{} is run as a command"),
    (2290, "The blanks beside {} make separate words of this assignment"),
    (2291, "{} has several blanks in a row, of which `echo` prints one"),
    (2294, "`eval` makes one text of {} and splits it anew"),
    (2295, "{} is not in quotes, so it is matched as a pattern"),
    (2296, "{} is syntax of zsh"),
    (2299, "{} puts one expansion into another, which only zsh can"),
    (2300, "{} is syntax of zsh"),
    (2301, "{} is syntax of zsh"),
    (2308, "{} is an operator that not every `expr` has"),
    (2309, "{} is compared as a number, and is a text"),
    (2316, "{} is taken for the name of a variable"),
    (2317, "{} is never reached"),
    (2318, "{} is used in the command that sets it, where it still has its old value"),
    (2319, "{} is how the test ended, and no longer how the command before it did"),
    (2321, "{} needs no `$(( ))` where it is an index"),
    (2323, "The parentheses of {} do nothing"),
    (2327, "{in} sends its output elsewhere, so nothing of it is left to take"),
    (2328, "{} takes away the output that is to be the value"),
    (2329, "{name} is defined, and never called"),
    (2331, "{} also means and; `-e` only asks whether a file exists"),
    (3001, "{} is a process substitution, which {shell} does not have"),
    (3002, "{} is an extended pattern, which {shell} does not have"),
    (3003, "{} is a string with escapes, which {shell} does not have"),
    (3004, "{} is a translated string, which {shell} does not have"),
    (3005, "A loop with `(( ))` behind {} is one that {shell} does not have"),
    (3006, "{} is arithmetic as a command, which {shell} does not have"),
    (3007, "{} is an old form of arithmetic, which {shell} does not have"),
    (3008, "{} is a loop that {shell} does not have"),
    (3009, "{} is a brace expansion, which {shell} does not have: it stays one word"),
    (3010, "{} is a test that {shell} does not have"),
    (3011, "{} is a here-string, which {shell} does not have"),
    (3012, "{} compares the order of texts, which {shell} cannot"),
    (3014, "`==` compares in bash, and {shell} does it with `=`"),
    (3015, "{} compares with a regular expression, which {shell} cannot"),
    (3016, "{} asks whether a variable is set, which {shell} cannot"),
    (3017, "{} asks whether a file exists, for which {shell} has `-e`"),
    (3018, "{} counts on, which {shell} cannot"),
    (3020, "{shell} reads {} as a `&` and a redirection: the command goes to the background"),
    (3021, "{} redirects output and errors in bash; {shell} expects a number there"),
    (3022, "{} opens a file under a free number, which {shell} cannot"),
    (3024, "{name} is lengthened with `+=`, which {shell} does not have"),
    (3026, "The `^` in {} is a character like others for {shell}; `!` means not"),
    (3029, "{} pipes the errors too in bash, and {shell} does not have it"),
    (3030, "{} is an array, which {shell} does not have"),
    (3032, "{} runs beside the script, which {shell} cannot"),
    (3033, "{first} has a hyphen, which {shell} does not allow in the name of a function"),
    (3034, "{} is a file's content in bash, and nothing in {shell}"),
    (3037, "{} is an option of `echo` that not every `sh` has: some print it"),
    (3039, "{} is a command that {shell} does not have"),
    (3040, "{} is an option that {shell} does not have"),
    (3041, "{} is an option that {shell} does not have"),
    (3043, "{} is a variable of one function alone, which {shell} does not have"),
    (3044, "{first} is a command that {shell} does not have"),
    (3045, "{} is an option that {shell} does not have here"),
    (3046, "{first} is bash's name for `.`, and {shell} does not have it"),
    (3047, "{} is a trap that {shell} does not have"),
    (3048, "{} names a signal with its `SIG`, which {shell} does not take"),
    (3050, "{} has a `%q`, which {shell} does not have"),
    (3051, "{first} is bash's name for `.`, and {shell} does not have it"),
    (3052, "{} is a number with its base, which {shell} does not have"),
    (3053, "{} is the value of the variable that another one names, which {shell} does not have"),
    (3054, "{} is an element of an array, which {shell} does not have"),
    (3055, "{} is what an array's elements are found by, and {shell} has no arrays"),
    (3057, "{} is a part of a value, which {shell} cannot cut out"),
    (3058, "{} cuts something off every argument, which {shell} cannot"),
    (3059, "{} changes between capitals and small letters, which {shell} cannot"),
    (3060, "{} replaces something in a value, which {shell} cannot"),
    (3061, "{} without a name sets `REPLY` in bash, and is an error in {shell}"),
    (3062, "{} asks for an option of the shell, which {shell} cannot"),
    (3065, "{} is a test that {shell} does not have"),
    (3067, "{} is a test that {shell} does not have"),
];

#[cfg(test)]
mod tests {
    use super::{SENTENCES, sentence};
    use crate::explained::explained;
    use crate::{Dialect, Linter, Script, codes};

    fn said(text: &str, dialect: Dialect, code: u16) -> String {
        let found = Linter::new().lint(&Script::new(text, dialect));
        let of_code = found.into_iter().find(|finding| finding.code == code);
        of_code.unwrap_or_else(|| panic!("SC{code} in {text}")).message
    }

    #[test]
    fn a_sentence_names_what_stands_there() {
        for (code, dialect, text, expected) in [
            (
                2086,
                Dialect::Sh,
                "read -r a; cat $a.txt",
                "`$a` is not in quotes, so the shell splits its value at blanks and expands `*` in it",
            ),
            (
                2046,
                Dialect::Sh,
                "make -j `nproc`",
                "What `nproc` prints is not in quotes, so the shell splits it at blanks and expands `*` in it",
            ),
            (
                2115,
                Dialect::Sh,
                "read -r d; rm -rf \"${d}/lib\"",
                "`\"${d}/lib\"` is `/lib` when the variable is empty, and `rm` would remove that",
            ),
            (
                2016,
                Dialect::Sh,
                "echo 'a $ and ${b:-{}} c'",
                "`${b:-{}}` stays as it is written: single quotes expand nothing",
            ),
            (
                2035,
                Dialect::Sh,
                "rm lib*.so *.deb",
                "`*.deb` also matches names that begin with `-`, which are then taken for options",
            ),
            (2028, Dialect::Sh, "echo 'a\\nb'", "What `echo` makes of `\\n` depends on the shell"),
            (1001, Dialect::Sh, "echo a\\_b", "The backslash of `\\_` does nothing: the shell takes it away"),
            (
                1010,
                Dialect::Sh,
                "echo done",
                "`done` stands among the words of a command; to close a loop or a block it needs a `;` or a line of its own",
            ),
            (
                3020,
                Dialect::Dash,
                "make &>log",
                "`dash` reads `&>log` as a `&` and a redirection: the command goes to the background",
            ),
        ] {
            assert_eq!(said(text, dialect, code), expected);
        }
    }

    #[test]
    fn what_is_long_or_has_several_lines_is_shortened() {
        let message = said(
            "echo $(cat one-file.txt two-files.txt \\\n  `pwd`/three-files.txt four-files.txt)",
            Dialect::Sh,
            2046,
        );
        assert!(message.starts_with("What `cat one-file.txt two-files.txt \\…` prints"), "{message}");
    }

    #[test]
    fn the_sentences_are_of_codes_that_are_reported_and_in_their_order() {
        let codes = codes();
        assert!(SENTENCES.is_sorted_by(|one, next| one.0 < next.0));
        for (code, _) in SENTENCES {
            assert!(codes.contains(code), "SC{code}");
        }
    }

    #[test]
    fn every_sentence_finds_what_it_names() {
        let linter = Linter::new();
        for (code, template) in SENTENCES {
            let example = explained(*code).unwrap();
            let script = Script::new(example.bad, example.dialect);
            let found = linter.lint(&script).into_iter().find(|finding| finding.code == *code).unwrap();
            let own = sentence(*code, &script, &found.range);
            assert_eq!(own.as_ref(), Some(&found.message), "SC{code} of {}", example.bad);
            let message = found.message;
            assert!(message.matches('`').count() % 2 == 0, "{message}");
            assert!(!message.contains("``") && !message.contains('\n') && !message.ends_with('.'), "{message}");
            assert!(message.len() <= template.len() + 120, "{message}");
        }
    }

    #[test]
    fn every_text_has_a_sentence_or_none() {
        for text in ["", "é", "$", "${", "$(", "`", "\\", "'", " ", "a$", "\u{feff}"] {
            let script = Script::new(text, Dialect::Sh);
            for (code, _) in SENTENCES {
                for start in 0..=text.len() {
                    for end in start..=text.len() {
                        let said = sentence(*code, &script, &(start..end));
                        assert!(said.is_none_or(|said| !said.is_empty()));
                    }
                }
            }
        }
    }
}
