//! Running a linter over many files, a batch at a time.

use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

/// How many files a linter gets at once. The same for all, since each start of a program costs.
pub const FILES_A_BATCH: usize = 50;
const PROCESSES: usize = 2;

/// What a linter printed.
#[derive(Default)]
pub struct Outputs {
    /// Its reports, one of each batch.
    pub reports: Vec<Value>,
    /// Files for which it printed no report, even when it got them alone.
    pub refused: BTreeSet<PathBuf>,
}

/// Runs a linter, which `command` makes, over all files.
pub fn run(files: &[PathBuf], command: &(dyn Fn() -> Command + Sync)) -> Result<Outputs> {
    let batches = Mutex::new(files.chunks(FILES_A_BATCH));
    let next = || batches.lock().ok().and_then(|mut batches| batches.next());
    let work = || -> Result<Outputs> {
        let mut outputs = Outputs::default();
        while let Some(batch) = next() {
            run_batch(batch, command, &mut outputs)?;
        }
        Ok(outputs)
    };
    let mut all = Outputs::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..PROCESSES).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            let outputs = worker.join().unwrap_or_else(|_| Ok(Outputs::default()))?;
            all.reports.extend(outputs.reports);
            all.refused.extend(outputs.refused);
        }
        Ok(all)
    })
}

/// Runs one batch. A linter that gives up on a file often gives up on its whole batch, so that is halved until the file is found.
fn run_batch(files: &[PathBuf], command: &dyn Fn() -> Command, outputs: &mut Outputs) -> Result<()> {
    let mut linter = command();
    let output = linter.args(files).stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("{} cannot be started", linter.get_program().display()))?;
    if let Ok(report) = serde_json::from_slice(&output.stdout) {
        outputs.reports.push(report);
        return Ok(());
    }
    if let [file] = files {
        outputs.refused.insert(file.clone());
        return Ok(());
    }
    let (first, second) = files.split_at(files.len() / 2);
    run_batch(first, command, outputs)?;
    run_batch(second, command, outputs)
}
