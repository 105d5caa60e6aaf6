//! The comment that silences a finding, as a person would write it.

use super::comment::Reach;
use super::{Suppression, Suppressions};
use crate::code::Tool;
use crate::fix::{Edit, insert, newline_of};
use crate::report::Finding;
use layerwise_syntax::{Dockerfile, TextSize};

/// The change of a file that silences a finding, and all that bear the same name in its instruction: a comment above the instruction, or one
/// more name in the comment that is there. The comment is hadolint's where hadolint has a code for the finding, since both heed it, and ours
/// otherwise. What stands in no instruction can only be silenced in the whole file.
pub fn silencing(file: &Dockerfile, finding: &Finding) -> Edit {
    let code = finding.codes.iter().find(|code| matches!(code.tool, Tool::Hadolint | Tool::Shellcheck));
    let (word, tool, name) = match code {
        Some(code) => ("hadolint", Some(Tool::Hadolint), code.code),
        None => ("layerwise", None, finding.rule),
    };
    let text = file.text();
    let at = finding.range.start();
    let Some(instruction) = file.instruction_at(at) else {
        let first = file.instructions.first().map_or(TextSize::of(text), |first| first.lines.start());
        return insert(first, format!("# {word} global ignore={name}{}", newline_of(text)));
    };
    let suppressions = Suppressions::of(file);
    let is_above = |one: &&Suppression| {
        one.reach == Reach::Instruction && one.tool == tool && one.lines == Some(instruction.lines)
    };
    if let Some((_, last)) = suppressions.all().iter().find(is_above).and_then(|comment| comment.names.last()) {
        return insert(last.end(), format!(",{name}"));
    }
    let indent = text.get(instruction.lines.start().into()..instruction.range.start().into()).unwrap_or_default();
    insert(instruction.lines.start(), format!("{indent}# {word} ignore={name}{}", newline_of(text)))
}

/// The change of a file that takes back what silences a finding: the name in the comment, or the comment when it names nothing else.
/// `None` where the comment says more than names, such as a date or an option of BuildKit's checks, and where the finding would stay silent
/// because it is named once more: a person changes that.
pub fn speaking(file: &Dockerfile, finding: &Finding) -> Option<Edit> {
    let suppressions = Suppressions::of(file);
    let comment = suppressions.all().iter().find(|one| Some(one.content) == finding.silenced_by)?;
    let index = comment.name_of(finding)?;
    let named = suppressions.all().iter().filter(|one| one.is_for(finding)).flat_map(|one| {
        let names = one.names.iter().filter(|(name, _)| one.is_named(name, finding));
        names.map(|(_, range)| *range)
    });
    if named.count() > 1 {
        return None;
    }
    let is_all = comment.names.len() == 1;
    let says_more = match comment.tool {
        Some(Tool::Buildkit) => is_all && file.slice(comment.content).contains(';'),
        Some(Tool::Trivy) => !is_all,
        _ => false,
    };
    if says_more { None } else { comment.without(index, is_all) }
}

#[cfg(test)]
mod tests {
    use super::{silencing, speaking};
    use crate::check::check;
    use crate::fix::apply;
    use crate::input::Input;

    /// The text after the first finding of a rule was silenced. Nothing else may change in the report.
    fn silenced(text: &str, rule: &str) -> String {
        let before = check(&Input::new(text));
        let finding = before.findings.iter().find(|finding| finding.rule == rule).expect("the rule has a finding");
        let after = apply(text, &[silencing(&before.file, finding)]).expect("the edit fits");
        let report = check(&Input::new(&after));
        let rules =
            |report: &crate::check::Report| report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>();
        let mut expected = rules(&before);
        expected.remove(expected.iter().position(|one| *one == rule).expect("it is there"));
        assert_eq!(rules(&report), expected, "{after}");
        after
    }

    #[test]
    fn a_comment_above_the_instruction_silences_a_finding() {
        let text = "FROM alpine:3.23\nUSER 1000\n  RUN a && \\\n    sudo b\n";
        let expected = "FROM alpine:3.23\nUSER 1000\n  # hadolint ignore=DL3004\n  RUN a && \\\n    sudo b\n";
        assert_eq!(silenced(text, "no-sudo"), expected);
    }

    /// The text after the first silenced finding was made to speak again; it must be among the findings then.
    fn spoken(text: &str) -> Option<String> {
        let before = check(&Input::new(text));
        let finding = before.suppressed.first().expect("a comment silences something");
        let after = apply(text, &[speaking(&before.file, finding)?]).expect("the edit fits");
        let report = check(&Input::new(&after));
        assert!(report.findings.iter().any(|one| one.rule == finding.rule), "{after}");
        Some(after)
    }

    #[test]
    fn a_comment_goes_with_the_last_name_in_it() {
        let text = "FROM alpine:3.23\nUSER 1000\n# hadolint ignore=DL3004 for the demo\nRUN sudo a\n";
        assert_eq!(spoken(text).as_deref(), Some("FROM alpine:3.23\nUSER 1000\nRUN sudo a\n"));
        let text = "# check=skip=JSONArgsRecommended\nFROM alpine:3.23\nUSER 1000\nCMD a\n";
        assert_eq!(spoken(text).as_deref(), Some("FROM alpine:3.23\nUSER 1000\nCMD a\n"));
    }

    #[test]
    fn of_several_names_one_goes_and_the_reason_stays() {
        let text =
            "FROM alpine:3.23\nUSER 1000\n# hadolint ignore=DL3003,DL3004 for the demo\nRUN sudo a && cd /b && c\n";
        let after = spoken(text).expect("it can go");
        assert!(
            after.contains("# hadolint ignore=DL3003 for the demo\n")
                || after.contains("# hadolint ignore=DL3004 for the demo\n")
        );
    }

    #[test]
    fn a_comment_that_says_more_than_names_is_left_to_people() {
        assert_eq!(spoken("# check=skip=JSONArgsRecommended;error=true\nFROM alpine:3.23\nUSER 1000\nCMD a\n"), None);
        let text = "FROM alpine:3.23\nUSER 1000\n#trivy:ignore:DS-0005 trivy:ignore:DS-0010:exp:2030-01-01\nADD a /a\n";
        assert_eq!(spoken(text), None);
    }

    #[test]
    fn what_is_silenced_twice_is_left_to_people() {
        let of = |comments: &str| spoken(&format!("FROM alpine:3.23\nUSER 1000\n{comments}\nRUN sudo a\n"));
        assert_eq!(of("# hadolint ignore=DL3004\n# layerwise ignore=no-sudo"), None);
        assert_eq!(of("# hadolint ignore=DL3004,DL3004"), None);
        let text =
            "# layerwise global ignore=no-sudo\nFROM alpine:3.23\nUSER 1000\n# hadolint ignore=DL3004\nRUN sudo a\n";
        assert_eq!(spoken(text), None);
        // A comment for another instruction is none for this one.
        assert!(of("# hadolint ignore=DL3004\nRUN sudo b\n# hadolint ignore=DL3004").is_some());
    }

    #[test]
    fn what_hadolint_does_not_know_is_silenced_in_our_words() {
        let text = "FROM alpine:3.23\r\nUSER 1000\r\nRUN login --password Tr0ub4dor3\r\n";
        let expected = "FROM alpine:3.23\r\nUSER 1000\r\n# layerwise ignore=secret-value-in-dockerfile\r\nRUN login --password Tr0ub4dor3\r\n";
        assert_eq!(silenced(text, "secret-value-in-dockerfile"), expected);
    }

    #[test]
    fn a_comment_that_is_there_takes_one_more_name_and_keeps_its_reason() {
        let text =
            "FROM alpine:3.23\nUSER 1000\n# hadolint ignore=DL3003,DL3018 for the demo\nRUN sudo a && cd /b && c\n";
        let after = silenced(text, "no-sudo");
        assert!(after.contains("# hadolint ignore=DL3003,DL3018,DL3004 for the demo\n"), "{after}");
    }

    #[test]
    fn what_stands_in_a_comment_is_silenced_in_the_whole_file() {
        let token = format!("glpat-{}", "0123456789".repeat(2));
        let after = silenced(
            &format!("# syntax=docker/dockerfile:1\n# {token}\nFROM alpine:3.23\nUSER 1000\n"),
            "secret-value-in-dockerfile",
        );
        assert!(after.contains("\n# layerwise global ignore=secret-value-in-dockerfile\nFROM"), "{after}");
    }
}
