//! What a step produces.

use crate::document::{Document, Step};
use layerwise_syntax::InstructionKind;
use layerwise_syntax::list::IntoList;

/// What a step produces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Whether it makes a layer; other steps only set what the image says of itself.
    pub makes_layer: bool,
    /// Paths that it writes, as far as they are known.
    pub paths: Vec<String>,
    /// Whether these are all.
    pub is_complete: bool,
}

impl Output {
    pub(super) fn of(document: &Document<'_>, step: &Step<'_>) -> Output {
        let paths = match step.kind() {
            InstructionKind::Copy | InstructionKind::Add => step.copied_paths(),
            InstructionKind::Workdir => folder(document, step),
            InstructionKind::Run => redirected(step),
            _ => Vec::new(),
        };
        let makes_layer = makes_layer(step);
        let is_complete = !makes_layer || (!step.is_run() && !paths.is_empty());
        Output { makes_layer, paths, is_complete }
    }
}

/// Whether a step makes a layer. `WORKDIR` makes its folder.
pub(super) fn makes_layer(step: &Step<'_>) -> bool {
    let makes = [InstructionKind::Run, InstructionKind::Copy, InstructionKind::Add, InstructionKind::Workdir];
    makes.contains(&step.kind()) && !step.is_trigger
}

fn folder(document: &Document<'_>, step: &Step<'_>) -> Vec<String> {
    let after = document.in_force_after(step).and_then(|in_force| in_force.workdir.as_deref());
    after.into_iter().map(str::to_owned).into_list()
}

/// The files that the commands of a `RUN` are redirected to.
fn redirected(step: &Step<'_>) -> Vec<String> {
    let redirects = step.commands().flat_map(|command| &command.redirects).filter(|redirect| redirect.writes());
    let target = |path: &str| step.absolute_path(path).filter(|path| !path.starts_with("/dev/"));
    redirects.filter_map(|redirect| target(redirect.target.as_ref()?.known()?)).into_list()
}
