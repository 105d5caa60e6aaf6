//! Variables for the build that stay set in every container.

use crate::packages::manager;
use crate::rules::prelude::*;
use crate::table::words_of;
use layerwise_syntax::EnvPair;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "build-only-env-persists",
    category: Category::Config,
    severity: Severity::Info,
    is_on: true,
    scope: Scope::Shipped,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "Variable for the build that stays set",
    summary: "Declare what only the build needs with ARG: it ends with the build.",
    why: "
`ENV` is part of what every container starts with. `DEBIAN_FRONTEND=noninteractive` silently changes how `apt` behaves for whoever works in the
container or builds on it, and a proxy of the build machine's network breaks connections elsewhere.

`ARG` has the same effect on the `RUN`s below it, and is gone when the build ends. Proxies need not be declared at all: the builder knows
`HTTP_PROXY` and its kin, and passes them on without storing them.
",
    leave_it_when: "People install packages inside of the running container, and want them installed without a question.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#env",
        "https://docs.docker.com/engine/cli/proxy/#configure-proxy-settings-per-build",
    ],
    fix_changes: &[Change::Environment],
    examples: &[
        fixed(
            "FROM debian:13-slim\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n",
        ),
        fixed(
            "FROM debian:13-slim\nenv «DEBIAN_FRONTEND» noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\narg DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n",
        ),
        fixed(
            "FROM debian:13-slim\n# How it is set up.\nENV LANG=C.UTF-8 \\\n    «DEBIAN_FRONTEND»=noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nARG DEBIAN_FRONTEND=noninteractive\n# How it is set up.\nENV LANG=C.UTF-8\nRUN apt-get update\nCMD [\"serve\"]\n",
        ),
        // Another stage is built from this one, and an ARG ends with its stage.
        reviewed(
            "FROM debian:13-slim AS base\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN make\nFROM base\nRUN apt-get update\nCMD [\"serve\"]\n",
            "FROM debian:13-slim AS base\nARG DEBIAN_FRONTEND=noninteractive\nRUN make\nFROM base\nRUN apt-get update\nCMD [\"serve\"]\n",
        ),
        reviewed(
            "FROM debian:13-slim\nENV «http_proxy»=http://proxy.example.com:3128 LANG=C.UTF-8\nRUN apt-get update\nCMD [\"serve\"]\n",
            "FROM debian:13-slim\nENV LANG=C.UTF-8\nRUN apt-get update\nCMD [\"serve\"]\n",
        ),
        // An image to build on, whose builds may count on it.
        reviewed(
            "FROM debian:13-slim\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN apt-get update\n",
            "FROM debian:13-slim\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\n",
        ),
        // An ENV of the same name, empty as it may be, would hide the ARG.
        flagged("FROM debian:13-slim\nENV DEBIAN_FRONTEND=dialog\nRUN make\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n"),
        flagged("FROM debian:13-slim AS base\nENV DEBIAN_FRONTEND=dialog\nFROM base\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN apt-get update\nCMD [\"serve\"]\n"),
        flagged("FROM debian:13-slim\nENV «DEBIAN_FRONTEND»=noninteractive\nARG DEBIAN_FRONTEND=readline\nRUN apt-get update\nCMD [\"serve\"]\n"),
        // Triggers, the program, and whoever works in the container.
        flagged("FROM debian:13-slim\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN make\nONBUILD RUN apt-get install -y curl\nCMD [\"serve\"]\n"),
        flagged("FROM debian:13-slim\nENV «DEBIAN_FRONTEND»=noninteractive\nRUN make\nCMD apt-get update && serve\n"),
        flagged("FROM debian:13-slim\nRUN make\nENV «DEBIAN_FRONTEND»=noninteractive\nCMD [\"serve\"]\n"),
        // It is used later on, where an ARG may not reach.
        flagged("FROM debian:13-slim\nENV «DEBIAN_FRONTEND»=noninteractive\nENV MODE=$DEBIAN_FRONTEND\n"),
        clean("FROM debian:13-slim\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\n"),
        clean("FROM debian:13-slim\nENV DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\nENV DEBIAN_FRONTEND=\n"),
        clean("FROM debian:13-slim\nENV DEBIAN_FRONTEND noninteractive\nRUN apt-get update\nENV DEBIAN_FRONTEND=\"dialog\"\n"),
        clean("ARG PROXY\nFROM debian:13-slim\nARG PROXY\nENV http_proxy=$PROXY no_proxy=localhost\nRUN apt-get update\nENV https_proxy=\"\"\n"),
        clean("FROM debian:13-slim AS build\nENV DEBIAN_FRONTEND=noninteractive\nFROM debian:13-slim\nCOPY --from=build /a /a\n"),
        clean("FROM debian:13-slim AS dev\nENV DEBIAN_FRONTEND=noninteractive\n"),
    ],
    check,
};

const OF_PACKAGES: &str = "DEBIAN_FRONTEND APT_KEY_DONT_WARN_ON_DANGEROUS_USAGE DEBCONF_NONINTERACTIVE_SEEN";

const PROXIES: &str = "http_proxy https_proxy ftp_proxy all_proxy";

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.shipped_stages() {
        let mut later: HashSet<&str> = HashSet::new();
        for step in stage.steps.iter().rev().filter(|step| !step.is_trigger) {
            for pair in step.env_pairs().iter().rev() {
                let name = pair.key.text.as_str();
                let is_reset = !later.insert(name);
                let is_empty = pair.value.value().is_some_and(|value| value.is_empty());
                if is_reset || is_empty || is_dialog(pair) {
                    continue;
                }
                if name.is_one_of(OF_PACKAGES) {
                    packages(document, stage, step, pair, report);
                } else if words_of(PROXIES).any(|proxy| name.eq_ignore_ascii_case(proxy))
                    && pair.value.value().is_some()
                {
                    proxy(document, step, pair, report);
                }
            }
        }
    }
}

/// The usual ways of asking, by which an image gives up what was set before.
fn is_dialog(pair: &EnvPair) -> bool {
    pair.value.value().is_some_and(|value| value.is_one_of("dialog readline newt teletype"))
}

fn packages(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>, pair: &EnvPair, report: &mut Reporter<'_>) {
    let name = &pair.key.text;
    let finding =
        report.here(pair.key.range, format!("`{name}` is meant for the build, and stays set in every container"));
    // Of an ENV and an ARG of one name the ENV counts, wherever they stand.
    let declares = |other: &Step<'_>| match &other.instruction.arguments {
        Arguments::Arg(declarations) => declarations.iter().any(|declaration| declaration.name.text == *name),
        _ => false,
    };
    let is_mixed = document.is_variable_set(name, step) || stage.own_steps().any(declares);
    if is_mixed || document.is_expanded(name) || !is_simple(pair) || is_for_later(document, stage, step) {
        return;
    }
    let Some(edits) = as_arg(document, step, pair) else { return };
    let is_built_on = document.stages().iter().any(|other| other.parent == Some(stage.index));
    // Without a program to start it is an image to build on, whose RUNs may count on it.
    let is_to_build_on = document.start(stage).is_none() || document.starts_prompt(stage);
    let applicability = if is_built_on || is_to_build_on { Review } else { Safe };
    finding.fix(applicability, "Declare it with ARG, which ends with the stage", edits);
}

fn proxy(document: &Document<'_>, step: &Step<'_>, pair: &EnvPair, report: &mut Reporter<'_>) {
    let name = &pair.key.text;
    let finding = report.here(
        pair.key.range,
        format!("`{name}` is the proxy of the build's network, and stays set in every container"),
    );
    if let Some(edit) = document.pair_to_go(step, step.env_pairs(), pair) {
        finding.fix(
            Review,
            format!("Remove it, and give `--build-arg {name}=…` to the build where it is needed"),
            [edit],
        );
    }
}

/// Whether something that an ARG does not reach may count on a variable: a trigger, the program that is started, or people, for whom it is
/// set where no RUN follows.
fn is_for_later(document: &Document<'_>, stage: &Stage<'_>, step: &Step<'_>) -> bool {
    let runs_packages = || document.start_commands(stage).iter().any(|command| manager(command).is_some());
    stage.steps.iter().any(|other| other.is_trigger)
        || !stage.own_steps().any(|other| other.is_run() && other.index > step.index)
        || document.unseen_start_script(stage).is_some()
        || runs_packages()
}

/// Whether the value can stand in an ARG as it is written.
fn is_simple(pair: &EnvPair) -> bool {
    !pair.value.text.contains(char::is_whitespace) && pair.value.value().is_some()
}

/// The edits that make an ARG of a pair.
fn as_arg(document: &Document<'_>, step: &Step<'_>, pair: &EnvPair) -> Option<Vec<Edit>> {
    let declaration = format!("{}={}", pair.key.text, pair.value.text);
    if step.env_pairs().len() == 1 {
        let (keyword, arg) = document.other_keyword(step.outer, "ARG");
        return Some(vec![replace(keyword, arg), replace(pair.range, declaration)]);
    }
    let edit = document.pair_to_go(step, step.env_pairs(), pair)?;
    let line = document.line_above(step.outer, "ARG", &declaration);
    Some(vec![line, edit])
}
