//! Build steps outside the sandbox.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "privileged-build-step",
    category: Category::Security,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[Case::new("insecure"), Case::new("network").severity(Severity::Info)],
    supersedes: &[],
    title: "A build step outside the sandbox",
    summary: "This RUN leaves the build sandbox.",
    why: "
With `--security=insecure` a step, and every script that it downloads, has all the rights that `docker run --privileged` gives. With
`--network=host` it reaches whatever listens on the machine that builds. Builders refuse both unless an administrator has allowed them.

`--network=none` is the flag worth knowing: it proves that a step needs no network.
",
    leave_it_when: "The step cannot be done otherwise, and nobody but you builds on the machine.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#run---security",
        "https://docs.docker.com/reference/dockerfile/#run---network",
    ],
    fix_changes: &[],
    examples: &[
        flagged("# syntax=docker/dockerfile:1\nFROM alpine:3.23\nRUN «--security=insecure» mount -t tmpfs none /mnt\n").case("insecure"),
        flagged("FROM alpine:3.23\nRUN «--network=host» wget https://example.org/a\n").case("network"),
        clean("# syntax=docker/dockerfile:1\nFROM alpine:3.23\nRUN --mount=type=tmpfs,target=/mnt make -C /mnt\n"),
        clean("# syntax=docker/dockerfile:1\nFROM alpine:3.23\nRUN --mount=type=tmpfs,target=/mnt --security=sandbox --network=none make\nRUN --network=default make\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps().filter(|step| step.is_run()) {
        for flag in &step.instruction.flags {
            let value = flag.value.as_ref().map(|value| value.text.as_str());
            match (flag.name.as_str(), value) {
                ("security", Some("insecure")) => {
                    report.at("insecure", flag.range, "this step has all rights on the machine that builds");
                }
                ("network", Some("host")) => {
                    report.at("network", flag.range, "this step reaches what listens on the machine that builds");
                }
                _ => {}
            }
        }
    }
}
