//! Whether the packages of languages are installed in a version that the command names.

use super::pin::Pin;
use crate::shell::{Command, Word, is_pip};
use crate::table::{Listed, words_of};
use layerwise_syntax::list::IntoList;

/// How a tool installs packages by name.
struct Grammar {
    programs: &'static str,
    verbs: &'static [&'static str],
    /// Flags that say which version, or that what is installed lies in the build.
    settles: &'static str,
    /// Flags that take the next word, beyond those that the shell module knows.
    values: &'static str,
    /// Whether only the first word behind the verb is a package.
    has_one: bool,
    kind: PinKind,
    pin: fn(&str) -> Pin,
}

/// Which habit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinKind {
    /// pip and its kin.
    Pip,
    /// npm.
    Npm,
    /// RubyGems.
    Gem,
    /// Go modules.
    Go,
    /// Other tools.
    Other,
}

const GRAMMARS: [Grammar; 15] = [
    Grammar {
        programs: "pip pipx",
        verbs: &["install"],
        settles: "-r --requirement -c --constraint",
        values: "--python-version -b --build",
        has_one: false,
        kind: PinKind::Pip,
        pin: pip_pin,
    },
    Grammar {
        programs: "uv",
        verbs: &["pip install", "tool install"],
        settles: "-r --requirement --requirements -c --constraint --constraints",
        values: "--python-version --torch-backend",
        has_one: false,
        kind: PinKind::Pip,
        pin: pip_pin,
    },
    Grammar {
        programs: "npm",
        verbs: &["install", "i", "add"],
        settles: "",
        values: "",
        has_one: false,
        kind: PinKind::Npm,
        pin: npm_pin,
    },
    Grammar {
        programs: "gem",
        verbs: &["install", "i"],
        settles: "-v --version",
        values: "",
        has_one: false,
        kind: PinKind::Gem,
        pin: gem_pin,
    },
    Grammar {
        programs: "go",
        verbs: &["install", "get"],
        settles: "",
        values: "",
        has_one: false,
        kind: PinKind::Go,
        pin: go_pin,
    },
    Grammar { programs: "go", verbs: &["run"], settles: "", values: "", has_one: true, kind: PinKind::Go, pin: go_pin },
    Grammar {
        programs: "pnpm yarn bun",
        verbs: &["add", "global add"],
        settles: "--workspace",
        values: "",
        has_one: false,
        kind: PinKind::Other,
        pin: npm_pin,
    },
    Grammar {
        programs: "corepack",
        verbs: &["prepare", "use", "install"],
        settles: "",
        values: "",
        has_one: false,
        kind: PinKind::Other,
        pin: npm_pin,
    },
    Grammar {
        programs: "cargo",
        verbs: &["install", "binstall"],
        settles: "--version --vers --path --git",
        values: "",
        has_one: false,
        kind: PinKind::Other,
        pin: at_pin,
    },
    Grammar {
        programs: "dotnet",
        verbs: &["tool install"],
        settles: "--version --add-source --tool-manifest",
        values: "--tool-path --version",
        has_one: false,
        kind: PinKind::Other,
        pin: at_pin,
    },
    Grammar {
        programs: "composer",
        verbs: &["global require"],
        settles: "",
        values: "",
        has_one: false,
        kind: PinKind::Other,
        pin: composer_pin,
    },
    Grammar {
        programs: "conda mamba micromamba",
        verbs: &["install"],
        settles: "--file -f --revision --update-all --all",
        values: "-c --channel -n --name -p --prefix --file -f -r --root-prefix --solver",
        has_one: false,
        kind: PinKind::Other,
        pin: conda_pin,
    },
    Grammar {
        programs: "pecl",
        verbs: &["install"],
        settles: "",
        values: "-D --configureoptions",
        has_one: false,
        kind: PinKind::Other,
        pin: pecl_pin,
    },
    Grammar {
        programs: "cpanm",
        verbs: &[""],
        settles: "--installdeps --cpanfile --self-upgrade --version",
        values: "-L -l -M --from --mirror --local-lib --local-lib-contained",
        has_one: false,
        kind: PinKind::Other,
        pin: at_pin,
    },
    Grammar {
        programs: "uvx",
        verbs: &[""],
        settles: "--from --version",
        values: "-p --python --with --index-url",
        has_one: true,
        kind: PinKind::Other,
        pin: uvx_pin,
    },
];

/// Packages that a command installs by name, with what their words say about versions.
#[derive(Debug)]
pub struct LanguagePins<'a> {
    /// Which habit it is.
    pub kind: PinKind,
    /// The words with what they say.
    pub words: Vec<(&'a Word, Pin)>,
}

impl<'a> LanguagePins<'a> {
    /// The words that say this.
    pub fn that_are(&self, wanted: Pin) -> Vec<&'a Word> {
        self.words.iter().filter(|(_, pin)| *pin == wanted).map(|(word, _)| *word).into_list()
    }
}

/// Reads a command that installs packages of a language by name.
pub fn language_pins(command: &Command) -> Option<LanguagePins<'_>> {
    let program = command.program()?;
    let program = if is_pip(program) { "pip" } else { program };
    for grammar in &GRAMMARS {
        if !program.is_one_of(grammar.programs) {
            continue;
        }
        let Some(verb) = grammar.verbs.iter().find(|verb| command.starts_with(verb)) else { continue };
        let operands = command.operands();
        if command.has_any_flag(grammar.settles)
            || grammar.kind == PinKind::Pip && command.arguments().iter().any(|word| word.is("."))
        {
            return None;
        }
        let most = if grammar.has_one { 1 } else { usize::MAX };
        let mut words = Vec::new();
        for word in packages(command, grammar, operands.get(words_of(verb).count()..).unwrap_or_default())
            .into_iter()
            .take(most)
        {
            let pin = match (grammar.pin)(word.shown()) {
                Pin::Named => Pin::Named,
                // `xargs -I{}` puts something else there.
                _ if word.shown().contains("{}") => Pin::Unsure,
                _ if word.text.is_none() || word.has_variable() => Pin::Unsure,
                pin => pin,
            };
            words.push((word, pin));
        }
        return Some(LanguagePins { kind: grammar.kind, words });
    }
    None
}

/// The operands that are packages: no values of flags, and for gem nothing behind `--`, where flags for a compiler stand.
fn packages<'a>(command: &'a Command, grammar: &Grammar, operands: &[&'a Word]) -> Vec<&'a Word> {
    let mut operands = operands.iter().copied().peekable();
    let mut found = Vec::new();
    let mut before: Option<&Word> = None;
    for word in command.arguments() {
        if grammar.kind == PinKind::Gem && word.is("--") {
            break;
        }
        let is_value = before.is_some_and(|before| before.is_one_of(grammar.values));
        if operands.next_if(|operand| operand.range == word.range).is_some() && !is_value {
            found.push(word);
        }
        before = Some(word);
    }
    found
}

/// A path of the build and the like, which has no version.
fn is_local(word: &str) -> bool {
    word.starts_with(['.', '/', '~']) || word.starts_with("file:")
}

fn pip_pin(word: &str) -> Pin {
    let is_repository = word.starts_with_any("git hg svn bzr");
    let address = word.split('#').next().unwrap_or_default();
    if is_repository && address.rsplit_once('@').is_some_and(|(_, version)| is_branch(version)) {
        return Pin::Moving;
    }
    // What GitHub packs of a branch: `…/archive/refs/heads/main.zip`.
    let packed =
        address.rsplit_once('/').filter(|(folder, _)| folder.contains("github.com/") && folder.contains("/archive"));
    // Behind `#` stands the hash of what it is to be.
    if !word.contains('#')
        && packed.is_some_and(|(_, file)| is_branch(file.trim_end_matches(".zip").trim_end_matches(".tar.gz")))
    {
        return Pin::Moving;
    }
    let is_named = word.contains_any("== ~= != > <")
        || word.ends_with(".whl")
        || word.ends_with(".tar.gz")
        || if is_repository { word.contains('@') } else { word.contains('/') };
    match is_named {
        true => Pin::Named,
        false if word.starts_with('.') || word.ends_with(".zip") => Pin::Unsure,
        false => Pin::Open,
    }
}

/// Whether what stands for a version behind an address is the name of a branch.
fn is_branch(version: &str) -> bool {
    version.is_one_of("HEAD develop main master trunk")
}

fn npm_pin(word: &str) -> Pin {
    if word.starts_with_any("git:// git+ssh:// git+http:// git+https://") {
        if word.split_once('#').is_some_and(|(_, version)| is_branch(version)) {
            return Pin::Moving;
        }
        return if word.contains('#') { Pin::Named } else { Pin::Open };
    }
    let is_archive = word.ends_with_any(".tar .tar.gz .tgz");
    let is_folder = word.starts_with_any("/ ./ ../ ~/");
    if is_archive || is_folder {
        return Pin::Named;
    }
    if is_local(word) || word.contains("://") || word.contains('#') {
        return Pin::Unsure;
    }
    at_pin(word)
}

/// `name@version`, `@scope/name@version`.
fn at_pin(word: &str) -> Pin {
    let name = match word.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').map_or("", |(_, name)| name),
        None => word,
    };
    match name.split_once('@') {
        Some((_, "latest" | "next" | "canary" | "beta" | "*")) => Pin::Moving,
        Some(_) => Pin::Named,
        None if is_local(word) || word.contains("://") => Pin::Unsure,
        None => Pin::Open,
    }
}

fn gem_pin(word: &str) -> Pin {
    match word.contains(':') {
        true => Pin::Named,
        false if is_local(word) || word.ends_with(".gem") => Pin::Unsure,
        false => Pin::Open,
    }
}

fn go_pin(word: &str) -> Pin {
    let is_moving = word.ends_with("@latest") || word.ends_with("@none");
    if word.starts_with(['.', '/']) || word == "tool" || word.contains('@') && !is_moving {
        return Pin::Named;
    }
    // Packages of the standard library and of the module itself have no host in front.
    let is_remote = word.split('/').next().is_some_and(|host| host.contains('.')) && !word.ends_with(".go");
    if is_remote { Pin::Open } else { Pin::Unsure }
}

fn composer_pin(word: &str) -> Pin {
    if word.contains([':', '=']) { Pin::Named } else { Pin::Open }
}

fn conda_pin(word: &str) -> Pin {
    match word.contains(['=', '<', '>']) {
        true => Pin::Named,
        false if word.contains(['/', ' ', '$']) => Pin::Unsure,
        false => Pin::Open,
    }
}

fn pecl_pin(word: &str) -> Pin {
    match word.contains('-') {
        true => Pin::Named,
        false if word.contains(['/', '.']) => Pin::Unsure,
        false => Pin::Open,
    }
}

fn uvx_pin(word: &str) -> Pin {
    match at_pin(word) {
        Pin::Open => pip_pin(word),
        pin => pin,
    }
}

#[cfg(test)]
mod tests {
    use super::language_pins;
    use crate::shell::{Dialect, parse};

    #[test]
    fn versions_are_found_in_the_way_of_each_tool() {
        for (text, pins) in [
            (
                "pip install flask 'a==1' 'b>=2' git+https://e.org/x git+https://e.org/x@v1 ./x a.whl $X .[dev]",
                "ONNONNNUU",
            ),
            ("pip install flask -r a.txt", ""),
            ("pip install -e . flask", ""),
            ("python3 -m pip install --timeout 5 flask", "O"),
            ("uv pip install flask", "O"),
            ("npm install -g yarn@1 @a/b @a/b@2 npm@latest ./x.tgz $X . u/r#v1", "NONMNUUU"),
            ("gem install rails bundler:2 a.gem", "ONU"),
            ("gem install rails -v 8", ""),
            ("gem install nokogiri:1 -- --with-xml x", "N"),
            ("go install example.org/a example.org/b@v1 example.org/c@latest ./cmd/x std", "ONONU"),
            ("go run main.go x y", "U"),
            ("yarn global add serve", "O"),
            ("cargo install --locked cargo-chef ripgrep@14", "ON"),
            ("cargo install --version 1 cargo-chef", ""),
            ("conda install -y -c conda-forge numpy python=3.13", "ON"),
            ("pecl install redis xdebug-3.4.0", "ON"),
            ("dotnet tool install --tool-path /tools dotnet-ef", "O"),
            ("npm ci", ""),
            ("uvx ruff check", "O"),
        ] {
            let command = parse(text, 0.into(), Dialect::Posix).commands.remove(0);
            let words = language_pins(&command).map(|pins| pins.words).unwrap_or_default();
            let found: String = words.iter().map(|(_, pin)| pin.letter()).collect();
            assert_eq!(found, pins, "{text}");
        }
    }
}
