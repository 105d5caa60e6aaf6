//! What a file comes to once certain things are mended.

use crate::fix_all::fix_where;
use crate::input::Input;
use crate::report::Finding;
use crate::score::{Score, Weighed, score};

/// The score once nothing that some rules find is left: their fixes are applied, those for review too, and what has no fix counts as
/// mended by hand. What a fix brings along counts. `None` where BuildKit would refuse the file.
pub fn outlook(input: &Input<'_>, rules: &[String]) -> Option<Score> {
    let is_meant = |finding: &Finding| rules.iter().any(|rule| rule == finding.rule);
    let run = fix_where(input, &|finding| finding.fix.is_some() && is_meant(finding));
    let mut left = Vec::new();
    for finding in &run.report.findings {
        if !is_meant(finding) {
            left.push(Weighed::from(finding));
        }
    }
    run.report.score.map(|_| score(&left, &[]))
}

#[cfg(test)]
mod tests {
    use super::outlook;
    use crate::check::check;
    use crate::fix_all::fix_where;
    use crate::input::Input;

    const TEXT: &str = "FROM ubuntu:24.04\nMAINTAINER ops@example.org\nRUN apt-get update && apt-get install -y curl\n\
        ADD app.py /srv/app.py\nADD data /srv/\nCMD /srv/app.py\n";

    #[test]
    fn what_is_promised_for_fixes_is_what_they_bring() {
        let input = Input::new(TEXT);
        for finding in check(&input).findings.iter().filter(|finding| finding.fix.is_some()) {
            let after = fix_where(&input, &|one| one.rule == finding.rule).report;
            if after.findings.iter().any(|one| one.rule == finding.rule) {
                continue; // what is left of it counts as mended by hand
            }
            let promised = outlook(&input, &[finding.rule.to_owned()]).expect("it builds");
            let came = after.score.expect("it builds");
            assert_eq!((promised.total, promised.grade), (came.total, came.grade), "{}", finding.rule);
        }
    }

    #[test]
    fn with_every_rule_mended_nothing_is_missing() {
        let report = check(&Input::new(TEXT));
        let rules: Vec<String> = report.findings.iter().map(|finding| finding.rule.to_owned()).collect();
        let after = outlook(&Input::new(TEXT), &rules).expect("it builds").total;
        assert!(after > report.score.expect("it builds").total && after >= 90, "{after}");
    }

    #[test]
    fn without_a_rule_nothing_changes_and_without_a_build_there_is_no_score() {
        let now = check(&Input::new(TEXT)).score.expect("it builds").total;
        assert_eq!(outlook(&Input::new(TEXT), &[]).map(|score| score.total), Some(now));
        assert_eq!(outlook(&Input::new("FROM scratch\nCOPPY a b\n"), &[]), None);
    }
}
