//! Where things lie in the repository.

use std::env;
use std::path::PathBuf;

/// The repository's root.
pub fn root() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
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
