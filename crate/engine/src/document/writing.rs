//! Where new lines go, and how they look among their neighbours.

use super::{Document, Stage, Step};
use crate::fix::{Edit, delete, insert, newline_of};
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{Flag, Instruction, PieceKind, TextRange, TextSize};

impl<'a> Document<'a> {
    /// Where each word that could be a variable's name stands for the last time.
    pub fn last_mentions(&self) -> HashMap<&'a str, TextSize> {
        let mut mentions = HashMap::new();
        for instruction in &self.file.instructions {
            let mut at = instruction.range.start();
            let is_letter = |character: char| character.is_ascii_alphanumeric() || character == '_';
            for piece in self.slice(instruction.range).split_inclusive(|character| !is_letter(character)) {
                at += TextSize::of(piece);
                mentions.insert(piece.trim_end_matches(|character| !is_letter(character)), at);
            }
        }
        mentions
    }
}

impl Document<'_> {
    /// Where an instruction begins, together with the comment lines directly above it: lines that go in front of it go here.
    pub fn block_start(&self, instruction: &Instruction) -> TextSize {
        let start = instruction.lines.start();
        let before = self.file.pieces.partition_point(|piece| piece.range.end() <= start);
        let above = self.file.pieces.get(..before).unwrap_or_default().iter().rev();
        let comments = above.take_while(|piece| piece.kind == PieceKind::Comment);
        comments.last().map_or(start, |piece| piece.range.start())
    }

    /// Whether a comment line stands directly above an instruction, and so speaks of it.
    pub fn has_comment_above(&self, instruction: &Instruction) -> bool {
        self.block_start(instruction) != instruction.lines.start()
    }

    /// Whether somebody says something of a step: directly above it, between its lines, or in what its shell reads. It would go with the step.
    pub fn has_comments(&self, step: &Step<'_>) -> bool {
        !step.outer.comments.is_empty()
            || step.scripts.iter().any(|run| run.script.has_comments)
            || self.has_comment_above(step.outer)
    }

    /// Whether a comment stands between two instructions: of the second, or of all that follows.
    pub fn has_comment_between(&self, first: &Instruction, second: &Instruction) -> bool {
        let between = TextRange::new(first.lines.end(), second.lines.start());
        self.slice(between).lines().any(|line| line.trim_start().starts_with('#'))
    }

    /// The comment line that ends where a line begins.
    pub fn comment_before(&self, line: TextSize) -> Option<TextRange> {
        let before = self.file.pieces.partition_point(|piece| piece.range.end() <= line);
        let above = self.file.pieces.get(before.checked_sub(1)?)?;
        (above.kind == PieceKind::Comment).then_some(above.content)
    }

    /// The edit that takes a flag away, where what comes next follows it on the same line.
    pub fn flag_to_go(&self, flag: &Flag, next: TextSize) -> Option<Edit> {
        let between = self.slice(TextRange::new(flag.range.end(), next.max(flag.range.end())));
        let is_blank = between.chars().all(|character| matches!(character, ' ' | '\t'));
        is_blank.then(|| delete(TextRange::new(flag.range.start(), next)))
    }

    /// The edit that puts an instruction on a line of its own above another one, and above the comments that speak of that.
    pub fn line_above(&self, neighbour: &Instruction, keyword: &str, arguments: &str) -> Edit {
        insert(self.block_start(neighbour), self.line_like(neighbour, keyword, arguments))
    }

    /// The edit that declares an argument at the beginning of a stage.
    pub fn declaration(&self, stage: &Stage<'_>, name: &str) -> Option<Edit> {
        let (from, _) = stage.from?;
        Some(insert(from.lines.end(), self.line_like(from, "ARG", name)))
    }

    /// Where the blank lines directly above an offset begin; the offset itself where there are none.
    pub fn gap_start(&self, offset: TextSize) -> TextSize {
        let before = self.file.pieces.partition_point(|piece| piece.range.end() <= offset);
        let above = self.file.pieces.get(..before).unwrap_or_default().iter().rev();
        let blanks = above.take_while(|piece| piece.kind == PieceKind::Blank);
        blanks.last().map_or(offset, |piece| piece.range.start())
    }

    /// Another keyword for an instruction: what goes, and what comes. Where the author sets arguments in a column, both include the blanks
    /// behind the keyword, so that the column stays as far as the new keyword fits.
    pub fn other_keyword(&self, instruction: &Instruction, keyword: &str) -> (TextRange, String) {
        let (own, blanks) = (instruction.keyword.range, self.blanks_after_keyword(instruction));
        let column = own.len() + blanks;
        // The longest keyword has but one blank behind it, as far to the right as that of others.
        let is_column = |other: &Instruction| {
            let blanks = self.blanks_after_keyword(other);
            blanks > 1.into() && other.keyword.range.len() + blanks == column
        };
        let keyword = cased_like(instruction, keyword);
        if !is_column(instruction) && !self.file.instructions.first().is_some_and(is_column) {
            return (own, keyword);
        }
        let width = usize::from(column).max(keyword.len() + 1);
        (TextRange::at(own.start(), column), format!("{keyword:width$}"))
    }

    fn blanks_after_keyword(&self, instruction: &Instruction) -> TextSize {
        let rest = self.slice(TextRange::new(instruction.keyword.range.end(), instruction.range.end()));
        TextSize::of(rest) - TextSize::of(rest.trim_start_matches(' '))
    }

    /// The lines of an instruction that is to go: with the blank lines above it, where others follow that keep its neighbours apart.
    pub fn lines_to_go(&self, instruction: &Instruction) -> TextRange {
        let lines = instruction.lines;
        let gap = self.gap_start(lines.start());
        let behind = self.slice(TextRange::new(lines.end(), TextSize::of(self.file.text()).max(lines.end())));
        let is_parted = behind.split('\n').next().is_some_and(|line| line.trim().is_empty());
        if is_parted { TextRange::new(gap, lines.end()) } else { lines }
    }

    /// An instruction as a line of its own, indented and cased as its neighbour is, with the line ending of the file.
    pub fn line_like(&self, neighbour: &Instruction, keyword: &str, arguments: &str) -> String {
        let indent = self.slice(TextRange::new(neighbour.lines.start(), neighbour.range.start()));
        let keyword = cased_like(neighbour, keyword);
        format!("{indent}{keyword} {arguments}{}", newline_of(self.file.text()))
    }
}

/// A keyword in the case in which an author writes them.
pub fn cased_like(neighbour: &Instruction, keyword: &str) -> String {
    let is_lower = neighbour.keyword.text.starts_with(|first: char| first.is_ascii_lowercase());
    if is_lower { keyword.to_ascii_lowercase() } else { keyword.to_owned() }
}
