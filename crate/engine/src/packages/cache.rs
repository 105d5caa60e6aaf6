//! What package managers leave behind, and what takes it away again.

use super::manager::{Manager, install, manager, refreshes_index, upgrades};
use crate::shell::Command;
use crate::table::words_of;

/// The manager whose cache a command fills: package archives, the index, or both.
pub fn fills_cache(command: &Command) -> Option<Manager> {
    // Below another root the cache lies there.
    const ELSEWHERE: &str = "--root -p --installroot --cachedir --cache-dir";
    let manager = manager(command)?;
    if command.has_any_flag(ELSEWHERE) && manager != Manager::Apt {
        return None;
    }
    match manager {
        // Without an index it installs nothing, so it is the index that fills the cache; archives are deleted by Docker's own settings.
        Manager::Apt => refreshes_index(command),
        Manager::Apk if command.has_flag("--no-cache") => None,
        Manager::Pacman => install(command).map(|install| install.manager).or_else(|| upgrades(command)),
        _ => install(command)
            .map(|install| install.manager)
            .or_else(|| upgrades(command))
            .or_else(|| refreshes_index(command)),
    }
}

/// Whether a command only takes away what an install left behind.
pub fn only_cleans(command: &Command) -> bool {
    let removes_absolute =
        command.is_one_of("rm") && command.operands().iter().all(|word| word.shown().starts_with('/'));
    removes_absolute || empties_tool_cache(command)
}

/// Whether a command has a package tool empty its cache: `npm cache clean`.
pub fn empties_tool_cache(command: &Command) -> bool {
    const TOOLS: &str = "\
    apt-get apt apk bun composer conda dnf go mamba micromamba microdnf npm pip pip3 pnpm poetry uv yarn yum zypper";
    let empties = command.starts_with("cache") || command.starts_with("clean") || command.starts_with("store prune");
    command.is_one_of(TOOLS) && empties
}

/// Whether a command empties the cache that a manager fills.
pub fn clears_cache(command: &Command, of: Manager) -> bool {
    // What a script of that name removes cannot be seen; its author thought of it.
    if command.program().is_some_and(|program| program.contains("clean")) {
        return true;
    }
    let is_own = match (manager(command), of) {
        (Some(Manager::Dnf | Manager::Yum), Manager::Dnf | Manager::Yum) => true,
        (own, of) => own == Some(of),
    };
    let is_command = is_own
        && match of {
            Manager::Apt => command.starts_with("distclean") || command.starts_with("dist-clean"),
            Manager::Apk => command.starts_with("cache clean") || command.starts_with("cache purge"),
            Manager::Dnf | Manager::Yum => command.starts_with("clean all"),
            Manager::Zypper => command.starts_with("clean") || command.starts_with("cc"),
            Manager::Pacman => {
                let cleans =
                    |shown: &str| shown.starts_with("-S") && shown.chars().filter(|letter| *letter == 'c').count() >= 2;
                command.arguments().iter().any(|word| cleans(word.shown()))
            }
        };
    is_command || words_of(of.download_directories()).any(|directory| command.empties(directory))
}
