//! What holds for every text.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use layerwise_syntax::{Arguments, Dockerfile, Instruction, TextRange, parse, tokens};
use proptest::prelude::*;

/// Texts made of what Dockerfiles are made of, so that they reach deep into the grammar.
fn dockerfile_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "FROM ",
        "from",
        " AS ",
        "alpine:3.23",
        "RUN ",
        "COPY ",
        "ADD ",
        "ENV ",
        "ARG ",
        "LABEL ",
        "CMD ",
        "ONBUILD ",
        "SHELL ",
        "HEALTHCHECK ",
        "EXPOSE ",
        "USER ",
        "VOLUME ",
        "--mount=type=cache,target=/x ",
        "--from=a ",
        "-- ",
        "\\\n",
        "\\ \n",
        "\\\\\n",
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "#",
        "# escape=`\n",
        "# syntax=a\n",
        "`\n",
        "\"",
        "'",
        "[",
        "]",
        "[\"a\", \"b\"]",
        ",",
        "<<EOF",
        "<<-'E'",
        "EOF\n",
        "E\n",
        "3<<A <<B",
        "$",
        "${",
        "${A:-b}",
        "${A:-${B}}",
        "}",
        "=",
        "a",
        "é",
        "😀",
        "\u{feff}",
        "\u{a0}",
        "\0",
        "&& ",
        "|",
        ";",
        "...",
        "\u{202e}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn every_range(file: &Dockerfile) -> Vec<TextRange> {
    fn of(instruction: &Instruction, ranges: &mut Vec<TextRange>) {
        ranges.extend([instruction.range, instruction.lines, instruction.keyword.range, instruction.arguments_range]);
        ranges.extend(instruction.flags.iter().flat_map(|flag| [flag.range, flag.name_range]));
        ranges.extend(instruction.heredocs.iter().flat_map(|heredoc| [heredoc.marker, heredoc.body]));
        ranges.extend(instruction.comments.iter().chain(&instruction.continuations).chain(&instruction.blank_lines));
        if let Arguments::Onbuild(trigger) = &instruction.arguments {
            of(trigger, ranges);
        }
    }
    let mut ranges: Vec<TextRange> = file.problems.iter().map(|problem| problem.range).collect();
    ranges.extend(
        file.directives.iter().flat_map(|directive| [directive.range, directive.name_range, directive.value_range]),
    );
    ranges.extend(tokens(file).iter().map(|token| token.range));
    for instruction in &file.instructions {
        of(instruction, &mut ranges);
    }
    ranges
}

fn check(text: &str) {
    let file = parse(text);
    let joined: String = file.pieces.iter().map(|piece| file.slice(piece.range)).collect();
    assert_eq!(joined, text, "the pieces, joined, are the input");
    for range in every_range(&file) {
        let range = std::ops::Range::<usize>::from(range);
        assert!(text.get(range.clone()).is_some(), "{range:?} lies in the text, on character boundaries: {text:?}");
    }
    for instruction in &file.instructions {
        assert!(instruction.lines.contains_range(instruction.range), "an instruction lies in its lines: {text:?}");
        assert!(
            instruction.range.contains_range(instruction.keyword.range),
            "a keyword lies in its instruction: {text:?}"
        );
        assert!(instruction.range.contains_range(instruction.arguments_range), "{instruction:?} {text:?}");
        if let Some(script) = file.script(instruction) {
            let end = usize::from(script.offset) + script.text.len();
            assert!(end <= text.len(), "a script has the length of its range");
        }
    }
    for (earlier, later) in file.instructions.iter().zip(file.instructions.iter().skip(1)) {
        assert!(earlier.lines.end() <= later.lines.start(), "instructions follow each other");
    }
    let tokens = tokens(&file);
    for (earlier, later) in tokens.iter().zip(tokens.iter().skip(1)) {
        assert!(earlier.range.end() <= later.range.start(), "tokens follow each other: {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_dockerfile_like_text_has_a_lossless_tree(text in dockerfile_like()) {
        check(&text);
    }

    #[test]
    fn any_text_has_a_lossless_tree(text in "\\PC{0,200}|(?s).{0,200}") {
        check(&text);
    }
}

#[test]
fn hostile_texts_have_a_tree() {
    let deep = |open: &str| format!("FROM a\nRUN {}\n", open.repeat(1_000));
    let long_line = format!("FROM a\nRUN {}\n", "x ".repeat(500_000));
    let many = "RUN a \\\n# c\n\n && b\n".repeat(20_000);
    let texts = [
        String::new(),
        "\\".into(),
        "#".into(),
        "FROM a\nRUN x \\".into(),
        "FROM a\nRUN <<E\nnever ended".into(),
        "\0\u{1}\u{2}".repeat(10_000),
        deep("$("),
        deep("("),
        deep("\""),
        deep("${A:-"),
        deep("["),
        format!("ONBUILD {}", "ONBUILD ".repeat(100_000)),
        format!("ENV {}", "A=\"".repeat(100_000)),
        format!("RUN {}", "${".repeat(200_000)),
        format!("COPY {} /x", "<<E ".repeat(20_000)),
        long_line,
        many,
        "[\\\n\t\\\n".into(),
    ];
    for text in texts {
        check(&text);
    }
}
