//! Archives: their names, and the commands that unpack or install them.

use super::manager::install;
use crate::shell::{Command, Word};
use crate::table::Listed;

/// Endings that tell of a tar archive, which `ADD` unpacks.
const TAR: &str = ".tar .tar.gz .tgz .tar.bz2 .tbz .tbz2 .tb2 .tar.xz .txz .tar.zst .tar.lz .tlz .tar.lzma";
/// Endings of other files that hold something packed.
const PACKED: &str = ".Z .bz2 .gz .lz .lzma .tZ .tpz .xz .zip";
const PACKAGES: &str = ".deb .rpm";

/// Whether a name is that of a tar archive.
pub fn is_tar(name: &str) -> bool {
    name.ends_with_any(TAR)
}

/// Whether `ADD` may unpack a file of this name.
pub fn is_unpacked(name: &str) -> bool {
    is_tar(name) || name.ends_with_any(".gz .bz2 .xz .zst .tzst")
}

/// Whether a name is that of an archive, or of a single file that is compressed.
pub fn is_packed(name: &str) -> bool {
    is_tar(name) || name.ends_with_any(PACKED)
}

/// Whether a name is that of something which is unpacked or installed, and of no use afterwards.
pub fn is_archive(name: &str) -> bool {
    is_packed(name) || name.ends_with_any(PACKAGES)
}

/// Whether a command is a tar that extracts.
pub fn extracts_tar(command: &Command) -> bool {
    let Some(first) = command.arguments().first() else { return false };
    let has_x = |word: &Word| {
        let shown = word.shown();
        shown.starts_with('-') && !shown.starts_with("--") && shown.contains('x')
    };
    command.is_one_of("tar bsdtar gtar")
        && (command.has_any_flag("--extract --get")
            || command.arguments().iter().any(has_x)
            || !first.is_flag() && first.shown().contains('x') && first.shown().len() < 8)
}

/// Whether a command unpacks a compressed file that is no tar archive.
pub fn decompresses(command: &Command) -> bool {
    command.is_one_of("unzip gunzip bunzip2 unlzma unxz zgz uncompress zcat gzcat")
}

/// Whether a command unpacks or installs files that it names and that stay behind.
pub fn uses_up(command: &Command) -> bool {
    extracts_tar(command)
        || command.is_one_of("unzip")
        || command.is_one_of("dpkg") && command.has_any_flag("-i --install")
        || command.is_one_of("rpm") && command.has_any_flag("-i -U --install --upgrade")
        || install(command).is_some()
}
