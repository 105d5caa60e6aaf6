//! Text as HTML.

use crate::markdown;
use serde_json::Value;

/// Text that is no markup, and in which `web/build.mjs` fills nothing in.
pub fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('{', "&#123;")
}

/// A sentence, with what stands in backticks as code.
pub fn words(text: &str) -> String {
    let escaped = escaped(text);
    let mut html = String::new();
    for (index, part) in escaped.split('`').enumerate() {
        if index % 2 == 0 { html += part } else { html += &format!("<code>{part}</code>") }
    }
    html
}

/// A sentence without its backticks, for a title or a description.
pub fn plain(text: &str) -> String {
    escaped(&text.replace('`', ""))
}

/// The Markdown of a rule's text: paragraphs, lists and listings.
pub fn blocks(markdown: &str) -> String {
    markdown::blocks(markdown).iter().map(block).collect()
}

fn block(block: &Value) -> String {
    if let Some(paragraph) = block.get("p") {
        format!("<p>{}</p>\n", inlines(paragraph))
    } else if let Some(items) = block.get("ul").and_then(Value::as_array) {
        let items: String = items.iter().map(|item| format!("<li>{}</li>\n", inlines(item))).collect();
        format!("<ul>\n{items}</ul>\n")
    } else {
        let code = block.get("code").and_then(Value::as_str).unwrap_or_default();
        pre("", "Example", &escaped(code.trim_end_matches('\n')))
    }
}

fn inlines(all: &Value) -> String {
    let text = |inline: &Value, name: &str| inline.get(name).and_then(Value::as_str).map(escaped);
    let html = |inline: &Value| match inline {
        Value::String(words) => escaped(words),
        other => match (text(other, "code"), text(other, "em")) {
            (Some(code), _) => format!("<code>{code}</code>"),
            (_, em) => format!("<em>{}</em>", em.unwrap_or_default()),
        },
    };
    all.as_array().into_iter().flatten().map(html).collect()
}

/// A listing of `code`, which is HTML, as a group that is called `label`. It may be wider than its place: then the keyboard scrolls it.
pub fn pre(class: &str, label: &str, code: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<pre{class} tabindex=\"0\" role=\"group\" aria-label=\"{}\"><code>{code}</code></pre>\n", escaped(label))
}

/// Parts that belong together, below a caption.
pub fn figure(class: &str, caption: &str, parts: &[String]) -> String {
    format!("<figure class=\"{class}\">\n<figcaption>{caption}</figcaption>\n{}</figure>\n", parts.concat())
}

/// A template with each part in the place that has its name in two braces. What comes last may say anything: no place is looked for in it.
pub fn filled(template: &str, parts: &[(&str, &str)]) -> String {
    parts.iter().fold(template.to_owned(), |page, (name, text)| page.replacen(&format!("{{{{{name}}}}}"), text, 1))
}

/// One entry of a list of facts.
pub fn fact(name: &str, value: &str) -> String {
    format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n")
}

/// Links to public documentation.
pub fn references(all: &[&str]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let items: String = all.iter().map(|url| format!("<li><a href=\"{0}\">{0}</a></li>\n", escaped(url))).collect();
    format!("<h2 id=\"references\">Read more</h2>\n<ul class=\"references\">\n{items}</ul>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(words("`a` < b & `<c>`"), "<code>a</code> &lt; b &amp; <code>&lt;c&gt;</code>");
        assert_eq!(plain("`a\"`"), "a&quot;");
        assert_eq!(escaped("${version}"), "$&#123;version}");
    }

    #[test]
    fn a_rules_text_becomes_paragraphs_lists_and_listings() {
        let html = blocks("Use `a<b>`,\n*not* that.\n\n- one\n- two\n\n```\nFROM a\n```\n");
        assert!(
            html.starts_with("<p>Use <code>a&lt;b&gt;</code>, <em>not</em> that.</p>\n<ul>\n<li>one</li>\n"),
            "{html}"
        );
        assert!(html.ends_with("<code>FROM a</code></pre>\n"), "{html}");
    }
}
