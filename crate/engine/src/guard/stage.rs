//! Two stages.

use super::align::pairs;
use super::event::Event;
use super::{Difference, config};
use crate::plan::StagePlan;
use crate::rules::Change;

pub fn compare(was: &StagePlan, is: &StagePlan, found: &mut Vec<Difference>) {
    if was.base != is.base || was.is_needed != is.is_needed {
        found.push(Difference::never("what a stage starts from, or whether the image needs it"));
    }
    if platform(was) != platform(is) {
        found.push(Difference::never("the platform of a stage"));
    }
    if was.name.as_deref().is_some_and(|name| !is.name.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(name)))
    {
        found.push(Difference::never("the name of a stage"));
    }
    if layers(was) != layers(is) {
        found.push(Difference::allowed(Change::Layers, "the number of layers"));
    }
    config::compare(&was.own_config, &is.own_config, found);
    let (before, after) = (Event::all_of(was), Event::all_of(is));
    for pair in pairs(&before, &after) {
        found.extend(match pair {
            (Some(was), Some(is)) => was.difference(is),
            (Some(gone), None) => Some(gone.is_gone()),
            (None, Some(new)) => Some(new.is_new()),
            (None, None) => None,
        });
    }
}

/// The platform, where it is not the one that every stage has.
fn platform(stage: &StagePlan) -> Option<&str> {
    stage.platform.as_deref().filter(|platform| !platform.contains("TARGETPLATFORM"))
}

fn layers(stage: &StagePlan) -> usize {
    stage.steps.iter().filter(|step| step.output.makes_layer).count()
}
