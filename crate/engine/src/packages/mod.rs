//! What is known of package managers and build tools: which commands install, refresh, compile.

mod build;
mod cache;
mod development;
mod download;
mod ecosystem;
mod hidden;
mod index;
mod language_cache;
mod manager;
mod mode_change;
mod mode_word;
mod setting;
mod unchecked;
mod writes;

pub use build::{BuildKind, build};
pub use cache::{clears_cache, fills_cache};
pub use development::{DevFamily, DevUse, dev_use};
pub use download::{download_target, is_loopback, is_private, url_host, verifies};
pub use ecosystem::{Ecosystem, LanguageInstall, ManifestInstall, language_install, manifest_install};
pub use hidden::may_give;
pub use index::{IndexUse, may_be_used_behind, may_install_unseen, reads_index, use_of_index};
pub use language_cache::{CacheFix, LanguageCache, language_cache};
pub use manager::{
    BlanketUpgrade, Install, Manager, blanket_upgrade, call_range, install, manager, package_name, refreshes_index,
    removes, spoken, spoken_call, upgrades,
};
pub use mode_change::{FlagSupport, ModeChange, mode_change};
pub use mode_word::{ModeWord, mode_bits, mode_word};
pub use setting::{brings_settings, sets, setting};
pub use unchecked::{Unchecked, unchecked, unchecked_variable, unsigned};
pub use writes::{stays, written};
