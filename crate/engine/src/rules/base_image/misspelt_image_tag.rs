//! Tags of official images that are misspelt.

use crate::fix::retag;
use crate::image::{Entry, ImageName, codename, line_of};
use crate::rules::prelude::*;
use layerwise_syntax::list::IntoList;
use layerwise_syntax::nearest;

pub const RULE: Rule = Rule {
    id: "misspelt-image-tag",
    category: Category::BaseImage,
    severity: Severity::Warning,
    is_on: true,
    scope: Scope::All,
    codes: &[],
    cases: &[],
    supersedes: &["pin-base-image-tag"],
    title: "Tag that is probably misspelt",
    summary: "Write the tag as the image publishes it.",
    why: "
A tag that does not exist stops the build with `manifest unknown`, which does not say which letter is wrong.

That a tag is not in the list of one day proves little: old versions are taken off it, and new ones come. So only words are looked at which the image
never used, and which are a letter or two away from one that it uses.
",
    leave_it_when: "The tag exists.",
    references: &["https://github.com/docker-library/official-images/tree/master/library"],
    fix_changes: &[],
    examples: &[
        reviewed("FROM «node:lastest»\nCMD [\"node\"]\n", "FROM node:latest\nCMD [\"node\"]\n"),
        clean("FROM node:latest\nCMD [\"node\"]\n"),
        reviewed("FROM «docker.io/library/nginx:mainlin-alpine»\n", "FROM docker.io/library/nginx:mainline-alpine\n"),
        flagged("ARG TAG=apline\nFROM «python:$TAG»\n"),
        // Old, newer than the data, of another image, or only a word that was in use once.
        clean("FROM python:3.6.3-jessie\nFROM node:99-slmi\nFROM node:boron\nFROM debian:squeeze-slim\n"),
        clean("FROM example.com/node:lastest\nFROM our-base:lastest\nFROM golang:windowsservercore\n"),
    ],
    check,
};

fn check(document: &Document<'_>, report: &mut Reporter<'_>) {
    for stage in document.stages().iter().filter(|stage| !stage.is_windows) {
        let (Some((_, from)), Base::Image(image)) = (stage.from, &stage.base) else { continue };
        let Some(tag) = meant(image) else { continue };
        let message = format!(
            "`{}` has no tag `{}` that is known; `{tag}` is one",
            image.repository,
            image.tag.as_deref().unwrap_or_default()
        );
        let finding = report.here(from.image.range, message);
        if let Some(edit) = retag(&from.image, image, &tag) {
            finding.fix(Review, format!("Write `{tag}`"), [edit]);
        }
    }
}

/// The tag that is probably meant by one which has no number, and a word that the image never used.
fn meant(image: &ImageName) -> Option<String> {
    let tag =
        image.tag.as_deref().filter(|tag| !tag.contains(|c: char| c.is_ascii_digit()) && image.digest.is_none())?;
    let entry = Entry::of(&image.repository)?;
    if !image.is_official() || line_of(image).is_some() || entry.build_of(tag).is_some() {
        return None;
    }
    let tags: Vec<String> = entry.builds().flat_map(|build| build.tags()).into_list();
    let is_used = |part: &str| {
        let is_once_used = part.is_one_of("onbuild wheezy slim alpine stable") || codename(part).is_some();
        is_once_used || tags.iter().any(|tag| tag.split('-').any(|known| known == part))
    };
    if image.tag_parts().all(is_used) {
        return None;
    }
    nearest(tag, tags.iter().map(String::as_str)).map(str::to_owned)
}
