//! What may change, as a file names it.

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
                for value in inputs.context_files().into_iter().flat_map(|files| &files.paths).chain(&inputs.downloads)
                {
                    candidates.files.push(value.text().to_owned());
                }
                for mounted in inputs.context_mounts() {
                    candidates.files.push(mounted.path().to_owned());
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
        if let Some(name) = origin.name().filter(|name| !origin.is_fixed() && !name.is_empty()) {
            self.images.push(name.to_owned());
        }
    }
}
