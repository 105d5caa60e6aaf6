//! What is promised of every `.dockerignore`.

use layerwise_engine::dockerignore::Dockerignore;

/// Asks about a path, and about others that say the same or more, and holds the answers to their promises.
pub fn hold(patterns: &str, path: &str) {
    let ignore = Dockerignore::read(patterns);
    let is_out = ignore.excludes(path);
    // What is above the root is a question of where one begins.
    if path.contains("..") {
        return;
    }
    for same in [format!("./{path}"), format!("/{path}"), format!("{path}/"), format!("{path}/.")] {
        assert_eq!(ignore.excludes(&same), is_out, "{same:?} is {path:?}, for {patterns:?}");
    }
    if !ignore.has_exceptions() {
        let inside = ignore.excludes(&format!("{path}/x"));
        assert!(!is_out || inside, "what is in {path:?} stays out with it, for {patterns:?}");
        // The mark of the encoding is none in the midst of a file.
        let again = patterns.strip_prefix('\u{feff}').unwrap_or(patterns);
        let twice = Dockerignore::read(&format!("{patterns}\n{again}"));
        assert_eq!(twice.excludes(path), is_out, "said twice it means the same: {path:?}, for {patterns:?}");
    }
    let is_context = path.split('/').all(|part| matches!(part, "" | "."));
    if !is_context {
        let all = Dockerignore::read(&format!("{patterns}\n**"));
        assert!(all.excludes(path), "everything stays out: {path:?}, for {patterns:?}");
        let none = Dockerignore::read(&format!("{patterns}\n**\n!**"));
        assert!(!none.excludes(path), "everything is brought back: {path:?}, for {patterns:?}");
    }
}
