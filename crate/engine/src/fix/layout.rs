//! How the lines of an instruction are laid out, so that new ones look like their neighbours.

use super::newline_of;
use crate::document::{Document, RunScript, ScriptForm, Step};
use crate::order::by_place;
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
}

impl Layout {
    /// The layout where there is nothing to go by.
    pub fn usual(document: &Document<'_>) -> Layout {
        Layout {
            escape: document.file.escape,
            newline: newline_of(document.file.text()),
            indent: USUAL_INDENT.to_owned(),
            leads: true,
        }
    }

    /// The layout of a `RUN`'s lines up to a place; `None` where they are one line, or none of an instruction that is continued.
    pub fn of(document: &Document<'_>, step: &Step<'_>, run: &RunScript, to: TextSize) -> Option<Layout> {
        if run.form != ScriptForm::Inline {
            return None;
        }
        let starts = run.script.commands.iter().map(|command| command.range.start());
        let starts = by_place(starts, |start| TextRange::empty(*start));
        let lines = || step.instruction.continuations.iter().filter(|joint| joint.end() <= to).rev();
        lines().next()?;
        let after = |joint: &TextRange| line_after(document, joint.end());
        let leads = |joint: &&TextRange| after(joint).trim_start().starts_with("&&");
        let trails = |joint: &&TextRange| line_before(document, joint.start()).trim_end().ends_with("&&");
        // The line of a `a; \` style.
        let is_command = |joint: &&TextRange| {
            let line = after(joint);
            let blanks = TextSize::of(line) - TextSize::of(line.trim_start());
            starts.binary_search(&(joint.end() + blanks)).is_ok()
        };
        let (joint, leads) = lines()
            .find(leads)
            .map(|joint| (joint, true))
            .or_else(|| lines().find(trails).map(|joint| (joint, false)))
            .or_else(|| lines().find(is_command).map(|joint| (joint, true)))
            // The arguments of a single command.
            .or_else(|| lines().next_back().map(|joint| (joint, true)))?;
        Some(Layout { indent: indent_of(after(joint)), leads, ..Layout::usual(document) })
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
