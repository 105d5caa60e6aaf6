//! What a stage starts from.

use crate::image::ImageName;

/// What a stage starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// An image from a registry.
    Image(ImageName),
    /// An earlier stage of the file, by its index.
    Stage(usize),
    /// Nothing.
    Scratch,
    /// A reference that depends on a value which is not in the file, or no reference at all.
    Unknown,
}

impl Base {
    /// The image, if it is one.
    pub fn image(&self) -> Option<&ImageName> {
        match self {
            Base::Image(image) => Some(image),
            _ => None,
        }
    }
}
