//! Which tag to go to: the newest releases, and the same variant of another release.

use super::catalog::{Entry, data_as_of, tag_of};
use super::lifecycle::system_word;
use super::support::{Cycle, End};
use super::{ImageName, codename};
use crate::date::Date;
use layerwise_syntax::list::IntoList;

/// A release that ends within this time is no place to move to.
const ROOM_IN_DAYS: u16 = 180;

/// The day to judge by: today, or that of the data where nobody knows.
pub fn day_of(today: Option<Date>) -> Option<Date> {
    today.or(Date::parse(data_as_of()))
}

/// The newest release of an image's repository that is supported for some time from a day on, or else on that day.
pub fn newest_release(image: &ImageName, today: Option<Date>) -> Option<&'static str> {
    let entry = Entry::of(&image.repository)?;
    if entry.cycles().next().is_none() {
        let build = entry.build_of("latest")?;
        return build.minor().or(build.versions().next());
    }
    newest(entry, today, |_, _| true)
}

/// As [`newest_release`], of the releases that are in long-term support on that day.
fn newest_lts(image: &ImageName, today: Option<Date>) -> Option<&'static str> {
    newest(Entry::of(&image.repository)?, today, |cycle, today| {
        Date::parse(cycle.mark).is_some_and(|start| start <= today)
    })
}

fn newest(entry: Entry, today: Option<Date>, fits: fn(&Cycle, Date) -> bool) -> Option<&'static str> {
    let today = day_of(today)?;
    let later = today.plus_days(ROOM_IN_DAYS);
    let mut ending = None;
    for cycle in entry.cycles() {
        let is_built = || entry.builds().any(|build| build.versions().any(|name| name == cycle.name));
        if cycle.end.is_before(today) || !fits(&cycle, today) || !is_built() {
            continue;
        }
        if !cycle.end.is_before(later) {
            return Some(cycle.name);
        }
        ending = ending.or(Some(cycle.name));
    }
    ending
}

/// The tag for the newest release in the place of what moves: `python:slim` is that of `3.14-slim`. `None` where there is none, or where
/// somebody wants it to move.
pub fn pinned_tag(image: &ImageName, today: Option<Date>) -> Option<String> {
    let entry = Entry::of(&image.repository)?;
    let tag = image.tag.as_deref().unwrap_or("latest");
    let is_lts = image.tag_parts().any(|part| part == "lts");
    let mut release = if is_lts { newest_lts(image, today) } else { None };
    let mut variant = String::new();
    for part in image.tag_parts() {
        match part {
            "latest" => {}
            "lts" if release.is_some() => {}
            "current" if image.repository == "node" => {}
            "stable" if image.repository == "debian" => {}
            "stable" | "mainline" | "lts" => {
                // A channel that is one more name of a version.
                release = Some(entry.build_of(tag)?.minor()?);
            }
            "rolling" | "testing" | "unstable" | "oldstable" | "edge" | "rawhide" | "sid" => return None,
            part => {
                variant.push_str(if variant.is_empty() { "" } else { "-" });
                variant.push_str(part);
            }
        }
    }
    let tag = tag_of(release.or_else(|| newest_release(image, today))?, &variant);
    entry.build_of(&tag).map(|_| tag)
}

/// The tag of the same variant in the nearest release after that of an image, `own`, which is supported for some time.
pub fn successor(image: &ImageName, own: Cycle, today: Option<Date>) -> Option<String> {
    let later = day_of(today)?.plus_days(ROOM_IN_DAYS);
    let entry = Entry::of(&image.repository)?;
    let newer = entry.cycles().take_while(|cycle| *cycle != own).filter(|cycle| !cycle.end.is_before(later));
    let newer: Vec<Cycle> = newer.into_list();
    newer.iter().rev().find_map(|cycle| same_variant(image, entry, cycle, today))
}

/// The tag of the same variant in the release that an image names, `own`, on an operating system that is supported.
pub fn refreshed(image: &ImageName, own: Cycle, today: Option<Date>) -> Option<String> {
    same_variant(image, Entry::of(&image.repository)?, &own, today).filter(|tag| Some(tag) != image.tag.as_ref())
}

/// The tag of a release with the variant of an image; its operating system may be a newer one of the same name.
fn same_variant(image: &ImageName, entry: Entry, cycle: &Cycle, today: Option<Date>) -> Option<String> {
    let today = day_of(today)?;
    let (head, variant) = halves(image.tag.as_deref()?);
    let release = if codename(head).is_some() { cycle.mark } else { cycle.name };
    let (shape, system) = without_system(variant);
    let is_alive = |system: Option<Cycle>| system.is_none_or(|system| !system.end.is_before(today));
    let same = tag_of(release, variant);
    if is_alive(system) && entry.build_of(&same).is_some() {
        return Some(same);
    }
    let system = system?;
    let mut best: Option<(&str, Cycle)> = None;
    for candidate in entry.builds().flat_map(|build| build.variants_of(release)) {
        let (other_shape, Some(other)) = without_system(candidate) else { continue };
        let is_same = other_shape == shape && other.product == system.product && is_alive(Some(other));
        if is_same && best.is_none_or(|(_, best)| ends_later(other.end, best.end)) {
            best = Some((candidate, other));
        }
    }
    best.map(|(candidate, _)| tag_of(release, candidate))
}

fn ends_later(one: End, other: End) -> bool {
    match (one, other) {
        (_, End::Open) => false,
        (End::Open, _) => true,
        (End::On(one), End::On(other)) => one > other,
        _ => false,
    }
}

/// The version in a tag, up to the first dash, and the rest.
pub(super) fn halves(tag: &str) -> (&str, &str) {
    tag.split_once('-').unwrap_or((tag, ""))
}

/// A variant's name without the words for its operating system, and that.
fn without_system(variant: &str) -> (String, Option<Cycle>) {
    let mut shape = String::new();
    let mut system = None;
    let mut parts = variant.split('-').peekable();
    while let Some(part) = parts.next() {
        let next = parts.peek().copied().unwrap_or_default();
        match system_word(part, next) {
            Some((cycle, takes_next)) => {
                if takes_next {
                    parts.next();
                }
                system = Some(cycle);
            }
            None => {
                shape.push('-');
                shape.push_str(part);
            }
        }
    }
    (shape, system)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::line_of;

    fn image(reference: &str) -> ImageName {
        ImageName::parse(reference).unwrap()
    }

    #[test]
    fn a_release_that_has_ended_is_not_proposed() {
        let newest = |name, day| newest_release(&image(name), Date::parse(day));
        assert_eq!(newest("docker.io/library/node", "2026-11-01"), Some("26"));
        assert_eq!(newest("fedora", "2030-01-01"), None);
        assert_eq!(newest("example.com/node", "2026-11-01"), None);
        // The newest ends soon.
        assert_eq!(newest("eclipse-temurin", "2026-08-22"), Some("25"));
        // There are builds of a release that is not out yet.
        assert_eq!(newest("python", "2026-11-01"), Some("3.14"));
        assert_eq!(newest("gcc", "2026-11-01"), Some("16.2"));
    }

    #[test]
    fn a_release_is_for_the_long_term_from_its_day_on() {
        let newest = |name, day| newest_lts(&image(name), Date::parse(day));
        assert_eq!(newest("node", "2026-10-27"), Some("24"));
        assert_eq!(newest("node", "2026-10-28"), Some("26"));
        assert_eq!(newest("python", "2026-10-28"), None);
    }

    #[test]
    fn the_same_variant_is_found_in_a_later_release() {
        let own = |name| line_of(&image(name)).expect("a release");
        let next = |name| successor(&image(name), own(name), Date::parse("2026-11-01"));
        assert_eq!(next("node:16.13.2-alpine3.15").as_deref(), Some("22-alpine3.24"));
        assert_eq!(next("debian:buster-slim").as_deref(), Some("bookworm-slim"));
        assert_eq!(next("ubuntu:18.04").as_deref(), Some("24.04"));
        assert_eq!(next("python:3.9-slim-bullseye").as_deref(), Some("3.11-slim-trixie"));
        assert_eq!(next("eclipse-temurin:8u302-b08-jdk"), None);
        assert_eq!(next("grafana/grafana:8.0.0"), None);
        let same = |name| refreshed(&image(name), own(name), Date::parse("2026-11-01"));
        assert_eq!(same("python:3.12.1-slim-buster").as_deref(), Some("3.12-slim-trixie"));
        assert_eq!(same("alpine:3.23"), None);
    }
}
