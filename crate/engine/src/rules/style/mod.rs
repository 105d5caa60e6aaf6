//! Matters of taste.

pub mod apt_get_not_apt;
pub mod inline_suppression;
pub mod readable_run_script;
pub mod sort_package_list;
pub mod use_workdir_not_cd;
pub mod wget_progress;
