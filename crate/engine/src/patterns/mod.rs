//! How a build in two stages is written, for each language: shown where no fix can do it.
//!
//! Constants, so that a program which uses none of them does not carry their texts.

/// A small Dockerfile, complete and right, to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// What findings call it; see [`Finding::pattern`](crate::Finding::pattern).
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The Dockerfile.
    pub text: &'static str,
}

const fn pattern(id: &'static str, title: &'static str, text: &'static str) -> Pattern {
    Pattern { id, title, text }
}

/// Every pattern.
pub const PATTERNS: &[Pattern] = &[
    pattern("go", "Go", include_str!("go.Dockerfile")),
    pattern("rust", "Rust", include_str!("rust.Dockerfile")),
    pattern("c", "C with make", include_str!("c.Dockerfile")),
    pattern("cpp", "C++ with CMake", include_str!("cpp.Dockerfile")),
    pattern("maven", "Java with Maven", include_str!("maven.Dockerfile")),
    pattern("gradle", "Java with Gradle", include_str!("gradle.Dockerfile")),
    pattern("dotnet", ".NET", include_str!("dotnet.Dockerfile")),
    pattern("node", "Node.js with a build", include_str!("node.Dockerfile")),
    pattern("node-static", "A front end that a web server serves", include_str!("node-static.Dockerfile")),
    pattern("python", "Python", include_str!("python.Dockerfile")),
    pattern("php", "PHP with Composer", include_str!("php.Dockerfile")),
    pattern("ruby", "Ruby with Bundler", include_str!("ruby.Dockerfile")),
];

/// The rules whose findings name a pattern.
pub const RULES: &[&str] =
    &["single-stage-build", "build-tools-in-final-stage", "sdk-base-in-final-stage", "dev-dependencies-in-final-stage"];
