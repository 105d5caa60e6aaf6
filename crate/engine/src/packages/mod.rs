//! What is known of package managers and build tools: which commands install, refresh, compile.

mod archive;
mod build;
mod build_package;
mod cache;
mod cache_use;
mod development;
mod download;
mod ecosystem;
mod hidden;
mod home;
mod index;
mod language_cache;
mod language_pin;
mod manager;
mod mode_change;
mod mode_word;
mod pattern;
mod pin;
mod presence;
mod project_files;
mod setting;
mod tree;
mod unchecked;
mod writes;

pub use archive::{decompresses, extracts_tar, is_archive, is_packed, is_tar, is_unpacked, uses_up};
pub use build::{BuildKind, build};
pub use build_package::is_build_package;
pub use cache::{clears_cache, empties_tool_cache, fills_cache, only_cleans};
pub use cache_use::{is_download_used, is_folder_used};
pub use development::{DevFamily, DevUse, calls_it_development, dev_use};
pub use download::{
    download_target, download_url, downloaded_file, fails_on_errors, follows_redirects, is_loopback, is_private,
    sends_data, sends_secrets, url_host, verifies,
};
pub use ecosystem::{Ecosystem, LanguageInstall, ManifestInstall, language_install, manifest_install};
pub use hidden::may_give;
pub use home::keeps_in_home;
pub use index::{index_needed_later, may_be_used_behind, may_install_unseen, reads_index, use_of_index};
pub use language_cache::{CacheFix, LanguageCache, download_cache, is_modern_yarn, language_cache};
pub use language_pin::{LanguagePins, PinKind, language_pins};
pub use manager::{
    BlanketUpgrade, Install, Manager, blanket_upgrade, call_range, install, manager, package_name, refreshes_index,
    removes, spoken, spoken_call, upgrades,
};
pub use mode_change::{FlagSupport, ModeChange, mode_change};
pub use mode_word::{ModeWord, keeps_others_out, mode_bits, mode_word};
pub use pattern::{pattern_of_build, pattern_of_family, pattern_of_image};
pub use pin::{Pin, package_pin};
pub use presence::may_be_gone;
pub use project_files::{POINTERS, names_project_files};
pub use setting::{brings_settings, sets, setting};
pub use tree::Trees;
pub use unchecked::{Unchecked, unchecked, unchecked_variable, unsigned};
pub use writes::{stays, written};
