//! Dockerfiles about which another tool is wrong, and we are not. Comments in each say what the other tool does, and why that is wrong;
//! `cargo xtask compare` holds the tool to it, and this test us.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod claim;
mod folder;
mod shell_checks;

use claim::Claim;
use folder::texts;
use layerwise_engine::{Input, check};
use shell_checks::Shell;
use std::path::Path;

/// The lines of the instructions for which we give a code.
fn our_lines(text: &str, code: &str, shell: &Shell) -> Vec<u32> {
    let findings = check(&Input { shell: Some(shell), ..Input::new(text) }).findings.into_iter();
    let carrying = findings.filter(|finding| finding.codes.iter().any(|known| known.code == code));
    carrying
        .map(|finding| {
            let before = text.get(..usize::from(finding.instruction.start())).unwrap_or_default();
            u32::try_from(before.matches('\n').count() + 1).unwrap()
        })
        .collect()
}

#[test]
fn where_another_tool_is_wrong_we_are_not() {
    let shell = Shell::default();
    let mut wrong = Vec::new();
    for (file, text) in texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("agreement")) {
        let claims: Vec<_> = text.lines().filter_map(|comment| Some((comment, Claim::read(comment)?))).collect();
        assert!(!claims.is_empty(), "{} makes no claim", file.display());
        for (comment, claim) in claims {
            if our_lines(&text, claim.code, &shell).contains(&claim.line) == claim.is_reported {
                wrong.push(format!("{}: {comment}", file.file_name().unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "we answer just as wrongly:\n{}", wrong.join("\n"));
}
