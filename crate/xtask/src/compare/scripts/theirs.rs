//! What ShellCheck says about scripts.

use super::super::batches;
use super::handed::Handed;
use super::place::{Place, Places, offset};
use crate::layout;
use anyhow::{Context, Result};
use layerwise_shell::{Dialect, Told, codes_without_sense};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;

/// Says that the shell is called with `-e`, in the one way that is no part of the script. Which shell it is is said by an option.
const STOPS_AT_ERRORS: &str = "#!/bin/sh -e\n";

/// A script as it lies on the disk for ShellCheck.
struct File {
    path: PathBuf,
    dialect: Dialect,
    /// Its number among the scripts.
    number: usize,
    told: Told,
    text: String,
}

impl File {
    fn of(number: usize, script: &Handed, folder: &Path) -> Option<File> {
        let told = script.with_script(Told::of)?;
        let first = if script.stops_at_errors { STOPS_AT_ERRORS } else { "" };
        let text = [first, &told.text].concat();
        Some(File { path: folder.join(number.to_string()), dialect: script.dialect, number, told, text })
    }

    /// The place of one of ShellCheck's comments, if it is about the script itself.
    fn place(&self, comment: &Value) -> Option<Place> {
        let at = |line: &str, column: &str| offset(&self.text, comment[line].as_u64()?, comment[column].as_u64()?);
        let before = self.text.len() - self.told.text.len();
        let start = at("line", "column")?.checked_sub(before)?;
        let end = at("endLine", "endColumn")?.checked_sub(before)?;
        let range = self.told.of_script(start..end)?;
        let number = u16::try_from(comment["code"].as_u64()?).ok()?;
        Some(Place { number, script: self.number, start: range.start, end: range.end })
    }
}

/// Its findings, without the codes that make no sense in a Dockerfile.
pub fn run(program: &Path, scripts: &[Handed]) -> Result<Places> {
    let folder = absolute(layout::target().join("scripts"))?;
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let numbered = scripts.iter().enumerate();
    let files = numbered.filter_map(|(number, script)| File::of(number, script, &folder));
    let files: BTreeMap<PathBuf, File> = files.map(|file| (file.path.clone(), file)).collect();
    for file in files.values() {
        fs::write(&file.path, &file.text).with_context(|| format!("{} cannot be written", file.path.display()))?;
    }
    let off: Vec<String> = codes_without_sense().map(|code| code.to_string()).collect();
    let mut places = Places::new();
    for dialect in Dialect::ALL {
        let of_dialect = files.values().filter(|file| file.dialect == dialect);
        let paths: Vec<PathBuf> = of_dialect.map(|file| file.path.clone()).collect();
        let outputs = batches::run(&paths, &|| {
            let mut command = Command::new(program);
            // Without settings of the person's own, and without looking for them.
            command.args(["--norc", "--format", "json1", "--exclude", &off.join(",")]);
            command.args(["--shell", dialect.name()]);
            command
        })?;
        let comments = outputs.reports.iter().filter_map(|report| report["comments"].as_array()).flatten();
        for comment in comments {
            let path = Path::new(comment["file"].as_str().unwrap_or_default());
            places.extend(files.get(path).and_then(|file| file.place(comment)));
        }
    }
    fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_place_is_the_scripts_own_whatever_stands_in_front_of_it() {
        let mut script = Handed {
            file: PathBuf::new(),
            text: "# a remark\ncd $1 \"$HTTP_PROXY\"\n".to_owned(),
            dialect: Dialect::Sh,
            stops_at_errors: false,
            known: vec!["HTTP_PROXY".to_owned()],
        };
        let places = |script: &Handed, line: u32| {
            let file = File::of(3, script, Path::new("")).unwrap();
            let comment = |line: u32| json!({"code": 2086, "line": line, "column": 4, "endLine": line, "endColumn": 6});
            (file.place(&comment(line)), file.place(&comment(line - 1)))
        };
        let expected = Place { number: 2086, script: 3, start: 14, end: 16 };
        assert_eq!(places(&script, 3), (Some(expected), None));
        script.stops_at_errors = true;
        assert_eq!(places(&script, 4), (Some(expected), None));
    }
}
