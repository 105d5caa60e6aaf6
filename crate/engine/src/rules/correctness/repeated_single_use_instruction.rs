//! Several `CMD`, `ENTRYPOINT` or `HEALTHCHECK` in one stage.

use crate::code::Tool;
use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "repeated-single-use-instruction",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[buildkit("MultipleInstructionsDisallowed")],
    cases: &[
        Case::new("cmd").codes(&[
            hadolint("DL4003"),
            trivy("DS-0016"),
            kics("Multiple CMD Instructions Listed"),
            semgrep("multiple-cmd-instructions"),
            droast("DF038"),
        ]),
        Case::new("entrypoint").severity(Severity::Error).codes(&[
            hadolint("DL4004"),
            trivy("DS-0007"),
            kics("Multiple ENTRYPOINT Instructions Listed"),
            semgrep("multiple-entrypoint-instructions"),
            droast("DF039"),
        ]),
        Case::new("healthcheck").severity(Severity::Error).codes(&[
            hadolint("DL3012"),
            trivy("DS-0023"),
            droast("DF041"),
        ]),
    ],
    supersedes: &[],
    title: "Instruction that a later one replaces",
    summary: "Only the last CMD, ENTRYPOINT or HEALTHCHECK of a stage counts; the earlier ones do nothing.",
    why: "
An image has one command, one entrypoint and one health check. Several lines look like a list of things to run, but each one replaces the one
before it. Often a line was pasted and the old one forgotten.

To start two things, write a script that starts them, or use a container for each.
",
    leave_it_when: "Never: the earlier line has no effect at all.",
    references: &[
        "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/",
        "https://github.com/hadolint/hadolint/wiki/DL4003",
        "https://github.com/hadolint/hadolint/wiki/DL4004",
        "https://github.com/hadolint/hadolint/wiki/DL3012",
        "https://avd.aquasec.com/misconfig/ds-0016",
        "https://avd.aquasec.com/misconfig/ds-0007",
    ],
    fix_changes: &[Change::Nothing],
    examples: &[
        fixed(
            "FROM alpine:3.23\n«CMD [\"echo\", \"one\"]»\nCMD [\"echo\", \"two\"]\n",
            "FROM alpine:3.23\nCMD [\"echo\", \"two\"]\n",
        )
        .case("cmd"),
        fixed(
            "FROM alpine:3.23\n«ENTRYPOINT [\"a\"]»\n\n«ENTRYPOINT [\"b\"]»\n\nCOPY c /c\nENTRYPOINT [\"c\"]\n",
            "FROM alpine:3.23\n\nCOPY c /c\nENTRYPOINT [\"c\"]\n",
        )
        .case("entrypoint"),
        fixed(
            "FROM alpine:3.23\n«HEALTHCHECK NONE»\nHEALTHCHECK CMD serve --ping\n",
            "FROM alpine:3.23\nHEALTHCHECK CMD serve --ping\n",
        )
        .case("healthcheck"),
        // The comment may tell which of the two is meant.
        flagged("FROM alpine:3.23\n# for tests\n«CMD [\"test\"]»\nCMD [\"serve\"]\n").case("cmd"),
        flagged("FROM alpine:3.23\n«CMD test --all # for tests»\nCMD [\"serve\"]\n").case("cmd"),
        flagged("FROM alpine:3.23\n«CMD [\"a\", \\\n# for tests\n\"b\"]»\nCMD [\"serve\"]\n").case("cmd"),
        clean("FROM alpine:3.23 AS base\nCMD [\"one\"]\nFROM base\nCMD [\"two\"]\n"),
        clean("FROM alpine:3.23\nONBUILD CMD [\"one\"]\nHEALTHCHECK CMD true\nCMD [\"two\"]\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    // hadolint blames the ones that come later.
    let blames_later = document.config.compat == Some(Tool::Hadolint);
    for stage in document.stages() {
        for (kind, case) in [
            (InstructionKind::Cmd, "cmd"),
            (InstructionKind::Entrypoint, "entrypoint"),
            (InstructionKind::Healthcheck, "healthcheck"),
        ] {
            let mut last: Option<&Step<'_>> = None;
            for step in stage.own_steps().filter(|step| step.kind() == kind) {
                let Some(earlier) = last.replace(step) else { continue };
                let blamed = if blames_later { step } else { earlier };
                let range = blamed.instruction.range;
                let message = format!("a later {} of the stage replaces this one", kind.name());
                let finding = report.at(case, range, message);
                // What BuildKit refuses replaces nothing.
                let takes_effect = step.instruction.arguments != Arguments::Malformed;
                if takes_effect && !document.has_comments(earlier) {
                    let title = format!("Delete the {} without effect", kind.name());
                    finding.fix(Safe, title, [delete(document.lines_to_go(earlier.outer))]);
                }
            }
        }
    }
}
