//! Reading what the page asks for.
//!
//! Property by property, as the object has but a few: `serde`'s way of reading costs the page ten kilobytes, most of them for messages about
//! numbers that nobody sends.

use crate::model::CheckRequest;
use layerwise_engine::{Date, Input};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A [`CheckRequest`] as the page has it.
    #[wasm_bindgen(typescript_type = "CheckRequest")]
    pub type RequestObject;

    #[wasm_bindgen(method, getter)]
    fn text(this: &RequestObject) -> String;

    #[wasm_bindgen(method, getter)]
    fn today(this: &RequestObject) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn target(this: &RequestObject) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn dockerignore(this: &RequestObject) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn enable(this: &RequestObject) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn ignore(this: &RequestObject) -> Option<String>;
}

impl From<&RequestObject> for CheckRequest {
    fn from(object: &RequestObject) -> Self {
        CheckRequest {
            text: object.text(),
            today: object.today(),
            target: object.target(),
            dockerignore: object.dockerignore(),
            enable: object.enable(),
            ignore: object.ignore(),
        }
    }
}

impl CheckRequest {
    /// What the engine is asked.
    pub fn input(&self) -> Input<'_> {
        Input {
            dockerfile: &self.text,
            target: self.target.as_deref(),
            dockerignore: self.dockerignore.as_deref(),
            today: self.today.as_deref().and_then(Date::parse),
            ..Input::default()
        }
    }
}
