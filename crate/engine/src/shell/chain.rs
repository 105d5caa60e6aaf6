//! `&&` chains: the structure of a script that fixes write into.

use text_size::{TextRange, TextSize};

/// Names a chain within its script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ChainId(usize);

impl ChainId {
    pub(super) fn new(index: usize) -> Self {
        Self(index)
    }

    pub(super) fn index(self) -> usize {
        self.0
    }
}

/// What stands between a chain and whatever comes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// Nothing: the script, the group or the substitution ends.
    End,
    /// A line break.
    Newline,
    /// `;`, also where nothing comes after it.
    Semicolon,
    /// `&`: the chain runs in the background.
    Background,
    /// `||`: what follows runs when the chain fails.
    Or,
}

/// A maximal run of commands joined by `&&` at one level of a script; often of one command only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The chain's own id.
    pub id: ChainId,
    /// The chain around the group, condition or substitution that this one stands in; `None` at the top level.
    pub parent: Option<ChainId>,
    /// From the first byte of the first link to the last byte of the last one, in the Dockerfile. `None` where the
    /// text does not tell (a group that ends with a heredoc): no edit may be made then.
    pub range: Option<TextRange>,
    /// How many links it has; a pipeline or a group is one link.
    pub links: usize,
    /// Whether it stands to the right of `||`.
    pub is_alternative: bool,
    /// What comes next.
    pub followed_by: Separator,
    /// Whether it is the last of its sequence of statements.
    pub is_last: bool,
}

impl Chain {
    /// Whether the chain stands in no group, condition, loop, function or substitution.
    pub fn is_top_level(&self) -> bool {
        self.parent.is_none()
    }

    /// Where ` && command` may be appended with the sense "and after all of this succeeded".
    ///
    /// Not when the chain is an operand of `||` or runs in the background: a command added there would run at other
    /// times, or hide the failure that the `||` looks at.
    pub fn append_at(&self) -> Option<TextSize> {
        if self.is_alternative || matches!(self.followed_by, Separator::Or | Separator::Background) {
            return None;
        }
        self.range.map(TextRange::end)
    }
}
