//! Hostile texts: an answer in bounded time, and never a panic. A test that takes for ever fails by taking for ever.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod ignoring;
mod promises;
mod simulation;

use proptest::prelude::*;

fn run(script: &str) -> String {
    format!("FROM alpine:3.23\nRUN {script}\nUSER 1000\nCMD [\"x\"]\n")
}

#[test]
fn hostile_texts_are_answered() {
    let texts: Vec<(&str, String)> = vec![
        ("empty", String::new()),
        ("only comments", "# a\n\n# b".into()),
        ("binary junk", (0..100_000_u32).filter_map(|n| char::from_u32(n * 7919 % 0xD7FF)).collect()),
        ("NUL", "FROM a\0b\nRUN \0\n".into()),
        ("a line of 1 MB", run(&"x ".repeat(500_000))),
        ("unclosed quotes", run(&"echo \"".repeat(1_001))),
        ("unclosed heredocs", run(&"cat <<E ".repeat(1_000))),
        ("deep substitutions", run(&"$(".repeat(1_000))),
        ("deep substitutions, closed", run(&format!("{}x{}", "$(".repeat(1_000), ")".repeat(1_000)))),
        ("deep subshells", run(&"(".repeat(1_000))),
        ("deep conditions", run(&"if true; then ".repeat(1_000))),
        ("deep groups", run(&"{ ".repeat(1_000))),
        ("deep quotes", run(&"\"$(echo ".repeat(1_000))),
        ("deep backticks", run(&"`".repeat(1_001))),
        ("deep variables", format!("FROM alpine:3.23\nENV A={}\n", "${B:-".repeat(1_000))),
        ("deep JSON", format!("FROM alpine:3.23\nCMD {}\n", "[".repeat(100_000))),
        ("a long chain", run(&vec!["true"; 5_000].join(" && "))),
        ("many statements", run(&"apt-get update;".repeat(20_000))),
        ("many instructions", format!("FROM alpine:3.23\n{}", "RUN apk add curl\n".repeat(3_000))),
        ("many stages", (0..2_000).map(|n| format!("FROM s{} AS s{n}\nRUN x\n", n - 1)).collect()),
        ("doubling values", format!("FROM alpine:3.23\nENV A=0123456789\n{}", "ENV A=$A$A\n".repeat(100))),
        ("a circle", "ARG A=$B\nARG B=$A\nFROM $A AS a\nCOPY --from=b x y\nFROM $B AS b\nCOPY --from=a x y\n".into()),
        ("a value of 1 MB", format!("FROM alpine:3.23\nENV A={}\nENV B=$A$A\nRUN echo $B\n", "x".repeat(1_000_000))),
        ("a RUN of 200 KB", run(&"echo 0123456789 && \\\n  ".repeat(9_000))),
        ("carriage returns", "FROM a\r\nRUN x \\\r\n\r\n&& y\r\r\n".into()),
        ("emoji", "FROM a\nADD 👩‍💻.txt /👩‍💻\nMAINTAINER 👩‍💻 \\\n👩‍💻\n".into()),
        ("words between labels", "FROM a\nLABEL org.opencontainers.image.vendor= stray words a=b\n".into()),
        (
            "quotes in quotes that are never closed",
            "FROM a\nCOPY b c \"/d'\nCOPY b c [\"/d'\nCOPY b c '/d\"\nCOPY b c \"/d\nADD b c \"\n".into(),
        ),
        (
            "signs that begin no variable",
            "FROM a\nADD a$((b.txt /d/\nADD a$(b*.txt c$.md /d/\nADD a\\$b.txt /d/\n".into(),
        ),
        (
            "flags with nothing in them",
            "FROM --platform= a\nRUN --mount= --network= --security= x\nCOPY --link= --chmod= --chown= --from= b c\n\
             ADD --keep-git-dir= --checksum= d e\nHEALTHCHECK --interval= --retries= CMD x\n"
                .into(),
        ),
        (
            "several sources and no slash",
            "FROM a\nADD b https://example.com/c.tgz /d\nADD b git://e/f.git /g\nCOPY b c.tgz /h\n".into(),
        ),
        ("an escape at the end", "FROM a\nRUN x \\".into()),
    ];
    for (name, text) in texts {
        promises::hold(name, &text, None);
        simulation::hold(name, &text, Some(&text), "src/app.js");
    }
}

#[test]
fn a_mark_of_the_encoding_hides_no_file() {
    ignoring::hold("\u{feff}$/", "\u{feff}$/");
}

#[test]
fn five_megabytes_are_answered() {
    let text = format!(
        "FROM alpine:3.23\n{}",
        "# comment\nENV A=1\nRUN echo hello && echo world\n".repeat(5 * 1024 * 1024 / 46)
    );
    layerwise_engine::check(&layerwise_engine::Input::new(&text));
}

/// Texts made of what rules look at.
fn dockerfile_like() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "FROM alpine\n",
        "FROM node:latest AS a\n",
        "FROM a\n",
        "RUN apt-get update\n",
        "RUN apt-get install -y curl \\\n  git\n",
        "RUN apt-get update && apt-get install curl\n",
        "RUN apk add x \\\n# why\n && y\n",
        "RUN <<E\napt-get install x\nE\n",
        "ADD a b\n",
        "add a.txt b.txt /x/\r\n",
        "COPY . .\n",
        "RUN npm ci\n",
        "USER root\n",
        "CMD npm start\n",
        "CMD exec \"$X\"\n",
        "ENV A b c\n",
        "ENV TOKEN=abc\n",
        "ARG PASSWORD=x\n",
        "MAINTAINER \"x\n",
        "LABEL a = b\n",
        "WORKDIR x\n",
        "ONBUILD ADD x y\n",
        "# c\n",
        "# hadolint ignore=DL3020\n",
        "ENTRYPOINT x \\\n y\n",
        "RUN if x; then apt-get install y; fi\n",
        "RUN a; b\n",
        "RUN a || b\n",
        "RUN yum install -y x\n",
        "\\\n",
        "\n",
        " ",
        "RUN ",
        "&& ",
        "$(",
        "\"",
        "'",
        "é",
        "`",
        "# escape=`\n",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn promises_hold_on_any_dockerfile_like_text(text in dockerfile_like()) {
        promises::hold(&text, &text, None);
        simulation::hold(&text, &text, Some("src\n!src/*.js\n"), "src/app.js");
    }

    #[test]
    fn promises_hold_on_any_dockerignore(patterns in r"([a-c*?/!.# \[\]^-]{0,12}\n){0,5}", path in "[a-c./]{0,9}") {
        ignoring::hold(&patterns, &path);
    }
}
