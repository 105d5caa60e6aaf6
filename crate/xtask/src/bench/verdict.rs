//! Whether a count is one that the baseline allows, and whether time grows with the text.

/// By how much a count may differ from its baseline, in hundredths. The same code differs by less: between processors, by which instructions the
/// libraries choose; between runs, by the seeds of hash maps.
const TOLERANCE: u64 = 5;

/// How often the instructions of a text may be those of a fourth of it, in tenths: linear within 20 %.
const MOST_GROWTH: u64 = 48;

/// The same where one script grows, in which the library goes along a chain of commands from each of its links, and follows a variable's value from each
/// place that uses it. What that can cost is bounded: a longer script, or one with more variables, is not looked at so closely.
const MOST_GROWTH_OF_SCRIPT: u64 = 65;

/// What is measured of such a script.
const ONE_SCRIPT: &str = "check with shell, one long ";

/// What is to be said of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The baseline has no such case.
    New,
    Kept,
    Slower,
    Faster,
}

impl Verdict {
    pub fn of(count: u64, baseline: Option<u64>) -> Verdict {
        let Some(baseline) = baseline else { return Verdict::New };
        if count * 100 > baseline * (100 + TOLERANCE) {
            Verdict::Slower
        } else if count * 100 < baseline * (100 - TOLERANCE) {
            Verdict::Faster
        } else {
            Verdict::Kept
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Verdict::New => "  not in the baseline",
            Verdict::Kept => "",
            Verdict::Slower => "  slower",
            Verdict::Faster => "  faster",
        }
    }
}

/// Whether four times the text takes at most what a linear growth makes of it, or what is known of the library.
pub fn grows_as_it_may(case: &str, once: u64, fourfold: u64) -> bool {
    let most = if case.starts_with(ONE_SCRIPT) { MOST_GROWTH_OF_SCRIPT } else { MOST_GROWTH };
    fourfold * 10 <= once * most
}

#[cfg(test)]
mod tests {
    use super::{Verdict, grows_as_it_may};

    #[test]
    fn a_twentieth_more_or_less_is_allowed() {
        assert_eq!(Verdict::of(105, Some(100)), Verdict::Kept);
        assert_eq!(Verdict::of(95, Some(100)), Verdict::Kept);
        assert_eq!(Verdict::of(1_051, Some(1_000)), Verdict::Slower);
        assert_eq!(Verdict::of(949, Some(1_000)), Verdict::Faster);
    }

    #[test]
    fn what_has_no_baseline_is_new() {
        assert_eq!(Verdict::of(1, None), Verdict::New);
        assert_eq!(Verdict::of(1, Some(0)), Verdict::Slower);
    }

    #[test]
    fn growth_is_linear_within_a_fifth() {
        assert!(grows_as_it_may("check, stages x4", 100, 400));
        assert!(grows_as_it_may("check, stages x4", 100, 480));
        assert!(!grows_as_it_may("check, stages x4", 100, 481));
        assert!(!grows_as_it_may("check, one long RUN x4", 100, 600));
    }

    #[test]
    fn one_script_may_grow_faster_but_not_with_the_square() {
        assert!(grows_as_it_may("check with shell, one long RUN x4", 100, 600));
        assert!(!grows_as_it_may("check with shell, one long RUN x4", 100, 800));
    }
}
