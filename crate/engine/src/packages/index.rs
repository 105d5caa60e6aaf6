//! What commands and steps mean for a package index that is there: whether they install from it, seen or unseen.

use super::manager::{Manager, grammar, install, manager, refreshes_index, upgrades};
use crate::document::{Document, NeededLater, ScriptForm, Step, Use};
use crate::shell::{Command, Script};
use crate::table::{Listed, words_of};
use layerwise_syntax::TextSize;

/// Whether a command runs a program that may install packages unseen: a script, an installer that comes through a pipe.
pub fn may_install_unseen(command: &Command) -> bool {
    const INSTALLERS: &str = "\
        ansible ansible-playbook chef-client chef-solo puppet rosdep mk-build-deps gdebi playwright \
        add-apt-repository apt-add-repository install_packages source";
    let Some(program) = command.program() else { return !command.words.is_empty() };
    if !matches!(call_in_arguments(command, None), Call::None) {
        return true;
    }
    let mentions = |name: &str| command.arguments().iter().any(|word| word.shown().contains(name));
    match program {
        "make" | "gmake" | "just" | "task" | "rake" | "mage" => {
            command.operands().iter().any(|target| is_named_for_packages(target.shown()))
        }
        "sh" | "bash" | "dash" | "ash" | "zsh" | "." => true,
        "npx" | "bunx" | "pnpm" | "yarn" | "npm" => mentions("playwright"),
        "python" | "python3" | "perl" | "ruby" | "node" => {
            let script = command.operands().first().map_or("", |word| word.shown());
            let is_named_so = script.contains("install") || is_named_for_packages(script);
            mentions("playwright") || script.contains('.') && is_named_so && script != "setup.py"
        }
        _ => {
            let path = command.words.first().and_then(|word| word.known()).unwrap_or_default();
            let is_of_the_system = path.starts_with_any("/usr/ /bin/ /sbin/ /opt/");
            let is_own = path.contains('/') && !is_of_the_system && !is_known_tool(program);
            let is_script = program.ends_with(".sh") || program.ends_with(".bash");
            let is_named_so = program.contains("install") && program != "install" && !program.starts_with("docker-php")
                || program.contains_any("bootstrap provision setup");
            is_own || is_script || is_named_so || program.is_one_of(INSTALLERS)
        }
    }
}

/// Whether a program is one that projects carry along, and that installs nothing for the operating system.
fn is_known_tool(program: &str) -> bool {
    program.is_one_of("configure gradlew mvnw manage.py") || program.starts_with("pip") || program.starts_with("python")
}

/// Whether a target of a makefile is named for what a project needs from outside.
fn is_named_for_packages(target: &str) -> bool {
    target.contains_any("apt bootstrap dep package prereq provision require setup")
}

/// A call of a package manager that stands in text which the shell does not run as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Call {
    /// There is none.
    None,
    /// A manager is named; for what, nobody knows.
    Named,
    /// It is told to install.
    Installs,
}

/// Finds a call of a manager, of any where none is given, in text: `apt-get install -y curl`, `["apt-get", "install", "curl"]`.
fn call_in<'t>(texts: impl Iterator<Item = &'t str>, of: Option<Manager>) -> Call {
    const VERBS: &str = "install reinstall build-dep source download satisfy add";
    const MARKS: [char; 14] = ['"', '\'', '`', ';', '&', '|', '(', ')', '{', '}', '[', ']', '$', ','];
    let is_mark = |mark: char| mark == '=' || mark.is_whitespace() || MARKS.contains(&mark);
    let is_manager = |word: &str| {
        let (directory, program) = word.rsplit_once('/').unwrap_or(("", word));
        let found = grammar(program).map(|grammar| grammar.manager);
        found.is_some_and(|found| of.is_none_or(|of| of == found))
            && (directory.is_empty() || directory.ends_with("bin"))
    };
    let mut call = Call::None;
    for word in texts.flat_map(|text| text.split(is_mark)) {
        match call {
            Call::None if is_manager(word) => call = Call::Named,
            Call::Named if word.is_one_of(VERBS) => return Call::Installs,
            _ => {}
        }
    }
    call
}

/// A call of a manager in what a command is given: `timeout 60 apt-get install`, `su -c 'apt-get install'`.
fn call_in_arguments(command: &Command, of: Option<Manager>) -> Call {
    // They look a program up, or do with it what installs nothing.
    const LOOKS: &str = "[ apt-mark chmod command dpkg dpkg-query hash rm test type which";
    let is_shown = command.is_one_of("echo printf") && command.redirects.is_empty() && !command.context.writes_pipe;
    if manager(command).is_some() || is_shown || command.is_one_of(LOOKS) {
        return Call::None;
    }
    match call_in(command.arguments().iter().map(|word| word.shown()), of) {
        Call::Installs if command.is_one_of("cat echo printf") => Call::Named,
        call => call,
    }
}

/// Whether a command reads the index of a manager: it installs from it, or asks it. Files that lie on disk count too, for what they
/// depend on is looked up there.
pub fn reads_index(command: &Command, of: Manager) -> bool {
    const READERS: &str =
        "apt-cache apt-fast apt-file apt-rdepends gdebi mk-build-deps nala tasksel unattended-upgrade";
    const VERBS: &str = "download fetch list policy satisfy search show source version";
    let is_rosdep = || command.is_one_of("rosdep") && command.starts_with("install");
    let is_reader = of == Manager::Apt && (command.is_one_of(READERS) || is_rosdep());
    let asks = || manager(command) == Some(of) && words_of(VERBS).any(|verb| command.starts_with(verb));
    let installs = install(command).is_some_and(|install| install.manager == of) || upgrades(command) == Some(of);
    (is_reader || installs || asks() || call_in_arguments(command, Some(of)) == Call::Installs)
        && !command.has_flag("--no-cache")
}

/// Whether a command behind a place, or one of a function that may be called there, needs or may need what a manager left.
pub fn may_be_used_behind(script: &Script, at: TextSize, of: Manager) -> bool {
    script.commands.iter().any(|command| {
        let runs_there = command.range.start() >= at || command.context.in_function;
        runs_there
            && (manager(command) == Some(of) && command.context.in_function
                || reads_index(command, of)
                || may_install_unseen(command))
    })
}

/// For every step whether a later one installs, or may install, from the package index that it leaves.
pub fn index_needed_later(document: &Document<'_>, of: Manager) -> NeededLater {
    document.needed_later(|step| use_of_index(document, step, of))
}

/// What a step means for the package index that earlier steps left: whether it installs from it, seen or unseen, before it fetches one.
pub fn use_of_index(document: &Document<'_>, step: &Step<'_>, of: Manager) -> Use {
    let mut may_have_renewed = false;
    for command in step.commands() {
        let refreshes_by_flag =
            manager(command) == Some(of) && of == Manager::Apk && command.has_any_flag("-U --update --update-cache");
        if refreshes_index(command) == Some(of) || refreshes_by_flag {
            if !command.context.is_conditional {
                return Use::Renews;
            }
            may_have_renewed = true;
        } else if reads_index(command, of) && !(may_have_renewed && command.context.is_conditional) {
            return Use::Needs;
        }
        if may_install_unseen(command) {
            return Use::MayNeed;
        }
    }
    if may_be_used_in_text(document, step, of) { Use::MayNeed } else { Use::Ignores }
}

/// Whether a step holds a script that cannot be read, or text that names a manager: a heredoc for Python, or one that is written to a file.
fn may_be_used_in_text(document: &Document<'_>, step: &Step<'_>, of: Manager) -> bool {
    let is_unreadable = step.is_run() && !step.is_readable();
    let is_script = step.scripts.iter().any(|run| run.form == ScriptForm::Heredoc);
    let bodies = step.instruction.heredocs.iter().skip(usize::from(is_script)).map(|heredoc| heredoc.body);
    let inner = step.commands().flat_map(|command| &command.redirects).filter_map(|redirect| redirect.body);
    let mut texts = bodies.chain(inner).map(|range| document.slice(range));
    is_unreadable || texts.any(|text| call_in(std::iter::once(text), Some(of)) != Call::None)
}
