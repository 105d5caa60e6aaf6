//! What the engine receives. Every position is an offset in bytes into the UTF-8 text of the script.

use serde::Serialize;
use tsify::Tsify;

/// One thing about a script.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
#[serde(rename_all = "camelCase")]
pub struct ShellFinding {
    /// ShellCheck's number for it: 2086 for `SC2086`.
    pub code: u16,
    /// `error`, `warning`, `info` or `style`.
    pub level: String,
    /// A sentence without a full stop.
    pub message: String,
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// A mend, where one is known.
    pub fix: Option<ShellFix>,
}

/// A mend for a finding.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ShellFix {
    /// What it does, as an imperative.
    pub label: String,
    /// Whether the script does the same after it.
    pub is_safe: bool,
    /// In order, without overlap.
    pub edits: Vec<ShellEdit>,
}

/// Put `text` in the place of a range.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ShellEdit {
    /// Where the range begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What comes; may be empty.
    pub text: String,
}

impl From<layerwise_shell::ShellFinding> for ShellFinding {
    fn from(found: layerwise_shell::ShellFinding) -> Self {
        let edit =
            |(range, text): (std::ops::Range<usize>, String)| ShellEdit { start: range.start, end: range.end, text };
        ShellFinding {
            code: found.code,
            level: found.level.name().to_owned(),
            message: found.message,
            start: found.range.start,
            end: found.range.end,
            fix: found.fix.map(|fix| ShellFix {
                label: fix.label,
                is_safe: fix.is_safe,
                edits: fix.edits.into_iter().map(edit).collect(),
            }),
        }
    }
}
