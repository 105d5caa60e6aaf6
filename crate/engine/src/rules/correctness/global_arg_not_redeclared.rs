//! `ARG`s before the first `FROM`, used in a stage.

use crate::image::environment;
use crate::rules::prelude::*;
use crate::shell::{Command, Word};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashSet;

pub const RULE: Rule = Rule {
    id: "global-arg-not-redeclared",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &[],
    title: "ARG from before FROM, not declared in the stage",
    summary: "Declare an ARG from before the first FROM once more in each stage that uses it; it is empty there otherwise.",
    why: "
The `ARG`s before the first `FROM` are for `FROM` lines only. Inside a stage they are empty, and neither the builder nor the shell says so: a
download gets an address with a hole in it.

`ARG VERSION`, without a value, brings the one from above into the stage.
",
    leave_it_when: "The base image sets a variable of the same name, and that one is meant.",
    references: &[
        "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
        "https://docs.docker.com/build/building/variables/#scoping",
    ],
    fix_changes: &[],
    examples: &[
        reviewed(
            "ARG VERSION=1.4.2\nFROM alpine:3.23\nRUN wget -q «https://example.org/tool-${VERSION}.tar.gz» && echo $VERSION\n",
            "ARG VERSION=1.4.2\nFROM alpine:3.23\nARG VERSION\nRUN wget -q https://example.org/tool-${VERSION}.tar.gz && echo $VERSION\n",
        ),
        reviewed(
            "arg DIR=/srv\nfrom alpine:3.23 as a\nworkdir «$DIR»\ncopy . $DIR\n",
            "arg DIR=/srv\nfrom alpine:3.23 as a\narg DIR\nworkdir $DIR\ncopy . $DIR\n",
        ),
        // Declared too late.
        flagged("ARG VERSION=1\nFROM alpine:3.23\nLABEL version=«$VERSION»\nARG VERSION\n"),
        clean("ARG VERSION=1.4.2\nFROM alpine:3.23\nARG VERSION\nRUN echo $VERSION\n"),
        clean("ARG A=1\nFROM alpine:3.23 AS base\nARG A\nFROM base\nRUN echo $A\n"),
        // It has a default, the script sets it, a file may, or the quotes keep it from being one.
        clean("ARG A=1\nFROM alpine:3.23\nRUN echo ${A:-2} && A=3 && echo $A\nRUN read A && echo $A\nENV B=${A-4}\n"),
        clean("ARG ID=1\nFROM alpine:3.23\nRUN . /etc/os-release && echo $ID\nRUN echo '$ID'\nRUN for ID in 1 2; do echo $ID; done\n"),
        // The image sets it.
        clean("ARG NODE_VERSION=24\nFROM node:${NODE_VERSION}\nRUN echo $NODE_VERSION\n"),
        clean("ARG TOOL_VERSION=24\nFROM example.org/tool:${TOOL_VERSION}\nRUN echo $TOOL_VERSION\n"),
        clean("ARG A=1\nFROM alpine:3.23\nCMD echo $A\n"),
        // What an image sets often has its name.
        clean("ARG ROS_DISTRO=noetic\nARG BASE=ros:noetic\nFROM ${BASE}\nRUN echo $ROS_DISTRO\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    if document.global_args.is_empty() {
        return;
    }
    for stage in document.stages() {
        let own: HashSet<&str> = stage.own_steps().flat_map(declared).collect();
        let mut told: HashSet<&str> = HashSet::new();
        for step in stage.own_steps() {
            for (name, range) in uses(document, step) {
                let is_empty = document.is_global_arg(name) && !document.is_variable_set(name, step);
                if !is_empty || !told.insert(name) || may_come_with_image(document, stage, name) {
                    continue;
                }
                let finding = report.here(range, format!("`{name}` is empty in this stage, which does not declare it"));
                if let Some(edit) = document.declaration(stage, name).filter(|_| !own.contains(name)) {
                    finding.fix(Review, format!("Declare {name} in the stage (it then has its value)"), [edit]);
                }
            }
        }
    }
}

/// The variables that an instruction declares.
fn declared<'a>(step: &Step<'a>) -> Vec<&'a str> {
    match &step.instruction.arguments {
        Arguments::Arg(declarations) => {
            declarations.iter().map(|declaration| declaration.name.text.as_str()).into_list()
        }
        Arguments::Env(values) => values.pairs.iter().map(|pair| pair.key.text.as_str()).into_list(),
        _ => Vec::new(),
    }
}

/// The variables that an instruction uses without a default, and where.
fn uses<'s>(document: &Document<'_>, step: &'s Step<'_>) -> Vec<(&'s str, TextRange)> {
    let mut uses = Vec::new();
    for word in step.instruction.expanded_words() {
        for variable in word.variables().into_iter().filter(|variable| variable.modifier.is_none()) {
            uses.push((variable.name.as_str(), variable.range));
        }
    }
    let leaves_names = step.scripts.iter().any(|run| run.script.leaves_names);
    let mut own: HashSet<&str> = HashSet::new();
    for command in step.commands().filter(|_| !leaves_names) {
        // What stands in such a file, or comes from such a program, nobody here knows.
        if command.is_one_of(". source eval set") {
            break;
        }
        for word in words(command) {
            for name in &word.variables {
                if !own.contains(name.as_str()) && !has_default(document, word, name) {
                    uses.push((name, word.range));
                }
            }
        }
        own.extend(command.assignments.iter().map(|assignment| assignment.name.as_str()));
        if command.is_one_of("read getopts export local declare readarray mapfile") {
            own.extend(command.arguments().iter().map(Word::shown));
        }
    }
    uses
}

fn words(command: &Command) -> impl Iterator<Item = &Word> {
    let assigned = command.assignments.iter().filter_map(|assignment| assignment.value.as_ref());
    let targets = command.redirects.iter().filter_map(|redirect| redirect.target.as_ref());
    command.words.iter().chain(assigned).chain(targets)
}

/// Whether a word says what to take where a variable is empty.
fn has_default(document: &Document<'_>, word: &Word, name: &str) -> bool {
    let open = format!("${{{name}");
    let mut uses = document.slice(word.range).split(open.as_str()).skip(1);
    uses.any(|rest| rest.starts_with([':', '-', '+', '?', '=']))
}

/// Whether the base image may set a variable of this name: it is known to, or it is chosen by that very value.
fn may_come_with_image(document: &Document<'_>, stage: &Stage<'_>, name: &str) -> bool {
    if let Base::Image(image) = document.chain_base(stage) {
        if let Some(known) = environment(image) {
            return name.is_one_of(known);
        }
        // `ROS_DISTRO` in `ros`: what an image sets often has its name.
        let own = image.short_name().to_ascii_uppercase().replace('-', "_");
        if name.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('_')) {
            return true;
        }
    }
    let root = document.chain(stage).first().and_then(|root| root.from);
    root.is_some_and(|(_, from)| from.image.variables().iter().any(|variable| variable.name == name))
}
