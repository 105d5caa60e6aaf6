//! Edits of the shell script of a `RUN`.

use super::{Edit, delete, insert};
use crate::document::{Document, RunScript, ScriptForm, Step};
use crate::shell::{Command, Script, Separator, Word};
use layerwise_syntax::{TextRange, TextSize};

/// The edit that takes a command out together with the `&&` or `;` behind it. `None` where the next command does not follow at once.
pub fn drop_link(document: &Document<'_>, script: &Script, command: &Command) -> Option<Edit> {
    let next = script.commands.iter().find(|next| next.range.start() >= command.range.end())?;
    let (chain, next_chain) = (script.chain_of(command)?, script.chain_of(next)?);
    let joint = match chain.followed_by {
        _ if chain.id == next_chain.id => "&&",
        Separator::Semicolon if chain.links == 1 && !chain.is_alternative => ";",
        Separator::Newline if chain.links == 1 && !chain.is_alternative => "",
        _ => return None,
    };
    let between = TextRange::new(command.range.end(), next.range.start());
    let is_plain = next_chain.parent == chain.parent && next.context == command.context;
    (is_plain && holds_only(document, between, joint))
        .then(|| delete(TextRange::new(command.range.start(), next.range.start())))
}

/// The edit that takes out the last command of a chain together with the `&&` in front of it. `None` where the one before it is not
/// another plain command right there.
pub fn drop_last_link(document: &Document<'_>, script: &Script, command: &Command) -> Option<Edit> {
    let chain = script.chain_of(command)?;
    // Left of `||` the end of the chain decides what runs next.
    let is_last = chain.append_at() == Some(command.range.end());
    let before = script.commands.iter().filter(|before| before.range.end() <= command.range.start());
    let before = before.max_by_key(|before| before.range.end()).filter(|_| is_last)?;
    let between = TextRange::new(before.range.end(), command.range.start());
    let is_plain = before.chain == command.chain && before.context == command.context;
    (is_plain && holds_only(document, between, "&&"))
        .then(|| delete(TextRange::new(before.range.end(), command.range.end())))
}

/// The edit that puts an argument behind a word of a command, in the form that the script is written in.
pub fn argument_behind(run: &RunScript, word: &Word, argument: &str) -> Edit {
    let is_json_word = run.form == ScriptForm::Exec && word.raw.starts_with('"');
    insert(word.range.end(), if is_json_word { format!(", \"{argument}\"") } else { format!(" {argument}") })
}

/// Whether a range holds nothing but this, blanks and continuations.
fn holds_only(document: &Document<'_>, range: TextRange, marks: &str) -> bool {
    let found = document.slice(range).chars().filter(|mark| !mark.is_whitespace() && *mark != document.file.escape);
    found.eq(marks.chars())
}

/// What an addition needs in front to run with the rights of a command: nothing, or `sudo `. `None` for those of another user, and
/// where nothing runs after the command.
pub fn privilege(command: &Command) -> Option<&'static str> {
    let mut prefix = "";
    for wrapper in command.wrappers.iter().rev() {
        match wrapper.program() {
            // What is added stands inside the script of `sh -c`.
            _ if wrapper.is_shell() => break,
            Some("sudo") if wrapper.words.iter().skip(1).any(|word| word.shown().starts_with("-u")) => return None,
            Some("sudo") => prefix = "sudo ",
            Some("exec") => return None,
            _ => {}
        }
    }
    Some(prefix)
}

/// Where a script stops at the first failure, because the shell was told to.
pub struct StopsAtErrors {
    everywhere: bool,
    /// Behind this place: there stands the first `set -e`.
    behind: Option<TextSize>,
}

/// Whether a word that calls a shell, or one behind `set`, has it stop at the first failure.
pub(crate) fn has_errexit(word: &str) -> bool {
    word == "errexit" || word.starts_with('-') && !word.starts_with("--") && word.contains('e')
}

fn give_errexit(words: &[Word]) -> bool {
    words.iter().any(|word| has_errexit(word.shown()))
}

impl StopsAtErrors {
    /// Looks at a script and at what reads it.
    pub fn of(document: &Document<'_>, step: &Step<'_>, run: &RunScript) -> StopsAtErrors {
        // `RUN bash -e <<EOF`
        let mut interpreters = step.commands().filter(|outer| outer.is_one_of("sh bash dash ash"));
        let shell = step.in_force.shell;
        let everywhere = interpreters.any(|outer| give_errexit(outer.arguments()))
            || shell.is_some_and(|shell| shell.arguments.iter().skip(1).any(|word| has_errexit(&word.value)))
            || shebang(document, step).is_some_and(|line| line.split_whitespace().skip(1).any(has_errexit));
        let mut commands = run.script.commands.iter();
        let set = commands.find(|command| command.program() == Some("set") && give_errexit(command.arguments()));
        StopsAtErrors { everywhere, behind: set.map(|set| set.range.start()) }
    }

    /// Whether it does at a command.
    pub fn at(&self, command: &Command) -> bool {
        let mut around = command.wrappers.iter().filter(|wrapper| wrapper.program() != Some("sudo"));
        self.everywhere
            || self.behind.is_some_and(|set| set < command.range.start())
            || around.any(|wrapper| give_errexit(wrapper.words.get(1..).unwrap_or_default()))
    }
}

/// Whether the shell has been told to stop at the first failure before a command runs.
pub fn stops_at_errors(document: &Document<'_>, step: &Step<'_>, run: &RunScript, command: &Command) -> bool {
    StopsAtErrors::of(document, step, run).at(command)
}

/// The first line of a heredoc, where it names what runs it: `#!/bin/bash -e`.
fn shebang<'a>(document: &Document<'a>, step: &Step<'_>) -> Option<&'a str> {
    let body = step.instruction.heredocs.first()?.body;
    document.slice(body).lines().next().filter(|line| line.starts_with("#!"))
}

/// Whether the build stops when a command fails, as far as that is certain: nothing around the command makes light of its failure.
pub fn is_fatal(document: &Document<'_>, step: &Step<'_>, run: &RunScript, command: &Command) -> bool {
    stops_build(&run.script, command, &|| stops_at_errors(document, step, run, command))
}

/// As [`is_fatal`], for a caller that knows where the script stops at errors.
pub fn stops_build(script: &Script, command: &Command, stops_at_errors: &dyn Fn() -> bool) -> bool {
    let context = command.context;
    let is_heeded = !context.is_conditional
        && !context.is_negated
        && !context.in_background
        && !context.in_substitution
        && !context.writes_pipe;
    let Some(chain) = script.chain_of(command) else { return is_heeded };
    let is_end_of_chain = chain.range.is_some_and(|range| range.end() == command.range.end());
    let is_statement = chain.is_top_level() && is_end_of_chain && chain.followed_by != Separator::Or;
    is_heeded && (script.ends_with_chain_of(command) || is_statement && stops_at_errors())
}

/// Where a command that needs no answer from the one before may be put in front of `command`, with ` && ` behind it: not behind a pipe
/// or a `!`.
pub fn front_of(run: &RunScript, command: &Command) -> Option<TextSize> {
    let context = command.context;
    let is_plain = run.form != ScriptForm::Exec
        && !context.is_conditional
        && !context.in_substitution
        && !context.reads_pipe
        && !context.is_negated
        && !context.in_background;
    is_plain.then(|| command.range.start())
}
