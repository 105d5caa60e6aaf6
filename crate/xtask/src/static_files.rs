//! From the path of a request to a file of the site.

use std::path::{Path, PathBuf};

/// A folder of files, served below a prefix such as `/` or `/docs/playground/`.
pub struct StaticFiles {
    folder: PathBuf,
    prefix: String,
}

impl StaticFiles {
    /// `prefix` begins and ends with a slash.
    pub fn new(folder: PathBuf, prefix: &str) -> Self {
        Self { folder, prefix: prefix.to_owned() }
    }

    /// The file that a request's target names; nothing when it names none, or would leave the folder.
    pub fn find(&self, target: &str) -> Option<PathBuf> {
        let path = target.split(['?', '#']).next()?.strip_prefix(self.prefix.as_str())?;
        let path = percent_decode(path)?;
        // As every static host does, a folder answers with its own page.
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        let file = file.split('/').try_fold(self.folder.clone(), |folder, name| Some(folder.join(plain(name)?)))?;
        file.is_file().then_some(file)
    }

    /// Whether the target names a folder that has a page, and lacks the slash at its end: then the answer is the address with one.
    pub fn lacks_slash(&self, target: &str) -> bool {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        !path.ends_with('/') && self.find(&format!("{path}/")).is_some()
    }
}

/// A name that stays in its folder, on Windows too.
fn plain(name: &str) -> Option<&str> {
    let is_odd = name.is_empty() || name.starts_with('.') || name.contains(['\\', ':', '\0']);
    (!is_odd).then_some(name)
}

fn percent_decode(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        if digits.starts_with('+') {
            return None; // a number for Rust, and no hexadecimal digit
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

/// What a browser must be told that a file is; it compiles no module and runs no script under another type.
pub fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{StaticFiles, content_type};
    use std::path::{Path, PathBuf};

    /// This crate's own folder stands for a site.
    fn own() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn a_path_names_a_file_below_the_folder() {
        let site = StaticFiles::new(own(), "/");
        assert_eq!(site.find("/src/main.rs"), Some(own().join("src").join("main.rs")));
        assert_eq!(site.find("/src/main.rs?v=1"), Some(own().join("src").join("main.rs")));
        assert_eq!(site.find("/src/m%61in.rs"), Some(own().join("src").join("main.rs")));
    }

    #[test]
    fn only_files_are_found() {
        let site = StaticFiles::new(own(), "/");
        assert_eq!(site.find("/src"), None);
        assert_eq!(site.find("/src/"), None);
        assert_eq!(site.find("/none.rs"), None);
    }

    #[test]
    fn no_path_leaves_the_folder() {
        let site = StaticFiles::new(own().join("src"), "/");
        let attempts = [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/..\\Cargo.toml",
            "//etc/passwd",
            "/./main.rs",
            "/main.rs%00",
            "/c:/main.rs",
            "/%zz",
            "/%+1",
            "/%4",
            "/%ff",
            "main.rs",
            "",
        ];
        for attempt in attempts {
            assert_eq!(site.find(attempt), None, "{attempt}");
        }
    }

    #[test]
    fn a_site_below_a_prefix_is_nowhere_else() {
        let site = StaticFiles::new(own(), "/docs/playground/");
        assert!(site.find("/docs/playground/Cargo.toml").is_some());
        assert_eq!(site.find("/Cargo.toml"), None);
        assert_eq!(site.find("/docs/playground"), None);
    }

    #[test]
    fn scripts_and_modules_have_the_types_that_browsers_demand() {
        assert_eq!(content_type(Path::new("a/engine.0f.wasm")), "application/wasm");
        assert_eq!(content_type(Path::new("main.js")), "text/javascript; charset=utf-8");
        assert_eq!(content_type(Path::new("index.html")), "text/html; charset=utf-8");
        assert_eq!(content_type(Path::new("LICENSE")), "application/octet-stream");
    }
}
