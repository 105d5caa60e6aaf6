//! A second opinion: on what the `dockerfile-parser` crate accepts, both parsers see the same instructions at the same places.
//!
//! That parser follows an older grammar. Where it differs from BuildKit for a known reason, the file or the instruction is left out, and
//! `Known` says why; a difference without such a reason fails the test.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod folder;
mod opinions;

use dockerfile_parser::{Dockerfile as TheirFile, Instruction as Theirs};
use folder::{other_peoples_dockerfiles, own_dockerfiles};
use layerwise_syntax::{Arguments, Dockerfile, Instruction, InstructionKind, PieceKind, Word, parse};
use opinions::compare_folder;

/// Why the two may differ on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// It refuses the file: it knows no heredocs, takes no flags on RUN, no empty values, no lower-case `as`, and so on.
    Refused,
    /// It knows no heredocs, and takes the lines of a body for instructions.
    Heredoc,
    /// It knows no directives, so a backtick continues nothing.
    EscapeDirective,
    /// It takes a line that ends in two escape characters for continued. BuildKit does not.
    TwoEscapes,
    /// It counts a byte order mark, or a carriage return alone, differently.
    OddLineEndings,
    /// It takes an argument that begins with `#` for a comment, and reads on in the next line. BuildKit knows comments only at the start
    /// of a line.
    ArgumentLikeComment,
    /// It takes any word for an instruction, and leaves the arguments of most alone. Ours notes a problem, and reads on.
    Problem,
}

/// What both say of an instruction: its name, and the text from its first to its last character.
type Seen = (String, String);

fn ours(file: &Dockerfile) -> Vec<Seen> {
    let seen = |instruction: &Instruction| {
        (instruction.keyword.text.to_ascii_uppercase(), file.slice(instruction.range).to_owned())
    };
    file.instructions.iter().map(seen).collect()
}

fn theirs(text: &str, file: &TheirFile) -> Vec<Seen> {
    let seen = |instruction: &Theirs| {
        let name = match instruction {
            Theirs::From(_) => "FROM",
            Theirs::Arg(_) => "ARG",
            Theirs::Label(_) => "LABEL",
            Theirs::Run(_) => "RUN",
            Theirs::Entrypoint(_) => "ENTRYPOINT",
            Theirs::Cmd(_) => "CMD",
            Theirs::Copy(_) => "COPY",
            Theirs::Env(_) => "ENV",
            Theirs::Misc(misc) => misc.instruction.content.as_str(),
        };
        let span = instruction.span();
        // Blanks and comments after an instruction belong to it there.
        let range = text.get(span.start..span.end).unwrap_or_default();
        (name.to_ascii_uppercase(), range.to_owned())
    };
    file.instructions.iter().map(seen).collect()
}

fn known_reason(text: &str, file: &Dockerfile) -> Option<Known> {
    let two_escapes = |line: &str| line.trim_end().ends_with("\\\\");
    if file.instructions.iter().any(|instruction| !instruction.heredocs.is_empty()) {
        Some(Known::Heredoc)
    } else if file.escape != '\\' {
        Some(Known::EscapeDirective)
    } else if text.lines().any(two_escapes) {
        Some(Known::TwoEscapes)
    } else if text.starts_with('\u{feff}') || text.replace("\r\n", "\n").contains('\r') {
        Some(Known::OddLineEndings)
    } else if file.instructions.iter().any(|instruction| file.slice(instruction.arguments_range).starts_with('#')) {
        Some(Known::ArgumentLikeComment)
    } else if !file.problems.is_empty() {
        Some(Known::Problem)
    } else {
        None
    }
}

/// Whether both see the same text. Theirs may go on over trailing blanks and over comments that follow.
fn is_same(ours: &Seen, theirs: &Seen) -> bool {
    let rest = theirs.1.strip_prefix(ours.1.trim_end());
    let is_blank_or_comment = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let is_continuation = |rest: &str| rest.trim_matches(['\\', ' ', '\t', '\r', '\n']).is_empty();
    ours.0 == theirs.0 && rest.is_some_and(|rest| is_continuation(rest) || rest.lines().all(is_blank_or_comment))
}

/// Compares one file: `Err` holds a difference that nothing explains.
fn compare(text: &str) -> Result<Option<Known>, String> {
    let file = parse(text);
    let reason = known_reason(text, &file);
    let Ok(their_file) = TheirFile::parse(text) else { return Ok(Some(reason.unwrap_or(Known::Refused))) };
    let (ours, theirs) = (ours(&file), theirs(text, &their_file));
    let difference = if ours.len() == theirs.len() {
        ours.iter().zip(&theirs).find(|(ours, theirs)| !is_same(ours, theirs)).map(|pair| format!("{pair:?}"))
    } else {
        let first = ours.iter().zip(&theirs).find(|(ours, theirs)| !is_same(ours, theirs));
        Some(format!("{} instructions against {}, from {first:?} on", ours.len(), theirs.len()))
    };
    match (difference, reason) {
        (None, _) => check_sources(&file, &their_file).map(|()| None),
        (Some(_), Some(reason)) => Ok(Some(reason)),
        (Some(difference), None) => Err(difference),
    }
}

/// The words of FROM and COPY, which both take apart.
fn check_sources(file: &Dockerfile, their_file: &TheirFile) -> Result<(), String> {
    for (ours, theirs) in file.instructions.iter().zip(&their_file.instructions) {
        match (&ours.arguments, theirs) {
            (Arguments::From(ours), Theirs::From(theirs)) => {
                let name = theirs.alias.as_ref().map(|name| name.content.as_str());
                if ours.image.text != theirs.image.content || ours.name.as_ref().map(|name| name.text.as_str()) != name
                {
                    return Err(format!("{ours:?} against {theirs:?}"));
                }
            }
            (Arguments::Copy(ours), Theirs::Copy(theirs)) if !ours.is_json => {
                // It takes a flag without a value for a source, and takes outer quotes off.
                let unquoted = |word: &Word| word.text.trim_matches('"').to_owned();
                let sources: Vec<String> = ours.sources.iter().map(|source| unquoted(source.word())).collect();
                let mut their_sources: Vec<String> =
                    theirs.sources.iter().map(|source| source.content.clone()).collect();
                let extra = their_sources.len().saturating_sub(sources.len());
                if their_sources.iter().take(extra).all(|source| source.starts_with("--")) {
                    their_sources.drain(..extra);
                }
                if sources != their_sources || unquoted(&ours.destination) != theirs.destination.content {
                    return Err(format!("{ours:?} against {theirs:?}"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn both_parsers_agree_on_our_own_dockerfiles() {
    let agreed = compare_folder(&own_dockerfiles(), |text| vec![compare(text)]);
    assert!(agreed >= 15, "{agreed} files agree");
}

#[test]
fn both_parsers_agree_on_other_peoples_dockerfiles() {
    let Some(folder) = other_peoples_dockerfiles() else { return };
    let agreed = compare_folder(&folder, |text| vec![compare(text)]);
    assert!(agreed > 0, "some file is accepted by both");
}

#[test]
fn comments_and_directives_are_no_instructions_for_either() {
    let text = "# syntax=docker/dockerfile:1\n# a comment\nFROM alpine:3.23\n";
    assert_eq!(compare(text), Ok(None));
    let kinds: Vec<PieceKind> = parse(text).pieces.iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [PieceKind::Directive, PieceKind::Comment, PieceKind::Instruction]);
    assert_eq!(parse(text).instructions.first().unwrap().kind(), InstructionKind::From);
}
