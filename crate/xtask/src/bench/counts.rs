//! Instructions of each case beside the baseline.

use super::baseline::Baseline;
use super::verdict::{Verdict, grows_as_it_may};
use super::{callgrind, program};
use crate::layout;
use crate::tally::Tally;
use anyhow::{Result, ensure};

/// What the name of a case ends with that has four times the text of the one before.
const FOURFOLD: &str = " x4";

/// Counts, prints a table and judges: each case is one test, and so is how it grows.
pub fn hold() -> Result<Tally> {
    let kept = Baseline::load()?;
    let counts = count()?;
    let baseline = kept.as_ref().filter(|kept| kept.is_of_this_machine());
    let Judged { table, tally, faster } = judge(&counts, baseline);
    println!("\n{table}");
    match &kept {
        None => println!(
            "There is no baseline yet, and growth alone is judged: `cargo xtask bench --counts --accept` writes one."
        ),
        Some(kept) if baseline.is_none() => {
            println!("The baseline has {}. On this machine growth alone is judged.", kept.machine());
        }
        Some(_) => {}
    }
    if faster > 0 {
        println!(
            "{faster} cases are faster than the baseline says: keep that with `cargo xtask bench --counts --accept`."
        );
    }
    for gone in kept.iter().flat_map(|kept| kept.gone(&counts)) {
        println!("The baseline has a case that is no longer counted: {gone}.");
    }
    if tally.failed > 0 {
        println!(
            "What became slower by more than a twentieth wants a look (`callgrind_annotate`). If the work grew on purpose, or tests/corpus did, \
             `cargo xtask bench --counts --accept` writes the new counts."
        );
    }
    Ok(tally)
}

/// Counts, and makes a baseline of that.
pub fn accept() -> Result<()> {
    let counts = count()?;
    let baseline = Baseline::of(&counts);
    println!("\n{}", judge(&counts, Some(&baseline)).table);
    println!("{} has the counts of {} cases.", baseline.save()?.display(), counts.len());
    Ok(())
}

fn count() -> Result<Vec<(String, u64)>> {
    ensure!(callgrind::is_there(), callgrind::MISSING);
    callgrind::count(&program::build()?, &layout::root().join("tests/corpus"))
}

struct Judged {
    table: String,
    tally: Tally,
    /// How many cases are faster than the baseline says.
    faster: usize,
}

/// Without a baseline growth alone is judged.
fn judge(counts: &[(String, u64)], baseline: Option<&Baseline>) -> Judged {
    let mut table =
        format!("{:<40} {:>14} {:>14} {:>6} {:>7}\n", "instructions of", "count", "baseline", "ratio", "growth");
    let mut judged = Judged { table: String::new(), tally: Tally::default(), faster: 0 };
    let mut before = 0;
    for (name, count) in counts {
        let known = baseline.and_then(|baseline| baseline.count(name));
        let verdict = baseline.map_or(Verdict::Kept, |_| Verdict::of(*count, known));
        judged.faster += usize::from(verdict == Verdict::Faster);
        judged.tally += if matches!(verdict, Verdict::Slower | Verdict::New) { Tally::FAIL } else { Tally::PASS };
        let (mut growth, mut words) = (String::new(), verdict.words());
        if name.ends_with(FOURFOLD) {
            growth = ratio(*count, before);
            let is_linear = grows_as_it_may(name, before, *count);
            judged.tally += if is_linear { Tally::PASS } else { Tally::FAIL };
            words = if is_linear { words } else { "  grows faster than the text" };
        }
        let (shown, share) = known.map_or_else(Default::default, |known| (known.to_string(), ratio(*count, known)));
        table += &format!("{name:<40} {count:>14} {shown:>14} {share:>6} {growth:>7}{words}\n");
        before = *count;
    }
    judged.table = table;
    judged
}

/// With two digits behind the point, rounded down.
fn ratio(count: u64, of: u64) -> String {
    let hundredths = count.saturating_mul(100) / of.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::{Baseline, Judged, judge, ratio};

    fn counts(cases: &[(&str, u64)]) -> Vec<(String, u64)> {
        cases.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn a_case_that_became_slower_fails_and_is_marked() {
        let baseline = Baseline::of(&counts(&[("check, a", 1_000), ("check, b", 1_000)]));
        let Judged { table, tally, .. } = judge(&counts(&[("check, a", 1_200), ("check, b", 1_010)]), Some(&baseline));
        assert_eq!((tally.passed, tally.failed), (1, 1));
        assert!(
            table.lines().any(|line| line.starts_with("check, a ") && line.ends_with("1.20          slower")),
            "{table}"
        );
        assert_eq!(table.matches("slower").count(), 1);
    }

    #[test]
    fn what_grows_with_the_square_fails_even_as_the_baseline_has_it() {
        let all = counts(&[("check, a", 1_000), ("check, a x4", 16_000)]);
        let Judged { table, tally, .. } = judge(&all, Some(&Baseline::of(&all)));
        assert_eq!((tally.passed, tally.failed), (2, 1));
        assert!(table.contains("  16.00  grows faster than the text"), "{table}");
    }

    #[test]
    fn what_became_faster_passes_and_is_told_of() {
        let Judged { tally, faster, .. } =
            judge(&counts(&[("check, a", 500)]), Some(&Baseline::of(&counts(&[("check, a", 1_000)]))));
        assert_eq!((tally.failed, faster), (0, 1));
    }

    #[test]
    fn a_case_without_a_baseline_fails_until_it_is_accepted() {
        let Judged { table, tally, .. } = judge(&counts(&[("check, a", 500)]), Some(&Baseline::of(&[])));
        assert_eq!(tally.failed, 1);
        assert!(table.contains("not in the baseline"), "{table}");
    }

    #[test]
    fn without_a_baseline_growth_alone_is_judged() {
        let cases = counts(&[("check, a", 1_000), ("check, a x4", 16_000)]);
        let Judged { table, tally, .. } = judge(&cases, None);
        assert_eq!((tally.passed, tally.failed), (2, 1));
        assert!(table.contains("grows faster"), "{table}");
    }

    #[test]
    fn ratios_are_written_with_two_digits() {
        assert_eq!((ratio(105, 100).as_str(), ratio(4, 1).as_str(), ratio(1, 0).as_str()), ("1.05", "4.00", "1.00"));
    }
}
