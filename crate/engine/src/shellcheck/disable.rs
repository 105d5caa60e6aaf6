//! `# shellcheck disable=SC2086` among the lines of a continued instruction.
//!
//! BuildKit drops the comment before a shell sees it, so nobody but us can heed it. It is for the line below it, as in a script it is for the
//! command below it.

use crate::document::Document;
use crate::report::Finding;
use crate::suppression::shellcheck_disables;
use layerwise_syntax::TextSize;

/// Whether such a comment silences a finding.
pub(super) fn silences(document: &Document<'_>, finding: &Finding) -> bool {
    let start = finding.range.start();
    let Some(instruction) = document.file.instruction_at(start) else { return false };
    // The comments that stand on the lines right above.
    let text = document.file.text();
    let line_start = |at: TextSize| text.get(..at.into()).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut below = line_start(start);
    for comment in instruction.comments.iter().rev().filter(|comment| comment.start() < start) {
        let between = text.get(usize::from(comment.end())..below).unwrap_or_default();
        if !between.trim().is_empty() {
            return false;
        }
        if shellcheck_disables(document.slice(*comment), finding) {
            return true;
        }
        below = line_start(comment.start());
    }
    false
}
