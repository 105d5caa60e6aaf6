//! The rules. Each is one file; to register one, declare its module and add it to the list.

pub mod model;
pub mod prelude;

mod base_image;
mod caching;
mod config;
pub(crate) mod correctness;
mod layers;
mod multi_stage;
pub(crate) mod security;
mod size;
pub(crate) mod style;

pub use model::{Case, Change, Changes, Check, Example, Outcome, Rule, Scope};

/// Every rule with its texts, in the order of categories and then of ids. A constant, so that a program which uses only [`CHECKS`] does
/// not carry the texts.
const RULES: &[Rule] = &[
    base_image::allowed_registries::RULE,
    base_image::deprecated_base_image::RULE,
    base_image::distroless_candidate::RULE,
    base_image::duplicate_runtime::RULE,
    base_image::eol_base_image::RULE,
    base_image::from_platform_constant::RULE,
    base_image::language_runtime_on_os_image::RULE,
    base_image::misspelt_image_tag::RULE,
    base_image::no_blanket_upgrade::RULE,
    base_image::pin_base_image_digest::RULE,
    base_image::pin_base_image_tag::RULE,
    base_image::prefer_slim_base_image::RULE,
    multi_stage::build_tools_in_final_stage::RULE,
    multi_stage::copy_build_workspace::RULE,
    multi_stage::copy_whole_filesystem::RULE,
    multi_stage::dev_dependencies_in_final_stage::RULE,
    multi_stage::scratch_missing_runtime_files::RULE,
    multi_stage::sdk_base_in_final_stage::RULE,
    multi_stage::single_stage_build::RULE,
    multi_stage::stage_referenced_by_index::RULE,
    multi_stage::unreachable_stage::RULE,
    layers::cleanup_in_later_layer::RULE,
    layers::combine_adjacent_instructions::RULE,
    layers::let_add_extract_archives::RULE,
    layers::redundant_mkdir_before_workdir::RULE,
    layers::set_mode_and_owner_in_copy::RULE,
    security::code_owned_by_runtime_user::RULE,
    security::container_runtime_in_image::RULE,
    security::credential_in_run_command::RULE,
    security::curl_pipe_shell::RULE,
    security::debugger_in_final_stage::RULE,
    security::final_stage_runs_as_root::RULE,
    security::insecure_download_url::RULE,
    security::no_sudo::RULE,
    security::numeric_user::RULE,
    security::package_signature_check_disabled::RULE,
    security::privileged_build_step::RULE,
    security::rails_assets_real_key::RULE,
    security::secret_file_copied::RULE,
    security::secret_in_arg_or_env::RULE,
    security::secret_value_in_dockerfile::RULE,
    security::setuid_setgid_bit::RULE,
    security::ssh_server_in_image::RULE,
    security::system_directory_as_volume_or_workdir::RULE,
    security::tls_verification_disabled::RULE,
    security::unnecessary_packages::RULE,
    security::unverified_download::RULE,
    security::user_created_but_unused::RULE,
    security::weak_account_setup::RULE,
    security::weak_key_trust::RULE,
    security::world_writable_mode::RULE,
    caching::cache_busted_early::RULE,
    caching::cache_mount_defeated::RULE,
    caching::copy_not_add::RULE,
    caching::copy_whole_context::RULE,
    caching::git_clone_in_run::RULE,
    caching::install_after_source_copy::RULE,
    caching::moving_download_url::RULE,
    caching::syntax_directive_needed::RULE,
    caching::update_and_install_together::RULE,
    caching::use_cache_mount::RULE,
    config::build_only_env_persists::RULE,
    config::config_file_baked_in::RULE,
    config::development_mode::RULE,
    config::environment_specific_env::RULE,
    config::exec_form_cmd::RULE,
    config::expose_format::RULE,
    config::gpu_settings_hardcoded::RULE,
    config::hand_written_provenance_label::RULE,
    config::healthcheck_missing::RULE,
    config::install_at_container_start::RULE,
    config::label_key::RULE,
    config::label_schema::RULE,
    config::label_value::RULE,
    config::log_to_file::RULE,
    config::maintainer_deprecated::RULE,
    config::one_concern_per_container::RULE,
    config::package_manager_as_main_process::RULE,
    config::removed_jvm_flags::RULE,
    config::runtime_environment_defaults::RULE,
    config::state_baked_into_image::RULE,
    config::stopsignal::RULE,
    config::telemetry_opt_out::RULE,
    size::apk_virtual_packages::RULE,
    size::clean_package_cache::RULE,
    size::language_package_cache::RULE,
    size::no_recommended_packages::RULE,
    size::one_download_tool::RULE,
    size::remove_temporary_files::RULE,
    size::strip_binaries::RULE,
    size::unneeded_files_copied::RULE,
    size::useradd_high_uid::RULE,
    correctness::assume_yes::RULE,
    correctness::bashism_without_bash::RULE,
    correctness::broken_healthcheck::RULE,
    correctness::bundler_deprecated_flags::RULE,
    correctness::checksum_line_spaces::RULE,
    correctness::circular_stage_dependency::RULE,
    correctness::configure_build_flag::RULE,
    correctness::copy_destination_unclear::RULE,
    correctness::copy_from_empty_stage::RULE,
    correctness::copy_from_unknown_stage::RULE,
    correctness::copy_ignored_file::RULE,
    correctness::copy_outside_context::RULE,
    correctness::cuda_packages_mismatch::RULE,
    correctness::duplicate_stage_name::RULE,
    correctness::empty_continuation_line::RULE,
    correctness::entrypoint_ignores_cmd::RULE,
    correctness::entrypoint_script_problem::RULE,
    correctness::env_path_overwritten::RULE,
    correctness::env_self_reference::RULE,
    correctness::errors_ignored_in_run::RULE,
    correctness::exec_form_needs_shell::RULE,
    correctness::from_arg_problem::RULE,
    correctness::global_arg_not_redeclared::RULE,
    correctness::gpg_unattended::RULE,
    correctness::gpu_query_at_build::RULE,
    correctness::install_from_lockfile::RULE,
    correctness::instruction_inside_run::RULE,
    correctness::invalid_json_form::RULE,
    correctness::invalid_onbuild_trigger::RULE,
    correctness::legacy_key_value::RULE,
    correctness::libc_mismatch_between_stages::RULE,
    correctness::lookalike_characters::RULE,
    correctness::malformed_instruction::RULE,
    correctness::missing_cmd::RULE,
    correctness::multi_source_dest_slash::RULE,
    correctness::named_user_without_passwd::RULE,
    correctness::non_root_permission_denied::RULE,
    correctness::npm_cache_clean_force::RULE,
    correctness::parser_directive_mistake::RULE,
    correctness::pin_language_packages::RULE,
    correctness::pin_os_packages::RULE,
    correctness::pipefail::RULE,
    correctness::repeated_single_use_instruction::RULE,
    correctness::reserved_stage_name::RULE,
    correctness::robust_downloads::RULE,
    correctness::run_state_does_not_persist::RULE,
    correctness::shell_form_without_shell::RULE,
    correctness::starts_with_from::RULE,
    correctness::undefined_variable::RULE,
    correctness::unknown_instruction::RULE,
    correctness::unsupported_on_windows::RULE,
    correctness::unused_arg::RULE,
    correctness::use_shell_instruction::RULE,
    correctness::useless_command_in_run::RULE,
    correctness::user_group_drops_supplementary::RULE,
    correctness::volume_not_writable_by_user::RULE,
    correctness::workdir_absolute_path::RULE,
    correctness::write_to_declared_volume::RULE,
    style::apt_get_not_apt::RULE,
    style::definition_comment::RULE,
    style::formatting::RULE,
    style::inline_suppression::RULE,
    style::instruction_casing::RULE,
    style::label_grouping::RULE,
    style::max_lines::RULE,
    style::readable_run_script::RULE,
    style::redundant_target_platform::RULE,
    style::runtime_instructions_last::RULE,
    style::sort_package_list::RULE,
    style::stage_name_casing::RULE,
    style::use_workdir_not_cd::RULE,
    style::wget_progress::RULE,
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
