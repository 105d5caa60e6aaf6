//! What a step produces.

use super::Value;
use crate::document::{Document, Step};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{ArgDeclaration, Arguments, EnvPair, InstructionKind, Word};

/// What a step produces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Whether it makes a layer; other steps only set what the image says of itself.
    pub makes_layer: bool,
    /// Paths that it writes, as far as they are known.
    pub paths: Vec<String>,
    /// Whether these are all.
    pub is_complete: bool,
    /// Variables that it declares or sets for the steps after it.
    pub variables: Vec<Variable>,
}

/// A variable that a step declares or sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value; of an `ARG` the default, if it has one.
    pub value: Option<Value>,
    /// Whether containers have it too: `ENV`.
    pub is_environment: bool,
}

impl Output {
    pub(super) fn of(document: &Document<'_>, step: &Step<'_>) -> Output {
        let paths = match step.kind() {
            InstructionKind::Copy | InstructionKind::Add => step.copied_paths(),
            InstructionKind::Workdir => folder(document, step),
            InstructionKind::Run => redirected(step),
            _ => Vec::new(),
        };
        // The root is there already.
        let makes_layer = makes_layer(step) && !(step.kind() == InstructionKind::Workdir && paths == ["/"]);
        let is_complete = !makes_layer || (!step.is_run() && !paths.is_empty());
        Output { makes_layer, paths, is_complete, variables: variables(document, step) }
    }
}

/// Whether a step makes a layer. `WORKDIR` makes its folder.
pub(super) fn makes_layer(step: &Step<'_>) -> bool {
    let makes = [InstructionKind::Run, InstructionKind::Copy, InstructionKind::Add, InstructionKind::Workdir];
    makes.contains(&step.kind()) && !step.is_trigger
}

fn variables(document: &Document<'_>, step: &Step<'_>) -> Vec<Variable> {
    let value = |word: &Word| Value::of(document, word, step);
    match &step.instruction.arguments {
        Arguments::Env(values) => {
            let set = |pair: &EnvPair| Variable {
                name: value(&pair.key).text().to_owned(),
                value: Some(value(&pair.value)),
                is_environment: true,
            };
            values.pairs.iter().map(set).into_list()
        }
        Arguments::Arg(declarations) => {
            let declare = |declaration: &ArgDeclaration| Variable {
                name: declaration.name.text.clone(),
                value: declaration.default.as_ref().map(value),
                is_environment: false,
            };
            declarations.iter().map(declare).into_list()
        }
        _ => Vec::new(),
    }
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
