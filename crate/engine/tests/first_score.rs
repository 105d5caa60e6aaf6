//! The score that comes first is the score.

#![allow(clippy::panic, reason = "a test may fail loudly")]

use layerwise_engine::{Date, Input, all_rules, check, first_score};

#[test]
fn the_first_score_of_every_example_is_its_score() {
    let (mut scored, mut first) = (0, 0);
    for example in all_rules().iter().flat_map(|rule| rule.examples) {
        let text = example.text.replace(['«', '»'], "");
        let (dockerignore, config) = (example.dockerignore, example.config);
        let input = Input { dockerignore, config, today: Date::parse("2026-11-01"), ..Input::new(&text) };
        let score = check(&input).score;
        scored += usize::from(score.is_some());
        let Some(early) = first_score(&input) else { continue };
        first += 1;
        let score = score.unwrap_or_else(|| panic!("no score in the end:\n{text}"));
        assert_eq!((early.total, early.grade), (score.total, score.grade), "{text}");
        assert_eq!(early.categories, score.categories, "{text}");
    }
    // The others are those whose comments silence something.
    assert!(first * 20 > scored * 19, "only {first} of {scored} come first");
}
