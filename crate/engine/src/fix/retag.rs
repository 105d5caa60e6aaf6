//! Another image or tag in the place of one.

use super::{Edit, replace};
use crate::image::ImageName;
use layerwise_syntax::{TextRange, TextSize, Word};

/// Whether a reference stands in one piece in the file, so that the place of its parts is certain.
fn is_whole(word: &Word) -> bool {
    word.is_plain() && word.text.len() == usize::from(word.range.len())
}

/// Gives the image that a word names another tag; a digest goes with the old one. `None` where the text is not in one piece.
pub fn retag(word: &Word, image: &ImageName, tag: &str) -> Option<Edit> {
    let start = word.range.start() + TextSize::try_from(image.name_length).ok()?;
    is_whole(word).then(|| replace(TextRange::new(start, word.range.end()), format!(":{tag}")))
}

/// Puts another reference in the place of one that has no registry, as one with a registry may be that of a mirror.
pub fn reference(word: &Word, image: &ImageName, reference: String) -> Option<Edit> {
    (is_whole(word) && word.text == image.reference()).then(|| replace(word.range, reference))
}
