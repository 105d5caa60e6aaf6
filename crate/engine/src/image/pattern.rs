//! Patterns over image names: `bitnami/*`, `php:*fpm*`, `gcr.io/distroless/*:*nonroot*`.

use super::ImageName;
use crate::table::words_of;

/// Whether an image matches a pattern. `*` stands for any text. A pattern without a colon matches every tag; one with a colon matches the
/// tag too.
pub fn matches(pattern: &str, image: &ImageName) -> bool {
    // Long tables are asked of every step.
    let first = pattern.bytes().next();
    if first != Some(b'*') && first != image.repository.bytes().next() {
        return false;
    }
    let colon = pattern.bytes().position(|byte| byte == b':').unwrap_or(pattern.len());
    let Some((repository, tag)) = pattern.split_at_checked(colon) else { return false };
    glob(repository, &image.repository)
        && tag.strip_prefix(':').is_none_or(|tag| image.tag.as_deref().is_some_and(|image_tag| glob(tag, image_tag)))
}

/// Whether an image matches any pattern of a table.
pub(super) fn matches_any(patterns: &str, image: &ImageName) -> bool {
    words_of(patterns).any(|pattern| matches(pattern, image))
}

/// Whether a text matches a pattern in which `*` stands for any text.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    // Most patterns begin with another letter than the text.
    let first = pattern.bytes().next();
    if first != Some(b'*') && first != text.bytes().next() {
        return false;
    }
    if !pattern.bytes().any(|byte| byte == b'*') {
        return pattern == text;
    }
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        // The leftmost place leaves the most for the pieces that follow.
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        let image = |reference| ImageName::parse(reference).unwrap();
        assert!(matches("bitnami/*", &image("bitnami/redis:7")));
        assert!(matches("php:*fpm*", &image("php:8.4-fpm-alpine")));
        assert!(!matches("php:*fpm*", &image("php:8.4-cli")));
        assert!(!matches("php:*fpm*", &image("php")));
        assert!(matches("gcr.io/distroless/*:*nonroot*", &image("gcr.io/distroless/static-debian13:nonroot")));
        assert!(matches("node", &image("node:24")));
        assert!(!matches("node", &image("my/node:24")));
        assert!(!glob("a*b*c", "abab"));
        assert!(glob("*", ""));
    }
}
