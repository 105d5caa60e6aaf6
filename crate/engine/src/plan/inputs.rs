//! What a step reads. A step is built anew when any of it changes, or, unless it is independent, when a layer below it does.

use super::{Origin, Value};
use crate::document::{Document, Step};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{Arguments, CopyArguments, InstructionKind, Mount, MountType, Source, Word};

/// What a step reads, beside its own text.
#[derive(Debug, Clone, PartialEq)]
pub struct Inputs {
    /// What it copies.
    pub files: Option<Files>,
    /// What it downloads: the addresses of an `ADD`.
    pub downloads: Vec<Value>,
    /// What is mounted while it runs.
    pub mounts: Vec<Mounted>,
    /// Which variables may change it.
    pub variables: VariablesRead,
}

/// Files that are copied.
#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    /// Where they come from.
    pub origin: Origin,
    /// Paths and patterns; in the build context those of its root.
    pub paths: Vec<Value>,
    /// Patterns of what is left out: `--exclude`.
    pub excludes: Vec<Value>,
    /// Whether the folders above them are made too: `--parents`.
    pub keeps_parents: bool,
    /// Where they go.
    pub destination: Destination,
}

/// Where files go.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// The path, without a slash at its end.
    pub path: Value,
    /// Whether it is a folder that they go into, and not the name of the one file.
    pub is_folder: bool,
}

impl Destination {
    fn of(document: &Document<'_>, copy: &CopyArguments, step: &Step<'_>) -> Destination {
        let mut path = Value::of(document, &copy.destination, step);
        let is_folder = path.text().ends_with(['/', '\\', '.']) || copy.sources.len() > 1;
        for text in path.known.iter_mut().chain([&mut path.written]) {
            let end = text.trim_end_matches('/').len().max(1);
            text.truncate(end);
        }
        Destination { path, is_folder }
    }
}

/// A mount of a `RUN`.
#[derive(Debug, Clone, PartialEq)]
pub struct Mounted {
    /// What is asked for.
    pub mount: Mount,
    /// Where its files come from; `None` for one that has none, such as an empty cache.
    pub origin: Option<Origin>,
}

impl Mounted {
    /// What of its origin is mounted: all of it, unless it says otherwise.
    pub fn path(&self) -> &str {
        let whole = if self.origin == Some(Origin::Context) { "." } else { "/" };
        self.mount.source.as_deref().unwrap_or(whole)
    }
}

/// Which variables a step reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariablesRead {
    /// Those that it names. The builder puts them in.
    Named(Vec<String>),
    /// Every `ARG` and `ENV` in force: they are the environment of what runs.
    All,
}

impl Inputs {
    pub(super) fn of(document: &Document<'_>, step: &Step<'_>) -> Inputs {
        Inputs {
            files: files(document, step),
            downloads: sources(step, true).map(|word| Value::of(document, word, step)).into_list(),
            mounts: step.mounts.iter().map(|mount| mounted(document, mount)).into_list(),
            variables: if step.is_run() { VariablesRead::All } else { VariablesRead::Named(variables(document, step)) },
        }
    }

    /// What it copies from the build context.
    pub fn context_files(&self) -> Option<&Files> {
        self.files.as_ref().filter(|files| files.origin == Origin::Context)
    }

    /// The mounts that are filled from the build context.
    pub fn context_mounts(&self) -> impl Iterator<Item = &Mounted> {
        self.mounts.iter().filter(|mounted| mounted.origin == Some(Origin::Context))
    }

    /// The stages and images that it takes files from, and the build context.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        let mounted = self.mounts.iter().filter_map(|mounted| mounted.origin.as_ref());
        self.files.iter().map(|files| &files.origin).chain(mounted)
    }
}

/// Whether a switch is set: `--link`, and not `--link=false`.
fn is_on(step: &Step<'_>, switch: &str) -> bool {
    let flag = step.instruction.flag(switch);
    flag.is_some_and(|flag| flag.value.as_ref().is_none_or(|value| value.text != "false"))
}

/// Whether the layer of a step does not depend on those below. With `--chmod` the builder makes no layer of its own. (BuildKit,
/// `convert_copy.go`)
pub(super) fn is_linked(step: &Step<'_>) -> bool {
    is_on(step, "link") && step.instruction.flag("chmod").is_none()
}

fn files(document: &Document<'_>, step: &Step<'_>) -> Option<Files> {
    let paths: Vec<Value> = sources(step, false).map(|word| Value::of(document, word, step)).into_list();
    if paths.is_empty() {
        return None;
    }
    let from = step.instruction.flag("from").and_then(|flag| flag.value.as_ref());
    let excludes = step.instruction.flags_named("exclude").filter_map(|flag| flag.value.as_ref());
    Some(Files {
        origin: from.map_or(Origin::Context, |from| {
            Origin::named(document, &from.value().unwrap_or_else(|| from.text.clone()))
        }),
        paths,
        excludes: excludes.map(|word| Value::of(document, word, step)).into_list(),
        keeps_parents: is_on(step, "parents"),
        destination: Destination::of(document, step.copy()?, step),
    })
}

/// The sources of a `COPY` or `ADD` that are paths, or those of an `ADD` that are addresses.
fn sources<'a>(step: &Step<'a>, are_remote: bool) -> impl Iterator<Item = &'a Word> + use<'a> {
    let is_add = step.kind() == InstructionKind::Add;
    let sources = step.copy().into_iter().flat_map(|copy| &copy.sources);
    sources.filter_map(move |source| match source {
        Source::Path(word) if (is_add && is_address(&word.text)) == are_remote => Some(word),
        _ => None,
    })
}

/// `https://…`, `git://…` and `git@host:…`.
pub(crate) fn is_address(source: &str) -> bool {
    source.contains("://") || source.starts_with("git@")
}

/// Whether an address names one commit of a repository.
pub(crate) fn names_commit(address: &str) -> bool {
    let reference = address.split_once('#').map(|(_, name)| name.split(':').next().unwrap_or(name));
    let is_hash = |name: &str| matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    reference.is_some_and(is_hash)
}

fn mounted(document: &Document<'_>, mount: &Mount) -> Mounted {
    let origin = match (&mount.from, mount.kind) {
        (Some(name), _) => Some(Origin::named(document, name)),
        (None, MountType::Bind) => Some(Origin::Context),
        (None, _) => None,
    };
    Mounted { mount: mount.clone(), origin }
}

/// The variables that the builder replaces in an instruction, each once.
fn variables(document: &Document<'_>, step: &Step<'_>) -> Vec<String> {
    let mut words: Vec<&Word> = step.instruction.flags.iter().filter_map(|flag| flag.value.as_ref()).into_list();
    match &step.instruction.arguments {
        Arguments::Copy(copy) | Arguments::Add(copy) => {
            words.extend(copy.sources.iter().map(Source::word));
            words.push(&copy.destination);
        }
        Arguments::Env(values) | Arguments::Label(values) => {
            words.extend(values.pairs.iter().flat_map(|pair| [&pair.key, &pair.value]));
        }
        Arguments::Arg(declarations) => {
            words.extend(declarations.iter().filter_map(|declaration| declaration.default.as_ref()));
        }
        Arguments::Expose(ports) => words.extend(ports),
        Arguments::Volume { paths, .. } => words.extend(paths),
        Arguments::User(word) | Arguments::Workdir(word) | Arguments::Stopsignal(word) => words.push(word),
        _ => {}
    }
    let mut names = names_in(&words);
    for heredoc in step.copy().map(|_| &step.instruction.heredocs).into_iter().flatten() {
        for variable in document.file.heredoc_variables(heredoc) {
            if !names.contains(&variable.name) {
                names.push(variable.name);
            }
        }
    }
    names
}

/// The variables in some words, each once.
pub(super) fn names_in(words: &[&Word]) -> Vec<String> {
    let mut names = Vec::new();
    let mut known = layerwise_syntax::lookup::HashSet::new();
    for word in words {
        for variable in word.variables() {
            if known.insert(variable.name.clone()) {
                names.push(variable.name.clone());
            }
        }
    }
    names
}
