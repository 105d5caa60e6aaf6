//! What advice asks of findings.

use crate::report::Finding;
use layerwise_syntax::TextRange;

/// What a check has found, as far as advice depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The rule's id.
    pub rule: String,
    /// The id of the rule's category.
    pub category: String,
    /// Where.
    pub range: TextRange,
}

impl Found {
    /// That of a finding.
    pub fn of(finding: &Finding) -> Found {
        Found { rule: finding.rule.to_owned(), category: finding.category.id().to_owned(), range: finding.range }
    }
}
