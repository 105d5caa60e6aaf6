//! What a linter says of a script, as findings of the file.

use super::codes::name;
use super::hand_out::{Handed, Known, named_shells, scripts};
use super::{ShellFinding, ShellFix, ShellLinter, ShellScript};
use crate::category::Category;
use crate::code::shellcheck;
use crate::document::{Document, Step};
use crate::fix::{Applicability, Edit, replace};
use crate::report::{Finding, sentence};
use crate::secret_value::redacted;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{TextRange, TextSize};
use std::ops::Range;

/// What a linter says of the scripts of a file.
#[derive(Default)]
pub(crate) struct Said {
    pub findings: Vec<Finding>,
    /// The scripts that it does not get through.
    pub unread: Vec<TextRange>,
}

/// Asks a linter about the scripts of a file.
pub(crate) fn said(document: &Document<'_>, linter: &dyn ShellLinter) -> Said {
    let mut all = Said::default();
    let mut known = Known::default();
    let named = named_shells(document);
    document.along_chains(|step, is_bash| {
        known.pass(step);
        let handed = scripts(document, step, &named, is_bash);
        if handed.is_empty() {
            return;
        }
        let known = known.at(document, step);
        for handed in &handed {
            let script = ShellScript {
                text: &handed.script.text,
                dialect: handed.dialect,
                stops_at_errors: handed.stops_at_errors,
                known: &known,
            };
            match linter.lint(&script) {
                Some(said) => all.findings.extend(said.into_iter().filter_map(|said| finding(said, step, handed))),
                None => all.unread.push(handed.script.range),
            }
        }
    });
    all
}

/// The code of an `echo` with several blanks between its words.
const BLANKS_IN_A_ROW: u16 = 2291;

/// Codes whose fixes of the library change what is run, and are none: a pattern in quotes is no file any more (SC2211, and SC2035 where it is no
/// file at all, as for `find -name`), an assignment of nothing takes the command for its value (SC1007), what was written to a file is not
/// (SC2328), text that is written as it stands is expanded (SC2016), another account gets this one's home (SC2088), and what `echo` passes on
/// becomes control characters (SC2028). SC1003 and SC1083 are about text that is no script.
const CHANGING: [u16; 9] = [1003, 1007, 1083, 2016, 2028, 2035, 2088, 2211, 2328];

fn finding(said: ShellFinding, step: &Step<'_>, handed: &Handed) -> Option<Finding> {
    let rule = name(said.code)?;
    let range = place(said.range, handed)?;
    // A line that goes on below is indented, and nobody means the blanks to be printed.
    let is_laid_out = || step.instruction.continuations.iter().any(|joint| range.contains_range(*joint));
    if said.code == BLANKS_IN_A_ROW && is_laid_out() {
        return None;
    }
    Some(Finding {
        rule,
        case: "",
        codes: vec![shellcheck(rule)],
        severity: said.severity,
        category: Category::Shell,
        // A script may hold a secret, and messages travel.
        message: sentence(redacted(said.message)),
        range,
        instruction: step.outer.range,
        points: 0,
        fix: said.fix.filter(|_| !CHANGING.contains(&said.code)).and_then(|fix| taken_in(fix, step, handed)),
        silenced_by: None,
        pattern: "",
        stands_for: None,
        seen_by: None,
    })
}

/// The place of a script's range in the file. What the file does not have byte for byte is found somewhere in it.
fn place(range: Range<usize>, handed: &Handed) -> Option<TextRange> {
    let script = &handed.script;
    if !script.is_exact {
        return Some(script.range);
    }
    // A place must be seen. A point between two characters stands for what follows it, and at the end of a line for what is before.
    let shown = script.text.get(range.clone())?;
    if !shown.is_empty() {
        return at(range, handed);
    }
    let (before, after) = script.text.split_at_checked(range.start)?;
    let length = match after.bytes().next() {
        None | Some(b'\n' | b'\r') => {
            return at(range.start - before.chars().next_back()?.len_utf8()..range.start, handed);
        }
        Some(b'\\') => 1 + after.chars().nth(1).filter(|next| !next.is_whitespace()).map_or(0, char::len_utf8),
        Some(_) => {
            let letters = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            letters.max(after.chars().next()?.len_utf8())
        }
    };
    at(range.start..range.start + length, handed)
}

fn at(range: Range<usize>, handed: &Handed) -> Option<TextRange> {
    let offset = |at: usize| Some(handed.script.range.start() + TextSize::try_from(at).ok()?);
    Some(TextRange::new(offset(range.start)?, offset(range.end)?))
}

fn taken_in(fix: ShellFix, step: &Step<'_>, handed: &Handed) -> Option<crate::fix::Fix> {
    if !handed.script.is_exact {
        return None;
    }
    // Quotes within a list of strings would need to be written otherwise.
    let is_in_list = handed.script.form == crate::document::ScriptForm::Exec;
    if is_in_list && fix.edits.iter().any(|(_, text)| text.contains(['"', '\\'])) {
        return None;
    }
    let is_of_backtick = |(range, text): &(Range<usize>, String)| {
        handed.script.text.get(range.clone()) == Some("`") && matches!(text.as_str(), "$(" | ")")
    };
    let is_of_backticks = fix.edits.iter().all(is_of_backtick);
    let mut edits = Vec::new();
    for (range, text) in fix.edits {
        for (range, text) in smallest(range, text, &handed.script.text)? {
            // What takes the place of a continuation would lose it, and the comments in it.
            let range = at(range, handed)?;
            let joints = &step.instruction.continuations;
            if joints.iter().any(|joint| joint.intersect(range).is_some_and(|both| !both.is_empty())) {
                return None;
            }
            // A line that a fix begins would end the instruction.
            if text.contains('\n') && handed.script.form != crate::document::ScriptForm::Heredoc {
                return None;
            }
            edits.push(replace(range, text));
        }
    }
    // What the image says of itself, and what it makes other builds do, is looked at by a person.
    let is_in_build = step.is_run() && !step.is_trigger;
    // So is what sets a variable, or the folder of what follows; but there, too, backticks are the same as `$( )`.
    let is_within = |range: TextRange| edits.iter().any(|edit: &Edit| range.contains_range(edit.range));
    let changes_shell = || step.commands().any(|command| command.changes_shell() && is_within(command.range));
    let is_safe = fix.is_safe && is_in_build && (is_of_backticks || !changes_shell());
    let applicability = if is_safe { Applicability::Safe } else { Applicability::Review };
    let edits: Vec<Edit> = layerwise_syntax::order::by_place(edits, |edit| edit.range);
    Some(crate::fix::Fix { applicability, title: sentence(fix.label), edits })
}

/// An edit without what it leaves as it is: where something is put around a text, the two sides of it.
fn smallest(range: Range<usize>, text: String, script: &str) -> Option<Vec<(Range<usize>, String)>> {
    let old = script.get(range.clone())?;
    if old.is_empty() {
        return Some(vec![(range, text)]);
    }
    let (before, after) = match text.find(old) {
        Some(at) => text.split_at_checked(at)?,
        None => return Some(vec![(range, text)]),
    };
    let after = after.get(old.len()..)?;
    let sides = [(range.start..range.start, before.to_owned()), (range.end..range.end, after.to_owned())];
    Some(sides.into_iter().filter(|(_, text)| !text.is_empty()).into_list())
}
