//! Switching to another user before the program starts.

use super::{Edit, insert, newline_of, replace};
use crate::document::{Account, Document, Root, Stage, Step};
use crate::image::{is_shell_less, os_family};
use crate::table::Listed;
use layerwise_syntax::InstructionKind;
use layerwise_syntax::list::IntoList;

/// The title of a fix that runs a program as another user.
pub fn switch_title(account: &Account) -> String {
    format!("Run as {} (look at the files it writes, and at ports below 1024)", account.name)
}

/// The edits that make the program of a stage run as `account` in the place of root; `state` are the directories with what it keeps. `None`
/// where the program, or something after the switch, needs root.
#[inline(never)]
pub fn switch_user(
    document: &Document<'_>,
    stage: &Stage<'_>,
    root: &Root<'_, '_>,
    account: &Account,
    state: &[String],
) -> Option<Vec<Edit>> {
    let state = document.state_of_others(stage, state, &account.name);
    if document.needs_root(stage) || !state.is_empty() && !may_give(document, stage, account, &state) {
        return None;
    }
    match root {
        Root::Explicit { step, user }
            if state.is_empty() && step.stage == stage.index && user.value().is_some() && !works_after(stage, step) =>
        {
            let setup = account.setup.map(|setup| document.line_above(step.outer, "RUN", setup).because(WHY_ACCOUNT));
            Some(setup.into_iter().chain([replace(user.range, account.user()).because(WHY_SWITCH)]).into_list())
        }
        _ => switch_before_start(document, stage, account, &state),
    }
}

/// The lines that switch the user before the program is set to start.
fn switch_before_start(
    document: &Document<'_>,
    stage: &Stage<'_>,
    account: &Account,
    state: &[&str],
) -> Option<Vec<Edit>> {
    let is_start = |step: &&Step<'_>| match step.kind() {
        InstructionKind::Healthcheck | InstructionKind::Entrypoint | InstructionKind::Cmd => true,
        // What is changed in a volume later is lost.
        InstructionKind::Volume => !state.is_empty(),
        _ => false,
    };
    let last_work = stage.own_steps().rev().find(|step| is_work(step)).map(|step| step.index);
    let last_user = stage.own_steps().rev().find(|step| step.kind() == InstructionKind::User).map(|step| step.index);
    if let Some(start) = stage.own_steps().find(is_start) {
        let is_late = last_work.max(last_user).is_some_and(|last| last > start.index);
        let at = document.block_start(start.outer);
        let mut edits = Vec::new();
        let mut add = |keyword: &str, arguments: &str, why: &'static str| {
            edits.push(insert(at, document.line_like(start.outer, keyword, arguments)).because(why));
        };
        if let Some(setup) = account.setup {
            add("RUN", setup, WHY_ACCOUNT);
        }
        if !state.is_empty() {
            let paths = state.join(" ");
            add("RUN", &format!("mkdir -p {paths} && chown -R {} {paths}", account.name), WHY_GIVEN);
        }
        add("USER", account.user(), WHY_SWITCH);
        return (!is_late).then_some(edits);
    }
    // Without a start of its own the stage inherits one; only a switch back to the user of before is surely right then.
    let is_plain = account.setup.is_none() && last_user.is_some() && state.is_empty();
    let last = stage.steps.last().filter(|_| is_plain)?;
    let newline = newline_of(document.file.text());
    let line = document.line_like(last.outer, "USER", account.user());
    let text = format!("{newline}{}", line.trim_end_matches(newline));
    Some(vec![insert(last.outer.range.end(), text)])
}

const WHY_ACCOUNT: &str = "a user without rights, with a number that no user of the host is likely to have";
const WHY_GIVEN: &str = "the program writes there, and so must own it";
const WHY_SWITCH: &str = "all that needs root is done by here";

/// Whether root can give away in a stage what its program keeps: the program is one that a language runs and no daemon of the system, there is
/// a shell, and the paths are those of data and of nothing else.
fn may_give(document: &Document<'_>, stage: &Stage<'_>, account: &Account, paths: &[&str]) -> bool {
    const RUNNERS: &str = "\
    bun bundle celery daphne deno dotnet gunicorn java node npm puma python python3 ruby streamlit uvicorn";
    const OTHERS: &str = "etc usr bin sbin lib root home run proc sys dev boot tmp";
    let is_data = |path: &&str| {
        let mut parts = path.split('/').skip(1);
        let is_plain = path.chars().all(|mark| mark.is_ascii_alphanumeric() || "/._-".contains(mark));
        let first = parts.next().unwrap_or_default();
        let is_deep = first != "var" || matches!(parts.next(), Some("lib" | "log" | "cache" | "spool"));
        path.starts_with('/')
            && path.len() > 1
            && is_plain
            && is_deep
            && !first.is_one_of(OTHERS)
            && !path.contains("/.")
    };
    let has_shell =
        document.chain_base(stage).image().is_some_and(|image| os_family(image).is_some() && !is_shell_less(image));
    let is_program = document.main_process(stage).is_some_and(|(_, process)| process.is_one_of(RUNNERS));
    let is_root_before = stage.end.user.is_none();
    has_shell
        && is_program
        && is_root_before
        && account.name.chars().all(|mark| mark.is_ascii_alphanumeric())
        && paths.iter().all(is_data)
}

/// Whether something after a step may need root.
fn works_after(stage: &Stage<'_>, step: &Step<'_>) -> bool {
    stage.own_steps().any(|later| later.index > step.index && is_work(later))
}

fn is_work(step: &Step<'_>) -> bool {
    matches!(step.kind(), InstructionKind::Run | InstructionKind::Copy | InstructionKind::Add)
}
