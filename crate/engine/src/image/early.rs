//! Images of a time when package tools lacked flags that are usual today.

use super::{ImageName, line_of, system_of};
use crate::table::Listed;

/// Whether an image is so old that its `apk` has no `--no-cache` (Alpine before 3.3), its `pip` no cache and no `--no-cache-dir`, or its `gem` no
/// `--no-document` (RubyGems before 2.0).
pub fn has_early_tools(image: &ImageName) -> bool {
    const CODENAMES: &str = "squeeze wheezy jessie lucid precise trusty";
    let last = match image.short_name() {
        "debian" => Some(8),
        "ubuntu" => Some(14),
        "centos" | "oraclelinux" => Some(6),
        "alpine" if is_early_alpine(image.tag.as_deref().unwrap_or_default()) => return true,
        _ => None,
    };
    // Of other images that are built on these only a part of the tag tells: `buildpack-deps:jessie-scm`, `1.10-alpine3.2`.
    let tells = |part: &str| part.is_one_of(CODENAMES) || part.strip_prefix("alpine").is_some_and(is_early_alpine);
    image.major().zip(last).is_some_and(|(major, last)| major <= last) || image.tag_parts().any(tells)
}

/// Whether an image may bring a Conda or Mamba whose `clean` has no `-f`, or asks in spite of `-y`, as Conda did before 4.6, and micromamba
/// before 1.0. Images of Anaconda 5 have an older Conda than their number says.
pub fn has_early_conda(image: &ImageName) -> bool {
    let last = match image.short_name() {
        "micromamba" => 0,
        "miniconda" | "miniconda3" | "anaconda" | "anaconda3" => 5,
        _ => return false,
    };
    image.major().is_some_and(|major| major <= last)
}

/// Whether an image has a Go from before modules, which came with 1.11.
pub fn has_early_go(image: &ImageName) -> bool {
    image.repository == "golang" && matches!(image.tag_parts().next().and_then(super::version), Some((1, Some(..11))))
}

/// The Debian or Ubuntu of an image whose `dash` stops at `set -o pipefail`, as people say it; `None` where the name tells of none such.
/// `dash` has the option since 0.5.12-7: Debian 13, Ubuntu 25.04. <https://bugs.debian.org/1071238>
pub fn dash_without_pipefail(image: &ImageName) -> Option<String> {
    let line = line_of(image);
    let system = system_of(image, line).or(line)?;
    let first = match system.product {
        "Debian" => 13,
        "Ubuntu" => 25,
        _ => return None,
    };
    super::version(system.name).is_some_and(|(major, _)| major < first).then(|| system.title())
}

/// Whether a version of Alpine is one before 3.3.
fn is_early_alpine(version: &str) -> bool {
    matches!(super::version(version), Some((major, Some(minor))) if (major, minor) < (3, 3))
}

#[cfg(test)]
mod tests {
    use super::{dash_without_pipefail, has_early_conda, has_early_tools};
    use crate::image::ImageName;

    #[test]
    fn the_dash_of_an_image_is_known_by_its_release() {
        let of = |reference: &str| dash_without_pipefail(&ImageName::parse(reference).expect("a reference"));
        for (reference, system) in [
            ("debian:12-slim", "Debian 12"),
            ("ubuntu:24.04", "Ubuntu 24.04"),
            ("node:24-bookworm-slim", "Debian 12"),
            ("buildpack-deps:jammy", "Ubuntu 22.04"),
        ] {
            assert_eq!(of(reference).as_deref(), Some(system), "{reference}");
        }
        for other in ["debian:13-slim", "debian", "ubuntu:25.10", "node:24", "alpine:3.19", "python:3.13-slim-trixie"] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn early_images_are_known_by_their_tags() {
        let is_early = |reference: &str| has_early_tools(&ImageName::parse(reference).expect("a reference"));
        for early in [
            "ubuntu:14.04",
            "debian:wheezy",
            "centos:6",
            "alpine:3.2",
            "alpine:2.7",
            "node:4-alpine3.1",
            "ruby:2.1-jessie",
        ] {
            assert!(is_early(early), "{early}");
        }
        for later in [
            "ubuntu:16.04",
            "debian:9",
            "centos:7",
            "alpine:3.3",
            "alpine:3.10",
            "alpine",
            "alpine:edge",
            "node:24-alpine3.23",
        ] {
            assert!(!is_early(later), "{later}");
        }
    }

    #[test]
    fn an_early_conda_is_known_by_the_tag_of_its_image() {
        let is_early = |reference: &str| has_early_conda(&ImageName::parse(reference).expect("a reference"));
        assert!(is_early("mambaorg/micromamba:0.15.3") && is_early("continuumio/miniconda3:4.5.4"));
        assert!(!is_early("mambaorg/micromamba:2.3") && !is_early("continuumio/miniconda3:25.3.1-1"));
        assert!(!is_early("continuumio/miniconda3") && !is_early("debian:4"));
    }
}
