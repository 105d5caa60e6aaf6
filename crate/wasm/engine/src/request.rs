//! Reading what the page asks for.
//!
//! Property by property, as the object has but a few: `serde`'s way of reading costs the page ten kilobytes, most of them for messages about
//! numbers that nobody sends.

use crate::model::{Change, CheckRequest};
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

    /// A [`Change`] as the page has it.
    #[wasm_bindgen(typescript_type = "Change")]
    pub type ChangeObject;

    #[wasm_bindgen(method, getter)]
    fn files(this: &ChangeObject) -> Vec<String>;

    #[wasm_bindgen(method, getter)]
    fn args(this: &ChangeObject) -> Vec<String>;

    #[wasm_bindgen(method, getter)]
    fn images(this: &ChangeObject) -> Vec<String>;

    #[wasm_bindgen(method, getter)]
    fn texts(this: &ChangeObject) -> Vec<String>;
}

impl From<&RequestObject> for CheckRequest {
    fn from(object: &RequestObject) -> Self {
        CheckRequest {
            text: object.text(),
            today: object.today(),
            target: object.target(),
            dockerignore: object.dockerignore(),
        }
    }
}

impl From<&ChangeObject> for Change {
    fn from(object: &ChangeObject) -> Self {
        Change { files: object.files(), args: object.args(), images: object.images(), texts: object.texts() }
    }
}
