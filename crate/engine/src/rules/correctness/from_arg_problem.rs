//! Variables in `FROM`.

use crate::image::{ImageName, newest_release};
use crate::rules::prelude::*;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{
    ArgDeclaration, Expansion, FromArguments, PLATFORM_ARGS, Part, Variable, Word, expand, nearest,
};

pub const RULE: Rule = Rule {
    id: "from-arg-problem",
    category: Category::Correctness,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[
        Case::new("undeclared").codes(&[buildkit("UndefinedArgInFrom")]),
        Case::new("no-default").codes(&[buildkit("InvalidDefaultArgInFrom")]),
        Case::new("undeclared-with-default").codes(&[buildkit("UndefinedArgInFrom")]).off(),
        Case::new("other-invalid-name").codes(&[buildkit("InvalidDefaultArgInFrom")]).off(),
    ],
    supersedes: &["malformed-instruction"],
    title: "FROM with a variable that is empty",
    summary: "Declare what FROM uses with an ARG before the first FROM, and give it a default.",
    why: "
`FROM` sees only the `ARG`s that stand before the first `FROM`. One inside a stage does not count, and a variable that nobody declared is empty.

A plain `docker build .` should work for everybody. If `FROM` makes sense only with a `--build-arg`, the first thing that a newcomer sees is
`invalid reference format`.
",
    leave_it_when: "The file is only ever built by a program that gives the value, and no default would make sense.",
    references: &[
        "https://docs.docker.com/reference/build-checks/undefined-arg-in-from/",
        "https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/",
        "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
    ],
    fix_changes: &[],
    examples: &[
        reviewed("ARG TAG\nFROM «alpine:${TAG}»\n", "ARG TAG=3.24\nFROM alpine:${TAG}\n").case("no-default"),
        flagged("ARG BASE\nFROM «$BASE»\n").case("no-default"),
        reviewed("ARG VERSION=3.23\nFROM «alpine:$VERISON»\n", "ARG VERSION=3.23\nFROM alpine:$VERSION\n").case("undeclared"),
        reviewed(
            "ARG A=alpine:3.23\nFROM $A\nARG VARIANT=slim\nFROM «node:24-$VARIANT»\n",
            "ARG A=alpine:3.23\nARG VARIANT=slim\nFROM $A\nARG VARIANT=slim\nFROM node:24-$VARIANT\n",
        )
        .case("undeclared"),
        flagged("FROM --platform=«linux/$CPU» alpine:3.23\n").case("undeclared"),
        flagged("FROM «alpine:${TAG:-3.23}»\n").case("undeclared-with-default"),
        flagged("FROM «alpine:$TAG»\n").case("undeclared"),
        clean("ARG TAG=3.23\nFROM alpine:${TAG}\n"),
        clean("ARG VARIANT\nFROM --platform=$BUILDPLATFORM alpine:3.23$VARIANT AS a\nFROM app-$TARGETARCH:1\n"),
        clean("ARG TAG\nFROM alpine:${TAG:-3.23}\n"),
        clean("FROM alpine:3.23 AS build\nARG NEXT=build\nFROM build\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    let globals = Globals::of(document);
    for stage in document.stages() {
        let Some((from, arguments)) = stage.from else { continue };
        let platform = from.flag("platform").and_then(|flag| flag.value.as_ref());
        let mut is_told = false;
        for word in [Some(&arguments.image), platform].into_iter().flatten() {
            for variable in word.variables() {
                if globals.declared.contains_key(variable.name.as_str()) || PLATFORM_ARGS.contains(&&*variable.name) {
                    continue;
                }
                let has_default = variable.modifier.is_some();
                is_told |= !has_default;
                let case = if has_default { "undeclared-with-default" } else { "undeclared" };
                let message = format!("no ARG before the first FROM declares `{}`", variable.name);
                let finding = report.at(case, word.range, message);
                if has_default || stage.index > MOST {
                    continue;
                }
                if let Some((title, edit)) = declare(document, variable, &globals) {
                    finding.fix(Review, title, [edit]);
                }
            }
        }
        let Some(value) = globals.value(&arguments.image.parts) else { continue };
        if ImageName::parse(&value).is_some() {
            continue;
        }
        if is_told || !arguments.image.has_variable() {
            let message = format!("`{}` names no image", arguments.image.text);
            report.at("other-invalid-name", arguments.image.range, message);
            continue;
        }
        let message = format!("`{}` names no image unless a build argument completes it", arguments.image.text);
        let finding = report.at("no-default", arguments.image.range, message);
        if let Some(edit) = default_tag(document, arguments, &globals) {
            finding.fix(Review, "Give the version a default (look which one you need)", [edit]);
        }
    }
}

/// Among more names, or in more stages, no misspelt name is looked for.
const MOST: usize = 100;

/// What stands before the first `FROM`.
struct Globals<'a> {
    /// `Some(None)` for what is empty, `None` for what nobody knows.
    values: HashMap<&'a str, Option<Option<String>>>,
    declared: HashMap<&'a str, &'a ArgDeclaration>,
    /// The names, in order.
    names: Vec<&'a str>,
    /// What the stages declare, by name.
    inside: HashMap<&'a str, &'a ArgDeclaration>,
}

impl<'a> Globals<'a> {
    fn of(document: &Document<'a>) -> Self {
        let mut globals =
            Globals { values: HashMap::new(), declared: HashMap::new(), names: Vec::new(), inside: HashMap::new() };
        for instruction in &document.global_args {
            let Arguments::Arg(declarations) = &instruction.arguments else { continue };
            for declaration in declarations {
                let name = declaration.name.text.as_str();
                let value = match &declaration.default {
                    Some(default) => globals.value(&default.parts).map(Some),
                    None => Some(None),
                };
                globals.values.insert(name, value);
                globals.declared.insert(name, declaration);
                globals.names.push(name);
            }
        }
        for step in document.steps() {
            let Arguments::Arg(declarations) = &step.instruction.arguments else { continue };
            for declaration in declarations {
                globals.inside.or_insert(declaration.name.text.as_str(), declaration);
            }
        }
        globals
    }

    /// What a word says if nobody gives a build argument.
    fn value(&self, parts: &[Part]) -> Option<String> {
        let lookup = |name: &str| match self.values.get(name) {
            Some(value) => value.clone(),
            None if PLATFORM_ARGS.contains(&name) => None,
            None => Some(None),
        };
        match expand(parts, &lookup) {
            Expansion::Known(value) => Some(value),
            Expansion::Unknown => None,
        }
    }
}

/// The edit that declares an undeclared variable, or writes the name of the one that is meant.
fn declare(document: &Document<'_>, variable: &Variable, globals: &Globals<'_>) -> Option<(String, Edit)> {
    let name = variable.name.as_str();
    if let Some(inside) = globals.inside.get(name) {
        let first = document.stages().first()?.from?.0;
        let line = document.line_above(first, "ARG", document.slice(inside.range));
        return Some((format!("Declare {name} before the first FROM"), line));
    }
    let near = nearest(name, globals.names.iter().copied().take(MOST).chain(PLATFORM_ARGS))?;
    let text = document.slice(variable.range).replacen(name, near, 1);
    Some((format!("Write {near}"), replace(variable.range, text)))
}

/// The edit that gives the variable that is a whole tag its default.
fn default_tag(document: &Document<'_>, from: &FromArguments, globals: &Globals<'_>) -> Option<Edit> {
    let Word { parts, .. } = &from.image;
    let [Part::Literal(repository), Part::Variable(variable)] = &parts[..] else { return None };
    let image = ImageName::parse(repository.strip_suffix(':')?)?;
    let release = newest_release(&image, document.today)?;
    let declaration = globals.declared.get(variable.name.as_str())?;
    let is_bare = declaration.default.is_none() && variable.modifier.is_none();
    is_bare.then(|| insert(declaration.range.end(), format!("={release}")))
}
