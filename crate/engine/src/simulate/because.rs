//! Why a step is built anew, or is not, as data and as a sentence.

use super::change::Place;
use crate::dockerignore::{clean, is_whole};
use crate::plan::BuildPlan;
use layerwise_syntax::{InstructionKind, TextSize};

/// Why a step is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// The image does not need its stage.
    NotNeeded,
    /// It only sets what the image says of itself.
    SetsOnly,
    /// Nothing changed that it reads.
    Same,
    /// Steps before it are built anew, and it does not depend on them: `--link`.
    Independent,
    /// A changed file that it would take stays out of the build context.
    Ignored(String),
    /// A changed file that it would take is left out by `--exclude`.
    Excluded(String),
    /// The stage that it takes files from is built anew, and nothing of that writes to what it takes.
    OtherFiles(usize),
    /// The image is named by its digest, so it is always the same.
    FixedImage(String),
    /// What it downloads is fixed by its checksum or its commit.
    FixedDownload(String),
    /// It downloads something, which the builder asks for in every build.
    AsksFor(String),
    /// What it mounts beside files never counts: a cache, a secret or the keys of an SSH agent.
    Mounts(&'static str),
    /// Its text is another.
    Text,
    /// An `ARG` that declares this name: it is given another value.
    Given(String),
    /// It reads a changed file of the build context.
    File {
        /// The changed path, as it was given.
        path: String,
        /// The source of the instruction that takes it.
        source: String,
    },
    /// The Dockerfile itself is among the files that it takes, by this source.
    Dockerfile(String),
    /// An image, or a context given by name, is another.
    Image {
        /// Its name.
        name: String,
        /// The path that is taken from it; `None` where a stage starts from it.
        path: Option<String>,
    },
    /// A variable that it reads has another value.
    Variable {
        /// Its name.
        name: String,
        /// Where a stage declares or sets it; `None` before the first `FROM`, and for those that need no declaration.
        place: Option<Place>,
        /// Whether the instruction names it. Otherwise it is in the environment of the command.
        is_named: bool,
    },
    /// The user, the working directory or the shell that it runs with is another, set at this place.
    Setting(Place),
    /// It lies on a step that is built anew: on this one first.
    Below(Place),
    /// It takes a path from a stage in which a step is built anew.
    Stage {
        /// The stage.
        stage: usize,
        /// The step that writes, or may write, to the path.
        place: Place,
        /// What is taken.
        path: String,
        /// Whether the path holds something else for certain. Otherwise the step is still found in the cache when it does not, because the
        /// builder compares what is taken by its content.
        is_certain: bool,
    },
    /// What it downloads is another.
    Download(String),
}

impl Because {
    /// Whether the step is found in the cache all the same when what it takes is as it was. Only building tells.
    pub fn depends_on_content(&self) -> bool {
        matches!(self, Because::Stage { is_certain: false, .. } | Because::Image { path: Some(_), .. })
    }

    /// A sentence about a step, without a full stop. `line` gives the line of an offset, counted from 1.
    pub fn sentence(&self, plan: &BuildPlan, line: &dyn Fn(TextSize) -> u32) -> String {
        let step = |place: &Place| named(plan, *place, line);
        match self {
            Because::NotNeeded => "the image does not need this stage".to_owned(),
            Because::SetsOnly => "sets what the image says of itself; there is nothing to build".to_owned(),
            Because::Same => "nothing changed that it reads".to_owned(),
            Because::Independent => "`--link`: does not depend on the steps before it".to_owned(),
            Because::Ignored(path) if is_whole(path) => {
                "`.dockerignore` keeps everything out of the build context".to_owned()
            }
            Because::Ignored(path) => format!("`.dockerignore` keeps `{path}` out of the build context"),
            Because::Excluded(path) => format!("`--exclude` leaves {} out", shown(path)),
            Because::OtherFiles(stage) => {
                format!("{} is rebuilt, but nothing of that writes to what is copied", stage_name(plan, *stage))
            }
            Because::FixedImage(name) => format!("`{name}` is fixed by its digest"),
            Because::FixedDownload(address) => format!("what comes from `{address}` is fixed"),
            Because::AsksFor(address) => {
                format!("every build asks for `{address}`, and this one finds it as it was")
            }
            Because::Mounts(what) => format!("nothing changed that counts: what is in {what} never does"),
            Because::Text => "its text changed".to_owned(),
            Because::Given(name) => format!("`{name}` has another value"),
            Because::File { path, source } => {
                let is_folder_of_source = is_whole(path) || clean(source).starts_with(&format!("{}/", clean(path)));
                match is_whole(source) {
                    true if is_whole(path) => "something in the build context changed".to_owned(),
                    true => format!("{} changed, and it takes the whole build context", shown(path)),
                    false if is_folder_of_source => format!("`{source}` may have changed"),
                    false if source == path => format!("`{path}` changed"),
                    false if source.contains('$') => format!("{} changed, which `{source}` may take", shown(path)),
                    false => format!("{} changed, which `{source}` takes", shown(path)),
                }
            }
            Because::Dockerfile(source) => {
                format!("the Dockerfile changed, and `{source}` takes it along; `.dockerignore` can keep it out")
            }
            Because::Image { name, path: None } => format!("`{name}` changed"),
            Because::Image { name, path: Some(path) } => {
                format!("`{name}` changed; cached all the same when `{path}` is as it was")
            }
            Because::Variable { name, place, is_named } => {
                let at = place.map(|place| format!(" ({})", step(&place))).unwrap_or_default();
                match is_named {
                    true => format!("it uses `{name}`{at}, whose value changed"),
                    false => format!("`{name}`{at} is in its environment, and its value changed"),
                }
            }
            Because::Setting(place) => format!("what {} sets is another", step(place)),
            Because::Below(place) => format!("builds on {}, which is rebuilt", step(place)),
            Because::Stage { stage, place, path, is_certain } => {
                let stage = stage_name(plan, *stage);
                match is_certain {
                    true => format!("takes `{path}` from {stage}, which {} changes", step(place)),
                    false => format!(
                        "takes `{path}` from {stage}, where {} is rebuilt; cached all the same when that gives the same files",
                        step(place)
                    ),
                }
            }
            Because::Download(address) => format!("what `{address}` gives is another"),
        }
    }
}

/// What changed, for people.
fn shown(path: &str) -> String {
    if path.ends_with('/') { format!("something in `{path}`") } else { format!("`{path}`") }
}

/// What people call a stage: by its name or its number.
pub(super) fn stage_name(plan: &BuildPlan, index: usize) -> String {
    match plan.stages.get(index).and_then(|stage| stage.name.as_ref()) {
        Some(name) => format!("stage `{name}`"),
        None => format!("stage {index}"),
    }
}

/// What people call an instruction: by its keyword and its line.
fn named(plan: &BuildPlan, place: Place, line: &dyn Fn(TextSize) -> u32) -> String {
    let stage = plan.stages.get(place.stage);
    let step = stage.and_then(|stage| stage.steps.get(place.step?));
    let (keyword, range) = match (step, stage) {
        (Some(step), _) => (step.kind.name(), step.range),
        (None, Some(stage)) => (InstructionKind::From.name(), stage.range),
        (None, None) => return String::new(),
    };
    let trigger = if step.is_some_and(|step| step.is_trigger) { "ONBUILD " } else { "" };
    format!("`{trigger}{keyword}` in line {}", line(range.start()))
}
