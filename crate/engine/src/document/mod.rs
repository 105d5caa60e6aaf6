//! What a Dockerfile says: its stages, which of them ship, what is in force at each instruction, and the commands of each RUN.
//!
//! A document is built once for a check. Rules ask it questions and never look at text themselves.

mod account;
mod base;
mod build;
mod frontend;
mod in_force;
mod iter;
mod later;
mod lookalike;
mod mentions;
mod needs_root;
mod opened;
mod pairs;
mod process;
mod reach;
mod root;
mod scripts;
mod stage;
mod start;
mod step;
mod system;
mod users;
mod variables;
mod workdir;
mod writing;

pub use account::{Account, is_root};
pub use base::Base;
pub use frontend::Frontend;
pub use in_force::{InForce, Runner};
pub use iter::{Commands, OwnSteps, Steps};
pub use later::{Need, NeededLater, Use};
pub use lookalike::looks_like_test;
pub use mentions::Mentions;
pub use opened::Opened;
pub(crate) use process::INITS;
pub use reach::Reference;
pub use root::Root;
pub(crate) use root::SWITCHES;
pub use scripts::{RunScript, ScriptForm};
pub(crate) use scripts::{ScriptText, words_besides_markers};
pub use stage::Stage;
pub use step::{Step, is_whole_source};
pub use users::CreatedUser;
pub use workdir::{is_absolute, is_within};
pub use writing::cased_like;

use crate::config::Config;
use crate::date::Date;
use crate::dockerignore::Dockerignore;
use crate::image::ImageName;
use crate::input::Input;
use crate::suppression::Suppressions;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{
    Arguments, Dockerfile, Expansion, Instruction, Problem, ProblemKind, TextRange, TextSize, Word,
};
use variables::Variables;

/// A Dockerfile, understood.
#[derive(Debug)]
pub struct Document<'a> {
    /// Its syntax.
    pub file: &'a Dockerfile,
    /// Today, for what goes out of support; unknown when the caller did not say.
    pub today: Option<Date>,
    /// What the team has set.
    pub config: Config<'a>,
    /// What stays out of the build context; unknown when the caller did not say.
    pub dockerignore: Option<Dockerignore>,
    /// Whether a linter looks at the scripts: only then can a comment for one of its codes be told to silence nothing.
    pub is_shell_linted: bool,
    /// Whether nothing is wanted but the score: then no large fix is made.
    pub(crate) is_for_score: bool,
    /// The comments that silence findings.
    pub suppressions: Suppressions,
    /// The `ARG`s before the first `FROM`.
    pub global_args: Vec<&'a Instruction>,
    stages: Vec<Stage<'a>>,
    /// Stages by their names in lower case.
    names: HashMap<String, usize>,
    variables: Variables,
    final_stage: Option<usize>,
}

impl<'a> Document<'a> {
    /// Understands a parsed Dockerfile.
    pub fn new(file: &'a Dockerfile, input: &Input<'a>) -> Self {
        build::document(file, input)
    }

    /// What BuildKit would refuse for one of some reasons.
    pub fn problems(&self, kinds: &'static [ProblemKind]) -> impl Iterator<Item = &'a Problem> {
        self.file.problems.iter().filter(|problem| kinds.contains(&problem.kind))
    }

    /// The text of a range.
    pub fn slice(&self, range: TextRange) -> &'a str {
        self.file.slice(range)
    }

    /// Every stage, in order. A fragment has one, without a base.
    pub fn stages(&self) -> &[Stage<'a>] {
        &self.stages
    }

    /// Whether no person wrote all these stages: what goes from each of them to every step is then not asked.
    pub fn has_many_stages(&self) -> bool {
        const MANY: usize = 100;
        self.stages.len() > MANY
    }

    /// The stages whose bytes reach the image, those for development and tests left out.
    pub fn shipped_stages(&self) -> impl Iterator<Item = &Stage<'a>> {
        self.stages.iter().filter(|stage| stage.is_shipped())
    }

    /// The stage that is built: the one that is asked for, or the last.
    pub fn target(&self) -> Option<&Stage<'a>> {
        self.stages.get(self.final_stage?)
    }

    /// The stage that becomes the image, unless it is one for development or tests, or the file is a fragment.
    pub fn final_stage(&self) -> Option<&Stage<'a>> {
        let stage = self.target()?;
        (!stage.is_dev && !self.file.is_fragment).then_some(stage)
    }

    /// Every stage's steps, in the order of the file.
    pub fn steps(&self) -> Steps<'_, 'a> {
        Steps::of(&self.stages)
    }

    /// The stage of this index.
    pub fn stage(&self, index: usize) -> Option<&Stage<'a>> {
        self.stages.get(index)
    }

    /// The stage of this name, in any case. Of several it is the last, as for BuildKit.
    pub fn stage_named(&self, name: &str) -> Option<&Stage<'a>> {
        self.stages.get(*self.names.get(&name.to_ascii_lowercase())?)
    }

    /// The stage that a `COPY --from` or a mount means, by its number or its name.
    pub fn stage_of_reference(&self, reference: &str) -> Option<&Stage<'a>> {
        match reference.parse() {
            Ok(number) => self.stages.get::<usize>(number),
            Err(_) => self.stage_named(reference),
        }
    }

    /// The stage that a step stands in.
    pub fn stage_of(&self, step: &Step<'a>) -> Option<&Stage<'a>> {
        self.stages.get(step.stage)
    }

    /// The stage whose instructions hold an offset.
    pub fn stage_at(&self, offset: TextSize) -> Option<&Stage<'a>> {
        let after = self.stages.partition_point(|stage| stage.start() <= offset);
        self.stages.get(after.checked_sub(1)?)
    }

    /// A stage and the stages that it is built from, the stage itself last.
    pub fn chain(&self, stage: &Stage<'a>) -> Vec<&Stage<'a>> {
        let mut chain: Vec<_> = self.back_from(stage).into_list();
        chain.reverse();
        chain
    }

    /// A stage and the stages that it is built from, the stage itself first.
    fn back_from(&self, stage: &Stage<'a>) -> impl Iterator<Item = &Stage<'a>> {
        std::iter::successors(self.stages.get(stage.index), |stage| {
            // A parent always stands earlier in the file, so this ends.
            stage.parent.filter(|&parent| parent < stage.index).and_then(|parent| self.stages.get(parent))
        })
    }

    /// The steps of a stage and of those that it is built from, in the order in which they take effect. `ONBUILD` triggers, which
    /// take effect elsewhere, are left out.
    pub fn chain_steps(&self, stage: &Stage<'a>) -> Vec<&Step<'a>> {
        self.chain(stage).into_iter().flat_map(|stage| &stage.steps).filter(|step| !step.is_trigger).into_list()
    }

    /// What a stage chain starts from.
    pub fn chain_base(&self, stage: &Stage<'a>) -> &Base {
        self.stages.get(stage.root).map_or(&Base::Unknown, |root| &root.base)
    }

    /// The image that the stage of a step is built on.
    pub fn base_image_at(&self, step: &Step<'a>) -> Option<&ImageName> {
        self.chain_base(self.stage_of(step)?).image()
    }

    /// The last `USER` that takes effect before the end of a stage, with the step that sets it.
    pub fn last_user(&self, stage: &Stage<'a>) -> Option<(&Step<'a>, &'a Word)> {
        self.back_from(stage).flat_map(|stage| stage.steps.iter().rev()).find_map(|step| {
            match &step.instruction.arguments {
                Arguments::User(user) if !step.is_trigger => Some((step, user)),
                _ => None,
            }
        })
    }

    /// The `USER` of a stage that is in force at a step of it.
    pub fn last_user_before<'d>(&self, stage: &'d Stage<'a>, step: &Step<'a>) -> Option<&'d Step<'a>> {
        let before = stage.steps.get(..step.index)?.iter().rev();
        before
            .into_iter()
            .find(|before| matches!(before.instruction.arguments, Arguments::User(_)) && !before.is_trigger)
    }

    /// The value of a word at a step, where this file tells it.
    pub fn value_at(&self, word: &Word, step: &Step<'a>) -> Option<String> {
        known(self.variables.expand(&word.parts, step.stage, step.index))
    }

    /// The value of a variable at a step, where this file tells it.
    pub fn variable_at(&self, name: &str, step: &Step<'a>) -> Option<String> {
        self.variables.lookup(name, step.stage, step.index).flatten()
    }

    /// Whether an `ARG` before the first `FROM` declares a variable.
    pub fn is_global_arg(&self, name: &str) -> bool {
        self.variables.is_global(name)
    }

    /// The texts that a step gives to a shell.
    pub(crate) fn texts(&self, step: &Step<'a>) -> Vec<ScriptText> {
        scripts::texts(self.file, step.instruction, step.in_force.shell)
    }

    /// The variables that this file sets before a step: by `ENV`, and by `ARG` too where they are asked for.
    pub(crate) fn variables_at(&self, step: &Step<'a>, with_args: bool) -> Vec<&str> {
        self.variables.names(step.stage, step.index, with_args)
    }

    /// The names that `ARG` declares before a step, of the stages below too; an `ENV` behind it takes its place.
    pub(crate) fn arguments_at(&self, step: &Step<'a>) -> Vec<&str> {
        self.variables.arguments(step.stage, step.index)
    }

    /// Whether this file sets a variable before a step, be it to a value that nobody knows.
    pub fn is_variable_set(&self, name: &str, step: &Step<'a>) -> bool {
        self.variables.is_defined(name, step.stage, step.index)
    }
}

fn known(expansion: Expansion) -> Option<String> {
    match expansion {
        Expansion::Known(value) => Some(value),
        Expansion::Unknown => None,
    }
}
