//! `.dockerignore`: which files stay out of the build context.
//!
//! The rules are those of Docker, which are not quite those of `.gitignore`: a pattern begins at the context's root, and the last match
//! decides. <https://docs.docker.com/build/concepts/context/#dockerignore-files>

mod pattern;

pub(crate) use pattern::Pattern;

use layerwise_syntax::list::IntoList;

/// The patterns of a `.dockerignore`.
#[derive(Debug, Clone, Default)]
pub struct Dockerignore {
    patterns: Vec<Pattern>,
}

impl Dockerignore {
    /// Reads a `.dockerignore`.
    pub fn read(text: &str) -> Dockerignore {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Dockerignore { patterns: text.lines().filter_map(Pattern::read).into_list() }
    }

    /// Whether a file or folder of the context, given by its path from the context's root, stays out of the context. What is in a folder
    /// that stays out does so too, unless an exception brings it back.
    pub fn excludes(&self, path: &str) -> bool {
        let path = clean(path);
        let mut is_excluded = false;
        for pattern in &self.patterns {
            // A pattern that would change nothing is not tried.
            if pattern.is_exception == is_excluded && pattern.matches(&path) {
                is_excluded = !pattern.is_exception;
            }
        }
        is_excluded
    }

    /// Whether an exception may bring back something that lies in a folder, and no later pattern takes the whole folder out again.
    pub fn may_bring_back_from(&self, folder: &str) -> bool {
        let folder = clean(folder);
        let last = self.patterns.iter().rev().find(|pattern| match pattern.is_exception {
            true => pattern.may_match_in(&folder),
            false => pattern.matches(&folder),
        });
        last.is_some_and(|pattern| pattern.is_exception)
    }

    /// Whether any pattern brings something back.
    pub fn has_exceptions(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.is_exception)
    }

    /// Whether it leaves out everything that no exception names.
    pub fn excludes_everything_first(&self) -> bool {
        self.patterns.iter().any(|pattern| !pattern.is_exception && pattern.is_everything)
    }
}

/// A path without `.`, doubled slashes and slashes at its ends, and without `..` where a folder stands before it. One that leads out of the
/// context keeps its `..`, and so nothing matches it.
pub(crate) fn clean(path: &str) -> String {
    let is_from_root = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_from_root => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a path is the whole build context, or all of what it is seen from.
pub(crate) fn is_whole(path: &str) -> bool {
    clean(path).is_empty()
}

#[cfg(test)]
mod tests {
    use super::Dockerignore;

    fn excludes(patterns: &str, path: &str) -> bool {
        Dockerignore::read(patterns).excludes(path)
    }

    #[test]
    fn a_pattern_takes_a_folder_with_all_that_is_in_it() {
        assert!(excludes("node_modules", "node_modules/left-pad/index.js"));
        assert!(!excludes("node_modules", "web/node_modules"), "a pattern begins at the root");
        assert!(!excludes("node", "node_modules"), "a name is meant whole");
        assert!(excludes("*/temp*", "web/temporary/a/b"), "a pattern takes the parents of a path too");
    }

    #[test]
    fn lines_are_read_as_docker_reads_them() {
        assert!(excludes("\u{feff}dist\n", "dist"), "a byte order mark is none of the pattern");
        assert!(!excludes("# dist\n", "dist"), "comments begin in the first column");
        assert!(excludes(" # dist", "# dist"), "and nowhere else");
        assert!(excludes("  dist \t\r\n", "dist"), "blanks around a pattern go");
        assert!(excludes("my file", "my file"), "those in it stay");
        assert!(excludes("/dist/\r\n", "dist/app.js"), "slashes at the ends mean nothing");
        assert!(excludes("./web/../dist", "dist"));
        assert!(excludes("/../dist", "dist") && !excludes("../dist", "dist"), "nothing is above the root");
        assert!(!excludes("\n\n!\n.\n", "dist"), "empty lines say nothing");
        assert!(!excludes("Dist", "dist"), "case matters");
        assert!(excludes("dist", "/dist/") && excludes("dist", "./dist"), "so the paths of a COPY are read");
    }

    #[test]
    fn an_exception_brings_back_and_the_last_match_decides() {
        assert!(!excludes("*\n!src", "src/main.rs"));
        assert!(excludes("*\n!src", "Cargo.toml"));
        assert!(excludes("*\n!src\nsrc/*.tmp", "src/a.tmp"));
        assert!(excludes("!dist\ndist", "dist"), "an exception before has no effect");
        assert!(!excludes("*.md\n! README.md", "README.md"), "blanks after the sign go");
        assert!(!excludes("docs\n!docs/index.md", "docs/index.md"), "it reaches into a folder that is left out");
        assert!(excludes("docs\n!docs/index.md", "docs/other.md"));
    }

    #[test]
    fn what_an_exception_may_bring_back_is_known() {
        let may = |patterns, folder| Dockerignore::read(patterns).may_bring_back_from(folder);
        assert!(
            !may("!docs/keep.md\ndocs", "docs")
                && may("docs\n!docs/keep.md", "docs")
                && may("!docs/keep.md\nsrc", "docs")
        );
        assert!(may("docs\n!docs/index.md", "docs"));
        assert!(may("*\n!**/keep", "docs/old"));
        assert!(!may("*\n!src", "docs"));
        assert!(!may("docs\n!docs.md", "docs"));
        assert!(may("*\n!src", "src"));
    }

    #[test]
    fn wildcards_stay_within_a_name() {
        assert!(excludes("*.md", "README.md"));
        assert!(!excludes("*.md", "docs/README.md"));
        assert!(excludes("*/*.md", "docs/README.md"));
        assert!(excludes("temp?", "temp1") && !excludes("temp?", "temp") && !excludes("a?b", "a/b"));
        assert!(excludes("*", ".env"), "a leading dot is no exception");
        assert!(excludes("a*/b", "a/b"), "a star may stand for nothing");
    }

    #[test]
    fn two_stars_stand_for_any_number_of_folders() {
        assert!(excludes("**/node_modules", "web/app/node_modules/a"));
        assert!(excludes("**/node_modules", "node_modules"), "or for none");
        assert!(excludes("docs/**/*.md", "docs/a/b/c.md") && excludes("docs/**/*.md", "docs/c.md"));
        assert!(!excludes("docs/**/*.md", "docsx/c.md"));
        assert!(excludes("**", "a/b") && excludes("**/*", "a") && excludes("**/**", "a/b/c"));
        assert!(excludes("dist/**", "dist/a/b") && !excludes("dist/**", "dist"), "of a folder only what is in it");
        assert!(
            excludes("**.log", "a.log") && excludes("**.log", "x/y/a.log"),
            "glued to a name at the start, to any text"
        );
        assert!(excludes("**/a.log", "x/a.log") && !excludes("**/a.log", "ba.log"));
        assert!(excludes("a**", "abc/d") && excludes("a**/x", "abc/d/x"));
    }

    #[test]
    fn classes_and_escapes() {
        assert!(excludes("[a-c]x", "bx") && !excludes("[a-c]x", "dx"));
        assert!(excludes("[^a-c]x", "dx") && !excludes("[^a-c]x", "bx"));
        assert!(excludes("[ab-]", "-"));
        assert!(excludes("\\*", "*") && !excludes("\\*", "a"));
        assert!(excludes("\\!important", "!important"));
        assert!(excludes("[\\]]x", "]x"));
        assert!(excludes("a.b+(c)", "a.b+(c)") && !excludes("a.b", "axb"), "other signs mean themselves");
        assert!(!excludes("[", "[") && !excludes("a\\", "a"), "a broken pattern matches nothing");
    }

    #[test]
    fn many_wildcards_end() {
        assert!(!excludes(&"**/a*".repeat(200), &"b/".repeat(2_000)));
        assert!(!excludes(&format!("{}b", "*".repeat(500)), &"a".repeat(5_000)));
    }
}
