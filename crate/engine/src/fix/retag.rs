//! Another image or tag in the place of one.

use super::{Edit, replace};
use crate::image::ImageName;
use layerwise_syntax::{TextRange, TextSize, Word};

/// Where a reference stands in the file, without the quotes around it. `None` where it is not in one piece, so that the place of its parts is
/// not certain.
fn whole(word: &Word) -> Option<TextRange> {
    let inner = word.text.trim_matches(['"', '\'']);
    let is_in_one_piece = word.text.len() == usize::from(word.range.len());
    let quote = TextSize::of(word.text.get(..word.text.find(inner)?)?);
    (is_in_one_piece && word.value().as_deref() == Some(inner))
        .then(|| TextRange::at(word.range.start() + quote, TextSize::of(inner)))
}

/// Gives the image that a word names another tag; a digest goes with the old one. `None` where the text is not in one piece.
pub fn retag(word: &Word, image: &ImageName, tag: &str) -> Option<Edit> {
    let place = whole(word)?;
    let start = place.start() + TextSize::try_from(image.name_length).ok()?;
    Some(replace(TextRange::new(start, place.end()), format!(":{tag}")))
}

/// Puts another reference in the place of one that has no registry, as one with a registry may be that of a mirror.
pub fn reference(word: &Word, image: &ImageName, reference: String) -> Option<Edit> {
    let place = whole(word)?;
    (word.value().as_deref() == Some(&image.reference())).then(|| replace(place, reference))
}
