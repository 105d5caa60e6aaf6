//! Whether BuildKit's own parser, as PyPI's `dockerfile` package brings it, reads the instructions that we read.

use super::version::{Version, Versions};
use crate::compare::place::line_of;
use crate::compare::pypi;
use anyhow::{Context, Result};
use layerwise_syntax::parse;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const PACKAGE: &str = "dockerfile==3.4.0";

/// Prints what the parser says of each file: the names and first lines of its instructions, or why there are none.
const PROGRAM: &str = "
import dockerfile, json, sys
for path in sys.argv[1:]:
    with open(path, encoding='utf-8', errors='replace', newline='') as file:
        text = file.read()
    try:
        read = [[command.cmd.upper(), command.start_line] for command in dockerfile.parse_string(text)]
    except dockerfile.GoParseError as error:
        read = str(error)
    print(json.dumps(read))
";

/// Prints the files of a version that BuildKit's parser refuses, though not as they were, and those that it reads otherwise than we do.
pub fn print(version: Version, versions: &Versions) -> Result<()> {
    let (before, after) = (read(Version::Original, versions)?, read(version, versions)?);
    let (mut refused, mut differing) = (Vec::new(), Vec::new());
    for (index, (before, after)) in before.iter().zip(&after).enumerate() {
        let file = versions.file(index).display();
        match (before.as_array(), after.as_array()) {
            (None, _) => {}
            (Some(_), None) => refused.push(format!("{file}: {after}")),
            (Some(_), Some(instructions)) => {
                let text = fs::read(versions.copy(index, version))?;
                if *instructions != ours(&String::from_utf8_lossy(&text)) {
                    differing.push(file.to_string());
                }
            }
        }
    }
    println!("\nBuildKit's parser after {}: {} files refused", version.name(), refused.len());
    refused.iter().for_each(|line| println!("    {line}"));
    println!("BuildKit's parser after {}: {} files read otherwise than by us", version.name(), differing.len());
    differing.iter().for_each(|line| println!("    {line}"));
    Ok(())
}

fn ours(text: &str) -> Vec<Value> {
    let file = parse(text);
    let seen = file.instructions.iter().map(|instruction| {
        Value::from(vec![
            Value::from(instruction.keyword.text.to_ascii_uppercase()),
            Value::from(line_of(text, instruction.range.start())),
        ])
    });
    seen.collect()
}

/// What the parser says of every file in a version.
fn read(version: Version, versions: &Versions) -> Result<Vec<Value>> {
    const FILES_A_CALL: usize = 200;
    let folder = pypi::install(PACKAGE, Path::new("dockerfile.abi3.so"))?;
    let python = pypi::python()?;
    let mut all = Vec::new();
    for files in versions.copies(version).chunks(FILES_A_CALL) {
        let mut parser = Command::new(&python);
        parser.env("PYTHONPATH", &folder).args(["-c", PROGRAM]).args(files).stdin(Stdio::null());
        let output = parser.output().context("BuildKit's parser cannot be started")?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            all.push(serde_json::from_str(line).context("BuildKit's parser printed something else than JSON")?);
        }
    }
    anyhow::ensure!(all.len() == versions.len(), "BuildKit's parser did not answer for every file");
    Ok(all)
}
