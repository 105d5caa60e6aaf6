//! Which stages the image needs.

use super::StagePlan;
use layerwise_syntax::list::IntoList;

/// Marks the target, and every stage that it starts from or takes files from, directly or through others.
pub(super) fn mark(stages: &mut [StagePlan], target: Option<usize>) {
    let mut open: Vec<usize> = target.into_iter().into_list();
    while let Some(index) = open.pop() {
        let Some(stage) = stages.get_mut(index).filter(|stage| !stage.is_needed) else { continue };
        stage.is_needed = true;
        open.extend(stage.needed_stages());
    }
}
