//! `.dockerignore`: which files stay out of the build context.

/// The patterns of a `.dockerignore`, the last match of which decides.
/// <https://docs.docker.com/build/concepts/context/#dockerignore-files>
#[derive(Debug, Clone, Default)]
pub struct Dockerignore {
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Pattern {
    /// Its parts between slashes; `**` stands for any number of folders.
    parts: Vec<String>,
    /// Whether it brings back what an earlier one left out: `!path`.
    is_exception: bool,
}

impl Dockerignore {
    /// Reads a `.dockerignore`.
    pub fn read(text: &str) -> Dockerignore {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Dockerignore { patterns: text.lines().filter_map(pattern).collect() }
    }

    /// Whether a file or folder of the context, given by its path from the context's root, stays out of the context. What is in a folder
    /// that stays out does so too, unless an exception brings it back.
    pub fn excludes(&self, path: &str) -> bool {
        let parts = clean(path);
        let mut is_excluded = false;
        for pattern in &self.patterns {
            let is_hit = pattern.is_exception == is_excluded && matches(&pattern.parts, &parts);
            if is_hit {
                is_excluded = !pattern.is_exception;
            }
        }
        is_excluded
    }

    /// Whether any pattern brings something back.
    pub fn has_exceptions(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.is_exception)
    }

    /// Whether it leaves out everything that no exception names.
    pub fn excludes_everything_first(&self) -> bool {
        self.patterns.iter().any(|pattern| {
            !pattern.is_exception && matches!(&pattern.parts[..], [one] if one == "*" || one == "**")
                || matches!(&pattern.parts[..], [first, second] if first == "**" && second == "*")
        })
    }
}

fn pattern(line: &str) -> Option<Pattern> {
    if line.starts_with('#') {
        return None;
    }
    let line = line.trim();
    let (is_exception, path) = match line.strip_prefix('!') {
        Some(path) => (true, path.trim()),
        None => (false, line),
    };
    let parts = clean(path);
    (!parts.is_empty()).then(|| Pattern { parts: parts.into_iter().map(str::to_owned).collect(), is_exception })
}

/// A path's parts, without `.` and `..` and without slashes at its ends.
fn clean(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// Whether a pattern matches a path or a folder that it lies in. Tracks every place of the pattern that may have been reached, so that many `**` cost
/// no more than the product of both lengths.
fn matches(pattern: &[String], path: &[&str]) -> bool {
    let mut reached = vec![false; pattern.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    skip_any_folders(pattern, &mut reached);
    for part in path {
        let mut next = vec![false; pattern.len() + 1];
        for (index, wanted) in pattern.iter().enumerate().filter(|(index, _)| reached.get(*index) == Some(&true)) {
            let is_any = wanted == "**";
            if (is_any || part_matches(wanted, part))
                && let Some(place) = next.get_mut(if is_any { index } else { index + 1 })
            {
                *place = true;
            }
        }
        skip_any_folders(pattern, &mut next);
        if next.last() == Some(&true) {
            return true;
        }
        reached = next;
    }
    false
}

/// `**` also stands for no folder at all.
fn skip_any_folders(pattern: &[String], reached: &mut [bool]) {
    for (index, part) in pattern.iter().enumerate() {
        if part == "**"
            && reached.get(index) == Some(&true)
            && let Some(next) = reached.get_mut(index + 1)
        {
            *next = true;
        }
    }
}

/// Whether a name matches a pattern of `*`, `?` and `[…]`. A broken pattern matches nothing.
fn part_matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut seen) = (0, 0);
    // Where the last `*` stood, and how much of the name it has taken.
    let mut star: Option<(usize, usize)> = None;
    while seen < name.len() {
        let step = match (pattern.get(at), name.get(seen)) {
            (Some('*'), _) => {
                star = Some((at, seen));
                at += 1;
                continue;
            }
            (Some('?'), Some(_)) => Some(1),
            (Some('['), Some(&character)) => class(pattern.get(at..).unwrap_or_default(), character),
            (Some('\\'), Some(character)) if pattern.get(at + 1) == Some(character) => Some(2),
            (Some('\\'), _) => None,
            (Some(wanted), Some(character)) if wanted == character => Some(1),
            _ => None,
        };
        match (step, star) {
            (Some(length), _) => {
                at += length;
                seen += 1;
            }
            (None, Some((star_at, taken))) => {
                star = Some((star_at, taken + 1));
                at = star_at + 1;
                seen = taken + 1;
            }
            (None, None) => return false,
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|&rest| rest == '*')
}

/// The length of a class such as `[a-z]` or `[^0]` at the start of a pattern, if a character is in it.
fn class(pattern: &[char], character: char) -> Option<usize> {
    let is_negated = matches!(pattern.get(1), Some('^'));
    let mut at = if is_negated { 2 } else { 1 };
    let first = at;
    let mut is_member = false;
    loop {
        match pattern.get(at)? {
            ']' if at > first => return (is_member != is_negated).then_some(at + 1),
            &low => {
                let high = match (pattern.get(at + 1), pattern.get(at + 2)) {
                    (Some('-'), Some(&high)) if high != ']' => {
                        at += 2;
                        high
                    }
                    _ => low,
                };
                is_member |= (low..=high).contains(&character);
                at += 1;
            }
        }
    }
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
        assert!(excludes("**/node_modules\n", "web/node_modules/a"));
        assert!(excludes("**/node_modules", "node_modules"), "`**` may stand for nothing");
        assert!(excludes("/dist/\r\n", "dist/app.js"));
    }

    #[test]
    fn an_exception_brings_back_and_the_last_match_decides() {
        assert!(!excludes("*\n!src", "src/main.rs"));
        assert!(excludes("*\n!src\nsrc/*.tmp", "src/a.tmp"));
        assert!(excludes("*\n!src", "Cargo.toml"));
    }

    #[test]
    fn wildcards_stay_within_a_name() {
        assert!(excludes("*.md", "README.md"));
        assert!(!excludes("*.md", "docs/README.md"));
        assert!(excludes("docs/**/*.md", "docs/a/b/c.md"));
        assert!(excludes("temp?", "temp1"));
        assert!(excludes("[a-c]x", "bx") && !excludes("[^a-c]x", "bx"));
        assert!(!excludes("[", "["), "a broken pattern matches nothing");
        assert!(!excludes("# dist\n", "dist"));
    }

    #[test]
    fn many_wildcards_end() {
        assert!(!excludes(&"**/a*".repeat(200), &"b/".repeat(2_000)));
        assert!(!excludes(&format!("{}b", "*".repeat(500)), &"a".repeat(5_000)));
    }
}
