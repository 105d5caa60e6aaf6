//! From syntax to document.

use super::stage::is_dev_name;
use super::variables::Variables;
use super::{Base, Document, InForce, Stage, Step, scripts, workdir};
use crate::dockerignore::Dockerignore;
use crate::image::{ImageName, os_family};
use crate::input::Input;
use crate::suppression::Suppressions;
use crate::table::Listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::HashMap;
use layerwise_syntax::{Arguments, Dockerfile, FromArguments, Instruction, Mount};
use std::cell::OnceCell;
use std::sync::Arc;

pub(super) fn document<'a>(file: &'a Dockerfile, input: &Input<'a>) -> Document<'a> {
    let mut builder = Builder {
        file,
        input,
        is_written_for_windows: OnceCell::new(),
        document: Document {
            file,
            today: input.today,
            config: input.config,
            is_shell_linted: input.shell.is_some(),
            is_for_score: false,
            suppressions: Suppressions::of(file),
            dockerignore: input.dockerignore.map(Dockerignore::read),
            global_args: Vec::new(),
            stages: Vec::new(),
            names: HashMap::new(),
            variables: Variables::default(),
            final_stage: None,
        },
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
    /// Whether the escape character is the one for Windows, and something of Windows is called.
    is_written_for_windows: OnceCell<bool>,
    document: Document<'a>,
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
            is_windows: inherits_windows || from.is_some_and(|(from, image)| self.is_windows(&base, from, image)),
            base,
            parent,
            root: parent.and_then(|parent| self.document.stages.get(parent)).map_or(index, |parent| parent.root),
            steps: Vec::new(),
            ships: false,
            is_dev: name.is_some_and(is_dev_name),
            end: parent
                .and_then(|parent| self.document.stages.get(parent))
                .map(|parent| parent.end.clone())
                .unwrap_or_default(),
            system: OnceCell::new(),
            start_commands: OnceCell::new(),
        };
        self.document.stages.push(stage);
        self.document.variables.open_stage(parent);
        if let Some(name) = name {
            self.document.names.insert(name.to_ascii_lowercase(), index);
        }
    }

    /// Whether a stage is one for Windows: its image or its platform says so, or else what is written with the escape character that was made for
    /// its paths does.
    fn is_windows(&self, base: &Base, from: &Instruction, image: &FromArguments) -> bool {
        const NAMES: &str = "mcr.microsoft.com/windows nanoserver servercore";
        const SIGNS: &str = ":\\ .bat .cmd .exe .msi .ps1 %PATH% powershell setx";
        let platform = from.flag("platform").and_then(|flag| flag.value.as_ref());
        let is_told = || platform.is_some_and(|platform| platform.text.starts_with("windows"));
        let is_read = || self.file.escape == '`' && self.file.text().contains_any(SIGNS);
        let is_written_so = || *self.is_written_for_windows.get_or_init(is_read);
        match base {
            Base::Image(image) if image.is_windows() => true,
            // Of one that nobody knows here, what its name is made of may tell.
            Base::Image(known) => is_told() || os_family(known).is_none() && is_written_so(),
            Base::Unknown => is_told() || image.image.text.contains_any(NAMES) || is_written_so(),
            Base::Stage(_) | Base::Scratch => false,
        }
    }

    fn base(&self, from: &FromArguments) -> Base {
        let Some(reference) = self.document.variables.expand_global(&from.image.parts) else { return Base::Unknown };
        // A stage's name is kept in lower case and FROM compares exactly.
        if let Some(&stage) = self.document.names.get(&reference) {
            return Base::Stage(stage);
        }
        if reference == "scratch" {
            return Base::Scratch;
        }
        ImageName::parse(&reference).map_or(Base::Unknown, Base::Image)
    }

    fn step(&mut self, outer: &'a Instruction) {
        let Some(stage) = self.document.stages.last() else { return };
        let (stage_index, index) = (stage.index, stage.steps.len());
        let (in_force, is_windows) = (stage.end.clone(), stage.is_windows);
        let (instruction, is_trigger) = match &outer.arguments {
            Arguments::Onbuild(trigger) => (&**trigger, true),
            _ => (outer, false),
        };
        if !is_trigger {
            self.define(instruction, stage_index, index);
        }
        let scripts = if is_windows { Vec::new() } else { scripts::of(self.file, instruction, in_force.shell) };
        let mounts = instruction
            .flags_named("mount")
            .filter_map(|flag| flag.value.as_ref())
            // A variable in one field, such as the cache's id, leaves the others as they are.
            .map(|value| Mount::read(&value.value().unwrap_or_else(|| value.text.clone())))
            .into_list();
        let end = if is_trigger { in_force.clone() } else { self.after(instruction, &in_force, stage_index, index) };
        let Some(stage) = self.document.stages.last_mut() else { return };
        stage.end = end;
        stage.steps.push(Step { stage: stage_index, index, instruction, outer, is_trigger, scripts, mounts, in_force });
    }

    /// What is in force after an instruction.
    fn after(&self, instruction: &'a Instruction, before: &InForce<'a>, stage: usize, index: usize) -> InForce<'a> {
        let mut after = before.clone();
        match &instruction.arguments {
            Arguments::Shell(shell) => after.shell = Some(shell),
            Arguments::User(user) => after.user = Some(user),
            Arguments::Workdir(path) => {
                let path = self.document.variables.expand_known(&path.parts, stage, index);
                let path = path.and_then(|path| workdir::join(before.workdir.as_deref(), &path));
                after.workdir = path.map(Arc::from);
            }
            _ => {}
        }
        after
    }

    fn define(&mut self, instruction: &Instruction, stage: usize, index: usize) {
        let mut defined = Vec::new();
        let variables = &self.document.variables;
        match &instruction.arguments {
            // A whole instruction is expanded before any of it takes effect.
            Arguments::Env(values) => {
                for pair in &values.pairs {
                    let value = variables.expand_known(&pair.value.parts, stage, index);
                    defined.push((pair.key.text.clone(), true, Some(value)));
                }
            }
            Arguments::Arg(declarations) => {
                for declaration in declarations {
                    let name = &declaration.name.text;
                    let value = match (self.build_arg(name), &declaration.default) {
                        (Some(given), _) => Some(Some(given)),
                        (None, Some(default)) => Some(variables.expand_known(&default.parts, stage, index)),
                        (None, None) => variables.global(name).map(Some),
                    };
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
        let named = self.input.target.and_then(|target| self.document.names.get(&target.to_ascii_lowercase()).copied());
        self.document.final_stage = named.or(self.document.stages.len().checked_sub(1));
        self.mark_shipped();
        self.document
    }

    /// Marks the final stage, what it is built from, and what is copied whole into any of these.
    fn mark_shipped(&mut self) {
        let mut open: Vec<usize> = self.document.final_stage.into_iter().into_list();
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
                    let named = self.document.names.get(&from.text.to_ascii_lowercase()).copied();
                    open.extend(named.or_else(|| from.text.parse().ok()));
                }
            }
        }
    }
}
