//! Places in scripts that findings of two tools have in common.

use super::super::place::line_start;
use super::handed::Handed;
use std::collections::BTreeSet;

/// A finding, as far as ShellCheck and we can agree on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// ShellCheck's number for it.
    pub number: u16,
    /// Which of the scripts.
    pub script: usize,
    /// Where it begins, in bytes of the script.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

pub type Places = BTreeSet<Place>;

impl Place {
    /// Its code, as `SC2086`.
    pub fn code(self) -> String {
        format!("SC{}", self.number)
    }
}

/// The offset of a line and a column, both counted from one and in characters, as ShellCheck counts them in its reports.
pub fn offset(text: &str, line: u64, column: u64) -> Option<usize> {
    let characters_before = usize::try_from(column).ok()?.checked_sub(1)?;
    let start = line_start(text, line)?;
    let of_line = text.get(start..)?;
    let within = of_line.char_indices().map(|(at, _)| at).chain([of_line.len()]).nth(characters_before)?;
    Some(start + within)
}

/// Prints the places of a code that only one side has, each in the middle of its text.
pub fn show(code: &str, side: &str, places: &[&Place], scripts: &[Handed]) {
    const AROUND: usize = 60;
    for place in places.iter().filter(|place| place.code() == code) {
        let Some(script) = scripts.get(place.script) else { continue };
        let Some((before, rest)) = script.text.split_at_checked(place.start) else { continue };
        let (inside, after) = rest.split_at_checked(place.end.saturating_sub(place.start)).unwrap_or((rest, ""));
        let skipped = before.chars().count().saturating_sub(AROUND);
        let before: String = before.chars().skip(skipped).collect();
        let after: String = after.chars().take(AROUND).collect();
        let shown = format!("{before}»{inside}«{after}").replace('\n', "⏎");
        println!("{side}  {}  {}  {shown}", script.file.display(), script.dialect.name());
    }
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn a_column_counts_characters_and_a_line_breaks() {
        let text = "é a\n\tb";
        assert_eq!(offset(text, 1, 1), Some(0));
        assert_eq!(offset(text, 1, 3), Some(3));
        assert_eq!(offset(text, 2, 1), Some(5));
        assert_eq!(offset(text, 2, 2), Some(6));
        assert_eq!(offset(text, 2, 3), Some(7));
        assert_eq!(offset(text, 2, 4), None);
        assert_eq!(offset(text, 3, 1), None);
        assert_eq!(offset(text, 0, 1), None);
    }
}
