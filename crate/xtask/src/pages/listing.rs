//! A Dockerfile as the editor shows it: with the engine's colours, and the places of findings underlined.

use super::html::{escaped, pre};
use layerwise_engine::{Finding, Severity};
use layerwise_syntax::{TextRange, parse, tokens};
use std::fmt::Write;

/// The listing, as a group that is called `label`.
pub fn listing(text: &str, findings: &[Finding], label: &str) -> String {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let file = parse(text);
    let tokens = tokens(&file);
    let mut bounds: Vec<usize> = vec![0, text.len()];
    let ranges = tokens.iter().map(|token| token.range).chain(findings.iter().map(|finding| finding.range));
    for range in ranges {
        bounds.extend([usize::from(range.start()), usize::from(range.end())]);
    }
    bounds.sort_unstable();
    bounds.dedup();
    let mut html = String::new();
    let mut marked: Option<Severity> = None;
    for (start, end) in bounds.iter().zip(bounds.iter().skip(1)) {
        let Some(piece) = text.get(*start..*end) else { continue };
        let now =
            findings.iter().filter(|finding| holds(finding.range, *start, *end)).map(|finding| finding.severity).min();
        if now != marked {
            html += if marked.is_some() { "</mark>" } else { "" };
            if let Some(severity) = now {
                let _ = write!(html, "<mark class=\"{}\">", severity.id());
            }
            marked = now;
        }
        match tokens.iter().find(|token| holds(token.range, *start, *end)) {
            Some(token) => {
                let _ = write!(html, "<span class=\"tok-{}\">{}</span>", token.kind.name(), visible(piece));
            }
            None => html += &visible(piece),
        }
    }
    html += if marked.is_some() { "</mark>" } else { "" };
    pre("listing", label, &html)
}

/// A comment that is written into a Dockerfile.
pub fn comment(text: &str) -> String {
    pre("listing", "Comment", &format!("<span class=\"tok-comment\">{}</span>", escaped(text)))
}

fn holds(range: TextRange, start: usize, end: usize) -> bool {
    usize::from(range.start()) <= start && end <= usize::from(range.end())
}

/// What is said of a listing, a finding in an entry.
pub fn messages(text: &str, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let entry = |finding: &Finding| {
        let before = text.get(..usize::from(finding.range.start())).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        format!(
            "<li class=\"{}\"><b>Line {line}, {}:</b> {}</li>\n",
            finding.severity.id(),
            finding.severity.id(),
            visible_words(&finding.message)
        )
    };
    format!("<ul class=\"said\">\n{}</ul>\n", findings.iter().map(entry).collect::<String>())
}

fn visible_words(message: &str) -> String {
    named(super::html::words(message))
}

/// Text with names in the place of characters that nobody sees and that turn the order in which it is read.
pub fn visible(text: &str) -> String {
    named(escaped(text))
}

fn named(html: String) -> String {
    const CONTROLS: [char; 12] = [
        '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
        '\u{2067}', '\u{2068}', '\u{2069}',
    ];
    let mut html = html;
    for control in CONTROLS {
        if html.contains(control) {
            html = html.replace(control, &format!("<span class=\"control\">U+{:04X}</span>", u32::from(control)));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::{listing, visible};
    use layerwise_engine::{Input, check};

    #[test]
    fn a_listing_has_the_engines_colours_and_underlines_where_findings_are() {
        let text = "FROM alpine:3.23\nADD a<b /x\n";
        let found = check(&Input::new(text)).findings.into_iter().filter(|finding| finding.rule == "copy-not-add");
        let html = listing(text, &found.collect::<Vec<_>>(), "Dockerfile");
        assert!(
            html.contains("<span class=\"tok-keyword\">FROM</span> <span class=\"tok-image\">alpine:3.23</span>\n"),
            "{html}"
        );
        assert!(
            html.contains("<mark class=\"warning\"><span class=\"tok-keyword\">ADD</span></mark> a&lt;b /x"),
            "{html}"
        );
    }

    #[test]
    fn characters_that_turn_the_order_of_a_text_are_shown_by_their_numbers() {
        assert_eq!(visible("a\u{202e}b"), "a<span class=\"control\">U+202E</span>b");
    }
}
