//! The doors to the large fixes. Nobody goes through where only the score is wanted: in the page, what is behind them may still be on its way.

use super::{Artefact, Edit, Sources, join, user};
use crate::document::{Account, Document, Root, RunScript, Stage, Step};
use crate::shell::Command;

/// See [`super::artefact::artefact`].
pub fn artefact(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, command: &Command) -> Option<Artefact> {
    unless_for_score(document, || super::artefact::artefact(document, stage, step, command))
}

/// See [`super::second_stage::second_stage`].
pub fn second_stage(
    document: &Document<'_>,
    stage: &Stage<'_>,
    last: &Step<'_>,
    artefact: &Artefact,
    sources: Sources,
) -> Option<Vec<Edit>> {
    unless_for_score(document, || super::second_stage::second_stage(document, stage, last, artefact, sources))
}

/// See [`join::join_runs`].
pub fn join_runs(document: &Document<'_>, first: &Step<'_>, second: &Step<'_>) -> Option<Vec<Edit>> {
    unless_for_score(document, || join::join_runs(document, first, second))
}

/// See [`join::join_copies`].
pub fn join_copies(document: &Document<'_>, copies: &[&Step<'_>]) -> Option<Vec<Edit>> {
    unless_for_score(document, || join::join_copies(document, copies))
}

/// See [`user::switch_user`].
pub fn switch_user(
    document: &Document<'_>,
    stage: &Stage<'_>,
    root: &Root<'_, '_>,
    account: &Account,
    state: &[String],
) -> Option<Vec<Edit>> {
    unless_for_score(document, || user::switch_user(document, stage, root, account, state))
}

/// See [`super::append::append`].
pub fn append(
    document: &Document<'_>,
    step: &Step<'_>,
    run: &RunScript,
    anchor: &Command,
    addition: &str,
) -> Option<Edit> {
    unless_for_score(document, || super::append::append(document, step, run, anchor, addition))
}

/// What a fix is made of, where more than the score is wanted.
pub fn unless_for_score<T>(document: &Document<'_>, make: impl FnOnce() -> Option<T>) -> Option<T> {
    if document.is_for_score { None } else { make() }
}
