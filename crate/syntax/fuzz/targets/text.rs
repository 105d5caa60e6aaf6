//! Any bytes, read as text.
#![no_main]

#[allow(dead_code, reason = "the other target uses the rest")]
#[path = "../../tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::hold(&String::from_utf8_lossy(bytes)));
