//! Comments that silence findings: `# layerwise ignore=rule-id`, and what people already have for other tools.

mod comment;
mod writing;

use crate::code::{Code, Tool};
use crate::fix::{Edit, delete};
use crate::report::Finding;
use comment::{Comment, Reach};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_place;
use layerwise_syntax::{DirectiveKind, Dockerfile, Instruction, InstructionKind, PieceKind, TextRange, TextSize};
pub use writing::{silencing, speaking};

/// Whether a comment's text is one that silences findings, in any tool's words.
pub fn is_suppression(comment: &str) -> bool {
    comment::read(comment).is_some()
}

/// The suppressions of a file.
#[derive(Debug, Default)]
pub struct Suppressions {
    found: Vec<Suppression>,
    /// Indexes of those for one instruction, by where it begins.
    of_instructions: Vec<(TextSize, usize)>,
    /// Indexes of those for one line, by where it begins.
    of_lines: Vec<(TextSize, usize)>,
    /// Indexes of those for more.
    wide: Vec<usize>,
}

/// One comment, with everything that it names.
#[derive(Debug)]
pub(crate) struct Suppression {
    /// Whose comment it is; `None` for one of ours.
    pub tool: Option<Tool>,
    /// What it silences: rule ids or codes of other tools, each with its place.
    pub names: Vec<(String, TextRange)>,
    /// The comment's text.
    pub content: TextRange,
    /// The comment's line, with its ending.
    pub line: TextRange,
    /// The lines that it is for; `None` for the whole file.
    lines: Option<TextRange>,
    /// What these lines are.
    reach: Reach,
}

impl Suppressions {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Finds the suppressions of a file.
    pub(crate) fn of(file: &Dockerfile) -> Self {
        let froms = file.instructions.iter().filter(|instruction| instruction.kind() == InstructionKind::From);
        let froms = froms.map(|from| from.lines.start()).into_list();
        let mut reader = Reader { file, froms, found: Vec::new(), pending: Vec::new(), pending_stages: Vec::new() };
        for directive in file.directives.iter().filter(|directive| directive.kind == DirectiveKind::Check) {
            let text = file.slice(directive.range);
            if let Some(comment) = comment::read(text) {
                let line = file.pieces.iter().find(|piece| piece.range.contains_range(directive.range));
                reader.add(comment, directive.range, line.map_or(directive.range, |piece| piece.range), None);
            }
        }
        for piece in &file.pieces {
            match piece.kind {
                PieceKind::Comment => {
                    if let Some(comment) = comment::read(file.slice(piece.content)) {
                        reader.comment(comment, piece.content, piece.range);
                    }
                }
                PieceKind::Instruction => reader.reaches(piece.range),
                PieceKind::Blank => reader.blank_line(piece.range),
                PieceKind::ByteOrderMark | PieceKind::Directive => {}
            }
        }
        for instruction in &file.instructions {
            reader.comments_within(instruction);
        }
        Suppressions::sorted(reader.found)
    }

    fn sorted(found: Vec<Suppression>) -> Self {
        let mut suppressions = Suppressions { found, ..Suppressions::default() };
        for (index, suppression) in suppressions.found.iter().enumerate() {
            match (suppression.reach, suppression.lines) {
                (Reach::Instruction, Some(lines)) => suppressions.of_instructions.push((lines.start(), index)),
                (Reach::Line, Some(line)) => suppressions.of_lines.push((line.start(), index)),
                _ => suppressions.wide.push(index),
            }
        }
        let sorted = |indexes| by_place(indexes, |(start, _): &(TextSize, usize)| TextRange::empty(*start));
        suppressions.of_instructions = sorted(suppressions.of_instructions);
        suppressions.of_lines = sorted(suppressions.of_lines);
        suppressions
    }

    /// Every suppression, in no particular order.
    pub(crate) fn all(&self) -> &[Suppression] {
        &self.found
    }

    /// The comment that silences a finding, if one does. Where the engine answers as another tool does, comments for a third one are none.
    pub(crate) fn silencing(&self, finding: &Finding, compat: Option<Tool>) -> Option<&Suppression> {
        let start = finding.range.start();
        let near = right_above(&self.of_instructions, start).chain(right_above(&self.of_lines, start));
        near.chain(&self.wide).filter_map(|index| self.found.get(*index)).find(|suppression| {
            // Those for hadolint are heeded by others as well, and so are those within an instruction, which nobody else can heed.
            let is_general =
                matches!(suppression.tool, None | Some(Tool::Hadolint)) || suppression.reach == Reach::Line;
            let is_heeded = compat.is_none() || is_general || suppression.tool == compat;
            is_heeded && suppression.is_for(finding) && suppression.name_of(finding).is_some()
        })
    }
}

/// The comments right above a place: those whose lines begin last before it. Several may stand above the same lines.
fn right_above(sorted: &[(TextSize, usize)], place: TextSize) -> impl Iterator<Item = &usize> {
    let (before, _) = sorted.split_at(sorted.partition_point(|(start, _)| *start <= place));
    let last = before.last().map(|(start, _)| *start);
    before.iter().rev().take_while(move |(start, _)| Some(*start) == last).map(|(_, index)| index)
}

impl Suppression {
    /// Of findings in the order of the file, those that begin where the comment reaches.
    pub fn among<'f>(&self, findings: &'f [&'f Finding]) -> &'f [&'f Finding] {
        let Some(lines) = self.lines else { return findings };
        let place = |end| findings.partition_point(|finding| finding.range.start() < end);
        findings.get(place(lines.start())..place(lines.end())).unwrap_or_default()
    }

    /// Whether a finding stands where the comment reaches. It may begin in the one line that a comment is for, and end in another.
    pub fn is_for(&self, finding: &Finding) -> bool {
        self.lines.is_none_or(|lines| match self.reach {
            Reach::Line => lines.contains(finding.range.start()),
            _ => lines.contains_range(finding.range),
        })
    }

    /// The first name of this comment that means a finding, by its place among them.
    fn name_of(&self, finding: &Finding) -> Option<usize> {
        self.names.iter().position(|(name, _)| self.is_named(name, finding))
    }

    /// Takes one name out of the comment, or the first one's line when nothing else is left of it.
    pub fn without(&self, index: usize, is_all: bool) -> Option<Edit> {
        let range_of = |index: usize| self.names.get(index).map(|(_, range)| *range);
        let own = range_of(index)?;
        if is_all {
            return (index == 0).then(|| delete(self.line));
        }
        match (range_of(index + 1), index.checked_sub(1).and_then(range_of)) {
            (Some(next), _) => Some(delete(TextRange::new(own.start(), next.start()))),
            (None, Some(before)) => Some(delete(TextRange::new(before.end(), own.end()))),
            (None, None) => None,
        }
    }

    /// Whether a name of this comment means a finding.
    pub fn is_named(&self, name: &str, finding: &Finding) -> bool {
        let carries = |wanted: &dyn Fn(&Code) -> bool| finding.codes.iter().any(wanted);
        match self.tool {
            Some(Tool::Buildkit) => {
                carries(&|code| code.tool == Tool::Buildkit && (name == "all" || code.code == name))
            }
            Some(Tool::Trivy) => carries(&|code| code.tool == Tool::Trivy && code.code == comment::trivy_code(name)),
            _ => {
                let (rule, case) = name.split_once('/').unwrap_or((name, finding.case));
                (finding.rule.eq_ignore_ascii_case(rule) && finding.case == case)
                    || carries(&|code| code.code.eq_ignore_ascii_case(name))
            }
        }
    }
}

struct Reader<'a> {
    file: &'a Dockerfile,
    /// Where stages begin.
    froms: Vec<TextSize>,
    found: Vec<Suppression>,
    /// Indexes of those that wait for their instruction. They may be stacked, and comments that say why may stand among them.
    pending: Vec<usize>,
    /// Indexes of those for a stage that wait for what stands below them.
    pending_stages: Vec<usize>,
}

impl Reader<'_> {
    fn add(&mut self, comment: Comment, content: TextRange, line: TextRange, lines: Option<TextRange>) {
        let place = |(at, name): (usize, String)| {
            let start = content.start() + TextSize::try_from(at).unwrap_or_default();
            let range = TextRange::at(start, TextSize::of(name.as_str()));
            (name, range)
        };
        let names = comment.names.into_iter().map(place).into_list();
        self.found.push(Suppression { tool: comment.tool, names, content, line, lines, reach: comment.reach });
    }

    fn comment(&mut self, comment: Comment, content: TextRange, line: TextRange) {
        let lines = match comment.reach {
            Reach::File => None,
            Reach::Stage => {
                self.pending_stages.push(self.found.len());
                Some(self.rest_of_stage(line.end(), line.end()))
            }
            Reach::Line | Reach::Instruction => {
                self.pending.push(self.found.len());
                Some(line)
            }
        };
        self.add(comment, content, line, lines);
    }

    /// The comments of ShellCheck among the lines of a continued instruction. BuildKit drops them before a shell sees them, so nobody but us can
    /// heed them. Each is for the line below it, as in a script it is for the command below it.
    fn comments_within(&mut self, instruction: &Instruction) {
        let mut end = instruction.lines.end();
        let mut below = TextRange::empty(end);
        for &content in instruction.comments.iter().rev() {
            // Above a further comment it is for what that one is for.
            below = first_line(self.file, TextRange::new(content.end(), end)).unwrap_or(below);
            end = content.start();
            let comment = comment::read(self.file.slice(content));
            if let Some(comment) = comment.filter(|comment| comment.tool == Some(Tool::Shellcheck)) {
                let line = line_around(self.file.text(), content);
                self.add(Comment { reach: Reach::Line, ..comment }, content, line, Some(below));
            }
        }
    }

    /// From the end of a comment to the first `FROM` behind an offset.
    fn rest_of_stage(&self, start: TextSize, offset: TextSize) -> TextRange {
        let next = self.froms.partition_point(|from| *from <= offset);
        TextRange::new(start, self.froms.get(next).copied().unwrap_or(TextSize::of(self.file.text())))
    }

    /// What stands below the comments for a stage: above a `FROM`, its stage is meant, and otherwise the rest of the one that they stand in.
    fn stages_reach(&mut self, below: TextSize) {
        for index in std::mem::take(&mut self.pending_stages) {
            let Some(start) = self.found.get(index).map(|suppression| suppression.line.end()) else { continue };
            let lines = self.rest_of_stage(start, below);
            if let Some(suppression) = self.found.get_mut(index) {
                suppression.lines = Some(lines);
            }
        }
    }

    fn reaches(&mut self, lines: TextRange) {
        self.stages_reach(lines.start());
        for index in self.pending.drain(..) {
            if let Some(suppression) = self.found.get_mut(index) {
                suppression.lines = Some(lines);
            }
        }
    }

    /// A blank line parts a comment from what follows it, save for BuildKit's.
    fn blank_line(&mut self, line: TextRange) {
        self.stages_reach(line.start());
        let found = &self.found;
        self.pending.retain(|&index| found.get(index).is_some_and(|one| one.tool == Some(Tool::Buildkit)));
    }
}

/// The first line in a range that is not blank, with its ending.
fn first_line(file: &Dockerfile, range: TextRange) -> Option<TextRange> {
    file.lines_in(range).find(|(_, line)| !line.trim().is_empty()).map(|(range, _)| range)
}

/// The line that a range is in, with its ending.
fn line_around(text: &str, range: TextRange) -> TextRange {
    let (before, after) = text.split_at_checked(range.end().into()).unwrap_or((text, ""));
    let line = before.split_inclusive('\n').next_back().unwrap_or_default();
    let rest = after.split_inclusive('\n').next().unwrap_or_default();
    TextRange::new(range.end() - TextSize::of(line), range.end() + TextSize::of(rest))
}

#[cfg(test)]
mod tests {
    use crate::check::check;
    use crate::code::Tool;
    use crate::input::Input;

    /// The lines with a command that nobody should call, and no comment that silences it.
    fn lines_with_sudo(text: &str) -> Vec<usize> {
        let findings = check(&Input::new(text)).findings.into_iter().filter(|finding| finding.rule == "no-sudo");
        let line = |offset: usize| text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
        findings.map(|finding| line(finding.instruction.start().into())).collect()
    }

    fn silenced(comment: &str) -> bool {
        lines_with_sudo(&format!("FROM alpine:3.23\n{comment}\nRUN sudo a\n")).is_empty()
    }

    #[test]
    fn comments_for_a_third_tool_do_not_change_how_another_answers() {
        let text = "# checkov:skip=CKV_DOCKER_7\nFROM alpine\n# hadolint ignore=DL3004\nRUN sudo a\n";
        let codes = |compat: Option<Tool>| -> Vec<&str> {
            let mut input = Input::new(text);
            input.config.compat = compat;
            let findings = check(&input).findings.into_iter();
            findings
                .map(|finding| finding.rule)
                .filter(|rule| ["no-sudo", "pin-base-image-tag"].contains(rule))
                .collect()
        };
        assert!(codes(None).is_empty());
        assert_eq!(codes(Some(Tool::Hadolint)), ["pin-base-image-tag"]);
    }

    #[test]
    fn a_comment_is_for_the_instruction_below_it() {
        assert!(silenced("# hadolint ignore=DL3004"));
        assert!(silenced("  #hadolint ignore = DL3003 , DL3004"));
        assert!(!silenced("# hadolint ignore=DL3004\n"), "a blank line parts them");
        assert!(!silenced("# hadolint ignore=DL3004\nENV A=b"), "so does an instruction");
        assert!(!silenced("# hadolint ignore=DL3003"));
        let text = "FROM alpine:3.23\n# hadolint ignore=DL3004\nRUN a && \\\n  sudo b\nRUN sudo c\n";
        assert_eq!(lines_with_sudo(text), [5], "it is for the whole of the instruction, and for no other");
        let inside = "FROM alpine:3.23\nRUN a && \\\n# hadolint ignore=DL3004\n  sudo b\n";
        assert_eq!(lines_with_sudo(inside), [2], "within an instruction it says nothing");
    }

    /// hadolint gives up on both; nobody who writes so means to silence nothing.
    #[test]
    fn comments_that_say_why_and_further_ones_may_stand_between() {
        assert!(silenced("# hadolint ignore=DL3004\n# it sets up the user itself"));
        assert!(silenced("# hadolint ignore=DL3004\n# hadolint ignore=DL3003"));
    }

    #[test]
    fn a_reason_may_follow_the_codes() {
        for reason in ["", " because", " # because", ": because", "; because", " -- because", ", DL3003 # a, b"] {
            assert!(silenced(&format!("# hadolint ignore=DL3004{reason}")), "{reason}");
        }
        assert!(!silenced("# hadolint ignore=DL3003 and not DL3004"), "what a reason speaks of is not silenced");
    }

    #[test]
    fn the_whole_file_is_reached_from_anywhere() {
        assert_eq!(lines_with_sudo("FROM alpine:3.23\nRUN sudo a\n\n# hadolint global ignore=DL3004\n"), [0; 0]);
    }

    #[test]
    fn a_stage_is_reached_from_above_its_from_and_from_within() {
        let stage = "# hadolint stage ignore=DL3004\n";
        let around = |comment: &str| {
            lines_with_sudo(&format!(
                "FROM alpine:3.23\nRUN sudo a\n{comment}FROM alpine:3.23\nRUN sudo b\nFROM alpine:3.23\nRUN sudo c\n"
            ))
        };
        assert_eq!(around(stage), [2, 7]);
        assert_eq!(around(&format!("{stage}# why\n")), [2, 8]);
        assert_eq!(around(&format!("{stage}\n")), [2, 6, 8], "a blank line parts it from the stage below");
        assert_eq!(around(&format!("{stage}RUN sudo d\n")), [2, 6, 8], "within a stage it is for the rest");
    }
}
