//! How many tests passed and failed, as test runners say it.

use std::fmt;
use std::ops::AddAssign;

/// Counts of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
}

impl Tally {
    /// One test that passed.
    pub const PASS: Self = Self { passed: 1, failed: 0 };
    /// One test that failed.
    pub const FAIL: Self = Self { passed: 0, failed: 1 };

    /// Takes in a line that cargo's test runner printed.
    pub fn read_cargo_line(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for count in counts.split("; ") {
            if let Some(number) = count.strip_suffix(" passed") {
                self.passed += number.parse().unwrap_or(0);
            } else if let Some(number) = count.strip_suffix(" failed") {
                self.failed += number.parse().unwrap_or(0);
            }
        }
    }

    /// Takes in a line that Node's test runner printed with its `spec` reporter. Its totals come last, so they win.
    pub fn read_node_line(&mut self, line: &str) {
        let Some(fact) = line.strip_prefix("ℹ ") else {
            return;
        };
        if let Some(number) = fact.strip_prefix("pass ") {
            self.passed = number.parse().unwrap_or(self.passed);
        } else if let Some(number) = fact.strip_prefix("fail ").or_else(|| fact.strip_prefix("cancelled ")) {
            self.failed += number.parse().unwrap_or(0);
        }
    }

    /// What a runner reported, made true to its exit status: a runner that failed without a failed test counts as one.
    #[must_use]
    pub fn with_success(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn every_result_line_of_cargo_counts() {
        let mut tally = Tally::default();
        tally.read_cargo_line("running 3 tests");
        tally.read_cargo_line(
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        );
        tally.read_cargo_line(
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s",
        );
        assert_eq!(tally, Tally { passed: 4, failed: 2 });
    }

    #[test]
    fn the_closing_lines_of_node_count() {
        let mut tally = Tally::default();
        for line in
            ["✔ a list passes 3 things (1.2ms)", "ℹ tests 6", "ℹ pass 3", "ℹ fail 2", "ℹ cancelled 1", "ℹ skipped 0"]
        {
            tally.read_node_line(line);
        }
        assert_eq!(tally, Tally { passed: 3, failed: 3 });
    }

    #[test]
    fn a_runner_that_fails_without_a_word_is_a_failure() {
        assert_eq!(Tally::default().with_success(false), Tally::FAIL);
        assert_eq!(Tally::PASS.with_success(true), Tally::PASS);
    }
}
