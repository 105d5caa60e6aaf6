//! Label keys that tools do not find.

use crate::rules::prelude::*;
use crate::table::Listed;
use layerwise_syntax::EnvPair;
use layerwise_syntax::lookup::HashSet;
use std::cell::LazyCell;

pub const RULE: Rule = Rule {
    id: "label-key",
    category: Category::Config,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("format").severity(Severity::Style).codes(&[hadolint("DL3048"), tally("tally/labels/valid-key")]),
        Case::new("reserved").codes(&[hadolint("DL3048"), tally("tally/labels/valid-key")]),
        Case::new("duplicate").codes(&[tally("tally/labels/no-duplicate-keys")]),
    ],
    supersedes: &[],
    title: "Label key that tools may not find",
    summary: "Write label keys in lower case, once each, and outside of Docker's own namespaces.",
    why: "
Tools look labels up by their exact names. Keys in lower case that begin with a domain of yours, such as `com.example.version`, collide with
nobody's and need no quotes. `com.docker.`, `io.docker.` and `org.dockerproject.` are Docker's own.

A key that is written twice keeps only its last value.
",
    leave_it_when: "A tool that you use asks for a key of another shape.",
    references: &[
        "https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations",
        "https://github.com/hadolint/hadolint/wiki/DL3048",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        flagged("FROM alpine:3.23\nLABEL «Com.Example..Version»=\"1.4.2\"\n").case("format"),
        flagged("FROM alpine:3.23\nLABEL «com.example.»=a «com--example»=c «HELP»=d RUN=e\n").case("format"),
        reviewed(
            "FROM alpine:3.23\nLABEL «maintainer_Name»=b\n",
            "FROM alpine:3.23\nLABEL maintainer_name=b\n",
        )
        .case("format"),
        // There would be two of one name.
        flagged("FROM alpine:3.23\nLABEL «Vendor»=a\nLABEL vendor=b\n").case("format"),
        flagged("FROM alpine:3.23\nLABEL vendor=b\nLABEL «Vendor»=a\n").case("format"),
        flagged("FROM alpine:3.23\nLABEL vendor=b «Vendor»=a\n").case("format"),
        flagged("FROM alpine:3.23\nLABEL «com.docker.team»=web\n").case("reserved"),
        fixed(
            "FROM alpine:3.23\nLABEL «version»=1 team=web\nLABEL version=2\n",
            "FROM alpine:3.23\nLABEL team=web\nLABEL version=2\n",
        )
        .case("duplicate"),
        fixed(
            "FROM alpine:3.23\nLABEL «version»=1\nRUN make\nLABEL team=web \\\n      version=2\n",
            "FROM alpine:3.23\nRUN make\nLABEL team=web \\\n      version=2\n",
        )
        .case("duplicate"),
        fixed(
            "FROM alpine:3.23\nLABEL team=web \\\n      «version»=1\nLABEL version=2\n",
            "FROM alpine:3.23\nLABEL team=web\nLABEL version=2\n",
        )
        .case("duplicate"),
        clean("FROM alpine:3.23\nLABEL com.example.version=\"1.4.2\"\n"),
        clean("FROM alpine:3.23\nLABEL com.example.version=\"1.4.2\" com.example.is-beta=no a/b_c=d\n"),
        clean("FROM alpine:3.23\nARG KEY\nLABEL $KEY=1 com.docker.compose.project=web \"quoted\"=2\n"),
        // Each stage has labels of its own, and what they are built from may be replaced.
        clean("FROM alpine:3.23 AS base\nLABEL version=1\nFROM base\nLABEL version=2\n"),
    ],
    check,
};

const RESERVED: &str = "com.docker. io.docker. org.dockerproject.";

/// What Docker asks others to set, below its own names.
const DOCUMENTED: &str =
    "com.docker.compose. com.docker.extension. com.docker.desktop. com.docker.image.source.entrypoint";

/// Keys that the `atomic` tool looks for, in these letters.
const OF_ATOMIC: &str = "INSTALL UNINSTALL RUN STOP UPGRADE";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        // Few files have a label for which this is asked.
        let keys: LazyCell<HashSet<String>, _> = LazyCell::new(|| {
            stage.own_steps().flat_map(|step| step.labels()).filter_map(|pair| pair.key.value()).collect()
        });
        let mut seen: HashSet<String> = HashSet::new();
        for step in stage.own_steps().rev() {
            for pair in step.labels().iter().rev() {
                // Of a key without a letter, what BuildKit refuses is told elsewhere.
                let Some(key) = pair.key.value().filter(|key| !key.is_empty()) else { continue };
                if document.config.compat.is_some() || !key.is_one_of(OF_ATOMIC) {
                    shape(&key, pair, &|key| keys.contains(key), report);
                }
                if seen.contains(&key) {
                    duplicate(document, step, pair, &key, report);
                } else {
                    seen.insert(key);
                }
            }
        }
    }
}

fn shape(key: &str, pair: &EnvPair, is_label: &dyn Fn(&str) -> bool, report: &mut Reporter<'_>) {
    let is_in = |names: &str| key.starts_with_any(names);
    if is_in(RESERVED) && !is_in(DOCUMENTED) {
        report.at("reserved", pair.key.range, format!("`{key}` lies in a namespace that Docker keeps for itself"));
    } else if !is_well_formed(key) {
        let finding =
            report.at("format", pair.key.range, format!("`{key}` is not a lower-case key that every tool can read"));
        let lower = key.to_ascii_lowercase();
        // What is all upper case, as `HELP`, is what a tool looks for.
        let is_word = key.bytes().any(|byte| byte.is_ascii_lowercase());
        if is_word && is_well_formed(&lower) && pair.key.text == key && !is_label(&lower) {
            let title = "Write it in lower case (what looks for it by its old name finds nothing then)";
            finding.fix(Review, title, [replace(pair.key.range, lower)]);
        }
    }
}

fn is_well_formed(key: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_allowed = |byte: u8| is_plain(byte) || b"._-/".contains(&byte);
    key.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && key.bytes().next_back().is_some_and(is_plain)
        && key.bytes().all(is_allowed)
        && !key.contains("..")
        && !key.contains("--")
}

fn duplicate(document: &Document<'_>, step: &Step<'_>, pair: &EnvPair, key: &str, report: &mut Reporter<'_>) {
    let finding =
        report.at("duplicate", pair.key.range, format!("`{key}` is set again below, and only that value stays"));
    if let Some(edit) = document.pair_to_go(step, step.labels(), pair) {
        finding.fix(Safe, "Remove the value that is lost", [edit]);
    }
}
