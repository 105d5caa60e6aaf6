//! The scripts of a file, with the shell that reads each and the variables that it finds.

use super::ShellDialect;
use crate::code::Tool;
use crate::document::{Document, ScriptForm, ScriptText, Step};
use crate::fix::has_errexit;
use crate::image::{OsFamily, os_family};
use crate::path::last_part;
use crate::rules::correctness::bashism_without_bash::makes_bash_sh;
use crate::simulate::PREDEFINED;
use crate::table::words_of;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{Arguments, InstructionKind, TextSize};
use std::borrow::Cow;

/// A script that a linter is to look at.
pub(super) struct Handed {
    pub script: ScriptText,
    pub dialect: ShellDialect,
    pub stops_at_errors: bool,
}

/// A comment that says which shell reads what is below it in its stage, as hadolint takes it where no `SHELL` says so: its place, and the name.
pub(super) type Named<'d> = (TextSize, &'d str);

/// Those comments of a file, in its order.
pub(super) fn named_shells<'d>(document: &'d Document<'_>) -> Vec<Named<'d>> {
    let mut named = Vec::new();
    for comment in document.file.comments() {
        let body = document.file.slice(comment).trim_start_matches('#').trim();
        let pragma = body.strip_prefix("hadolint").map(str::trim_start).and_then(|rest| rest.strip_prefix("shell="));
        if let Some(name) = pragma {
            named.push((comment.start(), last_part(name.trim())));
        }
    }
    named
}

/// The scripts of a step. `named` are the shells that comments name. `is_bash` says whether an earlier step has made bash the `/bin/sh`, and whether this one does.
pub(super) fn scripts(
    document: &Document<'_>,
    step: &Step<'_>,
    named: &[Named<'_>],
    is_bash: &mut bool,
) -> Vec<Handed> {
    let stage = document.stage_of(step);
    if stage.is_some_and(|stage| stage.is_windows) {
        return Vec::new();
    }
    let start = stage.and_then(|stage| stage.from).map(|(from, _)| from.range.start());
    let (above, _) = named.split_at(named.partition_point(|(at, _)| *at < step.outer.range.start()));
    let nearest = above.last().filter(|(at, _)| start.is_none_or(|start| start < *at));
    let named = nearest.map(|(_, name)| *name).filter(|_| step.in_force.shell.is_none());
    let mut handed = Vec::new();
    for mut script in document.texts(step) {
        if let Some(name) = named.filter(|_| script.own_shell.is_none() && script.form != ScriptForm::Exec) {
            script.program = name.to_owned();
        }
        // hadolint looks at nothing but what RUN gives to the shell in force.
        if document.config.compat == Some(Tool::Hadolint) && (!step.is_run() || script.form == ScriptForm::Exec) {
            continue;
        }
        let Some(dialect) = dialect(document, step, &script, *is_bash).filter(|_| !script.is_expanded_before) else {
            continue;
        };
        let stops_at_errors = match (&script.own_shell, step.in_force.shell) {
            (Some(call), _) => call.split_whitespace().any(has_errexit),
            (None, Some(shell)) => shell.arguments.iter().any(|word| has_errexit(&word.value)),
            (None, None) => false,
        };
        handed.push(Handed { script, dialect, stops_at_errors });
    }
    *is_bash |= step.is_run() && step.commands().any(makes_bash_sh);
    handed
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

/// The variables that are set where a step's scripts run. Every script is handed all of them, so they are listed once for each stage, and what a
/// step sets is added.
#[derive(Default)]
pub(super) struct Known<'d> {
    /// The stage that they are listed for.
    stage: usize,
    of_builds: Option<Names<'d>>,
    of_containers: Option<Names<'d>>,
}

impl<'d> Known<'d> {
    /// Takes notice of a step. Every step has to be shown, in the order of the file.
    pub fn pass<'a: 'd>(&mut self, step: &Step<'a>) {
        if step.stage != self.stage {
            *self = Known { stage: step.stage, ..Known::default() };
        }
        // What a trigger sets is for another build.
        if step.is_trigger {
            return;
        }
        for pair in step.env_pairs() {
            for names in [&mut self.of_builds, &mut self.of_containers].into_iter().flatten() {
                names.add(&pair.key.text);
            }
        }
        if let (Arguments::Arg(declarations), Some(names)) = (&step.instruction.arguments, &mut self.of_builds) {
            for declaration in declarations {
                names.add(&declaration.name.text);
            }
        }
    }

    /// Those that a step's scripts find. A container knows nothing of what was given to the build alone.
    pub fn at<'s, 'a>(&'s mut self, document: &'d Document<'a>, step: &'s Step<'a>) -> Cow<'s, [&'s str]> {
        if step.kind() != InstructionKind::Run {
            let names = self.of_containers.get_or_insert_with(|| Names::of(document.variables_at(step, false)));
            return Cow::Borrowed(&names.all);
        }
        let known = self.of_builds.get_or_insert_with(|| {
            let mut names = Names::of(document.variables_at(step, true));
            names.all.extend(words_of(PREDEFINED));
            names
        });
        let mounted = step.mounts.iter().filter_map(|mount| mount.env.as_deref()).into_list();
        if mounted.is_empty() { Cow::Borrowed(&known.all) } else { Cow::Owned([&known.all, &mounted[..]].concat()) }
    }
}

/// Names, each once.
struct Names<'d> {
    all: Vec<&'d str>,
    set: HashSet<&'d str>,
}

impl<'d> Names<'d> {
    fn of(all: Vec<&'d str>) -> Names<'d> {
        Names { set: all.iter().copied().collect(), all }
    }

    fn add(&mut self, name: &'d str) {
        if self.set.insert(name) {
            self.all.push(name);
        }
    }
}
