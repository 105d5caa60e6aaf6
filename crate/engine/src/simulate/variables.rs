//! Which variables have another value.

use super::change::{Change, Place};
use crate::plan::{BuildPlan, PlannedStep, VariablesRead};
use crate::table::Listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{InstructionKind, PLATFORM_ARGS};

/// Those that go to every `RUN` without a declaration, and then count for nothing.
/// <https://docs.docker.com/reference/dockerfile/#predefined-args>
pub(crate) const PREDEFINED: &str =
    "HTTP_PROXY http_proxy HTTPS_PROXY https_proxy FTP_PROXY ftp_proxy NO_PROXY no_proxy ALL_PROXY all_proxy";

/// So many changed names are told apart; a file with more of them is no person's.
const MOST_NAMES: usize = 64;

pub(crate) fn is_predefined(name: &str) -> bool {
    name.is_one_of(PREDEFINED)
}

/// The `ARG`s before the first `FROM` that have another value.
pub(super) fn changed_globals<'n>(plan: &'n BuildPlan, change: &'n Change) -> Vec<&'n str> {
    let mut changed: Vec<&str> =
        change.args.iter().map(String::as_str).filter(|name| PLATFORM_ARGS.contains(name)).into_list();
    for arg in &plan.global_args {
        let is_given = change.args.contains(&arg.name);
        let reads = || arg.variables.iter().any(|name| changed.contains(&name.as_str()));
        if changed.len() < MOST_NAMES && (is_given || reads()) {
            changed.push(&arg.name);
        }
    }
    changed
}

/// The variables in force at a step that have another value.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables {
    names: Vec<(String, Place)>,
}

impl Variables {
    /// Where a variable got its changed value.
    pub fn changed(&self, name: &str) -> Option<Place> {
        self.names.iter().find(|(changed, _)| changed == name).map(|(_, place)| *place)
    }

    /// One that a step names.
    pub fn named_by(&self, step: &PlannedStep) -> Option<(String, Place)> {
        let VariablesRead::Named(names) = &step.inputs.variables else { return None };
        names.iter().find_map(|name| Some((name.clone(), self.changed(name)?)))
    }

    /// One of all that are in the environment of a command: the one that changed last.
    pub fn last(&self) -> Option<(String, Place)> {
        self.names.last().cloned()
    }

    /// Takes in what a step declares or sets. `is_other` says whether its own text is another.
    pub fn take(&mut self, step: &PlannedStep, place: Place, is_other: bool, change: &Change, globals: &[&str]) {
        let reads = self.named_by(step).is_some();
        for variable in &step.output.variables {
            let value = variable.value.as_ref();
            // Which of its variables an instruction puts into which value is not kept; one without any has none.
            let is_made = is_other || (reads && value.is_some_and(|value| value.written.contains('$')));
            let is_changed = match step.kind {
                InstructionKind::Arg => {
                    let is_global = value.is_none() && globals.contains(&variable.name.as_str());
                    is_made || is_global || change.args.contains(&variable.name)
                }
                _ => is_made,
            };
            let at = self.names.iter().position(|(name, _)| *name == variable.name);
            match at {
                Some(at) if !is_changed && variable.is_environment => drop(self.names.remove(at)),
                None if is_changed && self.names.len() < MOST_NAMES => self.names.push((variable.name.clone(), place)),
                _ => {}
            }
        }
    }
}
