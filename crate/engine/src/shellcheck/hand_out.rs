//! The scripts of a file, with the shell that reads each and the variables that it finds.

use super::ShellDialect;
use crate::code::Tool;
use crate::document::{Document, ScriptForm, ScriptText, Step};
use crate::image::{OsFamily, os_family};
use crate::rules::correctness::bashism_without_bash::makes_bash_sh;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{ExecForm, InstructionKind};

/// A script that a linter is to look at.
pub(super) struct Handed {
    pub script: ScriptText,
    pub dialect: ShellDialect,
    pub stops_at_errors: bool,
}

/// BuildKit lets a build use these without an `ARG`.
const PREDEFINED: &str =
    "HTTP_PROXY HTTPS_PROXY FTP_PROXY NO_PROXY ALL_PROXY http_proxy https_proxy ftp_proxy no_proxy all_proxy";

/// The scripts of a step. `is_bash` says whether an earlier step has made bash the `/bin/sh`, and whether this one does.
pub(super) fn scripts(document: &Document<'_>, step: &Step<'_>, is_bash: &mut bool) -> Vec<Handed> {
    if document.stage_of(step).is_some_and(|stage| stage.is_windows) {
        return Vec::new();
    }
    let mut handed = Vec::new();
    for script in document.texts(step) {
        // hadolint looks at nothing but what RUN gives to the shell in force.
        if document.config.compat == Some(Tool::Hadolint) && (!step.is_run() || script.form == ScriptForm::Exec) {
            continue;
        }
        let Some(dialect) = dialect(document, step, &script, *is_bash).filter(|_| !script.is_expanded_before) else {
            continue;
        };
        let in_force = step.in_force.shell.filter(|_| script.own_shell.is_none());
        let stops_at_errors = match &script.own_shell {
            Some(call) => stops_at_errors(call.split_whitespace()),
            None => in_force.is_some_and(|shell| stops_at_errors(words(shell))),
        };
        handed.push(Handed { script, dialect, stops_at_errors });
    }
    *is_bash |= step.is_run() && step.commands().any(makes_bash_sh);
    handed
}

fn words<'s>(shell: &'s ExecForm) -> impl Iterator<Item = &'s str> {
    shell.arguments.iter().map(|word| word.value.as_str())
}

/// Whether `-e`, alone or among other letters, or `-o errexit` is among the words that call a shell.
fn stops_at_errors<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut is_option = |word: &str| {
        let letters = word.strip_prefix('-').unwrap_or_default();
        word == "errexit" || letters.contains('e') && !letters.starts_with('-')
    };
    words.into_iter().any(&mut is_option)
}

/// The shell that reads a script. What `/bin/sh` is the base tells; hadolint takes it for one that has nothing but what POSIX defines.
fn dialect(document: &Document<'_>, step: &Step<'_>, script: &ScriptText, is_bash: bool) -> Option<ShellDialect> {
    Some(match script.program.as_str() {
        "bash" => ShellDialect::Bash,
        "ksh" => ShellDialect::Ksh,
        "dash" => ShellDialect::Dash,
        "ash" | "busybox" => ShellDialect::BusyBox,
        "sh" if document.config.compat.is_some() => ShellDialect::Sh,
        "sh" if is_bash => ShellDialect::Bash,
        "sh" => match document.base_image_at(step).and_then(os_family) {
            Some(OsFamily::Debian) => ShellDialect::Dash,
            Some(OsFamily::Alpine) => ShellDialect::BusyBox,
            Some(OsFamily::Fedora) => ShellDialect::Bash,
            None => ShellDialect::Sh,
        },
        _ => return None,
    })
}

/// The variables that are set where a step's scripts run. A container knows nothing of what was given to the build alone.
pub(super) fn known<'d>(document: &'d Document<'_>, step: &'d Step<'_>) -> Vec<&'d str> {
    let is_build = step.kind() == InstructionKind::Run;
    let mut known = document.variables_at(step, is_build);
    if is_build {
        known.extend(PREDEFINED.split(' '));
        known.extend(step.mounts.iter().filter_map(|mount| mount.env.as_deref()).into_list());
    }
    known
}
