//! The fenced blocks of a Markdown file that hold Dockerfiles, by the rules of CommonMark: in lists, in quotes, with fences of any length.
//!
//! MkDocs has containers that CommonMark does not know, such as `!!! note` and `=== "Tab"`. What is indented below such a line is read as Markdown of
//! its own.

use super::info::{self, Said};
use super::places::Places;
use layerwise_syntax::{TextRange, TextSize};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A Dockerfile in a Markdown file.
#[derive(Debug)]
pub struct Block {
    /// The Dockerfile.
    pub text: String,
    /// Where it stands in the file.
    pub places: Places,
    /// The line of its opening fence, from the fence on.
    pub fence: TextRange,
    /// What is said of it.
    pub said: Said,
}

/// How deep containers of MkDocs may stand in each other.
const DEEPEST: usize = 16;

/// The blocks that hold a Dockerfile, in the order of the file. Empty ones, and those that are to be left out, are not among them.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
    let own = text.get(skipped..).unwrap_or_default();
    collect(own, &Places::from(skipped), 0, &mut found);
    found.sort_by_key(|block| block.fence.start());
    // A container within a list is read by CommonMark too.
    found.dedup_by_key(|block| block.fence.start());
    found.retain(|block| !block.text.trim().is_empty());
    found
}

fn collect(text: &str, places: &Places, depth: usize, found: &mut Vec<Block>) {
    let literal = collect_fenced(text, places, found);
    if depth >= DEEPEST {
        return;
    }
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        let Some(content) = text.get(line.clone()) else { continue };
        let indent = indent(content);
        let start = line.start + indent;
        let before = literal.partition_point(|block| block.start <= start);
        let block = before.checked_sub(1).and_then(|index| literal.get(index));
        if block.is_some_and(|block| block.contains(&start)) || !is_container(content) {
            continue;
        }
        let mut body = String::new();
        let mut body_places = Places::default();
        while let Some(content) = lines.peek().and_then(|line| text.get(line.clone())) {
            let is_blank = content.trim().is_empty();
            if !is_blank && self::indent(content) < indent + 4 {
                break;
            }
            let Some(line) = lines.next() else { break };
            let cut = if is_blank { 0 } else { indent + 4 };
            body_places.push(body.len(), places.offset(line.start + cut));
            body += content.get(cut..).unwrap_or_default();
        }
        collect(&body, &body_places, depth + 1, found);
    }
}

/// The lines of a text, each with its end.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        range
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line begins an admonition or a tab of MkDocs.
fn is_container(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    let starts = |sign: &str| line.strip_prefix(sign).is_some_and(|rest| rest.starts_with([' ', '+', '!']));
    starts("!!!") || starts("???") || (starts("===") && line.contains('"'))
}

/// Adds the Dockerfiles, and returns where all blocks are whose text is not read as Markdown: code, and HTML such as a comment.
fn collect_fenced(text: &str, places: &Places, found: &mut Vec<Block>) -> Vec<Range<usize>> {
    let mut literal = Vec::new();
    let mut open: Option<Block> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_YAML_STYLE_METADATA_BLOCKS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let start = range.start;
                literal.push(range);
                open = info::read(&info).map(|said| {
                    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().trim_end();
                    let size = |offset: usize| TextSize::try_from(places.offset(offset)).unwrap_or_default();
                    let start_size = size(start);
                    let fence = TextRange::at(start_size, TextSize::of(line));
                    Block { text: String::new(), places: Places::default(), fence, said }
                });
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock) => literal.push(range),
            Event::Text(code) => {
                let Some(block) = &mut open else { continue };
                let mut at = range.start;
                for line in code.split_inclusive('\n') {
                    block.places.push(block.text.len(), places.offset(at));
                    block.text += line;
                    at += line.len();
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    literal
}
