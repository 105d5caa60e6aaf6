//! What the page says of itself.

use crate::layout;
use anyhow::Result;
use layerwise_commit::{Commit, PROGRAM, in_words};
use layerwise_engine::image::data_as_of;
use serde_json::{Value, json};
use std::{env, fs};

/// The address of the repository; where it is not set, that of `Cargo.toml` counts.
const REPOSITORY: &str = "LAYERWISE_REPOSITORY";

/// Writes `web/generated/facts.json`, which `build.mjs` puts into the page.
pub fn write() -> Result<()> {
    let paths = [PROGRAM, &["web"]].concat();
    let commit = Commit::of(&layout::root(), &paths);
    let repository = env::var(REPOSITORY).unwrap_or_else(|_| env!("CARGO_PKG_REPOSITORY").to_owned());
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "commit": commit.as_ref().map(|commit| json!({ "name": commit.name, "hasChanges": commit.has_changes })),
        "builtFrom": in_words(commit.as_ref()),
        "dataAsOf": data_as_of(),
        "repository": address(&repository),
    });
    fs::create_dir_all(layout::generated())?;
    fs::write(layout::generated().join("facts.json"), serde_json::to_string(&facts)?)?;
    Ok(())
}

/// The address as links are made of it; nothing where there is none.
fn address(repository: &str) -> Value {
    let address = repository.trim().trim_end_matches('/').trim_end_matches(".git");
    if address.starts_with("https://") { address.into() } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::address;
    use serde_json::Value;

    #[test]
    fn a_repository_is_an_address_that_links_can_go_on_from() {
        assert_eq!(address("https://example.org/layerwise.git/"), "https://example.org/layerwise");
        assert_eq!(address(""), Value::Null);
        assert_eq!(address("git@example.org:layerwise"), Value::Null);
    }
}
