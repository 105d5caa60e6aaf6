//! Dependencies that only development needs: which installs bring them along, and what leaves them out.

use super::ecosystem::{Ecosystem, manifest_install};
use crate::document::{Document, Step};
use crate::shell::Command;
use crate::table::{Listed, words_of};
use layerwise_syntax::Arguments;

/// Whether an `ENV` such as `APP_ENV=development` says what the image is for.
pub fn calls_it_development(step: &Step<'_>) -> bool {
    let Arguments::Env(values) = &step.instruction.arguments else { return false };
    values.pairs.iter().any(|pair| {
        let is_mode = pair.key.text.ends_with_any("_ENV _ENVIRONMENT");
        is_mode && words_of("development dev local test").any(|mode| pair.value.text.eq_ignore_ascii_case(mode))
    })
}

/// Languages whose manifests keep development apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DevFamily {
    /// npm, Yarn, pnpm and Bun.
    Node,
    /// Composer.
    Composer,
    /// Bundler.
    Bundler,
    /// pip, Poetry and uv.
    Python,
}

impl DevFamily {
    /// All of them.
    pub const ALL: [DevFamily; 4] = [DevFamily::Node, DevFamily::Composer, DevFamily::Bundler, DevFamily::Python];

    /// The folders in which dependencies lie.
    pub fn folders(self) -> &'static str {
        match self {
            DevFamily::Node => "node_modules",
            DevFamily::Composer => "vendor",
            DevFamily::Bundler => "bundle",
            DevFamily::Python => ".venv venv site-packages",
        }
    }

    fn of(command: &Command) -> Option<DevFamily> {
        match command.program()? {
            "npm" | "yarn" | "yarnpkg" | "pnpm" | "bun" => Some(DevFamily::Node),
            "composer" | "composer.phar" => Some(DevFamily::Composer),
            "bundle" | "bundler" => Some(DevFamily::Bundler),
            "poetry" | "uv" => Some(DevFamily::Python),
            _ => None,
        }
    }

    /// Variables with which somebody has decided about it, whatever their value.
    fn variables(self) -> &'static str {
        match self {
            DevFamily::Node => {
                "NODE_ENV NPM_CONFIG_PRODUCTION NPM_CONFIG_OMIT npm_config_production npm_config_omit YARN_PRODUCTION"
            }
            DevFamily::Composer => "COMPOSER_NO_DEV",
            DevFamily::Bundler => "BUNDLE_WITHOUT BUNDLE_ONLY",
            DevFamily::Python => "UV_NO_DEV UV_NO_GROUP UV_NO_DEFAULT_GROUPS",
        }
    }

    /// Flags with which somebody has decided about it, either way, and those of Yarn's newer versions, which take none.
    fn flags(self) -> &'static str {
        match self {
            DevFamily::Node => {
                "--omit --production --prod -P --only --include --dev --immutable --mode --dry-run --package-lock-only --lockfile-only"
            }
            DevFamily::Composer => "--no-dev --dry-run --download-only",
            DevFamily::Bundler => "--without --with",
            DevFamily::Python => {
                "--no-dev --only --without --with --only-root --all-groups --no-default-groups --no-group --only-group --only-dev --group --dev"
            }
        }
    }
}

/// What a command means for the dependencies of development.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DevUse {
    /// It installs them with the others. What leaves them out may be put behind its verb; for some nothing can.
    Installs(DevFamily, Option<&'static str>),
    /// It takes them away again, or all.
    Removes(DevFamily),
    /// It decides for the installs behind it.
    Decides(DevFamily),
}

/// What a command means for the dependencies of development, as far as that is certain.
pub fn dev_use(document: &Document<'_>, step: &Step<'_>, command: &Command) -> Option<DevUse> {
    if command.is_one_of("rm") {
        let removes = |family: &DevFamily| {
            let is_folder = |path: &str| last_part(path).is_one_of(family.folders());
            command.operands().iter().any(|word| is_folder(word.shown()))
        };
        return DevFamily::ALL.into_iter().find(removes).map(DevUse::Removes);
    }
    let Some(install) = manifest_install(command) else { return other_use(command) };
    let (family, flag) = match install.ecosystem {
        Ecosystem::Npm => (DevFamily::Node, Some("--omit=dev")),
        Ecosystem::Yarn => (DevFamily::Node, Some("--production")),
        // What pnpm only fetches is not installed.
        Ecosystem::Pnpm if command.starts_with("fetch") => return None,
        Ecosystem::Pnpm => (DevFamily::Node, Some("--prod")),
        Ecosystem::Bun => (DevFamily::Node, Some("--production")),
        Ecosystem::Composer => (DevFamily::Composer, Some("--no-dev")),
        Ecosystem::Bundler => (DevFamily::Bundler, None),
        Ecosystem::Poetry => (DevFamily::Python, Some("--only main")),
        Ecosystem::Uv => (DevFamily::Python, Some("--no-dev")),
        Ecosystem::Pip if install.named.iter().any(|file| is_for_development(file)) => (DevFamily::Python, None),
        _ => return None,
    };
    if command.has_any_flag(family.flags()) || is_set(document, step, command, family) {
        return Some(DevUse::Removes(family));
    }
    // A condition may be about just this, and so may a variable.
    let is_sure = !command.context.is_conditional && command.arguments().iter().all(|word| !word.has_variable());
    is_sure.then_some(DevUse::Installs(family, flag))
}

fn other_use(command: &Command) -> Option<DevUse> {
    const DECIDERS: &str = "production omit without only no-dev NODE_ENV";
    let family = DevFamily::of(command)?;
    let is_decision = || command.arguments().iter().any(|word| word.shown().contains_any(DECIDERS));
    if command.starts_with("config") {
        return is_decision().then_some(DevUse::Decides(family));
    }
    let removes =
        command.starts_with("prune") || command.starts_with("workspaces focus") || command.has_any_flag(family.flags());
    removes.then_some(DevUse::Removes(family))
}

/// Whether a variable that decides is set for a command, to whatever.
fn is_set(document: &Document<'_>, step: &Step<'_>, command: &Command, family: DevFamily) -> bool {
    let so_far = || step.commands().take_while(|earlier| earlier.range.start() <= command.range.start());
    words_of(family.variables())
        .any(|name| document.is_variable_set(name, step) || so_far().any(|earlier| earlier.assigned(name).is_some()))
}

/// Whether a file is named for development or tests: `requirements-dev.txt`, `requirements/test.txt`.
fn is_for_development(file: &str) -> bool {
    let is_word = |part: &str| matches!(part, "dev" | "devel" | "development" | "test" | "tests" | "testing");
    let name = file.trim_end_matches(".txt").trim_end_matches(".in");
    last_part(name).split(|mark: char| !mark.is_ascii_alphanumeric()).any(is_word)
}

fn last_part(path: &str) -> &str {
    crate::path::name(path.trim_end_matches(['/', '*']))
}
