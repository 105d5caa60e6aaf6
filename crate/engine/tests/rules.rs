//! What holds for every rule: its examples do what they say, and its value is whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use layerwise_engine::fix::apply;
use layerwise_engine::guard::differences;
use layerwise_engine::rules::{Change, Example, Outcome, Scope};
use layerwise_engine::{
    Applicability, BuildPlan, Config, Date, Document, Edit, Finding, Input, Rule, Tool, all_rules, check,
};
use layerwise_syntax::parse;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

fn input(dockerfile: &str) -> Input<'_> {
    Input { today: Date::parse("2026-11-01"), ..Input::new(dockerfile) }
}

/// Takes the marks out of an example: the text, and the ranges that were marked.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut open = Vec::new();
    let mut ranges = Vec::new();
    for character in marked.chars() {
        match character {
            '«' => open.push(text.len()),
            '»' => ranges.push((open.pop().expect("a mark that was opened"), text.len())),
            _ => text.push(character),
        }
    }
    assert!(open.is_empty(), "a mark is not closed: {marked}");
    ranges.sort_unstable();
    (text, ranges)
}

/// The findings of a rule, under the settings of an example. What the example shows is switched on.
fn findings_of(rule: &Rule, example: &Example, text: &str) -> Vec<Finding> {
    let asked = if example.case.is_empty() { rule.id.to_owned() } else { format!("{}/{}", rule.id, example.case) };
    let config = Config { enable: &[&asked], ..example.config };
    let report = check(&Input { dockerignore: example.dockerignore, config, ..input(text) });
    // A rule that tells what BuildKit would refuse shows just that.
    for problem in report.problems() {
        let is_told = report
            .findings
            .iter()
            .any(|finding| finding.rule == rule.id && finding.range.contains_range(problem.range));
        assert!(is_told, "{}: BuildKit would refuse this example: {problem:?}\n{text}", rule.id);
    }
    report.findings.into_iter().filter(|finding| finding.rule == rule.id).collect()
}

fn check_example(rule: &Rule, example: &Example) {
    let (text, marks) = unmark(example.text);
    let findings = findings_of(rule, example, &text);
    let ranges: Vec<(usize, usize)> =
        findings.iter().map(|finding| (finding.range.start().into(), finding.range.end().into())).collect();
    assert_eq!(ranges, marks, "{}: findings are where the marks are in\n{}\n{findings:#?}", rule.id, example.text);
    for finding in &findings {
        assert_eq!(finding.case, example.case, "{}: the case in\n{}", rule.id, example.text);
        assert!(
            !finding.message.ends_with('.'),
            "{}: a message is a sentence without its full stop: {}",
            rule.id,
            finding.message
        );
    }
    assert_eq!(
        marks.is_empty(),
        example.outcome == Outcome::Clean,
        "{}: marks and outcome agree in\n{}",
        rule.id,
        example.text
    );
    let fixes: Vec<_> = findings.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    let (expected, applicability) = match example.outcome {
        Outcome::Clean | Outcome::Unfixed => {
            assert!(fixes.is_empty(), "{}: no fix is expected in\n{}\n{fixes:#?}", rule.id, example.text);
            return;
        }
        Outcome::Safe(expected) => (expected, Applicability::Safe),
        Outcome::Review(expected) => (expected, Applicability::Review),
    };
    let fits = !fixes.is_empty() && fixes.iter().all(|fix| fix.applicability == applicability);
    assert!(fits, "{}: fixes are {applicability:?} in\n{}\n{findings:#?}", rule.id, example.text);
    let edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.clone()).collect();
    let fixed = apply(&text, &edits).expect("edits that do not overlap");
    assert_eq!(fixed, expected, "{}: the fix of\n{}", rule.id, example.text);
    assert_eq!(findings_of(rule, example, &fixed), [], "{}: a second run is silent on\n{fixed}", rule.id);
}

#[test]
fn every_example_does_what_it_says() {
    // All of them, so that one look shows everything that a change has changed.
    let is_wrong = |rule: &Rule, example: &Example| std::panic::catch_unwind(|| check_example(rule, example)).is_err();
    let wrong: usize =
        all_rules().iter().map(|rule| rule.examples.iter().filter(|example| is_wrong(rule, example)).count()).sum();
    assert_eq!(wrong, 0, "examples are wrong; see above");
}

/// What the page and the rule pages need.
#[test]
fn every_rule_is_whole() {
    for rule in all_rules() {
        for (name, text) in
            [("title", rule.title), ("summary", rule.summary), ("why", rule.why), ("leave_it_when", rule.leave_it_when)]
        {
            assert!(!text.trim().is_empty(), "{}: {name} is empty", rule.id);
        }
        assert!(
            rule.references.iter().all(|link| link.starts_with("https://")) && !rule.references.is_empty(),
            "{}: references",
            rule.id
        );
        let count =
            |wanted: fn(&Outcome) -> bool| rule.examples.iter().filter(|example| wanted(&example.outcome)).count();
        assert!(count(|outcome| *outcome != Outcome::Clean) > 0, "{}: an example that is flagged", rule.id);
        assert!(count(|outcome| *outcome == Outcome::Clean) > 0, "{}: an example that is clean", rule.id);
        let has_safe_fix = count(|outcome| matches!(outcome, Outcome::Safe(_))) > 0;
        assert_eq!(
            has_safe_fix,
            !rule.fix_changes.is_empty(),
            "{}: what a safe fix changes is said where there is one",
            rule.id
        );
        for case in rule.cases.iter().filter(|case| case.is_on) {
            let is_shown = rule.examples.iter().any(|example| example.case == case.id);
            assert!(is_shown, "{}: no example shows the case {}", rule.id, case.id);
        }
        for example in rule.examples.iter().filter(|example| example.outcome != Outcome::Clean) {
            let is_case = rule.cases.iter().any(|case| case.id == example.case);
            assert!(is_case || rule.cases.is_empty(), "{}: an example names the case `{}`", rule.id, example.case);
        }
    }
}

#[test]
fn no_code_of_another_tool_is_claimed_twice() {
    let mut owners = HashMap::new();
    for rule in all_rules() {
        let codes = rule.codes.iter().chain(rule.cases.iter().flat_map(|case| case.codes));
        for code in codes {
            let owner = owners.entry(*code).or_insert(rule.id);
            assert_eq!(*owner, rule.id, "{} {} has one owner", code.tool.name(), code.code);
        }
        for case in rule.cases {
            assert!(
                !case.codes.iter().any(|code| rule.codes.contains(code)),
                "{}: a code of a case is not repeated for the rule",
                rule.id
            );
        }
    }
}

/// A finding has the codes of its case and those of the rule that no case claims; nothing else adds or takes any.
#[test]
fn a_finding_has_the_codes_of_its_case_and_of_its_rule() {
    for rule in all_rules() {
        for example in rule.examples {
            let (text, _) = unmark(example.text);
            for finding in findings_of(rule, example, &text) {
                let case = rule.cases.iter().find(|case| case.id == finding.case);
                let own = case.map(|case| case.codes).unwrap_or_default();
                let all: Vec<_> = own.iter().chain(rule.codes).copied().collect();
                // Codes that are about another tool than the finding are left out, and the others keep their order.
                let kept: Vec<_> = all.iter().filter(|code| finding.codes.contains(code)).copied().collect();
                assert_eq!(finding.codes, kept, "{}: the codes in\n{}", rule.id, example.text);
                let names_tool =
                    |code: &&layerwise_engine::Code| SEVERAL.contains(&(rule.id, code.tool)) || names_a_tool(code.code);
                assert!(all.iter().filter(|code| !kept.contains(code)).all(|code| names_tool(&code)), "{}", rule.id);
            }
        }
    }
}

/// The rules of which a case answers to several codes of a tool, one for each program.
const SEVERAL: &[(&str, Tool)] = &[
    ("no-blanket-upgrade", Tool::Hadolint),
    ("pin-language-packages", Tool::Hadolint),
    ("pin-os-packages", Tool::Hadolint),
    ("tls-verification-disabled", Tool::Checkov),
];

fn names_a_tool(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    ["apk", "apt", "curl", "dnf", "ruby", "wget", "yum", "zypper"].iter().any(|tool| code.contains(tool))
}

#[test]
fn a_finding_has_no_codes_that_are_about_another_tool() {
    let codes = |text: &str, rule: &str| {
        let report = check(&Input::new(text));
        let finding = report.findings.into_iter().find(|finding| finding.rule == rule).unwrap();
        finding.codes.iter().map(|code| code.code).collect::<Vec<_>>().join(", ")
    };
    let upgrades = |text: &str| codes(text, "no-blanket-upgrade");
    assert_eq!(
        upgrades("FROM fedora:43\nRUN dnf -y upgrade && dnf clean all\n"),
        "DL3039, DS-0024, Run Using Upgrade Commands, Run Using dnf Update, DKL-DI-0003, avoid-dnf-update, DF044"
    );
    assert_eq!(
        upgrades("FROM opensuse/leap:15.6\nRUN zypper -n update && zypper clean\n"),
        "DS-0024, Run Using Upgrade Commands, Run Using Zypper Update, DKL-DI-0003, avoid-zypper-update, DF044"
    );
    let mounts = |text: &str| codes(text, "use-cache-mount");
    let go = "FROM golang:1.26 AS build\nCOPY . .\nRUN go build -o /a .\nFROM scratch\nCOPY --from=build /a /a\n";
    assert_eq!(mounts(go), "tally/prefer-package-cache-mounts");
    let ruby = "FROM ruby:3.4 AS build\nCOPY Gemfile .\nRUN bundle install\nFROM ruby:3.4\nCOPY --from=build /usr/local/bundle /b\n";
    assert!(mounts(ruby).ends_with("tally/ruby/prefer-bundler-cache-mount"), "{}", mounts(ruby));
    let pip = |line: &str| codes(&format!("FROM python:3.13\n{line}\n"), "tls-verification-disabled");
    assert_eq!(pip("ENV PIP_TRUSTED_HOST=example.org"), "CKV2_DOCKER_16");
    assert_eq!(pip("RUN pip install --trusted-host example.org flask==3.1"), "CKV2_DOCKER_4");
    let base = |name: &str| codes(&format!("FROM {name}\n"), "pin-base-image-tag");
    assert!(!base("node").contains("latest") && base("node:latest").contains("latest_tag"));
}

#[test]
fn buildkit_tells_of_the_first_workdir_of_a_chain_only() {
    let text = "FROM alpine:3.23 AS base\nWORKDIR ~\nWORKDIR app\nFROM base\nWORKDIR other\nFROM alpine:3.23\nWORKDIR /a\nWORKDIR b\n\
                FROM alpine:3.23\nWORKDIR c\nWORKDIR d\n";
    let lines = |compat: Option<Tool>| -> Vec<usize> {
        let input = input(text);
        let report = check(&Input { config: Config { compat, ..input.config }, ..input });
        let found = report.findings.iter().filter(|finding| finding.rule == "workdir-absolute-path");
        found.map(|finding| text.get(..usize::from(finding.range.start())).unwrap().matches('\n').count() + 1).collect()
    };
    assert_eq!(lines(Some(Tool::Buildkit)), [2, 10]);
    assert_eq!(lines(Some(Tool::Hadolint)), [2, 3, 5, 8, 10, 11]);
}

#[test]
fn every_rule_file_is_registered_under_its_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let mut files = Vec::new();
    for category in fs::read_dir(&folder).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        for file in fs::read_dir(category.path()).unwrap().flatten() {
            let name = file.file_name().into_string().unwrap();
            if name != "mod.rs" {
                let category = category.file_name().into_string().unwrap().replace('_', "-");
                files.push((category, name.trim_end_matches(".rs").replace('_', "-")));
            }
        }
    }
    files.sort();
    let mut rules: Vec<_> =
        all_rules().iter().map(|rule| (rule.category.id().to_owned(), rule.id.to_owned())).collect();
    rules.sort();
    assert_eq!(rules, files);
}

#[test]
fn a_rule_for_the_image_is_silent_about_a_fragment() {
    for rule in all_rules().iter().filter(|rule| rule.scope == Scope::Final) {
        let report = check(&input("RUN make\nCMD make run\n"));
        assert!(report.findings.iter().all(|finding| finding.rule != rule.id), "{}", rule.id);
    }
}

/// The guard knows every change that a safe fix makes: those that the rule declares, and each of them in some example.
#[test]
fn safe_fixes_change_of_the_build_what_their_rules_declare() {
    let mut wrong = Vec::new();
    for rule in all_rules() {
        let mut seen = Vec::new();
        for example in rule.examples.iter().filter(|example| matches!(example.outcome, Outcome::Safe(_))) {
            let (text, _) = unmark(example.text);
            let plan = |text: &str| {
                let input = Input { dockerignore: example.dockerignore, config: example.config, ..input(text) };
                BuildPlan::of(&Document::new(&parse(text), &input))
            };
            for fix in findings_of(rule, example, &text).iter().filter_map(|finding| finding.fix.as_ref()) {
                let fixed = apply(&text, &fix.edits).expect("edits that do not overlap");
                for difference in differences(&plan(&text), &plan(&fixed)) {
                    match difference.change {
                        Some(change) if seen.contains(&change) => {}
                        Some(change) if rule.fix_changes.contains(&change) => seen.push(change),
                        _ => wrong.push(format!("{}: {difference:?} in\n{text}", rule.id)),
                    }
                }
            }
        }
        for change in rule.fix_changes.iter().filter(|change| **change != Change::Nothing && !seen.contains(change)) {
            wrong.push(format!("{}: no example shows {change:?}", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
