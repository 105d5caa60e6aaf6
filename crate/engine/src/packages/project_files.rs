//! Installs that read more of a project than the manifest in the folder where they run.

use crate::shell::{Command, RedirectKind, Word, is_pip};
use crate::table::{Listed, words_of};

/// Variables that tell installs where manifests, constraints and settings lie.
pub const POINTERS: &str = "BUNDLE_GEMFILE COMPOSER GOFLAGS GOWORK NPM_CONFIG_PREFIX NPM_CONFIG_USERCONFIG PIPENV_PIPFILE PIP_CONSTRAINT \
    PIP_FIND_LINKS PIP_REQUIREMENT UV_CONSTRAINT UV_FIND_LINKS UV_PROJECT npm_config_prefix npm_config_userconfig";

/// Whether options, variables in front, redirections or operands of an install name files or folders that may come with the project.
pub fn names_project_files(command: &Command) -> bool {
    let is_elsewhere = |value: &&str| !value.contains("://") && !value.starts_with("/etc/");
    let names_one = |flag: &str| {
        let values = command.flag_values(flag);
        command.has_flag(flag) && (values.is_empty() || values.iter().any(is_elsewhere))
    };
    // `./mvnw`, `bin/bundle`.
    let is_own = command.words.first().is_some_and(|word| word.shown().contains('/') && !word.shown().starts_with('/'));
    is_own
        || words_of(flags(command)).any(names_one)
        || command.flag_values("-o").iter().any(|value| value.starts_with("Dir::"))
        || command.flag_values("--setopt").iter().any(|value| value.contains("reposdir"))
        || command.assignments.iter().any(|assignment| assignment.name.is_one_of(POINTERS))
        || command.redirects.iter().any(|it| matches!(it.kind, RedirectKind::Read | RedirectKind::ReadWrite))
        || command.operands().into_iter().any(|word| is_file(command, word))
}

/// The flags with which a program is told to read elsewhere.
fn flags(command: &Command) -> &'static str {
    match command.program() {
        Some("apk") => "--keys-dir --repositories-file -X --repository",
        Some("apt-get" | "apt" | "aptitude" | "yum" | "dnf" | "microdnf" | "zypper") => "-c --config-file --config",
        Some("npm") => "--prefix -C --userconfig --globalconfig",
        Some("yarn" | "yarnpkg" | "bun") => "--cwd",
        Some("pnpm") => "--dir -C --prefix --userconfig",
        Some("poetry") => "-C --directory -P --project",
        Some("uv") => "--project --directory --config-file -c --constraint -f --find-links -e --editable",
        Some("bundle" | "bundler") => "--gemfile",
        Some("gem") => "-g --file --local -l",
        Some("composer" | "composer.phar") => "-d --working-dir",
        Some("go") => "-C -modfile",
        Some("cargo") => "--manifest-path --config",
        Some("mvn" | "mvnw") => "-f --file -s --settings -gs --global-settings -gt -t",
        Some(program) if is_pip(program) => "-c --constraint --constraints -f --find-links --cert -e --editable",
        _ => "",
    }
}

/// Whether an operand is a file or folder, and no name of a package.
fn is_file(command: &Command, word: &Word) -> bool {
    const PACKED: &str = ".whl .tar.gz .tgz .zip .apk .rpm .deb .gem";
    let text = word.shown();
    let is_path =
        text.starts_with(['.', '/', '~']) || text.ends_with_any(PACKED) || text.contains('/') && takes_paths(command);
    text.contains("file:") || is_path && !text.contains("://")
}

/// Whether a slash in an operand means a folder. To npm it is a repository, and to Go and Composer a package.
fn takes_paths(command: &Command) -> bool {
    command.is_one_of("uv") || command.program().is_some_and(is_pip)
}

#[cfg(test)]
mod tests {
    use super::names_project_files;
    use crate::shell::{Dialect, parse};

    #[test]
    fn installs_that_read_elsewhere_are_told_apart() {
        let names = |text: &str| names_project_files(&parse(text, 0.into(), Dialect::Posix).commands.remove(0));
        for text in [
            "npm ci --prefix web",
            "npm --prefix=web ci",
            "npm ci < answers.txt",
            "./mvnw dependency:go-offline",
            "mvn -s settings.xml dependency:go-offline",
            "npm install -g file:tools/cli",
            "yarn --cwd web install",
            "pnpm -C web install",
            "bundle install --gemfile=config/Gemfile",
            "BUNDLE_GEMFILE=gemfiles/a.gemfile bundle install",
            "composer install -d api",
            "go mod download -modfile=tools/go.mod",
            "cargo fetch --manifest-path api/Cargo.toml",
            "uv sync --project api",
            "poetry -C api install",
            "pip install --no-index -f vendor -r requirements.txt",
            "pip install flask .[dev]",
            "pip install flask libs/shared",
            "pip install flask==3 --editable=.",
            "apk add --keys-dir keys make",
            "apk add --allow-untrusted tool.apk",
            "apt-get -o Dir::Etc::sourcelist=/app/a.list update",
            "dnf install --setopt=reposdir=/app/repos tool",
            "gem install --local foo",
        ] {
            assert!(names(text), "{text}");
        }
        for text in [
            "npm ci --omit=dev",
            "npm install -g @scope/cli serve",
            "NODE_ENV=production npm ci",
            "pip install -r requirements.txt",
            "pip install -f https://example.org/wheels torch",
            "pip install git+https://example.org/a.git",
            "apk add -X https://example.org/edge make",
            "apt-get -o Acquire::Retries=3 install -y make > /dev/null",
            "go install example.org/cmd/a@v1.2.0",
            "composer global require acme/tool",
        ] {
            assert!(!names(text), "{text}");
        }
    }
}
