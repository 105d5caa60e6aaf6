//! Every byte stands for a piece of a Dockerfile, which reaches deeper into the grammar than bytes do.
#![no_main]

#[path = "../../tests/invariants/mod.rs"]
mod invariants;

use invariants::PIECES;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let pieces = bytes.iter().filter_map(|&byte| PIECES.get(usize::from(byte) % PIECES.len()).copied());
    invariants::hold(&pieces.collect::<String>());
});
