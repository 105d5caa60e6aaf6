//! The shell checks, as the engine takes them.

use layerwise_engine::shellcheck::{ShellFinding, ShellFix, ShellScript};
use layerwise_engine::{Severity, ShellLinter};
use layerwise_shell::{Dialect, Level, Memory, Script};

/// Looks at the scripts of Dockerfiles.
#[derive(Debug, Default)]
pub struct Shell(Memory);

impl ShellLinter for Shell {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        let dialect = Dialect::from_name(script.dialect.name()).unwrap();
        let script =
            Script { text: script.text, dialect, stops_at_errors: script.stops_at_errors, known: script.known };
        Some(self.0.lint(&script)?.into_iter().map(finding).collect())
    }
}

fn finding(said: layerwise_shell::ShellFinding) -> ShellFinding {
    let severity = match said.level {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Info => Severity::Info,
        Level::Style => Severity::Style,
    };
    let fix = |fix: layerwise_shell::ShellFix| ShellFix { label: fix.label, is_safe: fix.is_safe, edits: fix.edits };
    ShellFinding { code: said.code, severity, message: said.message, range: said.range, fix: said.fix.map(fix) }
}
