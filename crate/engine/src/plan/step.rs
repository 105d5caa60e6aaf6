//! A step of a build.

use super::inputs::names_commit;
use super::{Inputs, Output, PlannedCommand, Value};
use crate::document::{Document, Step, is_absolute};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_place;
use layerwise_syntax::{Arguments, Command, ExecForm, Flag, Instruction, InstructionKind, TextRange};
use std::sync::Arc;

/// A step of a build.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedStep {
    /// Its instruction; of an `ONBUILD` the trigger.
    pub kind: InstructionKind,
    /// Where its instruction stands.
    pub range: TextRange,
    /// Whether it is the trigger of an `ONBUILD`, which runs in builds on top of this stage.
    pub is_trigger: bool,
    /// Flags, arguments and heredocs, without continuations and comments.
    pub text: String,
    /// Its flags as `name=value`; mounts are among the inputs.
    pub flags: Vec<String>,
    /// Whether its layer does not depend on those below: `--link`.
    pub is_linked: bool,
    /// Whether its path goes on from the working directory, or may: the one of a `WORKDIR`, or the destination of a `COPY` or an `ADD`.
    pub is_relative: bool,
    /// Whether a shell reads it: a `RUN` with text, and not with a list of words.
    pub is_shell_form: bool,
    /// The commands of a `RUN`, in order; the whole of its text where that cannot be read.
    pub commands: Vec<PlannedCommand>,
    /// What is in force where it runs.
    pub setting: Setting,
    /// What it reads.
    pub inputs: Inputs,
    /// What it produces.
    pub output: Output,
}

/// What is in force where a step runs, as far as the file sets it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    /// Who runs it.
    pub user: Option<Arc<Value>>,
    /// Where it runs, absolute.
    pub workdir: Option<Arc<str>>,
    /// The shell that reads its text.
    pub shell: Option<Arc<[String]>>,
}

impl Setting {
    /// Takes in what a step sets for those after it.
    pub(super) fn take(&mut self, document: &Document<'_>, step: &Step<'_>) {
        match &step.instruction.arguments {
            _ if step.is_trigger => {}
            Arguments::User(user) => self.user = Some(Arc::new(Value::of(document, user, step))),
            Arguments::Shell(shell) => self.shell = Some(words(shell).into()),
            Arguments::Workdir(_) => {
                self.workdir = document.in_force_after(step).and_then(|in_force| in_force.workdir.clone())
            }
            _ => {}
        }
    }
}

/// The strings of an exec form.
pub(super) fn words(exec: &ExecForm) -> Vec<String> {
    exec.arguments.iter().map(|argument| argument.value.clone()).into_list()
}

impl PlannedStep {
    /// Whether it makes a layer where it runs: of an `ONBUILD` trigger in the stage on top.
    pub fn makes_layer_when_run(&self) -> bool {
        let is_build = matches!(
            self.kind,
            InstructionKind::Run | InstructionKind::Copy | InstructionKind::Add | InstructionKind::Workdir
        );
        self.output.makes_layer || (self.is_trigger && is_build)
    }

    /// Whether it stays as it is when layers below it change: what is linked, and what makes no layer.
    pub fn is_independent(&self) -> bool {
        self.is_linked || !self.output.makes_layer
    }

    /// Whether what it downloads from an address cannot be another: it has a checksum, or is a commit of a repository.
    pub fn is_fixed_download(&self, address: &str) -> bool {
        names_commit(address)
            || address.contains("checksum=")
            || self.flags.iter().any(|flag| flag.starts_with("checksum="))
    }

    pub(super) fn of(document: &Document<'_>, step: &Step<'_>, setting: &Setting) -> PlannedStep {
        let text = text(document, step);
        PlannedStep {
            kind: step.kind(),
            range: step.outer.range,
            is_trigger: step.is_trigger,
            flags: flags(step),
            is_linked: super::inputs::is_linked(step),
            is_relative: is_relative(document, step),
            is_shell_form: matches!(&step.instruction.arguments, Arguments::Run(Command::Shell(_))),
            commands: commands(document, step, &text),
            text,
            setting: setting.clone(),
            inputs: Inputs::of(document, step),
            output: Output::of(document, step),
        }
    }
}

fn text(document: &Document<'_>, step: &Step<'_>) -> String {
    let instruction = step.instruction;
    let range = TextRange::new(instruction.keyword.range.end(), instruction.arguments_range.end());
    let mut text = joined(document, step, range);
    for heredoc in &instruction.heredocs {
        text.push('\n');
        text.push_str(document.slice(heredoc.body));
    }
    text
}

fn is_relative(document: &Document<'_>, step: &Step<'_>) -> bool {
    let path = match &step.instruction.arguments {
        Arguments::Workdir(path) => path,
        Arguments::Copy(copy) | Arguments::Add(copy) => &copy.destination,
        _ => return false,
    };
    let is_windows = document.stage_of(step).is_some_and(|stage| stage.is_windows);
    document.start_of_path(path, step).is_none_or(|path| !is_absolute(&path, is_windows))
}

/// A flag as `name=value`; where it has no value, its name.
pub(super) fn written(flag: &Flag) -> String {
    match &flag.value {
        Some(value) => format!("{}={}", flag.name, value.text),
        None => flag.name.clone(),
    }
}

fn flags(step: &Step<'_>) -> Vec<String> {
    let flags = step.instruction.flags.iter().filter(|flag| flag.name != "mount");
    flags.map(written).into_list()
}

fn commands(document: &Document<'_>, step: &Step<'_>, text: &str) -> Vec<PlannedCommand> {
    match &step.instruction.arguments {
        Arguments::Run(_) if step.is_readable() => {
            step.scripts.iter().flat_map(|run| PlannedCommand::of(document, step, run)).into_list()
        }
        Arguments::Run(Command::Exec(exec)) => vec![PlannedCommand::unread(&words(exec).join(" "))],
        Arguments::Run(_) => vec![PlannedCommand::unread(text)],
        _ => Vec::new(),
    }
}

/// A part of an instruction on one line: continuations and the comments among them are cut out, and blanks in a row become one.
pub(super) fn joined(document: &Document<'_>, step: &Step<'_>, range: TextRange) -> String {
    let Instruction { continuations, comments, .. } = step.instruction;
    let cuts = within(continuations, range).iter().chain(within(comments, range));
    let mut text = String::new();
    let mut at = range.start();
    for cut in by_place(cuts, |cut| **cut) {
        if cut.start() > at {
            text.push_str(document.slice(TextRange::new(at, cut.start())));
        }
        at = at.max(cut.end());
    }
    text.push_str(document.slice(TextRange::new(at, range.end().max(at))));
    text.split_whitespace().into_list().join(" ")
}

/// Those of some ascending ranges that lie in a range.
fn within(ranges: &[TextRange], range: TextRange) -> &[TextRange] {
    let start = ranges.partition_point(|one| one.start() < range.start());
    let end = ranges.partition_point(|one| one.end() <= range.end());
    ranges.get(start..end).unwrap_or_default()
}
