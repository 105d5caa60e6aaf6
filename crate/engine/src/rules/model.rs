//! The shape of a rule: one value that carries everything.

use crate::category::Category;
use crate::code::Code;
use crate::config::Config;
use crate::document::Document;
use crate::report::Reporter;
use crate::score::weight;
use crate::severity::Severity;
use layerwise_syntax::list::IntoList;

/// A practice that is checked, explained, taught and, where that can be right, mended.
///
/// Tests, the page's explanations, the rule pages and the catalogue are derived from this value.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable, and the name of the rule's file with dashes.
    pub id: &'static str,
    /// What it is about.
    pub category: Category,
    /// What a finding weighs, unless its case says otherwise.
    pub severity: Severity,
    /// Whether it is run unless somebody asks for it. Rules that are off are matters of a team's own taste, or need a setting.
    pub is_on: bool,
    /// Which stages it looks at.
    pub scope: Scope,
    /// Codes of other tools for the rule as a whole. Those for one case only stand with the case.
    pub codes: &'static [Code],
    /// Its cases; empty for a rule that has just one thing to say.
    pub cases: &'static [Case],
    /// Rules whose findings on the same instruction are hidden when this one reports it, so that nothing is said twice.
    pub supersedes: &'static [&'static str],
    /// The class of problem, in a few words.
    pub title: &'static str,
    /// What to do, in one sentence.
    pub summary: &'static str,
    /// What happens in the build, why that hurts, and what to do about it. Paragraphs are set apart by empty lines.
    pub why: &'static str,
    /// When a finding may be left alone.
    pub leave_it_when: &'static str,
    /// Public documentation.
    pub references: &'static [&'static str],
    /// What a safe fix may change in the build; empty where there is none.
    pub fix_changes: &'static [Change],
    /// Dockerfiles that show it; every one is run as a test. The first flagged one and the first clean one are shown to people as
    /// the bad and the good way.
    pub examples: &'static [Example],
    /// Looks at a document and reports.
    pub check: fn(&Document<'_>, &mut Reporter<'_>),
}

impl Rule {
    /// What other tools call it, the codes of its cases included, in order.
    pub fn all_codes(&self) -> Vec<Code> {
        let mut codes: Vec<Code> =
            self.codes.iter().chain(self.cases.iter().flat_map(|case| case.codes)).copied().into_list();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// The example that shows people the bad way.
    pub fn bad(&self) -> Option<&Example> {
        self.examples.iter().find(|example| example.outcome != Outcome::Clean)
    }

    /// The example that shows people the good way: what the fix makes of the bad one, where there is a fix, and else the first without findings.
    pub fn good(&self) -> Option<Example> {
        let mended = self.bad().and_then(|bad| match bad.outcome {
            Outcome::Safe(text) | Outcome::Review(text) => Some(Example { text, outcome: Outcome::Clean, ..*bad }),
            Outcome::Clean | Outcome::Unfixed => None,
        });
        mended.or_else(|| self.examples.iter().find(|example| example.outcome == Outcome::Clean).copied())
    }
}

/// The part of a [`Rule`] that a check needs. The texts stay out of the WebAssembly module, where they would be most of its
/// weight: the page loads them as data.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// See [`Rule::id`].
    pub id: &'static str,
    /// See [`Rule::category`].
    pub category: Category,
    /// See [`Rule::severity`].
    pub severity: Severity,
    /// See [`Rule::is_on`].
    pub is_on: bool,
    /// See [`Rule::scope`].
    pub scope: Scope,
    /// See [`Rule::codes`].
    pub codes: &'static [Code],
    /// See [`Rule::cases`].
    pub cases: &'static [Case],
    /// See [`Rule::supersedes`].
    pub supersedes: &'static [&'static str],
    /// See [`Rule::fix_changes`].
    pub fix_changes: Changes,
    /// See [`Rule::check`].
    pub run: fn(&Document<'_>, &mut Reporter<'_>),
}

impl Check {
    /// Takes the part of a rule that a check needs. Evaluated by the compiler, it leaves the texts behind.
    pub const fn of(rule: &Rule) -> Check {
        Check {
            id: rule.id,
            category: rule.category,
            severity: rule.severity,
            is_on: rule.is_on,
            scope: rule.scope,
            codes: rule.codes,
            cases: rule.cases,
            supersedes: rule.supersedes,
            fix_changes: Changes::of(rule.fix_changes),
            run: rule.check,
        }
    }

    /// Whether anything that the rule finds may count for the score, when nobody has set anything.
    pub fn may_weigh(&self) -> bool {
        let severities = self.cases.iter().map(|case| case.severity.unwrap_or(self.severity));
        let weighs = |severity: Severity| weight(severity) > 0.0;
        self.is_on && if self.cases.is_empty() { weighs(self.severity) } else { severities.into_iter().any(weighs) }
    }

    /// The case of this id.
    pub fn case(&self, id: &str) -> Option<&'static Case> {
        self.cases.iter().find(|case| case.id == id)
    }
}

/// Which stages a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The text itself.
    File,
    /// Every stage.
    All,
    /// Stages whose bytes reach the image. Stages for development and tests are not meant.
    Shipped,
    /// What is in force in the final stage. A final stage for development or tests is not meant.
    Final,
}

/// One of the things that a rule may have to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Unique within the rule.
    pub id: &'static str,
    /// Instead of the rule's.
    pub severity: Option<Severity>,
    /// Codes of other tools for this case only.
    pub codes: &'static [Code],
    /// Whether it is shown. Cases that are off exist to answer as another tool does; they may look at stages outside the
    /// rule's scope.
    pub is_on: bool,
}

impl Case {
    /// A case with the rule's severity, and no codes of its own.
    pub const fn new(id: &'static str) -> Case {
        Case { id, severity: None, codes: &[], is_on: true }
    }

    /// Sets its severity.
    pub const fn severity(self, severity: Severity) -> Case {
        Case { severity: Some(severity), ..self }
    }

    /// Sets its codes.
    pub const fn codes(self, codes: &'static [Code]) -> Case {
        Case { codes, ..self }
    }

    /// Switches it off.
    pub const fn off(self) -> Case {
        Case { is_on: false, ..self }
    }
}

/// What a safe fix may change in the build. Everything else that a build plan tells stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing: the same build, however it is written.
    Nothing,
    /// Fewer or other layers with the same content.
    Layers,
    /// A command is added that removes files which nothing at run time reads, such as a package index.
    UnusedFiles,
    /// A package index that is fresher.
    Freshness,
    /// A variable is no longer set in containers, or one is for the programs of the build.
    Environment,
    /// Labels.
    Labels,
    /// The process that runs: without a shell around it; the signal that stops it.
    Process,
    /// Ports, written as they are meant.
    Ports,
    /// How a health check tells of its failure.
    Healthcheck,
    /// Options of a command that do not change what it is for, such as `--yes` or one that leaves no cache.
    Options,
    /// Other words for the same command, or another order of them.
    Wording,
    /// A command is gone whose work is done without it.
    Redundant,
    /// Owner and mode of copied files, as a later command had set them or as they have to be.
    Modes,
    /// The text of a file that the Dockerfile holds.
    Contents,
    /// A failure stops the build that went by unnoticed.
    Strictness,
    /// Where a cache is mounted while a step runs.
    Mounts,
}

/// A set of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes(u16);

impl Changes {
    /// The set of these.
    pub const fn of(changes: &[Change]) -> Changes {
        let mut bits = 0;
        let mut rest = changes;
        while let [first, others @ ..] = rest {
            bits |= first.bit();
            rest = others;
        }
        Changes(bits)
    }

    /// Whether it is in the set.
    pub const fn contain(self, change: Change) -> bool {
        self.0 & change.bit() != 0
    }

    /// What is in one of two sets.
    pub const fn and(self, other: Changes) -> Changes {
        Changes(self.0 | other.0)
    }
}

impl Change {
    const fn bit(self) -> u16 {
        let place = match self {
            Change::Nothing => 0,
            Change::Layers => 1,
            Change::UnusedFiles => 2,
            Change::Freshness => 3,
            Change::Environment => 4,
            Change::Labels => 5,
            Change::Process => 6,
            Change::Ports => 7,
            Change::Healthcheck => 8,
            Change::Options => 9,
            Change::Wording => 10,
            Change::Redundant => 11,
            Change::Modes => 12,
            Change::Contents => 13,
            Change::Strictness => 14,
            Change::Mounts => 15,
        };
        1 << place
    }
}

/// A Dockerfile that shows what a rule does. `«` and `»` mark the exact range of each finding.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The Dockerfile, with marks.
    pub text: &'static str,
    /// The case of its findings; empty where the rule has none.
    pub case: &'static str,
    /// What the findings' fixes make of it.
    pub outcome: Outcome,
    /// The `.dockerignore` beside it, if there is one.
    pub dockerignore: Option<&'static str>,
    /// The settings under which it is checked. The rule and the case that it shows are on without being named here.
    pub config: Config<'static>,
}

/// What becomes of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is nothing to report.
    Clean,
    /// There are findings, and none has a fix.
    Unfixed,
    /// Safe fixes give this text.
    Safe(&'static str),
    /// Fixes that want review give this text.
    Review(&'static str),
}

impl Example {
    /// Names the case that its findings have.
    pub const fn case(self, case: &'static str) -> Example {
        Example { case, ..self }
    }

    /// The Dockerfile without its marks.
    pub fn plain_text(&self) -> String {
        self.text.replace(['«', '»'], "")
    }

    /// Puts a `.dockerignore` beside it.
    pub const fn dockerignore(self, text: &'static str) -> Example {
        Example { dockerignore: Some(text), ..self }
    }

    /// Sets what a team may set.
    pub const fn config(self, config: Config<'static>) -> Example {
        Example { config, ..self }
    }

    const fn new(text: &'static str, outcome: Outcome) -> Example {
        Example { text, case: "", outcome, dockerignore: None, config: Config::DEFAULT }
    }
}

/// A Dockerfile with findings whose safe fix gives `after`.
pub const fn fixed(text: &'static str, after: &'static str) -> Example {
    Example::new(text, Outcome::Safe(after))
}

/// A Dockerfile with findings whose fix wants review and gives `after`.
pub const fn reviewed(text: &'static str, after: &'static str) -> Example {
    Example::new(text, Outcome::Review(after))
}

/// A Dockerfile with findings that have no fix.
pub const fn flagged(text: &'static str) -> Example {
    Example::new(text, Outcome::Unfixed)
}

/// A Dockerfile without findings of the rule.
pub const fn clean(text: &'static str) -> Example {
    Example::new(text, Outcome::Clean)
}
