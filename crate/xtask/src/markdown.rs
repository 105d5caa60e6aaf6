//! The Markdown of rule texts as plain data, from which the page makes nodes: it never makes HTML from text.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::{Value, json};

/// Paragraphs (`{"p": […]}`), lists (`{"ul": [[…]]}`) and code (`{"code": "…"}`); inside them text, `{"code": "…"}` and `{"em": "…"}`.
pub fn blocks(markdown: &str) -> Vec<Value> {
    let mut blocks = Vec::new();
    let mut inline: Vec<Value> = Vec::new();
    let mut items: Vec<Vec<Value>> = Vec::new();
    let mut code: Option<String> = None;
    let mut emphasis = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => blocks.extend(code.take().map(|text| json!({ "code": text }))),
            Event::End(TagEnd::Paragraph) if items.is_empty() || !inline.is_empty() => {
                blocks.push(json!({ "p": std::mem::take(&mut inline) }));
            }
            Event::End(TagEnd::Item) => items.push(std::mem::take(&mut inline)),
            Event::End(TagEnd::List(_)) => blocks.push(json!({ "ul": std::mem::take(&mut items) })),
            Event::Start(Tag::Emphasis | Tag::Strong) => emphasis = true,
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => emphasis = false,
            Event::Code(text) => inline.push(json!({ "code": text.as_ref() })),
            Event::Text(text) => match &mut code {
                Some(code) => code.push_str(&text),
                None if emphasis => inline.push(json!({ "em": text.as_ref() })),
                None => push_text(&mut inline, &text),
            },
            Event::SoftBreak | Event::HardBreak => push_text(&mut inline, " "),
            _ => {}
        }
    }
    blocks
}

/// Adds text, to the text before it where there is some.
fn push_text(inline: &mut Vec<Value>, text: &str) {
    match inline.last_mut() {
        Some(Value::String(last)) => last.push_str(text),
        _ => inline.push(json!(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_plain_data() {
        let expected = json!([
            { "p": ["Use ", { "code": "COPY" }, ", ", { "em": "not" }, " that: now."] },
            { "ul": [["one"], ["two ", { "code": "x" }]] },
            { "code": "FROM a\n" },
        ]);
        assert_eq!(json!(blocks("Use `COPY`, *not*\nthat: now.\n\n- one\n- two `x`\n\n```\nFROM a\n```\n")), expected);
    }
}
