//! Letter case of keywords.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "instruction-casing",
    category: Category::Style,
    severity: Severity::Style,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("mixed").codes(&[buildkit("ConsistentInstructionCasing")]),
        Case::new("as").codes(&[buildkit("FromAsCasing")]),
        Case::new("lower").codes(&[dockerfilelint("uppercase_commands")]).off(),
    ],
    supersedes: &[],
    title: "Mixed letter case of instructions",
    summary: "Write all instructions in one letter case, by custom in capitals.",
    why: "
Capitals set instructions apart from what they are given, and a reader finds the next one at a glance. This works only where all look alike.
",
    leave_it_when: "Never: letter case makes no difference to the builder.",
    references: &[
        "https://docs.docker.com/reference/build-checks/consistent-instruction-casing/",
        "https://docs.docker.com/reference/build-checks/from-as-casing/",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed("FROM alpine:3.23\n«Run» make\nCMD make\n", "FROM alpine:3.23\nRUN make\nCMD make\n").case("mixed"),
        fixed("from alpine:3.23\nrun make\n«CMD» make\n", "from alpine:3.23\nrun make\ncmd make\n").case("mixed"),
        // As many of the one as of the other: capitals.
        fixed("FROM alpine:3.23\n«run» make\n", "FROM alpine:3.23\nRUN make\n").case("mixed"),
        fixed("FROM alpine:3.23 «as» base\nRUN make\n", "FROM alpine:3.23 AS base\nRUN make\n").case("as"),
        fixed("from alpine:3.23 «As» base\nrun make\n", "from alpine:3.23 as base\nrun make\n").case("as"),
        fixed("«from» alpine:3.23 as base\nrun make\n", "FROM alpine:3.23 AS base\nRUN make\n").case("lower"),
        clean("FROM alpine:3.23 AS base\nRUN make\n"),
        clean("from alpine:3.23 as base\nrun make\nonbuild RUN make\n"),
        clean("arg TAG=3.23\nFROM alpine:$TAG\nRUN make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    let first = document.stages().first().map(Stage::start).unwrap_or_default();
    let in_stages = || document.file.instructions.iter().filter(|instruction| instruction.lines.start() >= first);
    for instruction in in_stages() {
        upper += usize::from(is_upper(&instruction.keyword.text));
        lower += usize::from(is_lower(&instruction.keyword.text));
    }
    let is_file_lower = lower > upper;
    let mut in_capitals = Vec::new();
    for instruction in in_stages() {
        let keyword = &instruction.keyword;
        in_capitals.push(replace(keyword.range, keyword.text.to_ascii_uppercase()));
        let is_right = if is_file_lower { is_lower(&keyword.text) } else { is_upper(&keyword.text) };
        if !is_right && keyword.kind != InstructionKind::Unknown {
            let others = if is_file_lower { "in lower case" } else { "in capitals" };
            let message = format!("`{}` stands among instructions {others}", keyword.text);
            let other = cased(&keyword.text, is_file_lower);
            report.at("mixed", keyword.range, message).fix(
                Safe,
                format!("Write {other}"),
                [replace(keyword.range, &other)],
            );
        }
        let Arguments::From(from) = &instruction.arguments else { continue };
        let Some(range) = from.as_keyword else { continue };
        let word = document.slice(range);
        in_capitals.push(replace(range, "AS"));
        let is_from_lower = is_lower(&keyword.text);
        let is_right = if is_from_lower { is_lower(word) } else { is_upper(word) || !is_upper(&keyword.text) };
        if !is_right {
            let other = cased(word, is_from_lower);
            let message = format!("`{word}` and `{}` differ in letter case", keyword.text);
            report.at("as", range, message).fix(Safe, format!("Write {other}"), [replace(range, &other)]);
        }
    }
    let first = document.file.instructions.iter().find(|instruction| instruction.lines.start() >= first);
    if let Some(first) = first.filter(|_| is_file_lower && upper == 0) {
        let message = "the instructions are in lower case, and by custom they are in capitals";
        report.at("lower", first.keyword.range, message).fix(Safe, "Write all in capitals", in_capitals);
    }
}

fn is_upper(word: &str) -> bool {
    !word.contains(|letter: char| letter.is_ascii_lowercase())
}

fn is_lower(word: &str) -> bool {
    !word.contains(|letter: char| letter.is_ascii_uppercase())
}

fn cased(word: &str, is_lower: bool) -> String {
    if is_lower { word.to_ascii_lowercase() } else { word.to_ascii_uppercase() }
}
