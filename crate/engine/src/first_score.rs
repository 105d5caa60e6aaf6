//! The score before everything else: a page shows it while the rest of the engine is still on its way.

use crate::check::{applicable, found_by, may_be_shown, score_of};
use crate::document::Document;
use crate::input::Input;
use crate::rules::CHECKS;
use crate::score::Score;
use layerwise_syntax::parse;

/// The score that [`crate::check`] gives, for less work: rules that weigh nothing are left out, and no large fix is made. `None` where BuildKit
/// would refuse the file, and where the score depends on what was left out: on comments that may silence nothing, or on settings.
///
/// The places in its points and in its cap are those among the findings that weigh something.
pub fn first_score(input: &Input<'_>) -> Option<Score> {
    let file = parse(input.dockerfile);
    if !file.problems.is_empty() || !input.config.severity.is_empty() {
        return None;
    }
    let mut document = Document::new(&file, input);
    document.is_for_score = true;
    if !document.suppressions.is_empty() {
        return None;
    }
    let mut checks = Vec::new();
    for check in CHECKS.iter().filter(|check| may_be_shown(check, &document)) {
        if check.may_weigh() {
            checks.push(check);
        } else if !check.is_on {
            return None; // it was asked for
        }
    }
    let findings = found_by(checks, &document).in_order();
    Some(score_of(&findings, &applicable(&document)))
}
