//! What a rule file needs.

pub use super::model::{Case, Change, Rule, Scope, clean, fixed, flagged, reviewed};
pub use crate::category::Category;
pub use crate::code::*;
pub use crate::config::Config;
pub use crate::document::{Base, Document, Stage, Step};
pub use crate::fix::Applicability::{Review, Safe};
pub use crate::fix::{Edit, delete, insert, newline_of, replace};
pub use crate::report::Reporter;
pub use crate::severity::Severity;
pub(crate) use crate::table::Listed;
pub use layerwise_syntax::{Arguments, InstructionKind, ProblemKind, TextRange, TextSize};
