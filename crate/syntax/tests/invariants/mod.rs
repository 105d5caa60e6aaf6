//! What holds for every text, whatever it is.

use layerwise_syntax::{
    Arguments, Command, Dockerfile, Healthcheck, Instruction, Source, TextRange, Word, parse, tokens,
};

/// What Dockerfiles are made of. Texts that are put together from these reach deep into the grammar.
pub const PIECES: &[&str] = &[
    "FROM ",
    "from",
    " AS ",
    "alpine:3.23",
    "RUN ",
    "COPY ",
    "ADD ",
    "ENV ",
    "ARG ",
    "LABEL ",
    "CMD ",
    "ONBUILD ",
    "SHELL ",
    "HEALTHCHECK ",
    "EXPOSE ",
    "USER ",
    "VOLUME ",
    "--mount=type=cache,target=/x ",
    "--from=a ",
    "-- ",
    "\\\n",
    "\\ \n",
    "\\\\\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "#",
    "# escape=`\n",
    "# syntax=a\n",
    "`\n",
    "\"",
    "'",
    "[",
    "]",
    "[\"a\", \"b\"]",
    ",",
    "<<EOF",
    "<<-'E'",
    "EOF\n",
    "E\n",
    "3<<A <<B",
    "$",
    "${",
    "${A:-b}",
    "${A:-${B}}",
    "}",
    "=",
    "a",
    "é",
    "😀",
    "\u{feff}",
    "\u{a0}",
    "\0",
    "&& ",
    "|",
    ";",
    "...",
    "\u{202e}",
    "`",
    "'E'",
    "HEALTHCHECK --interval=1s CMD ",
    "MAINTAINER ",
    "STOPSIGNAL ",
    "WORKDIR ",
    "ENTRYPOINT ",
    "${A##*/}",
    "${A/b/c}",
    "80/tcp",
    "\\\"",
    "\u{b}",
];

fn every_range(file: &Dockerfile) -> Vec<TextRange> {
    fn of(instruction: &Instruction, ranges: &mut Vec<TextRange>) {
        ranges.extend([instruction.range, instruction.lines, instruction.keyword.range, instruction.arguments_range]);
        ranges.extend(instruction.flags.iter().flat_map(|flag| [flag.range, flag.name_range]));
        ranges.extend(instruction.heredocs.iter().flat_map(|heredoc| [heredoc.marker, heredoc.body]));
        ranges.extend(instruction.comments.iter().chain(&instruction.continuations).chain(&instruction.blank_lines));
        if let Arguments::Onbuild(trigger) = &instruction.arguments {
            of(trigger, ranges);
        }
    }
    let mut ranges: Vec<TextRange> = file.problems.iter().map(|problem| problem.range).collect();
    ranges.extend(
        file.directives.iter().flat_map(|directive| [directive.range, directive.name_range, directive.value_range]),
    );
    ranges.extend(tokens(file).iter().map(|token| token.range));
    for instruction in &file.instructions {
        of(instruction, &mut ranges);
    }
    ranges
}

/// Panics unless everything holds.
pub fn hold(text: &str) {
    let file = parse(text);
    let joined: String = file.pieces.iter().map(|piece| file.slice(piece.range)).collect();
    assert_eq!(joined, text, "the pieces, joined, are the input");
    for range in every_range(&file) {
        let range = std::ops::Range::<usize>::from(range);
        assert!(text.get(range.clone()).is_some(), "{range:?} lies in the text, on character boundaries: {text:?}");
    }
    for instruction in &file.instructions {
        assert!(instruction.lines.contains_range(instruction.range), "an instruction lies in its lines: {text:?}");
        assert!(
            instruction.range.contains_range(instruction.keyword.range),
            "a keyword lies in its instruction: {text:?}"
        );
        assert!(instruction.range.contains_range(instruction.arguments_range), "{instruction:?} {text:?}");
        if let Some(script) = file.script(instruction) {
            let end = usize::from(script.offset) + script.text.len();
            assert!(end <= text.len(), "a script has the length of its range");
        }
    }
    for (earlier, later) in file.instructions.iter().zip(file.instructions.iter().skip(1)) {
        assert!(earlier.lines.end() <= later.lines.start(), "instructions follow each other");
    }
    for instruction in &file.instructions {
        instruction_holds(instruction, text);
    }
    let tokens = tokens(&file);
    for (earlier, later) in tokens.iter().zip(tokens.iter().skip(1)) {
        assert!(earlier.range.end() <= later.range.start(), "tokens follow each other: {text:?}");
    }
}

/// Flags, heredocs and words lie in their instruction, and follow each other.
fn instruction_holds(instruction: &Instruction, text: &str) {
    let in_order = |ranges: &[TextRange], within: TextRange| {
        let is_inside = ranges.iter().all(|range| within.contains_range(*range));
        let follow = ranges.iter().zip(ranges.iter().skip(1)).all(|(earlier, later)| earlier.end() <= later.start());
        assert!(is_inside && follow, "{ranges:?} lie in {within:?}, in order: {text:?}");
    };
    let flags: Vec<TextRange> = instruction.flags.iter().map(|flag| flag.range).collect();
    in_order(&flags, instruction.range);
    for flag in &instruction.flags {
        assert!(flag.range.contains_range(flag.name_range), "a flag's name lies in it: {text:?}");
        if let Some(value) = &flag.value {
            assert!(flag.range.contains_range(value.range), "a flag's value lies in it: {text:?}");
        }
    }
    let bodies: Vec<TextRange> = instruction.heredocs.iter().map(|heredoc| heredoc.body).collect();
    in_order(&bodies, instruction.lines);
    let words = words(&instruction.arguments);
    let places: Vec<TextRange> = words.iter().map(|word| word.range).collect();
    in_order(&places, instruction.arguments_range);
    for word in words {
        for variable in word.variables() {
            assert!(word.range.contains_range(variable.range), "a variable lies in its word: {text:?}");
        }
    }
    match &instruction.arguments {
        Arguments::Onbuild(trigger) => instruction_holds(trigger, text),
        Arguments::Run(command) | Arguments::Cmd(command) | Arguments::Entrypoint(command) => {
            command_holds(command, instruction, text);
        }
        Arguments::Healthcheck(Healthcheck::Command(command)) => command_holds(command, instruction, text),
        _ => {}
    }
}

fn command_holds(command: &Command, instruction: &Instruction, text: &str) {
    let range = match command {
        Command::Shell(shell) => shell.range,
        Command::Exec(exec) => exec.range,
    };
    assert!(instruction.arguments_range.contains_range(range), "a command lies in the arguments: {text:?}");
}

fn words(arguments: &Arguments) -> Vec<&Word> {
    match arguments {
        Arguments::From(from) => std::iter::once(&from.image).chain(&from.name).collect(),
        Arguments::Copy(copy) | Arguments::Add(copy) => {
            copy.sources.iter().map(Source::word).chain([&copy.destination]).collect()
        }
        Arguments::Env(values) | Arguments::Label(values) => {
            values.pairs.iter().flat_map(|pair| [&pair.key, &pair.value]).collect()
        }
        Arguments::Arg(declarations) => declarations
            .iter()
            .flat_map(|declaration| std::iter::once(&declaration.name).chain(&declaration.default))
            .collect(),
        Arguments::Expose(words) | Arguments::Volume { paths: words, .. } => words.iter().collect(),
        Arguments::Maintainer(word)
        | Arguments::Stopsignal(word)
        | Arguments::User(word)
        | Arguments::Workdir(word) => vec![word],
        _ => Vec::new(),
    }
}
