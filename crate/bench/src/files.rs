//! What real files cost: each kind of work, then every rule by itself on what a file says.

use crate::time::{best, best_with, hundredth, mean};
use crate::work::{Work, fresh_shell};
use layerwise_engine::report::Reporter;
use layerwise_engine::rules::{Check, all_rules};
use layerwise_engine::{Document, Input};
use layerwise_syntax::parse;
use std::collections::BTreeMap;
use std::fs;
use std::hint::black_box;
use std::io::stdin;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often each thing is done. Its time is the fastest.
const TIMES: u32 = 10;
/// The same for what takes longest.
const FEWER: u32 = 3;
const RULES_SHOWN: usize = 10;

/// Times by what took them.
type Times = BTreeMap<&'static str, Vec<Duration>>;

/// The texts of the files whose paths stand on standard input, a line each. What cannot be read is left out.
pub fn from_standard_input() -> Vec<String> {
    texts(stdin().lines().map_while(Result::ok).map(PathBuf::from))
}

/// The texts of all files in a folder, in the order of their names.
pub fn texts_in(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    texts(paths.into_iter())
}

fn texts(paths: impl Iterator<Item = PathBuf>) -> Vec<String> {
    paths.filter_map(|path| Some(String::from_utf8_lossy(&fs::read(path).ok()?).into_owned())).collect()
}

/// Prints what the work on each file takes, and which rules the time of a check goes to.
pub fn measure(texts: &[String]) {
    println!("{} files; microseconds for one\n", texts.len());
    println!("{:<34} {:>9} {:>9} {:>9} {:>9}", "", "median", "p90", "p99", "mean");
    for work in Work::ALL {
        print_spread(work.name(), time_of_each(work, texts));
    }
    let mut families = Times::new();
    let mut rules = Times::new();
    let mut documents = Vec::new();
    for text in texts {
        let input = Input::new(text);
        let file = parse(text);
        documents.push(best(TIMES, || drop(black_box(Document::new(&file, &input)))));
        let document = Document::new(&file, &input);
        for rule in all_rules() {
            let own = Check::of(rule);
            let time = best(TIMES, || (rule.check)(&document, &mut Reporter::new(&own)));
            families.entry(rule.category.id()).or_default().push(time);
            rules.entry(rule.id).or_default().push(time);
        }
    }
    print_spread("document", documents);
    print_shares("by family", families, texts.len(), usize::MAX);
    print_shares("the dearest rules", rules, texts.len(), RULES_SHOWN);
}

fn time_of_each(work: Work, texts: &[String]) -> Vec<Duration> {
    let times = match work {
        Work::FixAll | Work::CheckWithShell => FEWER,
        _ => TIMES,
    };
    texts.iter().map(|text| best_with(times, fresh_shell, |shell| work.run(text, shell))).collect()
}

fn print_spread(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let (median, p90, p99) = (hundredth(&times, 50), hundredth(&times, 90), hundredth(&times, 99));
    println!("{name:<34} {median:>9.1} {p90:>9.1} {p99:>9.1} {:>9.1}", mean(&times));
}

/// The mean for a file, the dearest first.
fn print_shares(title: &str, times: Times, files: usize, shown: usize) {
    let count = u32::try_from(files).unwrap_or(u32::MAX).max(1);
    let mut shares: Vec<_> =
        times.into_iter().map(|(name, times)| (times.iter().sum::<Duration>() / count, name)).collect();
    shares.sort_unstable();
    println!("\n{title}");
    for (time, name) in shares.into_iter().rev().take(shown) {
        println!("  {name:<62} {:>9.1}", time.as_secs_f64() * 1e6);
    }
}
