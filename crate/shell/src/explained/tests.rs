use super::{Explained, all, explained};
use crate::{Linter, Script, codes};

/// The codes that a script of an explanation raises.
fn raised(linter: &Linter, of: &Explained, text: &str) -> Vec<u16> {
    linter.lint(&Script::new(text, of.dialect)).iter().map(|finding| finding.code).collect()
}

#[test]
fn every_code_that_is_reported_is_explained_and_no_other() {
    let explained: Vec<u16> = all().map(|explained| explained.code).collect();
    assert_eq!(explained, codes());
}

#[test]
fn the_bad_script_raises_its_code_and_the_good_one_does_not() {
    let linter = Linter::new();
    for of in all() {
        let (bad, good) = (raised(&linter, of, of.bad), raised(&linter, of, of.good));
        assert!(bad.contains(&of.code), "SC{}: this raises {bad:?}:\n{}", of.code, of.bad);
        assert!(!good.contains(&of.code), "SC{}: this raises it too:\n{}", of.code, of.good);
    }
}

#[test]
fn the_good_script_raises_nothing_else() {
    let linter = Linter::new();
    for of in all() {
        let good = raised(&linter, of, of.good);
        assert!(good.is_empty(), "SC{}: this raises {good:?}:\n{}", of.code, of.good);
    }
}

#[test]
fn every_text_says_something() {
    for of in all() {
        for text in [of.title, of.why, of.bad, of.good] {
            assert!(!text.trim().is_empty(), "SC{}", of.code);
        }
        assert!(!of.title.ends_with('.') && of.title.len() <= 70, "SC{}: {}", of.code, of.title);
        assert!(of.why.ends_with('.'), "SC{}: {}", of.code, of.why);
        assert_ne!(of.bad, of.good, "SC{}", of.code);
    }
}

#[test]
fn a_code_is_found_by_its_number() {
    assert_eq!(explained(2086).map(|of| of.code), Some(2086));
    assert_eq!(explained(1), None);
}
