//! What is wrong with the file as a whole.

use crate::expansion::{Expansion, expand};
use crate::list::IntoList;
use crate::lookup::{HashMap, HashSet};
use crate::values::{image, url};
use crate::{Arguments, Instruction, InstructionKind, Mount, Problem, ProblemKind, Source, Word};
use text_size::{TextRange, TextSize};

/// What guides write for the lines that they leave out.
const ELLIPSIS: &str = "...";

/// Whether a file is a fragment: it has instructions, no `FROM`, and nothing that is no instruction.
pub(crate) fn is_fragment(instructions: &[Instruction]) -> bool {
    let is_known = |instruction: &Instruction| instruction.kind() != InstructionKind::Unknown;
    !instructions.iter().any(|instruction| instruction.kind() == InstructionKind::From)
        && instructions.iter().any(is_known)
        && instructions.iter().all(|instruction| is_known(instruction) || instruction.keyword.text == ELLIPSIS)
}

/// The one thing to say about a text that is no Dockerfile: it has no `FROM`, nor a misspelt one, and begins with a word that is no
/// instruction.
pub(crate) fn stranger(instructions: &[Instruction], problems: &[Problem]) -> Option<Problem> {
    let first = instructions.first().filter(|first| first.kind() == InstructionKind::Unknown)?;
    let has_stage = instructions.iter().any(|instruction| instruction.kind() == InstructionKind::From);
    if has_stage || is_from_misspelt(problems) {
        return None;
    }
    let is_first =
        |problem: &&Problem| problem.kind == ProblemKind::UnknownInstruction && problem.range == first.keyword.range;
    problems.iter().find(is_first).cloned()
}

/// Whether somebody wrote `FORM`.
fn is_from_misspelt(problems: &[Problem]) -> bool {
    problems
        .iter()
        .filter_map(|problem| problem.correction.as_ref())
        .any(|correction| correction.text.eq_ignore_ascii_case("FROM"))
}

/// Whether a problem is only that `...` names no instruction.
pub(crate) fn is_ellipsis(problem: &Problem, text: &str) -> bool {
    problem.kind == ProblemKind::UnknownInstruction
        && text.get(std::ops::Range::<usize>::from(problem.range)) == Some(ELLIPSIS)
}

/// Notes what is wrong with the instructions taken together.
pub(crate) fn check(instructions: &[Instruction], is_fragment: bool, end: TextSize, problems: &mut Vec<Problem>) {
    let Some(first) = instructions.first() else {
        let message = "The file has no instruction. A Dockerfile begins with FROM.";
        let (kind, range, message) = (ProblemKind::Empty, TextRange::empty(end), message.to_owned());
        problems.push(Problem { kind, message, range, correction: None });
        return;
    };
    let has_stage = instructions.iter().any(|instruction| instruction.kind() == InstructionKind::From);
    // Whoever wrote FORM has been told already.
    let is_misspelt = is_from_misspelt(problems);
    let mut problem = |kind, range, message: &str| {
        problems.push(Problem { kind, message: message.to_owned(), range, correction: None });
    };
    if !has_stage && !is_fragment && !is_misspelt {
        problem(ProblemKind::NoStage, first.keyword.range, "The file has no FROM, so nothing says what to build on.");
    }
    if has_stage {
        let before = instructions.iter().take_while(|instruction| instruction.kind() != InstructionKind::From);
        for instruction in
            before.filter(|before| !matches!(before.kind(), InstructionKind::Arg | InstructionKind::Unknown))
        {
            let message =
                format!("{} stands before the first FROM, where only ARG may stand.", instruction.kind().name());
            problem(ProblemKind::BeforeFrom, instruction.keyword.range, &message);
        }
    }
    check_sources(instructions, &mut problem);
    if has_stage {
        check_bases(instructions, &mut problem);
    }
    check_circles(instructions, &mut problem);
}

type Note<'n> = dyn FnMut(ProblemKind, TextRange, &str) + 'n;

fn check_sources(instructions: &[Instruction], problem: &mut Note<'_>) {
    for instruction in instructions {
        let Arguments::Copy(copy) = &instruction.arguments else { continue };
        let has_from = instruction.flag("from").is_some();
        for source in copy.sources.iter().filter(|_| !has_from) {
            let Source::Path(word) = source else { continue };
            if url::is_http(&word.text) || url::is_git(&word.text) {
                problem(ProblemKind::InvalidArgument, word.range, "COPY cannot download; ADD can.");
            }
        }
        if let Some(from) = instruction.flag("from").and_then(|flag| flag.value.as_ref())
            && from.has_variable()
        {
            problem(
                ProblemKind::VariableStage,
                from.range,
                "`--from` cannot hold a variable; give the variable to a FROM and copy from that stage.",
            );
        }
    }
}

/// Values that BuildKit has for every `FROM`.
/// <https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope>
pub const PLATFORM_ARGS: [&str; 11] = [
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
];

/// Notes the `FROM`s whose image cannot be named, whatever values the build is given: a variable that nothing declares is empty.
fn check_bases(instructions: &[Instruction], problem: &mut Note<'_>) {
    let mut declared: HashSet<&str> = PLATFORM_ARGS.into_iter().collect();
    for instruction in instructions.iter().take_while(|instruction| instruction.kind() != InstructionKind::From) {
        if let Arguments::Arg(declarations) = &instruction.arguments {
            declared.extend(declarations.iter().map(|declaration| declaration.name.text.as_str()));
        }
    }
    let certain = |word: &Word| match expand(&word.parts, &|name| (!declared.contains(name)).then_some(None)) {
        Expansion::Known(value) if word.has_variable() => Some(value),
        _ => None,
    };
    for instruction in instructions {
        let Arguments::From(from) = &instruction.arguments else { continue };
        let undeclared = "No ARG before the first FROM declares its variable, which is empty then.";
        if let Some(fault) = certain(&from.image).and_then(|image| image::fault(&image)) {
            problem(ProblemKind::InvalidName, from.image.range, &format!("{fault} {undeclared}"));
        }
        let platform = instruction.flag("platform").and_then(|flag| flag.value.as_ref());
        if let Some(platform) = platform.filter(|platform| certain(platform).is_some_and(|value| value.is_empty())) {
            problem(ProblemKind::InvalidFlag, platform.range, &format!("This names no platform. {undeclared}"));
        }
    }
}

/// A stage with what it is built from.
struct StageLinks<'a> {
    name: Option<String>,
    /// Stages by their index, and the word that names each.
    needs: Vec<(usize, &'a Word)>,
}

fn check_circles(instructions: &[Instruction], problem: &mut Note<'_>) {
    let stages = links(instructions, problem);
    // 0: not seen; 1: being walked; 2: done.
    let mut state = vec![0_u8; stages.len()];
    for root in 0..stages.len() {
        let mut walk = vec![(root, 0_usize)];
        while let Some((stage, next)) = walk.pop() {
            let Some(links) = stages.get(stage) else { continue };
            if next == 0 {
                match state.get_mut(stage) {
                    Some(state) if *state == 0 => *state = 1,
                    _ => continue,
                }
            }
            let Some(&(needed, word)) = links.needs.get(next) else {
                if let Some(state) = state.get_mut(stage) {
                    *state = 2;
                }
                continue;
            };
            walk.push((stage, next + 1));
            match state.get(needed) {
                Some(0) => walk.push((needed, 0)),
                Some(1) if needed == stage => {
                    problem(ProblemKind::StageTakesFromItself, word.range, "A stage cannot copy from itself.")
                }
                Some(1) => {
                    let name =
                        stages.get(needed).and_then(|stage| stage.name.clone()).unwrap_or_else(|| needed.to_string());
                    let message = format!("This stage and `{name}` each need the other to be built first.");
                    problem(ProblemKind::StageCircle, word.range, &message);
                }
                _ => {}
            }
        }
    }
}

fn links<'a>(instructions: &'a [Instruction], problem: &mut Note<'_>) -> Vec<StageLinks<'a>> {
    let mut names = HashMap::new();
    let mut count = 0;
    for instruction in instructions {
        let Arguments::From(from) = &instruction.arguments else { continue };
        if let Some(name) = &from.name {
            names.insert(name.text.to_ascii_lowercase(), count);
        }
        count += 1;
    }
    let mut stages: Vec<StageLinks<'a>> = Vec::new();
    let mut earlier = HashMap::new();
    for instruction in instructions {
        if let Arguments::From(from) = &instruction.arguments {
            let needs = earlier.get(&from.image.text).map(|&index| (index, &from.image)).into_iter().into_list();
            let name = from.name.as_ref().map(|name| name.text.to_ascii_lowercase());
            if let Some(name) = &name {
                earlier.insert(name.clone(), stages.len());
            }
            stages.push(StageLinks { name, needs });
            continue;
        }
        let Some(stage) = stages.last_mut() else { continue };
        for (from, word) in sources(instruction) {
            if let Some(&index) = names.get(&from.to_ascii_lowercase()) {
                stage.needs.push((index, word));
            } else if let (InstructionKind::Copy, Ok(index)) = (instruction.kind(), from.parse::<i64>()) {
                if let Some(index) = usize::try_from(index).ok().filter(|&index| index < count) {
                    stage.needs.push((index, word));
                } else {
                    let message = format!(
                        "There is no stage number {index}: stages are counted from 0, and this file has {count}."
                    );
                    problem(ProblemKind::UnknownStageNumber, word.range, &message);
                }
            } else if let Some(fault) = image::fault(&from) {
                problem(ProblemKind::InvalidName, word.range, &fault);
            }
        }
    }
    stages
}

/// The stages and images that an instruction takes files from, each with the word that names it. Those with a variable are left out.
fn sources(instruction: &Instruction) -> Vec<(String, &Word)> {
    let flags = match instruction.kind() {
        InstructionKind::Copy => "from",
        InstructionKind::Run => "mount",
        _ => return Vec::new(),
    };
    let values = instruction.flags_named(flags).filter_map(|flag| flag.value.as_ref());
    let name = |word: &Word| match flags {
        "from" => word.value(),
        _ => Mount::read(&word.unquoted()).from.filter(|from| !from.contains('$')),
    };
    values.filter_map(|word| name(word).filter(|name| !name.is_empty()).map(|name| (name, word))).into_list()
}
