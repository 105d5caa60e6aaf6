//! Language ecosystems: which commands install what a manifest lists, and which install what the command itself names.

use crate::shell::{Command, Word, is_pip};
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;

/// A language's package tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ecosystem {
    /// npm.
    Npm,
    /// Yarn.
    Yarn,
    /// pnpm.
    Pnpm,
    /// Bun.
    Bun,
    /// pip, alone or as `uv pip`.
    Pip,
    /// Poetry.
    Poetry,
    /// uv.
    Uv,
    /// Pipenv.
    Pipenv,
    /// Bundler and RubyGems.
    Bundler,
    /// Composer.
    Composer,
    /// Go modules.
    Go,
    /// Cargo.
    Cargo,
    /// Maven.
    Maven,
    /// Gradle.
    Gradle,
    /// NuGet, through `dotnet`.
    Dotnet,
    /// Mix.
    Mix,
}

impl Ecosystem {
    /// The files that say what to install; globs where names vary. Pip's are named by the command.
    pub fn manifests(self) -> &'static str {
        match self {
            Ecosystem::Npm => "package.json package-lock.json",
            Ecosystem::Yarn => "package.json yarn.lock .yarnrc.yml",
            Ecosystem::Pnpm => "package.json pnpm-lock.yaml",
            Ecosystem::Bun => "package.json bun.lock",
            Ecosystem::Pip => "",
            Ecosystem::Poetry => "pyproject.toml poetry.lock",
            Ecosystem::Uv => "pyproject.toml uv.lock",
            Ecosystem::Pipenv => "Pipfile Pipfile.lock",
            Ecosystem::Bundler => "Gemfile Gemfile.lock",
            Ecosystem::Composer => "composer.json composer.lock",
            Ecosystem::Go => "go.mod go.sum",
            Ecosystem::Cargo => "Cargo.toml Cargo.lock",
            Ecosystem::Maven => "pom.xml",
            Ecosystem::Gradle => "build.gradle* settings.gradle* gradle.properties",
            Ecosystem::Dotnet => "*.csproj *.sln Directory.*.props",
            Ecosystem::Mix => "mix.exs mix.lock",
        }
    }

    /// The arguments of a COPY that brings the manifests, where one fits every project. A `*` behind a lock file lets it
    /// be absent.
    pub fn copy(self) -> Option<&'static str> {
        match self {
            Ecosystem::Npm => Some("package.json package-lock.json* ./"),
            Ecosystem::Yarn => Some("package.json yarn.lock* ./"),
            Ecosystem::Pnpm => Some("package.json pnpm-lock.yaml* ./"),
            Ecosystem::Bun => Some("package.json bun.lock* ./"),
            Ecosystem::Poetry => Some("pyproject.toml poetry.lock* ./"),
            Ecosystem::Uv => Some("pyproject.toml uv.lock* ./"),
            Ecosystem::Pipenv => Some("Pipfile Pipfile.lock* ./"),
            Ecosystem::Bundler => Some("Gemfile Gemfile.lock ./"),
            Ecosystem::Composer => Some("composer.json composer.lock* ./"),
            Ecosystem::Go => Some("go.mod go.sum* ./"),
            Ecosystem::Cargo => Some("Cargo.toml Cargo.lock ./"),
            Ecosystem::Maven => Some("pom.xml ./"),
            Ecosystem::Mix => Some("mix.exs mix.lock* ./"),
            Ecosystem::Pip | Ecosystem::Gradle | Ecosystem::Dotnet => None,
        }
    }
}

/// A command that installs what a manifest lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestInstall<'a> {
    /// The tool.
    pub ecosystem: Ecosystem,
    /// The manifests that the command itself names, as `pip install -r FILE` does; the known ones only.
    pub named: Vec<&'a str>,
}

/// A command that installs packages or tools that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageInstall<'a> {
    /// The tool.
    pub ecosystem: Ecosystem,
    /// The packages as written.
    pub packages: Vec<&'a Word>,
}

/// Reads a command that installs from a manifest.
pub fn manifest_install(command: &Command) -> Option<ManifestInstall<'_>> {
    let call = Call::of(command)?;
    let ecosystem = call.ecosystem;
    let verb = call.operands.first().and_then(|word| word.known());
    let names_nothing = call.operands.len() <= 1;
    let has_verb = |verbs: &str| verb.is_some_and(|verb| verb.is_one_of(verbs));
    let is_install = match ecosystem {
        Ecosystem::Npm => {
            (has_verb("install i") && names_nothing && !command.has_any_flag("-g --global")) || has_verb("ci")
        }
        Ecosystem::Yarn => {
            verb == Some("install") || (call.operands.is_empty() && !command.has_any_flag("--version -v --help"))
        }
        Ecosystem::Pnpm => (has_verb("install i") && names_nothing) || has_verb("fetch"),
        Ecosystem::Bun => (has_verb("install") && names_nothing) || has_verb("ci"),
        Ecosystem::Pip => has_verb("install") && command.has_any_flag("-r --requirement --requirements"),
        Ecosystem::Poetry => has_verb("install"),
        Ecosystem::Uv => has_verb("sync"),
        Ecosystem::Pipenv => (has_verb("install") && names_nothing) || has_verb("sync"),
        Ecosystem::Bundler => {
            let is_bundler = command.is_one_of("bundle bundler");
            is_bundler
                && (verb == Some("install") || (call.operands.is_empty() && !command.has_any_flag("--version -v")))
        }
        Ecosystem::Composer => has_verb("install"),
        Ecosystem::Go => call.starts_with("mod download") || call.starts_with("mod vendor"),
        Ecosystem::Cargo => has_verb("fetch") || call.starts_with("chef cook"),
        Ecosystem::Maven => call.names_any("dependency:go-offline dependency:resolve"),
        Ecosystem::Gradle => call.names_any("dependencies"),
        Ecosystem::Dotnet => has_verb("restore"),
        Ecosystem::Mix => has_verb("deps.get"),
    };
    let named = match ecosystem {
        Ecosystem::Pip => {
            ["-r", "--requirement", "--requirements"].iter().flat_map(|flag| command.flag_values(flag)).into_list()
        }
        _ => Vec::new(),
    };
    is_install.then_some(ManifestInstall { ecosystem, named })
}

/// Reads a command that installs packages by name. Paths, wheels and `.` lie in the build and are no packages.
pub fn language_install(command: &Command) -> Option<LanguageInstall<'_>> {
    let call = Call::of(command)?;
    let verbs: &[&str] = match call.ecosystem {
        Ecosystem::Npm => &["install", "i", "add"],
        Ecosystem::Yarn => &["global add", "add"],
        Ecosystem::Pnpm | Ecosystem::Bun => &["add", "install", "i"],
        Ecosystem::Pip | Ecosystem::Pipenv => &["install"],
        Ecosystem::Poetry | Ecosystem::Dotnet => &["add"],
        Ecosystem::Uv => &["tool install", "add"],
        Ecosystem::Bundler if command.is_one_of("gem") => &["install"],
        Ecosystem::Composer => &["global require", "require"],
        Ecosystem::Go => &["install", "get"],
        Ecosystem::Cargo => &["install"],
        Ecosystem::Bundler | Ecosystem::Maven | Ecosystem::Gradle | Ecosystem::Mix => &[],
    };
    let verb = verbs.iter().find(|verb| call.starts_with(verb))?;
    let is_local = |word: &&Word| word.shown().starts_with(['.', '/', '~']) || word.shown().ends_with(".whl");
    let packages: Vec<_> =
        call.operands.into_iter().skip(words_of(verb).count()).filter(|word| !is_local(word)).into_list();
    (!packages.is_empty()).then_some(LanguageInstall { ecosystem: call.ecosystem, packages })
}

/// A call of a language's tool: `uv pip install x` is a call of pip with `install x`. (`python -m` is taken off as a
/// wrapper before.)
struct Call<'a> {
    ecosystem: Ecosystem,
    operands: Vec<&'a Word>,
}

impl<'a> Call<'a> {
    fn of(command: &'a Command) -> Option<Self> {
        // Nearly every command is none of these, so its operands are not gathered before that is known.
        let mut ecosystem = match command.program()? {
            "npm" => Ecosystem::Npm,
            "yarn" | "yarnpkg" => Ecosystem::Yarn,
            "pnpm" => Ecosystem::Pnpm,
            "bun" => Ecosystem::Bun,
            "poetry" => Ecosystem::Poetry,
            "uv" => Ecosystem::Uv,
            "pipenv" => Ecosystem::Pipenv,
            "bundle" | "bundler" | "gem" => Ecosystem::Bundler,
            "composer" | "composer.phar" => Ecosystem::Composer,
            "go" => Ecosystem::Go,
            "cargo" => Ecosystem::Cargo,
            "mvn" | "mvnw" => Ecosystem::Maven,
            "gradle" | "gradlew" => Ecosystem::Gradle,
            "dotnet" => Ecosystem::Dotnet,
            "mix" => Ecosystem::Mix,
            program if is_pip(program) => Ecosystem::Pip,
            _ => return None,
        };
        let mut operands = command.operands();
        let is_of_uv = ecosystem == Ecosystem::Uv && operands.first().is_some_and(|word| word.is("pip"));
        // `cargo +nightly fetch` names a toolchain first.
        let names_toolchain =
            ecosystem == Ecosystem::Cargo && operands.first().is_some_and(|word| word.shown().starts_with('+'));
        if is_of_uv {
            ecosystem = Ecosystem::Pip;
        }
        if is_of_uv || names_toolchain {
            operands.remove(0);
        }
        Some(Call { ecosystem, operands })
    }

    fn starts_with(&self, words: &str) -> bool {
        let mut operands = self.operands.iter();
        words_of(words).all(|word| operands.next().is_some_and(|operand| operand.is(word)))
    }

    fn names_any(&self, goals: &str) -> bool {
        self.operands.iter().filter_map(|word| word.known()).any(|goal| goal.is_one_of(goals))
    }
}

#[cfg(test)]
mod tests {
    use super::{Ecosystem, language_install, manifest_install};
    use crate::shell::{Command, Dialect, parse};

    fn command(text: &str) -> Command {
        parse(text, 0.into(), Dialect::Posix).commands.remove(0)
    }

    #[test]
    fn installs_from_a_manifest_are_recognised() {
        for (text, ecosystem, named) in [
            ("npm ci --omit=dev", Ecosystem::Npm, vec![]),
            ("npm --prefix web install", Ecosystem::Npm, vec![]),
            ("npm i --omit dev", Ecosystem::Npm, vec![]),
            ("yarn", Ecosystem::Yarn, vec![]),
            ("yarn --frozen-lockfile", Ecosystem::Yarn, vec![]),
            ("yarn install --cache-folder x", Ecosystem::Yarn, vec![]),
            ("pnpm i --frozen-lockfile", Ecosystem::Pnpm, vec![]),
            ("bun install", Ecosystem::Bun, vec![]),
            ("pip install --no-cache-dir -r requirements.txt", Ecosystem::Pip, vec!["requirements.txt"]),
            ("pip3.12 install -ra.txt -r b.txt", Ecosystem::Pip, vec!["a.txt", "b.txt"]),
            ("python3 -m pip install --requirement=a.txt", Ecosystem::Pip, vec!["a.txt"]),
            ("uv pip install --system -r a.txt", Ecosystem::Pip, vec!["a.txt"]),
            ("pip install -r $FILE", Ecosystem::Pip, vec![]),
            ("uv sync --frozen", Ecosystem::Uv, vec![]),
            ("poetry install --no-root", Ecosystem::Poetry, vec![]),
            ("pipenv sync", Ecosystem::Pipenv, vec![]),
            ("bundle", Ecosystem::Bundler, vec![]),
            ("bundle install --jobs 4", Ecosystem::Bundler, vec![]),
            ("composer install --no-dev", Ecosystem::Composer, vec![]),
            ("go mod download", Ecosystem::Go, vec![]),
            ("cargo chef cook --release", Ecosystem::Cargo, vec![]),
            ("./mvnw -B dependency:go-offline", Ecosystem::Maven, vec![]),
            ("./gradlew dependencies", Ecosystem::Gradle, vec![]),
            ("dotnet restore app.csproj", Ecosystem::Dotnet, vec![]),
            ("mix deps.get --only prod", Ecosystem::Mix, vec![]),
        ] {
            let command = command(text);
            let found = manifest_install(&command).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.ecosystem, found.named), (ecosystem, named), "{text}");
        }
    }

    #[test]
    fn other_commands_are_no_installs_from_a_manifest() {
        for text in [
            "npm install -g yarn",
            "npm i express",
            "npm run ci",
            "yarn build",
            "yarn --version",
            "pip install flask",
            "pip install .",
            "gem install rails",
            "gem",
            "go mod tidy",
            "cargo build",
            "mvn package",
            "bundle exec rake",
            "poetry run x",
            "uv run x",
            "pipenv install flask",
            "python -m venv x",
            "echo npm ci",
        ] {
            assert_eq!(manifest_install(&command(text)), None, "{text}");
        }
    }

    #[test]
    fn packages_named_in_the_command_are_found() {
        for (text, packages) in [
            ("pip install --no-cache-dir flask==3.1 'gunicorn<24'", vec!["flask==3.1", "gunicorn<24"]),
            ("python -m pip install -i https://e.org flask", vec!["flask"]),
            ("npm install -g yarn@1", vec!["yarn@1"]),
            ("yarn global add serve", vec!["serve"]),
            ("gem install bundler -v 2.5", vec!["bundler"]),
            ("go install golang.org/x/tools/gopls@latest", vec!["golang.org/x/tools/gopls@latest"]),
            ("cargo install --locked cargo-chef", vec!["cargo-chef"]),
            ("uv tool install ruff", vec!["ruff"]),
        ] {
            let command = command(text);
            let found = language_install(&command).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.packages.iter().map(|word| word.shown()).collect::<Vec<_>>(), packages, "{text}");
        }
        for text in [
            "pip install .",
            "pip install -e .[dev]",
            "pip install -r a.txt",
            "npm ci",
            "go install ./cmd/x",
            "bundle install",
        ] {
            assert_eq!(language_install(&command(text)), None, "{text}");
        }
    }
}
