//! Reading what the page asks for, property by property as `layerwise-wasm-common` does.

use crate::model::Change;
use layerwise_engine::advice::Found;
use layerwise_syntax::TextRange;
use layerwise_wasm_common::Positions;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
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

    /// A [`FoundByCheck`](crate::model::FoundByCheck) as the page has it.
    #[wasm_bindgen(typescript_type = "FoundByCheck")]
    pub type FoundObject;

    #[wasm_bindgen(method, getter)]
    fn rule(this: &FoundObject) -> String;

    #[wasm_bindgen(method, getter)]
    fn category(this: &FoundObject) -> String;

    #[wasm_bindgen(method, getter)]
    fn range(this: &FoundObject) -> RangeObject;

    /// A [`Range`](layerwise_wasm_common::Range) as the page has it.
    #[wasm_bindgen(typescript_type = "Range")]
    pub type RangeObject;

    #[wasm_bindgen(method, getter)]
    fn start(this: &RangeObject) -> u32;

    #[wasm_bindgen(method, getter)]
    fn end(this: &RangeObject) -> u32;
}

impl From<&ChangeObject> for Change {
    fn from(object: &ChangeObject) -> Self {
        Change { files: object.files(), args: object.args(), images: object.images(), texts: object.texts() }
    }
}

impl FoundObject {
    /// What advice asks of it; nothing where its range is none of the text.
    pub fn found(&self, text: &str, positions: &Positions) -> Option<Found> {
        let range = self.range();
        let (start, end) = (positions.bytes(range.start()), positions.bytes(range.end()));
        text.get(usize::from(start)..usize::from(end))?;
        Some(Found { rule: self.rule(), category: self.category(), range: TextRange::new(start, end) })
    }
}
