//! Rules about size: only what is needed reaches the image.

pub mod apk_virtual_packages;
pub mod clean_package_cache;
pub mod language_package_cache;
pub mod no_recommended_packages;
pub mod one_download_tool;
pub mod remove_temporary_files;
pub mod strip_binaries;
pub mod unneeded_files_copied;
pub mod useradd_high_uid;
