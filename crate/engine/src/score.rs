//! The score: one number, with its arithmetic in the open.
//!
//! Every counted finding has a weight. Repeats of one rule weigh less and less, so that a long file is not sunk by one habit:
//! the first counts whole, the second half, the third a quarter. The sum `D` gives the score `100·exp(−D/K)`.

use crate::category::Category;
use crate::severity::Severity;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::order::by_numbers;

/// How fast the score falls. Chosen over a corpus of real Dockerfiles so that they spread: a tenth of them lies at 45 or lower, a tenth at
/// 85 or higher.
pub const K: f64 = 18.0;

/// What the first finding of a rule weighs.
pub const fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Error => 8.0,
        Severity::Warning => 4.0,
        Severity::Info => 1.5,
        Severity::Style => 0.0,
    }
}

/// What the score needs to know of a finding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// The rule's id.
    pub rule: &'static str,
    /// The finding's severity.
    pub severity: Severity,
    /// The rule's category.
    pub category: Category,
}

/// How a file does.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// From 0 to 100. 100 exactly when nothing counted is left.
    pub total: u32,
    /// What the total, and what caps it, amount to.
    pub grade: Grade,
    /// What keeps the letter below that of the total, if anything does.
    pub cap: Option<Capped>,
    /// A bar for each category of [`Category::SCORED`], in that order.
    pub categories: Vec<CategoryScore>,
    /// For each finding, in the order given, the points that are missing because of it. Together they are what is missing to 100.
    pub points: Vec<u32>,
}

/// How a file does in one category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CategoryScore {
    /// Which category.
    pub category: Category,
    /// From 0 to 100, by the same formula.
    pub total: u32,
    /// Whether the file gives this category anything to judge.
    pub applies: bool,
}

/// Why a letter is lower than the total makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capped {
    /// The first of the findings that cap it lowest, by its place in the order given.
    pub finding: usize,
    /// The letter of the total alone.
    pub from: Grade,
}

/// A letter that no file gets past while a finding of certain rules is in it.
#[derive(Debug)]
pub struct Cap {
    /// The best letter that is left.
    pub grade: Grade,
    /// The rules.
    pub rules: &'static [&'static str],
    /// The mildest severity that counts here.
    pub severity: Severity,
}

/// What caps the letter, however well a file does otherwise.
pub const CAPS: [Cap; 2] = [
    Cap {
        grade: Grade::D,
        rules: &["secret-in-arg-or-env", "secret-value-in-dockerfile", "secret-file-copied"],
        severity: Severity::Error,
    },
    Cap {
        grade: Grade::B,
        rules: &["final-stage-runs-as-root", "user-created-but-unused"],
        severity: Severity::Warning,
    },
];

/// The least total for each letter, the best letter first.
pub const GRADES: [(Grade, u32); 7] = [
    (Grade::APlus, 100),
    (Grade::A, 90),
    (Grade::B, 75),
    (Grade::C, 60),
    (Grade::D, 45),
    (Grade::E, 30),
    (Grade::F, 0),
];

/// The letter of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the letter of its name")]
pub enum Grade {
    F,
    E,
    D,
    C,
    B,
    A,
    /// Nothing is left to mend.
    APlus,
}

impl Grade {
    /// As people read it.
    pub fn letter(self) -> &'static str {
        match self {
            Grade::APlus => "A+",
            Grade::A => "A",
            Grade::B => "B",
            Grade::C => "C",
            Grade::D => "D",
            Grade::E => "E",
            Grade::F => "F",
        }
    }

    fn of(total: u32) -> Grade {
        GRADES.iter().find(|(_, least)| total >= *least).map_or(Grade::F, |(grade, _)| *grade)
    }

    /// The best letter that a file with this finding can have.
    fn cap(finding: &Weighed) -> Grade {
        for cap in &CAPS {
            // Severities are ordered from the worst.
            if finding.severity <= cap.severity && cap.rules.contains(&finding.rule) {
                return cap.grade;
            }
        }
        Grade::APlus
    }
}

/// Scores a file. `applies` says which categories have anything to judge in it; a finding makes its own category apply.
pub fn score(findings: &[Weighed], applies: &[Category]) -> Score {
    let costs = costs(findings);
    let sum: f64 = costs.iter().sum();
    let total = total(sum);
    let of_total = Grade::of(total);
    let mut grade = of_total;
    let mut cap = None;
    for (index, finding) in findings.iter().enumerate() {
        if Grade::cap(finding) < grade {
            grade = Grade::cap(finding);
            cap = Some(Capped { finding: index, from: of_total });
        }
    }
    let categories = Category::SCORED
        .into_iter()
        .map(|category| {
            let within = |(_, finding): &(&f64, &Weighed)| finding.category == category;
            let sum: f64 = costs.iter().zip(findings).filter(within).map(|(cost, _)| cost).sum();
            let applies = sum > 0.0 || applies.contains(&category);
            CategoryScore { category, total: self::total(sum), applies }
        })
        .into_list();
    Score { total, grade, cap, categories, points: shares(&costs, sum, 100 - total) }
}

/// What each finding costs: the worst of each rule its whole weight, the next half of its own, and so on.
fn costs(findings: &[Weighed]) -> Vec<f64> {
    let severity = |index: &usize| findings.get(*index).map_or(0, |finding| u64::from(finding.severity.rank()));
    let order = by_numbers(0..findings.len(), |index| (severity(index), 0));
    let mut costs = vec![0.0; findings.len()];
    let mut factors: Vec<(&str, f64)> = Vec::new();
    for index in order {
        let (Some(finding), Some(cost)) = (findings.get(index), costs.get_mut(index)) else { continue };
        // The score does not wait for who looks at scripts.
        let base = if finding.category == Category::Shell { 0.0 } else { weight(finding.severity) };
        if base > 0.0 {
            match factors.iter_mut().find(|(rule, _)| *rule == finding.rule) {
                Some((_, factor)) => {
                    *cost = base * *factor;
                    *factor /= 2.0;
                }
                None => {
                    *cost = base;
                    factors.push((finding.rule, 0.5));
                }
            }
        }
    }
    costs
}

/// The number for a sum of costs.
fn total(sum: f64) -> u32 {
    if sum <= 0.0 {
        return 100;
    }
    whole(100.0 * (-sum / K).exp()).min(99)
}

/// Shares `missing` points out by cost, so that the shares add up: each gets its whole part, and what is left over goes to the largest
/// remainders, the earlier first.
fn shares(costs: &[f64], sum: f64, missing: u32) -> Vec<u32> {
    if sum <= 0.0 {
        return vec![0; costs.len()];
    }
    let exact: Vec<f64> = costs.iter().map(|cost| f64::from(missing) * cost / sum).into_list();
    let mut shares: Vec<u32> = exact.iter().map(|share| floor(*share)).into_list();
    let remainder = |index: usize| exact.get(index).map_or(0.0, |share| share - share.floor());
    // Of numbers from 0 to 1 the bits have the order of the numbers.
    let by_remainder = by_numbers(0..costs.len(), |index| (u64::MAX - remainder(*index).to_bits(), 0));
    let mut left = missing.saturating_sub(shares.iter().sum());
    for index in by_remainder {
        let counts = costs.get(index).is_some_and(|cost| *cost > 0.0);
        if let Some(share) = shares.get_mut(index).filter(|_| left > 0 && counts) {
            *share += 1;
            left -= 1;
        }
    }
    shares
}

fn whole(number: f64) -> u32 {
    floor(number + 0.5)
}

#[allow(clippy::as_conversions, reason = "the cast saturates, and there is no other way from a float to an integer")]
fn floor(number: f64) -> u32 {
    number.floor() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finding(rule: &'static str, severity: Severity) -> Weighed {
        Weighed { rule, severity, category: Category::Size }
    }

    fn findings() -> impl Strategy<Value = Vec<Weighed>> {
        let rule = prop::sample::select(vec!["a", "b", "c", "secret-in-arg-or-env", "final-stage-runs-as-root"]);
        let severity = prop::sample::select(vec![Severity::Error, Severity::Warning, Severity::Info, Severity::Style]);
        let category = prop::sample::select(Category::SCORED.to_vec());
        let one =
            (rule, severity, category).prop_map(|(rule, severity, category)| Weighed { rule, severity, category });
        prop::collection::vec(one, 0..60)
    }

    #[test]
    fn nothing_found_is_a_hundred() {
        let score = score(&[], &[Category::Size]);
        assert_eq!((score.total, score.grade), (100, Grade::APlus));
        assert!(score.categories.iter().all(|bar| bar.total == 100 && bar.applies == (bar.category == Category::Size)));
    }

    #[test]
    fn repeats_weigh_less_and_less() {
        let once = costs(&[finding("a", Severity::Warning)]);
        let many = costs(&[finding("a", Severity::Warning); 4]);
        assert_eq!(many, [once[0], once[0] / 2.0, once[0] / 4.0, once[0] / 8.0]);
    }

    #[test]
    fn a_leaked_secret_or_root_caps_the_letter() {
        assert_eq!(score(&[finding("secret-in-arg-or-env", Severity::Error)], &[]).grade, Grade::D);
        assert_eq!(score(&[finding("final-stage-runs-as-root", Severity::Warning)], &[]).grade, Grade::B);
    }

    #[test]
    fn what_caps_the_letter_is_told_with_the_letter_that_it_takes_away() {
        let root = finding("final-stage-runs-as-root", Severity::Warning);
        let secret = finding("secret-in-arg-or-env", Severity::Error);
        assert_eq!(score(&[root], &[]).cap, None, "80 is no more than a B without a cap");
        let mild = Weighed { severity: Severity::Style, ..root };
        assert_eq!(score(&[mild], &[]).cap, None);
        let many = score(&[root, secret, secret], &[]);
        assert_eq!((many.grade, many.cap), (Grade::E, None), "what is low anyway is capped by nothing");
        let capped = score(&[finding("a", Severity::Style), secret], &[]);
        assert_eq!((capped.total, capped.grade), (64, Grade::D));
        assert_eq!(capped.cap, Some(Capped { finding: 1, from: Grade::C }));
    }

    #[test]
    fn letters_go_down_with_the_total() {
        assert!(GRADES.is_sorted_by(|(grade, least), (lower, less)| grade > lower && least > less));
        assert_eq!((Grade::of(89), Grade::of(90), Grade::of(0)), (Grade::B, Grade::A, Grade::F));
    }

    proptest! {
        #[test]
        fn a_hundred_is_reached_exactly_when_nothing_counted_is_left(findings in findings()) {
            let counted = findings.iter().any(|finding| finding.severity != Severity::Style);
            prop_assert_eq!(score(&findings, &[]).total == 100, !counted);
        }

        #[test]
        fn points_add_up_to_what_is_missing(findings in findings()) {
            let score = score(&findings, &[]);
            prop_assert_eq!(score.points.iter().sum::<u32>(), 100 - score.total);
        }

        #[test]
        fn removing_a_finding_never_lowers_the_score(findings in findings(), at in any::<prop::sample::Index>()) {
            prop_assume!(!findings.is_empty());
            let mut fewer = findings.clone();
            fewer.remove(at.index(findings.len()));
            let (before, after) = (score(&findings, &[]), score(&fewer, &[]));
            prop_assert!(after.total >= before.total && after.grade >= before.grade);
        }
    }
}
