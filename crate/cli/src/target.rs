//! The stage that is to be built, by its name.

use crate::settings::hint;
use anyhow::{Result, bail};
use layerwise_syntax::{Arguments, Dockerfile};

/// Fails with a sentence where a Dockerfile has no stage of this name, which BuildKit would refuse to build. Case counts for nothing, and a part of a
/// Dockerfile has no stages yet.
pub fn ensure_stage(target: &str, file: &Dockerfile) -> Result<()> {
    let stages = file.instructions.iter().filter_map(|instruction| match &instruction.arguments {
        Arguments::From(from) => from.name.as_ref(),
        _ => None,
    });
    let names: Vec<&str> = stages.map(|name| name.text.as_str()).collect();
    if file.is_fragment || names.iter().any(|name| name.eq_ignore_ascii_case(target)) {
        return Ok(());
    }
    bail!("there is no stage `{target}` to build{}", hint(target, names));
}
