//! Where things lie in the repository.

use std::env;
use std::path::PathBuf;

/// The repository's root: where it is now, which cargo says to what it runs, because a repository that is moved takes this program along.
pub fn root() -> PathBuf {
    let own =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.ancestors().nth(2).map_or(own.clone(), PathBuf::from)
}

/// The page's sources.
pub fn web() -> PathBuf {
    root().join("web")
}

/// What the build makes for the page, and does not commit.
pub fn generated() -> PathBuf {
    web().join("generated")
}

/// The finished site.
pub fn dist() -> PathBuf {
    web().join("dist")
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}
