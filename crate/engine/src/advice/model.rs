//! The shape of an advice: one value that carries everything.

use super::Subject;
use crate::category::Category;
use crate::code::Code;
use crate::secret_value::redacted;

/// Something to do with an image that no Dockerfile shows.
///
/// The page's texts, the command line's and the tests are derived from this value.
#[derive(Debug, Clone, Copy)]
pub struct Advice {
    /// Stable.
    pub id: &'static str,
    /// What it is about.
    pub category: Category,
    /// When its time is.
    pub moment: Moment,
    /// What to do, in a few words.
    pub title: &'static str,
    /// What comes of it, and what it costs. Paragraphs are set apart by empty lines.
    pub why: &'static str,
    /// Public documentation.
    pub references: &'static [&'static str],
    /// What other tools call it.
    pub codes: &'static [Code],
    /// The commands for a file; `None` where the advice has nothing to say about it.
    pub(super) give: fn(&Subject<'_>) -> Option<Given>,
}

/// The part of an [`Advice`] that the commands need: the texts stay out of the WebAssembly module.
#[derive(Clone, Copy)]
pub(super) struct Adviser {
    id: &'static str,
    moment: Moment,
    pub give: fn(&Subject<'_>) -> Option<Given>,
}

impl Adviser {
    /// Evaluated by the compiler, it leaves the texts behind.
    pub const fn of(advice: &Advice) -> Adviser {
        Adviser { id: advice.id, moment: advice.moment, give: advice.give }
    }
}

/// When the time of an advice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// While the image is built.
    Build,
    /// While containers run.
    Run,
    /// When the image is there.
    Inspect,
    /// When others are to use it.
    Ship,
}

impl Moment {
    /// Its stable id.
    pub fn id(self) -> &'static str {
        match self {
            Moment::Build => "build",
            Moment::Run => "run",
            Moment::Inspect => "inspect",
            Moment::Ship => "ship",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Moment::Build => "Build it",
            Moment::Run => "Run it",
            Moment::Inspect => "Look into it",
            Moment::Ship => "Ship it",
        }
    }
}

/// What there is to do with a Dockerfile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counsel {
    /// What applies, in the order of [`all_advice`](super::all_advice).
    pub advised: Vec<Advised>,
    /// Why there is none, in a sentence.
    pub silence: Option<&'static str>,
}

impl Counsel {
    pub(super) fn silent(why: &'static str) -> Counsel {
        Counsel { advised: Vec::new(), silence: Some(why) }
    }
}

/// An advice, as it applies to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advised {
    /// The advice's id.
    pub id: &'static str,
    /// When its time is.
    pub moment: Moment,
    /// What to run, or to write into a file.
    pub listings: Vec<Listing>,
    /// Sentences about this file: what is a placeholder, what was left out, why something is in there.
    pub notes: Vec<String>,
}

/// Text to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// What reads it.
    pub language: Language,
    /// Ends without a line break.
    pub text: String,
}

/// What reads a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// A POSIX shell.
    Shell,
    /// Docker Compose.
    Compose,
    /// Docker, when it gathers the build context.
    Dockerignore,
}

impl Language {
    /// The name of the file that it belongs into; none for commands.
    pub fn file(self) -> Option<&'static str> {
        match self {
            Language::Shell => None,
            Language::Compose => Some("compose.yaml"),
            Language::Dockerignore => Some(".dockerignore"),
        }
    }
}

/// What an advice has to say about a file.
pub(super) struct Given {
    listings: Vec<Listing>,
    notes: Vec<String>,
}

impl Given {
    pub fn new(language: Language, text: String) -> Given {
        Given { listings: Vec::new(), notes: Vec::new() }.and(language, text)
    }

    /// Commands, one under the other.
    pub fn shell(commands: &[String]) -> Given {
        Given::new(Language::Shell, commands.join("\n"))
    }

    pub fn and(mut self, language: Language, text: String) -> Given {
        // What stands in the file may hold a secret, and commands travel.
        self.listings.push(Listing { language, text: redacted(text) });
        self
    }

    /// Says something about this file; an empty text says nothing.
    pub fn note(mut self, note: impl Into<String>) -> Given {
        let note = note.into();
        if !note.is_empty() {
            self.notes.push(redacted(note));
        }
        self
    }

    pub fn by(self, adviser: &Adviser) -> Advised {
        Advised { id: adviser.id, moment: adviser.moment, listings: self.listings, notes: self.notes }
    }
}
