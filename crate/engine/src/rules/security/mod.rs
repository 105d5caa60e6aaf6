//! Rules about security: no root, no leaked secret, a small attack surface.

pub mod code_owned_by_runtime_user;
pub mod container_runtime_in_image;
pub mod credential_in_run_command;
pub mod curl_pipe_shell;
pub mod debugger_in_final_stage;
pub mod final_stage_runs_as_root;
pub mod insecure_download_url;
pub mod no_sudo;
pub mod numeric_user;
pub mod package_signature_check_disabled;
pub mod privileged_build_step;
pub mod rails_assets_real_key;
pub mod secret_file_copied;
pub mod secret_in_arg_or_env;
pub mod secret_value_in_dockerfile;
pub mod setuid_setgid_bit;
pub mod ssh_server_in_image;
pub mod system_directory_as_volume_or_workdir;
pub mod tls_verification_disabled;
pub mod unnecessary_packages;
pub mod unverified_download;
pub mod user_created_but_unused;
pub mod weak_account_setup;
pub mod weak_key_trust;
pub mod world_writable_mode;
