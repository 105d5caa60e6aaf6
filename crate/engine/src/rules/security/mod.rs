//! Rules about security: no root, no leaked secret, a small attack surface.

pub mod curl_pipe_shell;
pub mod final_stage_runs_as_root;
pub mod insecure_download_url;
pub mod no_sudo;
pub mod package_signature_check_disabled;
pub mod secret_file_copied;
pub mod secret_in_arg_or_env;
pub mod secret_value_in_dockerfile;
pub mod setuid_setgid_bit;
pub mod ssh_server_in_image;
pub mod tls_verification_disabled;
pub mod unverified_download;
pub mod user_created_but_unused;
pub mod world_writable_mode;
