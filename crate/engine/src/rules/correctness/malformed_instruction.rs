//! Arguments and flags that an instruction cannot take.

use crate::rules::prelude::*;

pub const RULE: Rule = Rule {
    id: "malformed-instruction",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::File,
    codes: &[],
    cases: &[
        Case::new("missing").codes(&[dockerfilelint("required_params"), dockerfilelint("missing_args")]),
        Case::new("extra").codes(&[dockerfilelint("extra_args")]),
        Case::new("argument").codes(&[dockerfilelint("invalid_format")]),
        Case::new("space").severity(Severity::Warning).codes(&[dockerfilelint("invalid_workdir")]),
        Case::new("unknown-flag").severity(Severity::Warning),
        Case::new("flag")
            .codes(&[dockerfilelint("invalid_format"), dockerfilelint("healthcheck_options_missing_args")]),
        Case::new("name").codes(&[dockerfilelint("invalid_format")]),
        Case::new("unterminated").codes(&[dockerfilelint("invalid_format")]),
        Case::new("expansion"),
    ],
    supersedes: &[],
    title: "Arguments that the instruction cannot take",
    summary: "The instruction's arguments or flags are not valid.",
    why: "
Each instruction has its own arguments and flags, and the builder checks them: most before it begins, some only when it comes to the line,
after minutes of work on earlier stages. Either way no image comes out.

A flag that this checker does not know may be newer than it is. Then the build passes where `# syntax=` names a frontend that knows it.
",
    leave_it_when: "A flag is newer than this checker, and your builder knows it.",
    references: &["https://docs.docker.com/reference/dockerfile/"],
    fix_changes: &[],
    examples: &[
        flagged("FROM alpine:3.23\n«COPY» app\n").case("missing"),
        flagged("FROM alpine:3.23 «AS»\n").case("missing"),
        flagged("FROM alpine:3.23 «base»\n").case("extra"),
        flagged("FROM alpine:3.23\nHEALTHCHECK NONE «now»\n").case("extra"),
        flagged("FROM alpine:3.23\nSTOPSIGNAL «SIGSTOPP»\n").case("argument"),
        flagged("FROM alpine:3.23\nCOPY «https://example.com/app.tgz» /app\n").case("argument"),
        reviewed("FROM alpine:3.23\nWORKDIR «/my app»\n", "FROM alpine:3.23\nWORKDIR \"/my app\"\n").case("space"),
        reviewed(
            "FROM alpine:3.23 AS a\nFROM alpine:3.23\nCOPY «--form»=a /x /x\n",
            "FROM alpine:3.23 AS a\nFROM alpine:3.23\nCOPY --from=a /x /x\n",
        )
        .case("unknown-flag"),
        flagged("FROM alpine:3.23\nRUN «--cache»=yes make\n").case("unknown-flag"),
        flagged("FROM alpine:3.23\nHEALTHCHECK --interval=«30» CMD true\n").case("flag"),
        flagged("FROM alpine:3.23\nRUN --mount=«type=cash,target=/x» make\n").case("flag"),
        flagged("FROM «Alpine:3.23»\n").case("name"),
        reviewed(
            "FROM «alpine:3.23:sha256:1111111111111111111111111111111111111111111111111111111111111111»\n",
            "FROM alpine:3.23@sha256:1111111111111111111111111111111111111111111111111111111111111111\n",
        )
        .case("name"),
        flagged("FROM «alpine:sha256:1111»\n").case("name"),
        flagged("FROM alpine:3.23 AS «1st»\n").case("name"),
        flagged("FROM alpine:3.23\nENV NAME=My «app»\n").case("name"),
        flagged("FROM alpine:3.23\nRUN «<<EOF»\necho hello\n").case("unterminated"),
        flagged("FROM alpine:3.23\nENV NAME=«\"My app»\n").case("unterminated"),
        flagged("FROM alpine:3.23\nENV NAME=«${OTHER^^}»\n").case("expansion"),
        flagged("FROM alpine:«${TAG^^}»\n").case("expansion"),
        clean("FROM alpine:3.23\nCOPY app /usr/local/bin/app\n"),
        clean("FROM alpine:3.23\nCOPY app /app\nWORKDIR \"/my app\"\nENV NAME=\"My app\" A=${B:-c}\n"),
        clean("FROM alpine:3.23\nWORKDIR /my\\ app\nWORKDIR $DIR with/blank\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for problem in &document.file.problems {
        let case = match problem.kind {
            ProblemKind::MissingArgument => "missing",
            ProblemKind::ExtraArgument => "extra",
            ProblemKind::InvalidArgument | ProblemKind::TooLong => "argument",
            ProblemKind::UnknownFlag => "unknown-flag",
            ProblemKind::InvalidFlag => "flag",
            ProblemKind::InvalidName => "name",
            ProblemKind::UnterminatedHeredoc | ProblemKind::UnclosedQuote => "unterminated",
            ProblemKind::InvalidVariable => "expansion",
            _ => continue,
        };
        report.refused(case, problem);
    }
    for step in document.steps() {
        let Arguments::Workdir(path) = &step.instruction.arguments else { continue };
        if path.is_plain() && path.text.contains([' ', '\t']) {
            let message = format!("`{}` has a blank in it, which is easily taken for two paths", path.text);
            let quoted = format!("\"{}\"", path.text);
            report.at("space", path.range, message).fix(Review, "Quote the path", [replace(path.range, quoted)]);
        }
    }
}
