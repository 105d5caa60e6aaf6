//! What holds for the patterns that findings name.

#![allow(clippy::panic, reason = "a test may fail loudly")]

use layerwise_engine::patterns::{PATTERNS, RULES};
use layerwise_engine::{Date, Input, all_rules, check};

fn input(text: &str) -> Input<'_> {
    Input { today: Date::parse("2026-11-01"), ..Input::new(text) }
}

/// Whoever learns from a pattern hears nothing of it afterwards.
#[test]
fn our_own_rules_find_nothing_in_a_pattern() {
    let mut found = Vec::new();
    for pattern in PATTERNS {
        // What a pattern copies whole is kept small beside it.
        let dockerignore = Some(".git\n.env*\nnode_modules\ntarget\nbuild\nbin\nobj\nvendor\nDockerfile\n");
        let report = check(&Input { dockerignore, ..input(pattern.text) });
        assert_eq!(report.problems(), [], "{}", pattern.id);
        let messages =
            report.findings.iter().map(|finding| format!("{}: {} ({})", pattern.id, finding.message, finding.rule));
        found.extend(messages);
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_finding_names_a_pattern_that_there_is() {
    for rule in all_rules() {
        for example in rule.examples {
            for finding in check(&input(&example.plain_text())).findings {
                let name = finding.pattern();
                let is_known = PATTERNS.iter().any(|pattern| pattern.id == name) && RULES.contains(&finding.rule);
                assert!(name.is_empty() || is_known, "{name} of {}", finding.rule);
                assert!(name.is_empty() || finding.fix.is_none(), "a pattern is for what has no fix");
            }
        }
    }
}
