//! Tells the program from which commit it is made.

use layerwise_commit::{Commit, PROGRAM, in_words, signs};
use std::path::Path;

fn main() {
    let root = Path::new("../..");
    println!("cargo::rustc-env=LAYERWISE_COMMIT={}", in_words(Commit::of(root, PROGRAM).as_ref()));
    for sign in signs(root) {
        println!("cargo::rerun-if-changed={}", sign.display());
    }
    for path in PROGRAM.iter().map(|name| root.join(name)).filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}
