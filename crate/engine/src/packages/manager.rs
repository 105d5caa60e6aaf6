//! The package managers of operating systems.

use crate::shell::{Command, PACKAGE_MANAGERS, Word};
use crate::table::{Listed, words_of};
use layerwise_syntax::TextRange;
use layerwise_syntax::list::IntoList;

/// A package manager of an operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Manager {
    /// Debian and Ubuntu.
    Apt,
    /// Alpine and Wolfi.
    Apk,
    /// Fedora, and Red Hat's since 8; `microdnf` and `tdnf` too.
    Dnf,
    /// Red Hat's before 8.
    Yum,
    /// SUSE.
    Zypper,
    /// Arch.
    Pacman,
}

/// How a manager is spoken to. A verb of two words is two operands, as in `dnf group install`.
pub(super) struct Grammar {
    pub manager: Manager,
    programs: &'static str,
    install: &'static [&'static str],
    refresh: &'static [&'static str],
    upgrade: &'static [&'static str],
    remove: &'static [&'static str],
}

/// `pacman` is not in here: its verbs are flags.
const GRAMMARS: [Grammar; 5] = [
    Grammar {
        manager: Manager::Apt,
        programs: "apt-get apt aptitude",
        install: &["install", "reinstall", "build-dep"],
        refresh: &["update"],
        upgrade: &["upgrade", "safe-upgrade", "dist-upgrade", "full-upgrade"],
        remove: &["remove", "purge", "autoremove"],
    },
    Grammar {
        manager: Manager::Apk,
        programs: "apk",
        install: &["add"],
        refresh: &["update"],
        upgrade: &["upgrade"],
        remove: &["del"],
    },
    Grammar {
        manager: Manager::Dnf,
        programs: "dnf dnf5 microdnf tdnf",
        install: &[
            "install",
            "in",
            "reinstall",
            "rei",
            "groupinstall",
            "localinstall",
            "module install",
            "group install",
        ],
        refresh: &["makecache", "check-update"],
        upgrade: &["upgrade", "up", "update", "upgrade-minimal", "up-min", "distro-sync"],
        remove: &["remove", "rm", "erase", "autoremove"],
    },
    Grammar {
        manager: Manager::Yum,
        programs: "yum",
        install: &["install", "reinstall", "groupinstall", "localinstall", "module install", "group install"],
        refresh: &["makecache", "check-update"],
        upgrade: &["upgrade", "update", "distro-sync"],
        remove: &["remove", "erase", "autoremove"],
    },
    Grammar {
        manager: Manager::Zypper,
        programs: "zypper",
        install: &["install", "in", "source-install", "si"],
        refresh: &["refresh", "ref"],
        upgrade: &["update", "up", "patch", "dist-upgrade", "dup"],
        remove: &["remove", "rm"],
    },
];

impl Manager {
    /// All of them.
    pub const ALL: [Manager; 6] =
        [Manager::Apt, Manager::Apk, Manager::Dnf, Manager::Yum, Manager::Zypper, Manager::Pacman];

    /// The word that the codes of other tools have for it.
    pub fn code_word(self) -> &'static str {
        match self {
            Manager::Apt => "apt",
            Manager::Apk => "apk",
            Manager::Dnf => "dnf",
            Manager::Yum => "yum",
            Manager::Zypper => "zypper",
            Manager::Pacman => "pacman",
        }
    }

    /// The flags with which it asks no questions.
    pub fn yes_flags(self) -> &'static str {
        match self {
            Manager::Apt => "-y --yes --assume-yes -qq",
            Manager::Apk => "",
            Manager::Dnf | Manager::Yum => "-y --assumeyes",
            Manager::Zypper => "-n --non-interactive -y --no-confirm",
            Manager::Pacman => "--noconfirm",
        }
    }

    /// The directories that it fills with what only it needs.
    pub fn caches(self) -> &'static str {
        match self {
            Manager::Apt => "/var/lib/apt/lists /var/cache/apt",
            Manager::Apk => "/var/cache/apk /etc/apk/cache",
            Manager::Dnf => "/var/cache/dnf /var/cache/libdnf5 /var/cache/yum /var/cache/tdnf",
            Manager::Yum => "/var/cache/yum /var/cache/dnf",
            Manager::Zypper => "/var/cache/zypp",
            Manager::Pacman => "/var/cache/pacman/pkg",
        }
    }

    /// The directories of which any is the one that it fills in an image; which one depends on its version. Of apt this is the index:
    /// Docker's settings keep no archives.
    pub fn download_directories(self) -> &'static str {
        match self {
            Manager::Apt => "/var/lib/apt/lists",
            Manager::Yum => Manager::Dnf.caches(),
            other => other.caches(),
        }
    }
}

/// A command that installs packages of the operating system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Install<'a> {
    /// The manager that installs.
    pub manager: Manager,
    /// The word that says so: `install`, `add`, `-Sy`. A flag may be inserted behind it.
    pub verb: &'a Word,
    /// The packages as written: names with or without version, files, words that only the shell can expand.
    pub packages: Vec<&'a Word>,
}

impl Install<'_> {
    /// Whether all that it installs are package files that lie on disk, so that no index is needed.
    pub fn is_local(&self) -> bool {
        !self.packages.is_empty() && self.packages.iter().all(|package| is_package_file(package))
    }
}

fn is_package_file(word: &Word) -> bool {
    let shown = word.shown();
    let is_path = shown.starts_with(['/', '.', '~']) || shown.contains('/') && !shown.contains("://");
    is_path && shown.ends_with_any(".deb .apk .rpm .pkg.tar .zst .xz")
}

/// A manager's program with the verb that it is given, as in `apt-get -y install` or `dnf module install`: where they stand, and how
/// people say it.
pub fn spoken(command: &Command) -> Option<(TextRange, String)> {
    let program = command.words.first()?;
    let is_operation = |word: &&Word| word.shown().starts_with_any("-S -R -U");
    let mut verbs = command.operands();
    match command.program()? {
        "pacman" => verbs = command.arguments().iter().filter(is_operation).take(1).into_list(),
        _ if command.is_one_of("dnf yum")
            && verbs.first().is_some_and(|verb| verb.is("module") || verb.is("group")) =>
        {
            verbs.truncate(2)
        }
        _ => verbs.truncate(1),
    }
    let name = verbs.iter().fold(command.program()?.to_owned(), |name, verb| format!("{name} {}", verb.shown()));
    Some((verbs.last().map_or(program.range, |verb| program.range.cover(verb.range)), name))
}

/// A package without what says which version or which extras of it: `su-exec` of `su-exec>=0.2`, `curl` of `curl=8.0` and `curl@edge`, `uvicorn`
/// of `uvicorn[standard]!=0.30`.
pub fn package_name(package: &str) -> &str {
    package.split(['=', '<', '>', '~', '@', '!', '[', ' ']).next().unwrap_or(package)
}

/// A program with its first operand, as in `npm ci`, or the first two, as in `go mod tidy`: where they stand when nothing is between them, and
/// how people say it. Of a program that is given flags first, or nothing, it is the program alone.
pub fn spoken_call(command: &Command) -> (TextRange, String) {
    let name = command.program().unwrap_or_default();
    let program = command.words.first().map_or(command.range, |program| program.range);
    let mut verbs = command.arguments().iter().take_while(|word| !word.is_flag());
    match (verbs.next(), verbs.next()) {
        (Some(group), Some(verb)) if group.is("mod") => {
            (program.cover(verb.range), format!("{name} {} {}", group.shown(), verb.shown()))
        }
        (Some(verb), _) => (program.cover(verb.range), format!("{name} {}", verb.shown())),
        _ => (program, name.to_owned()),
    }
}

/// Where a program and its arguments stand, without what is set before them and redirected behind them.
pub fn call_range(command: &Command) -> TextRange {
    match (command.words.first(), command.words.last()) {
        (Some(first), Some(last)) => first.range.cover(last.range),
        _ => command.range,
    }
}

/// The manager that a command speaks to.
pub fn manager(command: &Command) -> Option<Manager> {
    match managing(command)? {
        "pacman" => Some(Manager::Pacman),
        program => grammar(program).map(|grammar| grammar.manager),
    }
}

/// The program of a command, if it is a package manager. Nearly every rule asks this of every command.
fn managing(command: &Command) -> Option<&str> {
    if command.is_package_manager() { command.program() } else { None }
}

/// Reads a command that installs. Also one that names no packages, as `apt-get install -f` may.
pub fn install(command: &Command) -> Option<Install<'_>> {
    let program = managing(command)?;
    if program == "pacman" {
        return pacman_install(command);
    }
    let grammar = grammar(program)?;
    let mut packages = command.operands();
    let verb = words_of(grammar.install.iter().find(|verb| command.starts_with(verb))?).count();
    let rest = packages.split_off(verb.min(packages.len()));
    Some(Install { manager: grammar.manager, verb: packages.pop()?, packages: rest })
}

/// The manager whose package index a command fetches anew and does nothing else.
pub fn refreshes_index(command: &Command) -> Option<Manager> {
    if managing(command)? == "pacman" {
        let operation = pacman_sync(command)?.shown().to_owned();
        let is_alone = command.operands().is_empty() && !operation.contains('u');
        return (operation.contains('y') && is_alone).then_some(Manager::Pacman);
    }
    speaks(command, |grammar| grammar.refresh)
}

/// The manager with which a command upgrades what is installed.
pub fn upgrades(command: &Command) -> Option<Manager> {
    if managing(command)? == "pacman" {
        return pacman_sync(command)?.shown().contains('u').then_some(Manager::Pacman);
    }
    speaks(command, |grammar| grammar.upgrade)
}

/// A command that upgrades everything that is installed, as against packages that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlanketUpgrade {
    /// The manager that upgrades.
    pub manager: Manager,
    /// Whether it may also remove packages, or cross to another release.
    pub may_change_release: bool,
}

/// Reads a command that upgrades everything. What it only tries, or does below another root, is none.
pub fn blanket_upgrade(command: &Command) -> Option<BlanketUpgrade> {
    const ELSEWHERE: &str = "-s --simulate --just-print --dry-run --assumeno --download-only --root --installroot";
    const RELEASE: &str = "dist-upgrade full-upgrade distro-sync dup";
    let manager = upgrades(command)?;
    let operands = command.operands();
    let verb = operands.first().and_then(|verb| verb.known()).unwrap_or_default();
    let names_packages = operands.len() > usize::from(manager != Manager::Pacman);
    (!names_packages && !command.has_any_flag(ELSEWHERE))
        .then_some(BlanketUpgrade { manager, may_change_release: verb.is_one_of(RELEASE) })
}

/// The manager with which a command removes packages.
pub fn removes(command: &Command) -> Option<Manager> {
    if managing(command)? == "pacman" {
        let is_removal = |word: &Word| word.is("--remove") || word.shown().starts_with("-R");
        return command.arguments().iter().any(is_removal).then_some(Manager::Pacman);
    }
    speaks(command, |grammar| grammar.remove)
}

pub(super) fn grammar(program: &str) -> Option<&'static Grammar> {
    // Every word of some texts is asked, and one table is sooner gone through than five.
    if !program.is_one_of(PACKAGE_MANAGERS) {
        return None;
    }
    GRAMMARS.iter().find(|grammar| program.is_one_of(grammar.programs))
}

fn speaks(command: &Command, verbs: impl Fn(&Grammar) -> &'static [&'static str]) -> Option<Manager> {
    let grammar = grammar(managing(command)?)?;
    verbs(grammar).iter().any(|verb| command.starts_with(verb)).then_some(grammar.manager)
}

/// The `-S…` of a pacman that installs or refreshes, as against one that searches, lists, prints or cleans.
fn pacman_sync(command: &Command) -> Option<&Word> {
    command.arguments().iter().find(|word| {
        word.is("--sync")
            || word.shown().strip_prefix("-S").is_some_and(|letters| !letters.contains(['s', 'i', 'l', 'g', 'c', 'p']))
    })
}

fn pacman_install(command: &Command) -> Option<Install<'_>> {
    let verb = pacman_sync(command)?;
    let packages = command.operands();
    (!packages.is_empty()).then_some(Install { manager: Manager::Pacman, verb, packages })
}

#[cfg(test)]
mod tests {
    use super::{GRAMMARS, Manager, blanket_upgrade, install, refreshes_index, removes, upgrades};
    use crate::shell::{Command, Dialect, PACKAGE_MANAGERS, parse};
    use crate::table::words_of;

    fn command(text: &str) -> Command {
        parse(text, 0.into(), Dialect::Posix).commands.remove(0)
    }

    #[test]
    fn every_manager_is_known_to_the_shell_reader() {
        let mut programs: Vec<_> =
            GRAMMARS.iter().flat_map(|grammar| words_of(grammar.programs)).chain(["pacman"]).collect();
        programs.sort_unstable();
        assert_eq!(programs.join(" "), PACKAGE_MANAGERS);
        for program in programs {
            assert!(command(program).is_package_manager(), "{program}");
        }
        assert!(!command("apt-cache").is_package_manager());
    }

    #[test]
    fn packages_are_told_from_verbs_flags_and_values() {
        for (text, manager, verb, packages) in [
            (
                "apt-get install -y --no-install-recommends curl git=1.2",
                Manager::Apt,
                "install",
                vec!["curl", "git=1.2"],
            ),
            ("apt-get -qq -o Dpkg::Use-Pty=0 install -t unstable curl", Manager::Apt, "install", vec!["curl"]),
            ("apt install -yt bookworm-backports $PACKAGES curl", Manager::Apt, "install", vec!["$PACKAGES", "curl"]),
            ("sudo apt-get -f install", Manager::Apt, "install", vec![]),
            ("apk --no-cache add --virtual .deps gcc musl-dev", Manager::Apk, "add", vec!["gcc", "musl-dev"]),
            ("apk add -t .deps -X https://e.org/edge gcc", Manager::Apk, "add", vec!["gcc"]),
            ("dnf -y --enablerepo crb install gcc", Manager::Dnf, "install", vec!["gcc"]),
            ("dnf module install -y nodejs:22", Manager::Dnf, "install", vec!["nodejs:22"]),
            ("yum -y groupinstall 'Development Tools'", Manager::Yum, "groupinstall", vec!["Development Tools"]),
            ("microdnf install --setopt install_weak_deps=0 tar", Manager::Dnf, "install", vec!["tar"]),
            ("zypper -n in -t pattern devel", Manager::Zypper, "in", vec!["devel"]),
            ("pacman -Syu --noconfirm --root /mnt git", Manager::Pacman, "-Syu", vec!["git"]),
        ] {
            let command = command(text);
            let found = install(&command).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.manager, manager, "{text}");
            assert_eq!(found.verb.shown(), verb, "{text}");
            assert_eq!(found.packages.iter().map(|word| word.shown()).collect::<Vec<_>>(), packages, "{text}");
        }
    }

    #[test]
    fn commands_that_install_nothing_are_no_installs() {
        for text in [
            "apt-get update",
            "apt-cache search install",
            "apt-get clean",
            "apk del gcc",
            "dnf module list",
            "pacman -Syu",
            "pacman -Ss git",
            "pacman -Scc",
            "pacman -R git",
            "$APT install curl",
            "echo apt-get install",
            "dnf update curl",
        ] {
            assert_eq!(install(&command(text)), None, "{text}");
        }
    }

    #[test]
    fn index_upgrades_and_removals_are_told_apart() {
        assert_eq!(refreshes_index(&command("apt-get -qq update")), Some(Manager::Apt));
        assert_eq!(refreshes_index(&command("pacman -Sy")), Some(Manager::Pacman));
        assert_eq!(refreshes_index(&command("pacman -Syu")), None);
        assert_eq!(refreshes_index(&command("dnf update -y")), None);
        assert_eq!(upgrades(&command("dnf update -y")), Some(Manager::Dnf));
        assert_eq!(upgrades(&command("pacman -Syu")), Some(Manager::Pacman));
        assert_eq!(removes(&command("apt-get purge -y --auto-remove gcc")), Some(Manager::Apt));
        assert_eq!(removes(&command("pacman -Rns gcc")), Some(Manager::Pacman));
        assert_eq!(removes(&command("apt-get install gcc")), None);
    }

    #[test]
    fn upgrades_of_everything_are_told_from_those_of_some() {
        let changes_release =
            |text| blanket_upgrade(&command(text)).map(|found| (found.manager, found.may_change_release));
        assert_eq!(changes_release("apt-get -qy dist-upgrade"), Some((Manager::Apt, true)));
        assert_eq!(changes_release("apk -U upgrade"), Some((Manager::Apk, false)));
        assert_eq!(changes_release("microdnf update -y --nodocs"), Some((Manager::Dnf, false)));
        assert_eq!(changes_release("pacman -Syu --noconfirm"), Some((Manager::Pacman, false)));
        for text in [
            "apt-get -s upgrade",
            "dnf upgrade -y openssl",
            "apk add -u openssl",
            "pacman -Syu git",
            "yum check-update",
            "dnf --installroot /mnt -y upgrade",
        ] {
            assert_eq!(changes_release(text), None, "{text}");
        }
    }

    #[test]
    fn package_files_need_no_index() {
        let is_local = |text| install(&command(text)).unwrap().is_local();
        assert!(is_local("apt-get install -y ./app.deb /tmp/b.deb"));
        assert!(is_local("apt-get install -y /tmp/*.deb"));
        assert!(!is_local("apt-get install -y ./app.deb curl"));
        assert!(!is_local("dnf install https://e.org/a.rpm"));
        assert!(!is_local("apt-get install curl/stable"));
    }
}
