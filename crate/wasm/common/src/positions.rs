//! From bytes to what editors count in.

use layerwise_syntax::{TextRange, TextSize};

use crate::model::Range;

/// Converts positions of one text.
pub struct Positions {
    /// Where each line but the first begins.
    lines: Vec<u32>,
    /// For each character that is not ASCII: where it ends in bytes, and by how much UTF-16 offsets lag behind bytes from there on.
    lags: Vec<(u32, u32)>,
}

impl Positions {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        let mut lag = 0;
        let mut lags = Vec::new();
        let mut lines = Vec::new();
        let mut bytes = TextSize::new(0);
        for character in text.chars() {
            bytes += TextSize::of(character);
            if !character.is_ascii() {
                lag += u32::from(TextSize::of(character)) - utf16_length(character);
                lags.push((u32::from(bytes), lag));
            }
            if character == '\n' {
                lines.push(u32::from(bytes));
            }
        }
        Positions { lines, lags }
    }

    /// The offset in UTF-16 code units.
    pub fn offset(&self, bytes: TextSize) -> u32 {
        let bytes = u32::from(bytes);
        let after = self.lags.partition_point(|(end, _)| *end <= bytes);
        let lag = after.checked_sub(1).and_then(|index| self.lags.get(index)).map_or(0, |(_, lag)| *lag);
        bytes - lag
    }

    /// The offset in bytes of one in UTF-16 code units, where a character begins there.
    pub fn bytes(&self, offset: u32) -> TextSize {
        let before = self.lags.partition_point(|(end, lag)| *end - *lag <= offset);
        let lag = before.checked_sub(1).and_then(|index| self.lags.get(index)).map_or(0, |(_, lag)| *lag);
        TextSize::new(offset.saturating_add(lag))
    }

    /// A range in UTF-16 code units.
    pub fn range(&self, range: TextRange) -> Range {
        Range { start: self.offset(range.start()), end: self.offset(range.end()) }
    }

    /// The line, counted from 1.
    pub fn line(&self, bytes: TextSize) -> u32 {
        let before = self.lines.partition_point(|start| *start <= u32::from(bytes));
        u32::try_from(before).map_or(1, |before| before + 1)
    }
}

fn utf16_length(character: char) -> u32 {
    if character > '\u{ffff}' { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_utf_16() {
        let text = "aé😀\nb";
        let positions = Positions::of(text);
        for (bytes, character) in text.char_indices() {
            let expected = text.get(..bytes).unwrap().encode_utf16().count();
            let offset = positions.offset(TextSize::try_from(bytes).unwrap());
            assert_eq!(usize::try_from(offset).unwrap(), expected, "before {character:?}");
            assert_eq!(positions.bytes(offset), TextSize::try_from(bytes).unwrap(), "before {character:?}");
        }
        assert_eq!(positions.line(TextSize::new(8)), 2);
    }
}
