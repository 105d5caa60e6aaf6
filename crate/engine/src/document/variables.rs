//! The values of `ARG` and `ENV`, as far as the file tells them.

use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::{HashMap, HashSet};
use layerwise_syntax::{Expansion, Part, Variable, expand};

/// A value that a file makes longer than this counts as unknown: `ENV A=$A$A` doubles it with every line.
const LONGEST_VALUE: usize = 64 * 1024;

/// What a name stands for after it was set.
#[derive(Debug, Clone)]
struct Definition {
    step: usize,
    /// Whether it is an `ENV`.
    is_env: bool,
    /// Whether an `ENV` is among the definitions of the name so far, this one included.
    has_env: bool,
    /// Where among them the one stands whose value counts. BuildKit puts an `ARG` in the place of an `ENV` before it, but for one that it has
    /// no value for.
    in_force: usize,
    /// `None` where nobody knows.
    value: Option<String>,
}

/// The values of variables at every step.
#[derive(Debug, Default)]
pub(super) struct Variables {
    /// By stage and name; the steps ascend.
    stages: Vec<HashMap<String, Vec<Definition>>>,
    /// For every stage the nearest of those that it is built from which sets a variable.
    below: Vec<Option<usize>>,
    /// The `ARG`s before the first `FROM`. `None` for a value that nobody knows.
    global: HashMap<String, Option<String>>,
}

impl Variables {
    pub fn set_global(&mut self, name: &str, value: Option<String>) {
        self.global.insert(name.to_owned(), value);
    }

    /// Begins a stage, built from an earlier one or from none.
    pub fn open_stage(&mut self, parent: Option<usize>) {
        let sets_none = |parent: usize| self.stages.get(parent).is_none_or(HashMap::is_empty);
        let below = match parent {
            Some(parent) if sets_none(parent) => self.below.get(parent).copied().flatten(),
            parent => parent,
        };
        self.below.push(below);
        self.stages.push(HashMap::new());
    }

    pub fn is_global(&self, name: &str) -> bool {
        self.global.contains_key(name)
    }

    /// The value that `ARG NAME` without a default takes from the `ARG`s before the first `FROM`.
    pub fn global(&self, name: &str) -> Option<String> {
        self.global.get(name).cloned().flatten()
    }

    /// What a `FROM` or an `ARG` before it says. Where a name has no value, `${NAME:-default}` is its default, as an `ARG` is its own.
    pub fn expand_global(&self, parts: &[Part]) -> Option<String> {
        // Whether a name has a default wherever it stands.
        let mut has_default: HashMap<&str, bool> = HashMap::new();
        for part in parts {
            let Part::Variable(Variable { name, modifier, .. }) = part else { continue };
            // The builder gives these a value.
            let is_given = name.starts_with("TARGET") || name.starts_with("BUILD");
            let defaults = !is_given && modifier.as_ref().is_some_and(|modifier| modifier.operator.ends_with('-'));
            let before = has_default.get(name.as_str()).copied().unwrap_or(true);
            has_default.insert(name, before && defaults);
        }
        shorten(expand(parts, &|name| match self.global(name) {
            Some(value) => Some(Some(value)),
            None => has_default.get(name).copied().unwrap_or_default().then_some(None),
        }))
    }

    /// Takes note of what a step sets: to a value, or to one that nobody knows (`Some(None)`). An `ARG` may be given none.
    pub fn define(&mut self, step: usize, name: &str, is_env: bool, value: Option<Option<String>>) {
        if let Some(stage) = self.stages.last_mut() {
            let definitions = stage.or_insert(name.to_owned(), Vec::new());
            let (earlier, own) = (definitions.last(), definitions.len());
            let has_env = is_env || earlier.is_some_and(|earlier| earlier.has_env);
            let in_force = earlier.filter(|_| value.is_none()).map_or(own, |earlier| earlier.in_force);
            definitions.push(Definition { step, is_env, has_env, in_force, value: value.flatten() });
        }
    }

    /// What a variable is at a step: its value; surely unset (`Some(None)`, which a file cannot tell of an image's environment); or
    /// unknown.
    pub fn lookup(&self, name: &str, stage: usize, step: usize) -> Option<Option<String>> {
        self.definition(name, stage, step)?.value.clone().map(Some)
    }

    /// Whether a variable is set at a step, be it to a value that nobody knows.
    pub fn is_defined(&self, name: &str, stage: usize, step: usize) -> bool {
        self.definition(name, stage, step).is_some()
    }

    fn definition(&self, name: &str, stage: usize, step: usize) -> Option<&Definition> {
        let mut at = Some((stage, step));
        while let Some((stage, step)) = at {
            let definitions = self.stages.get(stage).and_then(|names| names.get(name));
            if let Some(definitions) = definitions {
                let before = definitions.partition_point(|definition| definition.step < step);
                let last = definitions.get(..before).and_then(<[Definition]>::last);
                if let Some(last) = last {
                    return definitions.get(last.in_force);
                }
            }
            at = self.end_below(stage);
        }
        None
    }

    /// The names that are set before a step: by `ENV`, and by `ARG` too where they are asked for.
    pub fn names(&self, stage: usize, step: usize, with_args: bool) -> Vec<&str> {
        let named = self.named(stage, step, &|last| with_args || last.has_env);
        named.into_iter().map(|(name, _)| name).into_list()
    }

    /// The names that `ARG` declares before a step, without those that an `ENV` behind it has set.
    pub fn arguments(&self, stage: usize, step: usize) -> Vec<&str> {
        let named = self.named(stage, step, &|_| true);
        named.into_iter().filter(|(_, last)| !last.is_env).map(|(name, _)| name).into_list()
    }

    /// The names that are set before a step, each with its last definition there: that of the last stage whose last one counts.
    fn named(&self, stage: usize, step: usize, counts: &dyn Fn(&Definition) -> bool) -> Vec<(&str, &Definition)> {
        let mut names = Vec::new();
        // Of the stages that were gone through. The names of one stage differ anyway.
        let mut seen = HashSet::new();
        let mut at = Some((stage, step));
        while let Some((stage, step)) = at {
            at = self.end_below(stage);
            for (name, definitions) in self.stages.get(stage).into_iter().flat_map(HashMap::iter) {
                let before = definitions.partition_point(|definition| definition.step < step);
                let last = definitions.get(..before).and_then(<[Definition]>::last);
                let Some(last) = last.filter(|last| counts(last)) else { continue };
                let name = name.as_str();
                let is_new = if at.is_some() { seen.insert(name) } else { seen.is_empty() || !seen.contains(name) };
                if is_new {
                    names.push((name, last));
                }
            }
        }
        names
    }

    /// The end of the nearest stage below one that sets a variable.
    fn end_below(&self, stage: usize) -> Option<(usize, usize)> {
        Some(((*self.below.get(stage)?)?, usize::MAX))
    }

    pub fn expand(&self, parts: &[Part], stage: usize, step: usize) -> Expansion {
        expand(parts, &|name| self.lookup(name, stage, step))
    }

    pub fn expand_known(&self, parts: &[Part], stage: usize, step: usize) -> Option<String> {
        shorten(self.expand(parts, stage, step))
    }
}

fn shorten(expansion: Expansion) -> Option<String> {
    match expansion {
        Expansion::Known(value) if value.len() <= LONGEST_VALUE => Some(value),
        _ => None,
    }
}
