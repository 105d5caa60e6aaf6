//! What a check of real files costs: `LAYERWISE_CORPUS=FOLDER cargo bench -p layerwise-engine --bench folder`.
//!
//! Every Dockerfile or Containerfile of the folder is checked, then every rule is run by itself on what the file says. Without the variable
//! there is nothing to do.

#![allow(missing_docs, reason = "a benchmark has no callers")]

use layerwise_engine::report::Reporter;
use layerwise_engine::rules::{Check, all_rules};
use layerwise_engine::{Document, Input, check};
use layerwise_syntax::parse;
use std::collections::BTreeMap;
use std::fs::DirEntry;
use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, fs};

/// How often each thing is done. Its time is the fastest.
const TIMES: u32 = 20;
const RULES_SHOWN: usize = 10;

fn best(mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..TIMES).map(once).min().unwrap_or_default()
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The time below which so many hundredths of the files stay.
fn hundredth(sorted: &[Duration], part: usize) -> f64 {
    let index = (sorted.len() * part / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).map_or(0.0, |time| microseconds(*time))
}

fn print_spread(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let (median, p90, p99) = (hundredth(&times, 50), hundredth(&times, 90), hundredth(&times, 99));
    println!("{name:<34} {median:>8.1} {p90:>8.1} {p99:>8.1}");
}

fn main() {
    let Some(folder) = env::var_os("LAYERWISE_CORPUS") else { return };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_dockerfile = |entry: &DirEntry| entry.file_name().to_string_lossy().contains("file");
    let files = entries.filter(is_dockerfile).map(|entry| entry.path());
    let texts: Vec<String> = files.filter_map(|path| fs::read_to_string(path).ok()).collect();
    let (mut checks, mut parses, mut documents) = (Vec::new(), Vec::new(), Vec::new());
    let mut rules: BTreeMap<(&str, &str), Vec<Duration>> = BTreeMap::new();
    for text in &texts {
        let input = Input::new(text);
        checks.push(best(|| drop(black_box(check(&input)))));
        parses.push(best(|| drop(black_box(parse(text)))));
        let file = parse(text);
        documents.push(best(|| drop(black_box(Document::new(&file, &input)))));
        let document = Document::new(&file, &input);
        for rule in all_rules() {
            let own = Check::of(rule);
            let time = best(|| (rule.check)(&document, &mut Reporter::new(&own)));
            rules.entry((rule.category.id(), rule.id)).or_default().push(time);
        }
    }
    let count = u32::try_from(texts.len()).unwrap_or(u32::MAX).max(1);
    let mean = |times: &[Duration]| microseconds(times.iter().sum::<Duration>() / count);

    println!("{} files; microseconds for one", texts.len());
    println!("{:<34} {:>8} {:>8} {:>8}", "", "median", "p90", "p99");
    print_spread("check", checks.clone());
    print_spread("  of which syntax", parses);
    print_spread("  of which document", documents);
    println!("{:<34} {:>8}", "", "mean");
    println!("{:<34} {:>8.1}", "check", mean(&checks));
    let mut families: BTreeMap<&str, f64> = BTreeMap::new();
    for ((family, _), times) in &rules {
        *families.entry(family).or_default() += mean(times);
    }
    for (family, time) in families {
        println!("  {family:<32} {time:>8.1}");
    }
    let mut rules: Vec<_> = rules.into_iter().map(|((_, rule), times)| (mean(&times), rule)).collect();
    rules.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (time, rule) in rules.into_iter().take(RULES_SHOWN) {
        println!("    {rule:<30} {time:>8.1}");
    }
}
