//! Comments that become descriptions.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "definition-comment",
    category: Category::Style,
    severity: Severity::Style,
    is_on: false,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("above").codes(&[buildkit("InvalidDefinitionDescription")]),
        Case::new("across-blank-lines").codes(&[buildkit("InvalidDefinitionDescription")]).off(),
    ],
    supersedes: &[],
    title: "Comment taken for a description",
    summary: "Begin a comment right above FROM or ARG with the name that it describes.",
    why: "
`docker build --call=outline` lists the stages and arguments of a file, and shows the comment right above each as its description. A comment
that begins with the name, as in `# VERSION of the tool to download`, makes a proper one. An empty line keeps other comments out.
",
    leave_it_when: "Nobody asks for an outline of the file.",
    references: &["https://docs.docker.com/reference/build-checks/invalid-definition-description/"],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "«# the version to download»\nARG VERSION=1.4.2\nFROM alpine:3.23\n",
            "# the version to download\n\nARG VERSION=1.4.2\nFROM alpine:3.23\n",
        )
        .case("above"),
        fixed(
            "# build: makes it\n«# all of it»\nFROM alpine:3.23 AS build\n",
            "# build: makes it\n# all of it\n\nFROM alpine:3.23 AS build\n",
        )
        .case("above"),
        // Although it is documented otherwise, BuildKit looks across blank lines.
        flagged("«# where it comes from»\n\nARG MIRROR\nFROM alpine:3.23\n").case("across-blank-lines"),
        clean("# VERSION of the tool to download\nARG VERSION=1.4.2\nFROM alpine:3.23\n"),
        clean("# where it comes from\n\nARG MIRROR\n# the base\nFROM alpine:3.23\n# B and A\nARG A B\n#\nARG C\n# build makes it\nFROM alpine:3.23 AS Build\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for instruction in &document.file.instructions {
        let mut names: Vec<&str> = Vec::new();
        match &instruction.arguments {
            Arguments::From(from) => names.extend(from.name.as_ref().map(|name| name.text.as_str())),
            Arguments::Arg(declarations) => {
                names.extend(declarations.iter().map(|declaration| declaration.name.text.as_str()));
            }
            _ => {}
        }
        let start = instruction.lines.start();
        let gap = document.gap_start(start);
        let Some(range) = document.comment_before(gap).filter(|_| !names.is_empty()) else { continue };
        let text = document.slice(range);
        let text = text.strip_prefix('#').unwrap_or(text).trim_start();
        let first = text.split_whitespace().next().unwrap_or_default();
        // The builder knows a stage by its name in lower case.
        let is_from = instruction.kind() == InstructionKind::From;
        let is_name = |name: &&str| if is_from { first == name.to_ascii_lowercase() } else { first == *name };
        // An empty comment ends a description.
        if text.is_empty() || names.iter().any(is_name) {
            continue;
        }
        let message = format!("this comment becomes the description of `{}`", names.join("` or `"));
        if gap != start {
            report.at("across-blank-lines", range, message);
            continue;
        }
        let edit = insert(start, newline_of(document.file.text()));
        report.at("above", range, message).fix(Safe, "Set it apart with an empty line", [edit]);
    }
}
