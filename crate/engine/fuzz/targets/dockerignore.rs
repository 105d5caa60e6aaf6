//! Any bytes: a `.dockerignore` and a path, with a zero between them.
#![no_main]

#[path = "../../../../tests/ignoring/mod.rs"]
mod ignoring;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (patterns, path) = text.split_once('\0').unwrap_or((&text, "src/app.js"));
    ignoring::hold(patterns, path);
});
