//! A plan for programs. Stages are named by their numbers; `value` is `null` where the file does not tell it.

use crate::json::range;
use crate::source::Source;
use layerwise_engine::plan::{
    BuildPlan, Entry, Environment, Files, Healthcheck, ImageConfig, Mounted, Origin, PlannedStep, Program, StagePlan,
    Value as PlanValue, VariablesRead,
};
use layerwise_engine::simulate::{Candidates, Change, Note, Outcome, Simulation, StageOutcome};
use layerwise_syntax::TextSize;
use serde_json::{Value, json};

pub fn plan(plan: &BuildPlan, simulation: &Simulation, change: &Change, source: &Source) -> Value {
    let after = |outcome: &Outcome| {
        let line = |offset: TextSize| source.place(offset).line;
        json!({ "state": outcome.state.name(), "because": outcome.because.sentence(plan, &line) })
    };
    let stages = plan.stages.iter().zip(&simulation.stages);
    let candidates = Candidates::of(plan);
    let counts = simulation.counts(plan);
    json!({
        "file": source.name,
        "target": plan.target,
        "stages": stages.map(|(found, outcome)| stage(found, outcome, &after, source)).collect::<Vec<_>>(),
        "config": config(&plan.config),
        "mayChange": { "files": candidates.files, "args": candidates.args, "images": candidates.images },
        "after": {
            "change": {
                "files": change.files,
                "args": change.args,
                "images": change.images,
                "texts": change.texts.iter().map(|place| json!({ "stage": place.stage, "step": place.step })).collect::<Vec<_>>(),
            },
            "rebuilt": counts.rebuilt,
            "cached": counts.cached,
            "skipped": counts.skipped,
            "spoken": counts.spoken(),
            "notes": simulation.notes.iter().map(Note::sentence).collect::<Vec<_>>(),
        },
    })
}

fn stage(stage: &StagePlan, outcome: &StageOutcome, after: &dyn Fn(&Outcome) -> Value, source: &Source) -> Value {
    let steps = stage.steps.iter().zip(&outcome.steps);
    json!({
        "name": stage.name,
        "after": after(&outcome.from),
        "triggersAfter": outcome.triggers.iter().map(after).collect::<Vec<_>>(),
        "base": origin(&stage.base),
        "platform": stage.platform,
        "range": range(stage.range, source),
        "needed": stage.is_needed,
        "needs": stage.needed_stages().collect::<Vec<_>>(),
        "steps": steps.map(|(found, outcome)| step(found, after(outcome), source)).collect::<Vec<_>>(),
    })
}

fn origin(origin: &Origin) -> Value {
    match origin {
        Origin::Context => json!({ "kind": "context" }),
        Origin::Stage(index) => json!({ "kind": "stage", "stage": index }),
        Origin::Image(name) => json!({ "kind": "image", "name": name }),
        Origin::NamedContext(name) => json!({ "kind": "named-context", "name": name }),
        Origin::Scratch => json!({ "kind": "scratch" }),
        Origin::Unknown(written) => json!({ "kind": "unknown", "written": written }),
    }
}

fn step(step: &PlannedStep, after: Value, source: &Source) -> Value {
    json!({
        "after": after,
        "instruction": step.kind.name(),
        "range": range(step.range, source),
        "trigger": step.is_trigger,
        "text": step.text,
        "flags": step.flags,
        "commands": step.commands.iter().map(|command| &command.text).collect::<Vec<_>>(),
        "user": step.setting.user.as_deref().map(value),
        "workdir": step.setting.workdir.as_deref(),
        "shell": step.setting.shell.as_deref(),
        "reads": inputs(step),
        "layer": step.output.makes_layer,
        "writes": { "paths": step.output.paths, "complete": step.output.is_complete },
    })
}

fn inputs(step: &PlannedStep) -> Value {
    let inputs = &step.inputs;
    let variables = match &inputs.variables {
        VariablesRead::Named(names) => json!(names),
        VariablesRead::All => json!("all"),
    };
    json!({
        "files": inputs.files.as_ref().map(files),
        "downloads": values(&inputs.downloads),
        "mounts": inputs.mounts.iter().map(mounted).collect::<Vec<_>>(),
        "variables": variables,
        "independent": step.is_independent(),
    })
}

fn files(files: &Files) -> Value {
    json!({
        "from": origin(&files.origin),
        "paths": values(&files.paths),
        "excludes": values(&files.excludes),
        "parents": files.keeps_parents,
        "to": value(&files.destination.path),
    })
}

fn mounted(mounted: &Mounted) -> Value {
    json!({
        "type": mounted.mount.kind.name(),
        "from": mounted.origin.as_ref().map(origin),
        "source": mounted.mount.source,
        "target": mounted.mount.target,
        "id": mounted.mount.id,
    })
}

fn config(config: &ImageConfig) -> Value {
    json!({
        "environment": entries(&config.environment),
        "labels": entries(&config.labels),
        "user": config.user.as_ref().map(value),
        "workdir": config.workdir,
        "shell": config.shell,
        "ports": values(&config.ports),
        "volumes": values(&config.volumes),
        "entrypoint": config.entrypoint.as_ref().map(program),
        "cmd": config.cmd.as_ref().map(program),
        "healthcheck": config.healthcheck.as_ref().map(healthcheck),
        "stopSignal": config.stop_signal.as_ref().map(value),
        "maintainer": config.maintainer,
    })
}

fn entries(environment: &Environment) -> Vec<Value> {
    let entry = |entry: &Entry| json!({ "name": entry.name, "value": value(&entry.value) });
    environment.entries.iter().map(entry).collect()
}

/// A command as Docker's API has it: text for a shell is a string, a program with its arguments a list.
fn program(program: &Program) -> Value {
    match program {
        Program::Shell(text) => json!(text),
        Program::Exec(words) => json!(words),
    }
}

fn healthcheck(check: &Healthcheck) -> Value {
    match check {
        Healthcheck::Off => json!("none"),
        Healthcheck::Run { program: command, options } => json!({ "cmd": program(command), "options": options }),
    }
}

fn values(list: &[PlanValue]) -> Vec<Value> {
    list.iter().map(value).collect()
}

fn value(value: &PlanValue) -> Value {
    json!({ "written": value.written, "value": value.known })
}
