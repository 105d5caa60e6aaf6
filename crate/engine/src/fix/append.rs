//! Adding a command to the shell script of a `RUN`.

use super::layout::{Layout, indent_of, line_after, line_before};
use super::{Edit, front_of, insert, newline_of, privilege, stops_at_errors};
use crate::document::{Document, RunScript, ScriptForm, Step};
use crate::shell::{Command, Separator};

/// The edit that lets `addition` run after everything that the chain of `anchor` does, if that went well. The new line looks like its
/// neighbours.
///
/// `None` where that cannot be written: in conditions and loops, in JSON, beside `||` and `&`.
#[inline(never)]
pub fn append(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    anchor: &Command,
    addition: &str,
) -> Option<Edit> {
    let context = anchor.context;
    if run.form == ScriptForm::Exec || context.is_conditional || context.in_substitution || context.is_negated {
        return None;
    }
    let chain = run.script.chain_of(anchor)?;
    let at = chain.append_at()?;
    // Nothing runs behind these.
    let ends = |command: &Command| command.is_one_of("exit return") || command.wrapper("exec").is_some();
    if run.script.commands.iter().any(|command| !command.context.is_conditional && ends(command)) {
        return None;
    }
    let addition = format!("{}{addition}", privilege(anchor)?);
    let layout = Layout::of(document, step, run, at);
    // Under `set -e` a failure inside `a && b; c` goes unnoticed, so that the addition must be a statement of its own. At the very end the
    // status of the chain is the status of all. Whether a group stops at errors depends on what stands around it.
    if run.script.ends_with_chain_of(anchor) || !stops_at_errors(document, step, run, anchor) {
        return Some(insert(
            at,
            match layout {
                Some(layout) => format!("{}{}{}{addition}", layout.line_end(), layout.newline, layout.line_start()),
                None => format!(" && {addition}"),
            },
        ));
    }
    if !chain.is_top_level() {
        return None;
    }
    let text = match (chain.followed_by, layout) {
        (Separator::Semicolon, Some(layout)) => {
            format!("{}{}{}{addition}", layout.statement_end(), layout.newline, layout.indent)
        }
        (Separator::Semicolon, None) => format!("; {addition}"),
        (Separator::Newline, None) => {
            let line = format!("{}{}", line_before(document, at), line_after(document, at));
            format!("{}{}{addition}", newline_of(document.file.text()), indent_of(&line))
        }
        _ => return None,
    };
    Some(insert(at, text))
}

/// The edit that runs another command in front of `command`, which then runs if that went well.
pub fn put_in_front(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    command: &Command,
    addition: &str,
) -> Option<Edit> {
    let at = front_of(run, command)?;
    // Under `set -e` a failure on the left of `&&` would go unnoticed.
    if !run.script.ends_with_chain_of(command) && stops_at_errors(document, step, run, command) {
        return None;
    }
    let text = match Layout::of(document, step, run, at) {
        Some(layout) => format!("{addition}{}{}{}", layout.line_end(), layout.newline, layout.line_start()),
        None => format!("{addition} && "),
    };
    Some(insert(at, text))
}
