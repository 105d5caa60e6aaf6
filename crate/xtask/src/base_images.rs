//! What the page completes behind `FROM`: names and tags of base images, with the day on which the support of each ends.
//!
//! It is text, because that weighs the least: the day of the facts; a line for each release, its title and the last day of its support, with a
//! tab between them; a blank line; and then the images. One begins with `=` and its name, and each line below it is an image that was built:
//! the numbers of its release and of its system's, `-` for none, and its tags, the plainest first.

use crate::layout;
use anyhow::Result;
use layerwise_engine::document::Base;
use layerwise_engine::image::{
    Build, Cycle, End, Entry, ImageName, Known, data_as_of, is_os, known, line_of, repositories, retired,
};
use std::fmt::Write;
use std::fs;

/// What people start from most, in the order in which they are offered.
const COMMON: &str = "alpine debian ubuntu node python golang rust eclipse-temurin ruby php nginx gcc maven gradle \
    mcr.microsoft.com/dotnet/sdk mcr.microsoft.com/dotnet/aspnet oven/bun denoland/deno busybox";

/// `3.14.2-slim-trixie` has four.
const LONGEST_IN_SIGNS: usize = 4;

/// Writes `web/generated/base-images.txt`, which the page fetches when somebody first names an image.
pub fn write() -> Result<()> {
    fs::write(layout::generated().join("base-images.txt"), catalogue())?;
    Ok(())
}

fn catalogue() -> String {
    let mut releases: Vec<Cycle> = Vec::new();
    let mut images = String::new();
    let common = || COMMON.split_whitespace();
    let others = repositories().filter(|name| !common().any(|other| other == *name));
    for name in common().chain(others) {
        let Some((image, entry)) = ImageName::parse(name).zip(Entry::of(name)) else { continue };
        if retired(&image).is_none() {
            let _ = writeln!(images, "={name}");
            write_builds(&image, entry, &mut releases, &mut images);
        }
    }
    let mut text = format!("{}\n", data_as_of());
    for release in &releases {
        let _ = writeln!(text, "{}\t{}", release.title(), last_day(release.end));
    }
    format!("{text}\n{images}")
}

fn write_builds(image: &ImageName, entry: Entry, releases: &mut Vec<Cycle>, text: &mut String) {
    let mut builds: Vec<(Known, Vec<String>)> = Vec::new();
    for build in entry.builds() {
        let tags = tags_of(image, build);
        let Some(tag) = tags.first().cloned() else { continue };
        builds.push((known(&Base::Image(ImageName { tag: Some(tag), ..image.clone() }), None), tags));
    }
    // The newest release first; what belongs to none stays behind.
    let age = |known: &Known| entry.cycles().position(|cycle| Some(cycle) == known.line).unwrap_or(usize::MAX);
    builds.sort_by_key(|(known, _)| age(known));
    for (known, tags) in builds {
        for release in [known.line, known.system] {
            text.push_str(&number_of(release, releases));
            text.push(' ');
        }
        text.push_str(&tags.join(" "));
        text.push('\n');
    }
}

/// The tags that say which release they are: what moves from one to the next is not what anybody should begin with. Of the longest ones, which
/// say no more of an image than others do, only one that has no shorter name is left.
fn tags_of(image: &ImageName, build: Build) -> Vec<String> {
    let names_release = |tag: &String| {
        tag.starts_with(|c: char| c.is_ascii_digit())
            || is_os(image) && line_of(&ImageName { tag: Some(tag.clone()), ..image.clone() }).is_some()
    };
    let signs = |tag: &String| tag.matches(['.', '-']).count();
    let mut tags: Vec<String> = build.tags().filter(names_release).collect();
    tags.sort_by_key(signs);
    let long = tags.iter().position(|tag| signs(tag) > LONGEST_IN_SIGNS).unwrap_or(tags.len());
    tags.truncate(long.max(1));
    tags
}

fn number_of(release: Option<Cycle>, releases: &mut Vec<Cycle>) -> String {
    let Some(release) = release else { return "-".to_owned() };
    let place = releases.iter().position(|other| *other == release).unwrap_or_else(|| {
        releases.push(release);
        releases.len() - 1
    });
    place.to_string()
}

fn last_day(end: End) -> String {
    match end {
        End::Open => String::new(),
        End::Past => "ended".to_owned(),
        End::On(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    static CATALOGUE: LazyLock<String> = LazyLock::new(super::catalogue);

    /// The lines below an image's name.
    fn builds_of(name: &str) -> Vec<String> {
        let below = CATALOGUE.lines().skip_while(|line| line.strip_prefix('=') != Some(name)).skip(1);
        below.take_while(|line| !line.starts_with('=')).map(str::to_owned).collect()
    }

    #[test]
    fn tags_stand_with_the_releases_that_are_in_them() {
        let releases: Vec<&str> = CATALOGUE.lines().skip(1).take_while(|line| !line.is_empty()).collect();
        let builds = builds_of("python");
        let slim = builds.iter().find(|line| line.split(' ').any(|tag| tag == "3.13-slim")).unwrap();
        let mut words = slim.split(' ');
        let mut release = || releases[words.next().unwrap().parse::<usize>().unwrap()];
        assert_eq!(release(), "Python 3.13\t2029-10-31");
        assert!(release().starts_with("Debian 13\t"));
    }

    #[test]
    fn what_moves_to_the_next_release_is_not_offered() {
        let tags = builds_of("node").join(" ");
        assert!(tags.split(' ').any(|tag| tag == "24-alpine"));
        assert!(!tags.split(' ').any(|tag| ["latest", "lts", "alpine", "current"].contains(&tag)), "{tags}");
        assert!(builds_of("debian").join(" ").split(' ').any(|tag| tag == "trixie-slim"));
    }

    #[test]
    fn abandoned_images_are_left_out() {
        assert!(CATALOGUE.lines().any(|line| line == "=eclipse-temurin"));
        assert!(!CATALOGUE.lines().any(|line| line == "=openjdk" || line == "=centos"));
    }
}
