//! What happens at a step.

use super::{Place, effect, shortened, spoken};
use crate::dockerignore::is_whole;
use crate::document::{Document, Runner, Stage};
use crate::plan::{BuildPlan, Files, Origin, StagePlan, Value};
use crate::wording::listed;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::{ArgDeclaration, Arguments, Healthcheck, InstructionKind, PLATFORM_ARGS};

pub fn global_argument(declarations: &[ArgDeclaration]) -> String {
    let names = declarations.iter().map(|declaration| declaration.name.text.as_str()).into_list();
    [
        "Declares ",
        &listed(&names),
        default_of(declarations).as_str(),
        " for the `FROM` lines alone: a stage that wants it says `ARG` again, without a value. `--build-arg` sets another value.",
    ]
    .concat()
}

fn default_of(declarations: &[ArgDeclaration]) -> String {
    match declarations {
        [one] => match &one.default {
            None if PLATFORM_ARGS.contains(&one.name.text.as_str()) => ", which BuildKit sets,".to_owned(),
            Some(default) => [", by default `", &shortened(&default.text), "`,"].concat(),
            None => ", empty unless it is given,".to_owned(),
        },
        _ => String::new(),
    }
}

pub fn from(document: &Document<'_>, plan: &BuildPlan, stage: &Stage<'_>, own: &StagePlan) -> String {
    let mut text = "Begins ".to_owned();
    text.push_str(if plan.target == Some(stage.index) { "the stage that becomes the image" } else { "a stage" });
    text.push_str(match &own.base {
        Origin::Scratch => ", with ",
        Origin::Stage(_) => ", with the files and the settings of stage ",
        _ => ", with the files and the settings of ",
    });
    text.push_str(&origin(document, &own.base));
    if let Some(platform) = &own.platform {
        text.push_str(", for the platform `");
        text.push_str(&shortened(platform));
        text.push('`');
        if platform.contains("BUILDPLATFORM") {
            text.push_str(", that of the machine which builds");
        }
    }
    text.push('.');
    text
}

/// Where files come from, as people say it.
pub fn origin(document: &Document<'_>, origin: &Origin) -> String {
    match origin {
        Origin::Context => "the build context".to_owned(),
        Origin::Stage(index) => document.stage(*index).map(spoken).unwrap_or_default(),
        Origin::Image(name) => ["`", &shortened(name), "`"].concat(),
        Origin::NamedContext(name) => ["the context `", name, "`"].concat(),
        Origin::Scratch => "nothing: no files, no shell, no users".to_owned(),
        Origin::Unknown(name) => ["`", &shortened(name), "`, which the file does not tell"].concat(),
    }
}

/// Values in a sentence.
pub fn values(values: &[Value]) -> String {
    spoken_list(values.iter().map(|value| shortened(value.text())))
}

fn spoken_list(texts: impl Iterator<Item = String>) -> String {
    let texts = texts.into_list();
    listed(&texts.iter().map(String::as_str).into_list())
}

/// The value of a flag, as it is written.
fn flag<'p>(place: &Place<'p, '_>, name: &str) -> Option<&'p str> {
    place.step.instruction.flag(name)?.value.as_ref().map(|value| value.text.as_str())
}

pub fn step(place: &Place<'_, '_>) -> String {
    let Place { document, step, .. } = place;
    let value = |word| shortened(&document.value_at(word, step).unwrap_or_else(|| word.text.clone()));
    let after = document.in_force_after(step);
    match &step.instruction.arguments {
        Arguments::Run(_) => {
            let user = match (&step.in_force.user, document.runner(step)) {
                (_, Runner::Root) => "`root`".to_owned(),
                (Some(user), _) => ["`", &value(user), "`"].concat(),
                (None, _) => "the user of the base image".to_owned(),
            };
            let folder = match step.in_force.workdir.as_deref() {
                Some(folder) => [" in `", &shortened(folder), "`"].concat(),
                None => String::new(),
            };
            ["Runs while the image is built, as ", &user, &folder, ", on the files that the steps above left."].concat()
        }
        Arguments::Copy(_) | Arguments::Add(_) => copies(place),
        Arguments::Env(pairs) => {
            let names = pairs.pairs.iter().map(|pair| pair.key.text.as_str()).into_list();
            let mut text = ["Sets ", &listed(&names)].concat();
            if let [pair] = pairs.pairs.as_slice() {
                text.push_str(&[" to `", &value(&pair.value), "`"].concat());
            }
            text.push_str(" for later steps and for stages built on this one");
            let ships = effect::is_below(place.plan, place.stage, document);
            text.push_str(if ships { ", and for containers." } else { "." });
            text
        }
        Arguments::Arg(declarations) => {
            let names = declarations.iter().map(|declaration| declaration.name.text.as_str()).into_list();
            let known = match declarations.as_slice() {
                [one] if one.default.is_none() => document
                    .variable_at(&one.name.text, place.stage.steps.get(step.index + 1).unwrap_or(step))
                    .filter(|known| !known.is_empty())
                    .map_or_else(|| default_of(declarations), |known| [", here `", &shortened(&known), "`,"].concat()),
                _ => default_of(declarations),
            };
            [
                "Declares ",
                &listed(&names),
                &known,
                " for the rest of this stage, and not for containers. `--build-arg` sets another value.",
            ]
            .concat()
        }
        Arguments::Workdir(_) => {
            let known = after.and_then(|after| after.workdir.as_deref()).map(shortened);
            let folder = known.unwrap_or_else(|| shortened(document.slice(step.instruction.arguments_range)));
            let owner = if place.stage.is_windows { "." } else { ", owned by `root`." };
            ["Later steps and containers work in `", &folder, "`. It is made where it is missing", owner].concat()
        }
        Arguments::User(user) => {
            let copies = if place.stage.is_windows {
                "."
            } else {
                ". `COPY` still gives files to `root`, unless `--chown` says otherwise."
            };
            ["Later `RUN`s and containers run as `", &value(user), "`", copies].concat()
        }
        Arguments::Expose(ports) => [
            "Says that containers listen at ",
            &spoken_list(ports.iter().map(value)),
            ". It opens nothing: `docker run --publish` does.",
        ]
        .concat(),
        Arguments::Volume { paths, .. } => [
            "Every container keeps ",
            &spoken_list(paths.iter().map(value)),
            " in a volume, without a name unless `docker run --volume` gives one.",
        ]
        .concat(),
        Arguments::Cmd(_) => start(place, InstructionKind::Cmd),
        Arguments::Entrypoint(_) => start(place, InstructionKind::Entrypoint),
        Arguments::Healthcheck(Healthcheck::None(_)) => "Switches off the health check of the base image.".to_owned(),
        Arguments::Healthcheck(Healthcheck::Command(_)) => {
            let option = |name: &str, otherwise| flag(place, name).unwrap_or(otherwise);
            [
                "Docker runs it in every container each ",
                option("interval", "30s"),
                ", for ",
                option("timeout", "30s"),
                " at most; after ",
                option("retries", "3"),
                " failures in a row the container is `unhealthy`.",
            ]
            .concat()
        }
        Arguments::Label(pairs) => {
            let names = pairs.pairs.iter().map(|pair| pair.key.text.as_str()).into_list();
            ["Notes ", &listed(&names), " in the image, for people and tools: `docker image inspect` shows it."]
                .concat()
        }
        Arguments::Maintainer(_) => "Notes who looks after the image. `LABEL` has taken its place.".to_owned(),
        Arguments::Stopsignal(signal) => {
            ["`docker stop` sends `", &value(signal), "` to process 1, and `SIGKILL` ten seconds later."].concat()
        }
        Arguments::Shell(shell) => {
            let words = shell.arguments.iter().map(|word| word.value.as_str()).into_list().join(" ");
            [
                "From here on `",
                &shortened(&words),
                "` reads what is written in shell form, in `CMD` and `ENTRYPOINT` too.",
            ]
            .concat()
        }
        _ => String::new(),
    }
}

fn copies(place: &Place<'_, '_>) -> String {
    let inputs = &place.planned.inputs;
    let is_add = place.planned.kind == InstructionKind::Add;
    let mut text = String::new();
    if let Some(Files { origin: from, paths, destination, excludes, .. }) = &inputs.files {
        let everything = matches!(paths.as_slice(), [one] if is_whole(one.text()));
        text.push_str("Copies ");
        text.push_str(&if everything { "everything".to_owned() } else { values(paths) });
        text.push_str(if matches!(from, Origin::Stage(_)) { " of stage " } else { " of " });
        text.push_str(&origin(place.document, from));
        if !excludes.is_empty() {
            text.push_str(", without ");
            text.push_str(&values(excludes));
            text.push(',');
        }
        text.push_str(" to ");
        let target = place.step.absolute_path(destination.path.text());
        text.push_str(&["`", &shortened(target.as_deref().unwrap_or(destination.path.text())), "`"].concat());
    } else if inputs.downloads.is_empty() {
        text.push_str("Writes what stands below it to ");
        text.push_str(&spoken_list(place.planned.output.paths.iter().map(|path| shortened(path))));
    } else {
        text.push_str("Downloads ");
        text.push_str(&values(&inputs.downloads));
    }
    match (flag(place, "chown"), flag(place, "chmod")) {
        (Some(owner), _) => text.push_str(&[", owned by `", &shortened(owner), "`"].concat()),
        (None, Some(mode)) => text.push_str(&[", with mode `", &shortened(mode), "`"].concat()),
        (None, None) => {}
    }
    text.push('.');
    if is_add && inputs.files.is_some() {
        text.push_str(" A local archive is unpacked there.");
    }
    text
}

fn start(place: &Place<'_, '_>, kind: InstructionKind) -> String {
    let (document, stage) = (place.document, place.stage);
    let is_cmd = kind == InstructionKind::Cmd;
    let in_force = if is_cmd { document.cmd(stage) } else { document.entrypoint(stage) };
    if in_force.is_none_or(|step| step.outer.range != place.step.outer.range) {
        return ["Nothing: a later instruction of the stage takes the place of this `", kind.name(), "`."].concat();
    }
    match (is_cmd, document.entrypoint(stage).is_some()) {
        (true, true) => "The arguments that `ENTRYPOINT` is given, unless `docker run` is given others.",
        (true, false) => "What a container runs, unless `docker run` is given something else behind the image's name.",
        (false, _) => "What every container runs. `CMD`, or what stands behind the image's name in `docker run`, follows as its arguments.",
    }
    .to_owned()
}
