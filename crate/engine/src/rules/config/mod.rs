//! Rules about environment and configuration.

pub mod exec_form_cmd;
pub mod maintainer_deprecated;
