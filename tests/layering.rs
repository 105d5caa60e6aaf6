//! Which crate may know which. The arrows of ARCHITECTURE.md, held.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// Each crate of the workspace, and every other one of it that it may depend on.
const MAY_KNOW: [(&str, &[&str]); 12] = [
    ("layerwise-commit", &[]),
    ("layerwise-syntax", &[]),
    ("layerwise-shell", &[]),
    ("layerwise-wasm-shell", &["layerwise-shell"]),
    ("layerwise-engine", &["layerwise-syntax"]),
    ("layerwise-wasm-common", &["layerwise-engine", "layerwise-syntax"]),
    ("layerwise-wasm-engine", &["layerwise-engine", "layerwise-syntax", "layerwise-wasm-common"]),
    ("layerwise-wasm-build", &["layerwise-engine", "layerwise-syntax", "layerwise-wasm-common"]),
    ("layerwise", &["layerwise-commit", "layerwise-engine", "layerwise-shell", "layerwise-syntax"]),
    ("xtask", &["layerwise-commit", "layerwise-engine", "layerwise-shell", "layerwise-syntax"]),
    ("layerwise-bench", &["layerwise-engine", "layerwise-shell", "layerwise-syntax"]),
    ("layerwise-tests", &["layerwise-engine", "layerwise-shell", "layerwise-syntax"]),
];

/// The crates that the page runs.
const WASM: [&str; 4] =
    ["layerwise-wasm-build", "layerwise-wasm-common", "layerwise-wasm-engine", "layerwise-wasm-shell"];

/// What hands reports to others.
const OUTERMOST: [&str; 5] = [WASM[0], WASM[1], WASM[2], WASM[3], "layerwise"];

/// Packages that only the named crates may depend on.
const KEPT_TO: [(&str, &[&str]); 6] = [
    ("wasm-bindgen", &WASM),
    ("web-sys", &["layerwise-wasm-engine"]),
    ("shuck-linter", &["layerwise-shell"]),
    ("shuck-parser", &["layerwise-shell", "layerwise-tests"]),
    ("shuck-ast", &["layerwise-tests"]),
    ("serde", &OUTERMOST),
];

fn dependencies() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo tells of the workspace");
    let names = |package: &Value| {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        dependencies.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect()
    };
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| (package["name"].as_str().unwrap().to_owned(), names(package))).collect()
}

#[test]
fn arrows_run_one_way() {
    let dependencies = dependencies();
    for (package, known) in &dependencies {
        let (_, allowed) = MAY_KNOW
            .iter()
            .find(|(name, _)| name == package)
            .unwrap_or_else(|| panic!("{package} has a place in MAY_KNOW"));
        for other in known.iter().filter(|name| dependencies.contains_key(*name)) {
            assert!(allowed.contains(&other.as_str()), "{package} must not know {other}");
        }
    }
}

#[test]
fn the_browser_and_the_shell_parser_are_known_in_one_place() {
    for (package, known) in dependencies() {
        for (kept, owners) in KEPT_TO {
            let is_owner = owners.contains(&package.as_str());
            assert!(is_owner || !known.iter().any(|name| name == kept), "{package} must not know {kept}");
        }
    }
}
