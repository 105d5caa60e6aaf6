//! Sources that are not in the build context.

/// Whether a source of `ADD` is downloaded.
pub(crate) fn is_http(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// Whether a source of `ADD` is a Git repository that cannot be a path of the context.
/// <https://docs.docker.com/reference/dockerfile/#add-git-repository-url>
pub(crate) fn is_git(source: &str) -> bool {
    if source.starts_with("git://") || source.starts_with("ssh://") || source.starts_with("git@") {
        return true;
    }
    let address = source.split(['#', '?']).next().unwrap_or_default();
    is_http(source) && address.ends_with(".git")
}

#[cfg(test)]
mod tests {
    use super::{is_git, is_http};

    #[test]
    fn sources_are_told_by_how_they_begin() {
        assert!(is_http("https://example.com/a.tgz") && !is_git("https://example.com/a.tgz"));
        assert!(is_git("https://example.com/a.git#main:docs") && is_git("git@example.com:a/b.git"));
        assert!(!is_http("httpd.conf") && !is_git("git/config"));
    }
}
