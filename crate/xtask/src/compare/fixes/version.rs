//! The same files, mended in several ways.

use crate::compare::ours;
use crate::compare::peer::Program;
use crate::layout;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf, absolute};
use std::process::{Command, Stdio};

/// How the copies of the files were mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    Original,
    OursSafe,
    TallySafe,
    OursReview,
    TallyUnsafe,
}

impl Version {
    pub const ALL: [Version; 5] =
        [Version::Original, Version::OursSafe, Version::TallySafe, Version::OursReview, Version::TallyUnsafe];
    /// Those after a fixer.
    pub const MENDED: [Version; 4] = [Version::OursSafe, Version::TallySafe, Version::OursReview, Version::TallyUnsafe];

    /// Its name, for people and for its folder.
    pub fn name(self) -> &'static str {
        match self {
            Version::Original => "before",
            Version::OursSafe => "ours-safe",
            Version::TallySafe => "tally-safe",
            Version::OursReview => "ours-review",
            Version::TallyUnsafe => "tally-unsafe",
        }
    }
}

/// The files, and copies of them in every version. A file is named by its place in the list.
pub struct Versions {
    files: Vec<PathBuf>,
    /// Where the copies are.
    pub folder: PathBuf,
}

impl Versions {
    /// Copies the files, and mends the copies.
    pub fn make(files: Vec<PathBuf>, tally: &Program) -> Result<Versions> {
        let versions = Versions { files, folder: absolute(layout::target().join("fixes"))? };
        let folder = &versions.folder;
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
        }
        for version in Version::ALL {
            fs::create_dir_all(folder.join(version.name()))?;
            for (index, file) in versions.files.iter().enumerate() {
                let text = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
                fs::write(versions.copy(index, version), text)?;
            }
        }
        for (version, flag) in [(Version::OursSafe, None), (Version::OursReview, Some("--review"))] {
            mend(&versions.copies(version), flag)?;
        }
        for (version, takes_unsafe) in [(Version::TallySafe, false), (Version::TallyUnsafe, true)] {
            tally.fix(&versions.copies(version), takes_unsafe)?;
        }
        Ok(versions)
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The file itself.
    pub fn file(&self, index: usize) -> &Path {
        self.files.get(index).map_or(Path::new(""), PathBuf::as_path)
    }

    /// Its copy in a version.
    pub fn copy(&self, index: usize, version: Version) -> PathBuf {
        self.folder.join(version.name()).join(format!("{index:05}.Dockerfile"))
    }

    /// The copies of all files in a version.
    pub fn copies(&self, version: Version) -> Vec<PathBuf> {
        (0..self.len()).map(|index| self.copy(index, version)).collect()
    }

    /// The file of which this is a copy.
    pub fn index_of(copy: &Path) -> Option<usize> {
        copy.file_name()?.to_str()?.strip_suffix(".Dockerfile")?.parse().ok()
    }

    /// Whether a version of a file differs from the file.
    pub fn is_changed(&self, index: usize, version: Version) -> Result<bool> {
        Ok(fs::read(self.copy(index, version))? != fs::read(self.copy(index, Version::Original))?)
    }
}

/// Runs our `fix` over files. Its exit status tells of what is left in them, and nothing that matters here.
fn mend(files: &[PathBuf], flag: Option<&str>) -> Result<()> {
    const FILES_A_CALL: usize = 200;
    let program = ours::program()?;
    for files in files.chunks(FILES_A_CALL) {
        let mut fix = Command::new(&program);
        fix.arg("fix").args(flag).args(files).stdin(Stdio::null()).stderr(Stdio::null());
        fix.status().with_context(|| format!("{} cannot be started", program.display()))?;
    }
    Ok(())
}
