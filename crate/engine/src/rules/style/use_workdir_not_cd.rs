//! `cd` where `WORKDIR` would say it once.

use crate::document::{Runner, ScriptForm};
use crate::fix::drop_link;
use crate::rules::prelude::*;
use crate::shell::Command;

pub const RULE: Rule = Rule {
    id: "use-workdir-not-cd",
    category: Category::Style,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("leading").codes(&[
            hadolint("DL3003"),
            trivy("DS-0013"),
            kics("RUN Instruction Using 'cd' Instead of WORKDIR"),
            semgrep("use-workdir"),
            droast("DF008"),
        ]),
        Case::new("elsewhere").codes(&[hadolint("DL3003"), trivy("DS-0013")]).off(),
    ],
    supersedes: &[],
    title: "cd instead of WORKDIR",
    summary: "Use WORKDIR instead of `RUN cd … && …`.",
    why: "
`WORKDIR` says once where the following steps happen. It makes the directory when it is not there, and people who read the file see it at
the start of a line. A `cd` at the head of a chain has to be looked for, is repeated in every `RUN`, and ends with it: the next step is back
where it was.
",
    leave_it_when: "Just this one step works there, and a `WORKDIR` before and another after it would be longer.",
    references: &[
        "https://docs.docker.com/build/building/best-practices/#workdir",
        "https://github.com/hadolint/hadolint/wiki/DL3003",
        "https://avd.aquasec.com/misconfig/ds-0013",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nCOPY src /src\nRUN set -eux; \\\n    «cd /src»; \\\n    ./build.sh\nWORKDIR /app\nCOPY x ./x\n",
            "FROM alpine:3.23\nCOPY src /src\nWORKDIR /src\nRUN set -eux; \\\n    ./build.sh\nWORKDIR /app\nCOPY x ./x\n",
        )
        .case("leading"),
        // The container, or the next step, starts where it did.
        flagged("FROM alpine:3.23\nCOPY src /src\nRUN «cd /src» && ./build.sh\n").case("leading"),
        flagged("FROM alpine:3.23\nWORKDIR /app\nCOPY . .\nRUN «cd /app/web» && ./build.sh\nCOPY x ./x\n").case("leading"),
        flagged("FROM alpine:3.23\nCOPY src /src\nUSER app\nRUN «cd /src» && ./build.sh\n").case("leading"),
        flagged("FROM alpine:3.23\nRUN «cd src» && ./build.sh\n").case("leading"),
        // Where the next step starts is not known.
        flagged("FROM example.org/base:1\nRUN «cd /src» && ./build.sh\nRUN make\n").case("leading"),
        flagged("FROM alpine:3.23\nRUN ls && «cd /src» && ./build.sh\n").case("elsewhere"),
        clean("FROM alpine:3.23\nCOPY src /src\nWORKDIR /src\nRUN ./build.sh\n"),
        clean("FROM alpine:3.23\nRUN cd /src && make && cd /other && make\n"),
        clean("FROM alpine:3.23\nRUN mkdir /src && cd /src && make\nRUN (cd /a && make) && pushd /b\nRUN cd \"$DIR\" && make\n"),
        clean("FROM alpine:3.23\nRUN cd /src\nRUN cd - && make\nRUN sh -c 'cd /src && make'\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let mut is_parent = vec![false; document.stages().len()];
    for parent in document.stages().iter().filter_map(|stage| stage.parent) {
        if let Some(place) = is_parent.get_mut(parent) {
            *place = true;
        }
    }
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        for step in &stage.steps {
            let mut changes = step.commands().filter(|command| command.program() == Some("cd"));
            let Some(first) = changes.next() else { continue };
            let is_only = changes.next().is_none();
            let Some(path) = leading(step, first).filter(|_| is_only) else {
                if !step.is_trigger {
                    let finding = report.at("elsewhere", first.range, "`cd` lasts to the end of this RUN only");
                    // hadolint does not look into the text that is given to another shell.
                    let is_inner = |command: &Command| command.wrappers.iter().any(|wrapper| wrapper.is_shell());
                    if step.commands().filter(|command| command.program() == Some("cd")).all(is_inner) {
                        finding.seen_by(Tool::Hadolint, "");
                    }
                }
                continue;
            };
            let finding = report.at("leading", first.range, format!("`WORKDIR {path}` would say where this happens"));
            // It does not look at triggers.
            if step.is_trigger {
                finding.seen_by(Tool::Hadolint, "");
            }
            // Where something starts from the directory that was, a second WORKDIR would have to lead back.
            let is_left = is_parent.get(stage.index).copied().unwrap_or_default() || starts_somewhere(stage, step);
            if let Some(edits) = edits(document, step, first, path).filter(|_| !is_left) {
                finding.fix(Review, "Use WORKDIR, which stays in force for what follows", edits);
            }
        }
    }
}

/// The directory to which a script goes before it does anything else.
fn leading<'s>(step: &'s Step<'_>, cd: &'s Command) -> Option<&'s str> {
    let [run] = &step.scripts[..] else { return None };
    let is_set = |command: &&Command| command.is_one_of("set export");
    let before = run.script.commands.iter().take_while(|command| command.range.start() < cd.range.start());
    let is_first = before.filter(|command| !is_set(command)).count() == 0;
    let is_last = run.script.commands.last().is_some_and(|last| last.range == cd.range);
    let is_plain = run.form != ScriptForm::Exec
        && cd.wrappers.is_empty()
        && !cd.context.is_conditional
        && !cd.context.in_subshell
        && !cd.context.is_tested;
    let [path] = cd.arguments() else { return None };
    path.known()
        .filter(|path| is_first && !is_last && is_plain && !path.starts_with(['-', '~']) && !path.contains([' ', '$']))
}

/// The edits that use `WORKDIR`.
fn edits(document: &Document<'_>, step: &Step<'_>, cd: &Command, path: &str) -> Option<Vec<Edit>> {
    let [run] = &step.scripts[..] else { return None };
    // What a user other than root may enter, it may still not make.
    let is_plain = path.starts_with('/')
        && run.form == ScriptForm::Inline
        && !step.is_trigger
        && step.in_force.user.is_none()
        && document.runner(step) != Runner::Other;
    if !is_plain {
        return None;
    }
    Some(vec![document.line_above(step.outer, "WORKDIR", path), drop_link(document, &run.script, cd)?])
}

/// Whether a later step of the stage, or its container, starts from the directory that is in force.
fn starts_somewhere(stage: &Stage<'_>, step: &Step<'_>) -> bool {
    for later in stage.steps.iter().skip(step.index + 1) {
        match &later.instruction.arguments {
            Arguments::Workdir(path) => return !path.text.starts_with('/'),
            Arguments::Run(_)
            | Arguments::Copy(_)
            | Arguments::Add(_)
            | Arguments::Cmd(_)
            | Arguments::Entrypoint(_)
            | Arguments::Healthcheck(_)
            | Arguments::Onbuild(_) => return true,
            _ => {}
        }
    }
    stage.ships
}
