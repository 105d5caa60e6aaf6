//! The Layerwise rule engine: findings, fixes and a score for a Dockerfile.
//!
//! The way of the data: text, syntax, [`Document`], rules, findings, score. Everything is a pure function of its [`Input`]; there is no I/O,
//! no clock and no global state.
//!
//! ```
//! use layerwise_engine::{Input, check, fix_all};
//!
//! let dockerfile = "FROM alpine:3.23\nADD app /usr/local/bin/app\nUSER 1000\nENTRYPOINT [\"app\"]\n";
//! let input = Input::new(dockerfile);
//! assert!(check(&input).findings.iter().any(|finding| finding.rule == "copy-not-add"));
//! ```

pub mod advice;
mod buildkit;
pub mod category;
mod check;
pub mod code;
mod config;
pub mod date;
pub mod dockerignore;
pub mod document;
pub mod explain;
mod first_score;
pub mod fix;
mod fix_all;
pub mod guard;
pub mod image;
mod input;
mod outlook;
pub mod packages;
mod path;
pub mod patterns;
pub mod plan;
pub mod report;
pub mod rules;
pub mod score;
pub mod secret_name;
pub mod secret_value;
mod secrets;
pub mod severity;
pub mod shell;
pub mod shellcheck;
pub mod simulate;
pub mod suppression;
mod table;
mod wording;

pub use category::Category;
pub use check::{Report, StageSummary, check};
pub use code::{Code, Tool};
pub use config::{Config, LabelKind};
pub use date::Date;
pub use document::Document;
pub use first_score::first_score;
pub use fix::{Applicability, Edit, Fix};
pub use fix_all::{AppliedFix, FixRun, LeftFix, Reason, changes_of, fix_all, fix_where};
pub use input::Input;
pub use outlook::outlook;
pub use plan::BuildPlan;
pub use report::Finding;
pub use rules::{Rule, all_rules};
pub use score::Score;
pub use secrets::secrets;
pub use severity::Severity;
pub use shellcheck::ShellLinter;
pub use simulate::simulate;
