//! Which arguments are flags, which are values of flags, and which are operands.

use super::word::Word;
use crate::table::{Listed, words_of};

/// What an argument is to its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An option, with or without an attached value.
    Flag,
    /// The value of the option before it.
    Value,
    /// Anything else: a subcommand, a package, a file.
    Operand,
}

/// Programs that manage packages of operating systems, in the order of the alphabet.
pub(crate) const PACKAGE_MANAGERS: &str = "apk apt apt-get aptitude dnf dnf5 microdnf pacman tdnf yum zypper";

/// Whether a program manages packages of an operating system.
pub(super) fn is_package_manager(program: &str) -> bool {
    program.is_one_of(PACKAGE_MANAGERS)
}

/// The flags of a program that take the next word as their value. Unknown programs have none.
pub(super) fn value_flags(program: &str) -> &'static str {
    match program {
        "apt-get" | "apt" | "aptitude" => {
            "-t --target-release -o --option -c --config-file -a --host-architecture --default-release --solver -P --build-profiles"
        }
        "apk" => {
            "-t --virtual -X --repository -p --root --arch --keys-dir --repositories-file --cache-dir --wait --timeout --cache-max-age --progress-fd"
        }
        "dnf" | "dnf5" | "microdnf" | "tdnf" => {
            "-c --config -x --exclude --excludepkgs --installroot --releasever --repo --repoid --from-repo --enablerepo --disablerepo --setopt --forcearch -d --debuglevel -e --errorlevel --rpmverbosity --advisory --disableplugin --repofrompath --downloaddir --destdir --color --comment"
        }
        "yum" => {
            "-c -d -e -R -x --exclude --installroot --releasever --enablerepo --disablerepo --setopt --downloaddir --disableplugin --color"
        }
        "zypper" => "-r --repo -t --type -R --root --from --download --plus-repo --solver-focus",
        "pacman" => {
            "--root --dbpath --cachedir -r -b --ignore --ignoregroup --overwrite --assume-installed --config --arch --logfile --gpgdir --hookdir --color --sysroot"
        }
        "npm" => "-w --workspace --prefix --registry --cache --loglevel --omit --include --only --userconfig --tag",
        "yarn" => "--cwd --cache-folder --modules-folder --registry --network-timeout --mutex",
        "pnpm" => "-C --dir -F --filter --registry --store-dir --loglevel --reporter",
        "bun" => "--cwd --filter --registry --cache-dir --backend",
        "uv" => {
            "-r --requirement --requirements -c --constraint --constraints -e --editable -p --python -i --index-url --default-index --index --extra-index-url -f --find-links -t --target --prefix --group --extra --package --directory --project --cache-dir --link-mode"
        }
        "poetry" => "-C --directory -P --project -E --extras --with --without --only",
        "pipenv" => "--python -r --requirements --categories -i --index",
        "bundle" | "bundler" => "--gemfile --path --jobs -j --retry --with --without",
        "gem" => "-v --version -i --install-dir -n --bindir -s --source -P --trust-policy",
        "composer" => "-d --working-dir",
        "go" => {
            "-C -o -ldflags -tags -gcflags -asmflags -mod -modfile -p -buildmode -installsuffix -compiler -pkgdir -overlay -toolexec"
        }
        "cargo" => {
            "-p --package --bin --example -F --features --target --target-dir --manifest-path --profile -j --jobs --recipe-path --git --branch --rev --tag --version --vers --path --root --config --color -Z -C"
        }
        // `-D` and `-P` always carry their value; they are named so that `-DskipTests` is not read as `-s`.
        "mvn" | "mvnw" => "-f --file -s --settings -gs -pl -T -P -D -l -rf -t",
        "gradle" | "gradlew" => "-x -p --project-dir -b -c -g -I -D -P --gradle-user-home",
        "dotnet" => {
            "-c --configuration -o --output -r --runtime -f --framework -s --source -v --verbosity -a --arch --os --packages --configfile"
        }
        "make" | "gmake" => "-C --directory -f --file -I -o -W",
        "cmake" => "-B -S -G -D -C -j --target --config --prefix --parallel",
        "ninja" | "meson" => "-C -j -f",
        "useradd" => {
            "-b --base-dir -c --comment -d --home-dir --home -e --expiredate -f --inactive -g --gid -G --groups -k --skel -K --key -p --password -R --root -s --shell -u --uid"
        }
        // Debian's, BusyBox's and, where it is another name of `useradd`, Red Hat's.
        "adduser" => {
            "-c --comment --conf -d --home-dir --firstuid -g -G --gecos --gid --groups -h --home --ingroup -k --lastuid -s --shell -u --uid"
        }
        _ if is_pip(program) => {
            "-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f --find-links -t --target --prefix --root --src --python --platform --abi --implementation --only-binary --no-binary --trusted-host --cache-dir --proxy --timeout --retries --progress-bar --log --use-feature --upgrade-strategy --config-settings --root-user-action"
        }
        _ => "",
    }
}

/// `pip`, `pip3` or `pip3.12`.
pub(crate) fn is_pip(program: &str) -> bool {
    program
        .strip_prefix("pip")
        .is_some_and(|version| version.chars().all(|letter| letter.is_ascii_digit() || letter == '.'))
}

/// The role of each argument.
pub(super) fn roles(arguments: &[Word], value_flags: &str) -> Vec<Role> {
    let mut wants_value = false;
    let mut only_operands = false;
    let mut roles = Vec::with_capacity(arguments.len());
    for word in arguments {
        let role = if wants_value {
            Role::Value
        } else if only_operands || !word.is_flag() {
            Role::Operand
        } else {
            Role::Flag
        };
        wants_value = role == Role::Flag && takes_next(word.shown(), value_flags);
        only_operands |= role == Role::Flag && word.is("--");
        roles.push(role);
    }
    roles
}

/// Whether the argument `text` gives `flag`, alone, with an attached value, or in a cluster of short flags.
pub(super) fn gives(text: &str, flag: &str, value_flags: &str) -> bool {
    if text == flag {
        return true;
    }
    if flag.starts_with("--") {
        return text.strip_prefix(flag).is_some_and(|rest| rest.starts_with('='));
    }
    let mut letters = flag.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some(letter), None) => cluster(text, value_flags).any(|(given, _)| given == letter),
        // `-ldflags=-s`: long names behind one dash, as Go has them.
        _ => text.strip_prefix(flag).is_some_and(|rest| rest.starts_with('=')),
    }
}

/// The value written in the same word as its flag.
pub(super) fn attached_value<'a>(text: &'a str, flag: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(flag).filter(|rest| !rest.is_empty())?;
    Some(rest.strip_prefix('=').unwrap_or(rest))
}

/// Whether the flag in `text` takes the word after it.
pub(crate) fn takes_next(text: &str, value_flags: &str) -> bool {
    if text.is_one_of(value_flags) {
        return true;
    }
    // `-yt unstable`: the last letter of a cluster takes the value, if no letter before it did.
    cluster(text, value_flags).last().is_some_and(|(letter, is_last)| is_last && is_value_flag(letter, value_flags))
}

fn is_value_flag(letter: char, value_flags: &str) -> bool {
    words_of(value_flags).any(|flag| {
        let mut letters = flag.chars();
        (letters.next(), letters.next(), letters.next()) == (Some('-'), Some(letter), None)
    })
}

/// The letters of a cluster such as `-yqq`, each with whether it is the last one. What follows a letter that takes a
/// value is that value and no flag.
fn cluster<'a>(text: &'a str, value_flags: &'a str) -> impl Iterator<Item = (char, bool)> + 'a {
    let letters = text.strip_prefix('-').filter(|rest| !rest.starts_with('-')).unwrap_or_default();
    let mut has_value = false;
    let mut letters = letters.chars().peekable();
    std::iter::from_fn(move || {
        let letter = letters.next().filter(|letter| !has_value && letter.is_ascii_alphabetic())?;
        has_value = is_value_flag(letter, value_flags);
        Some((letter, letters.peek().is_none()))
    })
}
