//! A plan for people.

use crate::source::Source;
use anyhow::Result;
use layerwise_engine::Date;
use layerwise_engine::document::Base;
use layerwise_engine::image::{Cycle, ImageName, known};
use layerwise_engine::plan::{
    BuildPlan, Environment, Healthcheck, ImageConfig, Inputs, Mounted, Origin, PlannedStep, Program, StagePlan, Value,
    VariablesRead,
};
use std::io::Write;

pub fn print(out: &mut impl Write, plan: &BuildPlan, source: &Source, today: Option<Date>) -> Result<()> {
    for (index, stage) in plan.stages.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", title(plan, index, stage))?;
        if let Origin::Image(name) = &stage.base {
            print_image(out, name, today)?;
        }
        for step in &stage.steps {
            print_step(out, plan, step, source)?;
        }
    }
    if plan.target.is_some() {
        writeln!(out, "\nThe image")?;
        print_config(out, &plan.config)?;
    }
    Ok(())
}

/// `Stage 1 "build", from golang:1.26`, with what becomes of it.
pub fn title(plan: &BuildPlan, index: usize, stage: &StagePlan) -> String {
    let name = stage.name.as_ref().map(|name| format!(" \"{name}\"")).unwrap_or_default();
    let platform = stage.platform.as_ref().map(|platform| format!(" for {platform}")).unwrap_or_default();
    let fate = match plan.target == Some(index) {
        true => "; becomes the image",
        false if stage.is_needed => "",
        false => "; not needed",
    };
    format!("Stage {index}{name}, from {}{platform}{fate}", origin(plan, &stage.base))
}

/// What is known of an image: what is in it, how long that is supported, and what would be smaller.
fn print_image(out: &mut impl Write, name: &str, today: Option<Date>) -> Result<()> {
    let Some(image) = ImageName::parse(name) else { return Ok(()) };
    let known = known(&Base::Image(image), today);
    let release = |cycle: &Cycle| match cycle.last_day() {
        Some(day) if cycle.has_ended(today) => format!("{}, whose support ended on {day}", cycle.title()),
        Some(day) => format!("{}, supported until {day}", cycle.title()),
        None if cycle.has_ended(today) => format!("{}, whose support has ended", cycle.title()),
        None => format!("{}, supported", cycle.title()),
    };
    let releases: Vec<String> = known.line.iter().chain(&known.system).map(release).collect();
    if !releases.is_empty() {
        writeln!(out, "  is {}", releases.join("; on "))?;
    }
    if let Some(newer) = &known.newer {
        writeln!(out, "  newer: {newer}")?;
    }
    for smaller in &known.smaller {
        writeln!(out, "  smaller: {}, without {}", smaller.reference, smaller.lacks)?;
    }
    Ok(())
}

/// What people call an origin.
pub fn origin(plan: &BuildPlan, origin: &Origin) -> String {
    match origin {
        Origin::Context => "the build context".to_owned(),
        Origin::Stage(index) => match plan.stages.get(*index).and_then(|stage| stage.name.as_ref()) {
            Some(name) => format!("stage {index} \"{name}\""),
            None => format!("stage {index}"),
        },
        Origin::Image(name) => name.clone(),
        Origin::NamedContext(name) => format!("the named context {name}"),
        Origin::Scratch => "nothing".to_owned(),
        Origin::Unknown(written) if written.is_empty() => "something unknown".to_owned(),
        Origin::Unknown(written) => format!("{written}, which the file does not tell"),
    }
}

fn print_step(out: &mut impl Write, plan: &BuildPlan, step: &PlannedStep, source: &Source) -> Result<()> {
    writeln!(out, "  {:>4}  {}", source.place(step.range.start()).line, instruction(step))?;
    for fact in facts(plan, step) {
        writeln!(out, "          {fact}")?;
    }
    Ok(())
}

/// The beginning of an instruction, on one line.
pub fn instruction(step: &PlannedStep) -> String {
    const LONGEST: usize = 100;
    let text = step.text.lines().next().unwrap_or_default();
    let shown: String = text.chars().take(LONGEST).collect();
    let more = if shown.len() < step.text.len() { " …" } else { "" };
    let trigger = if step.is_trigger { "ONBUILD " } else { "" };
    format!("{trigger}{} {shown}{more}", step.kind.name())
}

/// What there is to say about a step beside its text.
fn facts(plan: &BuildPlan, step: &PlannedStep) -> Vec<String> {
    let Inputs { files, downloads, mounts, variables } = &step.inputs;
    let mut facts = Vec::new();
    if let Some(files) = files {
        let excludes =
            if files.excludes.is_empty() { String::new() } else { format!(" without {}", list(&files.excludes)) };
        facts.push(format!("reads {} of {}{excludes}", list(&files.paths), origin(plan, &files.origin)));
    }
    if !downloads.is_empty() {
        facts.push(format!("downloads {}", list(downloads)));
    }
    facts.extend(mounts.iter().map(|mounted| mount(plan, mounted)));
    match variables {
        VariablesRead::Named(names) if !names.is_empty() => facts.push(format!("uses {}", names.join(", "))),
        VariablesRead::Named(_) | VariablesRead::All => {}
    }
    if step.output.makes_layer {
        let independent = if step.is_independent() { ", whatever lies below" } else { "" };
        let paths = &step.output.paths;
        let written = if paths.is_empty() { String::new() } else { format!(": {}", paths.join(", ")) };
        facts.push(format!("makes a layer{independent}{written}"));
    }
    facts
}

fn mount(plan: &BuildPlan, mounted: &Mounted) -> String {
    let at = mounted.mount.target.as_ref().map(|target| format!(" at {target}")).unwrap_or_default();
    let from = mounted.origin.as_ref().map(|from| format!(" from {}", origin(plan, from))).unwrap_or_default();
    format!("mounts a {}{at}{from}", mounted.mount.kind.name())
}

fn print_config(out: &mut impl Write, config: &ImageConfig) -> Result<()> {
    let known = |value: &Option<Value>| value.as_ref().map(|value| value.text().to_owned());
    let values = |values: &[Value]| (!values.is_empty()).then(|| list(values));
    let rows = [
        ("environment", entries(&config.environment)),
        ("user", known(&config.user)),
        ("folder", config.workdir.clone()),
        ("ports", values(&config.ports)),
        ("volumes", values(&config.volumes)),
        ("entry point", config.entrypoint.as_ref().map(program)),
        ("command", config.cmd.as_ref().map(program)),
        ("labels", entries(&config.labels)),
        ("health check", config.healthcheck.as_ref().map(healthcheck)),
        ("stop signal", known(&config.stop_signal)),
        ("shell", config.shell.as_ref().map(|words| words.join(" "))),
        ("maintainer", config.maintainer.clone()),
    ];
    for (name, value) in rows {
        if let Some(value) = value {
            writeln!(out, "  {name:12}  {value}")?;
        }
    }
    Ok(())
}

fn entries(environment: &Environment) -> Option<String> {
    let entry = |entry: &layerwise_engine::plan::Entry| format!("{}={}", entry.name, entry.value.text());
    let entries: Vec<String> = environment.entries.iter().map(entry).collect();
    (!entries.is_empty()).then(|| entries.join(" "))
}

fn program(program: &Program) -> String {
    match program {
        Program::Shell(text) => format!("{text} (in a shell)"),
        Program::Exec(words) => words.join(" "),
    }
}

fn healthcheck(check: &Healthcheck) -> String {
    match check {
        Healthcheck::Off => "none".to_owned(),
        Healthcheck::Run { program: command, options } if options.is_empty() => program(command),
        Healthcheck::Run { program: command, options } => format!("{}, {}", program(command), options.join(" ")),
    }
}

fn list(values: &[Value]) -> String {
    values.iter().map(Value::text).collect::<Vec<_>>().join(" ")
}
