//! The shell checks, which are another module: the page hands over who calls it.
//!
//! What comes back is read property by property, as [`crate::request`] is.

use layerwise_engine::Severity;
use layerwise_engine::shellcheck::{ShellFinding, ShellFix, ShellLinter, ShellScript};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Who looks at scripts: the shell module. Positions are offsets in bytes; null is the answer for a script that it does not get through. */
export interface ShellLinter {
  lint(text: string, dialect: string, stopsAtErrors: boolean, known: string): readonly {
    readonly code: number;
    readonly level: string;
    readonly message: string;
    readonly start: number;
    readonly end: number;
    readonly fix: {
      readonly label: string;
      readonly isSafe: boolean;
      readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
    } | null;
  }[] | null;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// Who looks at scripts.
    #[wasm_bindgen(typescript_type = "ShellLinter")]
    #[derive(Debug)]
    pub type ShellLinterObject;

    #[wasm_bindgen(method, catch)]
    fn lint(
        this: &ShellLinterObject,
        text: &str,
        dialect: &str,
        stops_at_errors: bool,
        known: &str,
    ) -> Result<Option<Vec<FindingObject>>, JsValue>;

    type FindingObject;

    #[wasm_bindgen(method, getter)]
    fn code(this: &FindingObject) -> u16;

    #[wasm_bindgen(method, getter)]
    fn level(this: &FindingObject) -> String;

    #[wasm_bindgen(method, getter)]
    fn message(this: &FindingObject) -> String;

    #[wasm_bindgen(method, getter)]
    fn start(this: &FindingObject) -> usize;

    #[wasm_bindgen(method, getter)]
    fn end(this: &FindingObject) -> usize;

    #[wasm_bindgen(method, getter)]
    fn fix(this: &FindingObject) -> Option<FixObject>;

    type FixObject;

    #[wasm_bindgen(method, getter)]
    fn label(this: &FixObject) -> String;

    #[wasm_bindgen(method, getter, js_name = isSafe)]
    fn is_safe(this: &FixObject) -> bool;

    #[wasm_bindgen(method, getter)]
    fn edits(this: &FixObject) -> Vec<EditObject>;

    type EditObject;

    #[wasm_bindgen(method, getter)]
    fn start(this: &EditObject) -> usize;

    #[wasm_bindgen(method, getter)]
    fn end(this: &EditObject) -> usize;

    #[wasm_bindgen(method, getter)]
    fn text(this: &EditObject) -> String;
}

/// Asks the other module.
#[derive(Debug)]
pub struct Shell(pub ShellLinterObject);

impl ShellLinter for Shell {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        let known = script.known.join(" ");
        let said = self.0.lint(script.text, script.dialect.name(), script.stops_at_errors, &known);
        Some(said.ok().flatten()?.iter().map(finding).collect())
    }
}

fn finding(said: &FindingObject) -> ShellFinding {
    let severity = match said.level().as_str() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "info" => Severity::Info,
        _ => Severity::Style,
    };
    let edit = |edit: &EditObject| (edit.start()..edit.end(), edit.text());
    let fix = |fix: FixObject| ShellFix {
        label: fix.label(),
        is_safe: fix.is_safe(),
        edits: fix.edits().iter().map(edit).collect(),
    };
    ShellFinding {
        code: said.code(),
        severity,
        message: said.message(),
        range: said.start()..said.end(),
        fix: said.fix().map(fix),
    }
}
