//! Release cycles, as <https://github.com/endoflife-date/endoflife.date> lists them.

use anyhow::{Context, Result, bail};
use std::cmp::Reverse;

/// What an image holds, and how long its releases are looked after.
pub struct Product {
    /// As people write it: `Node.js`.
    pub title: String,
    /// The newest first.
    pub cycles: Vec<Cycle>,
}

/// A release that is looked after for some time.
pub struct Cycle {
    /// Such as `3.14`.
    pub name: String,
    /// The last day of support as `YYYY-MM-DD`; `-` where none is set, `ended` where nobody knows the day.
    pub end: String,
    /// The release's code name, or the day from which it is the one for long-term support.
    pub mark: Option<String>,
}

/// Free support for the long term, which these products count apart.
const FREE_LONG_TERM: [&str; 1] = ["debian"];
/// They say from which day on a release is the one for the long term; others put the day of its end there.
const LONG_TERM_STARTS: [&str; 1] = ["nodejs"];
/// Tags of their images say the code name.
const CODENAMES: [&str; 2] = ["debian", "ubuntu"];

/// Reads a product's file: Markdown behind a front matter of YAML, whose list of releases is written in one way.
pub fn read(product: &str, text: &str) -> Result<Product> {
    let front = text.split("\n---").next().context("no front matter")?;
    let title = front.lines().find_map(|line| line.strip_prefix("title:")).context("no title")?;
    let (_, releases) = front.split_once("\nreleases:").context("no releases")?;
    let mut cycles: Vec<Cycle> = Vec::new();
    let releases: String =
        releases.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    for item in releases.split("- releaseCycle:").skip(1) {
        let field = |name: &str| {
            let line = item.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'));
            line.map(scalar)
        };
        let name = scalar(item.lines().next().unwrap_or_default());
        let long_term = field("eoes").filter(|_| FREE_LONG_TERM.contains(&product));
        let end = match long_term.or(field("eol")).with_context(|| format!("{name} has no eol"))?.as_str() {
            "false" => "-".to_owned(),
            "true" => "ended".to_owned(),
            day if is_day(day) => day.to_owned(),
            other => bail!("{name} ends at `{other}`"),
        };
        let codename = field("codename").filter(|_| CODENAMES.contains(&product));
        let codename = codename.and_then(|name| Some(name.split(' ').next()?.to_ascii_lowercase()));
        let long_term = field("lts").filter(|day| LONG_TERM_STARTS.contains(&product) && is_day(day));
        cycles.push(Cycle { name, end, mark: codename.or(long_term) });
    }
    // A number is newer than a name.
    cycles.sort_by_cached_key(|cycle| Reverse(numbers(&cycle.name)));
    // `Eclipse Temurin (OpenJDK)`: what stands in brackets is for those who search.
    let title = scalar(title).split(" (").next().unwrap_or_default().to_owned();
    Ok(Product { title, cycles })
}

/// A value without its quotes and the comment behind it.
fn scalar(text: &str) -> String {
    let text = text.split(" #").next().unwrap_or_default().trim();
    text.trim_matches(['"', '\'']).to_owned()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-')
}

fn numbers(version: &str) -> Vec<u64> {
    version.split('.').map_while(|part| part.parse().ok()).collect()
}
