//! The build as the page shows it: its plan, and what a change rebuilds.

use layerwise_engine::image::{ImageName, is_known_root, is_nonroot};
use layerwise_engine::plan::{
    BuildPlan, Environment, Healthcheck, ImageConfig, Inputs, Origin, PlannedStep, Program, StagePlan, Value,
};
use layerwise_engine::simulate::{Because, Candidates, Change, Outcome, Place, StageOutcome, simulate};
use layerwise_engine::{Document, Input};
use layerwise_syntax::list::IntoList;
use layerwise_syntax::parse;
use layerwise_wasm_common::Positions;

use crate::model;

/// The plan of a build.
pub fn plan(input: &Input<'_>) -> model::Plan {
    let file = parse(input.dockerfile);
    let plan = BuildPlan::of(&Document::new(&file, input));
    let writer = Writer { plan: &plan, positions: Positions::of(file.text()) };
    let candidates = Candidates::of(&plan);
    model::Plan {
        target: plan.target.map(number),
        stages: plan.stages.iter().enumerate().map(|(index, found)| writer.stage(index, found)).into_list(),
        ships: plan.target.map(|target| writer.ships(target)),
        may_change: model::MayChange { files: candidates.files, args: candidates.args, images: candidates.images },
    }
}

/// A build after a change.
pub fn after(input: &Input<'_>, change: &model::Change) -> model::Simulation {
    let file = parse(input.dockerfile);
    let document = Document::new(&file, input);
    let plan = BuildPlan::of(&document);
    let positions = Positions::of(file.text());
    let change = Change {
        files: change.files.clone(),
        args: change.args.clone(),
        images: change.images.clone(),
        texts: change.texts.iter().filter_map(|id| place(id)).into_list(),
    };
    let simulation = simulate(&plan, document.dockerignore.as_ref(), &change);
    let counts = simulation.counts(&plan);
    let outcome = |found: &Outcome| model::Outcome {
        state: found.state.name(),
        because: match found.because {
            Because::SetsOnly => String::new(),
            _ => found.because.sentence(&plan, &|offset| positions.line(offset)),
        },
        depends_on_content: found.because.depends_on_content(),
    };
    let stage = |found: &StageOutcome| model::StageOutcome {
        from: outcome(&found.from),
        triggers: found.triggers.iter().map(outcome).into_list(),
        steps: found.steps.iter().map(outcome).into_list(),
    };
    model::Simulation {
        stages: simulation.stages.iter().map(stage).into_list(),
        rebuilt: number(counts.rebuilt),
        cached: number(counts.cached),
        spoken: counts.spoken(),
        notes: simulation.notes.iter().map(|note| note.sentence()).into_list(),
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// `2` is the `FROM` of a stage, `2.3` one of its steps.
fn id(stage: usize, step: usize) -> String {
    format!("{stage}.{step}")
}

fn place(id: &str) -> Option<Place> {
    match id.split_once('.') {
        Some((stage, step)) => Some(Place { stage: stage.parse().ok()?, step: Some(step.parse().ok()?) }),
        None => Some(Place { stage: id.parse().ok()?, step: None }),
    }
}

struct Writer<'p> {
    plan: &'p BuildPlan,
    positions: Positions,
}

impl Writer<'_> {
    fn stage(&self, index: usize, stage: &StagePlan) -> model::PlannedStage {
        let steps = stage.steps.iter().enumerate();
        model::PlannedStage {
            name: stage.name.clone(),
            from: self.origin(&stage.base),
            platform: stage.platform.clone(),
            range: self.positions.range(stage.range),
            line: self.positions.line(stage.range.start()),
            is_needed: stage.is_needed,
            steps: steps.map(|(step, found)| self.step(id(index, step), found)).into_list(),
        }
    }

    fn origin(&self, origin: &Origin) -> model::Origin {
        let (kind, stage, name) = match origin {
            Origin::Context => ("context", None, String::new()),
            Origin::Stage(index) => {
                let name = self.plan.stages.get(*index).and_then(|stage| stage.name.clone());
                ("stage", Some(number(*index)), name.unwrap_or_else(|| index.to_string()))
            }
            Origin::Image(name) => ("image", None, name.clone()),
            Origin::NamedContext(name) => ("named-context", None, name.clone()),
            Origin::Scratch => ("scratch", None, String::new()),
            Origin::Unknown(written) => ("unknown", None, written.clone()),
        };
        model::Origin { kind, stage, name }
    }

    fn step(&self, id: String, step: &PlannedStep) -> model::PlannedStep {
        let packages = step.commands.iter().flat_map(|command| &command.packages);
        let manifest_installs = step.commands.iter().filter(|command| command.installs_from_manifest);
        model::PlannedStep {
            id,
            keyword: step.kind.name(),
            text: step.text.clone(),
            range: self.positions.range(step.range),
            line: self.positions.line(step.range.start()),
            is_trigger: step.is_trigger,
            reads: self.reads(&step.inputs),
            writes: step.output.paths.clone(),
            packages: packages.cloned().into_list(),
            manifest_installs: manifest_installs.map(|command| command.text.clone()).into_list(),
        }
    }

    fn reads(&self, inputs: &Inputs) -> Vec<model::Read> {
        let mut reads = Vec::new();
        if let Some(files) = &inputs.files {
            reads.push(model::Read {
                kind: "files",
                from: Some(self.origin(&files.origin)),
                paths: texts(&files.paths),
                to: Some(files.destination.path.text().to_owned()),
            });
        }
        if !inputs.downloads.is_empty() {
            let paths = texts(&inputs.downloads);
            reads.push(model::Read { kind: "download", from: None, paths, to: None });
        }
        for mounted in &inputs.mounts {
            reads.push(model::Read {
                kind: mounted.mount.kind.name(),
                from: mounted.origin.as_ref().map(|origin| self.origin(origin)),
                paths: mounted.mount.source.iter().chain(&mounted.mount.id).cloned().into_list(),
                to: mounted.mount.target.clone(),
            });
        }
        reads
    }

    fn ships(&self, target: usize) -> model::Ships {
        let chain = self.plan.chain(target);
        let root = chain.first().and_then(|root| self.plan.stages.get(*root));
        let base = root.map(|root| self.origin(&root.base));
        let image = base.as_ref().filter(|base| base.kind == "image").and_then(|base| ImageName::parse(&base.name));
        let ImageConfig {
            environment,
            labels,
            user,
            workdir,
            shell,
            ports,
            volumes,
            entrypoint,
            cmd,
            healthcheck,
            stop_signal,
            ..
        } = &self.plan.config;
        model::Ships {
            stages: chain.iter().map(|stage| number(*stage)).into_list(),
            base_user: match &image {
                Some(image) if is_nonroot(image) => Some("nonroot"),
                Some(image) if is_known_root(image) => Some("root"),
                _ => base.as_ref().filter(|base| base.kind == "scratch").map(|_| "root"),
            },
            base,
            environment: settings(environment),
            labels: settings(labels),
            user: user.as_ref().map(|user| user.text().to_owned()),
            workdir: workdir.clone(),
            shell: shell.clone().unwrap_or_default(),
            ports: texts(ports),
            volumes: texts(volumes),
            entrypoint: entrypoint.as_ref().map(program),
            command: cmd.as_ref().map(program),
            healthcheck: match healthcheck {
                Some(Healthcheck::Run { program: command, .. }) => Some(program(command)),
                Some(Healthcheck::Off) | None => None,
            },
            is_healthcheck_off: matches!(healthcheck, Some(Healthcheck::Off)),
            stop_signal: stop_signal.as_ref().map(|signal| signal.text().to_owned()),
        }
    }
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(|value| value.text().to_owned()).into_list()
}

fn settings(environment: &Environment) -> Vec<model::Setting> {
    let entries = environment.entries.iter();
    entries.map(|entry| model::Setting { name: entry.name.clone(), value: entry.value.text().to_owned() }).into_list()
}

fn program(program: &Program) -> model::Program {
    match program {
        Program::Shell(text) => model::Program { is_shell: true, words: vec![text.clone()] },
        Program::Exec(words) => model::Program { is_shell: false, words: words.clone() },
    }
}
