//! One stage of a simulated build.

use super::because::Because;
use super::change::{Change, Place};
use super::dirt::Dirt;
use super::reading::{Changed, Reading, Source};
use super::variables::Variables;
use super::{Outcome, State};
use crate::dockerignore::{Dockerignore, is_whole};
use crate::plan::{BuildPlan, Origin, PlannedStep, StagePlan};
use layerwise_syntax::{InstructionKind, MountType};

/// What is the same for the whole build.
pub(super) struct Build<'b> {
    pub plan: &'b BuildPlan,
    pub ignore: Option<&'b Dockerignore>,
    pub change: &'b Change,
    /// The changed paths of the build context.
    pub paths: Vec<Changed<'b>>,
    /// `Dockerfile`, when its text is another.
    pub own: Option<Changed<'b>>,
    /// The changed `ARG`s before the first `FROM`.
    pub globals: Vec<&'b str>,
    /// What the stages so far have come to.
    pub ends: Vec<Now>,
}

/// What differs from the build before, at a step or at the end of a stage.
#[derive(Debug, Clone, Default)]
pub(super) struct Now {
    /// The first step below that is built anew.
    below: Option<Place>,
    dirt: Dirt,
    variables: Variables,
    /// Who set another user, working directory and shell.
    user: Option<Place>,
    workdir: Option<Place>,
    shell: Option<Place>,
}

impl Now {
    /// Takes note of a step that is built anew: what lies on it is too.
    fn build_anew(&mut self, place: Place) {
        self.below = self.below.or(Some(place));
    }
}

impl Build<'_> {
    /// What becomes of a `FROM`, and what the first step of its stage begins with.
    pub fn from(&self, stage: &StagePlan, place: Place) -> (Outcome, Now) {
        let mut now = Now::default();
        let variable = stage.base_variables.iter().find(|name| self.globals.contains(&name.as_str()));
        let because = match (&stage.base, variable) {
            _ if self.change.has_text(place) => Some(Because::Text),
            (_, Some(name)) => Some(Because::Variable { name: name.clone(), place: None, is_named: true }),
            (base, None) => match self.change.image(base) {
                Some(name) if base.is_fixed() => return (Outcome::cached(Because::FixedImage(name)), now),
                Some(name) => Some(Because::Image { name, path: None }),
                None => None,
            },
        };
        if let Some(because) = because {
            now.build_anew(place);
            now.dirt.anywhere(place);
            return (Outcome::rebuilt(because), now);
        }
        let outcome = match &stage.base {
            Origin::Scratch => Outcome::new(State::Metadata, Because::SetsOnly),
            Origin::Stage(parent) => {
                now = self.ends.get(*parent).cloned().unwrap_or_default();
                match now.below {
                    Some(below) => Outcome::rebuilt(Because::Below(below)),
                    None => Outcome::cached(Because::Same),
                }
            }
            _ => Outcome::cached(Because::Same),
        };
        (outcome, now)
    }

    /// What becomes of a step, which changes what the next one begins with.
    pub fn step(&mut self, step: &PlannedStep, place: Place, now: &mut Now) -> Outcome {
        let is_other = self.change.has_text(place);
        let mut left_out = None;
        let own = if is_other { Some(Because::Text) } else { self.own_reason(step, now, &mut left_out) };
        let outcome = match (&own, now.below) {
            _ if !step.makes_layer_when_run() => {
                Outcome::new(State::Metadata, own.clone().unwrap_or(Because::SetsOnly))
            }
            // Whatever it takes, it lies on another step.
            (Some(because), Some(below)) if because.depends_on_content() && !step.is_linked => {
                Outcome::rebuilt(Because::Below(below))
            }
            (Some(because), _) => Outcome::rebuilt(because.clone()),
            (None, Some(_)) if step.is_linked => Outcome::cached(Because::Independent),
            (None, Some(below)) => Outcome::rebuilt(Because::Below(below)),
            (None, None) => Outcome::cached(left_out.unwrap_or_else(|| self.why_cached(step))),
        };
        self.take(step, place, now, &outcome, own.as_ref());
        outcome
    }

    /// What of the things that a step reads is another. `left_out` is told of a changed file that it would take and does not get.
    fn own_reason(&mut self, step: &PlannedStep, now: &Now, left_out: &mut Option<Because>) -> Option<Because> {
        if step.kind == InstructionKind::Arg
            && let Some(given) = step.output.variables.iter().find(|given| self.change.args.contains(&given.name))
        {
            return Some(Because::Given(given.name.clone()));
        }
        if let Some((name, place)) = now.variables.named_by(step) {
            return Some(Because::Variable { name, place: Some(place), is_named: true });
        }
        let setting = match step.kind {
            InstructionKind::Run => now.user.or(now.workdir).or(now.shell.filter(|_| step.is_shell_form)),
            InstructionKind::Workdir => now.user.or(now.workdir.filter(|_| step.is_relative)),
            InstructionKind::Copy | InstructionKind::Add => now.workdir.filter(|_| step.is_relative),
            _ => None,
        };
        if step.kind == InstructionKind::Run
            && let Some((name, place)) = now.variables.last()
        {
            return Some(Because::Variable { name, place: Some(place), is_named: false });
        }
        if let Some(place) = setting {
            return Some(Because::Setting(place));
        }
        // The time that the builder gives to what it makes. https://docs.docker.com/build/cache/invalidation/#workdir-and-source_date_epoch
        const EPOCH: &str = "SOURCE_DATE_EPOCH";
        let makes_files = matches!(step.kind, InstructionKind::Workdir | InstructionKind::Copy | InstructionKind::Add);
        if makes_files && self.change.args.iter().any(|name| name == EPOCH) {
            return Some(Because::Variable { name: EPOCH.to_owned(), place: None, is_named: true });
        }
        self.changed_file(step, left_out).or_else(|| self.changed_elsewhere(step))
    }

    /// The first changed file of the build context that a step reads.
    fn changed_file(&mut self, step: &PlannedStep, left_out: &mut Option<Because>) -> Option<Because> {
        if self.paths.is_empty() && self.own.is_none() {
            return None;
        }
        let mut sources = step.inputs.context_files().map(Source::of_files).unwrap_or_default();
        for mounted in step.inputs.context_mounts() {
            sources.push(Source::of_mount(mounted));
        }
        let mut found = None;
        for source in &sources {
            for changed in &mut self.paths {
                let reading = source.reading(changed, self.ignore);
                changed.best = changed.best.max(reading);
                let given = || changed.given.to_owned();
                match reading {
                    Reading::Read if found.is_none() => {
                        found = Some(Because::File { path: given(), source: source.shown.to_owned() });
                    }
                    Reading::Ignored if left_out.is_none() => {
                        let path = if is_whole(changed.given) { source.shown.to_owned() } else { given() };
                        *left_out = Some(Because::Ignored(path));
                    }
                    Reading::Excluded if left_out.is_none() => *left_out = Some(Because::Excluded(given())),
                    _ => {}
                }
            }
            if let Some(own) = &self.own
                && found.is_none()
                && source.reading(own, self.ignore) == Reading::Read
            {
                found = Some(Because::Dockerfile(source.shown.to_owned()));
            }
        }
        found
    }

    /// What is another in the stages and images that a step takes files from, and behind the addresses that it downloads.
    fn changed_elsewhere(&self, step: &PlannedStep) -> Option<Because> {
        for value in &step.inputs.downloads {
            let address = value.text();
            if self.change.files.iter().any(|changed| changed == address) && !step.is_fixed_download(address) {
                return Some(Because::Download(address.to_owned()));
            }
        }
        if let Some(files) = &step.inputs.files {
            for path in &files.paths {
                let because = self.changed_in(&files.origin, path.text());
                if because.is_some() {
                    return because;
                }
            }
        }
        step.inputs.mounts.iter().find_map(|mounted| self.changed_in(mounted.origin.as_ref()?, mounted.path()))
    }

    fn changed_in(&self, origin: &Origin, path: &str) -> Option<Because> {
        let path = path.to_owned();
        if let Origin::Stage(index) = origin {
            let (place, is_certain) = self.ends.get(*index)?.dirt.of(&path)?;
            return Some(Because::Stage { stage: *index, place, path, is_certain });
        }
        let name = self.change.image(origin).filter(|_| !origin.is_fixed())?;
        Some(Because::Image { name, path: Some(path) })
    }

    /// What there is to say about a step of which nothing changed, and nothing was left out.
    fn why_cached(&self, step: &PlannedStep) -> Because {
        let inputs = &step.inputs;
        if let Some(stage) = inputs.files.as_ref().and_then(|files| files.origin.stage())
            && self.ends.get(stage).is_some_and(|end| end.below.is_some())
        {
            return Because::OtherFiles(stage);
        }
        if let Some(address) = inputs.downloads.first() {
            let address = address.text();
            return match step.is_fixed_download(address) {
                true => Because::FixedDownload(address.to_owned()),
                false => Because::AsksFor(address.to_owned()),
            };
        }
        let mount = inputs.mounts.iter().find_map(|mounted| match mounted.mount.kind {
            MountType::Cache if mounted.origin.is_none() => Some("a cache mount"),
            MountType::Secret => Some("a secret"),
            MountType::Ssh => Some("an SSH agent"),
            _ => None,
        });
        mount.map_or(Because::Same, Because::Mounts)
    }

    /// Takes in what a step leaves to those after it.
    fn take(&self, step: &PlannedStep, place: Place, now: &mut Now, outcome: &Outcome, own: Option<&Because>) {
        if outcome.state == State::Rebuilt {
            now.build_anew(place);
        }
        match own {
            // Where a changed text or value writes to is known, and where the one before did is not.
            _ if outcome.state != State::Rebuilt => {}
            _ if step.kind == InstructionKind::Run => now.dirt.anywhere(place),
            Some(Because::Text | Because::Variable { .. } | Because::Setting(_)) => {
                now.dirt.anywhere(place);
            }
            Some(_) => match &step.output.paths[..] {
                [] => now.dirt.anywhere(place),
                paths => paths.iter().for_each(|path| now.dirt.at(place, path)),
            },
            None => {}
        }
        let is_other = self.change.has_text(place);
        now.variables.take(step, place, is_other, self.change, &self.globals);
        let is_changed = own.is_some().then_some(place);
        match step.kind {
            InstructionKind::User => now.user = is_changed,
            InstructionKind::Shell => now.shell = is_changed,
            InstructionKind::Workdir if own.is_some() || !step.is_relative => now.workdir = is_changed,
            _ => {}
        }
    }
}
