//! Findings of ours that say what ShellCheck says too.

use crate::document::Document;
use crate::report::Finding;
use crate::rules::correctness::{bashism_without_bash, invalid_json_form};
use layerwise_syntax::TextRange;
use layerwise_syntax::list::IntoList;

/// What the codes begin with that tell of what POSIX does not define.
const PORTABILITY: &str = "SC3";

/// What the codes begin with that tell of what is not written as a script is.
const SYNTAX: &str = "SC1";

/// Whether ShellCheck takes something for a slip that nobody means otherwise: `A= B=`, an empty value before an assignment, and `mix do`, a task of
/// Elixir's.
pub(crate) fn is_on_purpose(document: &Document<'_>, finding: &Finding) -> bool {
    let (from, to) = (finding.instruction.start(), finding.instruction.end());
    let text = |start, end| if start <= end { document.slice(TextRange::new(start, end)) } else { "" };
    let at = finding.range.start();
    match finding.rule {
        "SC1007" => text(at, to).trim_start().split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
        }),
        "SC1010" => text(from, at).trim_end().ends_with(" mix"),
        _ => false,
    }
}

/// Puts what was said of scripts in the place of what we found ourselves, and beside it.
///
/// One stands for one, weighs what that weighed and has its fix where it has none, so that the score is what it was without.
pub(crate) fn in_place_of_ours(found: Vec<Finding>, mut said: Vec<Finding>, document: &Document<'_>) -> Vec<Finding> {
    // Brackets that were to be an array are no test.
    let arrays =
        found.iter().filter(|ours| ours.rule == invalid_json_form::ID).map(|ours| ours.instruction).into_list();
    said.retain(|theirs| !theirs.rule.starts_with(SYNTAX) || !arrays.contains(&theirs.instruction));
    let mut kept = Vec::new();
    for ours in found {
        if ours.rule != bashism_without_bash::ID {
            kept.push(ours);
            continue;
        }
        let is_free = |theirs: &Finding| {
            let says_the_same = theirs.rule.starts_with(PORTABILITY) && theirs.instruction == ours.instruction;
            says_the_same && theirs.stands_for.is_none() && document.suppressions.silencing(theirs, None).is_none()
        };
        let is_there = |theirs: &Finding| theirs.range.intersect(ours.range).is_some();
        let place = said.iter().position(|theirs| is_free(theirs) && is_there(theirs));
        let place = place.or_else(|| said.iter().position(is_free));
        match place.and_then(|place| said.get_mut(place)) {
            Some(theirs) => {
                theirs.stands_for = Some((ours.rule, ours.severity, ours.category));
                if theirs.fix.is_none() && is_there(theirs) {
                    theirs.fix = ours.fix;
                }
            }
            None => kept.push(ours),
        }
    }
    kept.extend(said);
    kept
}
