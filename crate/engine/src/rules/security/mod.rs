//! Rules about security: no root, no leaked secret, a small attack surface.

pub mod curl_pipe_shell;
pub mod final_stage_runs_as_root;
pub mod no_sudo;
pub mod secret_in_arg_or_env;
pub mod secret_value_in_dockerfile;
pub mod user_created_but_unused;
