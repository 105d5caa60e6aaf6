//! What the package managers of languages leave behind, and how they are told not to.

use crate::document::{Document, Step};
use crate::shell::{Command, is_pip};
use layerwise_syntax::MountType;

/// What a package manager leaves behind.
#[derive(Debug)]
pub struct LanguageCache {
    /// Which habit it is; several managers share `other`.
    pub case: &'static str,
    programs: &'static [&'static str],
    /// First operands of commands that download; an empty one stands for a command without operands.
    verbs: &'static [&'static str],
    /// The folder that it fills for root; empty for documentation, which lies beside every package.
    pub folder: &'static str,
    /// Flags that switch it off; the first one is what a fix adds.
    pub flags: &'static [&'static str],
    /// The variable that switches it off; empty where there is none.
    variable: &'static str,
    /// The command that clears it; empty where there is none.
    pub clear: &'static str,
}

/// A manager whose cache neither a flag nor a variable switches off.
const fn kept(
    case: &'static str,
    programs: &'static [&'static str],
    verbs: &'static [&'static str],
    folder: &'static str,
    clear: &'static str,
) -> LanguageCache {
    LanguageCache { case, programs, verbs, folder, flags: &[], variable: "", clear }
}

const CACHES: [LanguageCache; 13] = [
    LanguageCache {
        case: "pip",
        programs: &["pip"],
        verbs: &["install"],
        folder: "/root/.cache/pip",
        flags: &["--no-cache-dir"],
        variable: "PIP_NO_CACHE_DIR",
        clear: "",
    },
    kept("npm", &["npm"], &["install", "i", "ci"], "/root/.npm", "npm cache clean --force"),
    kept("yarn", &["yarn", "yarnpkg"], &["install", ""], "/usr/local/share/.cache/yarn", "yarn cache clean"),
    LanguageCache {
        case: "gem-docs",
        programs: &["gem"],
        verbs: &["install"],
        folder: "",
        flags: &["--no-document", "-N", "--no-ri", "--no-rdoc"],
        variable: "",
        clear: "",
    },
    kept("gem-home", &["gem"], &["update"], "/root/.gem", ""),
    kept("bundler", &["bundle", "bundler"], &["install", ""], "/usr/local/bundle/cache", ""),
    LanguageCache {
        case: "other",
        programs: &["composer"],
        verbs: &["install", "update", "require"],
        folder: "/root/.composer/cache",
        flags: &["--no-cache"],
        variable: "",
        clear: "composer clear-cache",
    },
    LanguageCache {
        case: "other",
        programs: &["poetry"],
        verbs: &["install"],
        folder: "/root/.cache/pypoetry",
        flags: &["--no-cache"],
        variable: "",
        clear: "",
    },
    LanguageCache {
        case: "other",
        programs: &["uv"],
        verbs: &["sync", "pip", "tool"],
        folder: "/root/.cache/uv",
        flags: &["--no-cache", "-n"],
        variable: "UV_NO_CACHE",
        clear: "",
    },
    kept(
        "other",
        &["conda", "mamba", "micromamba"],
        &["install", "create", "update"],
        "/opt/conda/pkgs",
        "conda clean -afy",
    ),
    kept("other", &["go"], &["install", "build"], "/go/pkg/mod", ""),
    kept("other", &["cargo"], &["install", "build"], "/usr/local/cargo/registry", ""),
    kept("other", &["pnpm"], &["install", "i", "add"], "/root/.local/share/pnpm/store", "pnpm store prune"),
];

/// What a command leaves behind unless it is told not to.
pub fn language_cache(command: &Command) -> Option<&'static LanguageCache> {
    let program = command.program()?;
    let name = if is_pip(program) { "pip" } else { program };
    let operands = command.operands();
    let mut words = operands.iter().map(|word| word.known());
    let verb = words.next().unwrap_or(Some(""))?;
    let asks_only = verb.is_empty() && command.has_any_flag(&["--version", "-v", "--help"]);
    // `uv pip list` and `uv tool run` are none that install.
    let is_install = !matches!(verb, "pip" | "tool")
        || words.next().flatten().is_some_and(|verb| verb == "install" || verb == "sync");
    CACHES
        .iter()
        .find(|cache| cache.programs.contains(&name) && cache.verbs.contains(&verb))
        .filter(|_| is_install && !asks_only)
}

impl LanguageCache {
    /// Whether a command is told to leave nothing, or what it leaves lies on a mount.
    pub fn is_off(&self, document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
        // What a variable on the command line stands for may switch it off too.
        let may_be_given = !self.flags.is_empty()
            && command.arguments().iter().any(|word| word.text.is_none() && word.shown().starts_with('$'));
        command.has_any_flag(self.flags)
            || may_be_given
            || self.is_switched_off(document, step, command)
            || is_mounted(step)
    }

    fn is_switched_off(&self, document: &Document<'_>, step: &Step<'_>, command: &Command) -> bool {
        if self.variable.is_empty() {
            return false;
        }
        let is_true =
            |value: &str| matches!(value.to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "on" | "t" | "y");
        let is_so_far = |earlier: &&Command| earlier.range.start() <= command.range.start();
        let assigned = step.commands().filter(is_so_far).filter_map(|earlier| earlier.assigned(self.variable)?.known());
        assigned.chain(document.variable_at(self.variable, step).as_deref()).any(is_true)
    }

    /// Whether a later command of the same `RUN` takes away what a command left.
    pub fn is_cleared(&self, step: &Step<'_>, command: &Command) -> bool {
        const VERBS: [&str; 6] = ["clean", "clear-cache", "clearcache", "purge", "prune", "cache"];
        let name = self.folder.rsplit('/').next().unwrap_or_default();
        let clears = |later: &Command| {
            later.is_one_of(self.programs)
                && later.arguments().iter().any(|word| VERBS.iter().any(|verb| word.is(verb)))
        };
        let removes = |later: &Command| {
            let covers = |path: &str| {
                path.contains("cache") || path.contains(name) || path.contains("/root/.") || path == "/root"
            };
            later.is_one_of(&["rm", "find"]) && later.arguments().iter().any(|word| covers(word.shown()))
        };
        step.commands()
            .filter(|later| later.range.start() > command.range.start())
            .any(|later| clears(later) || !name.is_empty() && removes(later))
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
