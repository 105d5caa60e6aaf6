//! The tree of every Dockerfile in `corpus`, as a snapshot that a person can read.
//!
//! After a change that is meant: `INSTA_UPDATE=always cargo test -p layerwise-tests --test syntax_snapshots`, and read the diff.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod folder;

use folder::{hold_to_snapshots, own_dockerfiles, texts};
use layerwise_syntax::{
    Arguments, Command, Dockerfile, ExecForm, Healthcheck, Instruction, Part, PieceKind, Source, TextRange, TextSize,
    Word, parse, tokens,
};
use std::fmt::Write;

#[test]
fn trees_of_our_own_dockerfiles() {
    let count = texts(&own_dockerfiles()).len();
    assert!(count >= 60, "{count} Dockerfiles");
    hold_to_snapshots("snapshots", |name, text| insta::assert_snapshot!(name, Tree::of(text)));
}

/// Writes a tree out. Places are `line:column`, counted from 1, columns in bytes, ends exclusive.
struct Tree<'f> {
    file: &'f Dockerfile,
    out: String,
}

impl Tree<'_> {
    fn of(text: &str) -> String {
        let file = parse(text);
        let mut tree = Tree { file: &file, out: String::new() };
        tree.write();
        tree.out
    }

    fn write(&mut self) {
        let file = self.file;
        if file.is_fragment {
            self.out.push_str("fragment\n");
        }
        let mut instructions = file.instructions.iter();
        for piece in &file.pieces {
            match piece.kind {
                PieceKind::Instruction => self.instruction(instructions.next().unwrap(), 0),
                PieceKind::Blank => {}
                kind => self.line(0, piece.content, &format!("{kind:?} {:?}", file.slice(piece.content))),
            }
        }
        for directive in &file.directives {
            self.line(0, directive.value_range, &format!("{:?} is {:?}", directive.kind, directive.value));
        }
        for problem in &file.problems {
            let mend = problem.correction.as_ref().map(|mend| format!(" => {:?}", mend.text)).unwrap_or_default();
            self.line(0, problem.range, &format!("{:?}: {}{mend}", problem.kind, problem.message));
        }
        self.colours();
    }

    /// The tokens in one line each, as `kind text`.
    fn colours(&mut self) {
        self.out.push_str("tokens:");
        for token in tokens(self.file) {
            let text = self.file.slice(token.range);
            let shown: String = text.chars().take(24).collect();
            write!(self.out, " {}{shown:?}", token.kind.name()).unwrap();
        }
        self.out.push('\n');
    }

    fn place(&self, offset: TextSize) -> String {
        let before = self.file.slice(TextRange::up_to(offset));
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        format!("{}:{}", before.matches('\n').count() + 1, before.len() - start + 1)
    }

    fn line(&mut self, depth: usize, range: TextRange, text: &str) {
        let (start, end) = (self.place(range.start()), self.place(range.end()));
        writeln!(self.out, "{}{start}-{end} {text}", "  ".repeat(depth)).unwrap();
    }

    fn instruction(&mut self, instruction: &Instruction, depth: usize) {
        self.line(depth, instruction.range, &format!("{:?} {:?}", instruction.kind(), instruction.keyword.text));
        for flag in &instruction.flags {
            self.line(depth + 1, flag.range, &format!("flag {}", flag.name));
            if let Some(value) = &flag.value {
                self.word(depth + 2, "value", value);
            }
        }
        self.arguments(depth + 1, &instruction.arguments);
        if depth > 0 {
            return;
        }
        for heredoc in &instruction.heredocs {
            let how = format!(
                "heredoc {:?}{}{}{}",
                heredoc.name,
                if heredoc.expands { " expands" } else { "" },
                if heredoc.strips_tabs { " strips tabs" } else { "" },
                if heredoc.terminator.is_none() { " has no end" } else { "" },
            );
            self.line(depth + 1, heredoc.marker, &how);
            self.line(depth + 2, heredoc.body, &format!("{:?}", self.file.slice(heredoc.body)));
        }
        for &comment in &instruction.comments {
            self.line(depth + 1, comment, "comment");
        }
        for &blank in &instruction.blank_lines {
            self.line(depth + 1, blank, "blank line");
        }
    }

    fn arguments(&mut self, depth: usize, arguments: &Arguments) {
        match arguments {
            Arguments::From(from) => {
                self.word(depth, "image", &from.image);
                from.name.iter().for_each(|name| self.word(depth, "name", name));
            }
            Arguments::Run(command) | Arguments::Cmd(command) | Arguments::Entrypoint(command) => {
                self.command(depth, command)
            }
            Arguments::Healthcheck(Healthcheck::None(range)) => self.line(depth, *range, "none"),
            Arguments::Healthcheck(Healthcheck::Command(command)) => self.command(depth, command),
            Arguments::Shell(exec) => self.exec(depth, exec),
            Arguments::Copy(copy) | Arguments::Add(copy) => {
                for source in &copy.sources {
                    match source {
                        Source::Path(word) => self.word(depth, "source", word),
                        Source::Heredoc(index, word) => self.word(depth, &format!("source heredoc {index}"), word),
                    }
                }
                self.word(depth, if copy.is_json { "destination (json)" } else { "destination" }, &copy.destination);
            }
            Arguments::Env(values) | Arguments::Label(values) => {
                for pair in &values.pairs {
                    self.word(depth, if values.is_legacy { "key (legacy)" } else { "key" }, &pair.key);
                    self.word(depth + 1, "value", &pair.value);
                }
            }
            Arguments::Arg(declarations) => {
                for declaration in declarations {
                    self.word(depth, "name", &declaration.name);
                    declaration.default.iter().for_each(|default| self.word(depth + 1, "default", default));
                }
            }
            Arguments::Expose(words) | Arguments::Volume { paths: words, .. } => {
                words.iter().for_each(|word| self.word(depth, "word", word));
            }
            Arguments::Maintainer(word)
            | Arguments::Stopsignal(word)
            | Arguments::User(word)
            | Arguments::Workdir(word) => self.word(depth, "word", word),
            Arguments::Onbuild(trigger) => self.instruction(trigger, depth),
            Arguments::Malformed => self.out.push_str(&format!("{}malformed\n", "  ".repeat(depth))),
        }
    }

    fn command(&mut self, depth: usize, command: &Command) {
        match command {
            Command::Shell(shell) => self.line(depth, shell.range, &format!("shell {:?}", shell.text)),
            Command::Exec(exec) => self.exec(depth, exec),
        }
    }

    fn exec(&mut self, depth: usize, exec: &ExecForm) {
        self.line(depth, exec.range, "exec");
        for argument in &exec.arguments {
            self.line(depth + 1, argument.range, &format!("{:?}", argument.value));
        }
    }

    fn word(&mut self, depth: usize, role: &str, word: &Word) {
        let meaning = match &word.parts[..] {
            _ if word.is_plain() => String::new(),
            parts => format!(" = {}", parts.iter().map(part).collect::<Vec<_>>().join(" ")),
        };
        self.line(depth, word.range, &format!("{role} {:?}{meaning}", word.text));
    }
}

fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => format!("{text:?}"),
        Part::Variable(variable) => match &variable.modifier {
            None => format!("${}", variable.name),
            Some(modifier) => {
                let join = |parts: &[Part]| parts.iter().map(self::part).collect::<Vec<_>>().join(" ");
                let replacement = modifier.replacement.as_ref().map(|parts| format!(" by {}", join(parts)));
                let replacement = replacement.unwrap_or_default();
                format!("${{{} {} {}{replacement}}}", variable.name, modifier.operator, join(&modifier.word))
            }
        },
    }
}
