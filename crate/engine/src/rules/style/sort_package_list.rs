//! Package lists that nobody can find anything in.

use crate::fix::line_indent;
use crate::packages::{install, package_name};
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::order::by_numbers;

pub const RULE: Rule = Rule {
    id: "sort-package-list",
    category: Category::Style,
    severity: Severity::Style,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("unsorted").codes(&[tally("tally/sort-packages")]),
        Case::new("duplicate").severity(Severity::Info),
    ],
    supersedes: &[],
    title: "Package list out of order",
    summary: "Sort multi-line package lists, and list each package once.",
    why: "
In a sorted list everybody sees at once whether a package is there, nobody adds it twice, and two people who add one each do not meet in the
same line. A diff shows exactly what changed.
",
    leave_it_when: "The order tells something, such as which packages belong together.",
    references: &["https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments"],
    fix_changes: &[Change::Wording],
    examples: &[
        fixed(
            "FROM alpine:3.23\nRUN apk add --no-cache \\\n      jq~1.8 \\\n      «bash~5» \\\n      curl~8\n",
            "FROM alpine:3.23\nRUN apk add --no-cache \\\n      bash~5 \\\n      curl~8 \\\n      jq~1.8\n",
        )
        .case("unsorted"),
        fixed(
            "FROM alpine:3.23\nRUN apk add \\\n  jq         \\\n  «build-base» \\\n  curl       && true\n",
            "FROM alpine:3.23\nRUN apk add \\\n  build-base \\\n  curl       \\\n  jq         && true\n",
        )
        .case("unsorted"),
        fixed(
            "FROM alpine:3.23\nRUN apk add \\\n  curl \\\n  git  \\\n  «apr» \\\n  zip && true\n",
            "FROM alpine:3.23\nRUN apk add \\\n  apr \\\n  curl \\\n  git \\\n  zip && true\n",
        )
        .case("unsorted"),
        // Each part of a list on its own.
        fixed(
            "FROM debian:13\nRUN apt-get install -y \\\n  b \\\n  c \\\n  «a» \\\n  $MORE \\\n  e \\\n  d && true\n",
            "FROM debian:13\nRUN apt-get install -y \\\n  a \\\n  b \\\n  c \\\n  $MORE \\\n  d \\\n  e && true\n",
        )
        .case("unsorted"),
        flagged("FROM debian:13\nRUN apt-get install -y \\\n  # first\n  b \\\n  c \\\n  «a»\n").case("unsorted"),
        fixed(
            "FROM debian:13\nRUN apt-get install -y curl git «curl» git && true\n",
            "FROM debian:13\nRUN apt-get install -y curl git && true\n",
        )
        .case("duplicate"),
        flagged("FROM alpine:3.23\nRUN apk add curl~8 «curl»\n").case("duplicate"),
        // What a flag is given is no package.
        clean("FROM rockylinux:9\nRUN dnf install -y -d 0 -e 0 nginx php\nRUN apk add --timeout 60 --cache-max-age 60 curl\n"),
        clean("FROM archlinux:base\nRUN pacman -S --noconfirm \\\n      a \\\n      --ignore \\\n      q \\\n      b\n"),
        clean("FROM alpine:3.23\nRUN apk add --no-cache \\\n      bash~5 \\\n      curl~8 \\\n      jq~1.8\n"),
        clean("FROM debian:13\nRUN apt-get install -y b a c\nRUN apt-get install -y \\\n  c \\\n  a\nRUN apt-get install -y \\\n  z y \\\n  b \\\n  a x\n"),
        // Two common orders: with and without the marks.
        clean("FROM debian:13\nRUN apt-get install -y \\\n  libc6 \\\n  libc-dev \\\n  Make \\\n  zip\n"),
        clean("FROM debian:13\nRUN apt-get install -y \\\n  b \\\n  c \\\n  # others\n  a \\\n  d \\\n  libc6 \\\n  libc6:i386\n"),
    ],
    check,
};

/// Lists longer than this were not written by hand.
const LONGEST: usize = 200;

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let mut told = [false; 2];
        for command in step.commands() {
            let Some(install) = install(command).filter(|install| install.packages.len() <= LONGEST) else { continue };
            let [is_sort_told, is_twice_told] = &mut told;
            if !*is_twice_told && let Some((word, edits)) = twice(document, command, &install.packages) {
                *is_twice_told = true;
                let finding = report.at("duplicate", word.range, format!("`{}` is named twice", word.shown()));
                if let Some(edits) = edits {
                    finding.fix(Safe, "Name each package once", edits);
                }
            } else if !*is_sort_told && let Some((word, edits)) = unsorted(document, step, &install.packages) {
                *is_sort_told = true;
                let finding = report.at("unsorted", word.range, format!("`{}` is out of order", word.shown()));
                let has_comments =
                    step.instruction.comments.iter().any(|comment| command.range.contains_range(*comment));
                if !has_comments {
                    finding.fix(Safe, "Sort the list", edits);
                }
            }
        }
    }
}

/// The first package that is named twice, and the edits that name each once, where all are written alike.
fn twice<'s>(
    document: &Document<'_>,
    command: &'s Command,
    packages: &[&'s Word],
) -> Option<(&'s Word, Option<Vec<Edit>>)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut first: Option<&Word> = None;
    let mut edits = Some(Vec::new());
    for (index, word) in packages.iter().enumerate().filter(|(_, word)| word.known().is_some()) {
        let Some(earlier) = seen.insert(package_name(word.shown()).to_owned(), index) else { continue };
        first = first.or(Some(word));
        let is_same = packages.get(earlier).is_some_and(|earlier| earlier.raw == word.raw);
        let edit = word_to_go(document, command, word).filter(|_| is_same);
        edits = edits.zip(edit).map(|(mut edits, edit)| {
            edits.push(edit);
            edits
        });
    }
    first.map(|first| (first, edits))
}

/// The edit that takes a word out, with what parts it from the one before. `None` where a comment stands between them.
fn word_to_go(document: &Document<'_>, command: &Command, word: &Word) -> Option<Edit> {
    let place = command.words.partition_point(|other| other.range.start() < word.range.start());
    let before = command.words.get(place.checked_sub(1)?)?;
    let between = document.slice(TextRange::new(before.range.end(), word.range.start()));
    let is_plain = between.chars().all(|mark| mark.is_whitespace() || mark == document.file.escape);
    is_plain.then(|| delete(TextRange::new(before.range.end(), word.range.end())))
}

/// The first package of a list, one per line, that is out of order, and the edits that sort all of the list.
fn unsorted<'s>(document: &Document<'_>, step: &Step<'_>, packages: &[&'s Word]) -> Option<(&'s Word, Vec<Edit>)> {
    let is_literal = |word: &&&Word| word.known().is_some();
    let is_on_own_line = |word: &&Word| line_indent(document, word.range.start()).is_some();
    if packages.iter().filter(is_literal).count() < 3 || !packages.iter().all(is_on_own_line) {
        return None;
    }
    let mut first: Option<&Word> = None;
    let mut edits = Vec::new();
    let mut group: Vec<&'s Word> = Vec::new();
    for word in packages {
        let is_parted = group.last().is_some_and(|last| {
            let between = TextRange::new(last.range.end(), word.range.start());
            step.instruction.comments.iter().any(|comment| between.contains_range(*comment))
        });
        if is_parted || word.known().is_none() {
            first = first.or(sort(document, &std::mem::take(&mut group), &mut edits));
        }
        if word.known().is_some() {
            group.push(word);
        }
    }
    first = first.or(sort(document, &group, &mut edits));
    Some((first?, edits))
}

/// Sorts a part of a list: the edits, and the first word that is out of order.
fn sort<'s>(document: &Document<'_>, group: &[&'s Word], edits: &mut Vec<Edit>) -> Option<&'s Word> {
    let key = |word: &Word| package_name(word.shown()).to_ascii_lowercase();
    let bare = |word: &Word| key(word).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let keys: Vec<String> = group.iter().map(|word| key(word)).into_list();
    let is_bare_sorted = || group.windows(2).all(|pair| matches!(pair, [a, b] if bare(a) <= bare(b)));
    let place = keys.windows(2).position(|pair| matches!(pair, [a, b] if a > b))?;
    if is_bare_sorted() {
        return None;
    }
    let ranked = by_numbers(0..group.len(), |index| {
        let own = keys.get(*index);
        (u64::try_from(keys.iter().filter(|key| Some(*key) < own).count()).unwrap_or_default(), 0)
    });
    // Backslashes in a column stay there.
    let blanks = |word: &Word| {
        let behind = document.file.text().get(usize::from(word.range.end())..).unwrap_or_default();
        TextSize::of(behind) - TextSize::of(behind.trim_start_matches(' '))
    };
    let width = |word: &Word| word.range.len() + blanks(word);
    let is_padded = |word: &Word| blanks(word) > 1.into();
    // One blank too many makes no column.
    let mut column = TextSize::new(0);
    let mut most = 1;
    for word in group.iter().filter(|word| is_padded(word)) {
        let alike = group.iter().filter(|other| is_padded(other) && width(other) == width(word)).count();
        if alike > most {
            most = alike;
            column = width(word);
        }
    }
    for (place, index) in group.iter().zip(ranked) {
        let Some(word) = group.get(index).filter(|word| word.range != place.range) else { continue };
        let end = if width(place) == column { usize::from(column) } else { 0 };
        if blanks(place) > 0.into() {
            let padded = format!("{:end$}", word.raw, end = end.max(word.raw.len() + 1));
            edits.push(replace(TextRange::at(place.range.start(), width(place)), padded));
        } else {
            edits.push(replace(place.range, word.raw.clone()));
        }
    }
    group.get(place + 1).copied()
}
