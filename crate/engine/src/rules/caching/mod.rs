//! Rules about caching: steps in the order that keeps the cache.

pub mod copy_not_add;
pub mod copy_whole_context;
pub mod install_after_source_copy;
pub mod syntax_directive_needed;
pub mod update_and_install_together;
