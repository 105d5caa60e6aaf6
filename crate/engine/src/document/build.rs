//! From syntax to document.

use super::stage::is_dev_name;
use super::variables::Variables;
use super::{Base, Dockerignore, Document, Stage, Step, scripts};
use crate::image::ImageName;
use crate::input::Input;
use crate::suppression::Suppressions;
use layerwise_syntax::{Arguments, Dockerfile, ExecForm, FromArguments, Instruction, Mount};
use std::collections::HashMap;

pub(super) fn document<'a>(file: &'a Dockerfile, input: &Input<'a>) -> Document<'a> {
    let mut builder = Builder {
        file,
        input,
        document: Document {
            file,
            today: input.today,
            config: input.config,
            suppressions: Suppressions::of(file),
            dockerignore: input.dockerignore.map(Dockerignore::read),
            global_args: Vec::new(),
            stages: Vec::new(),
            variables: Variables::default(),
            final_stage: None,
        },
        names: HashMap::new(),
        last_shells: Vec::new(),
    };
    if file.is_fragment {
        builder.open_stage(None);
    }
    for instruction in &file.instructions {
        builder.instruction(instruction);
    }
    builder.finish()
}

struct Builder<'a, 'i> {
    file: &'a Dockerfile,
    input: &'i Input<'i>,
    document: Document<'a>,
    /// Stages by their names in lower case.
    names: HashMap<String, usize>,
    /// The `SHELL` in force at the end of each stage so far.
    last_shells: Vec<Option<&'a ExecForm>>,
}

impl<'a> Builder<'a, '_> {
    fn instruction(&mut self, instruction: &'a Instruction) {
        match &instruction.arguments {
            Arguments::From(from) => self.open_stage(Some((instruction, from))),
            Arguments::Arg(declarations) if self.document.stages.is_empty() => {
                self.document.global_args.push(instruction);
                for declaration in declarations {
                    let name = &declaration.name.text;
                    let default = declaration.default.as_ref();
                    let value = self.build_arg(name).or_else(|| self.document.variables.expand_global(&default?.parts));
                    self.document.variables.set_global(name, value);
                }
            }
            _ => self.step(instruction),
        }
    }

    fn build_arg(&self, name: &str) -> Option<String> {
        self.input.build_args.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone())
    }

    fn open_stage(&mut self, from: Option<(&'a Instruction, &'a FromArguments)>) {
        let index = self.document.stages.len();
        let base = from.map_or(Base::Unknown, |(_, from)| self.base(from));
        let parent = match base {
            Base::Stage(parent) => Some(parent),
            _ => None,
        };
        let name = from.and_then(|(_, from)| from.name.as_ref()).map(|name| name.text.as_str());
        let inherits_windows =
            parent.and_then(|parent| self.document.stages.get(parent)).is_some_and(|parent| parent.is_windows);
        let stage = Stage {
            index,
            from,
            name,
            is_windows: inherits_windows || base.image().is_some_and(ImageName::is_windows),
            base,
            parent,
            steps: Vec::new(),
            ships: false,
            is_dev: name.is_some_and(is_dev_name),
            shells: Vec::new(),
        };
        self.last_shells.push(parent.and_then(|parent| self.last_shells.get(parent).copied().flatten()));
        self.document.stages.push(stage);
        self.document.variables.open_stage();
        if let Some(name) = name {
            self.names.insert(name.to_ascii_lowercase(), index);
        }
    }

    fn base(&self, from: &FromArguments) -> Base {
        let Some(reference) = self.document.variables.expand_global(&from.image.parts) else { return Base::Unknown };
        // A stage's name is kept in lower case and FROM compares exactly.
        if let Some(&stage) = self.names.get(&reference) {
            return Base::Stage(stage);
        }
        if reference == "scratch" {
            return Base::Scratch;
        }
        ImageName::parse(&reference).map_or(Base::Unknown, Base::Image)
    }

    fn step(&mut self, outer: &'a Instruction) {
        let stages = &self.document.stages;
        let Some(stage) = stages.last() else { return };
        let (stage_index, index) = (stage.index, stage.steps.len());
        let (instruction, is_trigger) = match &outer.arguments {
            Arguments::Onbuild(trigger) => (&**trigger, true),
            _ => (outer, false),
        };
        if !is_trigger {
            self.define(instruction, stage_index, index);
        }
        let shell = self.last_shells.last().copied().flatten();
        let is_windows = self.document.stages.get(stage_index).is_some_and(|stage| stage.is_windows);
        let scripts = if is_windows { Vec::new() } else { scripts::of(self.file, instruction, shell) };
        let mounts = instruction
            .flags_named("mount")
            .filter_map(|flag| flag.value.as_ref())
            // A variable in one field, such as the cache's id, leaves the others as they are.
            .map(|value| Mount::read(&value.value().unwrap_or_else(|| value.text.clone())))
            .collect();
        let Some(stage) = self.document.stages.last_mut() else { return };
        stage.steps.push(Step { stage: stage_index, index, instruction, outer, is_trigger, scripts, mounts });
        if let Arguments::Shell(exec) = &instruction.arguments
            && !is_trigger
        {
            stage.shells.push((index, exec));
            if let Some(last) = self.last_shells.last_mut() {
                *last = Some(exec);
            }
        }
    }

    fn define(&mut self, instruction: &Instruction, stage: usize, index: usize) {
        let mut defined = Vec::new();
        let (variables, stages) = (&self.document.variables, &self.document.stages);
        match &instruction.arguments {
            // A whole instruction is expanded before any of it takes effect.
            Arguments::Env(values) => {
                for pair in &values.pairs {
                    let value = variables.expand_known(&pair.value.parts, stages, stage, index);
                    defined.push((pair.key.text.clone(), true, value));
                }
            }
            Arguments::Arg(declarations) => {
                for declaration in declarations {
                    let name = &declaration.name.text;
                    let value = self.build_arg(name).or_else(|| match &declaration.default {
                        Some(default) => variables.expand_known(&default.parts, stages, stage, index),
                        None => variables.global(name),
                    });
                    defined.push((name.clone(), false, value));
                }
            }
            _ => {}
        }
        for (name, is_env, value) in defined {
            self.document.variables.define(index, &name, is_env, value);
        }
    }

    fn finish(mut self) -> Document<'a> {
        let named = self.input.target.and_then(|target| self.names.get(&target.to_ascii_lowercase()).copied());
        self.document.final_stage = named.or(self.document.stages.len().checked_sub(1));
        self.mark_shipped();
        self.document
    }

    /// Marks the final stage, what it is built from, and what is copied whole into any of these.
    fn mark_shipped(&mut self) {
        let mut open: Vec<usize> = self.document.final_stage.into_iter().collect();
        while let Some(index) = open.pop() {
            let Some(stage) = self.document.stages.get_mut(index) else { continue };
            if stage.ships {
                continue;
            }
            stage.ships = true;
            open.extend(stage.parent);
            for step in &stage.steps {
                let Some(copy) = step.copy().filter(|copy| copy.destination.text == "/") else { continue };
                let [source] = &copy.sources[..] else { continue };
                let from = step.instruction.flag("from").and_then(|flag| flag.value.as_ref());
                if let Some(from) = from.filter(|_| source.word().text == "/") {
                    let named = self.names.get(&from.text.to_ascii_lowercase()).copied();
                    open.extend(named.or_else(|| from.text.parse().ok()));
                }
            }
        }
    }
}
