//! How the lines of an instruction are laid out, so that new ones look like their neighbours.

use super::{Edit, delete, insert, newline_of};
use crate::document::{Document, RunScript, ScriptForm, Step};
use layerwise_syntax::order::by_place;
use layerwise_syntax::{TextRange, TextSize};

/// What new lines are indented with where no neighbour shows it.
const USUAL_INDENT: &str = "    ";

/// How continued lines of commands look.
#[derive(Debug)]
pub(super) struct Layout {
    escape: char,
    pub newline: &'static str,
    pub indent: String,
    /// Whether `&&` stands at the start of a line, as against the end of the one before.
    leads: bool,
    /// Whether a line shows that, as against what is usual.
    is_shown: bool,
}

impl Layout {
    /// The layout where there is nothing to go by.
    pub fn usual(document: &Document<'_>) -> Layout {
        Layout {
            escape: document.file.escape,
            newline: newline_of(document.file.text()),
            indent: USUAL_INDENT.to_owned(),
            leads: true,
            is_shown: false,
        }
    }

    /// The layout of one script that is made of two: that of the first, as far as it has one.
    pub fn of_both(first: Option<Layout>, second: Option<Layout>) -> Option<Layout> {
        match (first, second) {
            (Some(first), Some(second)) if !first.is_shown => {
                Some(Layout { leads: second.leads, is_shown: second.is_shown, ..first })
            }
            (first, second) => first.or(second),
        }
    }

    /// The layout with `&&` at the end of the line where the author has it in the file's first `RUN`s, if nothing nearer shows that.
    pub fn like_elsewhere(self, document: &Document<'_>) -> Layout {
        const MOST_LOOKED_AT: usize = 10;
        if self.is_shown {
            return self;
        }
        for step in document.steps().filter(|step| step.is_run()).take(MOST_LOOKED_AT) {
            let shown =
                step.scripts.first().and_then(|run| Layout::of(document, step, run, step.instruction.range.end()));
            if let Some(shown) = shown.filter(|shown| shown.is_shown) {
                return Layout { leads: shown.leads, ..self };
            }
        }
        self
    }

    /// The edits that move each `&&` of a `RUN` which stands at the wrong end of a line to the other one.
    pub fn restyled(&self, document: &Document<'_>, step: &Step<'_>, run: &RunScript) -> Vec<Edit> {
        const AND: &str = "&&";
        let mut edits = Vec::new();
        // Between a line and the next a comment may stand.
        if !self.is_shown || !step.instruction.comments.is_empty() {
            return edits;
        }
        let starts = run.script.commands.iter().map(|command| command.range.start());
        let starts = by_place(starts, |start| TextRange::empty(*start));
        for joint in &step.instruction.continuations {
            let (before, after) = (line_before(document, joint.start()), line_after(document, joint.end()));
            let (text, next) = (before.trim_end(), after.trim_start());
            let at = joint.end() + (TextSize::of(after) - TextSize::of(next));
            let text_end = joint.start() - (TextSize::of(before) - TextSize::of(text));
            match (text.strip_suffix(AND), next.strip_prefix(AND)) {
                (Some(text), None) if self.leads && starts.binary_search(&at).is_ok() => {
                    let blanks = TextSize::of(text) - TextSize::of(text.trim_end());
                    let and = TextRange::new(text_end - TextSize::of(AND) - blanks, text_end);
                    edits.extend([delete(and), insert(at, "&& ")]);
                }
                (None, Some(next)) if !self.leads => {
                    let command = next.trim_start();
                    let start = at + TextSize::of(AND) + (TextSize::of(next) - TextSize::of(command));
                    if starts.binary_search(&start).is_ok() {
                        edits.extend([insert(text_end, " &&"), delete(TextRange::new(at, start))]);
                    }
                }
                _ => {}
            }
        }
        edits
    }

    /// The layout of a `RUN`'s lines up to a place; `None` where they are one line, or none of an instruction that is continued.
    pub fn of(document: &Document<'_>, step: &Step<'_>, run: &RunScript, to: TextSize) -> Option<Layout> {
        if run.form != ScriptForm::Inline {
            return None;
        }
        let joints = &step.instruction.continuations;
        let (joints, _) = joints.split_at(joints.partition_point(|joint| joint.end() <= to));
        let lines = || joints.iter().rev();
        lines().next()?;
        let after = |joint: &TextRange| line_after(document, joint.end());
        let leads = |joint: &&TextRange| after(joint).trim_start().starts_with("&&");
        let trails = |joint: &&TextRange| line_before(document, joint.start()).trim_end().ends_with("&&");
        // The line of a `a; \` style.
        let of_command = || {
            let starts = run.script.commands.iter().map(|command| command.range.start());
            let starts = by_place(starts, |start| TextRange::empty(*start));
            lines().find(|joint| {
                let line = after(joint);
                let blanks = TextSize::of(line) - TextSize::of(line.trim_start());
                starts.binary_search(&(joint.end() + blanks)).is_ok()
            })
        };
        let (joint, leads) = lines()
            .find(leads)
            .map(|joint| (joint, Some(true)))
            .or_else(|| lines().find(trails).map(|joint| (joint, Some(false))))
            .or_else(|| of_command().map(|joint| (joint, None)))
            // The arguments of a single command.
            .or_else(|| lines().next_back().map(|joint| (joint, None)))?;
        let usual = Layout::usual(document);
        let leads_lines = leads.unwrap_or(usual.leads);
        Some(Layout { indent: indent_of(after(joint)), leads: leads_lines, is_shown: leads.is_some(), ..usual })
    }

    /// What ends a line whose command is followed by `&&` and another.
    pub fn line_end(&self) -> String {
        let and = if self.leads { "" } else { " &&" };
        format!("{and} {}", self.escape)
    }

    /// What starts the line of that other command.
    pub fn line_start(&self) -> String {
        let and = if self.leads { "&& " } else { "" };
        format!("{}{and}", self.indent)
    }

    /// What ends a line whose command is followed by `;` and another.
    pub fn statement_end(&self) -> String {
        format!("; {}", self.escape)
    }
}

/// The rest of the line from a place on.
pub(super) fn line_after<'a>(document: &Document<'a>, from: TextSize) -> &'a str {
    let end = TextSize::of(document.file.text()).max(from);
    document.slice(TextRange::new(from, end)).split('\n').next().unwrap_or_default()
}

/// The line up to a place.
pub(super) fn line_before<'a>(document: &Document<'a>, to: TextSize) -> &'a str {
    document.slice(TextRange::up_to(to)).rsplit('\n').next().unwrap_or_default()
}

/// The blanks that a line starts with.
pub(super) fn indent_of(line: &str) -> String {
    line.chars().take_while(|character| matches!(character, ' ' | '\t')).collect()
}

/// The indentation of a word that is the first of its line, for another to be put in front of it in the same way.
pub fn line_indent(document: &Document<'_>, at: TextSize) -> Option<String> {
    let before = line_before(document, at);
    before.trim().is_empty().then(|| indent_of(before))
}
