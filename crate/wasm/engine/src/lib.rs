//! The Layerwise engine for the browser: one call does a check and returns one plain object.
//!
//! Everything here is translation. Positions become UTF-16 offsets, which is what editors count in, exactly once.

mod clock;
mod convert;
mod model;
mod shell;

use clock::Clock;
use layerwise_engine::suppression::{silencing, speaking};
use layerwise_engine::{
    Applicability, Config, Input, ShellLinter, check as check_input, first_score as first_score_of, fix_where,
    outlook as outlook_of, secrets as secrets_of,
};
use layerwise_syntax::TokenKind;
use layerwise_syntax::list::IntoList;
use layerwise_wasm_common::{CheckRequest, Positions, RequestObject};
use model::{Edit, FixRun, Report, Score};
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

/// The score that `check` will give, where that can be told before the second half of the module is there, which everything else needs.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen(js_name = firstScore)]
pub fn first_score(request: &RequestObject) -> Result<Option<Ts<Score>>, JsError> {
    let request = CheckRequest::from(request);
    let names = Names::of(&request);
    let Some(score) = first_score_of(&input(&request, &names, None)) else { return Ok(None) };
    Ok(Some(convert::score(&score).into_ts()?))
}

/// Checks a Dockerfile, its scripts too where somebody is given who looks at them.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn check(request: &RequestObject, shell: Option<ShellLinterObject>) -> Result<Ts<Report>, JsError> {
    let request = CheckRequest::from(request);
    let names = Names::of(&request);
    let clock = Clock::new();
    let started = clock.now();
    let shell = shell.map(Shell);
    let report = check_input(&input(&request, &names, shell.as_ref()));
    let milliseconds = clock.now() - started;
    Ok(model::Report { milliseconds, ..convert::report(&report) }.into_ts()?)
}

/// Applies every safe fix until none is left, and with `with_review` those for review too: of the rules in `only`, if any are named there, and
/// none of a rule, or with a message, that `except` holds.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen(js_name = fixAll)]
pub fn fix_all(
    request: &RequestObject,
    with_review: bool,
    only: Vec<String>,
    except: Vec<String>,
    shell: Option<ShellLinterObject>,
) -> Result<Ts<FixRun>, JsError> {
    let request = CheckRequest::from(request);
    let names = Names::of(&request);
    let shell = shell.map(Shell);
    let run = fix_where(&input(&request, &names, shell.as_ref()), &|finding| {
        let is_among = |list: &[String]| list.iter().any(|one| one == finding.rule || *one == finding.message);
        finding.fix.as_ref().is_some_and(|fix| with_review || fix.applicability == Applicability::Safe)
            && (only.is_empty() || is_among(&only))
            && !is_among(&except)
    });
    Ok(convert::fix_run(&run, &request.text).into_ts()?)
}

/// The total of the score once nothing is left that the rules in `rules` find; nothing where BuildKit would refuse the file.
#[wasm_bindgen]
pub fn outlook(request: &RequestObject, rules: Vec<String>, shell: Option<ShellLinterObject>) -> Option<u32> {
    let request = CheckRequest::from(request);
    let names = Names::of(&request);
    let shell = shell.map(Shell);
    outlook_of(&input(&request, &names, shell.as_ref()), &rules).map(|score| score.total)
}

/// Where a Dockerfile holds credentials, in order: the start and the end of each, in turn. They are left out of what leaves the device.
#[wasm_bindgen]
pub fn secrets(request: &RequestObject) -> Vec<u32> {
    let request = CheckRequest::from(request);
    let names = Names::of(&request);
    let positions = Positions::of(&request.text);
    let ranges = secrets_of(&input(&request, &names, None)).into_iter().map(|range| positions.range(range));
    ranges.flat_map(|range| [range.start, range.end]).collect()
}

/// The change that silences a finding with a comment, the `index`th of the report; or the one that takes back what silences the `index`th of
/// those that are suppressed, which is nothing where a person has to do it.
///
/// # Errors
/// When the answer cannot be made into an object.
#[wasm_bindgen]
pub fn silence(
    request: &RequestObject,
    index: usize,
    takes_back: bool,
    shell: Option<ShellLinterObject>,
) -> Result<Option<Ts<Edit>>, JsError> {
    let request = CheckRequest::from(request);
    let names = Names::of(&request);
    let shell = shell.map(Shell);
    let report = check_input(&input(&request, &names, shell.as_ref()));
    let found = if takes_back { &report.suppressed } else { &report.findings };
    let edit = found.get(index).and_then(|finding| {
        if takes_back { speaking(&report.file, finding) } else { Some(silencing(&report.file, finding)) }
    });
    let Some(edit) = edit else { return Ok(None) };
    Ok(Some(convert::edit(&edit, &Positions::of(&request.text)).into_ts()?))
}

/// The names of rules in a request.
struct Names<'a> {
    enable: Vec<&'a str>,
    ignore: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(request: &'a CheckRequest) -> Self {
        Names { enable: words(request.enable.as_deref()), ignore: words(request.ignore.as_deref()) }
    }
}

fn words(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).into_list()
}

fn input<'a>(request: &'a CheckRequest, names: &'a Names, shell: Option<&'a Shell>) -> Input<'a> {
    let config = Config { enable: &names.enable, ignore: &names.ignore, ..Config::DEFAULT };
    Input { shell: shell.map(|shell| -> &dyn ShellLinter { shell }), config, ..request.input() }
}
