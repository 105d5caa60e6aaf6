//! `ENV A=1 B=$A`.

use crate::fix::unless_for_score;
use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{Instruction, KeyValues};

pub const RULE: Rule = Rule {
    id: "env-self-reference",
    category: Category::Correctness,
    severity: Severity::Error,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("unset").codes(&[hadolint("DL3044"), droast("DF062")]),
        Case::new("inherited").severity(Severity::Warning).codes(&[hadolint("DL3044"), droast("DF062")]),
        Case::new("path").codes(&[hadolint("DL3044")]).off(),
    ],
    supersedes: &[],
    title: "Variable used where it is set",
    summary: "Do not use a variable in the same ENV that sets it: the value from before is taken.",
    why: "
All values of one `ENV` are worked out before any of them is set. In `ENV HOME_DIR=/srv BIN=$HOME_DIR/bin` the second value is `/bin`: when it
was worked out, `HOME_DIR` was still empty.

Two `ENV` instructions, one after the other, do what was meant, and add nothing to the size of the image.
",
    leave_it_when: "The base image sets the variable, and the value from before is the one you want.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#environment-replacement",
        "https://github.com/hadolint/hadolint/wiki/DL3044",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "FROM alpine:3.23\nENV APP_HOME=/srv/app APP_BIN=«$APP_HOME»/bin\n",
            "FROM alpine:3.23\nENV APP_HOME=/srv/app\nENV APP_BIN=$APP_HOME/bin\n",
        ).case("unset"),
        reviewed(
            "FROM alpine:3.23\nenv A=1 \\\n    B=\"«${A}» b\" \\\n    C=$B\n",
            "FROM alpine:3.23\nenv A=1\nenv B=\"${A} b\"\nenv C=$B\n",
        ).case("unset"),
        // The one that is used comes later; a comment stands between.
        flagged("FROM alpine:3.23\nENV BIN=«$DIR»/bin DIR=/srv\n").case("unset"),
        flagged("FROM alpine:3.23\nENV DIR=/srv \\\n# where the programs are\n    BIN=«$DIR»/bin\n").case("unset"),
        // This base may set it, to the same value or another.
        reviewed(
            "FROM example.org/base:1\nENV HOME_DIR=/srv BIN=«$HOME_DIR»/bin\n",
            "FROM example.org/base:1\nENV HOME_DIR=/srv\nENV BIN=$HOME_DIR/bin\n",
        )
        .case("inherited"),
        flagged("FROM alpine:3.23\nENV PATH=/a:$PATH B=«$PATH»\n").case("path"),
        clean("FROM alpine:3.23\nENV APP_HOME=/srv/app\nENV APP_BIN=$APP_HOME/bin\n"),
        clean("FROM alpine:3.23\nENV PATH=/opt/bin:$PATH LANG=C\n"),
        clean("FROM alpine:3.23\nENV A=1 B='$A' C=\\$A D=${A:-2}\n"),
        clean("FROM alpine:3.23\nARG A=1\nENV A=2 B=$A\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for step in document.steps() {
        let Arguments::Env(values) = &step.instruction.arguments else { continue };
        let uses = used_where_set(document, step);
        let Some((range, name)) = uses.iter().copied().find(|(_, name)| *name != PATH).or(uses.first().copied()) else {
            continue;
        };
        // Every image has one, and the value from before may well be meant.
        let is_unknown = || document.stage_of(step).is_none_or(|stage| document.base_environment(stage).is_none());
        let case = match name {
            PATH => "path",
            _ if is_unknown() => "inherited",
            _ => "unset",
        };
        let message = format!("this takes the value that `{name}` had before this line, and the line sets it");
        let finding = report.at(case, range, message);
        if case != "path"
            && let Some(edits) = unless_for_score(document, || splits(document, step.instruction, values))
        {
            finding.fix(Review, "Set what is used first (the value changes to what is written)", edits);
        }
    }
}

const PATH: &str = "PATH";

/// The uses of variables that other pairs of the same `ENV` set, and that were not set before.
pub(crate) fn used_where_set<'a>(document: &Document<'a>, step: &Step<'a>) -> Vec<(TextRange, &'a str)> {
    let pairs = if step.is_trigger { &[] } else { step.env_pairs() };
    let names: HashSet<&str> = pairs.iter().map(|pair| pair.key.text.as_str()).collect();
    let mut uses = Vec::new();
    for pair in pairs.iter().filter(|_| names.len() > 1) {
        for variable in pair.value.variables() {
            let is_other = variable.name != pair.key.text && names.contains(variable.name.as_str());
            if is_other && variable.modifier.is_none() && !document.is_variable_set(&variable.name, step) {
                uses.push((variable.range, variable.name.as_str()));
            }
        }
    }
    uses
}

/// The edits that begin a new `ENV` wherever a value uses what the same one sets. `None` where a value uses what comes later, and where
/// comments are in the way. Behind a door.
#[inline(never)]
fn splits(document: &Document<'_>, instruction: &Instruction, values: &KeyValues) -> Option<Vec<Edit>> {
    if !instruction.comments.is_empty() {
        return None;
    }
    let mut later: HashSet<&str> = values.pairs.iter().map(|pair| pair.key.text.as_str()).collect();
    let mut earlier: HashSet<&str> = HashSet::new();
    let mut end = None;
    let mut edits = Vec::new();
    for pair in &values.pairs {
        let own = pair.key.text.as_str();
        later.remove(own);
        let used = pair.value.variables();
        if used.iter().any(|variable| later.contains(variable.name.as_str())) {
            return None;
        }
        if let Some(end) = end
            && used.iter().any(|variable| earlier.contains(variable.name.as_str()))
        {
            let gap = TextRange::new(end, pair.range.start());
            let line = document.line_like(instruction, &instruction.keyword.text, "");
            edits.push(replace(
                gap,
                format!("{}{}", newline_of(document.file.text()), line.trim_end_matches(['\r', '\n'])),
            ));
            earlier.clear();
        }
        earlier.insert(own);
        end = Some(pair.range.end());
    }
    Some(edits)
}
