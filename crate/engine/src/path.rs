//! Paths as text.

/// What stands behind the last slash of a path, an address or an image's name; all of it where there is no slash. Nothing where it ends with
/// one: see [`name`].
pub fn last_part(path: &str) -> &str {
    // By bytes, because every program is asked for its name.
    let start = path.bytes().rposition(|byte| byte == b'/').map_or(0, |slash| slash + 1);
    path.get(start..).unwrap_or_default()
}

/// The name of the file or folder that a path leads to, whether or not it ends with a slash.
pub fn name(path: &str) -> &str {
    last_part(path.trim_end_matches('/'))
}

/// Whether a path rather leads to a file than to a folder, by its name; several files and what a variable stands for are neither.
pub fn looks_like_file(path: &str) -> bool {
    let name = name(path);
    !path.ends_with('/')
        && !matches!(name, "." | "..")
        && name.contains('.')
        && !name.contains(['*', '?', '[', '$', ':'])
}

#[cfg(test)]
mod tests {
    use super::{last_part, looks_like_file, name};

    #[test]
    fn a_file_is_known_by_its_name() {
        assert!(looks_like_file("a/app.conf") && looks_like_file(".npmrc"));
        for path in ["a/app", "a.d/", ".", "..", "a/..", "*.conf", "$A.conf", "file[12].txt", ""] {
            assert!(!looks_like_file(path), "{path}");
        }
    }

    #[test]
    fn a_path_is_named_for_its_last_part() {
        assert_eq!(
            [last_part("/usr/bin/env"), last_part("env"), last_part("/a/"), last_part("")],
            ["env", "env", "", ""]
        );
        assert_eq!([name("/usr/bin/env"), name("/a/b//"), name("/")], ["env", "b", ""]);
    }
}
