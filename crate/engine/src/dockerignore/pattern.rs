//! One line of a `.dockerignore`, or another pattern for paths.

use super::clean;
use layerwise_syntax::list::IntoList;

/// A pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// Whether it brings back what an earlier one left out: `!path`.
    pub is_exception: bool,
    /// Whether it stands for the whole context.
    pub is_everything: bool,
    tokens: Vec<Token>,
}

/// What stands for the next characters of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// This character.
    One(char),
    /// `?`: any but a slash.
    Any,
    /// `*`: any number of characters but slashes.
    Star,
    /// `**` at the end, or glued to the start of a name: any text.
    Rest,
    /// `**/`: any number of folders. The next token, [`Token::InFolders`], is where the path is while it goes through them.
    Folders,
    InFolders,
    /// `[…]`: ranges of characters, or with `^` all others.
    Class {
        ranges: Vec<(char, char)>,
        is_negated: bool,
    },
}

impl Pattern {
    /// Reads a line. Comments, empty lines and what is no pattern give `None`.
    pub fn read(line: &str) -> Option<Pattern> {
        if line.starts_with('#') {
            return None;
        }
        let line = line.trim();
        let (is_exception, path) = match line.strip_prefix('!') {
            Some(path) => (true, path.trim()),
            None => (false, line),
        };
        let path = clean(path);
        let tokens = tokens(&path, true)?;
        let is_everything = matches!(path.as_str(), "*" | "**" | "**/*");
        (!tokens.is_empty()).then_some(Pattern { is_exception, is_everything, tokens })
    }

    /// Reads the source of a `COPY`, in which a star never stands for a slash: Go's `filepath.Match`. With `--parents` two stars stand for
    /// folders. What is no pattern stands for itself. `None` for the whole context.
    /// <https://docs.docker.com/reference/dockerfile/#pattern-matching>
    pub fn of_source(path: &str, has_two_stars: bool) -> Option<Pattern> {
        match tokens(&clean(path), has_two_stars) {
            Some(tokens) => Pattern::of_tokens(tokens),
            None => Pattern::of_path(path),
        }
    }

    /// A path in which no sign means anything else. `None` for the whole context.
    pub fn of_path(path: &str) -> Option<Pattern> {
        Pattern::of_tokens(clean(path).chars().map(Token::One).into_list())
    }

    /// Everything that begins with a text. `None` for the whole context.
    pub fn of_start(start: &str) -> Option<Pattern> {
        let start = start.trim_start_matches("./").trim_start_matches('/');
        let mut tokens = start.chars().map(Token::One).into_list();
        if !tokens.is_empty() {
            tokens.push(Token::Rest);
        }
        Pattern::of_tokens(tokens)
    }

    fn of_tokens(tokens: Vec<Token>) -> Option<Pattern> {
        (!tokens.is_empty()).then_some(Pattern { is_exception: false, is_everything: false, tokens })
    }

    /// Whether it matches a clean path or a folder that the path lies in.
    pub fn matches(&self, path: &str) -> bool {
        self.matched(path).is_some()
    }

    /// How much of a clean path it matches, in bytes: all, or that of a folder that the path lies in.
    pub fn matched(&self, path: &str) -> Option<usize> {
        let mut places = self.start();
        for (at, character) in path.char_indices() {
            // What was read so far is a folder's path.
            if character == '/' && places.are_at_end() {
                return Some(at);
            }
            self.step(&mut places, character);
        }
        (!path.is_empty() && places.are_at_end()).then_some(path.len())
    }

    /// Whether it matches a clean path, or may match something that lies in it.
    pub fn may_match_in(&self, path: &str) -> bool {
        let mut places = self.start();
        for character in path.chars().chain((!path.is_empty()).then_some('/')) {
            if character == '/' && places.are_at_end() {
                return true;
            }
            self.step(&mut places, character);
        }
        places.reached.contains(&true)
    }

    /// The places that an empty path reaches.
    fn start(&self) -> Places {
        let count = self.tokens.len() + 1;
        let mut places = Places { reached: vec![false; count], next: vec![false; count] };
        mark(&mut places.reached, 0);
        self.skip(&mut places.reached);
        places
    }

    /// Goes on to the places that are reached with one more character.
    fn step(&self, places: &mut Places, character: char) {
        let Places { reached, next } = places;
        next.fill(false);
        let is_slash = character == '/';
        for (place, token) in self.tokens.iter().enumerate().filter(|(place, _)| reached.get(*place) == Some(&true)) {
            match token {
                Token::One(wanted) if *wanted == character => mark(next, place + 1),
                Token::Any if !is_slash => mark(next, place + 1),
                Token::Star if !is_slash => mark(next, place),
                Token::Rest => mark(next, place),
                Token::InFolders => {
                    mark(next, place);
                    if is_slash {
                        mark(next, place + 1);
                    }
                }
                Token::Class { ranges, is_negated } => {
                    let is_member = ranges.iter().any(|(low, high)| (low..=high).contains(&&character));
                    if is_member != *is_negated {
                        mark(next, place + 1);
                    }
                }
                Token::One(_) | Token::Any | Token::Star | Token::Folders => {}
            }
        }
        self.skip(next);
        std::mem::swap(reached, next);
    }

    /// Goes on from tokens that may stand for nothing.
    fn skip(&self, reached: &mut [bool]) {
        for (place, token) in self.tokens.iter().enumerate() {
            if reached.get(place) != Some(&true) {
                continue;
            }
            match token {
                Token::Star | Token::Rest => mark(reached, place + 1),
                Token::Folders => {
                    mark(reached, place + 1);
                    mark(reached, place + 2);
                }
                _ => {}
            }
        }
    }
}

/// How far a path gets: for every place among the tokens, whether it is reached. Tracking all of them at once, a path takes no more time than
/// the product of both lengths, however many stars there are.
struct Places {
    reached: Vec<bool>,
    /// Kept, so that not every character asks for memory.
    next: Vec<bool>,
}

impl Places {
    fn are_at_end(&self) -> bool {
        self.reached.last() == Some(&true)
    }
}

fn mark(reached: &mut [bool], place: usize) {
    if let Some(is_reached) = reached.get_mut(place) {
        *is_reached = true;
    }
}

/// The tokens of a pattern; `None` where Docker would refuse it. Two stars may stand for folders, or for no more than one.
fn tokens(pattern: &str, has_two_stars: bool) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        let behind = rest.get(character.len_utf8()..).unwrap_or_default();
        rest = match character {
            '*' => match behind.strip_prefix('*').filter(|_| has_two_stars) {
                Some(behind) => two_stars(behind, &mut tokens),
                None => {
                    tokens.push(Token::Star);
                    behind
                }
            },
            '?' => {
                tokens.push(Token::Any);
                behind
            }
            '[' => class(behind, &mut tokens)?,
            '\\' => {
                let escaped = behind.chars().next()?;
                tokens.push(Token::One(escaped));
                behind.get(escaped.len_utf8()..).unwrap_or_default()
            }
            other => {
                tokens.push(Token::One(other));
                behind
            }
        };
    }
    Some(tokens)
}

/// `**`, given what stands behind it. Gives back what is left.
fn two_stars<'p>(behind: &'p str, tokens: &mut Vec<Token>) -> &'p str {
    let (is_glued, rest) = match behind.strip_prefix('/') {
        Some(rest) => (false, rest),
        None => (true, behind),
    };
    // Docker compares the end of the path when nothing but two stars and plain text is given.
    let is_any_start = is_glued && tokens.is_empty() && !rest.contains(['*', '?', '[', '\\']);
    if rest.is_empty() || is_any_start {
        tokens.push(Token::Rest);
    } else {
        tokens.extend([Token::Folders, Token::InFolders]);
    }
    rest
}

/// A class, given what stands behind its bracket. Gives back what is left.
fn class<'p>(behind: &'p str, tokens: &mut Vec<Token>) -> Option<&'p str> {
    let is_negated = behind.starts_with('^');
    let mut characters = behind.chars();
    if is_negated {
        characters.next();
    }
    let mut ranges = Vec::new();
    loop {
        let low = match characters.next()? {
            ']' if !ranges.is_empty() => break,
            '\\' => characters.next()?,
            low => low,
        };
        let mut ahead = characters.clone();
        let high = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(high)) if high != ']' => {
                characters = ahead;
                if high == '\\' { characters.next()? } else { high }
            }
            _ => low,
        };
        ranges.push((low, high));
    }
    tokens.push(Token::Class { ranges, is_negated });
    Some(characters.as_str())
}
