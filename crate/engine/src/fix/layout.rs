//! How the lines of an instruction are laid out, so that new ones look like their neighbours.

use super::{Edit, delete, insert, newline_of};
use crate::document::{Document, RunScript, ScriptForm, Step};
use layerwise_syntax::order::by_place;
use layerwise_syntax::{TextRange, TextSize};

/// What new lines are indented with where no neighbour shows it.
const USUAL_INDENT: &str = "    ";

/// Lines that are indented by more stand below something in the line before.
const DEEPEST_INDENT: usize = 8;

/// How continued lines of commands look.
#[derive(Debug)]
pub(super) struct Layout {
    escape: char,
    pub newline: &'static str,
    pub indent: String,
    /// Whether `&&` stands at the start of a line, as against the end of the one before.
    leads: bool,
    shown: Shown,
}

/// What of a layout the author's lines show, as against what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Nothing,
    /// How arguments are indented.
    Arguments,
    /// How commands are.
    Commands,
    /// And where `&&` stands.
    Ands,
}

impl Layout {
    /// The layout where there is nothing to go by.
    fn usual(document: &Document<'_>) -> Layout {
        Layout {
            escape: document.file.escape,
            newline: newline_of(document.file.text()),
            indent: USUAL_INDENT.to_owned(),
            leads: true,
            shown: Shown::Nothing,
        }
    }

    /// The layout of a `RUN`'s lines up to a place, and where they show too little, of the file's; `None` where they are one line, or none of
    /// an instruction that is continued.
    pub fn of(document: &Document<'_>, step: &Step<'_>, run: &RunScript, to: TextSize) -> Option<Layout> {
        Layout::in_lines(document, step, run, to).map(|layout| layout.like_elsewhere(document))
    }

    /// The layout of one `RUN` that is made of two, each with its script and the end of that.
    pub fn of_both(
        document: &Document<'_>,
        first: (&Step<'_>, &RunScript, TextSize),
        second: (&Step<'_>, &RunScript, TextSize),
    ) -> Layout {
        let [first, second] = [first, second].map(|(step, run, to)| Layout::in_lines(document, step, run, to));
        let layout = match (first, second) {
            (Some(first), Some(second)) if first.shown < second.shown => second,
            (first, second) => first.or(second).unwrap_or_else(|| Layout::usual(document)),
        };
        layout.like_elsewhere(document)
    }

    /// The layout with what the file's first `RUN`s show, if nothing nearer shows that.
    fn like_elsewhere(self, document: &Document<'_>) -> Layout {
        if self.shown == Shown::Ands {
            return self;
        }
        let Some(other) = Layout::shown_first(document) else { return self };
        // Arguments are often indented by more than commands, and in files with tabs set with blanks below their command.
        let is_deeper = || self.indent.len() > other.indent.len() && self.indent.starts_with(&other.indent);
        let is_set = || self.indent.starts_with(' ') && other.indent.starts_with('\t');
        let has_better = match self.shown {
            Shown::Nothing => true,
            Shown::Arguments => other.shown == Shown::Ands && (is_deeper() || is_set()),
            Shown::Commands | Shown::Ands => false,
        };
        let indent = if has_better && is_usable(&other.indent) { other.indent } else { self.indent };
        Layout { indent, leads: other.leads, ..self }
    }

    /// What the file's first `RUN`s show: where `&&` stands, or at least a usable indent.
    fn shown_first(document: &Document<'_>) -> Option<Layout> {
        const MOST_LOOKED_AT: usize = 10;
        let mut first = None;
        for step in document.steps().filter(|step| step.is_run()).take(MOST_LOOKED_AT) {
            let run = step.scripts.first();
            match run.and_then(|run| Layout::in_lines(document, step, run, step.instruction.range.end())) {
                Some(layout) if layout.shown == Shown::Ands => return Some(layout),
                Some(layout) if layout.shown > Shown::Nothing && is_usable(&layout.indent) => {
                    first.get_or_insert(layout);
                }
                _ => {}
            }
        }
        first
    }

    /// The edits that move each `&&` of a `RUN` which stands at the wrong end of a line to the other one.
    pub fn restyled(&self, document: &Document<'_>, step: &Step<'_>, run: &RunScript) -> Vec<Edit> {
        const AND: &str = "&&";
        let mut edits = Vec::new();
        // Between a line and the next a comment may stand.
        if self.shown != Shown::Ands || !step.instruction.comments.is_empty() {
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

    /// What a `RUN`'s lines up to a place show; `None` where they are one line, or none of an instruction that is continued.
    fn in_lines(document: &Document<'_>, step: &Step<'_>, run: &RunScript, to: TextSize) -> Option<Layout> {
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
        let usual = Layout::usual(document);
        let by_ands =
            lines().find(leads).map(|joint| (joint, true)).or_else(|| lines().find(trails).map(|joint| (joint, false)));
        if let Some((joint, leads)) = by_ands {
            return Some(Layout { indent: indent_of(after(joint)), leads, shown: Shown::Ands, ..usual });
        }
        if let Some(joint) = of_command() {
            return Some(Layout { indent: indent_of(after(joint)), shown: Shown::Commands, ..usual });
        }
        // The arguments of a single command.
        let indent = indent_of(after(lines().next_back()?));
        Some(if is_usable(&indent) { Layout { indent, shown: Shown::Arguments, ..usual } } else { usual })
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

/// Whether other lines may be indented like one: what is not indented at all may be a line of a text.
fn is_usable(indent: &str) -> bool {
    (1..=DEEPEST_INDENT).contains(&indent.len())
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
