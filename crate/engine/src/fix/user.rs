//! Switching to another user before the program starts.

use super::{Edit, insert, newline_of, replace};
use crate::document::{Account, Document, Root, Stage, Step};
use layerwise_syntax::InstructionKind;

/// The title of a fix that runs a program as another user.
pub fn switch_title(account: &Account) -> String {
    format!("Run as {} (look at the files it writes, and at ports below 1024)", account.user)
}

/// The edits that make the program of a stage run as `account` in the place of root. `None` where the program, or something after the
/// switch, needs root.
pub fn switch_user(
    document: &Document<'_>,
    stage: &Stage<'_>,
    root: &Root<'_, '_>,
    account: &Account,
) -> Option<Vec<Edit>> {
    if document.needs_root(stage, &account.user) {
        return None;
    }
    match root {
        Root::Explicit { step, user }
            if step.stage == stage.index && user.value().is_some() && !works_after(stage, step) =>
        {
            let setup = account.setup.map(|setup| document.line_above(step.outer, "RUN", setup));
            Some(setup.into_iter().chain([replace(user.range, account.user.clone())]).collect())
        }
        _ => switch_before_start(document, stage, account),
    }
}

/// The lines that switch the user before the program is set to start.
fn switch_before_start(document: &Document<'_>, stage: &Stage<'_>, account: &Account) -> Option<Vec<Edit>> {
    let is_start = |step: &&Step<'_>| {
        matches!(step.kind(), InstructionKind::Healthcheck | InstructionKind::Entrypoint | InstructionKind::Cmd)
    };
    let last_work = stage.own_steps().rev().find(|step| is_work(step)).map(|step| step.index);
    let last_user = stage.own_steps().rev().find(|step| step.kind() == InstructionKind::User).map(|step| step.index);
    if let Some(start) = stage.own_steps().find(is_start) {
        let is_late = last_work.max(last_user).is_some_and(|last| last > start.index);
        let setup = account.setup.map(|setup| document.line_like(start.outer, "RUN", setup));
        let user = document.line_like(start.outer, "USER", &account.user);
        let lines: String = setup.into_iter().chain([user]).collect();
        return (!is_late).then(|| vec![insert(document.block_start(start.outer), lines)]);
    }
    // Without a start of its own the stage inherits one; only a switch back to the user of before is surely right then.
    let last = stage.steps.last().filter(|_| account.setup.is_none() && last_user.is_some())?;
    let newline = newline_of(document.file.text());
    let line = document.line_like(last.outer, "USER", &account.user);
    let text = format!("{newline}{}", line.trim_end_matches(newline));
    Some(vec![insert(last.outer.range.end(), text)])
}

/// Whether something after a step may need root.
fn works_after(stage: &Stage<'_>, step: &Step<'_>) -> bool {
    stage.own_steps().any(|later| later.index > step.index && is_work(later))
}

fn is_work(step: &Step<'_>) -> bool {
    matches!(step.kind(), InstructionKind::Run | InstructionKind::Copy | InstructionKind::Add)
}
