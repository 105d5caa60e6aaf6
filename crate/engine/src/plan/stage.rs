//! A stage of a build.

use super::inputs::names_in;
use super::step::Setting;
use super::{ImageConfig, Origin, PlannedStep};
use crate::document::{Document, Stage};
use layerwise_syntax::TextRange;
use layerwise_syntax::list::IntoList;

/// A stage of a build.
#[derive(Debug, Clone, PartialEq)]
pub struct StagePlan {
    /// The name after `AS`, as written.
    pub name: Option<String>,
    /// What it starts from.
    pub base: Origin,
    /// The platform that it asks for.
    pub platform: Option<String>,
    /// The variables that its `FROM` names.
    pub base_variables: Vec<String>,
    /// Its `FROM`; of a fragment nothing.
    pub range: TextRange,
    /// Whether the image needs it.
    pub is_needed: bool,
    /// Its steps, in order.
    pub steps: Vec<PlannedStep>,
    /// What its own steps set for containers. What it starts from may set more.
    pub own_config: ImageConfig,
}

impl StagePlan {
    /// The plan of a stage, and what is in force at its end.
    pub(super) fn of(document: &Document<'_>, stage: &Stage<'_>, start: Setting) -> (StagePlan, Setting) {
        let mut setting = start;
        let mut steps = Vec::new();
        for step in &stage.steps {
            steps.push(PlannedStep::of(document, step, &setting));
            setting.take(document, step);
        }
        let from = stage.from.map(|(instruction, _)| instruction);
        let platform = from.and_then(|from| from.flag("platform")?.value.as_ref());
        let image = stage.from.map(|(_, from)| &from.image);
        let plan = StagePlan {
            name: stage.name.map(str::to_owned),
            base: Origin::of_stage(document, stage),
            platform: platform.map(|word| word.text.clone()),
            base_variables: names_in(&image.into_iter().chain(platform).into_list()),
            range: from.map_or(TextRange::empty(stage.start()), |from| from.range),
            is_needed: false,
            own_config: ImageConfig::set_by(document, stage.own_steps()),
            steps,
        };
        (plan, setting)
    }

    /// The stages that it starts from or takes files from.
    pub fn needed_stages(&self) -> impl Iterator<Item = usize> {
        let read = self.steps.iter().flat_map(|step| step.inputs.origins());
        std::iter::once(&self.base).chain(read).filter_map(Origin::stage)
    }
}
