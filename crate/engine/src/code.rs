//! What other tools call the same findings.

use crate::table::Listed;

/// A tool whose codes people already know, write in suppression comments and search for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the tool of its name")]
pub enum Tool {
    Hadolint,
    Buildkit,
    Trivy,
    Checkov,
    Kics,
    Dockle,
    Cis,
    Semgrep,
    Parfum,
    Tally,
    Droast,
    Dockerfilelint,
    Shellcheck,
}

impl Tool {
    /// Its name as its users write it.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Hadolint => "hadolint",
            Tool::Buildkit => "BuildKit",
            Tool::Trivy => "Trivy",
            Tool::Checkov => "Checkov",
            Tool::Kics => "KICS",
            Tool::Dockle => "dockle",
            Tool::Cis => "CIS",
            Tool::Semgrep => "Semgrep",
            Tool::Parfum => "Parfum",
            Tool::Tally => "tally",
            Tool::Droast => "droast",
            Tool::Dockerfilelint => "dockerfilelint",
            Tool::Shellcheck => "ShellCheck",
        }
    }
}

/// A finding's name in another tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    /// The tool.
    pub tool: Tool,
    /// Its code, such as `DL3006`.
    pub code: &'static str,
}

impl Code {
    /// Whether the tool reports it without being asked to. Codes that it has given up live on in comments.
    pub fn is_on_by_default(&self) -> bool {
        const OPTIONAL: &str = "DL1001 DL3057 InvalidDefinitionDescription";
        const RETIRED: &str = "DL3005 DL3017 DL3031 DL3039";
        !self.code.is_one_of(OPTIONAL) && !self.code.is_one_of(RETIRED)
    }
}

macro_rules! constructors {
    ($($name:ident => $tool:ident),* $(,)?) => {$(
        #[doc = concat!("A code of ", stringify!($tool), ".")]
        pub const fn $name(code: &'static str) -> Code {
            Code { tool: Tool::$tool, code }
        }
    )*};
}

constructors! {
    hadolint => Hadolint,
    buildkit => Buildkit,
    trivy => Trivy,
    checkov => Checkov,
    kics => Kics,
    dockle => Dockle,
    cis => Cis,
    semgrep => Semgrep,
    parfum => Parfum,
    tally => Tally,
    droast => Droast,
    dockerfilelint => Dockerfilelint,
    shellcheck => Shellcheck,
}
