//! What to do with a Dockerfile beside writing it: the commands that build, look into, run and ship *this* image, each with why.
//!
//! Every command is made from the file: its ports, its user, the folders that its program writes to, the secrets that its steps ask for. What
//! the file does not tell stands as a placeholder that is told as one. Whatever the file holds, a command is safe to paste into a POSIX shell.

mod build;
mod build_flags;
mod compose;
mod config_files;
mod ecosystem;
mod found;
mod ignore;
mod inspect;
mod model;
mod name;
mod ports;
mod quote;
mod run;
mod server;
mod settings;
mod ship;
mod subject;
#[cfg(test)]
mod tests;

pub use found::Found;
pub use model::{Advice, Advised, Counsel, Language, Listing, Moment};

use crate::check::Report;
use crate::document::Document;
use crate::input::Input;
use layerwise_syntax::Dockerfile;
use layerwise_syntax::list::IntoList;
use model::Adviser;
use subject::Subject;

/// Every advice, in the order in which it is shown: as an image is built, looked into, run and shipped.
const ADVICE: [Advice; 25] = [
    build::BUILD_IMAGE,
    build::WRITE_A_DOCKERIGNORE,
    build::RUN_BUILD_CHECKS,
    build::BUILD_WITH_BUILDKIT,
    build::SHARE_BUILD_CACHE,
    build::CHECK_BASE_PLATFORMS,
    build::REBUILD_OFTEN,
    run::RUN_IMAGE,
    run::WRITE_A_COMPOSE_FILE,
    run::READ_ONLY,
    run::DROP_PRIVILEGES,
    run::LIMIT_RESOURCES,
    run::PUBLISH_PORTS,
    run::KEEP_STATE_OUTSIDE,
    run::MOUNT_CONFIG,
    run::PASS_SECRETS,
    run::USE_AN_INIT_PROCESS,
    run::ENTRYPOINT_PLUS_CMD,
    inspect::SCAN_IMAGE,
    inspect::ANALYSE_LAYERS,
    inspect::REMOVE_SETUID_FILES,
    inspect::DEBUG_FROM_OUTSIDE,
    ship::ATTACH_ATTESTATIONS,
    ship::VERIFY_SIGNATURES,
    ship::COMPRESS_LAYERS,
];

/// What the commands are made with; the texts stay behind.
static ADVISERS: [Adviser; ADVICE.len()] = {
    let mut advisers = [Adviser::of(&ADVICE[0]); ADVICE.len()];
    let mut index = 0;
    while index < ADVICE.len() {
        #[allow(clippy::indexing_slicing, reason = "the compiler evaluates it")]
        {
            advisers[index] = Adviser::of(&ADVICE[index]);
        }
        index += 1;
    }
    advisers
};

/// Every advice with its texts.
pub fn all_advice() -> &'static [Advice] {
    static ALL: [Advice; ADVICE.len()] = ADVICE;
    &ALL
}

/// What there is to do with a Dockerfile. `report` is that of the same input; `name` is what the Dockerfile is called.
pub fn advise(input: &Input<'_>, report: &Report, name: &str) -> Counsel {
    advise_for(input, &report.file, &report.findings.iter().map(Found::of).into_list(), name)
}

/// As [`advise`], for whoever has the findings of the input and not its report. `file` is what its text is parsed to.
pub fn advise_for(input: &Input<'_>, file: &Dockerfile, found: &[Found], name: &str) -> Counsel {
    if file.is_fragment {
        return Counsel::silent("This is a snippet without `FROM`: there is no image yet to build or to run.");
    }
    let document = Document::new(file, input);
    let subject = match document.target() {
        Some(stage) if file.problems.is_empty() => Subject::of(&document, stage, found, input, name),
        _ => {
            return Counsel::silent(
                "BuildKit would refuse this file: mend what it stumbles over, and the commands come.",
            );
        }
    };
    let mut advised = Vec::new();
    for adviser in &ADVISERS {
        if let Some(given) = (adviser.give)(&subject) {
            advised.push(given.by(adviser));
        }
    }
    Counsel { advised, silence: None }
}
