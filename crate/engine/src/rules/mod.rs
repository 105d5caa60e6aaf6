//! The rules. Each is one file; to register one, declare its module and add it to the list.

pub mod model;
pub mod prelude;

mod base_image;
mod caching;
mod config;
pub(crate) mod correctness;
mod layers;
mod multi_stage;
mod security;
mod size;
pub(crate) mod style;

pub use model::{Case, Change, Check, Example, Outcome, Rule, Scope};

/// Every rule with its texts, in the order of categories and then of ids. A constant, so that a program which uses only [`CHECKS`] does
/// not carry the texts.
const RULES: &[Rule] = &[
    base_image::allowed_registries::RULE,
    base_image::from_platform_constant::RULE,
    base_image::no_blanket_upgrade::RULE,
    base_image::pin_base_image_digest::RULE,
    base_image::pin_base_image_tag::RULE,
    multi_stage::copy_whole_filesystem::RULE,
    multi_stage::dev_dependencies_in_final_stage::RULE,
    multi_stage::single_stage_build::RULE,
    multi_stage::stage_referenced_by_index::RULE,
    multi_stage::unreachable_stage::RULE,
    layers::cleanup_in_later_layer::RULE,
    layers::combine_adjacent_instructions::RULE,
    layers::redundant_mkdir_before_workdir::RULE,
    layers::set_mode_and_owner_in_copy::RULE,
    security::curl_pipe_shell::RULE,
    security::final_stage_runs_as_root::RULE,
    security::no_sudo::RULE,
    security::secret_in_arg_or_env::RULE,
    security::secret_value_in_dockerfile::RULE,
    security::user_created_but_unused::RULE,
    caching::copy_not_add::RULE,
    caching::copy_whole_context::RULE,
    caching::install_after_source_copy::RULE,
    caching::update_and_install_together::RULE,
    config::config_file_baked_in::RULE,
    config::exec_form_cmd::RULE,
    config::expose_format::RULE,
    config::install_at_container_start::RULE,
    config::maintainer_deprecated::RULE,
    size::clean_package_cache::RULE,
    size::language_package_cache::RULE,
    size::no_recommended_packages::RULE,
    size::strip_binaries::RULE,
    size::unneeded_files_copied::RULE,
    correctness::assume_yes::RULE,
    correctness::circular_stage_dependency::RULE,
    correctness::copy_from_unknown_stage::RULE,
    correctness::copy_ignored_file::RULE,
    correctness::invalid_json_form::RULE,
    correctness::invalid_onbuild_trigger::RULE,
    correctness::legacy_key_value::RULE,
    correctness::malformed_instruction::RULE,
    correctness::parser_directive_mistake::RULE,
    correctness::pipefail::RULE,
    correctness::starts_with_from::RULE,
    correctness::unknown_instruction::RULE,
    correctness::workdir_absolute_path::RULE,
    style::inline_suppression::RULE,
];

/// What a check runs.
pub(crate) static CHECKS: &[Check] = &CHECK_ARRAY;

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, where an index out of bounds is an error")]
static CHECK_ARRAY: [Check; RULES.len()] = {
    let mut checks = [Check::of(&RULES[0]); RULES.len()];
    let mut index = 0;
    while index < RULES.len() {
        checks[index] = Check::of(&RULES[index]);
        index += 1;
    }
    checks
};

/// Every rule with its texts.
pub fn all_rules() -> &'static [Rule] {
    RULES
}
