//! Rebuilding when a source changes. Looking at modification times twice a second costs nothing that one would notice.

use crate::{command, layout};
use anyhow::Result;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

const PAUSE: Duration = Duration::from_millis(500);

/// Below these lies all that the site is made from.
const SOURCES: [&str; 4] = ["Cargo.toml", "Cargo.lock", "crate", "web"];
/// Folders with these names are made by the build, or do not bear on it.
const IGNORED: [&str; 4] = ["dist", "generated", "node_modules", "tests"];

/// Every source, and when it was last written.
#[derive(PartialEq, Eq)]
pub struct Sources(BTreeMap<PathBuf, SystemTime>);

impl Sources {
    /// The sources as they are now.
    pub fn now() -> Self {
        let mut files = BTreeMap::new();
        for name in SOURCES {
            collect(&layout::root().join(name), &mut files);
        }
        Self(files)
    }
}

/// Rebuilds whenever the sources differ from those of the last build; never returns unless it cannot start cargo.
pub fn rebuild_on_change(mut built: Sources) -> Result<()> {
    loop {
        thread::sleep(PAUSE);
        let found = Sources::now();
        if found == built {
            continue;
        }
        built = found;
        // A process of its own, because rules and tasks are compiled into this program and may be what changed.
        let mut build = command::cargo("run");
        if let Err(error) = command::run(build.args(["--quiet", "--package", "xtask", "--", "build"])) {
            eprintln!("{error:#}. The last good build is still served.");
        }
    }
}

/// Files that vanish while one looks, or cannot be read, are passed over: the next look finds them.
fn collect(path: &Path, files: &mut BTreeMap<PathBuf, SystemTime>) {
    let Ok(facts) = fs::symlink_metadata(path) else {
        return;
    };
    if facts.is_dir() {
        if path.file_name().is_some_and(|name| IGNORED.iter().any(|ignored| name == *ignored)) {
            return;
        }
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            collect(&entry.path(), files);
        }
    } else if let Ok(modified) = facts.modified() {
        files.insert(path.to_owned(), modified);
    }
}

#[cfg(test)]
mod tests {
    use super::Sources;
    use crate::layout;

    #[test]
    fn sources_are_watched_and_what_is_made_from_them_is_not() {
        let Sources(files) = Sources::now();
        assert!(files.contains_key(&layout::root().join("crate/xtask/src/watch.rs")));
        assert!(files.contains_key(&layout::root().join("web/build.mjs")));
        assert!(!files.keys().any(|file| { file.components().any(|part| part.as_os_str() == "node_modules") }));
    }
}
