//! The shell checks, as the engine takes them.

use layerwise_engine::Severity;
use layerwise_engine::shellcheck::{ShellFinding, ShellFix, ShellLinter, ShellScript};
use layerwise_shell::{Dialect, Level, Memory, Script};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

#[cfg(not(panic = "unwind"))]
compile_error!("The command line lives on when the shell checks panic, for which a panic has to unwind.");

/// Looks at the scripts of Dockerfiles. A script that it does not get through costs the findings of that script and nothing else.
#[derive(Debug)]
pub struct Shell {
    memory: Memory,
    look: fn(&Memory, &Script<'_>) -> Option<Vec<layerwise_shell::ShellFinding>>,
}

impl Default for Shell {
    fn default() -> Self {
        Shell { memory: Memory::default(), look: Memory::lint }
    }
}

impl ShellLinter for Shell {
    fn lint(&self, script: &ShellScript<'_>) -> Option<Vec<ShellFinding>> {
        let Some(dialect) = Dialect::from_name(script.dialect.name()) else { return Some(Vec::new()) };
        let script =
            Script { text: script.text, dialect, stops_at_errors: script.stops_at_errors, known: script.known };
        let said = quietly(|| (self.look)(&self.memory, &script))??;
        Some(said.into_iter().map(finding).collect())
    }
}

thread_local! {
    static IS_LOOKING: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may panic: then there is nothing, and nothing is printed of it.
fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_LOOKING.get() {
                usual(panic);
            }
        }));
    });
    IS_LOOKING.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    IS_LOOKING.set(false);
    done.ok()
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

#[cfg(test)]
mod tests {
    use super::*;
    use layerwise_engine::{Input, check};

    #[test]
    fn a_panic_of_the_shell_checks_costs_the_findings_of_its_script_alone() {
        let look = |memory: &Memory, script: &Script<'_>| {
            assert!(!script.text.contains("panic"), "as this test wants it");
            memory.lint(script)
        };
        let shell = Shell { look, ..Shell::default() };
        let text = "FROM debian:13\nRUN panic $1\nRUN read -r a && b $a\n";
        let report = check(&Input { shell: Some(&shell), ..Input::new(text) });
        let rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
        assert!(rules.contains(&"combine-adjacent-instructions"), "{rules:?}");
        assert_eq!(rules.iter().filter(|rule| **rule == "SC2086").count(), 1);
        let [unread] = report.unread_scripts[..] else { panic!("{:?}", report.unread_scripts) };
        assert_eq!(text.get(std::ops::Range::<usize>::from(unread)), Some("panic $1"));
    }
}
