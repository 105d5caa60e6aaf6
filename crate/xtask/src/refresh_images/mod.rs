//! Writes the table of base images that the engine embeds, from two public data sets.
//!
//! The same input gives the same bytes. A line changes when a release or a tag does, so that a diff of the table is readable.

mod cycles;
mod library;
mod table;

use crate::layout;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A data set at one commit.
pub struct Source {
    repository: String,
    commit: String,
    date: String,
}

/// Reads both data sets and writes the table.
pub fn refresh_images(official_images: &Path, endoflife: &Path, snapshot: Option<&Path>) -> Result<()> {
    let beside = official_images.with_file_name("SNAPSHOT.json");
    let products = layout::root().join("crate/xtask/data/image-products.json");
    let text = table_of(official_images, endoflife, snapshot.unwrap_or(&beside), &products)?;
    let place = layout::root().join("crate/engine/data/images.txt");
    fs::write(&place, &text).with_context(|| format!("writing {}", place.display()))?;
    println!("{} bytes in {}", text.len(), place.display());
    Ok(())
}

fn table_of(official_images: &Path, endoflife: &Path, snapshot: &Path, products: &Path) -> Result<String> {
    let mut images: BTreeMap<String, table::Image> = BTreeMap::new();
    for (name, builds) in library::read(&official_images.join("library"))? {
        images.entry(name).or_default().builds = builds;
    }
    let products: BTreeMap<String, String> = serde_json::from_str(&read(products)?)?;
    let mut first_of_product: BTreeMap<&str, &str> = BTreeMap::new();
    for (image, product) in &products {
        let known = images.entry(image.clone()).or_default();
        // Images of one product, such as those of .NET, share its cycles; an image with builds of its own keeps them itself.
        if let Some(first) = first_of_product.get(product.as_str()).filter(|_| known.builds.is_empty()) {
            known.same_as = Some((*first).to_owned());
            continue;
        }
        first_of_product.insert(product, image);
        let file = endoflife.join("products").join(format!("{product}.md"));
        let text = read(&file)?;
        known.product = Some(cycles::read(product, &text).with_context(|| format!("reading {}", file.display()))?);
    }
    let snapshot: Value = serde_json::from_str(&read(snapshot)?)?;
    table::write(&source(&snapshot, "official-images")?, &source(&snapshot, "endoflife")?, &images)
}

fn source(snapshot: &Value, name: &str) -> Result<Source> {
    let field = |field: &str| match snapshot.pointer(&format!("/{name}/{field}")).and_then(Value::as_str) {
        Some(text) => Ok(text.to_owned()),
        None => bail!("the snapshot does not tell {name}.{field}"),
    };
    Ok(Source { repository: field("repository")?, commit: field("commit")?, date: field("date")? })
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_made_of_two_checkouts() {
        let fixture = layout::root().join("crate/xtask/data/fixture");
        let made = || {
            table_of(
                &fixture.join("official-images"),
                &fixture.join("endoflife"),
                &fixture.join("SNAPSHOT.json"),
                &fixture.join("image-products.json"),
            )
        };
        let text = made().expect("the fixture is complete");
        assert_eq!(text, read(&fixture.join("images.txt")).expect("the fixture says what comes out"));
        assert_eq!(text, made().expect("a second time"));
    }
}
