//! Everything that is known of what a stage starts from, for people to read.

use super::catalog::{Build, Entry};
use super::lifecycle::{line_of, system_in, system_of};
use super::releases::{day_of, halves, pinned_tag, refreshed, successor};
use super::smaller::{Smaller, smaller};
use super::support::Cycle;
use super::{ImageName, is_in_library, is_os};
use crate::date::Date;
use crate::document::Base;
use layerwise_syntax::list::IntoList;

/// What a stage starts from, as far as anything is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of Docker Hub's official images.
    Official,
    /// Another image of which something is known.
    Known,
    /// An image of which nothing is known.
    Other,
    /// An earlier stage of the file.
    Stage,
    /// Nothing.
    Scratch,
    /// An image that the file does not tell.
    Unknown,
}

impl Kind {
    /// One word for it.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Official => "official",
            Kind::Known => "known",
            Kind::Other => "other",
            Kind::Stage => "stage",
            Kind::Scratch => "scratch",
            Kind::Unknown => "unknown",
        }
    }
}

/// What is known of what a stage starts from. What depends on a list of tags is as on the day of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub kind: Kind,
    /// The image, in one spelling.
    pub image: Option<String>,
    /// The release of what is in it: Python 3.9.
    pub line: Option<Cycle>,
    /// The release of the operating system below: Debian 11.
    pub system: Option<Cycle>,
    /// Whether its tag was published on the day of the data. That it was not proves little: older tags stay.
    pub is_listed: Option<bool>,
    /// Whether its tag goes on to new versions.
    pub is_rolling: Option<bool>,
    /// The other tags that named the same image.
    pub same: Vec<String>,
    /// The image under a tag of the same variant that is supported for longer. It is none of the same images.
    pub newer: Option<String>,
    /// Smaller images that run the same.
    pub smaller: Vec<Smaller>,
}

/// Tells what is known of what a stage starts from.
pub fn known(base: &Base, today: Option<Date>) -> Known {
    let kind = match base {
        Base::Image(image) => return of_image(image, today),
        Base::Stage(_) => Kind::Stage,
        Base::Scratch => Kind::Scratch,
        Base::Unknown => Kind::Unknown,
    };
    nothing(kind)
}

fn nothing(kind: Kind) -> Known {
    Known {
        kind,
        image: None,
        line: None,
        system: None,
        is_listed: None,
        is_rolling: None,
        same: Vec::new(),
        newer: None,
        smaller: Vec::new(),
    }
}

fn of_image(image: &ImageName, today: Option<Date>) -> Known {
    let entry = Entry::of(&image.repository);
    let tag = image.tag.as_deref().or(if image.digest.is_none() { Some("latest") } else { None });
    let build = entry.zip(tag).and_then(|(entry, tag)| entry.build_of(tag));
    let named = line_of(image);
    let line = named.or_else(|| build.and_then(|build| line_then(image, build)));
    let system = system_of(image, line).or_else(|| build.filter(|_| !is_os(image)).and_then(system_then));
    let mut known = nothing(match entry {
        _ if is_in_library(image) => Kind::Official,
        None if system.is_none() => Kind::Other,
        _ => Kind::Known,
    });
    known.image = Some(image.shown());
    known.line = line;
    known.system = system.filter(|system| line.is_none_or(|line| line.product != system.product));
    let has_tags = entry.is_some_and(|entry| entry.builds().next().is_some()) && !image.is_windows();
    known.is_listed = tag.filter(|_| has_tags).map(|_| build.is_some());
    known.is_rolling = entry.filter(|_| has_tags).and_then(|entry| is_rolling(image, entry, build));
    known.same =
        build.map(|build| build.tags().filter(|other| Some(other.as_str()) != tag).into_list()).unwrap_or_default();
    known.newer = newer(image, named, line.is_some(), today)
        .filter(|newer| !known.same.contains(newer))
        .map(|tag| ImageName { tag: Some(tag), ..image.clone() }.shown());
    known.smaller = smaller(image);
    known
}

/// The release that a tag which names none stood for.
fn line_then(image: &ImageName, build: Build) -> Option<Cycle> {
    build.versions().find_map(|version| line_of(&ImageName { tag: Some(version.to_owned()), ..image.clone() }))
}

/// The operating system that another tag of the same image names.
fn system_then(build: Build) -> Option<Cycle> {
    build.variants().find_map(|variant| system_in(variant, ""))
}

/// Whether a tag goes on to new versions; one that names less than the full version does.
fn is_rolling(image: &ImageName, entry: Entry, build: Option<Build>) -> Option<bool> {
    if image.digest.is_some() {
        return Some(false);
    }
    let Some(tag) = image.tag.as_deref() else { return Some(true) };
    let is_dated = |part: &str| part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if tag.split('-').any(is_dated) {
        return Some(false);
    }
    let (head, _) = halves(tag);
    let dots = |version: &str| version.matches('.').count();
    let is_number = head.starts_with(|c: char| c.is_ascii_digit());
    let full = match build {
        // Beside a tag with a date every other one moves.
        Some(build) if build.variants().any(|variant| variant.split('-').any(is_dated)) => return Some(true),
        Some(build) => build.versions().map(dots).max(),
        None if is_number => entry.builds().flat_map(Build::versions).map(dots).max(),
        None => return None,
    };
    let full = full.unwrap_or_default();
    Some(!is_number || full == 0 || dots(head) < full || image.repository == "ubuntu")
}

/// A tag that is supported for longer: of a later release where the one that is named has ended, or of a newer operating system; where none is
/// named, that of the newest, if the image `has_releases`.
fn newer(image: &ImageName, named: Option<Cycle>, has_releases: bool, today: Option<Date>) -> Option<String> {
    match named {
        Some(line) if line.has_ended(today) => successor(image, line, today),
        Some(line) => refreshed(image, line, today),
        None => pinned_tag(image, today).filter(|tag| has_releases && Some(tag) != image.tag.as_ref()),
    }
}

/// Whether the facts about images are older than half a year on a day.
pub fn are_facts_old(today: Option<Date>) -> bool {
    const HALF_A_YEAR_IN_DAYS: u16 = 183;
    let until = day_of(None).map(|then| then.plus_days(HALF_A_YEAR_IN_DAYS));
    today > until
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(reference: &str) -> Known {
        known(&Base::Image(ImageName::parse(reference).unwrap()), Date::parse("2026-11-01"))
    }

    fn names(known: &Known) -> (Option<String>, Option<String>) {
        (known.line.map(|line| line.title()), known.system.map(|system| system.title()))
    }

    #[test]
    fn an_image_is_a_release_on_a_system() {
        let said = |line: &str, system: &str| (Some(line.to_owned()), Some(system.to_owned()));
        assert_eq!(names(&of("python:3.9-slim-bullseye")), said("Python 3.9", "Debian 11"));
        assert_eq!(names(&of("public.ecr.aws/docker/library/node:24-alpine")), said("Node.js 24", "Alpine Linux 3.24"));
        assert_eq!(names(&of("eclipse-temurin:21-jre-alpine-3.23")), said("Eclipse Temurin 21", "Alpine Linux 3.23"));
        assert_eq!(names(&of("mcr.microsoft.com/dotnet/sdk:8.0-jammy")), said("Microsoft .NET 8", "Ubuntu 22.04"));
        assert_eq!(names(&of("debian:bookworm-slim")), (Some("Debian 12".to_owned()), None));
        assert_eq!(names(&of("ros:kinetic-ros-base")).1, None);
        assert_eq!(names(&of("nvidia/cuda:12.8.0-base-ubuntu24.04")), (None, Some("Ubuntu 24.04".to_owned())));
    }

    #[test]
    fn tags_of_one_image_are_known() {
        let slim = of("python:3.14-slim");
        assert_eq!(slim.is_listed, Some(true));
        assert_eq!(slim.is_rolling, Some(true));
        assert!(slim.same.iter().any(|tag| tag == "3.14-slim-trixie") && slim.same.iter().any(|tag| tag == "slim"));
        let old = of("python:3.7.4");
        assert_eq!((old.is_listed, old.is_rolling), (Some(false), Some(false)));
        assert_eq!(old.newer, Some("python:3.11".to_owned()));
        // The newest by another name is no newer one.
        let newest = of("python:slim");
        assert!(newest.newer.is_none() && newest.same.iter().any(|tag| tag == "3.14-slim"));
        assert_eq!(of("ubuntu:20.04").is_rolling, Some(true));
        assert_eq!(of("buildpack-deps:trixie").is_rolling, Some(true));
        assert_eq!(of("debian:trixie-20250101-slim").is_rolling, Some(false));
    }

    #[test]
    fn what_is_not_known_is_said_to_be_so() {
        assert_eq!(of("registry.example.com/team/app:3").kind, Kind::Other);
        assert_eq!(of("our-base").kind, Kind::Other);
        assert_eq!(of("openjdk:11").kind, Kind::Official);
        assert_eq!(known(&Base::Scratch, None).kind, Kind::Scratch);
        assert_eq!(known(&Base::Unknown, None).kind, Kind::Unknown);
    }

    #[test]
    fn facts_grow_old() {
        assert!(!are_facts_old(None));
        assert!(!are_facts_old(Date::parse("2026-11-26")));
        assert!(are_facts_old(Date::parse("2027-04-01")));
    }
}
