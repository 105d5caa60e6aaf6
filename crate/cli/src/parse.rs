//! `layerwise parse`.

use crate::source::Source;
use crate::{Format, Outcome, json};
use anyhow::Result;
use layerwise_syntax::{Arguments, Dockerfile, Instruction, parse};
use serde_json::{Value, json};
use std::io::{Write, stdout};

pub fn run(files: &[String], format: Format) -> Result<Outcome> {
    let mut outcome = Outcome::Clean;
    let mut trees = Vec::new();
    let mut out = stdout().lock();
    for name in files {
        let Some(source) = Source::read_or_complain(name) else {
            outcome = outcome.max(Outcome::Trouble);
            continue;
        };
        let file = parse(&source.text);
        if !file.problems.is_empty() {
            outcome = outcome.max(Outcome::Findings);
        }
        match format {
            Format::Text => print(&mut out, &source, &file)?,
            Format::Json => trees.push(tree(&source, &file)),
        }
    }
    if format == Format::Json {
        serde_json::to_writer_pretty(&mut out, &trees)?;
        writeln!(out)?;
    }
    Ok(outcome)
}

/// One line an instruction, with what belongs to it indented below.
fn print(out: &mut impl Write, source: &Source, file: &Dockerfile) -> Result<()> {
    writeln!(out, "{}", source.title())?;
    for directive in &file.directives {
        writeln!(
            out,
            "  {}: directive {:?} = {}",
            source.place(directive.range.start()).line,
            directive.kind,
            directive.value
        )?;
    }
    for instruction in &file.instructions {
        let (start, end) = source.places(instruction.range);
        writeln!(out, "  {}-{}: {}", start.line, end.line, instruction.keyword.text.to_ascii_uppercase())?;
        for flag in &instruction.flags {
            writeln!(
                out,
                "    flag --{}{}",
                flag.name,
                flag.value.as_ref().map(|value| format!("={}", value.text)).unwrap_or_default()
            )?;
        }
        for argument in arguments(instruction) {
            writeln!(out, "    {argument}")?;
        }
        for heredoc in &instruction.heredocs {
            writeln!(out, "    heredoc {} of {} bytes", heredoc.name, u32::from(heredoc.body.len()))?;
        }
    }
    for problem in &file.problems {
        let place = source.place(problem.range.start());
        writeln!(out, "  {}:{}: {}", place.line, place.column, problem.message)?;
    }
    Ok(())
}

fn tree(source: &Source, file: &Dockerfile) -> Value {
    let instruction = |instruction: &Instruction| {
        let flag = |flag: &layerwise_syntax::Flag| json!({ "name": flag.name, "value": flag.value.as_ref().map(|value| &value.text) });
        let heredoc =
            |heredoc: &layerwise_syntax::Heredoc| json!({ "name": heredoc.name, "body": file.slice(heredoc.body) });
        json!({
            "instruction": instruction.keyword.text.to_ascii_uppercase(),
            "range": json::range(instruction.range, source),
            "flags": instruction.flags.iter().map(flag).collect::<Vec<_>>(),
            "isJson": instruction.arguments.is_json(),
            "arguments": arguments(instruction),
            "heredocs": instruction.heredocs.iter().map(heredoc).collect::<Vec<_>>(),
        })
    };
    let directive = |directive: &layerwise_syntax::Directive| {
        json!({
            "name": file.slice(directive.name_range).to_ascii_lowercase(),
            "value": directive.value,
            "range": json::range(directive.range, source),
        })
    };
    let problem = |problem: &layerwise_syntax::Problem| json!({ "message": problem.message, "range": json::range(problem.range, source) });
    json!({
        "file": source.name,
        "fragment": file.is_fragment,
        "escape": file.escape,
        "directives": file.directives.iter().map(directive).collect::<Vec<_>>(),
        "instructions": file.instructions.iter().map(instruction).collect::<Vec<_>>(),
        "problems": file.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

/// The arguments as BuildKit takes them apart.
fn arguments(instruction: &Instruction) -> Vec<String> {
    use layerwise_syntax::{Command, Healthcheck, Word};
    let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect();
    let command = |command: &Command| match command {
        Command::Shell(shell) => vec![shell.text.clone()],
        Command::Exec(exec) => exec.arguments.iter().map(|argument| argument.value.clone()).collect(),
    };
    match &instruction.arguments {
        Arguments::From(from) => {
            let name = from.name.iter().flat_map(|name| ["AS".to_owned(), name.text.clone()]);
            std::iter::once(from.image.text.clone()).chain(name).collect()
        }
        Arguments::Run(run) | Arguments::Cmd(run) | Arguments::Entrypoint(run) => command(run),
        Arguments::Healthcheck(Healthcheck::None(_)) => vec!["NONE".to_owned()],
        Arguments::Healthcheck(Healthcheck::Command(run)) => {
            std::iter::once("CMD".to_owned()).chain(command(run)).collect()
        }
        Arguments::Copy(copy) | Arguments::Add(copy) => copy
            .sources
            .iter()
            .map(|source| source.word().text.clone())
            .chain([copy.destination.text.clone()])
            .collect(),
        Arguments::Env(values) | Arguments::Label(values) => {
            values.pairs.iter().map(|pair| format!("{}={}", pair.key.text, pair.value.text)).collect()
        }
        Arguments::Arg(declarations) => declarations
            .iter()
            .map(|declaration| match &declaration.default {
                Some(default) => format!("{}={}", declaration.name.text, default.text),
                None => declaration.name.text.clone(),
            })
            .collect(),
        Arguments::Expose(words) | Arguments::Volume { paths: words, .. } => texts(words),
        Arguments::Maintainer(word)
        | Arguments::Stopsignal(word)
        | Arguments::User(word)
        | Arguments::Workdir(word) => vec![word.text.clone()],
        Arguments::Shell(exec) => exec.arguments.iter().map(|argument| argument.value.clone()).collect(),
        Arguments::Onbuild(trigger) => {
            std::iter::once(trigger.keyword.text.to_ascii_uppercase()).chain(arguments(trigger)).collect()
        }
        Arguments::Malformed => Vec::new(),
    }
}
