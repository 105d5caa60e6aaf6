//! From which commit a build is made.
//!
//! The command line says it, and the page does: so one can tell whether both are the same program.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How much of a commit's name is said: enough to be the only one, and short enough to be compared by eye.
const DIGITS: usize = 12;

/// What a program is made of: other changes make no other program.
pub const PROGRAM: &[&str] = &["crate", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo"];

/// A commit of a repository, and whether the files there are as it has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The first twelve digits of its name.
    pub name: String,
    /// Whether a file that counts is another than the commit's.
    pub has_changes: bool,
}

impl Commit {
    /// The commit that is checked out in the folder `root`; nothing where that is no repository of its own, as after unpacking an archive.
    ///
    /// `paths` below it are what is asked after changes.
    pub fn of(root: &Path, paths: &[&str]) -> Option<Self> {
        // An archive that lies in somebody else's repository is not of that repository.
        if !git(root, &["rev-parse", "--show-cdup"])?.is_empty() {
            return None;
        }
        let name: String = git(root, &["rev-parse", "--verify", "HEAD"])?.chars().take(DIGITS).collect();
        let mut status = vec!["status", "--porcelain", "--untracked-files=no", "--"];
        status.extend(paths);
        let has_changes = git(root, &status).is_none_or(|changed| !changed.is_empty());
        Some(Self { name, has_changes })
    }
}

impl fmt::Display for Commit {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "commit {}", self.name)?;
        if self.has_changes { formatter.write_str(" with changes") } else { Ok(()) }
    }
}

/// In words, where there may be no commit.
pub fn in_words(commit: Option<&Commit>) -> String {
    commit.map_or_else(|| "built outside of git".to_owned(), Commit::to_string)
}

/// The files of git that are others after the next commit, or after another was checked out.
pub fn signs(root: &Path) -> Vec<PathBuf> {
    let place = |name| git(root, &["rev-parse", "--git-path", name]);
    let places = ["HEAD", "logs/HEAD"].into_iter().filter_map(place).map(|path| root.join(path));
    places.filter(|path| path.exists()).collect()
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(root).args(arguments).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Commit, git, in_words};
    use std::path::PathBuf;
    use std::{env, fs, process};

    /// An empty folder, which goes when the test is over.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = env::temp_dir().join(format!("layerwise-commit-{name}-{}", process::id()));
            fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn git(&self, arguments: &[&str]) -> String {
            let own = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
            git(&self.0, &[&own, arguments].concat()).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn a_commit_is_told_and_so_are_changes_of_what_counts() {
        let folder = Folder::new("changes");
        let file = |name: &str, text: &str| fs::write(folder.0.join(name), text).unwrap();
        folder.git(&["init", "--quiet"]);
        file("program", "1");
        file("notes", "1");
        folder.git(&["add", "."]);
        folder.git(&["commit", "--quiet", "--message", "first"]);
        let name: String = folder.git(&["rev-parse", "HEAD"]).chars().take(12).collect();

        let commit = Commit::of(&folder.0, &["program"]).unwrap();
        assert_eq!(in_words(Some(&commit)), format!("commit {name}"));
        file("notes", "2");
        assert_eq!(Commit::of(&folder.0, &["program"]), Some(commit));
        file("program", "2");
        let changed = Commit::of(&folder.0, &["program"]);
        assert_eq!(in_words(changed.as_ref()), format!("commit {name} with changes"));
    }

    #[test]
    fn a_folder_in_another_repository_has_no_commit_of_its_own() {
        let folder = Folder::new("inner");
        folder.git(&["init", "--quiet"]);
        folder.git(&["commit", "--quiet", "--allow-empty", "--message", "first"]);
        let inner = folder.0.join("inner");
        fs::create_dir(&inner).unwrap();
        assert!(Commit::of(&folder.0, &[]).is_some());
        assert_eq!(Commit::of(&inner, &[]), None);
        assert_eq!(in_words(None), "built outside of git");
    }
}
