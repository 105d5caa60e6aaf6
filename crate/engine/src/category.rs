//! The categories that findings belong to.

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// The right base image: minimal, suited, maintained, pinned.
    BaseImage,
    /// Building in one stage and shipping another.
    MultiStage,
    /// Few layers, each cleaned in place.
    Layers,
    /// No root, no leaked secret, a small attack surface.
    Security,
    /// Steps in the order that keeps the cache.
    Caching,
    /// Environment and configuration.
    Config,
    /// Nothing in the image that nobody needs.
    Size,
    /// The file builds, and the image runs.
    Correctness,
    /// Matters of taste. They weigh nothing and have no bar.
    Style,
    /// What ShellCheck says about scripts. It weighs nothing, so that the score does not wait for it, and has no bar.
    Shell,
}

impl Category {
    /// The categories that have a bar of their own in the score, in the order in which they are shown.
    pub const SCORED: [Category; 8] = [
        Category::BaseImage,
        Category::MultiStage,
        Category::Layers,
        Category::Security,
        Category::Caching,
        Category::Config,
        Category::Size,
        Category::Correctness,
    ];

    /// Its stable id.
    pub fn id(self) -> &'static str {
        match self {
            Category::BaseImage => "base-image",
            Category::MultiStage => "multi-stage",
            Category::Layers => "layers",
            Category::Security => "security",
            Category::Caching => "caching",
            Category::Config => "config",
            Category::Size => "size",
            Category::Correctness => "correctness",
            Category::Style => "style",
            Category::Shell => "shell",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Category::BaseImage => "Base image",
            Category::MultiStage => "Multi-stage",
            Category::Layers => "Layers",
            Category::Security => "Security",
            Category::Caching => "Caching",
            Category::Config => "Configuration",
            Category::Size => "Image size",
            Category::Correctness => "Builds and runs",
            Category::Style => "Style",
            Category::Shell => "Shell",
        }
    }
}
