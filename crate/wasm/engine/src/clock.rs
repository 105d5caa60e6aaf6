//! How long a check took. The engine has no clock; the browser does.

use wasm_bindgen::JsCast;
use web_sys::{Performance, Window, WorkerGlobalScope, js_sys};

/// The browser's clock, in a page or in a worker.
pub struct Clock(Option<Performance>);

impl Clock {
    pub fn new() -> Self {
        let global = js_sys::global();
        let in_page = || global.dyn_ref::<Window>()?.performance();
        let in_worker = || global.dyn_ref::<WorkerGlobalScope>()?.performance();
        Clock(in_page().or_else(in_worker))
    }

    /// Milliseconds since some moment; 0 where there is no clock.
    pub fn now(&self) -> f64 {
        self.0.as_ref().map_or(0.0, Performance::now)
    }
}
