//! What the image below a step is, asked for so many steps that it is kept.

use super::{Base, Document, Stage, Step};
use crate::image::{OsFamily, environment, is_known_root, is_os, is_self_dropping, is_shell_less, os_family};

/// What is known of the start of a chain by its name.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct System {
    family: Option<OsFamily>,
    /// Whether it is certain to run as root.
    pub is_root: bool,
    drops_root: bool,
    has_no_shell: bool,
}

impl<'a> Document<'a> {
    /// The family of the distribution that a step runs on, where the name of the image tells.
    pub fn os_family_at(&self, step: &Step<'a>) -> Option<OsFamily> {
        self.system_at(step).family
    }

    /// Whether the image that a step runs on is certain to be root's, and to stay so.
    pub fn is_plain_root_at(&self, step: &Step<'a>) -> bool {
        self.system_at(step).is_plain_root()
    }

    /// Whether a stage starts from nothing, or from an image that is certain to be root's, and to stay so.
    pub fn starts_plain(&self, stage: &Stage<'a>) -> bool {
        *self.chain_base(stage) == Base::Scratch || self.system(stage).is_plain_root()
    }

    /// Whether a stage starts from what has no shell.
    pub fn starts_without_shell(&self, stage: &Stage<'a>) -> bool {
        self.system(stage).has_no_shell
    }

    /// Whether a stage starts from nothing, or from a plain operating system: such an image starts nothing by itself.
    pub fn starts_bare(&self, stage: &Stage<'a>) -> bool {
        let base = self.chain_base(stage);
        *base == Base::Scratch || base.image().is_some_and(is_os)
    }

    /// The names of the variables that the image below a stage sets; `None` where nobody here knows them.
    pub fn base_environment(&self, stage: &Stage<'a>) -> Option<&'static str> {
        match self.chain_base(stage) {
            Base::Scratch => Some(""),
            Base::Image(image) => environment(image),
            _ => None,
        }
    }

    pub(super) fn system_at(&self, step: &Step<'a>) -> System {
        self.stage_of(step).map(|stage| self.system(stage)).unwrap_or_default()
    }

    fn system(&self, stage: &Stage<'a>) -> System {
        let root = self.stages.get(stage.root);
        root.map(|root| *root.system.get_or_init(|| System::of(root))).unwrap_or_default()
    }
}

impl System {
    fn is_plain_root(self) -> bool {
        self.is_root && !self.drops_root
    }

    fn of(stage: &Stage<'_>) -> System {
        let Some(image) = stage.base.image() else {
            return System { has_no_shell: stage.base == Base::Scratch, ..System::default() };
        };
        System {
            family: os_family(image),
            is_root: is_known_root(image),
            drops_root: is_self_dropping(image),
            has_no_shell: is_shell_less(image),
        }
    }
}
