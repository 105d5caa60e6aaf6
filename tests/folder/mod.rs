//! Folders of Dockerfiles.

#![allow(dead_code, reason = "not every test asks for every folder")]

use std::fs;
use std::path::{Path, PathBuf};

/// Our own Dockerfiles.
pub fn own_dockerfiles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A larger collection of other people's Dockerfiles, where there is one: the folder that `LAYERWISE_CORPUS` names.
pub fn other_peoples_dockerfiles() -> Option<PathBuf> {
    std::env::var_os("LAYERWISE_CORPUS").map(PathBuf::from)
}

/// The files of a folder that are named `*.Dockerfile`, in the order of their names, with what stands in them. There must be some.
pub fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "Dockerfile"));
    assert!(!paths.is_empty(), "{} holds files named *.Dockerfile", folder.display());
    paths.sort();
    let read = |path: PathBuf| {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// Holds our own Dockerfiles, each with its name and its text, to the snapshots of a folder.
pub fn hold_to_snapshots(folder: &str, hold: impl Fn(&str, &str)) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (path, text) in texts(&own_dockerfiles()) {
            hold(path.file_stem().unwrap().to_str().unwrap(), &text);
        }
    });
}
