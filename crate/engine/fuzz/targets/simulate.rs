//! Any bytes: a Dockerfile, a `.dockerignore` and a changed path, with zeros between them.
#![no_main]

#[path = "../../../../tests/simulation/mod.rs"]
mod simulation;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\0');
    let dockerfile = parts.next().unwrap_or_default();
    simulation::hold("any text", dockerfile, parts.next(), parts.next().unwrap_or("src/app.js"));
});
