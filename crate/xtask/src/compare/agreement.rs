//! `tests/agreement`: Dockerfiles about which a peer is wrong on purpose of ours, each with the reason.

#[path = "../../../../tests/claim/mod.rs"]
mod claim;

use super::files;
use super::peer::{Peer, Program};
use super::place::{Place, Texts};
use crate::layout;
use anyhow::Result;
pub use claim::Claim;
use std::fs;
use std::path::{Path, PathBuf};

/// Prints the differences with a peer that are documented, and which of them it no longer shows.
pub fn print(peer: Peer, program: &Program) -> Result<()> {
    let files = files::dockerfiles(&[folder()])?;
    let texts = Texts::read(&files);
    let says = program.run(&files, &texts)?.places;
    print_claims(peer.name(), &|claim, file| {
        Ok(says.contains(&Place { code: claim.code.to_owned(), file: file.to_owned(), line: claim.line }))
    })
}

/// Where the Dockerfiles are.
fn folder() -> PathBuf {
    layout::root().join("tests/agreement")
}

/// Prints what is claimed of a tool; `says` tells whether it reports what a claim of a file is about.
pub fn print_claims(tool: &str, says: &dyn Fn(&Claim<'_>, &Path) -> Result<bool>) -> Result<()> {
    println!("\nWhere {tool} is wrong, by the files of tests/agreement:");
    for file in files::dockerfiles(&[folder()])? {
        let text = fs::read_to_string(&file)?;
        for (line, claim) in text.lines().filter_map(|line| Some((line, Claim::read(line)?))) {
            if claim.peer != tool {
                continue;
            }
            let verdict = if says(&claim, &file)? == claim.is_reported { "" } else { "NO LONGER SO: " };
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            println!("  {verdict}{name}: {}", line.trim_start_matches(['#', ' ']));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::claim::Claim;

    #[test]
    fn a_claim_names_peer_code_and_line() {
        let claim = Claim::read("# hadolint misses DL3009 at line 12: the lists stay.").unwrap();
        assert_eq!((claim.peer, claim.is_reported, claim.code, claim.line), ("hadolint", false, "DL3009", 12));
        assert!(Claim::read("# a remark about hadolint").is_none());
    }
}
