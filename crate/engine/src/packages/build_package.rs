//! Packages of the operating system that are there for building.

use crate::table::Listed;

const PACKAGES: &str = "\
    build-essential build-base base-devel gcc g++ cpp clang llvm make gmake cmake ninja-build ninja meson autoconf \
    automake libtool pkg-config pkgconf bison flex nasm yasm swig dpkg-dev rpm-build maven gradle ant golang go \
    cargo rustc default-jdk node-gyp";

/// How names of development packages end.
const ENDINGS: &str = "-dev -devel -headers -jdk";

/// Whether a package is one for building: a compiler, a build system, headers.
pub fn is_build_package(name: &str) -> bool {
    // `gcc-14` and `openjdk-21-jdk`, but not `gcc-14-base`.
    let versioned =
        name.rsplit_once('-').filter(|(_, version)| version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    let bare = versioned.map_or(name, |(bare, _)| bare);
    bare.is_one_of(PACKAGES) || name.ends_with_any(ENDINGS) || name.eq_ignore_ascii_case("@development-tools")
}
