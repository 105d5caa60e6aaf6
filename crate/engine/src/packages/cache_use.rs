//! Whether somebody uses what package managers keep.

use super::manager::{Manager, manager};
use crate::document::{Document, Step};
use crate::shell::Command;
use crate::table::Listed;

/// Whether a command names one of these folders, or what lies in one, or one that they lie in and that ends with `above`, other than to make or empty
/// it; or a copy takes something out of one.
pub fn is_folder_used(document: &Document<'_>, folders: &str, above: &str) -> bool {
    let names = |text: &str| {
        text.contains_any(folders) && !text.contains(".npmrc") || text.trim_end_matches(['*', '/']).ends_with_any(above)
    };
    let uses =
        |command: &Command| !command.is_one_of("find mkdir rm") && command.words.iter().any(|word| names(word.shown()));
    document.steps().any(|step| step.commands().any(uses) || step.takes(names))
}

/// Whether what a manager has downloaded is used: its folder is, or it is told to download only, to keep what it downloads, or to do with that.
pub fn is_download_used(document: &Document<'_>, of: Manager) -> bool {
    let folders = match of {
        Manager::Apt => of.caches(),
        _ => of.download_directories(),
    };
    let is_told = |command: &Command| {
        let is_short = of == Manager::Apt && command.has_flag("-d");
        let fetches = of == Manager::Pacman
            && command.arguments().iter().any(|word| word.shown().starts_with("-S") && word.shown().contains('w'));
        let is_kept = |value: &&str| value.contains("keepcache=") && !value.ends_with(['0', 'e', 'o']);
        is_short
            || fetches
            || command.has_any_flag("--download-only --downloadonly --downloaddir --download-in-advance --cacheonly")
            || of != Manager::Apk && command.has_flag("-C")
            || command.flag_values("--setopt").iter().any(is_kept)
    };
    let mut commands = document.steps().flat_map(Step::commands).filter(|command| manager(command) == Some(of));
    commands.any(is_told) || is_folder_used(document, folders, "/var/cache/pacman")
}
