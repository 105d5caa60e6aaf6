//! The Layerwise engine for the browser: one call does a check and returns one plain object.
//!
//! Everything here is translation. Positions become UTF-16 offsets, which is what editors count in, exactly once.

mod clock;
mod convert;
mod model;
mod positions;
mod request;

use clock::Clock;
use layerwise_engine::suppression::silencing;
use layerwise_engine::{Date, Input, check as check_input, fix_all as fix_input, secrets as secrets_of};
use layerwise_syntax::TokenKind;
use model::{CheckRequest, Edit, FixRun, Report};
use positions::Positions;
use request::RequestObject;
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

/// Checks a Dockerfile.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn check(request: &RequestObject) -> Result<Ts<Report>, JsError> {
    let request = CheckRequest::from(request);
    let clock = Clock::new();
    let started = clock.now();
    let report = check_input(&input(&request));
    let milliseconds = clock.now() - started;
    Ok(model::Report { milliseconds, ..convert::report(&report) }.into_ts()?)
}

/// Applies every safe fix until none is left.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen(js_name = fixAll)]
pub fn fix_all(request: &RequestObject) -> Result<Ts<FixRun>, JsError> {
    let request = CheckRequest::from(request);
    let run = fix_input(&input(&request));
    Ok(convert::fix_run(&run, &request.text).into_ts()?)
}

/// Where a Dockerfile holds credentials, in order: the start and the end of each, in turn. They are left out of what leaves the device.
#[wasm_bindgen]
pub fn secrets(request: &RequestObject) -> Vec<u32> {
    let request = CheckRequest::from(request);
    let positions = Positions::of(&request.text);
    let ranges = secrets_of(&input(&request)).into_iter().map(|range| positions.range(range));
    ranges.flat_map(|range| [range.start, range.end]).collect()
}

/// The change that silences a finding with a comment: the `index`th of the report.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn silence(request: &RequestObject, index: usize) -> Result<Option<Ts<Edit>>, JsError> {
    let request = CheckRequest::from(request);
    let report = check_input(&input(&request));
    let Some(finding) = report.findings.get(index) else { return Ok(None) };
    let edit = silencing(&report.file, finding);
    Ok(Some(convert::edit(&edit, &Positions::of(&request.text)).into_ts()?))
}

fn input(request: &CheckRequest) -> Input<'_> {
    Input {
        dockerfile: &request.text,
        dockerignore: request.dockerignore.as_deref(),
        target: request.target.as_deref(),
        today: request.today.as_deref().and_then(Date::parse),
        ..Input::default()
    }
}
