//! Image references, and what is known of images by their names.

mod catalog;
mod early;
mod environment;
mod facts;
mod known;
mod lifecycle;
mod name;
mod pattern;
mod releases;
mod retired;
mod smaller;
mod support;

pub use catalog::{Build, Entry, data_as_of, repositories, tag_of};
pub use early::{dash_without_pipefail, has_early_conda, has_early_go, has_early_tools};
pub use environment::{environment, workdir_of};
pub use facts::{
    Libc, OsFamily, is_in_library, is_known_root, is_nonroot, is_os, is_self_dropping, is_shell_less, is_unversioned,
    libc, os_family, user_of,
};
pub use known::{Kind, Known, are_facts_old, known};
pub use lifecycle::{codename, line_of, system_of};
pub use name::{ImageName, is_digest, version};
pub(crate) use pattern::glob;
pub use pattern::matches;
pub use releases::{day_of, newest_release, pinned_tag, refreshed, successor};
pub use retired::{Retired, retired};
pub use smaller::{Smaller, slim_tag, smaller};
pub use support::{Cycle, End};
