//! The graph of the stages, in the language of Graphviz.

use super::text::origin;
use anyhow::Result;
use layerwise_engine::BuildPlan;
use layerwise_engine::plan::{Inputs, Origin, StagePlan, Value};
use layerwise_engine::simulate::{Simulation, State};
use std::io::Write;

pub fn print(out: &mut impl Write, plan: &BuildPlan, simulation: Option<&Simulation>) -> Result<()> {
    writeln!(out, "digraph build {{\n  rankdir=LR;\n  node [shape=box];")?;
    let mut others: Vec<&Origin> = Vec::new();
    let mut edges = Vec::new();
    for (index, stage) in plan.stages.iter().enumerate() {
        let name = stage.name.clone().unwrap_or_else(|| format!("stage {index}"));
        let what = simulation.map(|simulation| format!("\\n{}", rebuilt(simulation, index))).unwrap_or_default();
        let look = match plan.target == Some(index) {
            true => ", peripheries=2",
            false if stage.is_needed => "",
            false => ", style=dashed",
        };
        writeln!(out, "  stage{index} [label=\"{}{what}\"{look}];", escaped(&name))?;
        for (origin, label, style) in reads(stage) {
            let from = match origin {
                Origin::Stage(from) => format!("stage{from}"),
                Origin::Scratch => continue,
                other => {
                    let at = others.iter().position(|known| *known == other);
                    let at = at.unwrap_or_else(|| {
                        others.push(other);
                        others.len() - 1
                    });
                    format!("from{at}")
                }
            };
            edges.push(format!("  {from} -> stage{index} [label=\"{}\"{style}];", escaped(&label)));
        }
    }
    for (at, other) in others.iter().enumerate() {
        writeln!(out, "  from{at} [label=\"{}\", shape=ellipse];", escaped(&origin(plan, other)))?;
    }
    for edge in edges {
        writeln!(out, "{edge}")?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

/// Where a stage gets files from, with what the edge is called and how it looks.
fn reads(stage: &StagePlan) -> Vec<(&Origin, String, &'static str)> {
    let mut reads = vec![(&stage.base, "FROM".to_owned(), "")];
    for step in &stage.steps {
        let Inputs { files, mounts, .. } = &step.inputs;
        if let Some(files) = files {
            let paths: Vec<&str> = files.paths.iter().map(Value::text).collect();
            reads.push((&files.origin, format!("{} {}", step.kind.name(), paths.join(" ")), ""));
        }
        for mounted in mounts {
            let Some(origin) = &mounted.origin else { continue };
            reads.push((origin, format!("mount {}", mounted.path()), ", style=dashed"));
        }
    }
    reads
}

fn rebuilt(simulation: &Simulation, stage: usize) -> &'static str {
    let Some(stage) = simulation.stages.get(stage) else { return "" };
    let mut all = std::iter::once(&stage.from).chain(&stage.triggers).chain(&stage.steps);
    match stage.from.state {
        State::Skipped => "skipped",
        _ if all.any(|outcome| outcome.state == State::Rebuilt) => "rebuilt in part or whole",
        _ => "cached",
    }
}

/// A text between double quotes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
