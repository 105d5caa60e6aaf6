//! `tests/agreement`: Dockerfiles about which a peer is wrong on purpose of ours, each with the reason.

#[path = "../../../../tests/claim/mod.rs"]
mod claim;

use super::files;
use super::peer::{Peer, Program};
use super::place::{Place, Texts};
use crate::layout;
use anyhow::Result;
use claim::Claim;
use std::fs;

/// Prints the differences that are documented, and which of them the peer no longer shows.
pub fn print(peer: Peer, program: &Program) -> Result<()> {
    let files = files::dockerfiles(&[layout::root().join("tests/agreement")])?;
    let texts = Texts::read(&files);
    let says = program.run(&files, &texts)?.places;
    println!("\nWhere {} is wrong, by the files of tests/agreement:", peer.name());
    for file in files {
        let text = fs::read_to_string(&file)?;
        for (line, claim) in text.lines().filter_map(|line| Some((line, Claim::read(line)?))) {
            if claim.peer != peer.name() {
                continue;
            }
            let place = Place { code: claim.code.to_owned(), file: file.clone(), line: claim.line };
            let is_shown = says.contains(&place) == claim.is_reported;
            let verdict = if is_shown { "" } else { "NO LONGER SO: " };
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
