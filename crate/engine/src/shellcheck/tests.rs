use super::codes::{is_code, name};
use super::hand_out::Known;
use super::*;
use crate::check::check;
use crate::code::Tool;
use crate::fix::Applicability;
use crate::fix_all::{fix_all, fix_where};
use crate::input::Input;
use crate::report::Finding;
use std::borrow::Cow;
use std::cell::RefCell;

/// A script's text, its dialect, whether its shell stops at errors, and the names that it knows.
type Given = (String, &'static str, bool, Vec<String>);

/// Reports every `$x` that no quote precedes, to be put in quotes, every `==`, to be `=`, and every `['`. It notes what it was given.
#[derive(Debug, Default)]
struct Fake {
    seen: RefCell<Vec<Given>>,
}

impl ShellLinter for Fake {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        let known = script.known.iter().map(|name| (*name).to_owned()).collect();
        self.seen.borrow_mut().push((script.text.to_owned(), script.dialect.name(), script.stops_at_errors, known));
        let at = |code: u16, found: &str, is_safe: bool, mended: &str| {
            let finding = |(start, _): (usize, &str)| {
                let range = start..start + found.len();
                let fix = ShellFix { label: "mend it".into(), is_safe, edits: vec![(range.clone(), mended.into())] };
                ShellFinding { code, severity: Severity::Warning, message: "look".into(), range, fix: Some(fix) }
            };
            let is_quoted = |start: usize| script.text.split_at(start).0.ends_with('"');
            let places = script.text.match_indices(found).filter(|(start, _)| !is_quoted(*start));
            places.map(finding).collect::<Vec<_>>()
        };
        Some([at(1035, "['", false, "[ '"), at(2086, "$x", false, "\"$x\""), at(3014, "==", true, "=")].concat())
    }
}

fn with_fake<T>(text: &str, then: impl FnOnce(&Input<'_>) -> T) -> T {
    then(&Input { shell: Some(&Fake::default()), ..Input::new(text) })
}

fn found(text: &str) -> Vec<Finding> {
    let report = with_fake(text, check);
    report.findings.into_iter().filter(|finding| finding.category == crate::Category::Shell).collect()
}

/// The line on which each finding stands, counted from 1, and its text.
fn places(text: &str) -> Vec<(usize, &str)> {
    let place = |finding: Finding| {
        let range = std::ops::Range::<usize>::from(finding.range);
        (text.split_at(range.start).0.matches('\n').count() + 1, text.get(range).unwrap())
    };
    found(text).into_iter().map(place).collect()
}

fn seen(text: &str) -> Vec<Given> {
    let fake = Fake::default();
    check(&Input { shell: Some(&fake), ..Input::new(text) });
    fake.seen.into_inner()
}

#[test]
fn places_are_places_of_the_file_across_every_kind_of_line() {
    let text = "FROM alpine:3.23\nRUN a $x \\\n  # b $x\n  && c $x\nRUN d\\\n$x\nRUN <<-EOF\n\te $x\n\tEOF\nRUN <<'EOF'\n#!/bin/bash\nf $x\nEOF\n";
    let expected = [(2, "$x"), (4, "$x"), (6, "$x"), (8, "$x"), (12, "$x")];
    assert_eq!(places(text), expected);
    assert_eq!(places(&text.replace('\n', "\r\n")), expected);
    let backticks = format!("# escape=`\n{}", text.replace("\\\n", "`\n"));
    assert_eq!(places(&backticks), expected.map(|(line, text)| (line + 1, text)));
}

#[test]
fn every_form_of_script_is_handed_out() {
    let text = "FROM debian:13\nRUN [\"bash\", \"-ec\", \"a $x\"]\nRUN [\"a\", \"$x\"]\nCMD b $x\nENTRYPOINT [\"sh\", \"-c\", \"c \\\"b\\\" $x\"]\n\
        HEALTHCHECK CMD d $x\nONBUILD RUN e $x\nRUN bash <<'EOF'\nf $x\nEOF\n";
    let texts: Vec<_> = seen(text).into_iter().map(|(text, dialect, stops, _)| (text, dialect, stops)).collect();
    let script = |text: &str, dialect, stops| (text.to_owned(), dialect, stops);
    assert_eq!(
        texts,
        [
            script("a $x", "bash", true),
            script("b $x", "dash", false),
            script("c \"b\" $x", "dash", false),
            script("d $x", "dash", false),
            script("e $x", "dash", false),
            script("bash <<'EOF'\nf $x\nEOF", "bash", false),
            script("f $x\n", "bash", false),
        ]
    );
}

#[test]
fn what_a_json_string_escapes_has_its_place_and_no_fix() {
    let text = "FROM alpine:3.23\nCMD [\"sh\", \"-c\", \"c \\\"b\\\" $x\"]\n";
    let [finding] = &found(text)[..] else { panic!("one finding") };
    assert_eq!(text.get(std::ops::Range::<usize>::from(finding.range)).unwrap(), "c \\\"b\\\" $x");
    assert_eq!(finding.fix, None);
}

#[test]
fn what_is_to_be_quoted_in_a_list_of_strings_has_no_fix() {
    let text = "FROM alpine:3.23\nRUN [\"bash\", \"-c\", \"make -j$x all && [ a == b ]\"]\n";
    let [words, equals] = &found(text)[..] else { panic!("two findings") };
    assert_eq!((words.codes[0].code, &words.fix), ("SC2086", &None));
    assert_eq!(places(text), [(2, "$x"), (2, "==")]);
    assert!(equals.fix.is_some(), "no quotes are needed for that");
}

#[test]
fn the_shell_is_what_the_file_and_the_base_say() {
    let dialect = |text: &str| seen(text).last().map(|(_, dialect, stops, _)| (*dialect, *stops));
    assert_eq!(dialect("FROM ubuntu:24.04\nRUN a\n"), Some(("dash", false)));
    assert_eq!(dialect("FROM alpine:3.23\nRUN a\n"), Some(("busybox", false)));
    assert_eq!(dialect("FROM fedora:43\nRUN a\n"), Some(("bash", false)));
    assert_eq!(dialect("FROM example.org/a:1\nRUN a\n"), Some(("sh", false)));
    assert_eq!(dialect("FROM debian:13\nRUN ln -sf /bin/bash /bin/sh\nRUN a\n"), Some(("bash", false)));
    assert_eq!(
        dialect("FROM debian:13\nSHELL [\"/bin/bash\", \"-euo\", \"pipefail\", \"-c\"]\nRUN a\n"),
        Some(("bash", true))
    );
    assert_eq!(
        dialect("FROM debian:13\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a\n"),
        Some(("bash", false))
    );
    assert_eq!(dialect("FROM debian:13\nSHELL [\"pwsh\", \"-c\"]\nRUN a\n"), None);
    assert_eq!(dialect("FROM mcr.microsoft.com/windows/servercore:ltsc2025\nRUN a\n"), None);
}

#[test]
fn a_comment_for_hadolint_names_the_shell_of_its_stage() {
    let dialects = |text: &str| seen(text).into_iter().map(|(_, dialect, ..)| dialect).collect::<Vec<_>>();
    let text = "FROM a\nRUN b\n# hadolint shell=powershell\nRUN c\nFROM a\n# hadolint shell=/bin/bash\nRUN d\nRUN e\n";
    assert_eq!(dialects(text), ["sh", "bash", "bash"]);
    assert_eq!(dialects("FROM a\n# hadolint shell=bash\nSHELL [\"dash\", \"-c\"]\nRUN b\n"), ["dash"]);
    assert_eq!(dialects("FROM a\n# hadolint shell=bash\nRUN <<E\n#!/bin/dash\nb\nE\n").last(), Some(&"dash"));
}

#[test]
fn blanks_in_front_of_a_line_that_goes_on_are_none_too_many() {
    #[derive(Debug)]
    struct Blanks;
    impl ShellLinter for Blanks {
        fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
            let range = 0..script.text.len();
            Some(vec![ShellFinding { code: 2291, severity: Severity::Style, message: "look".into(), range, fix: None }])
        }
    }
    let count = |text: &str| {
        let report = check(&Input { shell: Some(&Blanks), ..Input::new(text) });
        report.findings.iter().filter(|finding| finding.rule == "SC2291").count()
    };
    assert_eq!(count("FROM alpine:3.23\nRUN echo a     b\n"), 1);
    assert_eq!(count("FROM alpine:3.23\nRUN echo a \\\n    b\n"), 0);
}

#[test]
fn a_script_that_the_linter_does_not_get_through_is_told_of() {
    #[derive(Debug)]
    struct Picky;
    impl ShellLinter for Picky {
        fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
            script.text.starts_with('a').then(Vec::new)
        }
    }
    let text = "FROM alpine:3.23\nRUN a\nRUN b\n";
    let report = check(&Input { shell: Some(&Picky), ..Input::new(text) });
    let [unread] = report.unread_scripts[..] else { panic!("{:?}", report.unread_scripts) };
    assert_eq!(text.get(std::ops::Range::<usize>::from(unread)), Some("b"));
    assert!(check(&Input::new(text)).unread_scripts.is_empty());
}

#[test]
fn a_point_between_two_characters_stands_for_what_follows_it() {
    #[derive(Debug)]
    struct Points;
    impl ShellLinter for Points {
        fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
            let point = |(at, _): (usize, char)| {
                let (message, range) = ("look".into(), at..at);
                ShellFinding { code: 2086, severity: Severity::Style, message, range, fix: None }
            };
            let end = (script.text.len(), ' ');
            Some(script.text.char_indices().filter(|(_, it)| "^\\".contains(*it)).chain([end]).map(point).collect())
        }
    }
    let text = "FROM alpine:3.23\nRUN a ^ \\_b done\n";
    let report = check(&Input { shell: Some(&Points), ..Input::new(text) });
    let of_scripts = report.findings.iter().filter(|finding| finding.rule == "SC2086");
    let places = of_scripts.map(|finding| text.get(std::ops::Range::<usize>::from(finding.range)).unwrap());
    assert_eq!(places.collect::<Vec<_>>(), ["^", "\\_", "e"]);
}

#[test]
fn the_variables_in_force_are_known() {
    let text = "ARG outer=1\nFROM debian:13 AS base\nARG given\nENV set=1\nFROM base\nARG own\n\
        RUN --mount=type=secret,id=token,env=token a\nARG late\nCMD b\n";
    let seen = seen(text);
    let known = |index: usize, name: &str| seen[index].3.iter().any(|known| known == name);
    for name in ["given", "set", "own", "token", "HTTP_PROXY"] {
        assert!(known(0, name), "{name}");
    }
    for name in ["outer", "late"] {
        assert!(!known(0, name), "{name}");
    }
    assert!(known(1, "set"));
    for name in ["given", "own", "late", "HTTP_PROXY"] {
        assert!(!known(1, name), "a container does not know {name}");
    }
}

#[test]
fn the_variables_are_listed_once_for_the_steps_up_to_the_next_that_sets_one() {
    let text = "FROM debian:13\nENV a=1\nRUN a\nRUN b\nCMD c\nRUN d\nENV e=1\nRUN f\nFROM debian:13\nRUN g\n";
    let file = layerwise_syntax::parse(text);
    let document = crate::Document::new(&file, &Input::new(text));
    let mut known = Known::default();
    let mut lists = Vec::new();
    document.along_chains(|step, (): &mut ()| {
        known.pass(step);
        if step.is_run() {
            let Cow::Borrowed(list) = known.at(&document, step) else { panic!("nothing is mounted") };
            lists.push((list.as_ptr().addr(), list.iter().filter(|name| ["a", "e"].contains(name)).count()));
        }
    });
    let [first, second, third, after_more, in_another_stage] = lists[..] else { panic!("{lists:?}") };
    assert!(first == second && second == third, "{lists:?}");
    assert_eq!([first.1, after_more.1, in_another_stage.1], [1, 2, 0]);
}

#[test]
fn a_name_that_several_stages_set_is_listed_once_and_first_come_those_of_the_last_stage() {
    let text = "FROM debian:13 AS a\nENV x=1 y=1\nFROM a AS b\nARG z\nENV y=2\nFROM b\nENV w=1 x=2\nRUN c\nCMD d\n";
    let known: Vec<_> = seen(text).into_iter().map(|(.., known)| known).collect();
    assert_eq!(known[0][..4], ["w", "x", "z", "y"]);
    assert_eq!(known[0].len(), 4 + 10);
    assert_eq!(known[1], ["w", "x", "y"]);
}

#[test]
fn the_score_does_not_move() {
    for text in [
        "FROM debian:13\nRUN [ a == b ] && c $x\nRUN pushd /a && pushd /b && [ a == b ]\n",
        "FROM debian:13\nRUN c $x; d $x; e $x\n",
    ] {
        let total = |report: crate::Report| report.score.map(|score| (score.total, score.grade.letter().to_owned()));
        assert_eq!(total(with_fake(text, check)), total(check(&Input::new(text))));
    }
}

#[test]
fn what_we_say_ourselves_gives_way() {
    let text = "FROM debian:13\nRUN [ \"$A\" == b ] && make\n";
    let rules = |report: crate::Report| report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>();
    assert!(rules(check(&Input::new(text))).contains(&"bashism-without-bash"));
    let both = with_fake(text, check);
    let theirs = both.findings.iter().find(|finding| finding.rule == "SC3014").expect("it is there");
    assert!(theirs.points > 0, "it weighs what ours did");
    assert!(!rules(both).contains(&"bashism-without-bash"));
}

#[test]
fn an_array_that_is_no_json_is_no_test() {
    assert_eq!(places("FROM alpine:3.23\nCMD ['a', $x]\nRUN a && ['b' = $x ]\n"), [(2, "$x"), (3, "['"), (3, "$x")]);
}

#[test]
fn the_script_is_what_stands_behind_the_flag() {
    let texts = |text: &str| seen(text).into_iter().map(|(text, ..)| text).collect::<Vec<_>>();
    assert_eq!(texts("FROM alpine:3.23\nENTRYPOINT [\"sh\", \"-c\", \"exec app $x\", \"--\"]\n"), ["exec app $x"]);
    assert_eq!(texts("FROM debian:13\nCMD [\"bash\", \"-euo\", \"pipefail\", \"-c\", \"a $x\"]\n"), ["a $x"]);
    assert_eq!(texts("FROM debian:13\nCMD [\"bash\", \"-c\", \"-o\", \"pipefail\", \"a $x\", \"b\"]\n"), ["a $x"]);
}

#[test]
fn comments_silence_a_code() {
    for comment in ["# hadolint ignore=SC2086", "# layerwise ignore=SC2086", "# shellcheck disable=SC2086 # why"] {
        assert_eq!(places(&format!("FROM alpine:3.23\n{comment}\nRUN a $x\nRUN b $x\n")), [(4, "$x")], "{comment}");
    }
    let inside =
        "FROM alpine:3.23\nRUN a $x && \\\n  # shellcheck disable=SC2086\n  # as it has words\n  b $x && \\\n  c $x\n";
    assert_eq!(places(inside), [(2, "$x"), (6, "$x")]);
    assert_eq!(places(&inside.replace('\n', "\r\n")), [(2, "$x"), (6, "$x")]);
    assert_eq!(places(&inside.replace("SC2086\n", "SC2046\n")), [(2, "$x"), (5, "$x"), (6, "$x")]);
    let stacked = "FROM alpine:3.23\nRUN \\\n# shellcheck disable=SC2086\n\n# shellcheck disable=SC3014\n[ $x == b ] \\\n&& c $x\n";
    assert_eq!(places(stacked), [(7, "$x")]);
}

#[test]
fn what_a_comment_silences_is_told_wherever_the_comment_stands() {
    for text in [
        "FROM alpine:3.23\n# shellcheck disable=SC2086\nRUN a && \\\n  b $x\n",
        "FROM alpine:3.23\nRUN a && \\\n  # shellcheck disable=SC2086\n  b $x\n",
        "FROM alpine:3.23\nONBUILD RUN a && \\\n  # shellcheck disable=SC2086\n  b $x\n",
    ] {
        let report = with_fake(text, check);
        let suppressed: Vec<_> = report.suppressed.iter().map(|finding| finding.rule).collect();
        assert_eq!(suppressed, ["SC2086"], "{text}");
        assert!(report.findings.iter().all(|finding| finding.rule != "SC2086"), "{text}");
    }
}

#[test]
fn a_comment_within_an_instruction_reaches_what_begins_in_its_line() {
    #[derive(Debug)]
    struct Wide;
    impl ShellLinter for Wide {
        fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
            let start = script.text.find('b').unwrap();
            let range = start..script.text.len();
            Some(vec![ShellFinding { code: 2086, severity: Severity::Info, message: "look".into(), range, fix: None }])
        }
    }
    let text = "FROM alpine:3.23\nRUN a && \\\n  # shellcheck disable=SC2086\n  b $x \\\n  $y\n";
    let report = check(&Input { shell: Some(&Wide), ..Input::new(text) });
    assert_eq!(report.suppressed.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["SC2086"]);
}

#[test]
fn a_comment_within_an_instruction_says_nothing_of_the_instruction() {
    let text = "FROM alpine:3.23\nRUN a $x && \\\n  # shellcheck disable=SC2086\n  b\n";
    let report = with_fake(text, check);
    let finding = report.findings.iter().find(|finding| finding.rule == "SC2086").expect("it is there");
    let edit = crate::suppression::silencing(&report.file, finding);
    assert_eq!(crate::fix::apply(text, &[edit]).unwrap(), text.replace("RUN", "# hadolint ignore=SC2086\nRUN"));
}

#[test]
fn a_comment_for_a_code_is_stale_only_when_somebody_has_looked() {
    let stale = |report: crate::Report| report.findings.iter().any(|finding| finding.rule == "inline-suppression");
    let text = "FROM alpine:3.23\n# layerwise ignore=SC2086\nRUN a\n";
    assert!(!stale(check(&Input::new(text))));
    assert!(stale(with_fake(text, check)));
}

#[test]
fn a_team_sets_codes_as_it_sets_rules() {
    let mut input = Input { shell: Some(&Fake::default()), ..Input::new("FROM alpine:3.23\nRUN a $x\n") };
    input.config.severity = &[("SC2086", Severity::Error)];
    let severity = |input: &Input<'_>| {
        check(input).findings.iter().find(|finding| finding.rule == "SC2086").map(|finding| finding.severity)
    };
    assert_eq!(severity(&input), Some(Severity::Error));
    input.config.ignore = &["SC2086"];
    assert_eq!(severity(&input), None);
}

#[test]
fn hadolint_looks_at_run_alone_and_takes_sh_for_sh() {
    let fake = Fake::default();
    let mut input = Input::new("FROM debian:13\nRUN a $x\nCMD b $x\nRUN [\"sh\", \"-c\", \"c $x\"]\n");
    input.shell = Some(&fake);
    input.config.compat = Some(Tool::Hadolint);
    let report = check(&input);
    assert_eq!(report.findings.iter().filter(|finding| finding.rule == "SC2086").count(), 1);
    input.config.compat = Some(Tool::Buildkit);
    assert!(check(&input).findings.iter().all(|finding| finding.rule != "SC2086"));
    assert!(fake.seen.borrow().iter().all(|(_, dialect, ..)| *dialect == "sh"));
}

#[test]
fn fixes_touch_no_more_than_they_must() {
    let text = "FROM alpine:3.23\nRUN a $x\n";
    let [finding] = &found(text)[..] else { panic!("one finding") };
    let fix = finding.fix.as_ref().expect("a fix");
    assert_eq!(fix.applicability, Applicability::Review);
    assert_eq!(fix.edits.iter().map(|edit| edit.text.as_str()).collect::<Vec<_>>(), ["\"", "\""]);
    assert!(fix.edits.iter().all(|edit| edit.range.is_empty()));
}

#[test]
fn safe_fixes_are_applied_with_the_others_and_review_ones_when_asked_for() {
    let text = "FROM debian:13\nRUN [ \"$A\" == b ] && c $x\n";
    let safe = with_fake(text, fix_all).text;
    assert!(safe.contains("[ \"$A\" = b ] && c $x"), "{safe}");
    let all = with_fake(text, |input| fix_where(input, &|finding| finding.rule == "SC2086")).text;
    assert!(all.contains("c \"$x\""), "{all}");
}

#[test]
fn what_is_safe_for_a_step_of_the_build_wants_review_elsewhere() {
    let text = "FROM debian:13\nRUN [ a == b ]\nONBUILD RUN [ a == b ]\nCMD [ a == b ]\n";
    let fixes = found(text).into_iter().filter_map(|finding| Some(finding.fix?.applicability));
    assert_eq!(fixes.collect::<Vec<_>>(), [Applicability::Safe, Applicability::Review, Applicability::Review]);
}

#[test]
fn what_a_linter_must_not_say_is_passed_over() {
    #[derive(Debug)]
    struct Odd;
    impl ShellLinter for Odd {
        fn lint(&self, _: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
            let at =
                |code, range| ShellFinding { code, severity: Severity::Info, message: String::new(), range, fix: None };
            Some(vec![
                at(2086, 5..900),
                at(2086, std::ops::Range { start: 3, end: 1 }),
                at(1, 0..1),
                at(2086, 1..2),
                at(2086, 3..3),
            ])
        }
    }
    let report = check(&Input { shell: Some(&Odd), ..Input::new("FROM alpine:3.23\nRUN \u{e9}a\n") });
    let ranges: Vec<_> = report.findings.iter().filter(|finding| finding.rule == "SC2086").map(|it| it.range).collect();
    assert_eq!(ranges.len(), 1, "{ranges:?}");
}

#[test]
fn a_code_has_a_name() {
    assert_eq!([name(2086), name(1), name(65535)], [Some("SC2086"), None, None]);
    assert!(is_code("sc2086") && !is_code("SC9999") && !is_code("2086"));
}
