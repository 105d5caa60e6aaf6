//! What goes in and what comes out.

use std::ops::Range;

/// The shell that reads a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// Some `/bin/sh`: what POSIX does not define is reported.
    Sh,
    /// Debian's `dash`: POSIX, and `local`, `echo -n` and a few more.
    Dash,
    /// The `ash` of BusyBox: what `dash` has, and some of bash's.
    BusyBox,
    /// `bash`.
    Bash,
    /// `ksh`.
    Ksh,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Dialect; 5] = [Dialect::Sh, Dialect::Dash, Dialect::BusyBox, Dialect::Bash, Dialect::Ksh];

    /// The name that ShellCheck knows it by, as in `shellcheck --shell=dash`.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Sh => "sh",
            Dialect::Dash => "dash",
            Dialect::BusyBox => "busybox",
            Dialect::Bash => "bash",
            Dialect::Ksh => "ksh",
        }
    }

    /// The dialect of a name.
    pub fn from_name(name: &str) -> Option<Dialect> {
        Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)
    }
}

/// A script to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Script<'a> {
    /// Its text.
    pub text: &'a str,
    /// The shell that reads it.
    pub dialect: Dialect,
    /// Whether that shell is called with `-e`, so that the first command that fails ends it.
    pub stops_at_errors: bool,
    /// Variables that are set before it runs. Each counts as holding a value that needs no quotes. What is no name of a variable is passed over.
    pub known: &'a [&'a str],
}

impl<'a> Script<'a> {
    /// A script that nothing is known about.
    pub fn new(text: &'a str, dialect: Dialect) -> Self {
        Script { text, dialect, stops_at_errors: false, known: &[] }
    }
}

/// How bad ShellCheck thinks a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// It does not do what was meant.
    Error,
    /// It probably does not.
    Warning,
    /// It may not, with some values.
    Info,
    /// It could be said better.
    Style,
}

impl Level {
    /// Every level, the worst first.
    pub const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Info, Level::Style];

    /// The name that ShellCheck has for it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "info",
            Level::Style => "style",
        }
    }
}

/// One thing about a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellFinding {
    /// ShellCheck's number for it: 2086 for `SC2086`.
    pub code: u16,
    /// How bad it is.
    pub level: Level,
    /// What is the matter, as a sentence without a full stop.
    pub message: String,
    /// Where, in bytes of the script's text.
    pub range: Range<usize>,
    /// A mend, where one is known.
    pub fix: Option<ShellFix>,
}

/// A mend for a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShellFix {
    /// What it does, as an imperative.
    pub label: String,
    /// Whether the script does the same after it, whatever the variables hold. Otherwise a person must look at it.
    pub is_safe: bool,
    /// What takes the place of what: ranges of bytes of the script's text, in order and apart.
    pub edits: Vec<(Range<usize>, String)>,
}
