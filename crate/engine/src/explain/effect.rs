//! What comes into the image.

use super::{Place, spoken};
use crate::document::{Document, Stage};
use crate::plan::{BuildPlan, Origin, StagePlan};
use layerwise_syntax::{InstructionKind, MountType};

const SETTING: &str = "No file: a line in the image's configuration.";
const SKIPPED: &str = "Nothing: the image does not need this stage, and BuildKit skips it.";

pub fn of_base(plan: &BuildPlan, stage: &Stage<'_>, own: &StagePlan, document: &Document<'_>) -> String {
    if !own.is_needed {
        return SKIPPED.to_owned();
    }
    if !is_below(plan, stage, document) {
        return ships_by_copy(stage);
    }
    match own.base {
        Origin::Scratch => "Nothing.".to_owned(),
        _ => "All layers below: they are shared with other images of the same base.".to_owned(),
    }
}

pub fn of(place: &Place<'_, '_>) -> String {
    if !place.stage_plan.is_needed {
        return SKIPPED.to_owned();
    }
    let mounts = &place.planned.inputs.mounts;
    let mut text = match place.planned.kind {
        InstructionKind::Run => {
            let mut text = "A layer with every file that it makes or changes".to_owned();
            let hides = |kind| mounts.iter().any(|mounted| mounted.mount.kind == kind);
            if hides(MountType::Secret) || hides(MountType::Ssh) {
                text.push_str("; its secrets leave nothing there");
            } else if !mounts.is_empty() {
                text.push_str("; what is mounted leaves nothing there");
            }
            text.push('.');
            text
        }
        InstructionKind::Copy | InstructionKind::Add if place.planned.is_linked => {
            "A layer with these files that knows nothing of those below it.".to_owned()
        }
        InstructionKind::Copy | InstructionKind::Add => "A layer with these files.".to_owned(),
        InstructionKind::Workdir => {
            "A layer where the folder was missing, and a line in the image's configuration.".to_owned()
        }
        InstructionKind::Arg => "Nothing. But `docker history` shows its value at the `RUN`s that follow.".to_owned(),
        InstructionKind::Shell => "No file: it only matters to what is built on it.".to_owned(),
        _ => SETTING.to_owned(),
    };
    if !is_below(place.plan, place.stage, place.document) {
        text.push(' ');
        text.push_str(&ships_by_copy(place.stage));
    }
    text
}

/// Whether what the image is becomes of this stage's files and settings.
pub fn is_below(plan: &BuildPlan, stage: &Stage<'_>, document: &Document<'_>) -> bool {
    let target = plan.target.and_then(|index| document.stage(index));
    target.is_some_and(|target| document.chain(target).iter().any(|below| below.index == stage.index))
}

fn ships_by_copy(stage: &Stage<'_>) -> String {
    ["Stage ", &spoken(stage), " does not ship: only what is copied from it does."].concat()
}
