//! Rules about caching: steps in the order that keeps the cache.

pub mod cache_busted_early;
pub mod cache_mount_defeated;
pub mod copy_not_add;
pub mod copy_whole_context;
pub mod git_clone_in_run;
pub mod install_after_source_copy;
pub mod moving_download_url;
pub mod syntax_directive_needed;
pub mod update_and_install_together;
pub mod use_cache_mount;
