//! Variables that nothing sets.

use super::env_self_reference::used_where_set;
use crate::rules::prelude::*;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;
use layerwise_syntax::{PLATFORM_ARGS, Variable, nearest};
use std::cell::OnceCell;

pub const RULE: Rule = Rule {
    id: "undefined-variable",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("typo").codes(&[buildkit("UndefinedVar")]),
        Case::new("platform").codes(&[buildkit("UndefinedVar")]),
        Case::new("known-base").codes(&[buildkit("UndefinedVar")]),
        Case::new("unknown-base").codes(&[buildkit("UndefinedVar")]).off(),
        Case::new("defaulted").codes(&[buildkit("UndefinedVar")]).off(),
        Case::new("global").codes(&[buildkit("UndefinedVar")]).off(),
    ],
    supersedes: &[],
    title: "Variable that nothing sets",
    summary: "Declare a variable with ARG or ENV before the builder is to fill it in.",
    why: "
The builder puts nothing in the place of a variable that it does not know, and says nothing: `COPY $SRC/ /app` copies the whole context, and
`ENV PATH=$PAHT:/opt/bin` takes every program of the system away.

An `ARG` counts only in its own stage and in stages that are built from that one. This is true of `TARGETARCH` and its kin as well: the builder has
their values, and a stage gets them by saying `ARG TARGETARCH`.
",
    leave_it_when: "The base image sets the variable, in a way that nobody can see from here.",
    references: &[
        "https://docs.docker.com/reference/build-checks/undefined-var/",
        "https://docs.docker.com/build/building/variables/",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("FROM alpine:3.23\nENV PATH=«$PAHT»:/opt/bin\n", "FROM alpine:3.23\nENV PATH=$PATH:/opt/bin\n").case("typo"),
        reviewed(
            "FROM example.org/base:1\nARG VERSION=1.2\nLABEL version=«${VERISON}»\n",
            "FROM example.org/base:1\nARG VERSION=1.2\nLABEL version=${VERSION}\n",
        )
        .case("typo"),
        reviewed(
            "FROM example.org/base:1\nCOPY tool-«$TARGETARCH» /usr/local/bin/tool\n",
            "FROM example.org/base:1\nARG TARGETARCH\nCOPY tool-$TARGETARCH /usr/local/bin/tool\n",
        )
        .case("platform"),
        flagged("FROM alpine:3.23\nCOPY «$SRC»/ /app/\n").case("known-base"),
        flagged("FROM scratch\nENV A=1 D=$A\nENV E=«$G»\nLABEL c=\"«$C» $C\"\n").case("known-base"),
        flagged("FROM example.org/base:1\nWORKDIR «$APP_HOME»\n").case("unknown-base"),
        flagged("FROM alpine:3.23\nENV LEVEL=«${LEVEL:-info}»\n").case("defaulted"),
        flagged("ARG TAG=1\nFROM alpine:3.23\nLABEL tag=«$TAG»\n").case("global"),
        flagged("FROM alpine:3.23\nENV A=1\nCOPY <<EOF /run.sh\necho \\$B '«$HOME»' $A\nEOF\n").case("known-base"),
        clean("FROM alpine:3.23\nENV PATH=$PATH:/opt/bin\n"),
        clean("FROM alpine:3.23\nCOPY <<\"EOF\" /run.sh\necho $HOME\nEOF\nRUN <<EOF\necho $HOME\nEOF\n"),
        clean("FROM alpine:3.23 AS base\nARG DIR=/app\nFROM base\nWORKDIR $DIR\nUSER \\$NAME\nLABEL a='$B'\n"),
        // The shell's own variables, what the base image is known to set, and names that only resemble one another.
        clean("FROM alpine:3.23\nRUN echo $HOME\nCMD echo $PORT\n"),
        clean("FROM golang:1.26\nWORKDIR $GOPATH/src\nCOPY . ${GOPATH}/src/\n"),
        clean("FROM example.org/base:1\nENV PORT1=80\nLABEL port=$PORT2 path=$GOPATH\n"),
        clean("FROM alpine:3.23\nONBUILD COPY $SRC /app/\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages() {
        let known_base = document.base_environment(stage);
        let mut names = Names::new(document, stage);
        for step in stage.own_steps() {
            let in_words = step.instruction.expanded_words().into_iter().flat_map(|word| word.variables());
            let copied = step.instruction.heredocs.iter().filter(|_| step.copy().is_some());
            let in_heredocs: Vec<Variable> = copied.flat_map(|body| document.file.heredoc_variables(body)).into_list();
            let mut told: HashSet<&str> = HashSet::new();
            // Of what an `ENV` uses and sets another rule speaks.
            let told_of = OnceCell::new();
            let is_told_of = |variable: &Variable| {
                let find =
                    || used_where_set(document, step).into_iter().map(|(range, _)| range).collect::<HashSet<_>>();
                document.config.compat.is_none() && told_of.get_or_init(find).contains(&variable.range)
            };
            for variable in in_words.chain(&in_heredocs) {
                let name = variable.name.as_str();
                let is_known = name == "PATH" && !stage.is_windows || document.is_variable_set(name, step);
                if is_known || is_told_of(variable) || !told.insert(name) {
                    continue;
                }
                let is_plain =
                    variable.modifier.as_ref().is_none_or(|modifier| !modifier.operator.contains(['-', '+']));
                let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
                let unset = format!("`{name}` is not set before this line");
                if document.is_global_arg(name) {
                    report.at("global", variable.range, unset);
                } else if !is_plain {
                    report.at("defaulted", variable.range, unset);
                } else if PLATFORM_ARGS.contains(&name) {
                    let message = format!("`{name}` has no value in a stage that does not declare it");
                    let finding = report.at("platform", variable.range, message);
                    if let Some(edit) = document.declaration(stage, name) {
                        finding.fix(Review, format!("Declare {name} (it then has a value here)"), [edit]);
                    }
                } else if known_base.is_some_and(|names| name.is_one_of(names)) {
                } else if let Some(meant) = names.meant_by(name) {
                    let finding = report.at("typo", variable.range, format!("{unset}; is `{meant}` meant?"));
                    if let Some(range) = name_range(document, variable) {
                        finding.fix(Review, format!("Write {meant}"), [replace(range, meant)]);
                    }
                } else {
                    let is_certain = known_base.is_some() && is_name && !may_be_given(name);
                    report.at(if is_certain { "known-base" } else { "unknown-base" }, variable.range, unset);
                }
            }
        }
    }
}

/// Whether a variable has a value that the builder gives it unasked.
fn may_be_given(name: &str) -> bool {
    name.to_ascii_uppercase().ends_with("_PROXY") || name.starts_with("BUILDKIT_") || name == "SOURCE_DATE_EPOCH"
}

/// The names that a stage knows, among which one that is misspelt may be.
struct Names<'s, 'a> {
    document: &'s Document<'a>,
    stage: &'s Stage<'a>,
    /// Collected when first asked for.
    known: Vec<&'a str>,
    asked: usize,
}

impl<'s, 'a> Names<'s, 'a> {
    /// More than a person can mix up are not looked at.
    const MOST: usize = 100;

    fn new(document: &'s Document<'a>, stage: &'s Stage<'a>) -> Self {
        Names { document, stage, known: Vec::new(), asked: 0 }
    }

    /// The name that is meant by one which looks much like it: numbers at their ends make two names of it.
    fn meant_by(&mut self, name: &str) -> Option<&'a str> {
        if self.asked == 0 {
            self.collect();
        }
        self.asked += 1;
        if name.len() < 4 || self.asked > Self::MOST {
            return None;
        }
        let is_near = |other: &&str| other.get(..1) == name.get(..1) && other.len().abs_diff(name.len()) <= 1;
        let candidates = self.known.iter().copied().filter(is_near);
        let near = nearest(name, candidates)?;
        let stem = |name: &str| name.trim_end_matches(|digit: char| digit.is_ascii_digit()).len();
        (name.get(..stem(name)) != near.get(..stem(near))).then_some(near)
    }

    fn collect(&mut self) {
        self.known.extend(["PATH", "HOME"]);
        self.known.extend(PLATFORM_ARGS);
        for step in self.document.chain_steps(self.stage) {
            match &step.instruction.arguments {
                Arguments::Arg(declarations) => {
                    self.known.extend(declarations.iter().map(|declaration| declaration.name.text.as_str()));
                }
                Arguments::Env(values) => self.known.extend(values.pairs.iter().map(|pair| pair.key.text.as_str())),
                _ => {}
            }
        }
        self.known.truncate(Self::MOST);
    }
}

/// Where in `$NAME` or `${NAME}` the name stands; `None` where the place is that of a JSON string.
fn name_range(document: &Document<'_>, variable: &Variable) -> Option<TextRange> {
    let written = document.slice(variable.range).strip_prefix('$')?;
    let blanks = 1 + u32::from(written.starts_with('{'));
    Some(TextRange::at(variable.range.start() + TextSize::new(blanks), TextSize::of(&variable.name)))
}
