//! The scripts of a Dockerfile, as the engine hands them out.

use layerwise_engine::shellcheck::{ShellFinding, ShellScript};
use layerwise_engine::{Input, ShellLinter, check};
use layerwise_shell::{Dialect, Script};
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

/// A script, with what a linter is told of it.
#[derive(Debug)]
pub struct Handed {
    /// The Dockerfile that it is of.
    pub file: PathBuf,
    pub text: String,
    pub dialect: Dialect,
    pub stops_at_errors: bool,
    pub known: Vec<String>,
}

impl Handed {
    /// Calls `then` with the script as our linter takes it.
    pub fn with_script<T>(&self, then: impl FnOnce(&Script<'_>) -> T) -> T {
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        let Handed { text, dialect, stops_at_errors, .. } = self;
        then(&Script { text, dialect: *dialect, stops_at_errors: *stops_at_errors, known: &known })
    }
}

/// A linter that finds nothing and remembers what it was given.
#[derive(Debug, Default)]
struct Recorder {
    scripts: RefCell<Vec<Handed>>,
}

impl ShellLinter for Recorder {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        if let Some(dialect) = Dialect::from_name(script.dialect.name()) {
            self.scripts.borrow_mut().push(Handed {
                file: PathBuf::new(),
                text: script.text.to_owned(),
                dialect,
                stops_at_errors: script.stops_at_errors,
                known: script.known.iter().map(|&name| name.to_owned()).collect(),
            });
        }
        Some(Vec::new())
    }
}

/// The scripts of a Dockerfile; none of one that cannot be read.
pub fn scripts(file: &Path) -> Vec<Handed> {
    let bytes = fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let recorder = Recorder::default();
    check(&Input { shell: Some(&recorder), ..Input::new(&text) });
    let mut scripts = recorder.scripts.into_inner();
    for script in &mut scripts {
        script.file = file.to_owned();
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;
    use layerwise_engine::shellcheck::codes;

    #[test]
    fn the_engine_takes_every_code_that_the_linter_reports_and_no_other() {
        let reported: Vec<String> = layerwise_shell::codes().iter().map(|code| format!("SC{code}")).collect();
        assert_eq!(codes().collect::<Vec<_>>(), reported);
    }

    #[test]
    fn a_script_comes_with_its_shell_and_its_variables() {
        let file = std::env::temp_dir().join(format!("layerwise-handed-{}.Dockerfile", std::process::id()));
        let text =
            "FROM debian:13\nENV app_home=/app\nSHELL [\"/bin/bash\", \"-ec\"]\nRUN cd $app_home && \\\n  make\n";
        fs::write(&file, text).unwrap();
        let scripts = scripts(&file);
        fs::remove_file(&file).unwrap();
        let [script] = scripts.as_slice() else { panic!("{scripts:?}") };
        assert_eq!((script.dialect, script.stops_at_errors), (Dialect::Bash, true));
        assert!(script.known.iter().any(|name| name == "app_home"), "{:?}", script.known);
        assert!(script.text.contains("cd $app_home &&") && !script.text.contains('\\'), "{:?}", script.text);
        assert_eq!(script.file, file);
    }
}
