//! Ports that `EXPOSE` cannot have, and ports written oddly.

use crate::fix::drop_word;
use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::order::by_place;

pub const RULE: Rule = Rule {
    id: "expose-format",
    category: Category::Config,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[kics("UNIX Ports Out Of Range"), semgrep("invalid-port"), droast("DF040")],
    cases: &[
        Case::new("range").codes(&[hadolint("DL3011"), trivy("DS-0008"), dockerfilelint("invalid_port")]),
        Case::new("invalid").codes(&[dockerfilelint("invalid_port")]),
        Case::new("mapping")
            .severity(Severity::Warning)
            .codes(&[buildkit("ExposeInvalidFormat"), dockerfilelint("expose_host_port")]),
        Case::new("proto-case").severity(Severity::Style).codes(&[buildkit("ExposeProtoCasing")]),
        Case::new("duplicate").severity(Severity::Style),
    ],
    supersedes: &[],
    title: "Port that EXPOSE cannot have",
    summary: "EXPOSE takes container ports from 0 to 65535 with a lower-case protocol, nothing else.",
    why: "
`EXPOSE` documents which ports the program listens on. Which port of the host leads there is decided by `docker run -p`, so a host port or an
address has no effect here, and BuildKit warns that it will refuse it one day.

A port above 65535 cannot exist.
",
    leave_it_when: "Never: nothing is gained by the other forms.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#expose",
        "https://docs.docker.com/reference/build-checks/expose-invalid-format/",
        "https://docs.docker.com/reference/build-checks/expose-proto-casing/",
    ],
    fix_changes: &[Change::Ports],
    examples: &[
        fixed("FROM nginx:1.30\nEXPOSE «80:8080»\n", "FROM nginx:1.30\nEXPOSE 8080\n").case("mapping"),
        fixed("FROM nginx:1.30\nEXPOSE 80 «127.0.0.1:53:53/udp»\n", "FROM nginx:1.30\nEXPOSE 80 53/udp\n").case("mapping"),
        fixed("FROM nginx:1.30\nEXPOSE «53/UDP»\n", "FROM nginx:1.30\nEXPOSE 53/udp\n").case("proto-case"),
        fixed("FROM nginx:1.30\nEXPOSE 80 443 «80/tcp»\n", "FROM nginx:1.30\nEXPOSE 80 443\n").case("duplicate"),
        fixed("FROM nginx:1.30\nEXPOSE 80\nEXPOSE «80» 443\n", "FROM nginx:1.30\nEXPOSE 80\nEXPOSE 443\n").case("duplicate"),
        flagged("FROM nginx:1.30\nEXPOSE 80\nEXPOSE «80»\n").case("duplicate"),
        flagged("FROM nginx:1.30\nEXPOSE «70000»\n").case("range"),
        flagged("FROM nginx:1.30\nEXPOSE «9000-8000»\n").case("range"),
        flagged("FROM nginx:1.30\nEXPOSE «http»\n").case("invalid"),
        flagged("FROM nginx:1.30\nEXPOSE «80/quic»\n").case("invalid"),
        clean("FROM nginx:1.30\nEXPOSE 80 53/udp 53/tcp 8000-8010\n"),
        clean("FROM nginx:1.30\nARG PORT\nEXPOSE $PORT ${PORT}/UDP\nFROM nginx:1.30\nEXPOSE 80\nFROM nginx:1.30\nEXPOSE 80\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in document.problems(&[ProblemKind::PortOutOfRange]) {
        report.refused("range", problem);
    }
    for problem in document.problems(&[ProblemKind::InvalidPort]) {
        report.refused("invalid", problem);
    }
    let refused = document.problems(&[ProblemKind::PortOutOfRange, ProblemKind::InvalidPort]);
    let refused = by_place(refused.map(|problem| problem.range), |range| *range);
    let is_refused = |range: TextRange| refused.binary_search_by_key(&range.start(), |range| range.start()).is_ok();
    for stage in document.stages() {
        let mut seen: HashSet<String> = HashSet::new();
        for step in stage.own_steps() {
            let Arguments::Expose(words) = &step.instruction.arguments else { continue };
            for (index, word) in words.iter().enumerate().filter(|(_, word)| word.is_plain() && !is_refused(word.range))
            {
                let lower = word.text.to_ascii_lowercase();
                let container = lower.rsplit(':').next().unwrap_or(&lower);
                let port = container.strip_suffix("/tcp").unwrap_or(container).to_owned();
                if lower.contains(':') {
                    report
                        .at(
                            "mapping",
                            word.range,
                            format!("`{}` maps a port of the host, which EXPOSE cannot", word.text),
                        )
                        .fix(Safe, "Keep the container's port", [replace(word.range, container)]);
                } else if seen.contains(&port) {
                    let finding = report.at("duplicate", word.range, format!("port {port} is exposed already"));
                    if let Some(edit) = drop_word(words, index) {
                        finding.fix(Safe, "Remove it", [edit]);
                    }
                } else if lower != word.text {
                    report
                        .at(
                            "proto-case",
                            word.range,
                            format!("the protocol of `{}` is written in lower case", word.text),
                        )
                        .fix(Safe, "Write it in lower case", [replace(word.range, lower.as_str())]);
                }
                seen.insert(port);
            }
        }
    }
}
