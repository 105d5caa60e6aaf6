//! What holds for every text.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod invariants;

use invariants::hold;
use proptest::prelude::*;

fn dockerfile_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(invariants::PIECES);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_dockerfile_like_text_has_a_lossless_tree(text in dockerfile_like()) {
        hold(&text);
    }

    #[test]
    fn any_text_has_a_lossless_tree(text in "\\PC{0,200}|(?s).{0,200}") {
        hold(&text);
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
        format!("COPY {} /x", "<<E ".repeat(100_000)),
        long_line,
        format!("FROM a\n{}", "RUN x\n".repeat(100_000)),
        format!("FROM a\n# {}\n", "c".repeat(5_000_000)),
        format!("FROM a\nCMD [{}", "\"a\",".repeat(100_000)),
        format!("FROM a\nENV {}", "$A${B:-c}".repeat(50_000)),
        format!("FROM a\nCOPY {}x", "--from=a --exclude=b ".repeat(100_000)),
        many,
        "[\\\n\t\\\n".into(),
        "\\ \n\\ \n\u{b}\\ \n".into(),
    ];
    for text in texts {
        hold(&text);
    }
}
