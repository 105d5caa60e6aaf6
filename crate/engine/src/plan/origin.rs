//! Where files come from.

use crate::document::{Base, Document, Stage};

/// Where files come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The build context.
    Context,
    /// A stage of the file, by its number.
    Stage(usize),
    /// An image, as it is called after its variables are replaced.
    Image(String),
    /// A build context that is given by name.
    NamedContext(String),
    /// Nothing: `FROM scratch`.
    Scratch,
    /// Something whose name holds a value that nobody knows; as it is written.
    Unknown(String),
}

impl Origin {
    /// What a stage starts from.
    pub(super) fn of_stage(document: &Document<'_>, stage: &Stage<'_>) -> Origin {
        let written = stage.from.map(|(_, from)| from.image.text.as_str()).unwrap_or_default();
        if let Some(context) = named_context(document, written) {
            return context;
        }
        match &stage.base {
            Base::Stage(index) => Origin::Stage(*index),
            Base::Scratch => Origin::Scratch,
            Base::Image(image) => Origin::Image(image.reference()),
            Base::Unknown => Origin::Unknown(written.to_owned()),
        }
    }

    /// What `COPY --from` or the `from` of a mount names.
    pub(super) fn named(document: &Document<'_>, name: &str) -> Origin {
        let stage = || document.stage_of_reference(name).map(|stage| Origin::Stage(stage.index));
        match named_context(document, name).or_else(stage) {
            Some(origin) => origin,
            // The builder expands no variable here.
            None if name.contains('$') => Origin::Unknown(name.to_owned()),
            None => Origin::Image(name.to_owned()),
        }
    }

    /// What an image, or a context that is given by name, is called; of something unknown how it is written.
    pub fn name(&self) -> Option<&str> {
        match self {
            Origin::Image(name) | Origin::NamedContext(name) | Origin::Unknown(name) => Some(name),
            Origin::Context | Origin::Stage(_) | Origin::Scratch => None,
        }
    }

    /// Whether it is named by its digest, and so can never be another.
    pub fn is_fixed(&self) -> bool {
        self.name().is_some_and(|name| name.contains("@sha256:") || name.contains("@sha512:"))
    }

    /// The stage, if it is one.
    pub fn stage(&self) -> Option<usize> {
        match self {
            Origin::Stage(index) => Some(*index),
            _ => None,
        }
    }
}

/// A context that is given by name takes the place of stages and images of that name.
fn named_context(document: &Document<'_>, name: &str) -> Option<Origin> {
    let known = document.config.named_contexts.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    Some(Origin::NamedContext((*known).to_owned()))
}
