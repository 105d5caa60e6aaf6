//! Key-value pairs of `ENV` and `LABEL`.

use super::{Document, Step};
use crate::fix::{Edit, among, delete};
use layerwise_syntax::{Arguments, EnvPair, KeyValues, TextRange, TextSize};

impl<'a> Step<'a> {
    /// The pairs of an `ENV`; none for other instructions.
    pub fn env_pairs(&self) -> &'a [EnvPair] {
        match &self.instruction.arguments {
            Arguments::Env(KeyValues { pairs, .. }) => pairs,
            _ => &[],
        }
    }

    /// The pairs of a `LABEL`; none for other instructions.
    pub fn labels(&self) -> &'a [EnvPair] {
        match &self.instruction.arguments {
            Arguments::Label(KeyValues { pairs, .. }) => pairs,
            _ => &[],
        }
    }
}

impl<'a> Document<'a> {
    /// Whether an instruction other than `RUN`, which has a shell of its own to do so, uses a variable as `$NAME` or `${NAME…}`.
    pub fn is_expanded(&self, name: &str) -> bool {
        let is_named = |rest: &str| {
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            let behind = rest.strip_prefix(name).map(|behind| behind.bytes().next());
            behind.is_some_and(|next| !next.is_some_and(|byte| byte == b'_' || byte.is_ascii_alphanumeric()))
        };
        let uses = |step: &Step<'a>| self.slice(step.instruction.arguments_range).split('$').skip(1).any(is_named);
        self.steps().any(|step| !step.is_run() && uses(step))
    }

    /// The edit that takes one pair of an instruction away: the whole instruction with its lines where it has no other. `None` where a comment
    /// would go along, or words that are no pair.
    pub fn pair_to_go(&self, step: &Step<'a>, pairs: &[EnvPair], pair: &EnvPair) -> Option<Edit> {
        let index = pairs.iter().position(|other| other.range == pair.range)?;
        let range_of = |index: usize| pairs.get(index).map(|pair| pair.range);
        let range = among(index.checked_sub(1).and_then(range_of), pair.range, range_of(index + 1));
        let range = range.unwrap_or_else(|| self.lines_to_go(step.outer));
        let holds_comment = step.outer.comments.iter().any(|comment| range.contains_range(*comment));
        let arguments = range.intersect(step.instruction.arguments_range)?;
        let is_blank = |from: TextSize, to: TextSize| {
            let between = self.slice(TextRange::new(from, to.max(from)));
            between.chars().all(|c| c.is_ascii_whitespace() || c == self.file.escape)
        };
        let is_alone = is_blank(arguments.start(), pair.range.start()) && is_blank(pair.range.end(), arguments.end());
        (!holds_comment && is_alone).then(|| delete(range))
    }
}
