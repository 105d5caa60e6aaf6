//! What an image says of itself: what its containers start with.

use super::Value;
use super::step::{words, written};
use crate::document::{Document, Stage, Step};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::lookup::{HashMap, HashSet};
use layerwise_syntax::{Arguments, Command, Healthcheck as Check, KeyValues, Word};

/// What a file sets for containers of its image. `None` and empty lists leave what the base image has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageConfig {
    /// `ENV`.
    pub environment: Environment,
    /// `LABEL`.
    pub labels: Environment,
    /// `USER`.
    pub user: Option<Value>,
    /// `WORKDIR`, absolute where that is known.
    pub workdir: Option<String>,
    /// `SHELL`, for builds on top of the image.
    pub shell: Option<Vec<String>>,
    /// `EXPOSE`, each once.
    pub ports: Vec<Value>,
    /// `VOLUME`, each once.
    pub volumes: Vec<Value>,
    /// `ENTRYPOINT`.
    pub entrypoint: Option<Program>,
    /// `CMD`.
    pub cmd: Option<Program>,
    /// `HEALTHCHECK`.
    pub healthcheck: Option<Healthcheck>,
    /// `STOPSIGNAL`.
    pub stop_signal: Option<Value>,
    /// `MAINTAINER`.
    pub maintainer: Option<String>,
}

/// Names with their values, in the order in which they were first set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Environment {
    /// The names and values.
    pub entries: Vec<Entry>,
    places: HashMap<String, usize>,
}

/// A name with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What is set.
    pub name: String,
    /// What it is set to.
    pub value: Value,
}

/// A program to start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// Text for the shell.
    Shell(String),
    /// A program with its arguments.
    Exec(Vec<String>),
}

/// A health check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Healthcheck {
    /// That of the base image is switched off.
    Off,
    /// This command is run.
    Run {
        /// The command.
        program: Program,
        /// Its flags, as `name=value`.
        options: Vec<String>,
    },
}

impl Environment {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let place = self.places.get(name)?;
        self.entries.get(*place).map(|entry| &entry.value)
    }

    fn set(&mut self, name: String, value: Value) {
        let place = *self.places.or_insert(name.clone(), self.entries.len());
        match self.entries.get_mut(place) {
            Some(entry) => entry.value = value,
            None => self.entries.push(Entry { name, value }),
        }
    }

    fn take(&mut self, document: &Document<'_>, values: &KeyValues, step: &Step<'_>) {
        for pair in &values.pairs {
            let name = Value::of(document, &pair.key, step).text().to_owned();
            self.set(name, Value::of(document, &pair.value, step));
        }
    }
}

impl Program {
    fn of(command: &Command) -> Program {
        match command {
            Command::Shell(shell) => Program::Shell(shell.text.clone()),
            Command::Exec(exec) => Program::Exec(words(exec)),
        }
    }
}

impl ImageConfig {
    /// What is in force at the end of a stage.
    pub(super) fn of(document: &Document<'_>, stage: &Stage<'_>) -> ImageConfig {
        let mut config = ImageConfig::set_by(document, document.chain_steps(stage));
        let start = |step: Option<&Step<'_>>| step.and_then(|step| step.start_command()).map(Program::of);
        config.workdir = stage.end.workdir.as_deref().map(str::to_owned);
        config.shell = stage.end.shell.map(words);
        config.entrypoint = start(document.entrypoint(stage));
        config.cmd = start(document.cmd(stage));
        config
    }

    /// What some steps set, taken alone.
    pub(super) fn set_by<'s, 'd: 's>(
        document: &Document<'d>,
        steps: impl IntoIterator<Item = &'s Step<'d>>,
    ) -> ImageConfig {
        let mut config = ImageConfig::default();
        for step in steps {
            config.take(document, step);
        }
        config.ports = unique(config.ports);
        config.volumes = unique(config.volumes);
        config
    }

    fn take(&mut self, document: &Document<'_>, step: &Step<'_>) {
        let values = |words: &[Word]| words.iter().map(|word| Value::of(document, word, step)).into_list();
        match &step.instruction.arguments {
            Arguments::Env(values) => self.environment.take(document, values, step),
            Arguments::Label(values) => self.labels.take(document, values, step),
            Arguments::User(user) => self.user = Some(Value::of(document, user, step)),
            Arguments::Expose(ports) => self.ports.extend(values(ports)),
            Arguments::Volume { paths, .. } => self.volumes.extend(values(paths)),
            Arguments::Healthcheck(Check::None(_)) => self.healthcheck = Some(Healthcheck::Off),
            Arguments::Healthcheck(Check::Command(command)) => {
                let options = step.instruction.flags.iter().map(written).into_list();
                self.healthcheck = Some(Healthcheck::Run { program: Program::of(command), options });
            }
            Arguments::Stopsignal(signal) => self.stop_signal = Some(Value::of(document, signal, step)),
            Arguments::Entrypoint(command) => self.entrypoint = Some(Program::of(command)),
            Arguments::Cmd(command) => self.cmd = Some(Program::of(command)),
            Arguments::Maintainer(name) => self.maintainer = Some(name.text.clone()),
            _ => {}
        }
    }
}

fn unique(mut values: Vec<Value>) -> Vec<Value> {
    let mut seen = HashSet::new();
    values.retain(|value| seen.insert(value.text().to_owned()));
    values
}
