//! How long parsing takes, and whether it grows with the text: `cargo bench -p layerwise-syntax`.
//!
//! Ten times the text should take about ten times as long. Only such ratios mean anything across machines.

use layerwise_syntax::parse;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let ordinary = "# syntax=docker/dockerfile:1\nFROM node:24 AS build\nWORKDIR /app\nCOPY package*.json ./\n\
        RUN --mount=type=cache,target=/root/.npm npm ci\nCOPY . .\nRUN npm run build \\\n  # shrink it\n  && npm prune --omit=dev\n\
        FROM node:24-slim\nENV NODE_ENV=production PORT=${PORT:-8080}\nCOPY --from=build --chown=node /app /app\nUSER node\n\
        EXPOSE 8080\nHEALTHCHECK --interval=30s CMD [\"node\", \"health.js\"]\nCMD [\"node\", \"server.js\"]\n";
    report("an ordinary Dockerfile", ordinary);
    for (name, line) in [
        ("RUN lines", "RUN apt-get update && apt-get install -y curl \\\n    git # not a comment\n"),
        ("ENV pairs", "ENV A=\"$B\" C=${D:-e} F=g\\ h\n"),
        ("heredocs", "RUN <<EOF\necho one\necho two\nEOF\n"),
        ("JSON arrays", "CMD [\"a\", \"b\\u00e9\", \"c\"]\n"),
    ] {
        let few = report(&format!("10,000 {name}"), &format!("FROM a\n{}", line.repeat(10_000)));
        let many = report(&format!("100,000 {name}"), &format!("FROM a\n{}", line.repeat(100_000)));
        println!("  ten times as many take {:.1} times as long", many.as_secs_f64() / few.as_secs_f64());
    }
}

/// The shortest of several runs.
fn report(name: &str, text: &str) -> Duration {
    let runs = if text.len() < 10_000 { 2_000 } else { 5 };
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        black_box(parse(black_box(text)));
        start.elapsed()
    });
    let best = times.min().unwrap_or_default();
    println!("{name}, {} bytes: {best:.2?}", text.len());
    best
}
