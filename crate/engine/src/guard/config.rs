//! What containers start with.

use super::Difference;
use crate::plan::{Entry, Environment, ImageConfig};
use crate::rules::Change;

pub fn compare(was: &ImageConfig, is: &ImageConfig, found: &mut Vec<Difference>) {
    let processes = was.entrypoint != is.entrypoint || was.cmd != is.cmd || was.stop_signal != is.stop_signal;
    let allowed = [
        (!are_same(&was.environment, &is.environment), Change::Environment, "environment variables"),
        (!are_same(&was.labels, &is.labels) || was.maintainer != is.maintainer, Change::Labels, "labels"),
        (was.ports != is.ports, Change::Ports, "the ports"),
        (was.healthcheck != is.healthcheck, Change::Healthcheck, "the health check"),
        (processes, Change::Process, "the process that runs, or its signal"),
    ];
    found.extend(allowed.into_iter().filter(|it| it.0).map(|(_, change, what)| Difference::allowed(change, what)));
    let never = [
        (was.user != is.user, "the user"),
        (was.workdir != is.workdir, "the working directory"),
        (was.shell != is.shell, "the shell"),
        (was.volumes != is.volumes, "the volumes"),
    ];
    found.extend(never.into_iter().filter(|it| it.0).map(|(_, what)| Difference::never(what)));
}

/// Whether the same names have the same values, in any order.
fn are_same(was: &Environment, is: &Environment) -> bool {
    let is_there = |entry: &Entry| is.get(&entry.name) == Some(&entry.value);
    was.entries.len() == is.entries.len() && was.entries.iter().all(is_there)
}
