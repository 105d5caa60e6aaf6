//! Where names of files are mentioned.

use super::Document;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{TextRange, TextSize};

/// The last place at which each name is mentioned, in code or in comments.
#[derive(Debug)]
pub struct Mentions {
    last: HashMap<String, usize>,
    /// What stands for several names, in the order of the text: what they begin and end with, and where they are mentioned.
    patterns: Vec<(String, String, usize)>,
}

/// What stands for something else in a name.
const WILDCARDS: [char; 6] = ['*', '?', '[', '{', ']', '}'];

impl Document<'_> {
    /// Collects the names that the text mentions: whatever stands between blanks, quotes and slashes.
    pub fn mentions(&self) -> Mentions {
        let is_mark = |mark: char| mark.is_whitespace() || "/\"'=,;&|()<>`".contains(mark);
        let mut last = HashMap::new();
        let mut patterns = Vec::new();
        let mut at = 0;
        for name in self.file.text().split(is_mark) {
            if name.len() > 2 {
                last.insert(name.to_owned(), at);
            }
            // Of a lone `/*` only what stands before it tells what it means, and that is most often another folder.
            let is_in_folder = self.file.text().get(..at).is_some_and(|before| before.ends_with('/'));
            if let (Some((start, _)), Some((_, end))) = (name.split_once(WILDCARDS), name.rsplit_once(WILDCARDS))
                && (name.len() > 1 || !is_in_folder)
            {
                patterns.push((start.to_owned(), end.to_owned(), at));
            }
            // The mark behind it is one byte, or a blank of several.
            at += name.len();
            let mark = self.file.text().get(at..).and_then(|rest| rest.chars().next());
            at += mark.map_or(0, char::len_utf8);
        }
        Mentions { last, patterns }
    }
}

impl Mentions {
    /// Whether a name is mentioned behind a range, be it by a pattern such as `*.zip`.
    pub fn is_behind(&self, name: &str, range: TextRange) -> bool {
        let is_behind = |at: &usize| TextSize::try_from(*at).is_ok_and(|at| at >= range.end());
        let takes_in = |(start, end, at): &&(String, String, usize)| {
            is_behind(at) && name.starts_with(start.as_str()) && name.ends_with(end.as_str())
        };
        self.last.get(name).is_some_and(is_behind) || self.patterns.iter().rev().any(|it| takes_in(&it))
    }
}
