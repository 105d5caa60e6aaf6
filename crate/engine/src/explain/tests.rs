use super::{Explanation, Topic, explain_at};
use crate::input::Input;
use layerwise_syntax::TextSize;

/// What is said of the place of `│`, which is no part of the text.
fn explain(marked: &str) -> Option<Explanation> {
    let offset = marked.find('│').unwrap();
    let text = marked.replace('│', "");
    explain_at(&Input::new(&text), TextSize::try_from(offset).unwrap())
}

fn fact(marked: &str, topic: Topic) -> String {
    let explanation = explain(marked).unwrap();
    let fact = explanation.facts.into_iter().find(|fact| fact.topic == topic);
    fact.map(|fact| fact.text).unwrap_or_default()
}

#[test]
fn the_instruction_is_found_from_every_place_of_its_lines() {
    let text = "FROM alpine AS a\nRUN one \\\n  # why\n  && two\n";
    for place in [17, 20, 28, 33, text.len() - 1, text.len()] {
        let (before, after) = text.split_at(place);
        let marked = format!("{before}│{after}");
        assert_eq!(explain(&marked).unwrap().title, "RUN, step 1 of stage `a`", "{place}");
    }
}

#[test]
fn comments_and_blank_lines_say_nothing() {
    assert_eq!(explain("FROM alpine\n# h│i\n"), None);
    assert_eq!(explain("FROM alpine\n│\nRUN a\n"), None);
    assert_eq!(explain("│"), None);
}

#[test]
fn values_are_those_of_the_file() {
    let text = "ARG V=3.23\nFROM alpine:$V│\n";
    assert!(fact(text, Topic::Does).contains("`alpine:3.23`"));
    let text = "FROM a AS b\nENV HOME_OF=/srv\nUSER app\nWORKDIR $HOME_OF/x\nRUN m│ake\nFROM a\nCOPY --from=b x y\n";
    assert!(fact(text, Topic::Does).contains("as `app` in `/srv/x`"));
    assert!(fact(text, Topic::Adds).contains("Stage `b` does not ship"));
    let user = |before: &str| fact(&format!("FROM a\n{before}\nUSER $U\nRUN m│ake\n"), Topic::Does);
    assert!(user("ARG U=1\nENV U=2").contains("as `2`"));
    assert!(user("ENV U=2\nARG U=1").contains("as `1`"), "the later one counts, as for BuildKit");
    assert!(user("ENV U=2\nARG U").contains("as `2`"), "it has no value of its own");
}

#[test]
fn a_stage_that_is_not_needed_adds_nothing() {
    assert!(fact("FROM a AS b\nRUN m│ake\nFROM a\n", Topic::Adds).starts_with("Nothing: the image does not need"));
}

#[test]
fn the_shell_gets_one_line_and_puts_the_values_in() {
    let text = "FROM a\nARG V=1\nRUN echo $V \\\n  # why\n  && tw│o\n";
    let runs = fact(text, Topic::Runs);
    assert!(runs.contains("`/bin/sh -c` reads `echo $V && two`") && runs.contains("`V`, which is `1`"), "{runs}");
    assert!(fact("FROM a\nSHELL [\"/bin/bash\", \"-ec\"]\nRUN m│ake\n", Topic::Runs).contains("`/bin/bash -ec`"));
    assert!(fact("FROM a\nRUN [\"make│\"]\n", Topic::Runs).contains("no shell"));
    assert!(fact("FROM a\nCMD npm star│t\n", Topic::Runs).contains("process 1"));
}

#[test]
fn heredocs_are_told_apart() {
    let runs = |text| fact(text, Topic::Runs);
    assert!(runs("FROM a\nRUN│ <<E\na\nb\nE\n").contains("without `set -e`"));
    assert!(runs("FROM a\nRUN│ <<E\nset -eu\na\nE\n").contains("stops at the first"));
    assert!(
        runs("FROM a\nSHELL [\"/bin/ash\", \"-eo\", \"pipefail\", \"-c\"]\nRUN│ <<E\na\nb\nE\n")
            .contains("stops at the first")
    );
    assert!(runs("FROM a\nRUN│ <<E python3\nprint()\nE\n").contains("runs `python3`"));
    assert!(runs("FROM a\nRUN│ <<E\n#!/usr/bin/env python3\nprint()\nE\n").starts_with("`/usr/bin/env python3`"));
    assert!(fact("FROM a\nCOPY│ <<E /x/y\na\nE\n", Topic::Does).contains("`/x/y`"));
}

#[test]
fn what_a_step_is_rebuilt_for_is_told() {
    let cache = |text| fact(text, Topic::Cache);
    assert!(cache("FROM a\nCOPY │x y\n").contains("content of `x` in the build context changes, or when a step above"));
    assert!(!cache("FROM a\nCOPY │--link x y\n").contains("above"));
    assert!(cache("FROM a\nADD │https://e.org/a.tgz /\n").contains("the server offers another file"));
    let commit = "0123456789".repeat(4);
    let checksum = "0123456789abcdef".repeat(4);
    for add in
        [&format!("--checksum=sha256:{checksum} https://e.org/a.tgz"), &format!("https://e.org/r.git#{commit}:docs")]
    {
        let cache = fact(&format!("FROM a\nADD │{add} /\n"), Topic::Cache);
        assert!(cache.contains("when its text changes") && cache.contains("cannot be another"), "{cache}");
    }
    assert!(cache("FROM a\nARG V\nRUN│ make\n").contains("or the value of `V`"));
    assert!(cache("FROM a AS x\nARG V\nFROM x\nRUN│ make\n").contains("or the value of `V`"), "that of a stage below");
    assert!(!cache("FROM a\nARG V\nENV V=1\nRUN│ make\n").contains("value of"), "ENV has taken its place");
    assert!(cache("FROM a\nENV V=1\nARG V\nRUN│ make\n").contains("or the value of `V`"), "and loses it again");
    assert!(
        cache("FROM a\nRUN│ make\n").contains("downloads")
            && !cache("FROM a\nRUN│ --network=none make\n").contains("downloads")
    );
    assert!(cache("FROM a\nCMD│ [\"x\"]\n").starts_with("Costs nothing"));
    assert!(
        cache("FROM a@sha256:0123456789012345678901234567890123456789012345678901234567890123│\n")
            .starts_with("Always the same")
    );
}

#[test]
fn an_instruction_that_a_later_one_replaces_says_so() {
    assert!(fact("FROM a\nCMD│ [\"x\"]\nCMD [\"y\"]\n", Topic::Does).starts_with("Nothing"));
    assert!(fact("FROM a\nENTRYPOINT [\"x\"]\nCMD│ [\"y\"]\n", Topic::Does).starts_with("The arguments"));
}

#[test]
fn triggers_directives_and_refused_lines_are_explained_too() {
    assert!(fact("FROM a\nONBUILD│ RUN make\n", Topic::Does).contains("`RUN make`"));
    assert!(fact("# syn│tax=docker/dockerfile:1\nFROM a\n", Topic::Does).contains("BuildKit"));
    assert!(fact("FROM a\nEXPOSE ht│tp\n", Topic::Does).starts_with("BuildKit refuses it."));
    assert_eq!(explain("FROM a\nRUNN│ x\n").unwrap().title, "RUNN");
    assert!(explain("RUN m│ake\n").is_some(), "a snippet");
}

#[test]
fn a_secret_is_not_repeated() {
    let text = "FROM a\nENV T=│ghp_abcdefghijklmnopqrstuvwxyz0123456789\n";
    assert!(!fact(text, Topic::Does).contains("abcdefghijklmnopqrstuvwxyz0123456789"));
}
