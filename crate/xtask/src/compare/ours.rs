//! What our own command line says.

use super::batches;
use super::peer::Peer;
use super::place::{Place, Places, Texts};
use crate::{command, layout};
use anyhow::{Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Our command line, built.
pub fn program() -> Result<PathBuf> {
    command::run(command::cargo("build").args(["--release", "--quiet", "--package", "layerwise"]))?;
    Ok(layout::target().join("release").join(format!("layerwise{}", std::env::consts::EXE_SUFFIX)))
}

/// Our findings about some files, when we answer as the peer does.
pub fn run(peer: Peer, files: &[PathBuf], texts: &Texts) -> Result<Places> {
    let program = program()?;
    let outputs = batches::run(files, &|| {
        let mut command = Command::new(&program);
        command.args(["check", "--format", "json", "--compat", peer.name()]);
        command
    })?;
    if let Some(file) = outputs.refused.first() {
        bail!("`layerwise check` gave no report of {}", file.display());
    }
    let mut places = Places::new();
    for report in outputs.reports.iter().filter_map(Value::as_array).flatten() {
        let file = Path::new(report["file"].as_str().unwrap_or_default());
        for finding in report["findings"].as_array().into_iter().flatten() {
            let line = finding["instructionLine"].as_u64().and_then(|line| u32::try_from(line).ok());
            let codes = finding["codes"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for code in codes.filter(|code| peer.is_meant_by(code)) {
                let line = texts.instruction_line(file, line.unwrap_or_default());
                places.insert(Place { code: code.to_owned(), file: file.to_owned(), line });
            }
        }
    }
    Ok(places)
}
