use super::blocks::{Block, blocks};
use layerwise_syntax::TextRange;
use std::ops::Range;

/// Each block's text, with the line of its fence.
fn found(markdown: &str) -> Vec<(usize, String)> {
    let line = |block: &Block| markdown.get(..usize::from(block.fence.start())).unwrap().matches('\n').count() + 1;
    blocks(markdown).into_iter().map(|block| (line(&block), block.text)).collect()
}

#[test]
fn fences_of_both_kinds_and_any_length_are_found_and_other_blocks_are_not() {
    let text = "# Images\n\n```dockerfile\nFROM a\n```\n\n~~~~ docker\nFROM b\n~~~\n~~~~\n\n```sh\ndocker build .\n```\n\n    FROM indented\n\n```\nFROM none\n```\n";
    assert_eq!(found(text), [(3, "FROM a\n".to_owned()), (7, "FROM b\n~~~\n".to_owned())]);
}

#[test]
fn a_fence_within_another_block_is_its_text() {
    let text = "````markdown\n```dockerfile\nFROM a\n```\n````\n\n<!--\n```dockerfile\nFROM comment\n```\n-->\n";
    assert_eq!(found(text), []);
}

#[test]
fn a_block_in_a_list_or_a_quote_loses_what_its_lines_begin_with() {
    let text = "1. Write it:\n\n   ```dockerfile\n   FROM a\n   RUN x \\\n     y\n   ```\n\n> > ~~~dockerfile\n> > FROM b\n> >\n> > RUN z\n> > ~~~\n\n- a\n  - b\n    ```dockerfile\n    FROM c\n    ```\n";
    assert_eq!(
        found(text),
        [(3, "FROM a\nRUN x \\\n  y\n".to_owned()), (9, "FROM b\n\nRUN z\n".to_owned()), (17, "FROM c\n".to_owned())]
    );
}

#[test]
fn a_fence_that_is_never_closed_reaches_to_the_end() {
    assert_eq!(found("```dockerfile\nFROM a\nRUN b"), [(1, "FROM a\nRUN b".to_owned())]);
}

#[test]
fn admonitions_and_tabs_of_mkdocs_are_read_with_what_stands_in_them() {
    let text = "!!! tip \"Small\"\n    ```dockerfile\n    FROM a\n    ```\n\n=== \"One\"\n\n    Text.\n\n    ??? note\n\n        ```docker\n        FROM b\n\n        RUN c\n        ```\n\n=== \"Two\"\n\n    ```dockerfile\n    FROM d\n    ```\n\nAfter.\n\n- x\n\n    !!! note\n        ```dockerfile\n        FROM e\n        ```\n";
    assert_eq!(
        found(text),
        [
            (2, "FROM a\n".to_owned()),
            (12, "FROM b\n\nRUN c\n".to_owned()),
            (20, "FROM d\n".to_owned()),
            (29, "FROM e\n".to_owned())
        ]
    );
}

#[test]
fn what_looks_like_a_container_inside_a_block_is_its_text() {
    let container = "!!! note\n    ```dockerfile\n    FROM a\n    ```\n";
    let indented: String = container.lines().map(|line| format!("    {line}\n")).collect();
    for text in [
        format!("```text\n{container}```\n"),
        format!("<!--\n{container}-->\n"),
        format!("<!--\nText.\n\n{container}\n-->\n"),
        format!("Text.\n\n{indented}"),
        format!("- x\n\n{}", indented.replace("    !!!", "      !!!")),
        format!(
            "=== \"One\"\n\n    Text.\n\n{}",
            indented.replace("    !!!", "        !!!").replace("    ```", "        ```")
        ),
    ] {
        assert_eq!(found(&text), [], "{text}");
    }
    assert_eq!(found(&format!("<!-- a -->\n\n{container}")), [(4, "FROM a\n".to_owned())]);
}

#[test]
fn every_character_of_a_block_is_found_again_in_the_file() {
    let texts = [
        "\u{feff}```dockerfile\r\nFROM a\r\nRUN é\r\n```\r\n",
        "> ```dockerfile\n> FROM a\n> RUN b\n> ```\n",
        "-\t```dockerfile\n\tFROM a\n\tRUN \tb\n\t```\n",
        "=== \"é\"\n\n    > 1. ~~~dockerfile\n    >    FROM a\n    >    RUN c\n    >    ~~~\n",
        "   ```dockerfile\n   FROM a\n  RUN short\n```\n",
        "---\ntitle: x\n---\n\n```dockerfile title=\"x\"\nFROM a\n```\n",
    ];
    for text in texts {
        let [block] = blocks(text).try_into().unwrap_or_else(|all: Vec<Block>| panic!("{text}: {all:?}"));
        for (at, character) in
            block.text.char_indices().filter(|(_, character)| !matches!(character, '\n' | '\r' | '\t' | ' '))
        {
            let own =
                TextRange::at(u32::try_from(at).unwrap().into(), u32::try_from(character.len_utf8()).unwrap().into());
            assert_eq!(
                text.get(Range::<usize>::from(block.places.range(own))),
                Some(&*character.to_string()),
                "{text:?} at {at}"
            );
        }
        assert!(text.get(Range::<usize>::from(block.fence)).unwrap().contains("dockerfile"), "{text:?}");
    }
}

#[test]
fn containers_within_each_other_come_to_an_end() {
    let mut text = String::new();
    for depth in 0..200 {
        text += &format!("{}!!! note\n", " ".repeat(4 * depth));
    }
    assert_eq!(found(&text), []);
    assert_eq!(found(&"> ".repeat(5_000)), []);
}
