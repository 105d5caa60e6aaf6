//! What a suppression comment says, in the words of each tool.

use crate::code::Tool;

/// A comment that silences findings.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// Whose words these are; `None` for ours.
    pub tool: Option<Tool>,
    pub reach: Reach,
    /// What it names, with the offset of each in the comment.
    pub names: Vec<(usize, String)>,
}

/// How far a comment reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The line below it, among those of an instruction.
    Line,
    /// The instruction below it.
    Instruction,
    /// The rest of the stage.
    Stage,
    /// The whole file.
    File,
}

/// Reads a comment.
pub(super) fn read(comment: &str) -> Option<Comment> {
    let body = comment.trim_start_matches('#').trim_start();
    let at = comment.len() - body.len();
    let found =
        |tool, reach, names: Vec<(usize, String)>| (!names.is_empty()).then_some(Comment { tool, reach, names });
    if let Some(rest) = body.strip_prefix("layerwise") {
        let (reach, names) = ignore_list(rest, at + "layerwise".len())?;
        return found(None, reach, names);
    }
    if let Some(rest) = body.strip_prefix("hadolint") {
        let (reach, names) = ignore_list(rest, at + "hadolint".len())?;
        return found(Some(Tool::Hadolint), reach, names);
    }
    if let Some(rest) = body.strip_prefix("checkov:skip=") {
        let list = rest.split([':', ' ', '\t']).next().unwrap_or_default();
        return found(Some(Tool::Checkov), Reach::File, listed(list, comment.len() - rest.len()));
    }
    if let Some(rest) = body.strip_prefix("check") {
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let names = buildkit_skips(value, comment.len() - value.len());
        return found(Some(Tool::Buildkit), Reach::Instruction, names);
    }
    if body.starts_with(TRIVY) {
        return found(Some(Tool::Trivy), Reach::Instruction, trivy_ignores(body, at));
    }
    if let Some(rest) = body.strip_prefix("shellcheck").filter(|rest| rest.starts_with([' ', '\t'])) {
        let list = rest.trim_start().strip_prefix("disable=")?;
        let start = comment.len() - list.len();
        let list = list.split([' ', '\t']).next().unwrap_or_default();
        return found(Some(Tool::Shellcheck), Reach::Instruction, listed(list, start));
    }
    None
}

const TRIVY: &str = "trivy:ignore:";

/// ` ignore=a,b why`, ` global ignore=A` and ` stage ignore=A`; `start` is where the text stands in its comment.
fn ignore_list(text: &str, start: usize) -> Option<(Reach, Vec<(usize, String)>)> {
    let end = start + text.len();
    let rest = text.strip_prefix(char::is_whitespace)?.trim_start();
    let (reach, rest) = match (rest.strip_prefix("global"), rest.strip_prefix("stage")) {
        (Some(rest), _) => (Reach::File, rest.trim_start()),
        (_, Some(rest)) => (Reach::Stage, rest.trim_start()),
        _ => (Reach::Instruction, rest),
    };
    let list = rest.strip_prefix("ignore")?.trim_start().strip_prefix('=')?;
    Some((reach, listed(list, end - list.len())))
}

/// Names between commas, which blanks may surround. The first word that no comma precedes begins the reason.
fn listed(list: &str, start: usize) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut at = start;
    for item in list.split(',') {
        let mut words = item.split_whitespace();
        if let Some(word) = words.next() {
            let blanks = item.len() - item.trim_start().len();
            let name = word.trim_end_matches([':', ';']);
            names.push((at + blanks, name.to_owned()));
            // The sign opens the reason.
            if name.len() < word.len() {
                break;
            }
        }
        if words.next().is_some() {
            break;
        }
        at += item.len() + 1;
    }
    names
}

/// The names after `skip=` among `skip=A,B;error=true`. The value ends at its first blank.
fn buildkit_skips(value: &str, start: usize) -> Vec<(usize, String)> {
    let value = value.split([' ', '\t']).next().unwrap_or_default();
    let mut at = start;
    let mut names = Vec::new();
    for option in value.split(';') {
        if let Some(list) = option.strip_prefix("skip=") {
            names.extend(listed(list, at + "skip=".len()));
        }
        at += option.len() + 1;
    }
    names
}

/// `trivy:ignore:DS002 trivy:ignore:AVD-DS-0005:exp:2030-01-01`.
fn trivy_ignores(body: &str, start: usize) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut at = start;
    for word in body.split([' ', '\t']) {
        if let Some(id) = word.strip_prefix(TRIVY).and_then(|rest| rest.split(':').next()).filter(|id| !id.is_empty()) {
            names.push((at + TRIVY.len(), id.to_owned()));
        }
        at += word.len() + 1;
    }
    names
}

/// One spelling for all that Trivy has had: `DS002`, `AVD-DS-0002` and `DS-0002` are `DS-0002`.
pub(super) fn trivy_code(id: &str) -> String {
    let upper = id.to_ascii_uppercase();
    let short = upper.strip_prefix("AVD-").unwrap_or(&upper);
    match short.strip_prefix("DS").map(|rest| rest.trim_start_matches('-').parse::<u32>()) {
        Some(Ok(number)) => format!("DS-{number:04}"),
        _ => short.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(comment: &str) -> Option<(Option<Tool>, Reach, Vec<String>)> {
        let found = read(comment)?;
        for (at, name) in &found.names {
            assert!(comment.get(*at..).is_some_and(|rest| rest.starts_with(name)), "{name} stands at {at}: {comment}");
        }
        Some((found.tool, found.reach, found.names.into_iter().map(|(_, name)| name).collect()))
    }

    fn expect(comment: &str, tool: Option<Tool>, reach: Reach, expected: &[&str]) {
        let expected = expected.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(names(comment), Some((tool, reach, expected)), "{comment}");
    }

    #[test]
    fn comments_of_every_tool_are_read() {
        let hadolint = Some(Tool::Hadolint);
        expect("# hadolint ignore=DL3008,DL3009", hadolint, Reach::Instruction, &["DL3008", "DL3009"]);
        expect("#hadolint ignore = DL3008 , DL3009", hadolint, Reach::Instruction, &["DL3008", "DL3009"]);
        expect("# hadolint global ignore=DL3008", hadolint, Reach::File, &["DL3008"]);
        expect("# hadolint stage ignore=DL3008", hadolint, Reach::Stage, &["DL3008"]);
        expect(
            "# layerwise ignore=copy-not-add/local it is unpacked, on purpose",
            None,
            Reach::Instruction,
            &["copy-not-add/local"],
        );
        let buildkit = Some(Tool::Buildkit);
        expect("# check=skip=A,B;error=true a remark", buildkit, Reach::Instruction, &["A", "B"]);
        expect("# check = experimental=all;skip=all", buildkit, Reach::Instruction, &["all"]);
        expect(
            "#trivy:ignore:DS002 trivy:ignore:AVD-DS-0005:exp:2030-01-01",
            Some(Tool::Trivy),
            Reach::Instruction,
            &["DS002", "AVD-DS-0005"],
        );
        expect("#checkov:skip=CKV_DOCKER_3:no user here", Some(Tool::Checkov), Reach::File, &["CKV_DOCKER_3"]);
        expect("# shellcheck disable=SC2086,SC2046", Some(Tool::Shellcheck), Reach::Instruction, &["SC2086", "SC2046"]);
    }

    #[test]
    fn other_comments_silence_nothing() {
        for comment in [
            "# hadolint shell=bash",
            "# layerwise",
            "# ignore=x",
            "# hadolint ignore=",
            "# checks=skip=A",
            "# check=error=true",
            "# checkov: skip it",
            "#",
        ] {
            assert_eq!(read(comment), None, "{comment}");
        }
    }

    #[test]
    fn trivy_has_had_several_spellings() {
        for id in ["DS002", "ds-0002", "AVD-DS-0002", "avd-ds-0002"] {
            assert_eq!(trivy_code(id), "DS-0002");
        }
    }
}
