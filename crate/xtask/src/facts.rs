//! What the page says of itself.

use crate::layout;
use anyhow::Result;
use layerwise_commit::{Commit, PROGRAM, in_words};
use layerwise_engine::image::data_as_of;
use serde_json::{Value, json};
use std::{env, fs};

/// The address of the repository. Without it the page has no link to the source, and no button for issues.
const REPOSITORY: &str = "LAYERWISE_REPOSITORY";

/// Where the site will be found, such as `https://example.org/layerwise/`. Search engines and previews of links want whole addresses; without
/// one there is no site map and there are no previews, and everything else is the same.
const ADDRESS: &str = "LAYERWISE_ADDRESS";

/// Writes `web/generated/facts.json`, which `build.mjs` puts into the page.
pub fn write() -> Result<()> {
    let paths = [PROGRAM, &["web"]].concat();
    let commit = Commit::of(&layout::root(), &paths);
    let repository = env::var(REPOSITORY).unwrap_or_default();
    let facts = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "commit": commit.as_ref().map(|commit| json!({ "name": commit.name, "hasChanges": commit.has_changes })),
        "builtFrom": in_words(commit.as_ref()),
        "dataAsOf": data_as_of(),
        "repository": address(&repository),
        "address": folder(&env::var(ADDRESS).unwrap_or_default()),
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

/// The address of a folder, with a slash at its end.
fn folder(site: &str) -> Value {
    let site = site.trim().trim_end_matches('/');
    let is_whole =
        ["https://", "http://"].iter().any(|scheme| site.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if is_whole { format!("{site}/").into() } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::{address, folder};
    use serde_json::Value;

    #[test]
    fn a_repository_is_an_address_that_links_can_go_on_from() {
        assert_eq!(address("https://example.org/layerwise.git/"), "https://example.org/layerwise");
        assert_eq!(address(""), Value::Null);
        assert_eq!(address("git@example.org:layerwise"), Value::Null);
    }

    #[test]
    fn the_sites_own_address_is_that_of_a_folder() {
        assert_eq!(folder("https://example.org/docs"), "https://example.org/docs/");
        assert_eq!(folder("https://example.org/docs/ "), "https://example.org/docs/");
        assert_eq!(folder(""), Value::Null);
        assert_eq!(folder("example.org"), Value::Null);
    }
}
