//! What may change, as a file names it.

use super::change::is_fixed;
use crate::plan::{BuildPlan, Origin};
use layerwise_syntax::InstructionKind;
use layerwise_syntax::lookup::HashSet;

/// What may change between two builds of a file, as far as it names it; each once, in the order of the file. Only what the image needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Paths and patterns of the build context, and addresses.
    pub files: Vec<String>,
    /// The names of `ARG`s.
    pub args: Vec<String>,
    /// Images, and contexts given by name.
    pub images: Vec<String>,
}

impl Candidates {
    /// Those of a plan.
    pub fn of(plan: &BuildPlan) -> Candidates {
        let mut candidates = Candidates::default();
        for arg in &plan.global_args {
            candidates.args.push(arg.name.clone());
        }
        for stage in plan.stages.iter().filter(|stage| stage.is_needed) {
            candidates.image(&stage.base);
            let own = stage.steps.iter().filter(|step| !step.is_trigger);
            for step in plan.triggers(stage).chain(own) {
                let inputs = &step.inputs;
                for origin in inputs.origins() {
                    candidates.image(origin);
                }
                let files = inputs.files.as_ref().filter(|files| files.origin == Origin::Context);
                for value in files.into_iter().flat_map(|files| &files.paths).chain(&inputs.downloads) {
                    candidates.files.push(value.text().to_owned());
                }
                for mounted in inputs.mounts.iter().filter(|mounted| mounted.origin == Some(Origin::Context)) {
                    candidates.files.push(mounted.mount.source.clone().unwrap_or_else(|| ".".to_owned()));
                }
                if step.kind == InstructionKind::Arg {
                    for variable in &step.output.variables {
                        candidates.args.push(variable.name.clone());
                    }
                }
            }
        }
        for list in [&mut candidates.files, &mut candidates.args, &mut candidates.images] {
            let mut seen = HashSet::new();
            list.retain(|name| seen.insert(name.clone()));
        }
        candidates
    }

    fn image(&mut self, origin: &Origin) {
        if let Origin::Image(name) | Origin::NamedContext(name) | Origin::Unknown(name) = origin
            && !is_fixed(name)
            && !name.is_empty()
        {
            self.images.push(name.clone());
        }
    }
}
