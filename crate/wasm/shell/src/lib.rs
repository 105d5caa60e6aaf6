//! Layerwise's shell checks for the browser: a script in, findings out.
//!
//! The page loads this module after its first result, and hands [`lint`] to the engine, which calls it for each script of a Dockerfile.

mod model;

use layerwise_shell::{Dialect, Memory, Script};
use model::ShellFinding;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

thread_local! {
    static LINTER: Memory = Memory::default();
}

/// Makes a Rust panic readable in the browser's console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// What ShellCheck would say about a script. `dialect` is one of `sh`, `dash`, `busybox`, `bash` and `ksh`; `known` names the variables that are
/// set before it runs, with blanks between them. Of a script in another shell nothing is said; `null` means that it is too long or too deep.
///
/// # Errors
/// When the answer cannot be made into objects.
#[wasm_bindgen(unchecked_return_type = "ShellFinding[] | null")]
pub fn lint(text: &str, dialect: &str, stops_at_errors: bool, known: &str) -> Result<JsValue, JsError> {
    let known: Vec<&str> = known.split_whitespace().collect();
    let found = match Dialect::from_name(dialect) {
        Some(dialect) => LINTER.with(|linter| linter.lint(&Script { text, dialect, stops_at_errors, known: &known })),
        None => Some(Vec::new()),
    };
    let found: Option<Vec<ShellFinding>> = found.map(|found| found.into_iter().map(ShellFinding::from).collect());
    Ok(found.serialize(&Serializer::json_compatible())?)
}
