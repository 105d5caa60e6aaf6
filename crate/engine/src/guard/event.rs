//! What happens in a stage, one after the other.

use super::{Difference, command};
use crate::packages::is_unpacked;
use crate::plan::{Mounted, Origin, PlannedCommand, PlannedStep, StagePlan, Value, Variable};
use crate::rules::Change;
use layerwise_syntax::{InstructionKind, Mount};

/// Something that happens in a stage.
#[derive(Clone, Copy)]
pub struct Event<'p> {
    /// The step that it happens in.
    pub step: &'p PlannedStep,
    /// What it is.
    pub part: Part<'p>,
}

/// What happens.
#[derive(Clone, Copy)]
pub enum Part<'p> {
    /// A command runs.
    Command(&'p PlannedCommand),
    /// A file, or what a pattern matches, is copied.
    File(&'p Value),
    /// Something is downloaded.
    Download(&'p Value),
    /// A file is written whose text stands in the Dockerfile.
    Text(&'p str),
    /// A variable is declared or set.
    Variable(&'p Variable),
    /// A folder is made and entered.
    Folder(&'p [String]),
    /// A trigger for other builds.
    Trigger(&'p str),
}

impl<'p> Event<'p> {
    /// Everything that happens in a stage, in order. What only containers notice is left out.
    pub fn all_of(stage: &'p StagePlan) -> Vec<Event<'p>> {
        let mut events = Vec::new();
        for step in &stage.steps {
            let mut add = |part| events.push(Event { step, part });
            step.commands.iter().for_each(|command| add(Part::Command(command)));
            step.inputs.files.iter().flat_map(|files| &files.paths).for_each(|path| add(Part::File(path)));
            step.inputs.downloads.iter().for_each(|address| add(Part::Download(address)));
            step.output.variables.iter().for_each(|variable| add(Part::Variable(variable)));
            match step.kind {
                InstructionKind::Copy | InstructionKind::Add => {
                    // Heredocs are what follows the first line.
                    step.text.split_once('\n').into_iter().for_each(|(_, text)| add(Part::Text(text)));
                }
                InstructionKind::Workdir => add(Part::Folder(&step.output.paths)),
                InstructionKind::Run | InstructionKind::Env | InstructionKind::Arg => {}
                _ if step.is_trigger => add(Part::Trigger(&step.text)),
                _ => {}
            }
        }
        events
    }

    /// Whether an event of another plan may be this one, changed.
    pub fn is_kin_of(&self, other: &Event<'_>) -> bool {
        match (self.part, other.part) {
            (Part::Command(was), Part::Command(is)) => command::is_kin(was, is),
            (Part::File(was), Part::File(is)) | (Part::Download(was), Part::Download(is)) => was == is,
            (Part::Text(_), Part::Text(_)) | (Part::Folder(_), Part::Folder(_)) => true,
            (Part::Variable(was), Part::Variable(is)) => was.name == is.name,
            (Part::Trigger(_), Part::Trigger(_)) => self.step.kind == other.step.kind,
            _ => false,
        }
    }

    /// Whether it is the more likely: of commands, one with the same subcommand.
    pub fn is_close_kin_of(&self, other: &Event<'_>) -> bool {
        self.is_kin_of(other)
            && match (self.part, other.part) {
                (Part::Command(was), Part::Command(is)) => command::operand(was) == command::operand(is),
                _ => true,
            }
    }

    /// How another one, its kin, differs.
    pub fn difference(&self, other: &Event<'_>) -> Option<Difference> {
        let (was, is) = (self.step, other.step);
        if was.is_trigger != is.is_trigger || was.setting != is.setting {
            return Some(Difference::never("the user, the working directory or the shell of a step"));
        }
        match (self.part, other.part) {
            (Part::Command(before), Part::Command(after)) => {
                if !are_same_mounts(&was.inputs.mounts, &is.inputs.mounts) {
                    return Some(Difference::allowed(Change::Mounts, "what is mounted while a step runs"));
                }
                if was.flags != is.flags {
                    return Some(Difference::never("the flags of a step"));
                }
                command::difference(before, after)
            }
            (Part::Variable(before), Part::Variable(after)) => {
                let never = Difference::never("the value of a variable");
                let kind = Difference::allowed(Change::Environment, "environment variables");
                let is_same = before.is_environment == after.is_environment;
                if before.value != after.value { Some(never) } else { (!is_same).then_some(kind) }
            }
            (Part::Text(before), Part::Text(after)) if before != after => {
                Some(Difference::allowed(Change::Contents, "the text of a file"))
            }
            (Part::Folder(before), Part::Folder(after)) => {
                (before != after).then_some(Difference::never("the working directory"))
            }
            (Part::Trigger(before), Part::Trigger(after)) => {
                (before != after).then_some(Difference::never("a trigger"))
            }
            _ => copy_difference(was, is),
        }
    }

    /// What it means that it happens no more.
    pub fn is_gone(&self) -> Difference {
        match self.part {
            Part::Command(command) => command::is_gone(command),
            Part::Variable(_) => Difference::allowed(Change::Environment, "environment variables"),
            _ => Difference::never("what is copied"),
        }
    }

    /// What it means that it did not happen before.
    pub fn is_new(&self) -> Difference {
        match self.part {
            Part::Command(command) => command::is_new(command),
            Part::Variable(_) => Difference::allowed(Change::Environment, "environment variables"),
            _ => Difference::never("what is copied"),
        }
    }
}

/// Whether mounts are the same, however the stages that they take from are called.
fn are_same_mounts(was: &[Mounted], is: &[Mounted]) -> bool {
    let unnamed = |mounted: &Mounted| {
        let stage = mounted.origin.as_ref().and_then(Origin::stage);
        let from = mounted.mount.from.clone().filter(|_| stage.is_none());
        Mounted { mount: Mount { from, ..mounted.mount.clone() }, ..mounted.clone() }
    };
    was.iter().map(unnamed).eq(is.iter().map(unnamed))
}

/// How two steps differ that copy the same.
fn copy_difference(was: &PlannedStep, is: &PlannedStep) -> Option<Difference> {
    let unpacks = |step: &PlannedStep| step.kind == InstructionKind::Add && may_unpack(step);
    let from = |step: &PlannedStep| {
        let files = step.inputs.files.as_ref()?;
        Some((files.origin.clone(), files.excludes.clone(), files.keeps_parents, files.destination.clone()))
    };
    if unpacks(was) != unpacks(is) || from(was) != from(is) || links(was) != links(is) {
        return Some(Difference::never("what is copied, or where to"));
    }
    // Order does not matter, and where files come from was compared by what it means.
    let flags = |step: &PlannedStep, other: &PlannedStep| {
        step.flags.iter().filter(|flag| !flag.starts_with("from=")).all(|flag| other.flags.contains(flag))
    };
    let is_same = flags(was, is) && flags(is, was);
    (!is_same).then_some(Difference::allowed(Change::Modes, "the owner or the mode of files that are copied"))
}

fn links(step: &PlannedStep) -> bool {
    step.flags.iter().any(|flag| flag.starts_with("link"))
}

/// Whether a step may find an archive that `ADD` unpacks, or something to download.
fn may_unpack(step: &PlannedStep) -> bool {
    let paths = step.inputs.files.iter().flat_map(|files| &files.paths);
    let may_be_tar = |path: &Value| {
        let text = path.text();
        let (start, ending) = text.rsplit_once('.').unwrap_or((text, ""));
        // Of `*.conf` the ending tells, of `a*` and `a.*` nothing does.
        let is_open = |part: &str| part.contains(['*', '?', '[']);
        is_unpacked(text) || path.known.is_none() || is_open(ending) || ending.is_empty() && is_open(start)
    };
    !step.inputs.downloads.is_empty() || paths.into_iter().any(may_be_tar)
}
