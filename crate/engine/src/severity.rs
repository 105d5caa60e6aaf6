//! How bad a finding is.

/// How bad a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Breaks the build, leaks a secret or does harm at run time.
    Error,
    /// Worth mending before the image ships.
    Warning,
    /// Good advice.
    Info,
    /// A matter of taste; weighs nothing.
    Style,
}

impl Severity {
    /// Its place, counted from 0 for the worst.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Info => 2,
            Severity::Style => 3,
        }
    }

    /// Its stable name.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Style => "style",
        }
    }
}
