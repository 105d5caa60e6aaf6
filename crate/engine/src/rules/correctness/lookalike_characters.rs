//! Characters that came in by copy and paste.

use crate::rules::prelude::*;
use layerwise_syntax::Instruction;

pub const RULE: Rule = Rule {
    id: "lookalike-characters",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("quotes"),
        Case::new("dash"),
        Case::new("space"),
        Case::new("invisible"),
        Case::new("bidi"),
    ],
    supersedes: &["invalid-json-form"],
    title: "Typographic or invisible characters",
    summary: "Write quotes, dashes and blanks as a keyboard does; those of a word processor mean nothing to a builder.",
    why: "
Word processors, chats and web pages turn `\"` into a curly quote and `--` into a long dash. They look right and break everything: the JSON array
is none any more, and the option is an unknown word.

Characters that change the direction of writing can make a line read otherwise than it runs.
",
    leave_it_when: "The characters belong to a text that people read.",
    references: &["https://www.shellcheck.net/wiki/SC1018", "https://trojansource.codes/"],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nLABEL title=«“»MyApp” note=‘own’\n",
            "FROM alpine:3.23\nLABEL title=\"MyApp\" note='own'\n",
        )
        .case("quotes"),
        reviewed("FROM alpine:3.23\nCMD [«“»sleep”, “60”]\n", "FROM alpine:3.23\nCMD [\"sleep\", \"60\"]\n").case("quotes"),
        reviewed("FROM alpine:3.23\nRUN ls «–»l —all a–b\n", "FROM alpine:3.23\nRUN ls -l --all a–b\n").case("dash"),
        reviewed("FROM alpine:3.23\nRUN ls«\u{a0}»-l\n", "FROM alpine:3.23\nRUN ls -l\n").case("space"),
        reviewed("FROM alpine:3.23\nENV A=1«\u{200b}»\n", "FROM alpine:3.23\nENV A=1\n").case("invisible"),
        flagged("FROM alpine:3.23\n# run «\u{202e}»this\nRUN make\n").case("bidi"),
        flagged("FROM alpine:3.23\nRUN echo \"a«\u{2066}»b\"\n").case("bidi"),
        clean("FROM alpine:3.23\nCMD [\"sleep\", \"60\"]\n"),
        // Texts for people.
        clean("FROM alpine:3.23\n# it’s “all right” – really\nLABEL title=\"It’s – “fine”\"\nRUN echo 'a\u{a0}b' \\\n  # “so”\n  && make\n"),
        clean("FROM alpine:3.23\nCOPY <<EOF /a\n“a” –b\nEOF\nRUN echo 👩\u{200d}👧\n"),
        clean("FROM alpine:3.23\nMAINTAINER “Me”\nLABEL note=it’s\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if document.file.text().is_ascii() {
        return;
    }
    let mut is_told = false;
    for (at, character) in document.file.text().char_indices() {
        // Once for a line.
        is_told &= character != '\n';
        if is_told || !is_bidi(character) {
            continue;
        }
        if let Ok(at) = TextSize::try_from(at) {
            let range = TextRange::at(at, TextSize::of(character));
            report.at(
                "bidi",
                range,
                "this character changes the direction of writing, and what runs is not what is read",
            );
            is_told = true;
        }
    }
    for instruction in &document.file.instructions {
        if instruction.kind() != InstructionKind::Maintainer && !document.slice(instruction.range).is_ascii() {
            check_instruction(document, instruction, report);
        }
    }
}

fn check_instruction(document: &Document<'_>, instruction: &Instruction, report: &mut Reporter<'_>) {
    let found = outside_quotes(document, instruction);
    for (case, message, title) in [
        ("quotes", "typographic quotes quote nothing here", "Write straight quotes"),
        ("dash", "a typographic dash begins no option", "Write plain dashes"),
        ("space", "this is no blank, although it looks like one", "Write plain blanks"),
        ("invisible", "an invisible character stands here", "Delete it"),
    ] {
        let mut edits = Vec::new();
        for (_, edit) in found.iter().filter(|(other, _)| *other == case) {
            edits.push(edit.clone());
        }
        if let Some(first) = edits.first() {
            report.at(case, first.range, message).fix(Review, title, edits);
        }
    }
}

/// The characters of an instruction that are mistaken for others, with what is meant. Quoted text, comments and heredocs hold what they like.
fn outside_quotes(document: &Document<'_>, instruction: &Instruction) -> Vec<(&'static str, Edit)> {
    let mut found = Vec::new();
    let start = instruction.range.start();
    let end = instruction.heredocs.first().map_or(instruction.range.end(), |first| first.body.start());
    let text = document.slice(TextRange::new(start, end.max(start)));
    let mut comments = instruction.comments.iter().peekable();
    let mut quote = None;
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let Ok(at) = TextSize::try_from(at) else { break };
        let range = TextRange::at(start + at, TextSize::of(character));
        while comments.peek().is_some_and(|comment| comment.end() <= range.start()) {
            comments.next();
        }
        if comments.peek().is_some_and(|comment| comment.contains(range.start())) {
            continue;
        }
        let next = characters.peek().map_or(' ', |next| next.1);
        match (quote, character) {
            (Some(open), _) if character == open && before != '\\' => quote = None,
            (None, '"' | '\'') if before != '\\' => quote = Some(character),
            (None, _) => {
                if let Some((case, meant)) = mistaken(before, character, next) {
                    let is_long =
                        case == "dash" && characters.clone().nth(1).is_some_and(|after| after.1.is_alphanumeric());
                    found.push((case, replace(range, if is_long { "--" } else { meant })));
                }
            }
            _ => {}
        }
        before = character;
    }
    found
}

/// What a character is mistaken for, given its neighbours.
fn mistaken(before: char, character: char, next: char) -> Option<(&'static str, &'static str)> {
    match character {
        // An apostrophe.
        '\u{2019}' if before.is_alphabetic() && next.is_alphabetic() => None,
        '\u{201c}' | '\u{201d}' | '\u{201e}' => Some(("quotes", "\"")),
        '\u{2018}' | '\u{2019}' => Some(("quotes", "'")),
        '\u{2013}' | '\u{2014}' if before.is_whitespace() && next.is_ascii_alphabetic() => Some(("dash", "-")),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Some(("space", " ")),
        // Joiners hold emoji and letters of other scripts together.
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => Some(("invisible", "")),
        '\u{200c}' | '\u{200d}' if before.is_ascii() => Some(("invisible", "")),
        _ => None,
    }
}

fn is_bidi(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
