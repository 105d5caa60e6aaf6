//! What the modules take and give alike. The page's types are generated from these.

use serde::Serialize;
use tsify::Tsify;

/// What the page asks for.
#[derive(Tsify)]
pub struct CheckRequest {
    /// The Dockerfile.
    pub text: String,
    /// Today's date as `YYYY-MM-DD`; the engine has no clock of its own.
    #[tsify(optional)]
    pub today: Option<String>,
    /// The stage to build, when it is not the last one.
    #[tsify(optional)]
    pub target: Option<String>,
    /// The `.dockerignore` of the build context; absent when nobody knows whether there is one.
    #[tsify(optional)]
    pub dockerignore: Option<String>,
    /// Rules and cases (`rule/case`) that are off unless they are named here, with blanks between them.
    #[tsify(optional)]
    pub enable: Option<String>,
    /// Rules, cases (`rule/case`) and codes of other tools that say nothing, with blanks between them.
    #[tsify(optional)]
    pub ignore: Option<String>,
}

/// A range of the text; `end` is exclusive.
#[derive(Serialize, Tsify, Clone, Copy)]
pub struct Range {
    /// First code unit.
    pub start: u32,
    /// One past the last code unit.
    pub end: u32,
}
