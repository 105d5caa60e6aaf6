//! What a build does again after a change, and why: a build with a cache, without the build.
//!
//! The rules are BuildKit's, as `ARCHITECTURE.md` lists them with their sources. One thing no plan can know: whether a command that runs again
//! gives the same files. Here it never does, and what is copied from it by content says that it may be cached all the same.

mod because;
mod candidates;
mod change;
mod dirt;
mod reading;
mod stage;
#[cfg(test)]
mod tests;
mod variables;

pub use because::Because;
pub use candidates::Candidates;
pub use change::{Change, Place};
pub(crate) use variables::{PREDEFINED, is_predefined};

use crate::dockerignore::{Dockerignore, is_whole};
use crate::plan::{BuildPlan, Origin, PlannedStep, StagePlan};
use change::is_same_image;
use reading::{Changed, Reading};
use stage::Build;

/// What becomes of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is found in the cache.
    Cached,
    /// It is built anew.
    Rebuilt,
    /// It makes no layer: there is nothing to build.
    Metadata,
    /// The image does not need it.
    Skipped,
}

/// What becomes of a step, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What becomes of it.
    pub state: State,
    /// Why. Of a step that makes no layer: what changed of that which it sets, if anything.
    pub because: Because,
}

/// What becomes of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageOutcome {
    /// What becomes of its `FROM`.
    pub from: Outcome,
    /// What becomes of the `ONBUILD` triggers of the stage that it starts from, which run first; as [`BuildPlan::triggers`] has them.
    pub triggers: Vec<Outcome>,
    /// What becomes of its steps, as the plan has them.
    pub steps: Vec<Outcome>,
}

/// A build after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulation {
    /// What becomes of every stage, as the plan has them.
    pub stages: Vec<StageOutcome>,
    /// What changed and does nothing.
    pub notes: Vec<Note>,
}

/// Something that changed and does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// No step that the image needs reads this file.
    Unread(String),
    /// `.dockerignore` keeps this file out of the build context.
    Ignored(String),
    /// No `ARG` that the image needs declares this name.
    Undeclared(String),
    /// This variable goes to every `RUN`, and counts for nothing unless an `ARG` declares it.
    Predefined(String),
    /// Nothing starts from this image, or copies from it.
    Unused(String),
}

/// How many steps become what. Counted is what the builder numbers: images that stages start from, and steps that make layers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found in the cache.
    pub cached: usize,
    /// Built anew.
    pub rebuilt: usize,
    /// Not needed.
    pub skipped: usize,
}

impl Counts {
    /// All steps that the image needs.
    pub fn needed(self) -> usize {
        self.cached + self.rebuilt
    }

    /// Both in words, such as "9 of 11 steps rebuilt".
    pub fn spoken(self) -> String {
        format!("{} of {} steps rebuilt", self.rebuilt, self.needed())
    }
}

impl Outcome {
    fn new(state: State, because: Because) -> Outcome {
        Outcome { state, because }
    }

    fn cached(because: Because) -> Outcome {
        Outcome::new(State::Cached, because)
    }

    fn rebuilt(because: Because) -> Outcome {
        Outcome::new(State::Rebuilt, because)
    }
}

/// What a build does after a change. Takes time in proportion to the plan and to the number of changed things.
pub fn simulate(plan: &BuildPlan, ignore: Option<&Dockerignore>, change: &Change) -> Simulation {
    let own = "Dockerfile".to_owned();
    let own = std::slice::from_ref(&own);
    let mut build = Build {
        plan,
        ignore,
        change,
        paths: Changed::all(&change.files, ignore),
        own: if change.texts.is_empty() { None } else { Changed::all(own, ignore).pop() },
        globals: variables::changed_globals(plan, change),
        ends: Vec::new(),
    };
    let mut stages = Vec::new();
    for (index, stage) in plan.stages.iter().enumerate() {
        stages.push(if stage.is_needed { one_stage(&mut build, index, stage) } else { skipped(&mut build, stage) });
    }
    let notes = notes(&build, &stages);
    Simulation { stages, notes }
}

fn one_stage(build: &mut Build<'_>, index: usize, stage: &StagePlan) -> StageOutcome {
    let (from, mut now) = build.from(stage, Place { stage: index, step: None });
    let mut triggers = Vec::new();
    if let Some(parent) = stage.base.stage() {
        let steps = build.plan.stages.get(parent).map(|parent| &parent.steps[..]).unwrap_or_default();
        for (step, trigger) in steps.iter().enumerate().filter(|(_, step)| step.is_trigger) {
            triggers.push(build.step(trigger, Place { stage: parent, step: Some(step) }, &mut now));
        }
    }
    let mut steps = Vec::new();
    for (step, planned) in stage.steps.iter().enumerate() {
        let place = Place { stage: index, step: Some(step) };
        steps.push(match planned.is_trigger {
            true => Outcome::new(State::Metadata, Because::SetsOnly),
            false => build.step(planned, place, &mut now),
        });
    }
    build.ends.push(now);
    StageOutcome { from, triggers, steps }
}

fn skipped(build: &mut Build<'_>, stage: &StagePlan) -> StageOutcome {
    build.ends.push(Default::default());
    let outcome = Outcome::new(State::Skipped, Because::NotNeeded);
    let triggers = build.plan.triggers(stage).count();
    StageOutcome {
        triggers: vec![outcome.clone(); triggers],
        steps: vec![outcome.clone(); stage.steps.len()],
        from: outcome,
    }
}

/// What changed and does nothing.
fn notes(build: &Build<'_>, stages: &[StageOutcome]) -> Vec<Note> {
    let mut notes = Vec::new();
    for changed in &build.paths {
        match changed.best {
            Reading::Read | Reading::Excluded => {}
            Reading::Ignored => notes.push(Note::Ignored(changed.given.to_owned())),
            Reading::Nothing => notes.push(Note::Unread(changed.given.to_owned())),
        }
    }
    let needed = || build.plan.stages.iter().filter(|stage| stage.is_needed);
    for name in &build.change.args {
        let declares = |step: &PlannedStep| step.output.variables.iter().any(|variable| variable.name == *name);
        let is_declared = build.globals.contains(&name.as_str())
            || needed().any(|stage| stage.steps.iter().any(declares))
            || stages
                .iter()
                .flat_map(|stage| &stage.steps)
                .any(|outcome| matches!(&outcome.because, Because::Variable { name: read, .. } if read == name));
        if !is_declared {
            let note = if is_predefined(name) { Note::Predefined } else { Note::Undeclared };
            notes.push(note(name.clone()));
        }
    }
    for image in &build.change.images {
        let is_used = |origin: &Origin| origin.name().is_some_and(|name| is_same_image(image, name));
        let uses = |stage: &StagePlan| {
            is_used(&stage.base) || stage.steps.iter().flat_map(|step| step.inputs.origins()).any(is_used)
        };
        if !needed().any(uses) {
            notes.push(Note::Unused(image.clone()));
        }
    }
    notes
}

impl Simulation {
    /// How many steps become what.
    pub fn counts(&self, plan: &BuildPlan) -> Counts {
        let mut counts = Counts::default();
        let mut count = |outcome: &Outcome| match outcome.state {
            State::Cached => counts.cached += 1,
            State::Rebuilt => counts.rebuilt += 1,
            State::Skipped => counts.skipped += 1,
            State::Metadata => {}
        };
        for (stage, outcome) in plan.stages.iter().zip(&self.stages) {
            if !matches!(stage.base, Origin::Stage(_) | Origin::Scratch) && !stage.range.is_empty() {
                count(&outcome.from);
            }
            outcome.triggers.iter().for_each(&mut count);
            let layers = stage.steps.iter().zip(&outcome.steps).filter(|(step, _)| step.output.makes_layer);
            layers.for_each(|(_, outcome)| count(outcome));
        }
        counts
    }
}

impl State {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            State::Cached => "cached",
            State::Rebuilt => "rebuilt",
            State::Metadata => "metadata",
            State::Skipped => "skipped",
        }
    }
}

impl Note {
    /// A sentence, with a full stop.
    pub fn sentence(&self) -> String {
        match self {
            Note::Unread(path) if is_whole(path) => "No step that the image needs reads the build context.".to_owned(),
            Note::Unread(path) => format!("No step that the image needs reads `{path}`."),
            Note::Ignored(path) if is_whole(path) => {
                "`.dockerignore` keeps everything that is read out of the build context.".to_owned()
            }
            Note::Ignored(path) => format!("`.dockerignore` keeps `{path}` out of the build context."),
            Note::Undeclared(name) => format!("No `ARG` that the image needs declares `{name}`."),
            Note::Predefined(name) => {
                format!("`{name}` goes to every `RUN`, and does not count for the cache unless an `ARG` declares it.")
            }
            Note::Unused(image) => format!("Nothing that the image needs comes from `{image}`."),
        }
    }
}
