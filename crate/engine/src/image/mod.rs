//! Image references, and what is known of images by their names.

mod environment;
mod facts;
mod name;
mod pattern;
mod releases;

pub use environment::{environment, workdir_of};
pub use facts::{
    Libc, OsFamily, is_codename, is_in_library, is_known_root, is_nonroot, is_os, is_self_dropping, is_shell_less,
    is_unversioned, libc, os_family, user_of,
};
pub use name::{ImageName, is_digest};
pub(crate) use pattern::glob;
pub use pattern::matches;
pub use releases::{DATA_AS_OF, newest_lts, newest_release};
