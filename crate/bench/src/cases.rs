//! The cases whose instructions are counted.

use crate::files;
use crate::shapes::{HEREDOCS, INSTALLS, LONG_RUN, ORDINARY, SCRIPT, STAGES, Shape, VARIABLES};
use crate::shell_checks::Shell;
use crate::work::{Work, fresh_shell};
use std::hint::black_box;
use std::path::Path;

/// What is done with which shape, once and with four times the text.
const SHAPED: [(Work, Shape); 14] = [
    (Work::Parse, ORDINARY),
    (Work::Parse, HEREDOCS),
    (Work::Check, ORDINARY),
    (Work::Check, LONG_RUN),
    (Work::Check, INSTALLS),
    (Work::Check, STAGES),
    (Work::Check, VARIABLES),
    (Work::Check, HEREDOCS),
    (Work::CheckWithShell, SCRIPT),
    (Work::CheckWithShell, LONG_RUN),
    (Work::FixAll, ORDINARY),
    (Work::FixAll, STAGES),
    (Work::Simulate, ORDINARY),
    (Work::Simulate, STAGES),
];

/// Does every case once, and prints their names in that order.
pub fn run_all(folder: &Path) {
    for work in Work::ALL {
        one(work, "own files", &files::texts_in(folder));
    }
    for (work, shape) in SHAPED {
        one(work, shape.name, &[shape.text(1)]);
        one(work, &format!("{} x4", shape.name), &[shape.text(4)]);
    }
}

fn one(work: Work, name: &str, texts: &[String]) {
    // What is made only once is no case's own.
    let shell = fresh_shell();
    counted_case(work, texts, &shell);
    println!("{}, {name}", work.name());
}

/// The one function in which callgrind counts; it finds it by this name.
#[inline(never)]
fn counted_case(work: Work, texts: &[String], shell: &Shell) {
    for text in texts {
        work.run(text, shell);
    }
    black_box(());
}
