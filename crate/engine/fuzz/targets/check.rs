//! Any bytes, read as text and checked.
#![no_main]

#[path = "../../../../tests/promises/mod.rs"]
mod promises;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    promises::hold("any text", &String::from_utf8_lossy(bytes), None);
});
