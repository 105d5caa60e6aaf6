//! Instructions.

use crate::{Arguments, Flag, Heredoc, Source, Word};
use text_size::TextRange;

/// One instruction with its continued lines and heredocs.
#[derive(Debug, Clone, PartialEq)]
pub struct Instruction {
    /// From the first character of the keyword to the last of the instruction, heredocs included.
    pub range: TextRange,
    /// The whole lines that it covers, with leading blanks and line endings.
    pub lines: TextRange,
    /// What it is.
    pub keyword: Keyword,
    /// The flags before its arguments, in order.
    pub flags: Vec<Flag>,
    /// Where its arguments are: after the flags, without heredoc bodies and blanks at the ends.
    pub arguments_range: TextRange,
    /// What its arguments say.
    pub arguments: Arguments,
    /// Its heredocs, in order.
    pub heredocs: Vec<Heredoc>,
    /// The comment lines among its continued lines, `#` to the end of the line.
    pub comments: Vec<TextRange>,
    /// The places where a line is continued: from the escape character to the start of the next line.
    pub continuations: Vec<TextRange>,
    /// Blank lines among its continued lines, which BuildKit skips and warns about.
    pub blank_lines: Vec<TextRange>,
}

impl Instruction {
    /// The first flag of this name.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.name == name)
    }

    /// All flags of this name.
    pub fn flags_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Flag> + 'a {
        self.flags.iter().filter(move |flag| flag.name == name)
    }

    /// The words in which the builder, and no shell, puts values for variables, and nothing for those that it does not know.
    pub fn expanded_words(&self) -> Vec<&Word> {
        let mut words = Vec::new();
        let flags: &[&str] = match self.kind() {
            InstructionKind::Add | InstructionKind::Copy => &["chown", "chmod", "checksum"],
            InstructionKind::Run => &["mount"],
            _ => &[],
        };
        for flag in &self.flags {
            words.extend(flag.value.as_ref().filter(|_| flags.contains(&flag.name.as_str())));
        }
        match &self.arguments {
            Arguments::Env(values) | Arguments::Label(values) => {
                for pair in &values.pairs {
                    words.extend([&pair.key, &pair.value]);
                }
            }
            Arguments::Arg(declarations) => {
                words.extend(declarations.iter().filter_map(|declaration| declaration.default.as_ref()));
            }
            Arguments::Add(copy) | Arguments::Copy(copy) => {
                for source in &copy.sources {
                    if let Source::Path(path) = source {
                        words.push(path);
                    }
                }
                words.push(&copy.destination);
            }
            Arguments::Stopsignal(word) | Arguments::User(word) | Arguments::Workdir(word) => words.push(word),
            Arguments::Volume { paths, .. } => words.extend(paths),
            _ => {}
        }
        words
    }

    /// What kind of instruction it is.
    pub fn kind(&self) -> InstructionKind {
        self.keyword.kind
    }
}

/// The word that names an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword {
    /// What it names.
    pub kind: InstructionKind,
    /// As written; its case does not matter.
    pub text: String,
    /// Where it is.
    pub range: TextRange,
}

/// The instructions of a Dockerfile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the instruction of its name")]
pub enum InstructionKind {
    Add,
    Arg,
    Cmd,
    Copy,
    Entrypoint,
    Env,
    Expose,
    From,
    Healthcheck,
    Label,
    Maintainer,
    Onbuild,
    Run,
    Shell,
    Stopsignal,
    User,
    Volume,
    Workdir,
    /// A word that names none of them.
    Unknown,
}

impl InstructionKind {
    /// Every kind that has a name, in the order of the alphabet.
    pub const ALL: [InstructionKind; 18] = [
        InstructionKind::Add,
        InstructionKind::Arg,
        InstructionKind::Cmd,
        InstructionKind::Copy,
        InstructionKind::Entrypoint,
        InstructionKind::Env,
        InstructionKind::Expose,
        InstructionKind::From,
        InstructionKind::Healthcheck,
        InstructionKind::Label,
        InstructionKind::Maintainer,
        InstructionKind::Onbuild,
        InstructionKind::Run,
        InstructionKind::Shell,
        InstructionKind::Stopsignal,
        InstructionKind::User,
        InstructionKind::Volume,
        InstructionKind::Workdir,
    ];

    /// Its name in upper case; empty for an unknown one.
    pub fn name(self) -> &'static str {
        match self {
            InstructionKind::Add => "ADD",
            InstructionKind::Arg => "ARG",
            InstructionKind::Cmd => "CMD",
            InstructionKind::Copy => "COPY",
            InstructionKind::Entrypoint => "ENTRYPOINT",
            InstructionKind::Env => "ENV",
            InstructionKind::Expose => "EXPOSE",
            InstructionKind::From => "FROM",
            InstructionKind::Healthcheck => "HEALTHCHECK",
            InstructionKind::Label => "LABEL",
            InstructionKind::Maintainer => "MAINTAINER",
            InstructionKind::Onbuild => "ONBUILD",
            InstructionKind::Run => "RUN",
            InstructionKind::Shell => "SHELL",
            InstructionKind::Stopsignal => "STOPSIGNAL",
            InstructionKind::User => "USER",
            InstructionKind::Volume => "VOLUME",
            InstructionKind::Workdir => "WORKDIR",
            InstructionKind::Unknown => "",
        }
    }

    /// The kind that a word names, in any case.
    pub fn of(word: &str) -> InstructionKind {
        InstructionKind::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(word))
            .unwrap_or(InstructionKind::Unknown)
    }

    /// The flags it takes.
    pub(crate) fn flags(self) -> &'static [FlagSpec] {
        match self {
            InstructionKind::Add => &ADD_FLAGS,
            InstructionKind::Copy => &COPY_FLAGS,
            InstructionKind::From => &FROM_FLAGS,
            InstructionKind::Healthcheck => &HEALTHCHECK_FLAGS,
            InstructionKind::Run => &RUN_FLAGS,
            _ => &[],
        }
    }

    pub(crate) fn takes_heredocs(self) -> bool {
        matches!(self, InstructionKind::Run | InstructionKind::Copy | InstructionKind::Add)
    }
}

/// A flag that an instruction takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FlagSpec {
    pub name: &'static str,
    pub needs_value: bool,
    pub may_repeat: bool,
}

impl FlagSpec {
    const fn value(name: &'static str) -> Self {
        FlagSpec { name, needs_value: true, may_repeat: false }
    }

    const fn list(name: &'static str) -> Self {
        FlagSpec { name, needs_value: true, may_repeat: true }
    }

    const fn switch(name: &'static str) -> Self {
        FlagSpec { name, needs_value: false, may_repeat: false }
    }
}

const ADD_FLAGS: [FlagSpec; 7] = [
    FlagSpec::value("chmod"),
    FlagSpec::value("chown"),
    FlagSpec::switch("link"),
    FlagSpec::switch("keep-git-dir"),
    FlagSpec::value("checksum"),
    FlagSpec::list("exclude"),
    FlagSpec::switch("unpack"),
];
const COPY_FLAGS: [FlagSpec; 6] = [
    FlagSpec::value("from"),
    FlagSpec::value("chmod"),
    FlagSpec::value("chown"),
    FlagSpec::switch("link"),
    FlagSpec::switch("parents"),
    FlagSpec::list("exclude"),
];
const FROM_FLAGS: [FlagSpec; 1] = [FlagSpec::value("platform")];
const HEALTHCHECK_FLAGS: [FlagSpec; 5] = [
    FlagSpec::value("interval"),
    FlagSpec::value("timeout"),
    FlagSpec::value("start-period"),
    FlagSpec::value("start-interval"),
    FlagSpec::value("retries"),
];
const RUN_FLAGS: [FlagSpec; 4] =
    [FlagSpec::list("mount"), FlagSpec::value("network"), FlagSpec::value("security"), FlagSpec::list("device")];
