//! The work that is measured.

use crate::shell_checks::Shell;
use layerwise_engine::simulate::{Candidates, Change};
use layerwise_engine::{BuildPlan, Document, Input, check, fix_all, simulate};
use layerwise_syntax::parse;
use std::hint::black_box;

/// What is done with a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Parse,
    Check,
    /// A check that looks at the scripts as well.
    CheckWithShell,
    FixAll,
    /// The plan of a build, and what a change makes of it.
    Simulate,
}

impl Work {
    /// In the order of their cost.
    pub const ALL: [Work; 5] = [Work::Parse, Work::Check, Work::CheckWithShell, Work::FixAll, Work::Simulate];

    pub fn name(self) -> &'static str {
        match self {
            Work::Parse => "parse",
            Work::Check => "check",
            Work::CheckWithShell => "check with shell",
            Work::FixAll => "fix all",
            Work::Simulate => "simulate",
        }
    }

    /// Does it, and lets nobody find out that what comes of it is not needed.
    pub fn run(self, text: &str, shell: &Shell) {
        let input = Input::new(black_box(text));
        match self {
            Work::Parse => drop(black_box(parse(input.dockerfile))),
            Work::Check => drop(black_box(check(&input))),
            Work::CheckWithShell => drop(black_box(check(&Input { shell: Some(shell), ..input }))),
            Work::FixAll => drop(black_box(fix_all(&input))),
            Work::Simulate => simulate_change(&input),
        }
    }
}

/// Shell checks that remember no script, with all made that is made only once.
pub fn fresh_shell() -> Shell {
    const FIRST: &str = "FROM debian:13\nRUN echo $A | cat\nADD a /b\n";
    let shell = Shell::default();
    for work in Work::ALL {
        work.run(FIRST, &shell);
    }
    shell
}

/// One change of all that the file names first: a file, an argument, an image.
fn simulate_change(input: &Input<'_>) {
    let file = parse(input.dockerfile);
    let plan = BuildPlan::of(&Document::new(&file, input));
    let Candidates { files, args, images } = Candidates::of(&plan);
    let first = |names: Vec<String>| names.into_iter().take(1).collect();
    let change = Change { files: first(files), args: first(args), images: first(images), ..Change::default() };
    drop(black_box(simulate(&plan, None, &change)));
}
