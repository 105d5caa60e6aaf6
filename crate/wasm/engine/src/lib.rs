//! The Layerwise engine for the browser: one call does a check and returns one plain object.
//!
//! Everything here is translation. Positions become UTF-16 offsets, which is what editors count in, exactly once.

mod clock;
mod convert;
mod model;
mod positions;
mod request;
mod shell;

use clock::Clock;
use layerwise_engine::{Date, Input, ShellLinter, check as check_input, fix_all as fix_input};
use layerwise_syntax::TokenKind;
use model::{CheckRequest, FixRun, Report};
use request::RequestObject;
use shell::{Shell, ShellLinterObject};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// Makes a Rust panic readable in the browser's console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// The engine's version.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The kinds of token, in the order that a report's `tokens` count them.
#[wasm_bindgen(js_name = tokenKinds)]
pub fn token_kinds() -> Vec<String> {
    TokenKind::ALL.iter().map(|kind| kind.name().to_owned()).collect()
}

/// Checks a Dockerfile, its scripts too where somebody is given who looks at them.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn check(request: &RequestObject, shell: Option<ShellLinterObject>) -> Result<Ts<Report>, JsError> {
    let request = CheckRequest::from(request);
    let clock = Clock::new();
    let started = clock.now();
    let shell = shell.map(Shell);
    let report = check_input(&input(&request, shell.as_ref()));
    let milliseconds = clock.now() - started;
    Ok(model::Report { milliseconds, ..convert::report(&report) }.into_ts()?)
}

/// Applies every safe fix until none is left.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen(js_name = fixAll)]
pub fn fix_all(request: &RequestObject, shell: Option<ShellLinterObject>) -> Result<Ts<FixRun>, JsError> {
    let request = CheckRequest::from(request);
    let shell = shell.map(Shell);
    let run = fix_input(&input(&request, shell.as_ref()));
    Ok(convert::fix_run(&run, &request.text).into_ts()?)
}

fn input<'a>(request: &'a CheckRequest, shell: Option<&'a Shell>) -> Input<'a> {
    Input {
        dockerfile: &request.text,
        target: request.target.as_deref(),
        today: request.today.as_deref().and_then(Date::parse),
        shell: shell.map(|shell| -> &dyn ShellLinter { shell }),
        ..Input::default()
    }
}
