//! The `ARG`s before the first `FROM`.

use super::inputs::names_in;
use crate::document::Document;
use layerwise_syntax::{Arguments, TextRange};

/// An `ARG` before the first `FROM`: its value stands in `FROM`, and in stages that declare it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobalArg {
    /// Its name.
    pub name: String,
    /// The variables that its default names.
    pub variables: Vec<String>,
    /// Where its instruction stands.
    pub range: TextRange,
}

impl GlobalArg {
    pub(super) fn all(document: &Document<'_>) -> Vec<GlobalArg> {
        let mut args = Vec::new();
        for instruction in &document.global_args {
            let Arguments::Arg(declarations) = &instruction.arguments else { continue };
            for declaration in declarations {
                args.push(GlobalArg {
                    name: declaration.name.text.clone(),
                    variables: declaration.default.as_ref().map(|default| names_in(&[default])).unwrap_or_default(),
                    range: instruction.range,
                });
            }
        }
        args
    }
}
