//! Looking ahead and back along stage chains.

use super::{Document, Step};
use layerwise_syntax::list::IntoList;

/// What a step means for something that an earlier step may have left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It needs it.
    Needs,
    /// It may need it.
    MayNeed,
    /// It makes it anew, or takes it away, before it needs it.
    Renews,
    /// It has nothing to do with it.
    Ignores,
}

/// How sure it is that something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Need {
    /// Nobody needs it.
    #[default]
    None,
    /// Somebody may.
    Possible,
    /// Somebody does.
    Sure,
}

/// For every step whether a later one needs what it leaves.
#[derive(Debug)]
pub struct NeededLater {
    stages: Vec<Vec<Need>>,
}

impl NeededLater {
    /// Whether a step that takes effect after this one needs what it leaves, or may.
    pub fn after(&self, step: &Step<'_>) -> bool {
        self.need_after(step) != Need::None
    }

    /// How sure it is that a step that takes effect after this one needs what it leaves.
    pub fn need_after(&self, step: &Step<'_>) -> Need {
        self.stages.get(step.stage).and_then(|steps| steps.get(step.index)).copied().unwrap_or_default()
    }
}

impl<'a> Document<'a> {
    /// Visits every step with what the steps before it left, those of the stages that its stage is built from included. What an `ONBUILD`
    /// trigger leaves is for another build.
    pub fn along_chains<T: Clone + Default>(&self, mut visit: impl FnMut(&Step<'a>, &mut T)) {
        let mut ends: Vec<T> = Vec::with_capacity(self.stages().len());
        for stage in self.stages() {
            let mut left = stage.parent.and_then(|parent| ends.get(parent)).cloned().unwrap_or_default();
            for step in &stage.steps {
                if step.is_trigger {
                    visit(step, &mut left.clone());
                } else {
                    visit(step, &mut left);
                }
            }
            ends.push(left);
        }
    }

    /// Says for every step whether a later one of its stage, or of a stage that is built from it, needs what it leaves.
    pub fn needed_later(&self, of: impl Fn(&Step<'_>) -> Use) -> NeededLater {
        let mut stages: Vec<Vec<Need>> =
            self.stages().iter().map(|stage| vec![Need::None; stage.steps.len()]).into_list();
        let mut at_end = vec![Need::None; stages.len()];
        // A stage is built from an earlier one only, so what its first step needs is known before its parent is looked at.
        for stage in self.stages().iter().rev() {
            let mut need = at_end.get(stage.index).copied().unwrap_or_default();
            for step in stage.steps.iter().rev() {
                if let Some(place) = stages.get_mut(stage.index).and_then(|steps| steps.get_mut(step.index)) {
                    *place = need;
                }
                need = match of(step) {
                    Use::Needs => Need::Sure,
                    Use::MayNeed => need.max(Need::Possible),
                    Use::Renews => Need::None,
                    Use::Ignores => need,
                };
            }
            if let Some(end) = stage.parent.and_then(|parent| at_end.get_mut(parent)) {
                *end = need.max(*end);
            }
        }
        NeededLater { stages }
    }
}
