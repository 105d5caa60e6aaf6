//! What ShellCheck says about a shell script, by its codes and levels: an adapter over `shuck-linter`.
//!
//! A [`Script`] goes in and [`ShellFinding`]s come out, all of it plain data. Nothing here knows what a Dockerfile is, nor how findings are
//! shown. The texts that explain a code to people are data beside the linter, so that who only lints does not carry them.
//!
//! ```
//! use layerwise_shell::{Dialect, Linter, Script};
//!
//! let linter = Linter::new();
//! let found = linter.lint(&Script::new("for f in $1; do cat $f; done", Dialect::Sh));
//! assert!(found.iter().any(|finding| finding.code == 2086));
//! ```

mod codes;
pub mod explained;
mod lint;
mod memory;
mod mend;
mod place;
mod plain;
mod prelude;
mod script;
mod unlike;
mod words;

pub use codes::{codes, codes_without_sense, level};
pub use lint::Linter;
pub use memory::Memory;
pub use prelude::Told;
pub use script::{Dialect, Level, Script, ShellFinding, ShellFix};

#[cfg(test)]
mod tests;
