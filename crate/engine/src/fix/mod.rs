//! Fixes: edits of the text that mend a finding.

mod append;
mod apply;
mod artefact;
mod edits;
mod exec_form;
mod join;
mod lasting;
mod layout;
mod left_behind;
mod retag;
mod script;
mod second_stage;
mod user;
mod wanted;
mod words;

pub use append::put_in_front;
pub use apply::{apply, in_order, select};
pub use artefact::Artefact;
pub use edits::{delete, insert, newline_of, replace};
pub use exec_form::{array, exec_form, has_no_assignment, is_builtin, is_plain, json, only_command, words};
pub use lasting::{may_leave_process, may_replace_called};
pub use layout::line_indent;
pub use retag::{reference, retag};
pub(crate) use script::has_errexit;
pub use script::{
    StopsAtErrors, argument_behind, drop_last_link, drop_link, front_of, is_fatal, privilege, stops_at_errors,
    stops_build,
};
pub use second_stage::Sources;
pub use user::switch_title;
pub use wanted::{append, artefact, join_copies, join_runs, second_stage, switch_user, unless_for_score};
pub use words::{among, drop_argument, drop_assignment, drop_command, drop_source, drop_word};

use layerwise_syntax::TextRange;

/// Whether a fix may be applied without a look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Applicability {
    /// The built image changes only as the rule intends. May be applied in bulk.
    Safe,
    /// Good advice that a person must look at first.
    Review,
}

/// A change of the text: what stands in `range` goes, `text` comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes, in bytes; empty for an insertion.
    pub range: TextRange,
    /// What comes; empty for a deletion.
    pub text: String,
    /// Why, for a part of a large change; empty where the title of the fix says it.
    pub why: &'static str,
}

impl Edit {
    /// Says why.
    pub fn because(self, why: &'static str) -> Edit {
        Edit { why, ..self }
    }
}

/// A mend for a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied in bulk.
    pub applicability: Applicability,
    /// What it does, as an imperative.
    pub title: String,
    /// Its edits, in order, without overlap.
    pub edits: Vec<Edit>,
}
