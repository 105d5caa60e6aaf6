//! The build for the page: what it does, what a change rebuilds, what each line is for, and what to do with the image.
//!
//! A module of its own, because nothing of it is needed for the first result: the page fetches it when somebody looks.

mod convert;
mod model;
mod plan;
mod request;

use layerwise_engine::advice::advise_for;
use layerwise_engine::explain::explain_at as explain_input_at;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{TextSize, parse};
use layerwise_wasm_common::{CheckRequest, Positions, RequestObject};
use model::{Change, Counsel, Explanation, Plan, Simulation};
use request::{ChangeObject, FoundObject};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// Makes a Rust panic readable in the browser's console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// What a build of a Dockerfile does.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn plan(request: &RequestObject) -> Result<Ts<Plan>, JsError> {
    let request = CheckRequest::from(request);
    Ok(plan::plan(&request.input()).into_ts()?)
}

/// What a build does again after a change, and why.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn simulate(request: &RequestObject, change: &ChangeObject) -> Result<Ts<Simulation>, JsError> {
    let request = CheckRequest::from(request);
    Ok(plan::after(&request.input(), &Change::from(change)).into_ts()?)
}

/// What to do with a Dockerfile beside writing it: how to build, run, look into and ship its image. `found` is what the check of the same request
/// has found, for this module has no rules.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn advice(request: &RequestObject, found: Vec<FoundObject>) -> Result<Ts<Counsel>, JsError> {
    let request = CheckRequest::from(request);
    let positions = Positions::of(&request.text);
    let seen = found.iter().filter_map(|found| found.found(&request.text, &positions)).into_list();
    let counsel = advise_for(&request.input(), &parse(&request.text), &seen, "Dockerfile");
    Ok(convert::counsel(counsel).into_ts()?)
}

/// What the instruction at an offset, in UTF-16 code units, does in the build; nothing where there is none.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen(js_name = explainAt)]
pub fn explain_at(request: &RequestObject, offset: u32) -> Result<Option<Ts<Explanation>>, JsError> {
    let request = CheckRequest::from(request);
    let positions = Positions::of(&request.text);
    let place = positions.bytes(offset).min(TextSize::of(request.text.as_str()));
    let Some(found) = explain_input_at(&request.input(), place) else { return Ok(None) };
    Ok(Some(convert::explanation(found, &positions).into_ts()?))
}
