//! Which stages the image, or something else that is built from the file, needs.

use super::{Base, Document, Stage, Step};
use crate::image::ImageName;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::{HashMap, HashSet};
use layerwise_syntax::{Part, TextRange, Word};

/// A place that names a stage.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// Where the name is.
    pub range: TextRange,
    /// The stage in which it stands.
    pub stage: usize,
    /// Whether it is what a stage starts from.
    pub is_base: bool,
}

impl<'a> Document<'a> {
    /// The places that name stages, by name in lower case. Names with a variable, and those in quotes, are left out.
    pub fn stage_references(&self) -> HashMap<String, Vec<Reference>> {
        let mut references: HashMap<String, Vec<Reference>> = HashMap::new();
        let mut note = |name: &str, range, stage, is_base| {
            let named = references.or_insert(name.to_ascii_lowercase(), Vec::new());
            named.push(Reference { range, stage, is_base });
        };
        for stage in &self.stages {
            let image = stage.from.filter(|_| stage.parent.is_some()).map(|(_, from)| &from.image);
            if let Some(image) = image.filter(|image| image.is_plain()) {
                note(&image.text, image.range, stage.index, true);
            }
            for step in &stage.steps {
                for (name, range) in step.takes_from() {
                    note(name, range, stage.index, false);
                }
            }
        }
        references
    }

    /// The images that a step takes files from, each with the place of its name: what is neither a stage nor a context of that name.
    pub fn images_taken_from(&self, step: &Step<'a>) -> impl Iterator<Item = (ImageName, TextRange)> {
        step.takes_from().into_iter().filter_map(|(name, range)| {
            let is_other = self.stage_of_reference(name).is_some() || self.is_named_context(name) || name == "scratch";
            if is_other { None } else { Some((ImageName::parse(name)?, range)) }
        })
    }

    /// Whether the builder is given a context of this name, which takes the place of stages and images.
    pub fn is_named_context(&self, name: &str) -> bool {
        self.config.named_contexts.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The stages that a step takes files from.
    pub fn stages_taken_from(&self, step: &Step<'a>) -> impl Iterator<Item = &Stage<'a>> {
        let copied = step.instruction.flag("from").and_then(|flag| flag.value.as_ref()?.value());
        let mounted = step.mounts.iter().filter_map(|mount| mount.from.clone());
        copied.into_iter().chain(mounted).filter_map(|name| self.stage_of_reference(&name))
    }

    /// Says for every stage whether one that is built needs it: the last one, the one that is asked for, or one that `is_built` knows.
    pub fn reached_stages(&self, is_built: impl Fn(&Stage<'a>) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.stages.len()];
        let last = self.stages.len().checked_sub(1);
        let mut open: Vec<usize> =
            self.stages.iter().filter(|stage| is_built(stage)).map(|stage| stage.index).into_list();
        open.extend(self.final_stage.into_iter().chain(last));
        while let Some(index) = open.pop() {
            let (Some(stage), Some(is_reached)) = (self.stages.get(index), reached.get_mut(index)) else { continue };
            if std::mem::replace(is_reached, true) {
                continue;
            }
            open.extend(stage.parent);
            open.extend(stage.steps.iter().flat_map(|step| self.stages_taken_from(step)).map(|stage| stage.index));
        }
        reached
    }

    /// The `FROM`s whose variables may make them mean a stage: what stands before and behind the variables.
    pub fn variable_bases(&self) -> HashSet<(&'a str, &'a str)> {
        let may_be_stage = |stage: &&Stage<'a>| match &stage.base {
            // Whoever gives a default with a version or a registry means images.
            Base::Image(image) => image.tag.is_none() && image.digest.is_none() && image.is_official(),
            _ => true,
        };
        self.stages.iter().filter(may_be_stage).filter_map(|stage| around_variables(&stage.from?.1.image)).collect()
    }
}

/// What stands before the first variable of a word and behind its last; `None` for a word without any.
fn around_variables(word: &Word) -> Option<(&str, &str)> {
    fn text(part: Option<&Part>) -> &str {
        match part {
            Some(Part::Literal(text)) => text,
            _ => "",
        }
    }
    word.has_variable().then(|| (text(word.parts.first()), text(word.parts.last())))
}
