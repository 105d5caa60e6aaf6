//! Places in a file. Lines and columns count from 1, columns in Unicode characters; ends are exclusive.

use crate::source::{Place, Source};
use layerwise_syntax::TextRange;
use serde::Serialize;

/// From where to where something stands.
#[derive(Serialize)]
pub struct Span {
    start: Place,
    end: Place,
}

/// Where a range is.
pub fn range(range: TextRange, source: &Source) -> Span {
    let (start, end) = source.places(range);
    Span { start, end }
}
