//! What the instruction at a place does in this build: with this file's values, in a few sentences for people.

mod cache;
mod does;
mod effect;
mod scripts;
#[cfg(test)]
mod tests;

use crate::document::{Document, Stage, Step};
use crate::input::Input;
use crate::plan::{BuildPlan, PlannedStep, StagePlan};
use crate::secret_value::redacted;
use layerwise_syntax::{Arguments, DirectiveKind, Instruction, TextRange, TextSize, parse};

/// What an instruction does in a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The instruction, or the directive.
    pub range: TextRange,
    /// What it is, and where in the build it stands, such as `COPY, step 3 of stage build`.
    pub title: String,
    /// What there is to say, the most important first.
    pub facts: Vec<Fact>,
}

/// One thing to say about an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub topic: Topic,
    /// Sentences, in which `` `…` `` is code.
    pub text: String,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// What happens.
    Does,
    /// What a shell or a process gets.
    Runs,
    /// What comes into the image.
    Adds,
    /// What its place in the build cache depends on.
    Cache,
}

impl Topic {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Topic::Does => "Does",
            Topic::Runs => "Runs",
            Topic::Adds => "Adds",
            Topic::Cache => "Cache",
        }
    }
}

/// A step with all that is known of it.
struct Place<'p, 'a> {
    document: &'p Document<'a>,
    plan: &'p BuildPlan,
    stage: &'p Stage<'a>,
    step: &'p Step<'a>,
    planned: &'p PlannedStep,
    stage_plan: &'p StagePlan,
}

/// What the instruction at an offset of the Dockerfile does. Nothing for comments, for blank lines, and behind the end.
pub fn explain_at(input: &Input<'_>, offset: TextSize) -> Option<Explanation> {
    let file = parse(input.dockerfile);
    if let Some(directive) = file.directives.iter().find(|directive| directive.range.contains_inclusive(offset)) {
        let text = match directive.kind {
            DirectiveKind::Syntax => {
                "Tells BuildKit which version of the Dockerfile language to read the file with; it fetches that as an image."
            }
            DirectiveKind::Escape => {
                "Sets the character that continues a line and takes the meaning from the next one."
            }
            DirectiveKind::Check => {
                "Tells Docker's own checks what to skip, and whether what they find fails the build."
            }
        };
        let facts = vec![Fact { topic: Topic::Does, text: text.to_owned() }];
        return Some(Explanation { range: directive.range, title: "Directive for the parser".to_owned(), facts });
    }
    // The end of the last line belongs to it.
    let before = offset.checked_sub(TextSize::new(1)).unwrap_or(offset);
    let instruction = file
        .instruction_at(offset)
        .or_else(|| file.instruction_at(before).filter(|_| offset == TextSize::of(input.dockerfile)))?;
    let document = Document::new(&file, input);
    let mut facts = Vec::new();
    let mut title = instruction.keyword.kind.name().to_owned();
    let problem = document.file.problems.iter().find(|problem| instruction.lines.contains_range(problem.range));
    if let Some(problem) = problem {
        facts.push(Fact { topic: Topic::Does, text: ["BuildKit refuses it. ", &problem.message].concat() });
        if title.is_empty() {
            title = instruction.keyword.text.to_uppercase();
        }
    } else {
        let plan = BuildPlan::of(&document);
        explain(&document, &plan, instruction, &mut title, &mut facts);
    }
    for fact in &mut facts {
        fact.text = redacted(std::mem::take(&mut fact.text));
    }
    Some(Explanation { range: instruction.range, title, facts })
}

fn explain(
    document: &Document<'_>,
    plan: &BuildPlan,
    instruction: &Instruction,
    title: &mut String,
    facts: &mut Vec<Fact>,
) {
    let mut say = |topic, text: String| {
        if !text.is_empty() {
            facts.push(Fact { topic, text });
        }
    };
    if let Arguments::Arg(declarations) = &instruction.arguments
        && document.global_args.iter().any(|global| global.range == instruction.range)
    {
        title.push_str(", before the first stage");
        say(Topic::Does, does::global_argument(declarations));
        say(Topic::Adds, "Nothing.".to_owned());
        return;
    }
    let Some(stage) = document.stage_at(instruction.range.start()) else { return };
    let Some(stage_plan) = plan.stages.get(stage.index) else { return };
    if let Arguments::From(_) = &instruction.arguments {
        title.push_str(&[", stage ", &spoken(stage)].concat());
        say(Topic::Does, does::from(document, plan, stage, stage_plan));
        say(Topic::Adds, effect::of_base(plan, stage, stage_plan, document));
        say(Topic::Cache, cache::of_base(stage_plan));
        return;
    }
    let found = stage.steps.iter().zip(&stage_plan.steps).find(|(step, _)| step.outer.range == instruction.range);
    let Some((step, planned)) = found else { return };
    title.push_str(&[", step ", &(step.index + 1).to_string(), " of stage ", &spoken(stage)].concat());
    let place = Place { document, plan, stage, step, planned, stage_plan };
    if step.is_trigger {
        say(
            Topic::Does,
            [
                "Nothing in this build. One that starts from this image runs `",
                planned.kind.name(),
                " ",
                &shortened(&planned.text),
                "` right after its `FROM`.",
            ]
            .concat(),
        );
        say(Topic::Adds, "No file: a line in the image's configuration.".to_owned());
        return;
    }
    say(Topic::Does, does::step(&place));
    say(Topic::Runs, scripts::of(&place));
    say(Topic::Adds, effect::of(&place));
    say(Topic::Cache, cache::of(&place));
}

/// A stage as people say it: by its name, or else by its number.
fn spoken(stage: &Stage<'_>) -> String {
    match stage.name {
        Some(name) => ["`", name, "`"].concat(),
        None => stage.index.to_string(),
    }
}

/// A text that fits into a few lines.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 240;
    // A backtick would end the code around it.
    let mut short: String = text.chars().filter(|character| *character != '`').take(LONGEST).collect();
    if short.len() < text.len() && text.chars().count() > LONGEST {
        short.push('…');
    }
    short
}
