//! What the site may weigh, every file of it. Bytes count as they travel, after Brotli.

use crate::command;
use crate::node;
use crate::tally::Tally;
use anyhow::{Context, Result, ensure};

struct Budget {
    /// The group's name in `web/build.mjs`.
    group: &'static str,
    title: &'static str,
    limit: u32,
}

const BUDGETS: [Budget; 26] = [
    Budget { group: "engine", title: "engine module", limit: 350_000 },
    Budget { group: "engineSecond", title: "its second half", limit: 85_000 },
    Budget { group: "build", title: "build module", limit: 165_000 },
    Budget { group: "shell", title: "shell module", limit: 950_000 },
    Budget { group: "page", title: "first load besides", limit: 250_000 },
    Budget { group: "rules", title: "rule texts", limit: 40_000 },
    Budget { group: "shellRules", title: "texts of shell codes", limit: 40_000 },
    Budget { group: "patterns", title: "patterns", limit: 5_000 },
    Budget { group: "advice", title: "advice texts", limit: 8_000 },
    Budget { group: "baseImages", title: "names of base images", limit: 20_000 },
    Budget { group: "completion", title: "completion", limit: 20_000 },
    Budget { group: "review", title: "view of differences", limit: 12_000 },
    Budget { group: "reading", title: "styles of read pages", limit: 12_000 },
    Budget { group: "learn", title: "lessons: first load", limit: 50_000 },
    Budget { group: "builder", title: "writing workshops", limit: 35_000 },
    Budget { group: "course", title: "the course", limit: 40_000 },
    Budget { group: "embed", title: "embed.js", limit: 3_000 },
    Budget { group: "embedLive", title: "live snippets", limit: 29_000 },
    Budget { group: "embedEditor", title: "editor of snippets", limit: 150_000 },
    Budget { group: "ruleNames", title: "names of rules", limit: 6_500 },
    Budget { group: "offline", title: "service worker, icons", limit: 20_000 },
    Budget { group: "oneFile", title: "all in one file", limit: 3_000_000 },
    Budget { group: "guides", title: "guides", limit: 25_000 },
    Budget { group: "readingPage", title: "read pages, each", limit: 20_000 },
    Budget { group: "maps", title: "maps for developers", limit: 1_200_000 },
    Budget { group: "rest", title: "everything else", limit: 65_000 },
];

/// Weighs the built site and prints a table; each budget is one test.
pub fn check() -> Result<Tally> {
    let sizes = command::output_of(&mut node::script("sizes.mjs")).context("web/sizes.mjs cannot weigh web/dist")?;
    println!("\n{:<20} {:>10} {:>10}", "bytes after Brotli", "size", "budget");
    let mut tally = Tally::default();
    for budget in &BUDGETS {
        let size = size_of(budget.group, &sizes);
        let size = size.with_context(|| format!("web/build.mjs names no group `{}`", budget.group))?;
        let is_kept = size <= budget.limit;
        let verdict = if is_kept { "" } else { "  over budget" };
        println!("{:<20} {size:>10} {:>10}{verdict}", budget.title, budget.limit);
        tally += if is_kept { Tally::PASS } else { Tally::FAIL };
    }
    ensure!(sizes.lines().count() == BUDGETS.len(), "web/build.mjs names a group that has no budget");
    Ok(tally)
}

fn size_of(group: &str, sizes: &str) -> Option<u32> {
    let line = sizes.lines().find_map(|line| line.strip_prefix(group)?.strip_prefix('\t'))?;
    line.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::size_of;

    #[test]
    fn a_size_is_found_by_the_whole_name_of_its_group() {
        assert_eq!(size_of("page", "pages\t1\npage\t23\n"), Some(23));
        assert_eq!(size_of("rules", "pages\t1\n"), None);
    }
}
