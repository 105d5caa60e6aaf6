//! What the package managers of languages leave behind, and how they are told not to.

use crate::document::{Document, Stage, Step, is_within};
use crate::path::last_part;
use crate::shell::{Command, Word, is_pip};
use crate::table::{Listed, words_of};
use layerwise_syntax::MountType;

/// What a package manager leaves behind.
#[derive(Debug)]
pub struct LanguageCache {
    /// Which habit it is; several managers share `other`.
    pub case: &'static str,
    programs: &'static str,
    /// First operands of commands that download, [`ALONE`] among them.
    verbs: &'static str,
    /// The folder that it fills; empty for documentation, which lies beside every package, and where only a command clears it.
    pub folder: &'static str,
    off: Off,
    /// The variables that say where the cache is instead.
    elsewhere: &'static str,
}

/// How a manager is told to leave nothing, or to take it away.
#[derive(Debug, Clone, Copy)]
enum Off {
    /// Flags, the first one being what a fix adds, and a variable.
    Switch { flags: &'static str, variable: &'static str },
    /// A command that clears.
    Clear(&'static str),
    /// A subcommand of the manager that clears; several programs share it.
    OwnClear(&'static str),
    /// A command that clears and may take more with it than people want.
    Review(&'static str),
    /// A subcommand with which people clear. What lies there are the installed files themselves, by another name, so that it takes no room
    /// of its own.
    Linked(&'static str),
    /// There is no one way.
    No,
}

/// What a fix does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CacheFix {
    /// Adds a flag behind the words that say what to do.
    Flag(&'static str),
    /// Adds a command behind.
    Command(String),
    /// Adds a command behind, which a person must look at.
    Review(&'static str),
}

/// Stands for a command without operands.
const ALONE: &str = "(alone)";

const CACHES: [LanguageCache; 13] = [
    LanguageCache {
        case: "pip",
        programs: "pip",
        verbs: "install",
        folder: "~/.cache/pip",
        off: Off::Switch { flags: "--no-cache-dir --no-cache --no-cac --no-ca", variable: "PIP_NO_CACHE_DIR" },
        elsewhere: "PIP_CACHE_DIR",
    },
    LanguageCache {
        case: "npm",
        programs: "npm",
        verbs: "install i ci",
        folder: "~/.npm",
        off: Off::Clear("npm cache clean --force"),
        elsewhere: "npm_config_cache NPM_CONFIG_CACHE",
    },
    LanguageCache {
        case: "yarn",
        programs: "yarn yarnpkg",
        verbs: "install (alone)",
        folder: "/usr/local/share/.cache/yarn",
        off: Off::Clear("yarn cache clean"),
        elsewhere: "YARN_CACHE_FOLDER",
    },
    LanguageCache {
        case: "other",
        programs: "pnpm",
        verbs: "install i add fetch deploy",
        folder: "",
        off: Off::Linked("store"),
        elsewhere: "",
    },
    LanguageCache {
        case: "gem-docs",
        programs: "gem",
        verbs: "install",
        folder: "",
        off: Off::Switch { flags: "--no-document --no-doc -N --no-ri --no-rdoc", variable: "" },
        elsewhere: "",
    },
    LanguageCache {
        case: "gem-home",
        programs: "gem",
        verbs: "update",
        folder: "~/.gem",
        off: Off::Review("rm -rf ~/.gem"),
        elsewhere: "",
    },
    LanguageCache {
        case: "bundler",
        programs: "bundle bundler",
        verbs: "install (alone)",
        folder: "/usr/local/bundle/cache",
        off: Off::No,
        elsewhere: "",
    },
    LanguageCache {
        case: "other",
        programs: "composer",
        verbs: "install update require",
        folder: "~/.composer/cache",
        off: Off::Clear("composer clear-cache"),
        elsewhere: "COMPOSER_CACHE_DIR COMPOSER_NO_CACHE",
    },
    LanguageCache {
        case: "other",
        programs: "poetry",
        verbs: "install",
        folder: "~/.cache/pypoetry",
        // Its `--no-cache` still keeps the packages themselves.
        off: Off::Review("rm -rf ~/.cache/pypoetry/cache ~/.cache/pypoetry/artifacts"),
        elsewhere: "POETRY_CACHE_DIR",
    },
    LanguageCache {
        case: "other",
        programs: "uv",
        verbs: "sync pip tool",
        folder: "~/.cache/uv",
        off: Off::Switch { flags: "--no-cache -n", variable: "UV_NO_CACHE" },
        elsewhere: "UV_CACHE_DIR",
    },
    LanguageCache {
        case: "other",
        programs: "conda mamba micromamba",
        verbs: "install create update env",
        folder: "/opt/conda/pkgs",
        off: Off::OwnClear("clean -afy"),
        elsewhere: "CONDA_PKGS_DIRS",
    },
    LanguageCache {
        case: "other",
        programs: "go",
        verbs: "install build get mod",
        folder: "$GOPATH/pkg/mod",
        off: Off::Review("go clean -cache -modcache"),
        elsewhere: "GOMODCACHE",
    },
    LanguageCache {
        case: "other",
        programs: "cargo",
        verbs: "install build",
        folder: "$CARGO_HOME/registry",
        off: Off::No,
        elsewhere: "",
    },
];

/// What a command leaves behind unless it is told not to, and what makes the image larger.
pub fn language_cache(command: &Command) -> Option<&'static LanguageCache> {
    download_cache(command).filter(|cache| !matches!(cache.off, Off::Linked(_)))
}

/// Where a command keeps what it downloads, unless it is told not to.
pub fn download_cache(command: &Command) -> Option<&'static LanguageCache> {
    let program = command.program()?;
    let name = if is_pip(program) { "pip" } else { program };
    let caches = || CACHES.iter().filter(|cache| name.is_one_of(cache.programs));
    caches().next()?;
    let operands = command.operands();
    let mut words = operands.iter().map(|word| word.known());
    let verb = words.next().unwrap_or(Some(ALONE))?;
    // What Go brings itself is not downloaded.
    let is_own = |word: &&Word| word.is_one_of("std cmd");
    if name == "go" && operands.len() > 1 && operands.iter().skip(1).all(is_own) {
        return None;
    }
    let asks_only = verb == ALONE && command.has_any_flag("--version -v --help");
    let is_install = match verb {
        // `uv pip list` and `uv tool run` are none that install.
        "pip" | "tool" => words.next().flatten().is_some_and(|verb| matches!(verb, "install" | "sync")),
        "env" => words.next().flatten().is_some_and(|verb| matches!(verb, "create" | "update")),
        "mod" => words.next().flatten() == Some("download"),
        _ => !asks_only,
    };
    caches().find(|cache| verb.is_one_of(cache.verbs)).filter(|_| is_install)
}

impl LanguageCache {
    /// What mends a command that leaves something behind.
    pub fn fix(&self, command: &Command) -> Option<CacheFix> {
        match self.off {
            Off::Switch { flags, .. } => words_of(flags).next().map(CacheFix::Flag),
            Off::Clear(clear) => Some(CacheFix::Command(clear.to_owned())),
            Off::OwnClear(clear) => Some(CacheFix::Command(format!("{} {clear}", command.program()?))),
            // What is downloaded ahead is for a later step.
            Off::Review(_) if command.starts_with("mod") || command.starts_with("get") => None,
            Off::Review(clear) => Some(CacheFix::Review(clear)),
            Off::Linked(_) | Off::No => None,
        }
    }

    /// Whether a command is told to leave nothing, or what it leaves lies somewhere else.
    pub fn is_off(&self, document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
        let (flags, variable) = match self.off {
            Off::Switch { flags, variable } => (flags, variable),
            _ => ("", ""),
        };
        // What a variable on the command line stands for may switch it off too.
        let may_be_given = !flags.is_empty()
            && command.arguments().iter().any(|word| word.text.is_none() && word.shown().starts_with('$'));
        let is_true = |value: &str| match self.case {
            // Whatever truth value pip is given here, its cache is off.
            "pip" => !value.is_empty(),
            _ => matches!(value.to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "on" | "t" | "y"),
        };
        command.has_any_flag(flags)
            || command.has_any_flag("--cache --cache-dir --cache-folder --store-dir")
            || may_be_given
            || is_mounted(step)
            || words_of(self.elsewhere).any(|name| value_of(document, step, command, name).is_some())
            || value_of(document, step, command, variable).is_some_and(|value| is_true(&value))
    }

    /// Whether its folder lies in another, or in what a pattern finds there: `/go/*`.
    fn lies_in(&self, folder: &str) -> bool {
        let folder = folder.trim_end_matches(['*', '/']);
        // `GOPATH` of the image that nearly all have.
        let of_image = self.folder.strip_prefix("$GOPATH").map(|rest| format!("/go{rest}"));
        folder.len() > 1
            && [Some(self.folder), of_image.as_deref()].into_iter().flatten().any(|own| is_within(own, folder))
    }

    /// Whether a later command of the same `RUN` takes away what a command left.
    pub fn is_cleared(&self, step: &Step<'_>, command: &Command) -> bool {
        const VERBS: &str = "clean clear-cache clearcache purge prune cache";
        let name = last_part(self.folder);
        let clears = |later: &Command| match self.off {
            // `pnpm store prune`, and `rm -rf "$(pnpm store path)"`; `pnpm prune` is about packages.
            Off::Linked(clear) => later.is_one_of(self.programs) && later.starts_with(clear),
            _ => later.is_one_of(self.programs) && later.arguments().iter().any(|word| word.is_one_of(VERBS)),
        };
        let removes = |later: &Command| {
            let covers = |path: &str| {
                path.contains("cache")
                    || path.contains(name)
                    || path.contains("/root/.")
                    || path == "/root"
                    || self.lies_in(path)
            };
            later.is_one_of("rm find") && later.arguments().iter().any(|word| covers(word.shown()))
        };
        step.commands()
            .filter(|later| later.range.start() > command.range.start())
            .any(|later| clears(later) || !name.is_empty() && removes(later))
    }
}

/// The value of a variable at a command: from the command, from what was exported before it, or from the file.
fn value_of(document: &Document<'_>, step: &Step<'_>, command: &Command, name: &str) -> Option<String> {
    let is_so_far = |earlier: &&Command| earlier.range.start() <= command.range.start();
    // Few scripts set a variable at all, and this is asked of every command of a script.
    let sets_any = step.scripts.iter().any(|run| run.script.has_assignments);
    let earlier = step.commands().filter(|_| sets_any).filter(is_so_far);
    let assigned = earlier.filter_map(|earlier| earlier.assigned(name)).last();
    match assigned {
        Some(value) => Some(value.shown().to_owned()),
        None => document.variable_at(name, step).filter(|_| !name.is_empty()),
    }
}

/// Whether a step has a cache of its own for anything but the system's packages. Where managers look for theirs depends on the user and on
/// settings, so whoever mounts one is believed.
fn is_mounted(step: &Step<'_>) -> bool {
    step.mounts.iter().filter(|mount| matches!(mount.kind, MountType::Cache | MountType::Tmpfs)).any(|mount| {
        let target = mount.target.as_deref().unwrap_or_default();
        !target.starts_with("/var/") && target != "/tmp"
    })
}

/// Whether the project's Yarn is one whose cache is part of the project.
pub fn is_modern_yarn(stage: &Stage<'_>) -> bool {
    stage.steps.iter().any(|step| {
        let copies =
            step.copy().is_some_and(|copy| copy.sources.iter().any(|source| source.word().text.contains(".yarn")));
        let is_modern = |command: &Command| {
            command.is_one_of("corepack")
                || command.is_one_of("yarn")
                    && (command.starts_with("set version")
                        || command.starts_with("workspaces focus")
                        || command.has_any_flag("--immutable --immutable-cache --mode"))
        };
        copies || step.commands().any(is_modern)
    })
}
