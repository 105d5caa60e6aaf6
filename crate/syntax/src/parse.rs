//! From text to tree, as BuildKit goes: line by line, joining what is continued, then reading each instruction.

use crate::directive::Directives;
use crate::grammar::{self, Reader};
use crate::heredoc::{self, Heredoc, Marker};
use crate::lines::{Line, Lines};
use crate::logical::{Logical, size, span};
use crate::order::by_place;
use crate::{Dockerfile, Instruction, Piece, PieceKind, Problem, ProblemKind, validate};
use text_size::TextRange;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// BuildKit's reader gives up on lines that do not fit its buffer with their line ending.
/// <https://pkg.go.dev/bufio#MaxScanTokenSize>
const LONGEST_LINE: usize = 64 * 1024 - 1;

/// Parses a Dockerfile. Every text gives a tree, in time linear in its length.
///
/// Positions are 32 bits wide: of a text beyond 4 GiB nothing is parsed, and the one problem says so.
pub fn parse(text: &str) -> Dockerfile {
    let mut parser = Parser::new(text);
    if u32::try_from(text.len()).is_ok() {
        parser.run();
    } else {
        let message = "The file is larger than 4 GiB.".to_owned();
        parser.problems.push(Problem { kind: ProblemKind::TooLong, message, range: span(0..0), correction: None });
    }
    parser.finish()
}

struct Parser<'a> {
    text: &'a str,
    lines: Lines<'a>,
    directives: Directives,
    pieces: Vec<Piece>,
    instructions: Vec<Instruction>,
    problems: Vec<Problem>,
}

/// An instruction's lines, joined.
struct Joined {
    logical: Logical,
    start: usize,
    end: usize,
    comments: Vec<TextRange>,
    continuations: Vec<TextRange>,
    blank_lines: Vec<TextRange>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Parser {
            text,
            lines: Lines::new(text, 0),
            directives: Directives::new(),
            pieces: Vec::new(),
            instructions: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn run(&mut self) {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            let mark = 0..BYTE_ORDER_MARK.len_utf8();
            self.lines = Lines::new(self.text, mark.end);
            self.piece(PieceKind::ByteOrderMark, span(mark.clone()), span(mark));
        }
        while let Some(line) = self.lines.next() {
            self.check_length(&line);
            let (trimmed, start) = line.trimmed();
            let content = span(start..start + trimmed.trim_end().len());
            let is_directive = self.directives.read(&line);
            let kind = match (is_directive, trimmed) {
                (true, _) => PieceKind::Directive,
                (_, "") => PieceKind::Blank,
                (_, text) if text.starts_with('#') => PieceKind::Comment,
                _ => PieceKind::Instruction,
            };
            if kind == PieceKind::Instruction {
                self.instruction(line);
            } else {
                self.piece(kind, span(line.start..line.end), content);
            }
        }
    }

    fn piece(&mut self, kind: PieceKind, range: TextRange, content: TextRange) {
        self.pieces.push(Piece { kind, range, content });
    }

    fn check_length(&mut self, line: &Line<'_>) {
        if line.content.len() > LONGEST_LINE {
            self.problems.push(Problem {
                kind: ProblemKind::TooLong,
                message: "BuildKit reads no line longer than 65,535 bytes.".into(),
                range: span(line.start..line.content_end()),
                correction: None,
            });
        }
    }

    fn next_line(&mut self) -> Option<Line<'a>> {
        let line = self.lines.next()?;
        self.check_length(&line);
        self.directives.read(&line);
        Some(line)
    }

    fn instruction(&mut self, first: Line<'a>) {
        let (first_text, first_start) = first.trimmed();
        let first_range = span(first_start..first_start + first_text.trim_end().len());
        let problems_before = self.problems.len();
        let mut joined = self.join(first);
        let whole = joined.logical.view(0..joined.logical.text.len()).trim();
        let mut reader = Reader { escape: self.directives.escape, problems: &mut self.problems, markers: &[] };
        let kind = grammar::innermost_kind(whole);
        let markers = if kind.takes_heredocs() { heredoc::markers(whole) } else { Vec::new() };
        reader.markers = &markers;
        let mut instruction = reader.instruction(whole, false);
        // A line that holds nothing but its continuation has no text to point at.
        if instruction.range.is_empty() {
            instruction.range = first_range;
            instruction.keyword.range = first_range;
            instruction.arguments_range = TextRange::empty(first_range.end());
            for problem in self.problems.iter_mut().skip(problems_before) {
                problem.range = first_range;
            }
        }

        // An array's strings hold no heredocs.
        let heredocs = if instruction.arguments.is_json() { Vec::new() } else { self.heredocs(markers, &mut joined) };
        if let Some(end) = heredocs.last().map(|last| last.terminator.unwrap_or(last.body).end()) {
            instruction.range = TextRange::new(instruction.range.start(), end.max(instruction.range.end()));
        }
        instruction.lines = span(joined.start..joined.end);
        instruction.comments = joined.comments;
        instruction.continuations = joined.continuations;
        instruction.blank_lines = joined.blank_lines;
        grammar::attach_heredocs(&mut instruction, heredocs);
        self.piece(PieceKind::Instruction, instruction.lines, instruction.range);
        self.instructions.push(instruction);
    }

    /// Joins an instruction's continued lines, and skips comments and blank lines among them.
    fn join(&mut self, first: Line<'a>) -> Joined {
        let (text, start) = first.trimmed();
        let mut joined = Joined {
            logical: Logical::default(),
            start: first.start,
            end: first.end,
            comments: Vec::new(),
            continuations: Vec::new(),
            blank_lines: Vec::new(),
        };
        let mut open = self.push_line(&mut joined.logical, text, start);
        while let Some(escape_at) = open {
            let Some(line) = self.next_line() else {
                joined.continuations.push(span(escape_at..joined.end));
                break;
            };
            joined.end = line.end;
            if line.is_comment() {
                let (text, start) = line.trimmed();
                joined.comments.push(span(start..start + text.trim_end().len()));
            } else if line.is_blank() {
                joined.blank_lines.push(span(line.start..line.end));
            } else {
                joined.continuations.push(span(escape_at..line.start));
                open = self.push_line(&mut joined.logical, line.content, line.start);
            }
        }
        joined
    }

    /// Adds a line without its continuation; where the escape character stands, if the line goes on.
    fn push_line(&self, logical: &mut Logical, text: &str, start: usize) -> Option<usize> {
        let kept = continued(text, self.directives.escape);
        logical.push(kept.unwrap_or(text), start);
        kept.map(|kept| start + kept.len())
    }

    /// Takes the bodies of an instruction's heredocs from the lines that follow it.
    fn heredocs(&mut self, markers: Vec<Marker>, joined: &mut Joined) -> Vec<Heredoc> {
        let mut heredocs = Vec::new();
        for marker in markers {
            let body_start = joined.end;
            let mut body_end = body_start;
            let mut terminator = None;
            while let Some(line) = self.next_line() {
                joined.end = line.end;
                let text = if marker.strips_tabs { line.content.trim_start_matches('\t') } else { line.content };
                if text == marker.name {
                    terminator = Some(span(line.content_end() - text.len()..line.content_end()));
                    break;
                }
                body_end = line.end;
            }
            if terminator.is_none() {
                self.problems.push(Problem {
                    kind: ProblemKind::UnterminatedHeredoc,
                    message: format!("This heredoc is never ended: no line says just `{}`.", marker.name),
                    range: marker.range,
                    correction: None,
                });
            }
            heredocs.push(Heredoc {
                name: marker.name,
                marker: marker.range,
                descriptor: marker.descriptor,
                expands: marker.expands,
                strips_tabs: marker.strips_tabs,
                body: span(body_start..body_end),
                terminator,
            });
        }
        heredocs
    }

    fn finish(mut self) -> Dockerfile {
        let escape = self.directives.escape;
        let (directives, mut problems) = self.directives.into_problems();
        problems.append(&mut self.problems);
        let is_fragment = validate::is_fragment(&self.instructions);
        validate::check(&self.instructions, is_fragment, size(self.text.len()), &mut problems);
        if is_fragment {
            problems.retain(|problem| !validate::is_ellipsis(problem, self.text));
        }
        problems = by_place(problems, |problem| problem.range);
        if let Some(stranger) = validate::stranger(&self.instructions, &problems) {
            problems = vec![stranger];
        }
        Dockerfile {
            text: self.text.into(),
            escape,
            pieces: self.pieces,
            directives,
            instructions: self.instructions,
            problems,
            is_fragment,
        }
    }
}

/// The text before the escape character that continues a line, if it is continued. Two escape characters in a row do not, and
/// blanks may follow the one that does.
fn continued(text: &str, escape: char) -> Option<&str> {
    let kept = text.trim_end_matches([' ', '\t']).strip_suffix(escape)?;
    (!kept.ends_with(escape)).then_some(kept)
}
