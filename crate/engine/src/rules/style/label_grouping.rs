//! Labels, side by side.

use crate::rules::prelude::*;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_numbers;
use layerwise_syntax::{EnvPair, KeyValues};

pub const RULE: Rule = Rule {
    id: "label-grouping",
    category: Category::Style,
    severity: Severity::Style,
    is_on: false,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("group").codes(&[tally("tally/labels/prefer-grouped")]),
        Case::new("order").codes(&[tally("tally/labels/prefer-stable-order")]),
    ],
    supersedes: &[],
    title: "Labels here and there",
    summary: "Write neighbouring labels as one LABEL, with their keys in order.",
    why: "
Labels add nothing to the size of the image, so this is only about reading: one block in order is easier to look through, and to compare with
that of another file.
",
    leave_it_when: "A program writes or reads the lines one by one.",
    references: &["https://docs.docker.com/build/building/best-practices/#label"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23\n«LABEL a=\"1\"»\nLABEL b=\"2\" c=3\nRUN make\n",
            "FROM alpine:3.23\nLABEL a=\"1\" \\\n      b=\"2\" \\\n      c=3\nRUN make\n",
        )
        .case("group"),
        fixed(
            "FROM alpine:3.23\nLABEL «b=2» \\\n  org.opencontainers.image.title=\"x\" \\\n  a=1\n",
            "FROM alpine:3.23\nLABEL org.opencontainers.image.title=\"x\" \\\n  a=1 \\\n  b=2\n",
        )
        .case("order"),
        // A comment speaks of one of them; a key is there twice; the old form takes the rest of the line.
        flagged("FROM alpine:3.23\n«LABEL a=1»\nLABEL b=2\nLABEL a=3\n").case("group"),
        flagged("FROM alpine:3.23\n«LABEL a=1»\nLABEL b 2\nLABEL c=3\n").case("group"),
        flagged("FROM alpine:3.23\nLABEL «b=2» \\\n  # the first\n  a=1\n").case("order"),
        clean("FROM alpine:3.23\nLABEL a=1 \\\n      b=2 \\\n      c=3\n"),
        clean("FROM alpine:3.23\nLABEL a=1\nLABEL b=2\nRUN make\nLABEL c=3\n# d\nLABEL d=4 e=5\n"),
    ],
    check,
};

/// Nobody has more labels side by side.
const MOST: usize = 64;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        let mut group: Vec<(&Step<'_>, &KeyValues)> = Vec::new();
        for step in &stage.steps {
            let labels = match &step.instruction.arguments {
                Arguments::Label(values) if !step.is_trigger => Some(values),
                _ => None,
            };
            let goes_on = labels.is_some() && !document.has_comments(step);
            if !goes_on {
                report_group(document, &group, report);
                group.clear();
            }
            if let Some(values) = labels {
                report_order(document, step, values, report);
                group.push((step, values));
            }
        }
        report_group(document, &group, report);
    }
}

fn report_group(document: &Document<'_>, group: &[(&Step<'_>, &KeyValues)], report: &mut Reporter<'_>) {
    let pairs: Vec<&EnvPair> = group.iter().flat_map(|(_, values)| &values.pairs).into_list();
    let (Some((first, _)), Some((last, _))) = (group.first(), group.last()) else { return };
    if group.len() < 2 || pairs.len() < 3 {
        return;
    }
    let finding =
        report.at("group", first.instruction.range, format!("{} LABELs stand here one after another", group.len()));
    let is_legacy = group.iter().any(|(_, values)| values.is_legacy);
    let has_comment = group.iter().any(|(step, _)| !step.outer.comments.is_empty());
    let Some(ordered) = in_order(&pairs).filter(|_| !is_legacy && !has_comment) else { return };
    let start = first.instruction.range.start();
    let before = document.slice(TextRange::new(first.instruction.lines.start(), start));
    let keyword = &first.instruction.keyword.text;
    let joint = format!(
        " {}{}{before}{:width$} ",
        document.file.escape,
        newline_of(document.file.text()),
        "",
        width = keyword.len()
    );
    let written: Vec<&str> = ordered.iter().map(|pair| document.slice(pair.range)).into_list();
    let text = format!("{keyword} {}", written.join(&joint));
    let range = TextRange::new(start, last.instruction.range.end());
    finding.fix(Safe, "Write them as one", [replace(range, text)]);
}

fn report_order(document: &Document<'_>, step: &Step<'_>, values: &KeyValues, report: &mut Reporter<'_>) {
    let pairs: Vec<&EnvPair> = values.pairs.iter().into_list();
    let Some(ordered) = in_order(&pairs) else { return };
    let mut edits = Vec::new();
    for (pair, other) in pairs.iter().zip(ordered) {
        if pair.range != other.range {
            edits.push(replace(pair.range, document.slice(other.range)));
        }
    }
    if let Some(first) = edits.first().map(|edit| edit.range) {
        let finding = report.at("order", first, "the keys of this LABEL are in no order");
        if step.outer.comments.is_empty() {
            finding.fix(Safe, "Put them in order", edits);
        }
    }
}

/// The pairs by their keys, the common ones first. `None` where a key is there twice, which lets the last one win.
fn in_order<'p>(pairs: &[&'p EnvPair]) -> Option<Vec<&'p EnvPair>> {
    let key = |pair: &EnvPair| (!pair.key.text.starts_with("org.opencontainers.image."), pair.key.text.clone());
    if pairs.len() > MOST {
        return None;
    }
    let mut placed = Vec::new();
    for pair in pairs {
        let own = key(pair);
        if pairs.iter().filter(|other| key(other) == own).count() > 1 {
            return None;
        }
        placed.push((pairs.iter().filter(|other| key(other) < own).count(), *pair));
    }
    let placed = by_numbers(placed, |(place, _)| (u64::try_from(*place).unwrap_or_default(), 0));
    Some(placed.into_iter().map(|(_, pair)| pair).into_list())
}
