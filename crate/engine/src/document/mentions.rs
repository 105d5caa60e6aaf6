//! Where names of files are mentioned.

use super::Document;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{TextRange, TextSize};

/// The last place at which each name is mentioned, in code or in comments.
#[derive(Debug)]
pub struct Mentions {
    last: HashMap<String, usize>,
}

impl Document<'_> {
    /// Collects the names that the text mentions: whatever stands between blanks, quotes and slashes.
    pub fn mentions(&self) -> Mentions {
        let is_mark = |mark: char| mark.is_whitespace() || "/\"'=,;&|()<>`".contains(mark);
        let mut last = HashMap::new();
        let mut at = 0;
        for name in self.file.text().split(is_mark) {
            if name.len() > 2 {
                last.insert(name.to_owned(), at);
            }
            // The mark behind it is one byte, or a blank of several.
            at += name.len();
            let mark = self.file.text().get(at..).and_then(|rest| rest.chars().next());
            at += mark.map_or(0, char::len_utf8);
        }
        Mentions { last }
    }
}

impl Mentions {
    /// Whether a name is mentioned behind a range.
    pub fn is_behind(&self, name: &str, range: TextRange) -> bool {
        self.last.get(name).and_then(|at| TextSize::try_from(*at).ok()).is_some_and(|at| at >= range.end())
    }
}
