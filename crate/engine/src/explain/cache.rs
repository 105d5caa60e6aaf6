//! What the place of a step in the build cache depends on. <https://docs.docker.com/build/cache/invalidation/>

use super::Place;
use super::does::{origin, values};
use crate::plan::{Origin, StagePlan};
use crate::wording::listed;
use layerwise_syntax::{InstructionKind, MountType};

pub fn of_base(stage: &StagePlan) -> String {
    match &stage.base {
        Origin::Image(_) if stage.base.is_fixed() => "Always the same: the digest names these very files.",
        Origin::Image(_) => "Another image when the tag moves: a build with `--pull` asks the registry.",
        Origin::Stage(_) => "Rebuilt when a step of that stage is.",
        _ => "",
    }
    .to_owned()
}

pub fn of(place: &Place<'_, '_>) -> String {
    let inputs = &place.planned.inputs;
    let above = if place.planned.is_independent() { "." } else { ", or when a step above it is rebuilt." };
    let moves = inputs.downloads.iter().any(|address| !place.planned.is_fixed_download(address.text()));
    match place.planned.kind {
        InstructionKind::Run => {
            let mut text = "Rebuilt when its text changes".to_owned();
            let arguments = place.document.arguments_at(place.step);
            if !arguments.is_empty() {
                text.push_str(", or the value of ");
                text.push_str(&listed(&arguments));
            }
            if inputs.mounts.iter().any(|mounted| mounted.mount.kind == MountType::Bind) {
                text.push_str(", or a mounted file");
            }
            text.push_str(above);
            if !place.step.is_offline() {
                text.push_str(" What it downloads is not looked at: the same text gives the same layer, however old.");
            }
            text
        }
        InstructionKind::Copy | InstructionKind::Add => match &inputs.files {
            Some(files) => {
                let place_of = if matches!(files.origin, Origin::Stage(_)) { "stage " } else { "" };
                let what = if files.paths.len() > 3 { "one of its files".to_owned() } else { values(&files.paths) };
                let remote = if moves { " or a download" } else { "" };
                [
                    "Rebuilt when the content of ",
                    &what,
                    remote,
                    " in ",
                    place_of,
                    &origin(place.document, &files.origin),
                    " changes",
                    above,
                ]
                .concat()
            }
            None if moves => ["Rebuilt when the server offers another file", above].concat(),
            None if !inputs.downloads.is_empty() => {
                ["Rebuilt when its text changes", above, " What it downloads cannot be another."].concat()
            }
            None => ["Rebuilt when its text changes", above].concat(),
        },
        InstructionKind::Workdir => {
            "Rebuilt when a step above it is. A change of it rebuilds what stands below.".to_owned()
        }
        InstructionKind::Env | InstructionKind::User | InstructionKind::Shell => {
            "Costs nothing itself; a change of it rebuilds every `RUN` of the stage below it.".to_owned()
        }
        InstructionKind::Arg => {
            "Costs nothing itself; another value rebuilds every `RUN` of the stage below it.".to_owned()
        }
        _ => "Costs nothing, and no later step depends on it.".to_owned(),
    }
}
